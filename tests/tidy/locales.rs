//! The words of the patient: every language has the same messages with the same variables as Japanese.

use std::collections::{BTreeMap, BTreeSet};

use super::lexer::Kind;
use super::source::{File, Finding, file, product};
use super::staff_words;

/// The language that the others follow.
pub const REFERENCE: &str = "locales/ja.ftl";
/// Where the program takes the languages in.
pub const LOADER: &str = "src/i18n.rs";
/// Languages that staff read.
pub const STAFF_LANGUAGES: &[&str] = &["ja", "en"];
/// Beginnings of keys that only staff read.
const STAFF_KEYS: &[&str] = &["remedy-", "dock-", "scenario-", "setup-", "desk-"];
/// Texts that may be the same in two languages: language, key, reason.
pub const SAME_LIST: &str = "tests/tidy/same-words-allow.txt";
/// Most characters in a row without a phrase mark in a script without spaces.
const LONGEST_PHRASE: usize = 16;

/// One message or one of its attributes (`message.attribute`).
#[derive(Debug, Default)]
pub struct Message {
    pub line: usize,
    pub text: String,
}

impl Message {
    /// Variables (`$name`) that the text takes.
    fn variables(&self) -> BTreeSet<String> {
        self.references('$')
    }

    /// Other messages and terms that it takes in.
    pub fn taken_in(&self) -> BTreeSet<String> {
        let placeables = self.text.split('{').skip(1).filter_map(|rest| rest.split(['}', '{']).next());
        let names =
            placeables.map(str::trim).filter(|inner| inner.starts_with(|c: char| c == '-' || c.is_ascii_lowercase()));
        names
            .filter(|inner| inner.chars().all(|c| c == '-' || c == '.' || c.is_ascii_alphanumeric()))
            .map(str::to_owned)
            .collect()
    }

    fn references(&self, mark: char) -> BTreeSet<String> {
        let rests = self.text.split(mark).skip(1);
        rests
            .map(|rest| rest.chars().take_while(|c| *c == '-' || *c == '_' || c.is_ascii_alphanumeric()).collect())
            .filter(|name: &String| !name.is_empty())
            .collect()
    }
}

/// The messages of a Fluent file; a key that stands twice is a finding.
pub fn messages(file: &File) -> (BTreeMap<String, Message>, Vec<Finding>) {
    let mut all: BTreeMap<String, Message> = BTreeMap::new();
    let (mut findings, mut current, mut parent) = (Vec::new(), String::new(), String::new());
    for (i, line) in file.text.lines().enumerate() {
        let is_key = |key: &str| {
            !key.is_empty() && key.chars().all(|c| matches!(c, '-' | '_' | '.') || c.is_ascii_alphanumeric())
        };
        let head =
            line.split_once('=').map(|(key, text)| (key.trim_end(), text)).filter(|(key, _)| is_key(key.trim_start()));
        match head {
            Some((key, text)) if key.starts_with(|c: char| c == '-' || c.is_ascii_alphabetic()) => {
                parent = key.to_owned();
                current = parent.clone();
                if all.insert(current.clone(), Message { line: i + 1, text: text.to_owned() }).is_some() {
                    findings.push(Finding::at(&file.path, i + 1, format!("`{current}` stands here a second time")));
                }
            }
            Some((key, text)) if key.trim_start().starts_with('.') => {
                current = format!("{parent}{}", key.trim_start());
                all.insert(current.clone(), Message { line: i + 1, text: text.to_owned() });
            }
            _ if line.starts_with('#') => current.clear(),
            _ => {
                if let Some(message) = all.get_mut(&current) {
                    message.text.push('\n');
                    message.text.push_str(line);
                }
            }
        }
    }
    (all, findings)
}

/// Superfluous languages, missing and superfluous messages and variables; empty messages; references to nothing.
pub fn locales(files: &[File]) -> Vec<Finding> {
    let Some(reference) = file(files, REFERENCE) else {
        return vec![Finding::of(REFERENCE, "the reference language is missing")];
    };
    let (wanted, _) = messages(reference);
    let (told, _) = file(files, staff_words::REFERENCE).map(messages).unwrap_or_default();
    let mut findings = Vec::new();
    let loader = file(files, LOADER).map_or("", |loader| &loader.text);
    for locale in files.iter().filter(|f| f.path.starts_with("locales/") && f.is("ftl")) {
        if !loader.contains(&format!(" = \"{}\";", language_of(locale))) {
            findings.push(Finding::of(&locale.path, format!("{LOADER} does not take it in")));
        }
        findings.extend(locale_breaks(locale, if staff_words::is_one(locale) { &told } else { &wanted }));
    }
    findings
}

