//! What a site decides about its drop folder.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::form::{Form, Sender};
use super::official::OfficialXml;
use super::pattern::FilePattern;

/// What a kiosk keeps while the drop folder is away, and how it tries again.
#[derive(Debug, Clone)]
pub struct SpoolConfig {
    /// A folder of the kiosk's own; its key lies beside it, with the ending `.key`.
    pub folder: PathBuf,
    /// Days after which a file that nobody would take is given up and staff are told.
    pub keep_days: u16,
    /// The pause after the first failure; it doubles with each further one.
    pub first_pause: Duration,
    pub longest_pause: Duration,
    /// How long a reception waits for the drop folder before its file goes the slow way.
    pub patience: Duration,
    /// Whether what waits is delivered: by one program of a spool only, and not by a mere look.
    pub serve: bool,
}

impl SpoolConfig {
    /// A spool in that folder: a week, pauses of one second to one minute, four seconds for a reception.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            keep_days: 7,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
            patience: Duration::from_secs(4),
            serve: true,
        }
    }
}

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
    /// How a delivery is written; the receipt computer waits for its first file.
    pub form: Arc<dyn Form>,
    /// What is written beside it under the same name, each with an ending of its own.
    pub beside: Vec<Arc<dyn Form>>,
    /// Days for which a delivered check is remembered, so that it is not delivered again.
    pub remember_days: u16,
    /// Where files wait for a drop folder that is away, full or read-only; without it the delivery fails.
    pub spool: Option<SpoolConfig>,
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
    Pattern(String, String),
    /// The writing thread could not be started.
    #[error("the handoff thread cannot be started: {0}")]
    Thread(String),
}

impl DropConfig {
    /// The official XML in Shift_JIS under official names, nothing beside it, no spool.
    pub fn new(folder: impl Into<PathBuf>, terminal_id: impl Into<String>, facility_code: impl Into<String>) -> Self {
        Self {
            folder: folder.into(),
            terminal_id: terminal_id.into(),
            facility_code: facility_code.into(),
            pattern: FilePattern::default(),
            form: Arc::new(OfficialXml::default()),
            beside: Vec::new(),
            remember_days: 30,
            spool: None,
        }
    }

    /// Who hands over.
    pub(super) fn sender(&self) -> Sender<'_> {
        Sender { facility_code: &self.facility_code, terminal_id: &self.terminal_id }
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

    #[test]
    fn unusable_values_are_named() {
        let config = |terminal: &str, facility: &str| DropConfig::new("/", terminal, facility).check();
        assert_eq!(config("K-1", "1312345678"), Ok(()));
        assert_eq!(config("a/b", "1312345678"), Err(DropConfigError::Terminal("a/b".into())));
        assert_eq!(config("", "1312345678"), Err(DropConfigError::Terminal(String::new())));
        assert_eq!(config("K1", "131234567８"), Err(DropConfigError::Facility("131234567８".into())));
    }
}
