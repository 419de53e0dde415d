//! What the window may know: one secret-free variant per screen.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};

use crate::domain::card::Tries;
use crate::domain::code_b::{Entry, PrintHint};
use crate::domain::consent::{ConsentAnswer, ConsentPlan, Question, Wording};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::{CheckSummary, PatientName};
use crate::domain::registration;
use crate::domain::secret::Personal;
use crate::domain::session::{
    AfterReception, CheckStage, DeliverStage, FallbackQuestion, FallbackWay, Help, Kiosk, Method, Now, Pause, Purpose,
    Reception, Rest, Situation, StaffReason, State, would_obey,
};
use crate::domain::staff::CodeEntry;
use crate::domain::staff_order::{Refusal, StaffCommand};
use crate::domain::terms::Terms;
use crate::domain::validity::grace_end;

/// Everything the window shows.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub screen: Screen,
    /// The running visit; the window resets its own choices (language, text size) when it changes.
    pub reception: Option<ReceptionId>,
    /// Training mode: the 「練習中」 band is shown.
    pub training: bool,
    /// What the visit is for.
    pub purpose: Purpose,
}

/// Declares each screen's data as a struct of its name, and [`Screen`], which only wraps them.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident $fields:tt)*) => {
        /// One screen each; the files of `ui/screen` carry the same names.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Screen { $($name($name),)* }

        $(
            screens!(@data $(#[$doc])* $name $fields);

            impl From<$name> for Screen {
                fn from(it: $name) -> Screen { Screen::$name(it) }
            }
        )*
    };
    (@data $(#[$doc:meta])* $name:ident;) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub struct $name;
    };
    (@data $(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub struct $name { $($(#[$note])* pub $field: $type),* }
    };
}

screens! {
    /// `inquiry`: asking about the registration of a card is offered too.
    Idle { inquiry: bool }
    OutOfOrder { failure: Failure }
    PlaceCard;
    ReadingCard;
    AlreadyReceived { at: Time }
    WrongCard { failure: Failure }
    /// `face` and `pin` say which buttons work; a disabled one says why.
    ChooseMethod { face: Result<(), Failure>, pin: Result<(), Failure> }
    EnterCodeB { entry: Entry }
    /// `card`: it still lies on the reader.
    ShowCard { hint: Option<PrintHint>, card: bool, pin_possible: bool }
    OpeningCardFace;
    FaceCapture {
        hint: Option<Hint>,
        attempt: u8,
        /// Percent.
        progress: u8,
    }
    FaceHelp {
        hint: Option<Hint>,
        may_retry: bool,
        pin_possible: bool,
        failure: Failure,
    }
    EnterPin {
        typed: u8,
        tries: Tries,
        wrong: bool,
        face_possible: bool,
        entered_by: EnteredBy,
        /// The card has no portrait, as children's have none: a guardian may type.
        guardian: bool,
    }
    TypeOnReader {
        tries: Tries,
        wrong: bool,
        entered_by: EnteredBy,
    }
    PinLastTry { wrong: bool, face_possible: bool }
    AskWhoEnters;
    PinLocked {
        failure: Failure,
        /// Blocked by this visit's entries, not before.
        now: bool,
        face_possible: bool,
    }
    /// `typed` digits of a staff code.
    EnterStaffCode { typed: u8, entry: CodeEntry }
    /// The staff's panel: this reception, without what the patient typed, and what may be ordered now.
    StaffPanel { visit: PanelVisit, may: Vec<StaffCommand>, by_eye: bool, refused: Option<Refusal> }
    VisualCheck;
    Checking { stage: CheckStage, method: Option<Method> }
    ConfirmName { patient: Personal<PatientName> }
    /// `until` is the certificate's last day, `usable_until` the last day of its grace months.
    Renewal {
        grace: bool,
        until: Option<Date>,
        usable_until: Option<Date>,
    }
    RegistrationStatus { status: registration::RegistrationStatus }
    RegisterOffer;
    RegisterTerms { terms: Arc<Terms>, page: u16 }
    Registering;
    Registered;
    RegisterRefused { failure: Failure, works_from: Option<DateTime> }
    Consenting { wording: Wording, agree_left: bool }
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
    }
    ConsentSummary { answers: Vec<(Question, ConsentAnswer)> }
    ConsentLimit { agree_left: bool }
    ChoosePrescription;
    ChooseSubsidy { agree_left: bool }
    Delivering { stage: DeliverStage }
    Done { patient: Personal<PatientName>, after: AfterReception }
    CardLeft { alarms: u8 }
    /// `led` says whether questions follow, or the counter.
    Fallback { failure: Failure, led: bool }
    FallbackAsk { failure: Failure, question: FallbackQuestion }
    FallbackShow { failure: Failure, way: FallbackWay }
    /// `staff_entry`: staff can say here who they are; `coming`: somebody comes; `go_on`: whoever does not wait goes on where
    /// the visit stood.
    CallStaff {
        reason: StaffReason,
        staff_entry: bool,
        coming: bool,
        go_on: bool,
    }
    StillThere { seconds: u16 }
    /// `shown`: it was taken off to be shown, and whether its code was read.
    CardAway { seconds: u16, reading: bool, shown: Option<bool> }
    /// `card`: one lies on the reader.
    Stopped { failure: Failure, card: bool }
    CleaningUp;
}

/// What staff are told of a reception at its kiosk: no name and nothing typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PanelVisit {
    /// A card was looked at.
    pub card: bool,
    /// How the patient is being identified, once chosen.
    pub method: Option<Method>,
    /// Tries of the face that failed.
    pub face_tries: u8,
    /// What stood in their way.
    pub hint: Option<Hint>,
    /// What closes the face, or what staff were called for.
    pub failure: Option<Failure>,
    /// Tries left on the card.
    pub pin: Option<u8>,
}

/// What the window may know of `state`.
pub fn view_of(state: &State, training: bool) -> View {
    let screen = match &state.now {
        Now::Rest(rest) => resting(*rest, &state.kiosk),
        Now::Visit(visit) => match visit.pause {
            Some(pause) => pausing(pause, &visit.at),
            None => match visit.at {
                Situation::StaffPanel { reason, refused } => panel(state, &visit.reception, reason, refused),
                _ => visiting(&visit.at, &visit.reception, &state.kiosk),
            },
        },
    };
    let visit = state.reception();
    let purpose = visit.map(|r| r.purpose).unwrap_or_default();
    View { screen, reception: visit.map(|r| r.id), training, purpose }
}

fn resting(rest: Rest, kiosk: &Kiosk) -> Screen {
    match rest {
        Rest::Idle => Idle { inquiry: kiosk.settings.offers_inquiry() }.into(),
        Rest::OutOfOrder { failure } => OutOfOrder { failure }.into(),
        Rest::CardLeft { alarms } => CardLeft { alarms }.into(),
    }
}

fn pausing(pause: Pause, at: &Situation) -> Screen {
    match pause {
        Pause::StillThere { seconds } => StillThere { seconds }.into(),
        Pause::CardAway { seconds, reading } => {
            let shown = if let Situation::ShowCard { read, .. } = at { Some(*read) } else { None };
            CardAway { seconds, reading, shown }.into()
        }
    }
}

fn visiting(at: &Situation, visit: &Reception, kiosk: &Kiosk) -> Screen {
    let plan = &kiosk.settings.consents;
    let (face_possible, pin_possible) = (visit.face_possible(), visit.pin_possible());
    match at {
        Situation::PlaceCard => PlaceCard.into(),
        Situation::ReadingCard => ReadingCard.into(),
        Situation::AlreadyReceived { at } => AlreadyReceived { at: *at }.into(),
        Situation::WrongCard { failure } => WrongCard { failure: *failure }.into(),
        Situation::ChooseMethod => ChooseMethod { face: face_possible, pin: pin_possible }.into(),
        Situation::EnterCodeB { entry } => EnterCodeB { entry: *entry }.into(),
        Situation::ShowCard { hint, .. } => {
            ShowCard { hint: *hint, card: kiosk.card_present, pin_possible: pin_possible.is_ok() }.into()
        }
        Situation::OpeningCardFace => OpeningCardFace.into(),
        Situation::FaceCapture { hint, progress } => {
            FaceCapture { hint: *hint, attempt: visit.face_tries.saturating_add(1), progress: *progress }.into()
        }
        Situation::FaceHelp { hint, may_retry, failure } => {
            FaceHelp { hint: *hint, may_retry: *may_retry, pin_possible: pin_possible.is_ok(), failure: *failure }
                .into()
        }
        Situation::EnterPin { typed, tries, wrong } => EnterPin {
            typed: *typed,
            tries: *tries,
            wrong: *wrong,
            face_possible: face_possible.is_ok(),
            entered_by: visit.entered_by,
            guardian: face_possible == Err(Failure::NoPortrait),
        }
        .into(),
        Situation::TypeOnReader { tries, wrong } => {
            TypeOnReader { tries: *tries, wrong: *wrong, entered_by: visit.entered_by }.into()
        }
        Situation::PinLastTry { wrong } => PinLastTry { wrong: *wrong, face_possible: face_possible.is_ok() }.into(),
        Situation::AskWhoEnters => AskWhoEnters.into(),
        Situation::PinLocked { failure, now } => {
            PinLocked { failure: *failure, now: *now, face_possible: face_possible.is_ok() }.into()
        }
        Situation::EnterStaffCode { typed, entry, .. } => EnterStaffCode { typed: *typed, entry: *entry }.into(),
        Situation::StaffPanel { refused, .. } => {
            StaffPanel { visit: PanelVisit::default(), may: Vec::new(), by_eye: false, refused: *refused }.into()
        }
        Situation::VisualCheck => VisualCheck.into(),
        Situation::Checking { stage } => Checking { stage: *stage, method: visit.method }.into(),
        Situation::ConfirmName => ConfirmName { patient: patient(visit) }.into(),
        Situation::Renewal => {
            let until = visit.card.as_ref().and_then(|card| card.certificate_until);
            Renewal { grace: visit.in_grace(), until, usable_until: until.map(grace_end) }.into()
        }
        Situation::RegistrationStatus { status } => RegistrationStatus { status: *status }.into(),
        Situation::RegisterOffer => RegisterOffer.into(),
        Situation::RegisterTerms { page } => match &kiosk.settings.terms {
            Some(terms) => RegisterTerms { terms: Arc::clone(terms), page: *page }.into(),
            None => RegisterOffer.into(),
        },
        Situation::Registering => Registering.into(),
        Situation::Registered => Registered.into(),
        Situation::RegisterRefused { failure, works_from } => {
            RegisterRefused { failure: *failure, works_from: *works_from }.into()
        }
        Situation::Consenting => Consenting { wording: plan.wording, agree_left: plan.agree_left }.into(),
        Situation::ConsentOneByOne { at } => one_by_one(*at, visit, plan),
        Situation::ConsentSummary => ConsentSummary { answers: summary(visit, plan) }.into(),
        Situation::ConsentLimit => ConsentLimit { agree_left: plan.agree_left }.into(),
        Situation::ChoosePrescription => ChoosePrescription.into(),
        Situation::ChooseSubsidy => ChooseSubsidy { agree_left: plan.agree_left }.into(),
        Situation::Delivering { stage } => Delivering { stage: *stage }.into(),
        Situation::Done => Done { patient: patient(visit), after: kiosk.settings.after }.into(),
        Situation::Fallback { failure } => {
            Fallback { failure: *failure, led: *failure != Failure::NotConfirmed }.into()
        }
        Situation::FallbackAsk { failure, question } => FallbackAsk { failure: *failure, question: *question }.into(),
        Situation::FallbackShow { failure, way } => FallbackShow { failure: *failure, way: *way }.into(),
        Situation::CallStaff { reason } => {
            let coming = visit.help == Help::Coming;
            let (staff_entry, go_on) = (kiosk.settings.staff_codes, visit.left_at.is_some());
            CallStaff { reason: *reason, staff_entry, coming, go_on }.into()
        }
        Situation::Stopped { failure } => {
            // The command may notice before the watch over the reader does that nothing is known of a card any more.
            let lost = matches!(failure, Failure::CardGone | Failure::ReaderGone | Failure::CardServiceStopped);
            let card = kiosk.card_present && !lost;
            Stopped { failure: *failure, card }.into()
        }
        Situation::CleaningUp => CleaningUp.into(),
    }
}

/// What staff can order at the panel, in its order there.
const PANEL_ORDERS: [StaffCommand; 4] =
    [StaffCommand::AnotherTry, StaffCommand::GoOnByPin, StaffCommand::OneStepBack, StaffCommand::FinishAndWipe];

fn panel(state: &State, visit: &Reception, reason: Option<StaffReason>, refused: Option<Refusal>) -> Screen {
    let called_for = match reason {
        Some(StaffReason::Failure(failure)) => Some(failure),
        _ => None,
    };
    let of_card = PanelVisit {
        card: visit.card.is_some(),
        method: visit.method,
        face_tries: visit.face_tries,
        hint: visit.face_judgement.and_then(|judgement| judgement.advice()),
        failure: called_for.or(visit.face_barred),
        pin: match visit.pin_tries() {
            Tries::Left(left) => Some(left),
            Tries::Blocked => Some(0),
            Tries::Absent => None,
        },
    };
    let may = PANEL_ORDERS.into_iter().filter(|command| would_obey(state, *command).is_ok()).collect();
    StaffPanel { visit: of_card, may, by_eye: state.kiosk.visual_possible(visit), refused }.into()
}

/// Characters of a name that the window lays out; the longest names of people have some eighty.
const LONGEST_NAME: usize = 120;

/// The name, in a length that can be laid out whatever came in.
fn patient(visit: &Reception) -> Personal<PatientName> {
    let shown = |text: &str| match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    };
    let name = |check: &CheckSummary| {
        let PatientName { name, kana } = &check.patient.0;
        Personal(PatientName { name: shown(name), kana: kana.as_deref().map(shown) })
    };
    visit.check.as_ref().map(name).unwrap_or_default()
}

fn answer_to(visit: &Reception, question: Question) -> Option<ConsentAnswer> {
    visit.one_by_one.iter().find(|(other, _)| *other == question).map(|(_, answer)| *answer)
}

fn one_by_one(at: u8, visit: &Reception, plan: &ConsentPlan) -> Screen {
    let question = plan.order.get(usize::from(at)).copied().unwrap_or(Question::Records);
    ConsentOneByOne {
        question,
        number: at.saturating_add(1),
        of: u8::try_from(plan.order.len()).unwrap_or(u8::MAX),
        chosen: answer_to(visit, question),
        back: at > 0 || plan.comprehensive,
        wording: plan.wording,
        agree_left: plan.agree_left,
    }
    .into()
}

fn summary(visit: &Reception, plan: &ConsentPlan) -> Vec<(Question, ConsentAnswer)> {
    let answered = |question| (question, answer_to(visit, question).unwrap_or(ConsentAnswer::NotAnswered));
    plan.order.iter().copied().map(answered).collect()
}
