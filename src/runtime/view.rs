//! What the window may know: one secret-free variant per screen.

use crate::domain::card::Tries;
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::PatientName;
use crate::domain::secret::Personal;
use crate::domain::session::{CheckStage, DeliverStage, Method, StaffReason};

/// Everything the window shows.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The screen.
    pub screen: Screen,
    /// The running visit; the window resets its own choices (language, text size) when it changes.
    pub reception: Option<ReceptionId>,
    /// Training mode: the 「練習中」 band is shown.
    pub training: bool,
}

/// One screen each; the files of `ui/screen` carry the same names.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Screen {
    Idle,
    OutOfOrder {
        failure: Failure,
    },
    PlaceCard,
    ReadingCard,
    WrongCard {
        failure: Failure,
    },
    /// `face` and `pin` say which buttons work; a disabled one says why.
    ChooseMethod {
        face: Result<(), Failure>,
        pin: Result<(), Failure>,
    },
    EnterCodeB {
        typed: u8,
        problem: Option<Failure>,
        tries: Tries,
    },
    OpeningCardFace,
    FaceCapture {
        hint: Option<Hint>,
        attempt: u8,
    },
    FaceHelp {
        hint: Option<Hint>,
        may_retry: bool,
        pin_possible: bool,
        failure: Failure,
    },
    EnterPin {
        typed: u8,
        tries: Tries,
        wrong: bool,
        face_possible: bool,
    },
    PinLocked {
        failure: Failure,
        face_possible: bool,
    },
    VisualCheck,
    Checking {
        stage: CheckStage,
        method: Option<Method>,
    },
    Renewal {
        grace: bool,
    },
    RegisterOffer,
    RegisterTerms,
    Registering,
    Registered,
    RegisterRefused {
        failure: Failure,
    },
    Consenting,
    Delivering {
        stage: DeliverStage,
    },
    Done {
        patient: Personal<PatientName>,
        alarms: u8,
    },
    Fallback {
        failure: Failure,
    },
    CallStaff {
        reason: StaffReason,
    },
    Stopped {
        failure: Failure,
    },
    CleaningUp,
}