pub fn language_of(locale: &File) -> &str {
    locale.path.trim_start_matches(staff_words::FOLDER).trim_start_matches("locales/").trim_end_matches(".ftl")
}

pub fn for_staff(key: &str) -> bool {
    STAFF_KEYS.iter().any(|beginning| key.starts_with(beginning))
}

fn locale_breaks(locale: &File, wanted: &BTreeMap<String, Message>) -> Vec<Finding> {
    let (found, mut findings) = messages(locale);
    let staff_too = STAFF_LANGUAGES.contains(&language_of(locale));
    for (key, message) in wanted.iter().filter(|(key, _)| staff_too || !for_staff(key)) {
        match found.get(key) {
            None => findings.push(Finding::of(&locale.path, format!("`{key}` is missing"))),
            Some(own) if own.variables() != message.variables() => {
                let what =
                    format!("`{key}` takes {:?}, the reference takes {:?}", own.variables(), message.variables());
                findings.push(Finding::at(&locale.path, own.line, what));
            }
            Some(_) => {}
        }
    }
    for (key, message) in &found {
        let has_attributes =
            found.range(format!("{key}.")..).next().is_some_and(|(next, _)| next.starts_with(&format!("{key}.")));
        if staff_words::is_one(locale) != staff_words::is_key(key) {
            let (keys, folder) = (staff_words::KEYS.join("…, "), staff_words::FOLDER);
            let what = format!("`{key}`: {keys}… stand in {folder}, all else does not");
            findings.push(Finding::at(&locale.path, message.line, what));
        }
        if !wanted.contains_key(key) {
            findings.push(Finding::at(&locale.path, message.line, format!("`{key}` is not in the reference language")));
        } else if !staff_too && for_staff(key) {
            findings.push(Finding::at(
                &locale.path,
                message.line,
                format!("only staff read `{key}`: Japanese and English"),
            ));
        }
        if message.text.trim().is_empty() && !has_attributes {
            findings.push(Finding::at(&locale.path, message.line, format!("`{key}` says nothing")));
        }
        for name in message.taken_in().iter().filter(|name| !found.contains_key(*name)) {
            findings.push(Finding::at(
                &locale.path,
                message.line,
                format!("`{key}` takes in `{name}`, which is not there"),
            ));
        }
    }
    findings
}

/// An entry of [`SAME_LIST`]; the language may be `*`, the key may end in `*`.
struct Allowed<'a> {
    line: usize,
    language: &'a str,
    key: &'a str,
    used: bool,
}

impl Allowed<'_> {
    fn covers(&self, language: &str, key: &str) -> bool {
        let named = self.key.strip_suffix('*').map_or(self.key == key, |beginning| key.starts_with(beginning));
        named && (self.language == "*" || self.language == language)
    }
}

/// Texts for patients that stand word for word in Japanese or English and in another language: not translated, unless
/// the allow-list says why. Japanese in kana alone is simple already.
pub fn same_words(files: &[File]) -> Vec<Finding> {
    let Some(list) = file(files, SAME_LIST) else { return vec![Finding::of(SAME_LIST, "the allow-list is missing")] };
    let mut findings = Vec::new();
    let mut allowed: Vec<Allowed<'_>> = Vec::new();
    for (i, row) in list.text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty() && !row.starts_with('#')) {
        let mut parts = row.splitn(3, ' ');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(language), Some(key), Some(_)) => allowed.push(Allowed { line: i + 1, language, key, used: false }),
            _ => findings.push(Finding::at(SAME_LIST, i + 1, "an entry is: language, key, reason")),
        }
    }
    let all: BTreeMap<&str, BTreeMap<String, Message>> = files
        .iter()
        .filter(|f| f.path.starts_with("locales/") && f.is("ftl") && !staff_words::is_one(f))
        .map(|f| (language_of(f), messages(f).0))
        .collect();
    for (language, own) in &all {
        for other in STAFF_LANGUAGES.iter().filter(|other| *other != language && *language != "ja") {
            let Some(originals) = all.get(other) else { continue };
            for (key, message) in own.iter().filter(|(key, _)| !for_staff(key)) {
                let plain = |message: &Message| message.text.replace('|', "").trim().to_owned();
                let text = plain(message);
                let same = originals.get(key).is_some_and(|original| plain(original) == text);
                let has_words = text
                    .split('{')
                    .any(|part| part.rsplit('}').next().unwrap_or_default().chars().any(char::is_alphabetic));
                if !same || !has_words || (*language == "ja-simple" && !text.chars().any(is_kanji)) {
                    continue;
                }
                match allowed.iter_mut().find(|entry| entry.covers(language, key)) {
                    Some(entry) => entry.used = true,
                    None => {
                        let place = format!("locales/{language}.ftl");
                        let what = format!("`{key}` is not translated from {other}");
                        findings.push(Finding::at(&place, message.line, what));
                    }
                }
            }
        }
    }
    let idle = allowed.iter().filter(|entry| !entry.used);
    findings.extend(idle.map(|entry| {
        let what = format!("`{}` of {} needs the entry no more; delete it", entry.key, entry.language);
        Finding::at(SAME_LIST, entry.line, what)
    }));
    findings
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// Where scripts have no spaces: long texts without a phrase mark, and kanji without reading in simple Japanese.
pub fn phrases(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for locale in
        files.iter().filter(|f| ["ja", "ja-simple", "zh-Hans"].map(|l| format!("locales/{l}.ftl")).contains(&f.path))
    {
        let simple = language_of(locale) == "ja-simple";
        for (key, message) in messages(locale).0.iter().filter(|(key, _)| !for_staff(key)) {
            for phrase in message.text.split(['|', '\n', ' ']) {
                let length = phrase.chars().filter(|c| is_kanji(*c) || is_kana(*c)).count();
                if length > LONGEST_PHRASE {
                    findings.push(Finding::at(
                        &locale.path,
                        message.line,
                        format!("`{key}` has no phrase mark in {phrase}"),
                    ));
                }
            }
            if simple && let Some(word) = unread(&message.text) {
                findings.push(Finding::at(&locale.path, message.line, format!("`{key}` has {word} without reading")));
            }
        }
    }
    findings
}

