//! Message look-up: Fluent files of `locales/`, embedded.
//!
//! A key that no locale has is shown as `⟦key⟧` and logged, never hidden. Words are looked up; they are not composed here.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use unic_langid::LanguageIdentifier;

use crate::domain::japan;
use crate::domain::staff_news::{StaffNews, Value};

macro_rules! languages {
    ($($(#[$about:meta])+ $language:ident = $tag:literal;)+) => {
        /// A language the window speaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Language { $($(#[$about])+ $language,)+ }

        impl Language {
            /// Every language, in the order of the choice.
            pub const ALL: [Language; [$($tag),+].len()] = [$(Language::$language),+];

            /// The file name in `locales/` without its ending, and the tag of BCP 47.
            pub fn tag(self) -> &'static str {
                match self { $(Language::$language => $tag,)+ }
            }

            fn source(self) -> &'static str {
                match self { $(Language::$language => include_str!(concat!("../locales/", $tag, ".ftl")),)+ }
            }

            /// Where its words stay once they are parsed.
            fn cell(self) -> &'static OnceLock<Words> {
                match self {
                    $(Language::$language => {
                        static WORDS: OnceLock<Words> = OnceLock::new();
                        &WORDS
                    })+
                }
            }
        }
    };
}

// A new one needs its line here, its file in `locales/` and its typeface in `ui::font::family`.
languages! {
    /// 日本語, the language every other one falls back to.
    #[default]
    Ja = "ja";
    /// やさしい日本語: short sentences in kana.
    JaSimple = "ja-simple";
    /// English.
    En = "en";
    /// 简体中文.
    ZhHans = "zh-Hans";
    /// Tiếng Việt.
    Vi = "vi";
    /// 한국어.
    Ko = "ko";
    /// Português (Brasil).
    PtBr = "pt-BR";
    /// Filipino.
    Fil = "fil";
    /// नेपाली.
    Ne = "ne";
    /// Bahasa Indonesia.
    Id = "id";
}

/// Beginnings of keys that only staff read: they stand in Japanese and English and in no other language.
pub const STAFF_KEYS: [&str; 8] =
    ["remedy-", "dock-", "scenario-", "staff-news-", "staff-panel-", "refusal-", "setup-", "desk-"];

impl Language {
    /// The language with that tag.
    pub fn by_tag(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The next one on the language button.
    pub fn next(self) -> Language {
        let after = Language::ALL.into_iter().skip_while(|language| *language != self).nth(1);
        after.unwrap_or_default()
    }

    /// Whether a line may break between any two letters unless they are held together, although words stand apart.
    fn spaced_syllables(self) -> bool {
        matches!(self, Language::JaSimple | Language::Ko)
    }

    fn sources(self) -> impl Iterator<Item = &'static str> {
        let staff = match self {
            Language::Ja => Some(include_str!("../locales/staff/ja.ftl")),
            Language::En => Some(include_str!("../locales/staff/en.ftl")),
            _ => None,
        };
        std::iter::once(self.source()).chain(staff)
    }
}

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// Separates the phrases of a text in the locale files: a line may break there and, in a script without spaces,
/// nowhere else.
const PHRASE: char = '|';
const BREAK_HERE: char = '\u{200B}';
const KEEP_TOGETHER: char = '\u{2060}';
/// The space of a locale file at which no line breaks.
const NO_BREAK: char = '\u{A0}';

