//! The audit log: what was done at this kiosk, when and to which check; never whose it was.
//!
//! An entry has no room for names, numbers, addresses, certificates, secrets or pictures: its members are codes, times,
//! the gateway's names of checks and names of files.

use jiff::Timestamp;

use crate::domain::consent::Consent;
use crate::domain::face::Verdict;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::{Authentication, Validity};
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{Refusal, StaffCommand, StaffMember};

/// Who caused an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Whoever stands before the kiosk.
    Patient,
    /// Staff, at the kiosk or by command.
    Staff,
    /// The program itself.
    Kiosk,
}

/// What staff did in a check by eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByEye {
    /// Began it.
    Started,
    /// Same person.
    Approved,
    /// Not the same person.
    Refused,
}

/// What staff wrote down of a patient without an online check, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueStep {
    /// Taken in.
    Added,
    /// Checked: an answer came.
    Checked,
    /// Could not be checked.
    Failed,
    /// On the list of staff: it is not asked for any more.
    GivenUp,
    /// Taken out by staff.
    Dropped,
    /// Tried on too many days: kept, and not asked for any more.
    SetAside,
    /// Let go by staff after it was given up: an entry, a file or a record of a request.
    Discarded,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum AuditEvent {
    /// The program began to serve.
    Started,
    /// It ended.
    Stopped,
    /// With these settings.
    ConfigLoaded {
        /// SHA-256 of the file, in hexadecimal.
        sha256: String,
    },
    /// The clock of the PC jumped by so much against its own steady one.
    ClockStepped {
        /// Seconds, negative when it went back.
        seconds: i64,
    },
    /// A visit began.
    ReceptionStarted,
    /// A visit ended.
    ReceptionEnded {
        /// Its file was handed over, or kept to be handed over.
        delivered: bool,
    },
    /// A face attempt was judged.
    FaceJudged(Verdict),
    /// Staff compared by eye.
    VisualCheck {
        /// What they did.
        step: ByEye,
        /// Who, by the name in the site's list of staff or of the desk's users.
        by: Option<String>,
    },
    /// Staff ordered something of a visit.
    StaffOrdered {
        /// Who, and where they stood.
        by: StaffMember,
        /// What.
        command: StaffCommand,
        /// Why it was not done.
        refused: Option<Refusal>,
    },
    /// Somebody at the desk asked for something beside a visit.
    DeskAsked {
        /// Whose name the desk gave.
        by: String,
        /// What for, in a word.
        errand: &'static str,
    },
    /// Staff did something at the desk's page.
    AtDesk {
        /// Who, by the name that was typed or logged in.
        by: String,
        /// What, by the desk's name of it.
        deed: String,
        /// At which kiosk.
        kiosk: Option<String>,
        /// In which visit, by the kiosk's name of it.
        visit: Option<String>,
        /// Why, by the name of a closed list.
        why: Option<String>,
    },
    /// A right staff code was typed at the kiosk.
    StaffCodeTaken {
        /// Whose, by the name in the site's list.
        by: String,
    },
    /// A wrong staff code was typed at the kiosk.
    StaffCodeRefused,
    /// The card was asked to prove itself.
    Proving(Authentication),
    /// The insurer answered.
    Checked {
        /// The gateway's name of the check.
        check_id: String,
        /// 資格有効性.
        validity: Validity,
        /// Codes of side notes.
        notices: Vec<String>,
    },
    /// What was decided about consents.
    Consented(Vec<Consent>),
    /// A file lies in the drop folder.
    Delivered {
        /// The gateway's name of the check.
        check_id: String,
        /// The file's bare name.
        file: String,
        /// It had been handed over before.
        duplicate: bool,
    },
    /// A file waits in the kiosk for the drop folder.
    Spooled {
        /// The gateway's name of the check.
        check_id: String,
        /// Files that wait, this one among them.
        waiting: usize,
    },
    /// A file waited too long and was given up.
    DeliveryGivenUp {
        /// The gateway's name of the check.
        check_id: String,
    },
    /// A check was counted and no file follows.
    NoFile {
        /// The gateway's name of the check.
        check_id: String,
    },
    /// Staff were called.
    StaffCalled,
    /// Something failed.
    Failed(Failure),
    /// Staff were told something grave; its values are codes, counts, days and names.
    Alarmed(StaffNews),
    /// An entry of the offline queue.
    Queue {
        /// The entry's own name, which says nothing of anybody.
        entry: String,
        /// What became of it.
        step: QueueStep,
    },
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// In which visit; `None` outside any.
    pub reception: Option<ReceptionId>,
    /// By whom.
    pub operator: Operator,
    /// What.
    pub event: AuditEvent,
}

/// The audit log.
pub trait Audit: super::Diagnose + Send + Sync {
    /// Takes an entry. Never blocks and never fails: entries that cannot be written wait, and staff hear of it as
    /// [`AuditUnwritable`](crate::domain::staff_news::StaffNews::AuditUnwritable).
    fn record(&self, entry: AuditEntry);
}

/// Somebody apart from the log who remembers how far it had come, so that it cannot be removed with its head and key.
pub trait AuditWitness: Send + Sync {
    /// What was last told.
    ///
    /// # Errors
    /// When it cannot be asked.
    fn recall(&self) -> std::io::Result<Option<String>>;

    /// Tells how far the log has come: a word without personal data, in the place of the one before. May take a moment, and
    /// never waits for a network.
    ///
    /// # Errors
    /// When it cannot be told.
    fn remember(&self, said: &str) -> std::io::Result<()>;

    /// What it is, for staff.
    fn name(&self) -> String;
}
