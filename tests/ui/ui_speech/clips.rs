//! The clips that are committed: each says the present words of its key, and none is missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use uketsuke::i18n::{Language, Words, readable};
use uketsuke::ports::Earcon;

use super::{SPOKEN, sounds};

/// Every variable that a patient's text can take; Fluent wants names that live as long as the program.
const NAMES: [&str; 9] = ["answer", "count", "date", "era", "of", "seconds", "time", "what", "year"];
/// What stands in the manifest for a value that has no clip.
const BLANK: &str = "\u{FFFC}";

/// How a value shows in a key, and what Fluent is given: a number, the text of a key, or the blank.
fn argument(value: &toml::Value, words: &Words) -> (String, fluent_bundle::FluentValue<'static>) {
    match value.as_str() {
        Some(BLANK) => (String::new(), BLANK.to_owned().into()),
        Some(key) => (format!("-{key}"), words.get(key).into()),
        None => {
            let number = value.as_integer().expect("a number or a key");
            (format!("-{number}"), number.into())
        }
    }
}

/// The paragraphs of all committed terms of use, by the name of their file.
fn terms(language: Language) -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/terms");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let read = |path: PathBuf| {
        let table: toml::Table = std::fs::read_to_string(&path).expect("a file").parse().expect("TOML");
        let paragraphs = if language == Language::Ja {
            table.get("original")
        } else {
            table.get("translations").and_then(|all| all.get(language.tag()))
        };
        let list = paragraphs.and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let texts = list.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect();
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), texts)
    };
    files.map(read).collect()
}

/// The rules of the spoken words, as the script reads them.
struct Rules(toml::Table);

impl Rules {
    fn read() -> Rules {
        let text = std::fs::read_to_string(sounds().join("spoken.toml")).expect("spoken.toml");
        Rules(text.parse().expect("TOML"))
    }

    fn is_silent(&self, key: &str) -> bool {
        self.0["silent"].as_array().expect("a list").iter().any(|rule| {
            let rule = rule.as_str().expect("a text");
            rule.split_once('*').map_or(rule == key, |(head, tail)| key.starts_with(head) && key.ends_with(tail))
        })
    }

    /// Everything that is to be said in `language`: the text by its key.
    fn wanted(&self, language: Language) -> BTreeMap<String, String> {
        let words = Words::of(language);
        let mut all = BTreeMap::new();
        for (key, variables) in crate::locales::keys(language) {
            if self.is_silent(&key) {
                continue;
            }
            let instead = self.0["instead"][language.tag()].get(&key).is_some();
            // Every combination of values, as endings of the key and as arguments.
            let mut combinations = vec![(String::new(), Vec::new())];
            for variable in &variables {
                let name = NAMES.into_iter().find(|name| name == variable).expect("a known variable");
                let blank = vec![toml::Value::String(BLANK.to_owned())];
                let values = self.0["values"].get(name).and_then(toml::Value::as_array).cloned();
                let values = if instead { blank } else { values.expect("values in spoken.toml") };
                let longer = |(ending, arguments): &(String, Vec<_>)| {
                    let with = |value: &toml::Value| {
                        let (part, argument) = argument(value, words);
                        let all: Vec<_> = arguments.iter().cloned().chain([(name, argument)]).collect();
                        (format!("{ending}{part}"), all)
                    };
                    values.iter().map(with).collect::<Vec<_>>()
                };
                combinations = combinations.iter().flat_map(longer).collect();
            }
            for (ending, arguments) in combinations {
                all.insert(format!("{key}{ending}"), readable(&words.with(&key, &arguments)));
            }
        }
        for (name, paragraphs) in terms(language) {
            for (number, text) in (1..).zip(paragraphs) {
                all.insert(format!("terms-{name}-{number}"), text);
            }
        }
        for (key, text) in self.0["only"][language.tag()].as_table().expect("a table") {
            all.insert(key.clone(), text.as_str().expect("a text").to_owned());
        }
        all
    }
}

#[test]
fn every_word_has_the_clip_of_its_present_text() {
    let rules = Rules::read();
    let text = std::fs::read_to_string(sounds().join("manifest.toml")).expect("manifest.toml");
    let manifest: toml::Table = text.parse().expect("TOML");
    let mut made: BTreeMap<(String, String), String> = BTreeMap::new();
    for clip in manifest["clip"].as_array().expect("a list") {
        let column = |name: &str| clip.get(name).and_then(toml::Value::as_str).map(str::to_owned);
        if let (Some(language), Some(key), Some(text)) = (column("language"), column("key"), column("text")) {
            made.insert((language, key), text);
        }
    }
    let mut stale = Vec::new();
    for language in SPOKEN {
        for (key, text) in rules.wanted(language) {
            let clip = made.remove(&(language.tag().to_owned(), key.clone()));
            if clip.as_ref() != Some(&text) {
                stale.push(format!("{} {key}: {text:?}, but its clip says {clip:?}", language.tag()));
            }
        }
    }
    stale.extend(made.into_keys().map(|(language, key)| format!("{language} {key} has a clip and no text")));
    let list = stale.join("\n");
    assert!(stale.is_empty(), "the clips are not those of the words; run: sh assets/sounds/make.sh\n{list}");
}

#[test]
fn every_clip_is_there_unchanged_and_all_are_small() {
    let clips = uketsuke::adapters::sound::Clips::open(sounds()).expect("the clips");
    let names: Vec<String> = clips.names().map(str::to_owned).collect();
    assert!(names.len() > 500, "{}", names.len());
    let size: u64 =
        names.iter().map(|name| std::fs::metadata(sounds().join(format!("{name}.opus"))).expect(name).len()).sum();
    assert!(size < 8_000_000, "{size} bytes");
    for earcon in Earcon::ALL {
        assert!(names.iter().any(|name| name == earcon.file()), "{earcon:?}");
    }
    let finding = uketsuke::adapters::sound::Clips::finding(&Ok(clips));
    assert_eq!(finding.health, uketsuke::ports::Health::Good, "{finding:?}");
}