/// The first kanji word that no reading in brackets follows.
fn unread(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(is_kanji) {
        let tail = rest.get(at..).unwrap_or_default();
        let word: String = tail.chars().take_while(|c| is_kanji(*c)).collect();
        let after = tail.get(word.len()..).unwrap_or_default();
        let inner =
            after.trim_start_matches('|').strip_prefix('（').map(|inner| inner.split('）').next().unwrap_or_default());
        if !inner
            .is_some_and(|reading| !reading.is_empty() && reading.chars().all(|c| is_kana(c) || matches!(c, ' ' | '|')))
        {
            return Some(word);
        }
        rest = after;
    }
    None
}

/// Messages that no code asks for: no string literal of the product is the key, its beginning before `{` or its end after
/// `}`. Remedies are the closed list's, one for each failure.
pub fn unused(files: &[File]) -> Vec<Finding> {
    let Some(reference) = file(files, REFERENCE) else {
        return vec![Finding::of(REFERENCE, "the reference language is missing")];
    };
    let units = product(files);
    let texts: Vec<&str> = units
        .iter()
        .flat_map(|unit| &unit.tokens)
        .filter_map(|token| if let Kind::Text(text) = &token.kind { Some(text.as_str()) } else { None })
        .collect();
    let named = |key: &str| {
        texts.iter().any(|text| match text.split_once('{') {
            Some((beginning, _)) => beginning.len() > 3 && beginning.ends_with('-') && key.starts_with(beginning),
            None => *text == key,
        })
    };
    let ends: BTreeSet<&str> =
        texts.iter().filter_map(|t| t.strip_prefix('{')?.split_once("}-").map(|(_, end)| end)).collect();
    let asked = |key: &str| {
        named(key) || ends.iter().any(|end| key.strip_suffix(end).is_some_and(|k| named(k.trim_end_matches('-'))))
    };
    let (found, _) = messages(reference);
    found
        .iter()
        .filter(|(key, _)| !key.starts_with("remedy-"))
        .filter(|(key, _)| !asked(key) && !key.split_once('.').is_some_and(|(message, _)| asked(message)))
        .map(|(key, message)| {
            Finding::at(REFERENCE, message.line, format!("nothing asks for `{key}`; delete it in every language"))
        })
        .collect()
}

