//! The words of the patient: every language has the same messages with the same variables as Japanese.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{File, Finding, file};

/// The language that the others follow.
pub const REFERENCE: &str = "locales/ja.ftl";
/// Where the program takes the languages in.
const LOADER: &str = "src/i18n.rs";
/// Languages that must be there.
pub const LANGUAGES: &[&str] = &["ja", "en"];

/// One message or one of its attributes (`message.attribute`).
#[derive(Debug, Default)]
struct Message {
    line: usize,
    text: String,
}

impl Message {
    /// Variables (`$name`) that the text takes.
    fn variables(&self) -> BTreeSet<String> {
        self.references('$')
    }

    /// Other messages and terms that it takes in.
    fn taken_in(&self) -> BTreeSet<String> {
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
fn messages(file: &File) -> (BTreeMap<String, Message>, Vec<Finding>) {
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

/// Missing and superfluous languages, messages and variables; empty messages; references to nothing.
pub fn locales(files: &[File], languages: &[&str]) -> Vec<Finding> {
    let Some(reference) = file(files, REFERENCE) else {
        return vec![Finding::of(REFERENCE, "the reference language is missing")];
    };
    let (wanted, _) = messages(reference);
    let mut findings: Vec<Finding> = languages
        .iter()
        .map(|language| format!("locales/{language}.ftl"))
        .filter(|path| file(files, path).is_none())
        .map(|path| Finding::of(&path, "the language is missing"))
        .collect();
    let loader = file(files, LOADER).map_or("", |loader| &loader.text);
    for locale in files.iter().filter(|f| f.path.starts_with("locales/") && f.is("ftl")) {
        if !loader.contains(&locale.path) {
            findings.push(Finding::of(&locale.path, format!("{LOADER} does not take it in")));
        }
        findings.extend(locale_breaks(locale, &wanted));
    }
    findings
}

fn locale_breaks(locale: &File, wanted: &BTreeMap<String, Message>) -> Vec<Finding> {
    let (found, mut findings) = messages(locale);
    for (key, message) in wanted {
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
        if !wanted.contains_key(key) {
            findings.push(Finding::at(&locale.path, message.line, format!("`{key}` is not in the reference language")));
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
        let loader = File::planted(LOADER, "locales/ja.ftl locales/en.ftl");
        locales(&[loader, File::planted(REFERENCE, JA), File::planted("locales/en.ftl", english)], &["ja", "en"])
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
        assert_caught(&locales(&[File::planted(REFERENCE, JA)], &["ja", "vi"]), "locales/vi.ftl");
        assert_caught(&locales(&[], &[]), REFERENCE);
        assert_caught(&locales(&[File::planted(REFERENCE, JA)], &["ja"]), REFERENCE);
    }

    #[test]
    fn a_failure_without_words_is_caught() {
        let files = [File::planted(REFERENCE, "failure-a = x\nremedy-a = y\nfailure-b = z\n")];
        assert_clean(&failure_words(&files, &["a"]));
        assert_caught(&failure_words(&files, &["a", "b"]), REFERENCE);
    }
}