impl Words {
    /// The words of `language`; parsed once.
    pub fn of(language: Language) -> &'static Words {
        language.cell().get_or_init(|| Words::parse(language))
    }

    fn parse(language: Language) -> Words {
        let id: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolating marks around variables would be drawn as boxes.
        bundle.set_use_isolating(false);
        for source in language.sources() {
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
                tracing::error!(language = language.tag(), ?errors, "locale file has errors");
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(language = language.tag(), ?errors, "locale file repeats keys");
            }
        }
        Words { language, bundle }
    }

    /// The language of these words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of `key` (`message` or `message.attribute`), ready to be laid out.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of `key` with `arguments` put in.
    pub fn with(&self, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let (text, language) = self.plain(key, arguments);
        phrases(&text, language)
    }

    /// A text in this language that does not come from `locales`, such as a site's terms of use, laid out as one that does.
    pub fn laid_out(&self, text: &str) -> String {
        phrases(text, self.language)
    }

    /// What staff are told and what they are to do, without layout marks; in Japanese and English.
    pub fn staff_news(&self, news: &StaffNews) -> [String; 2] {
        let mut arguments = Vec::new();
        for (name, value) in news.values() {
            if let Value::Failure(failure) = value {
                arguments.push(("remedy", self.get(&format!("remedy-{}", failure.slug())).into()));
            }
            arguments.push((name, self.value(value)));
        }
        let slug = news.kind().slug;
        [format!("staff-news-{slug}"), format!("staff-news-{slug}-do")]
            .map(|key| readable(&self.with(&key, &arguments)))
    }

    /// A value of some news as staff read it: a failure by its title and code, a time as the clock on the wall shows it.
    fn value(&self, value: Value) -> FluentValue<'static> {
        let day = |day: Date| {
            let number = |value: i16| value.into();
            let (month, day_of_month) = (number(day.month().into()), number(day.day().into()));
            self.with("date", &[("year", number(day.year())), ("month", month), ("day", day_of_month)])
        };
        match value {
            Value::Failure(failure) => {
                let title = self.get(&format!("failure-{}.title", failure.slug()));
                let arguments = [("title", title.into()), ("code", failure.code().into())];
                self.with("staff-news-failure", &arguments).into()
            }
            Value::Count(count) => count.into(),
            Value::Day(date) => day(date).into(),
            Value::Time(time) => {
                let at = japan::civil(time);
                format!("{} {}:{:02}", day(at.date()), at.hour(), at.minute()).into()
            }
            Value::Name(name) => name.into(),
        }
    }

    /// The same text in the Japanese original, laid out: stands beside the translation of what binds the patient.
    /// `None` in Japanese, where it would stand twice.
    pub fn original(&self, key: &str) -> Option<String> {
        (self.language != Language::Ja).then(|| Words::of(Language::Ja).get(key))
    }

    /// Whether this language itself has `key`.
    pub fn has(&self, key: &str) -> bool {
        self.find(key, None).is_some()
    }

    /// The text of `key` with its layout marks as they are, and the language it is in.
    fn plain(&self, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> (String, Language) {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        if let Some(text) = self.find(key, Some(&arguments)) {
            return (text, self.language);
        }
        if !is_for_staff(key) || matches!(self.language, Language::Ja | Language::En) {
            tracing::error!(key, language = self.language.tag(), "text is missing");
        }
        if self.language != Language::Ja
            && let Some(text) = Words::of(Language::Ja).find(key, Some(&arguments))
        {
            return (text, Language::Ja);
        }
        (format!("⟦{key}⟧"), self.language)
    }

    fn find(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = self.bundle.format_pattern(pattern, arguments, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "text could not be put together");
        }
        Some(text.into_owned())
    }
}

/// Whether only staff read the text of `key`.
pub fn is_for_staff(key: &str) -> bool {
    STAFF_KEYS.iter().any(|beginning| key.starts_with(beginning))
}

