//! What a site decides about its drop folder.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::ports::SureDay;

use super::form::{Form, Sender};
use super::official::OfficialXml;
use super::pattern::FilePattern;
use super::placing::Arrival;
use super::twin::TWIN;

/// What a kiosk keeps while the drop folder is away, and how it tries again.
#[derive(Debug, Clone)]
pub struct SpoolConfig {
    /// A folder of the kiosk's own; its key lies beside it, with the ending `.key`.
    pub folder: PathBuf,
    /// Days on which a file is tried before it is set aside and staff are told.
    pub keep_days: u16,
    /// The days that count.
    pub day: SureDay,
    /// The pause after the first failure; it doubles with each further one.
    pub first_pause: Duration,
    pub longest_pause: Duration,
    /// How long a reception waits for the drop folder before its file goes the slow way.
    pub patience: Duration,
    /// Whether what waits is delivered: by one program of a spool only, and not by a mere look.
    pub serve: bool,
}

impl SpoolConfig {
    /// A spool in that folder: a week of days that somebody must tell it, pauses of one second to one minute, four seconds for a reception.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            keep_days: 7,
            day: SureDay::default(),
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
    /// A folder of the kiosk's own for the list of deliveries and for temporary files; made when it is missing.
    pub own: PathBuf,
    /// How the files appear there.
    pub arrival: Arrival,
    /// Permission bits of the files, whatever the process masks; only some systems know them.
    pub mode: u32,
    /// Their group, by name or number; that of the folder without it.
    pub group: Option<String>,
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
    /// Where what lies beside goes; into the same folder without it.
    pub beside_folder: Option<PathBuf>,
    /// Folder in which each reception is announced by a line in `receipt.txt`; not announced without it.
    pub announce: Option<PathBuf>,
    /// Folder of requests through which 照会番号 are registered; by the gateway without it.
    pub requests: Option<PathBuf>,
    /// Where the official software answers them; its answers are not read without it.
    pub answers: Option<Answers>,
    /// What becomes of files that nobody takes.
    pub stay: Stay,
    /// The site has found out that the official software does not encrypt face results there; `doctor` asks until then.
    pub known_plain: bool,
    /// Days of deliveries for which a delivered check is remembered, so that it is not delivered again.
    pub remember_days: u16,
    /// Where files wait for a drop folder that is away, full or read-only; without it the delivery fails.
    pub spool: Option<SpoolConfig>,
}

/// Where answers to requests come, and how they are waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The folder of answers (`res`).
    pub folder: PathBuf,
    /// Between two looks.
    pub pause: Duration,
    /// After which staff are told that none came.
    pub patience: Duration,
}

impl Answers {
    /// Looks every two seconds; the insurer's side answers within seconds, so half an hour is long.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, pause: Duration::from_secs(2), patience: Duration::from_secs(30 * 60) }
    }
}

/// What becomes of files that nobody takes, counted in minutes of running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stay {
    /// After which staff are told; never without it.
    pub tell_after: Option<Duration>,
    /// After which the file is removed and a note left in its place; never without it.
    pub remove_after: Option<Duration>,
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
    /// The official XML in Shift_JIS under official names, nothing beside it, no spool; `own` is the kiosk's own folder.
    pub fn new(
        folder: impl Into<PathBuf>,
        own: impl Into<PathBuf>,
        terminal_id: impl Into<String>,
        facility_code: impl Into<String>,
    ) -> Self {
        Self {
            folder: folder.into(),
            own: own.into(),
            arrival: Arrival::default(),
            mode: 0o640,
            group: None,
            terminal_id: terminal_id.into(),
            facility_code: facility_code.into(),
            pattern: FilePattern::default(),
            form: Arc::new(OfficialXml::default()),
            beside: Vec::new(),
            beside_folder: None,
            announce: None,
            requests: None,
            answers: None,
            stay: Stay::default(),
            known_plain: false,
            remember_days: 30,
            spool: None,
        }
    }

    /// Whether files of that ending go where the twin goes.
    pub(super) fn is_beside(&self, ending: &str) -> bool {
        self.beside.iter().any(|form| form.ending() == ending)
    }

    /// Whether a file of that ending is still wanted; a twin that was kept before the site switched it off is not.
    pub(super) fn wants(&self, ending: &str, main: &str) -> bool {
        ending == main || ending != TWIN || self.is_beside(ending)
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
        let config = |terminal: &str, facility: &str| DropConfig::new("/", "/", terminal, facility).check();
        assert_eq!(config("K-1", "1312345678"), Ok(()));
        assert_eq!(config("a/b", "1312345678"), Err(DropConfigError::Terminal("a/b".into())));
        assert_eq!(config("", "1312345678"), Err(DropConfigError::Terminal(String::new())));
        assert_eq!(config("K1", "131234567８"), Err(DropConfigError::Facility("131234567８".into())));
    }
}
