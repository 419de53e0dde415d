//! One row of the day: a visit that came as far as an answer, a failure or its end.

use jiff::Timestamp;

use super::Told;
use crate::desk::contract::{CheckedPatient, ConsentGiven, Ended, FileState};

/// One patient of today. Personal.
pub struct Patient {
    pub terminal: String,
    /// The visit's name.
    pub reception: String,
    /// When the row began, by the kiosk's clock.
    pub arrived: Timestamp,
    /// `face`, `pin` or `eye`.
    pub method: Option<String>,
    /// The insurer's answer.
    pub checked: Option<CheckedPatient>,
    pub consents: Vec<ConsentGiven>,
    /// Where the file for the receipt computer stands.
    pub file: Option<FileStands>,
    /// How the visit ended.
    pub ended: Option<Ended>,
    /// What staff were told in this visit.
    pub news: Vec<Told>,
    /// Who said that nothing is left to do.
    pub settled: Option<String>,
    /// The chart number that staff chose.
    pub chart: Option<String>,
}

/// Where a file stands and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStands {
    pub state: FileState,
    pub since: Timestamp,
}

impl Patient {
    pub(super) fn new(terminal: &str, reception: &str, arrived: Timestamp) -> Self {
        Self {
            terminal: terminal.to_owned(),
            reception: reception.to_owned(),
            arrived,
            method: None,
            checked: None,
            consents: Vec::new(),
            file: None,
            ended: None,
            news: Vec::new(),
            settled: None,
            chart: None,
        }
    }

    /// Whether it is the row of that visit.
    pub fn is(&self, terminal: &str, reception: &str) -> bool {
        self.terminal == terminal && self.reception == reception
    }

    /// Whether it is the row of that check.
    pub fn has_check(&self, check_id: &str) -> bool {
        self.checked.as_ref().is_some_and(|checked| checked.check_id == check_id)
    }

    /// The chart number, of the answer or as staff chose it.
    pub fn chart_number(&self) -> Option<&str> {
        self.chart.as_deref().or_else(|| self.checked.as_ref()?.chart_number.as_deref())
    }
}
