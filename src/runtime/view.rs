//! What the window may know: one secret-free variant per screen.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};

use crate::domain::card::Tries;
use crate::domain::code_b::Entry;
use crate::domain::consent::{ConsentAnswer, ConsentPlan, Question, Wording};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::PatientName;
use crate::domain::registration::RegistrationStatus;
use crate::domain::secret::Personal;
use crate::domain::session::{
    AfterReception, CheckStage, DeliverStage, FallbackQuestion, FallbackWay, Method, Purpose, Reception, Situation,
    StaffReason, State,
};
use crate::domain::staff::CodeEntry;
use crate::domain::terms::Terms;
use crate::domain::validity::grace_end;

/// Everything the window shows.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The screen.
    pub screen: Screen,
    /// The running visit; the window resets its own choices (language, text size) when it changes.
    pub reception: Option<ReceptionId>,
    /// Training mode: the 「練習中」 band is shown.
    pub training: bool,
    /// What the visit is for.
    pub purpose: Purpose,
}

/// One screen each; the files of `ui/screen` carry the same names.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Screen {
    /// `inquiry`: asking about the registration of a card is offered too.
    Idle {
        inquiry: bool,
    },
    OutOfOrder {
        failure: Failure,
    },
    PlaceCard,
    ReadingCard,
    AlreadyReceived {
        at: Time,
    },
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
    TypeOnReader {
        tries: Tries,
        wrong: bool,
        entered_by: EnteredBy,
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
    /// `typed` digits of a staff code.
    EnterStaffCode {
        typed: u8,
        entry: CodeEntry,
    },
    /// `here`: staff stand at the kiosk and answer there.
    VisualCheck {
        here: bool,
    },
    Checking {
        stage: CheckStage,
        method: Option<Method>,
    },
    ConfirmName {
        patient: Personal<PatientName>,
    },
    /// `until` is the certificate's last day, `usable_until` the last day of its grace months.
    Renewal {
        grace: bool,
        until: Option<Date>,
        usable_until: Option<Date>,
    },
    RegistrationStatus {
        status: RegistrationStatus,
    },
    RegisterOffer,
    RegisterTerms {
        terms: Arc<Terms>,
        page: u16,
    },
    Registering,
    Registered,
    RegisterRefused {
        failure: Failure,
        works_from: Option<DateTime>,
    },
    Consenting {
        wording: Wording,
        agree_left: bool,
    },
    /// `chosen` is what was answered before.
    ConsentOneByOne {
        question: Question,
        number: u8,
        of: u8,
        chosen: Option<ConsentAnswer>,
        /// Whether there is a screen before it.
        back: bool,
        wording: Wording,
        agree_left: bool,
    },
    ConsentSummary {
        answers: Vec<(Question, ConsentAnswer)>,
    },
    ConsentLimit {
        agree_left: bool,
    },
    ChoosePrescription,
    ChooseSubsidy,
    Delivering {
        stage: DeliverStage,
    },
    Done {
        patient: Personal<PatientName>,
        after: AfterReception,
    },
    CardLeft {
        alarms: u8,
    },
    /// `led` says whether questions follow, or the counter.
    Fallback {
        failure: Failure,
        led: bool,
    },
    FallbackAsk {
        failure: Failure,
        question: FallbackQuestion,
    },
    FallbackShow {
        failure: Failure,
        way: FallbackWay,
    },
    /// `staff_entry`: staff can say here who they are.
    CallStaff {
        reason: StaffReason,
        staff_entry: bool,
    },
    StillThere {
        seconds: u16,
    },
    CardAway {
        seconds: u16,
        reading: bool,
    },
    Stopped {
        failure: Failure,
    },
    CleaningUp,
}

/// What the window may know of `state`.
pub fn view_of(state: &State, training: bool) -> View {
    let visit = state.reception.as_ref();
    let purpose = visit.map(|r| r.purpose).unwrap_or_default();
    View { screen: screen_of(state), reception: visit.map(|r| r.id), training, purpose }
}

