//! What the window may know: one secret-free variant per screen.

use crate::domain::card::Tries;
use crate::domain::code_b::Entry;
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::PatientName;
use crate::domain::secret::Personal;
use crate::domain::session::{CheckStage, DeliverStage, Method, Reception, Situation, StaffReason, State};

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
        entry: Entry,
    },
    OpeningCardFace,
    FaceCapture {
        hint: Option<Hint>,
        attempt: u8,
        /// Percent.
        progress: u8,
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
        entered_by: EnteredBy,
        /// The card has no portrait, as children's have none: a guardian may type.
        guardian: bool,
    },
    PinLastTry {
        wrong: bool,
        face_possible: bool,
    },
    AskWhoEnters,
    PinLocked {
        failure: Failure,
        /// Blocked by this visit's entries, not before.
        now: bool,
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
    },
    CardLeft {
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

/// What the window may know of `state`.
pub fn view_of(state: &State, training: bool) -> View {
    View { screen: screen_of(state), reception: state.reception.as_ref().map(|r| r.id), training }
}

fn screen_of(state: &State) -> Screen {
    let visit = state.reception.as_ref();
    let face_possible = visit.map_or(Err(Failure::CodeBBlocked), Reception::face_possible);
    let pin_possible = visit.map_or(Err(Failure::PinBlocked), Reception::pin_possible);
    match &state.situation {
        Situation::Idle => Screen::Idle,
        Situation::OutOfOrder { failure } => Screen::OutOfOrder { failure: *failure },
        Situation::PlaceCard => Screen::PlaceCard,
        Situation::ReadingCard => Screen::ReadingCard,
        Situation::WrongCard { failure } => Screen::WrongCard { failure: *failure },
        Situation::ChooseMethod => Screen::ChooseMethod { face: face_possible, pin: pin_possible },
        Situation::EnterCodeB { entry } => Screen::EnterCodeB { entry: *entry },
        Situation::OpeningCardFace => Screen::OpeningCardFace,
        Situation::FaceCapture { hint, progress } => Screen::FaceCapture {
            hint: *hint,
            attempt: visit.map_or(1, |r| r.face_tries.saturating_add(1)),
            progress: *progress,
        },
        Situation::FaceHelp { hint, may_retry, failure } => Screen::FaceHelp {
            hint: *hint,
            may_retry: *may_retry,
            pin_possible: pin_possible.is_ok(),
            failure: *failure,
        },
        Situation::EnterPin { typed, tries, wrong } => Screen::EnterPin {
            typed: *typed,
            tries: *tries,
            wrong: *wrong,
            face_possible: face_possible.is_ok(),
            entered_by: visit.map(|r| r.entered_by).unwrap_or_default(),
            guardian: face_possible == Err(Failure::NoPortrait),
        },
        Situation::PinLastTry { wrong } => Screen::PinLastTry { wrong: *wrong, face_possible: face_possible.is_ok() },
        Situation::AskWhoEnters => Screen::AskWhoEnters,
        Situation::PinLocked { failure, now } => {
            Screen::PinLocked { failure: *failure, now: *now, face_possible: face_possible.is_ok() }
        }
        Situation::VisualCheck => Screen::VisualCheck,
        Situation::Checking { stage } => Screen::Checking { stage: *stage, method: visit.and_then(|r| r.method) },
        Situation::Renewal => Screen::Renewal { grace: visit.and_then(|r| r.check.as_ref()).is_some_and(|c| c.grace) },
        Situation::RegisterOffer => Screen::RegisterOffer,
        Situation::RegisterTerms => Screen::RegisterTerms,
        Situation::Registering => Screen::Registering,
        Situation::Registered => Screen::Registered,
        Situation::RegisterRefused { failure } => Screen::RegisterRefused { failure: *failure },
        Situation::Consenting => Screen::Consenting,
        Situation::Delivering { stage } => Screen::Delivering { stage: *stage },
        Situation::Done => Screen::Done {
            patient: visit.and_then(|r| r.check.as_ref()).map(|c| c.patient.clone()).unwrap_or_default(),
        },
        Situation::CardLeft { alarms } => Screen::CardLeft { alarms: *alarms },
        Situation::Fallback { failure } => Screen::Fallback { failure: *failure },
        Situation::CallStaff { reason } => Screen::CallStaff { reason: *reason },
        Situation::Stopped { failure } => Screen::Stopped { failure: *failure },
        Situation::CleaningUp => Screen::CleaningUp,
    }
}
