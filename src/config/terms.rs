//! Terms of use as files: the site's own, and the sample for training.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::ConfigError;
use crate::domain::terms::{Terms, Translation};

const SAMPLE: &str = include_str!("../../assets/terms/sample-1.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    #[serde(default)]
    sample: bool,
    original: Vec<String>,
    #[serde(default)]
    translations: BTreeMap<String, Vec<String>>,
}

fn parse(text: &str) -> Result<Terms, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let translations = file.translations.into_iter();
    let translations = translations.map(|(language, paragraphs)| Translation { language, paragraphs }).collect();
    let terms = Terms { version: file.version, sample: file.sample, original: file.original, translations };
    terms.checked().map_err(|error| error.to_string())
}

/// Reads terms of use.
///
/// # Errors
/// When the file cannot be read, is not of the form of `assets/terms/sample-1.toml`, or its texts do not fit together.
pub fn terms(path: &Path) -> Result<Terms, ConfigError> {
    let text = super::text_of(path)?;
    parse(&text).map_err(|error| ConfigError::Parse(path.into(), error))
}

/// The sample for training; it says on every page what it is.
///
/// # Errors
/// None in a program whose tests have passed.
pub fn sample_terms() -> Result<Terms, ConfigError> {
    parse(SAMPLE).map_err(|error| ConfigError::Parse("assets/terms/sample-1.toml".into(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_says_that_it_is_one() {
        let terms = sample_terms().expect("the sample");
        assert!(terms.sample && terms.version.starts_with("sample-"));
        assert!(terms.for_reader("en").iter().all(|(_, translation)| translation.is_some()));
    }

    #[test]
    fn wrong_files_are_refused_with_the_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("terms.toml");
        assert!(matches!(terms(&file), Err(ConfigError::Read(..))));
        for (text, reason) in [
            ("version='1'\n", "original"),
            ("version='1'\noriginal=['a']\ncolour='red'\n", "colour"),
            ("version='1'\noriginal=['a','b']\n[translations]\nen=['a']\n", "en has 1"),
        ] {
            std::fs::write(&file, text).expect("a file");
            let error = terms(&file).expect_err(text).to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