fn screen_of(state: &State) -> Screen {
    let visit = state.reception.as_ref();
    let plan = &state.kiosk.settings.consents;
    let face_possible = visit.map_or(Err(Failure::CodeBBlocked), Reception::face_possible);
    let pin_possible = visit.map_or(Err(Failure::PinBlocked), Reception::pin_possible);
    match &state.situation {
        Situation::Idle => Screen::Idle { inquiry: state.kiosk.settings.offers_inquiry() },
        Situation::OutOfOrder { failure } => Screen::OutOfOrder { failure: *failure },
        Situation::PlaceCard => Screen::PlaceCard,
        Situation::ReadingCard => Screen::ReadingCard,
        Situation::AlreadyReceived { at } => Screen::AlreadyReceived { at: *at },
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
        Situation::TypeOnReader { tries, wrong } => {
            let entered_by = visit.map(|r| r.entered_by).unwrap_or_default();
            Screen::TypeOnReader { tries: *tries, wrong: *wrong, entered_by }
        }
        Situation::PinLastTry { wrong } => Screen::PinLastTry { wrong: *wrong, face_possible: face_possible.is_ok() },
        Situation::AskWhoEnters => Screen::AskWhoEnters,
        Situation::PinLocked { failure, now } => {
            Screen::PinLocked { failure: *failure, now: *now, face_possible: face_possible.is_ok() }
        }
        Situation::EnterStaffCode { typed, entry, .. } => Screen::EnterStaffCode { typed: *typed, entry: *entry },
        Situation::VisualCheck { here } => Screen::VisualCheck { here: *here },
        Situation::Checking { stage } => Screen::Checking { stage: *stage, method: visit.and_then(|r| r.method) },
        Situation::ConfirmName => Screen::ConfirmName { patient: patient(visit) },
        Situation::Renewal => {
            let until = visit.and_then(|r| r.card.as_ref()).and_then(|card| card.certificate_until);
            let grace = visit.and_then(|r| r.check.as_ref()).is_some_and(|c| c.grace);
            Screen::Renewal { grace, until, usable_until: until.map(grace_end) }
        }
        Situation::RegistrationStatus { status } => Screen::RegistrationStatus { status: *status },
        Situation::RegisterOffer => Screen::RegisterOffer,
        Situation::RegisterTerms { page } => match &state.kiosk.settings.terms {
            Some(terms) => Screen::RegisterTerms { terms: Arc::clone(terms), page: *page },
            None => Screen::RegisterOffer,
        },
        Situation::Registering => Screen::Registering,
        Situation::Registered => Screen::Registered,
        Situation::RegisterRefused { failure, works_from } => {
            Screen::RegisterRefused { failure: *failure, works_from: *works_from }
        }
        Situation::Consenting => Screen::Consenting { wording: plan.wording, agree_left: plan.agree_left },
        Situation::ConsentOneByOne { at } => one_by_one(*at, visit, plan),
        Situation::ConsentSummary => Screen::ConsentSummary { answers: summary(visit, plan) },
        Situation::ConsentLimit => Screen::ConsentLimit { agree_left: plan.agree_left },
        Situation::ChoosePrescription => Screen::ChoosePrescription,
        Situation::ChooseSubsidy => Screen::ChooseSubsidy,
        Situation::Delivering { stage } => Screen::Delivering { stage: *stage },
        Situation::Done => Screen::Done { patient: patient(visit), after: state.kiosk.settings.after },
        Situation::CardLeft { alarms } => Screen::CardLeft { alarms: *alarms },
        Situation::Fallback { failure } => {
            Screen::Fallback { failure: *failure, led: *failure != Failure::NotConfirmed }
        }
        Situation::FallbackAsk { failure, question } => Screen::FallbackAsk { failure: *failure, question: *question },
        Situation::FallbackShow { failure, way } => Screen::FallbackShow { failure: *failure, way: *way },
        Situation::StillThere { seconds, .. } => Screen::StillThere { seconds: *seconds },
        Situation::CardAway { seconds, reading, .. } => Screen::CardAway { seconds: *seconds, reading: *reading },
        Situation::CallStaff { reason } => Screen::CallStaff { reason: *reason, staff_entry: state.staff_may_enter() },
        Situation::Stopped { failure } => Screen::Stopped { failure: *failure },
        Situation::CleaningUp => Screen::CleaningUp,
    }
}

fn patient(visit: Option<&Reception>) -> Personal<PatientName> {
    visit.and_then(|r| r.check.as_ref()).map(|c| c.patient.clone()).unwrap_or_default()
}

fn answer_to(visit: Option<&Reception>, question: Question) -> Option<ConsentAnswer> {
    let answers = visit.map_or(&[][..], |r| &r.one_by_one);
    answers.iter().find(|(other, _)| *other == question).map(|(_, answer)| *answer)
}

fn one_by_one(at: u8, visit: Option<&Reception>, plan: &ConsentPlan) -> Screen {
    let question = plan.order.get(usize::from(at)).copied().unwrap_or(Question::Records);
    Screen::ConsentOneByOne {
        question,
        number: at.saturating_add(1),
        of: u8::try_from(plan.order.len()).unwrap_or(u8::MAX),
        chosen: answer_to(visit, question),
        back: at > 0 || plan.comprehensive,
        wording: plan.wording,
        agree_left: plan.agree_left,
    }
}

fn summary(visit: Option<&Reception>, plan: &ConsentPlan) -> Vec<(Question, ConsentAnswer)> {
    let answered = |question| (question, answer_to(visit, question).unwrap_or(ConsentAnswer::NotAnswered));
    plan.order.iter().copied().map(answered).collect()
}