/// Every failure has its words for the patient and its remedy for staff.
pub fn failure_words(files: &[File], slugs: &[&str]) -> Vec<Finding> {
    let Some(reference) = file(files, REFERENCE) else {
        return vec![Finding::of(REFERENCE, "the reference language is missing")];
    };
    let (found, _) = messages(reference);
    slugs
        .iter()
        .flat_map(|slug| [format!("failure-{slug}"), format!("remedy-{slug}")])
        .filter(|key| !found.contains_key(key))
        .map(|key| Finding::of(REFERENCE, format!("`{key}` is missing")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{assert_caught, assert_clean};
    use super::*;

    const JA: &str = "# comment\n-brand = U\nhello = { -brand } { $name } さん\n    二行目\n    .help = たすけ\nbye = { $n ->\n    [one] { hello }\n   *[other] { $n }\n }\n";

    fn check(english: &str) -> Vec<Finding> {
        let loader = File::planted(LOADER, "Ja = \"ja\"; En = \"en\";");
        locales(&[loader, File::planted(REFERENCE, JA), File::planted("locales/en.ftl", english)])
    }

    #[test]
    fn a_complete_language_passes() {
        assert_clean(&check("-brand = U\nhello = Hello { $name }\n    .help = help\nbye = { $n }\n"));
    }

    #[test]
    fn gaps_are_caught() {
        assert_caught(&check("-brand = U\nhello = Hello { $name }\nbye = { $n }\n"), "locales/en.ftl");
        assert_caught(
            &check("-brand = U\nhello = Hello { $nam }\n    .help = help\nbye = { $n }\n"),
            "locales/en.ftl:2",
        );
        assert_caught(&check("-brand = U\nhello = Hello { $name }\n    .help =\nbye = { $n }\n"), "locales/en.ftl:3");
        assert_caught(
            &check("-brand = U\nhello = { -band } { $name }\n    .help = help\nbye = { $n }\n"),
            "locales/en.ftl:2",
        );
        assert_caught(
            &check("-brand = U\nhello = { $name }\n    .help = help\nbye = { $n }\nbye = { $n }\n"),
            "locales/en.ftl:5",
        );
        assert_caught(
            &check("-brand = U\nhello = { $name }\n    .help = help\nbye = { $n }\nmore = x\n"),
            "locales/en.ftl:5",
        );
        assert_caught(&locales(&[]), REFERENCE);
        assert_caught(&locales(&[File::planted(REFERENCE, JA)]), REFERENCE);
    }

    #[test]
    fn staff_words_stand_in_two_languages_only() {
        let loader = File::planted(LOADER, "Ja = \"ja\"; Vi = \"vi\";");
        let ja = File::planted(REFERENCE, "a = あ\nremedy-a = い\n");
        let with = |vi: &str| locales(&[loader.clone(), ja.clone(), File::planted("locales/vi.ftl", vi)]);
        assert_clean(&with("a = ơ\n"));
        assert_caught(&with("a = ơ\nremedy-a = ư\n"), "locales/vi.ftl:2");
    }

    #[test]
    fn an_untranslated_text_is_caught() {
        let with = |vi: &str, list: &str| {
            let en = "call = Call { $n }\npin = PIN\nname = { $n }\n";
            same_words(&[
                File::planted("locales/en.ftl", en),
                File::planted("locales/vi.ftl", vi),
                File::planted(SAME_LIST, list),
            ])
        };
        assert_clean(&with("call = Gọi { $n }\npin = PIN\nname = { $n }\n", "vi pin the same word\n"));
        assert_caught(&with("call = Call { $n }\npin = Mã\n", ""), "locales/vi.ftl:1");
        assert_caught(&with("call = Gọi\npin = Mã\n", "vi pin the same word\n"), "tests/tidy/same-words-allow.txt:1");
        assert_caught(&with("call = Gọi\n", "vi pin\n"), "tests/tidy/same-words-allow.txt:1");
    }

    #[test]
    fn a_long_phrase_and_a_kanji_without_reading_are_caught() {
        let with = |language: &str, text: &str| phrases(&[File::planted(&format!("locales/{language}.ftl"), text)]);
        assert_clean(&with("ja", "a = カードリーダーに|マイナンバーカードを|置いてください\n"));
        assert_caught(&with("ja", "a = カードリーダーにマイナンバーカードを置いてください\n"), "locales/ja.ftl:1");
        assert_clean(&with("ja-simple", "a = 役所（やくしょ）で きいて ください\n"));
        assert_caught(&with("ja-simple", "a = 役所で きいて ください\n"), "locales/ja-simple.ftl:1");
        assert_caught(&with("ja-simple", "a = 役所（役所）で きいて ください\n"), "locales/ja-simple.ftl:1");
    }

    #[test]
    fn a_message_that_nothing_asks_for_is_caught() {
        let with = |code: &str| {
            unused(&[File::planted(REFERENCE, "hint-a = x\n    .title = y\nb = z\n"), File::planted("src/a.rs", code)])
        };
        assert_clean(&with("fn f() { g(format!(\"hint-{slug}\")); h(\"b\"); }"));
        assert_caught(&with("fn f() { g(format!(\"hint-{slug}\")); }"), "locales/ja.ftl:3");
        assert_caught(
            &with("fn f() { h(\"hint-a\") } #[cfg(test)] mod t { const B: &str = \"b\"; }"),
            "locales/ja.ftl:3",
        );
    }

    #[test]
    fn a_failure_without_words_is_caught() {
        let files = [File::planted(REFERENCE, "failure-a = x\nremedy-a = y\nfailure-b = z\n")];
        assert_clean(&failure_words(&files, &["a"]));
        assert_caught(&failure_words(&files, &["a", "b"]), REFERENCE);
    }
}