/// Turns the phrase marks of a locale text into characters the line breaker understands. Where words stand apart but
/// the line breaker would part syllables too, every word is held together; so are Japanese terms in other languages.
fn phrases(text: &str, language: Language) -> String {
    let whole = text.contains(PHRASE) || language.spaced_syllables();
    let unspaced = matches!(language, Language::Ja | Language::ZhHans);
    if !whole && (unspaced || !text.contains(is_east_asian)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut previous: Option<char> = None;
    for c in text.chars() {
        if c == PHRASE {
            out.push(BREAK_HERE);
            previous = None;
            continue;
        }
        let held =
            |p: char| (whole || is_east_asian(p) && is_east_asian(c)) && !p.is_whitespace() && !c.is_whitespace();
        if previous.is_some_and(held) {
            out.push(KEEP_TOGETHER);
        }
        out.push(c);
        previous = Some(c);
    }
    out
}

/// Whether the line breaker takes `c` for a letter between which lines may break.
fn is_east_asian(c: char) -> bool {
    u32::from(c) >= 0x2E80
}

/// The parts of a laid-out text that no line may break: phrases where they are marked, words else. Unmarked text in a
/// script without spaces has none.
pub fn unbreakable(text: &str) -> Vec<&str> {
    let marked = text.contains([BREAK_HERE, KEEP_TOGETHER]);
    text.split(|c: char| c == BREAK_HERE || (c.is_whitespace() && c != NO_BREAK))
        .filter(|part| !part.is_empty() && (marked || part.chars().all(|c| u32::from(c) < 0x2E80)))
        .collect()
}

/// A text as a reader sees it: without the layout characters that [`Words`] puts in.
pub fn readable(text: &str) -> String {
    text.chars().filter(|c| *c != BREAK_HERE && *c != KEEP_TOGETHER).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::Failure;
    use crate::domain::qualification::Validity;
    use crate::domain::staff_news::Certificate;

    #[test]
    fn the_choice_goes_round() {
        let mut language = Language::default();
        let mut seen = Vec::new();
        for _ in Language::ALL {
            seen.push(language);
            language = language.next();
        }
        assert_eq!((seen.as_slice(), language), (Language::ALL.as_slice(), Language::default()));
        assert!(Language::ALL.iter().all(|language| Words::of(*language).language() == *language));
    }

    #[test]
    fn binding_text_keeps_its_original() {
        assert_eq!(Words::of(Language::Ja).original("terms-title"), None);
        let original = Words::of(Language::Vi).original("terms-title").map(|text| readable(&text));
        assert_eq!(original.as_deref(), Some("マイナポータル利用規約"));
    }

    #[test]
    fn every_failure_speaks_to_patient_and_staff() {
        for language in Language::ALL {
            let words = Words::of(language);
            for failure in Failure::ALL {
                let remedy = matches!(language, Language::Ja | Language::En).then_some("remedy-{}");
                for key in ["failure-{}", "failure-{}.title"].into_iter().chain(remedy) {
                    let key = key.replace("{}", failure.slug());
                    assert!(words.has(&key), "{} lacks {key}", language.tag());
                }
                let told = words.get(&format!("failure-{}", failure.slug()));
                assert!(!told.contains("U-"), "codes are for staff: {told}");
            }
        }
    }

    #[test]
    fn staff_read_news_in_their_two_languages() {
        let until = jiff::civil::date(2026, 12, 1);
        let news = StaffNews::CertificateToOrder { certificate: Certificate::Root, until };
        let [what, todo] = Words::of(Language::Ja).staff_news(&news);
        assert_eq!(what, "照会先のルート証明書の期限まで60日を切りました（2026年12月1日まで）。");
        assert_eq!(todo, "新しい証明書を申し込んでください。");
        let since = "2026-11-20T00:05:00Z".parse().expect("a time");
        let [what, _] = Words::of(Language::En).staff_news(&StaffNews::KeptFileUnreadable { since });
        let at = "20\u{a0}November\u{a0}2026 9:05";
        assert_eq!(what, format!("The file that waited since {at} cannot be opened and was set aside."));
        let news = StaffNews::BrokenOffUndelivered { check_id: "c-1".into(), failure: Failure::HandoffUnwritable };
        let [what, todo] = Words::of(Language::Ja).staff_news(&news);
        assert_eq!(what, "受付機が止まって途切れた受付のファイルを書けません（確認番号 c-1）：受付の途中です（U-502）");
        assert!(todo.starts_with("レセコンへの受け渡しファイルを書けません。"), "{todo}");
        let news = StaffNews::QueuedUnconfirmed { entry: "e-1".into(), validity: Validity::NotFound };
        assert!(Words::of(Language::Ja).staff_news(&news)[0].contains("（該当なし、控え e-1）"));
    }

    #[test]
    fn the_words_of_news_take_only_values_that_their_entry_has() {
        for (language, kind) in
            [Language::Ja, Language::En].iter().flat_map(|l| StaffNews::ALL.iter().map(move |k| (l, k)))
        {
            let bundle = &Words::of(*language).bundle;
            let remedy = kind.values.contains(&"failure").then_some("remedy");
            let values: FluentArgs<'_> =
                kind.values.iter().copied().chain(remedy).map(|name| (name, FluentValue::from("x"))).collect();
            for key in [format!("staff-news-{}", kind.slug), format!("staff-news-{}-do", kind.slug)] {
                let pattern = bundle.get_message(&key).and_then(|message| message.value()).expect("the words");
                let mut errors = Vec::new();
                bundle.format_pattern(pattern, Some(&values), &mut errors);
                assert!(errors.is_empty(), "{key}: {errors:?}");
            }
        }
    }

    #[test]
    fn a_missing_key_is_seen() {
        assert_eq!(Words::of(Language::En).get("no-such-key"), "⟦no-such-key⟧");
    }

    #[test]
    fn phrases_break_only_between() {
        assert_eq!(phrases("ab", Language::En), "ab");
        assert_eq!(phrases("カー|ド", Language::Ja), "カ\u{2060}ー\u{200B}ド");
        assert_eq!(readable(&phrases("カー|ド", Language::Ja)), "カード");
    }

    #[test]
    fn a_name_with_a_space_that_holds_is_one_phrase() {
        assert_eq!(unbreakable("Kartu My\u{A0}Number saja"), ["Kartu", "My\u{A0}Number", "saja"]);
    }

    #[test]
    fn words_of_syllables_stay_whole() {
        assert_eq!(phrases("카드 한장", Language::Ko), "카\u{2060}드 한\u{2060}장");
        assert_eq!(unbreakable(&phrases("카드 한장", Language::Ko)).len(), 2);
        assert_eq!(phrases("कार्ड", Language::Ne), "कार्ड");
        assert_eq!(phrases("đơn (申立書)", Language::Vi), "đơn (申\u{2060}立\u{2060}書)");
    }
}
