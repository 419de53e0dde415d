//! What a site decides about its drop folder.

use std::path::PathBuf;

use jiff::civil::DateTime;

/// Character code of the XML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// CP932, Microsoft's Shift_JIS; what it cannot hold becomes ●.
    #[default]
    ShiftJis,
    /// UTF-8 without byte order mark.
    Utf8,
}

/// How the files are called: a name that ends in `.xml` with the fields `{terminal}` and `{time}`
/// (`YYYYMMDDhhmmss` in Japan, when the check was processed) and, if the receipt computer allows it,
/// `{seq}`, a number from 1. Without `{seq}` a taken name is avoided by counting the seconds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePattern(String);

/// The folder, who writes into it, and how.
#[derive(Debug, Clone)]
pub struct DropConfig {
    /// Where the receipt computer looks; must exist.
    pub folder: PathBuf,
    /// This kiosk among those of the facility: 1 to 32 ASCII letters, digits or hyphens.
    pub terminal_id: String,
    /// 医療機関等コード, ten digits.
    pub facility_code: String,
    /// File names.
    pub pattern: FilePattern,
    /// Character code of the XML file.
    pub encoding: Encoding,
    /// Whether a `.json` of the same name with the unchanged text lies beside each XML file.
    pub json_twin: bool,
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DropConfigError {
    /// The terminal id would not fit into a file name.
    #[error("terminal id {0:?}: use 1 to 32 ASCII letters, digits or hyphens")]
    Terminal(String),
    /// The facility code is not ten digits.
    #[error("facility code {0:?}: use the ten digits of the facility")]
    Facility(String),
    /// The pattern gives no usable file name.
    #[error("file name pattern {0:?}: {1}")]
    Pattern(String, &'static str),
    /// The writing thread could not be started.
    #[error("the handoff thread cannot be started: {0}")]
    Thread(String),
}

impl FilePattern {
    /// The name that card readers of the official kind give.
    pub const OFFICIAL: &'static str = "OQSsiquc01res_face_{terminal}_{time}.xml";

    /// A pattern.
    ///
    /// # Errors
    /// [`DropConfigError::Pattern`] when a field or `.xml` is missing, or a character is refused by some system.
    pub fn new(pattern: &str) -> Result<Self, DropConfigError> {
        let wrong = |why| Err(DropConfigError::Pattern(pattern.to_owned(), why));
        let Some(stem) = pattern.strip_suffix(".xml") else { return wrong("it must end in .xml") };
        let rest = ["{terminal}", "{time}", "{seq}"].iter().fold(stem.to_owned(), |s, field| s.replacen(field, "", 1));
        if !(stem.contains("{terminal}") && stem.contains("{time}")) {
            return wrong("it must contain {terminal} and {time}");
        }
        if !rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) {
            return wrong("beside {terminal}, {time} and {seq}, each once, only letters, digits and _ - . may stand");
        }
        if stem.starts_with('.') || stem.len() > 120 {
            return wrong("it must not start with a dot nor be longer than 120 characters");
        }
        Ok(Self(stem.to_owned()))
    }

    /// The file name without `.xml`, for the `number`th try (from 1).
    pub(super) fn stem(&self, terminal: &str, shown: DateTime, number: u32) -> String {
        let by_seconds = if self.0.contains("{seq}") { 0 } else { i64::from(number) - 1 };
        let shown = shown.saturating_add(jiff::Span::new().seconds(by_seconds));
        self.0
            .replace("{terminal}", terminal)
            .replace("{time}", &super::names::compact_time(shown))
            .replace("{seq}", &number.to_string())
    }
}

impl Default for FilePattern {
    fn default() -> Self {
        Self(Self::OFFICIAL.trim_end_matches(".xml").to_owned())
    }
}

impl DropConfig {
    /// Shift_JIS, official names, no JSON twin.
    pub fn new(folder: impl Into<PathBuf>, terminal_id: impl Into<String>, facility_code: impl Into<String>) -> Self {
        Self {
            folder: folder.into(),
            terminal_id: terminal_id.into(),
            facility_code: facility_code.into(),
            pattern: FilePattern::default(),
            encoding: Encoding::default(),
            json_twin: false,
        }
    }

    /// Whether ids and codes can be used; the folder itself is looked at when it is needed.
    ///
    /// # Errors
    /// The first value that cannot be used.
    pub fn check(&self) -> Result<(), DropConfigError> {
        let terminal = &self.terminal_id;
        if !(1..=32).contains(&terminal.len()) || !terminal.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(DropConfigError::Terminal(terminal.clone()));
        }
        if self.facility_code.len() != 10 || !self.facility_code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DropConfigError::Facility(self.facility_code.clone()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_taken_name_moves_the_sequence_or_the_second() {
        let shown = date(2026, 12, 31).at(23, 59, 59, 0);
        let official = FilePattern::default();
        assert_eq!(official, FilePattern::new(FilePattern::OFFICIAL).expect("the official pattern"));
        assert_eq!(official.stem("K1", shown, 1), "OQSsiquc01res_face_K1_20261231235959");
        assert_eq!(official.stem("K1", shown, 2), "OQSsiquc01res_face_K1_20270101000000");
        let numbered = FilePattern::new("OQSsiquc01res_face_{terminal}_{time}_{seq}.xml").expect("a pattern");
        assert_eq!(numbered.stem("K1", shown, 2), "OQSsiquc01res_face_K1_20261231235959_2");
    }

    #[test]
    fn unusable_values_are_named() {
        for pattern in ["a.xml", "{terminal}_{time}", "../{terminal}_{time}.xml", "{terminal}{terminal}{time}.xml"] {
            assert!(FilePattern::new(pattern).is_err(), "{pattern}");
        }
        let config = |terminal: &str, facility: &str| DropConfig::new("/", terminal, facility).check();
        assert_eq!(config("K-1", "1312345678"), Ok(()));
        assert_eq!(config("a/b", "1312345678"), Err(DropConfigError::Terminal("a/b".into())));
        assert_eq!(config("", "1312345678"), Err(DropConfigError::Terminal(String::new())));
        assert_eq!(config("K1", "131234567８"), Err(DropConfigError::Facility("131234567８".into())));
    }
}
