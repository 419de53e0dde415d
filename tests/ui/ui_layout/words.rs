//! Finds words that were not translated: those of another language, or of a script the language is not written in.

use std::collections::BTreeSet;

use uketsuke::i18n::{Language, Words, readable};

/// Keys whose text may be the same in another language: names, codes, and words both languages share.
const SHARED: [&str; 8] = [
    "tool-language",
    "tool-language.title",
    "keypad-confirm",
    "era-meiji",
    "era-taisho",
    "era-showa",
    "era-heisei",
    "era-reiwa",
];
/// English words that other languages use too, as they stand on a button or above a field.
const LOANED: [&str; 7] = ["PIN", "Card", "Security code", "OK", "Normal", "Check-in", "Insurance"];
/// Names that are the same everywhere: of a service, and of what the presets carry.
const NAMES: [&str; 6] = ["見本", "SAMPLE", "ミホン", "サンプル", "中●", "ナカハラ"];
const SERVICE: &str = "マイナポータル";

/// What one language shows.
pub type Texts = BTreeSet<String>;

fn shared(text: &str) -> bool {
    let names = Language::ALL.map(|language| readable(&Words::of(language).get("language-name")));
    let known = Language::ALL
        .iter()
        .flat_map(|language| SHARED.map(|key| readable(&Words::of(*language).get(key))))
        .any(|known| known == text);
    known
        || LOANED.contains(&text)
        || names.iter().any(|name| name == text)
        || NAMES.iter().any(|name| text.contains(name))
}

fn kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}')
}

fn han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// Whether `c` may stand in `language`.
fn foreign(c: char, tag: &str) -> bool {
    match tag {
        "ja" | "ja-simple" => false,
        "zh-Hans" => kana(c),
        _ => kana(c) || han(c),
    }
}

/// Whether `c` is of the script of `tag`; Latin languages have no such test.
fn own(c: char, tag: &str) -> bool {
    match tag {
        "ja" | "ja-simple" => kana(c) || han(c),
        "zh-Hans" => han(c),
        "ko" => matches!(c, '\u{AC00}'..='\u{D7A3}'),
        "ne" => matches!(c, '\u{0900}'..='\u{097F}'),
        _ => true,
    }
}

/// Without what stands in brackets or quotation marks, which is how a form, an office or the card says it, and the
/// service's name.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.replace(SERVICE, "").chars() {
        match c {
            '(' | '（' | '“' | '‘' | '「' => depth += 1,
            ')' | '）' | '”' | '’' | '」' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The texts of `language` that are not in it; `ja` and `en` are what the same screens say in those.
pub fn untranslated(texts: &Texts, tag: &str, ja: &Texts, en: &Texts) -> Vec<String> {
    let speaks = |text: &&String| text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !shared(text);
    let mut found = Vec::new();
    for text in texts.iter().filter(speaks) {
        // Easy Japanese shares words with Japanese, and Chinese its characters; everybody else shares nothing with either.
        let related = matches!(tag, "ja" | "ja-simple" | "zh-Hans");
        let copied = (!related && ja.contains(text)) || (tag != "en" && en.contains(text));
        let plain = outside_brackets(text);
        let letters = || plain.chars().filter(|c| c.is_alphabetic());
        let sentence = text.split_whitespace().count() > 1;
        if copied {
            found.push(format!("not translated: {text}"));
        } else if letters().any(|c| foreign(c, tag)) {
            found.push(format!("Japanese in {tag}: {text}"));
        } else if sentence && letters().next().is_some() && !letters().any(|c| own(c, tag)) {
            found.push(format!("not written in {tag}: {text}"));
        }
    }
    found
}
