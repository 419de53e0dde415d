//! Terms of use for a first registration: versioned data of the site, shown page by page, the Japanese original always.

use std::fmt;

/// One paragraph in one language; never broken over two pages.
pub type Paragraph = String;

/// The same text in another language, paragraph by paragraph.
#[derive(Clone, PartialEq, Eq)]
pub struct Translation {
    /// Tag of BCP 47.
    pub language: String,
    /// As many as the original has.
    pub paragraphs: Vec<Paragraph>,
}

/// Terms of use in one version.
#[derive(Clone, PartialEq, Eq)]
pub struct Terms {
    /// Sent with the agreement.
    pub version: String,
    /// 見本: not the real terms; said on every page.
    pub sample: bool,
    /// The Japanese original, which alone is binding.
    pub original: Vec<Paragraph>,
    /// Translations for reading.
    pub translations: Vec<Translation>,
}

/// Why terms cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// The version is empty or longer than the gateway takes.
    #[error("the version must have 1 to 64 characters")]
    Version,
    /// No text, or an empty paragraph.
    #[error("the Japanese text is empty or has an empty paragraph")]
    Empty,
    /// A translation has not a paragraph for each of the original's.
    #[error("the translation {0} has {1} paragraphs, the original {2}")]
    Uneven(String, usize, usize),
}

impl Terms {
    /// Looks whether the terms can be shown.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn checked(self) -> Result<Self, TermsError> {
        if !(1..=64).contains(&self.version.len()) {
            return Err(TermsError::Version);
        }
        if self.original.is_empty() || self.original.iter().any(|paragraph| paragraph.trim().is_empty()) {
            return Err(TermsError::Empty);
        }
        let wanted = self.original.len();
        match self.translations.iter().find(|translation| translation.paragraphs.len() != wanted) {
            Some(uneven) => Err(TermsError::Uneven(uneven.language.clone(), uneven.paragraphs.len(), wanted)),
            None => Ok(self),
        }
    }

    /// The paragraphs for a reader of `language`: the original, each with its translation where there is one.
    pub fn for_reader(&self, language: &str) -> Vec<(Paragraph, Option<Paragraph>)> {
        let translation = self.translations.iter().find(|translation| translation.language == language);
        let translated = |at: usize| translation.and_then(|t| t.paragraphs.get(at)).cloned();
        self.original.iter().enumerate().map(|(at, paragraph)| (paragraph.clone(), translated(at))).collect()
    }
}

/// The text is long and not needed in a log.
impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("version", &self.version).field("sample", &self.sample).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(english: &[&str]) -> Terms {
        let paragraphs = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        let translation = Translation { language: "en".into(), paragraphs: paragraphs(english) };
        let original = paragraphs(&["第1条", "第2条"]);
        Terms { version: "1".into(), sample: true, original, translations: vec![translation] }
    }

    #[test]
    fn a_translation_stands_beside_its_paragraph() {
        let terms = terms(&["Article 1", "Article 2"]).checked().expect("even");
        assert_eq!(terms.for_reader("en")[1], ("第2条".into(), Some("Article 2".into())));
        assert_eq!(terms.for_reader("vi")[1], ("第2条".into(), None));
    }

    #[test]
    fn terms_that_cannot_be_shown_are_refused() {
        assert_eq!(terms(&["Article 1"]).checked(), Err(TermsError::Uneven("en".into(), 1, 2)));
        let good = terms(&["Article 1", "Article 2"]);
        assert_eq!(Terms { version: String::new(), ..good.clone() }.checked(), Err(TermsError::Version));
        assert_eq!(
            Terms { original: vec![" ".into()], translations: vec![], ..good }.checked(),
            Err(TermsError::Empty)
        );
    }
}
