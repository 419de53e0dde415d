//! What staff are told: files of their own, for the languages that they read.

use std::collections::BTreeSet;

use super::lexer::Kind;
use super::locales::{Message, STAFF_LANGUAGES, messages};
use super::source::{File, Finding, file, product};

/// The language that the other follows.
pub const REFERENCE: &str = "locales/staff/ja.ftl";
/// Where the files lie.
pub const FOLDER: &str = "locales/staff/";
/// The beginning of the keys of what they are told.
const NEWS: &str = "staff-news-";
/// The beginning of the keys of why an order of theirs is refused.
const REFUSALS: &str = "refusal-";
/// How their keys begin.
pub const KEYS: [&str; 3] = [NEWS, REFUSALS, "staff-panel-"];

/// Whether that key is of words for them.
pub fn is_key(key: &str) -> bool {
    KEYS.iter().any(|beginning| key.starts_with(beginning))
}

/// Whether it is one of them.
pub fn is_one(locale: &File) -> bool {
    locale.path.starts_with(FOLDER)
}

/// Every entry of what staff are told has its words and what to do in each language of theirs, every refusal its words, and no
/// words are left over.
pub fn staff_words(files: &[File], slugs: &[&str], refusals: &[&str]) -> Vec<Finding> {
    let news = slugs.iter().flat_map(|slug| ["", "-do"].map(|end| format!("{NEWS}{slug}{end}")));
    let wanted: BTreeSet<String> = news.chain(refusals.iter().map(|slug| format!("{REFUSALS}{slug}"))).collect();
    let mut findings = Vec::new();
    for path in STAFF_LANGUAGES.iter().map(|language| format!("{FOLDER}{language}.ftl")) {
        let Some(locale) = file(files, &path) else {
            findings.push(Finding::of(&path, "the language is missing"));
            continue;
        };
        let (found, _) = messages(locale);
        let parts: BTreeSet<String> = found.values().flat_map(Message::taken_in).collect();
        // Put into others by the loader.
        let named = |key: &str| wanted.contains(key) || parts.contains(key) || key == "staff-news-failure";
        let missing = wanted.iter().filter(|key| !found.contains_key(*key));
        findings.extend(missing.map(|key| Finding::of(&path, format!("`{key}` is missing"))));
        // The panel's own words are asked for by name in its screen.
        let listed = |key: &str| key.starts_with(NEWS) || key.starts_with(REFUSALS);
        let left = found.iter().filter(|(key, _)| listed(key) && !named(key));
        findings.extend(left.map(|(key, own)| Finding::at(&path, own.line, format!("no entry is told as `{key}`"))));
    }
    findings
}

/// Log lines that speak to staff: they are entries of the list, told through their port.
pub fn told_in_logs(files: &[File]) -> Vec<Finding> {
    let units = product(files);
    let lines = units.iter().flat_map(|unit| unit.tokens.iter().map(move |token| (unit, token)));
    lines
        .filter(|(_, token)| matches!(&token.kind, Kind::Text(text) if text.trim_start().to_lowercase().starts_with("staff:")))
        .map(|(unit, token)| Finding::at(&unit.file.path, token.line, "staff are told through `StaffDesk`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::locales::{self, LOADER, locales};
    use super::super::source::{assert_caught, assert_clean};
    use super::*;

    #[test]
    fn they_stand_in_files_of_their_own() {
        let loader = File::planted(LOADER, "Ja = \"ja\";");
        let with = |words: &str, staff: &str| {
            let words = File::planted(locales::REFERENCE, words);
            locales(&[loader.clone(), words, File::planted(REFERENCE, staff)])
        };
        assert_clean(&with("a = あ\n", "staff-news-a = い\n"));
        assert_caught(&with("a = あ\nstaff-news-b = う\n", "staff-news-a = い\n"), "locales/ja.ftl:2");
        assert_caught(&with("a = あ\n", "b = い\n"), "locales/staff/ja.ftl:1");
    }

    #[test]
    fn a_log_line_for_staff_is_caught() {
        let with = |code: &str| told_in_logs(&[File::planted("src/a.rs", code)]);
        assert_clean(&with("fn f() { tracing::warn!(\"the disk is full\"); g(\"staff codes\") } // staff: here"));
        assert_caught(&with("fn f() {\n tracing::warn!(\"staff: look at it\"); }"), "src/a.rs:2");
    }

    #[test]
    fn news_without_words_and_words_without_news_are_caught() {
        let en = "staff-news-a = x { staff-news-part }\nstaff-news-a-do = y\nstaff-news-part = z\n";
        let with = |en: &str, slugs: &[&str]| {
            let ja = "staff-news-a = あ\nstaff-news-a-do = い\nrefusal-r = う\n";
            let en = format!("{en}refusal-r = w\n");
            staff_words(&[File::planted(REFERENCE, ja), File::planted("locales/staff/en.ftl", &en)], slugs, &["r"])
        };
        assert_clean(&with(en, &["a"]));
        assert_caught(&with(en, &["a", "b"]), REFERENCE);
        assert_caught(&with(&en.replace("staff-news-a-do", "staff-news-b"), &["a"]), "locales/staff/en.ftl:2");
        assert_caught(&with(&en.replace("staff-news-a-do = y\n", ""), &["a"]), "locales/staff/en.ftl");
        assert_caught(&with("refusal-s = v\n", &[]), "locales/staff/en.ftl:1");
        assert_caught(&staff_words(&[], &["a"], &[]), "locales/staff/en.ftl");
    }
}
