//! The glossaries beside the languages: one spelling for one thing, and none of its variants in any text for patients.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::locales::{self, Message};
use super::source::{File, Finding, file};

/// The terms that every language has.
const REFERENCE: &str = "locales/glossary/ja.toml";

/// What stands for a Japanese term, which is its key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    /// Its one spelling; at least one text has it.
    say: String,
    /// Variants that no text has.
    #[serde(default)]
    not: Vec<String>,
    /// Beginnings of the keys to which `not` is limited.
    #[serde(default)]
    within: Vec<String>,
    /// Beginnings of the keys in which `not` does not hold.
    #[serde(default)]
    except: Vec<String>,
}

impl Term {
    fn forbids_in(&self, key: &str) -> bool {
        let begins = |list: &[String]| list.iter().any(|beginning| key.starts_with(beginning));
        (self.within.is_empty() || begins(&self.within)) && !begins(&self.except)
    }
}

fn terms(files: &[File], path: &str) -> Result<BTreeMap<String, Term>, Finding> {
    let glossary = file(files, path).ok_or_else(|| Finding::of(path, "the glossary is missing"))?;
    toml::from_str(&glossary.text).map_err(|error| Finding::of(path, format!("it cannot be read: {error}")))
}

/// A text as it is read: without marks of phrases, with plain spaces.
fn read(message: &Message) -> String {
    message.text.replace("{\"\\u00A0\"}", " ").replace('|', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `text` has `word`: in letters that make words with spaces, as a word of its own.
fn has(text: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() && u32::from(c) < 0x0300 || matches!(c, '\u{1E00}'..='\u{1EFF}');
    let joined = |a: Option<char>, b: Option<char>| a.is_some_and(letter) && b.is_some_and(letter);
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + word.len()..));
        let before = before.and_then(|text| text.chars().next_back());
        let after = after.and_then(|text| text.chars().next());
        !joined(before, word.chars().next()) && !joined(word.chars().next_back(), after)
    })
}

/// The same with the case of letters left aside.
fn has_in_any_case(text: &str, word: &str) -> bool {
    has(&text.to_lowercase(), &word.to_lowercase())
}

/// Terms that a language lacks, spellings that no text has, and variants that one has.
pub fn glossaries(files: &[File]) -> Vec<Finding> {
    let reference = match terms(files, REFERENCE) {
        Ok(reference) => reference,
        Err(finding) => return vec![finding],
    };
    let for_patients = |f: &&File| f.path.strip_prefix("locales/").is_some_and(|name| !name.contains('/'));
    let languages = files.iter().filter(|f| f.is("ftl")).filter(for_patients);
    languages.flat_map(|locale| language_breaks(files, locale, &reference)).collect()
}

fn language_breaks(files: &[File], locale: &File, reference: &BTreeMap<String, Term>) -> Vec<Finding> {
    let path = format!("locales/glossary/{}.toml", locales::language_of(locale));
    let own = match terms(files, &path) {
        Ok(own) => own,
        Err(finding) => return vec![finding],
    };
    let (messages, _) = locales::messages(locale);
    let texts: Vec<(&str, usize, String)> = messages
        .iter()
        .filter(|(key, _)| !locales::for_staff(key))
        .map(|(key, message)| (key.as_str(), message.line, read(message)))
        .collect();
    let mut findings: Vec<Finding> = reference
        .keys()
        .filter(|term| !own.contains_key(*term))
        .map(|term| Finding::of(&path, format!("{term} has no word here")))
        .collect();
    for (term, word) in &own {
        if !texts.iter().any(|(.., text)| has_in_any_case(text, &word.say)) {
            findings.push(Finding::of(&path, format!("no text says {} for {term}", word.say)));
        }
        for (key, line, text) in texts.iter().filter(|(key, ..)| word.forbids_in(key)) {
            // Where only the case differs, the case is the variant.
            let found = word.not.iter().find(|variant| {
                let cased = variant.to_lowercase() == word.say.to_lowercase();
                if cased { has(text, variant) } else { has_in_any_case(text, variant) }
            });
            if let Some(variant) = found {
                let what = format!("`{key}` says {variant}; {term} is {} here", word.say);
                findings.push(Finding::at(&locale.path, *line, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::{assert_caught, assert_clean};
    use super::*;

    fn check(english: &str, glossary: &str) -> Vec<Finding> {
        let ja = "\"暗証番号\" = { say = \"暗証番号\" }\n";
        let files = [
            File::planted(REFERENCE, ja),
            File::planted("locales/en.ftl", english),
            File::planted("locales/glossary/en.toml", glossary),
        ];
        glossaries(&files)
    }

    const PIN: &str =
        "\"暗証番号\" = { say = \"PIN\", not = [\"number\", \"pass word\", \"Pin\"], except = [\"code-\"] }\n";

    #[test]
    fn one_spelling_passes() {
        assert_clean(&check("pin = Your PIN\ncode-b = A number\nremedy-pin = The number\nmany = Numbers\n", PIN));
    }

    #[test]
    fn a_variant_is_caught() {
        assert_caught(&check("a = Your PIN\nb = Your Number\n", PIN), "locales/en.ftl:2");
        assert_caught(&check("a = Your PIN\nb = x\n    .title = Your number\n", PIN), "locales/en.ftl:3");
        assert_caught(&check("a = Your PIN\nb = pass|{\"\\u00A0\"}word\n", PIN), "locales/en.ftl:2");
        assert_caught(&check("a = Your PIN\nb = Your Pin\n", PIN), "locales/en.ftl:2");
        let within = PIN.replace("except = [\"code-\"]", "within = [\"pin-\"]");
        assert_caught(&check("a = Your PIN, a number\npin-b = Your number\n", &within), "locales/en.ftl:2");
        assert_clean(&check("a = Your PIN, a number\n", &within));
    }

    #[test]
    fn a_glossary_that_tells_nothing_is_caught() {
        assert_caught(&check("a = Your code\n", PIN), "locales/glossary/en.toml");
        assert_caught(&check("a = Your PIN\n", ""), "locales/glossary/en.toml");
        assert_caught(&check("a = Your PIN\n", "\"暗証番号\" = { says = \"PIN\" }\n"), "locales/glossary/en.toml");
        assert_caught(&glossaries(&[]), REFERENCE);
    }
}
