//! The situation of the kiosk and what is remembered of the running reception.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::domain::card::{CardFaceFacts, CardFacts, CardMark, Tries};
use crate::domain::code_b::{Entry, STOP_AT_TRIES};
use crate::domain::consent::{Choices, ConsentAnswer, Question};
use crate::domain::face::{CardTries, Hint, Judgement};
use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId};
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::{Authentication, CheckSummary};
use crate::domain::registration::RegistrationStatus;
use crate::domain::staff::{CodeEntry, CodeTries};

use super::Settings;

/// How the patient wants to prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// 顔認証.
    Face,
    /// 暗証番号.
    Pin,
}

/// What the patient came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// 受付.
    #[default]
    Reception,
    /// 登録状況の確認・利用登録: no qualification is checked and no file follows.
    Inquiry,
}

/// Whether the reader works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderState {
    /// It works.
    Ready,
    /// It does not, for this reason.
    Lost(Failure),
}

/// What stays the same across receptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Kiosk {
    /// What the site decided.
    pub settings: Settings,
    /// Card reader.
    pub reader: ReaderState,
    /// Whether a card lies on the reader.
    pub card_present: bool,
    /// Whether that card has not been in any reception yet.
    pub card_fresh: bool,
    /// Failed face comparisons of recent cards.
    pub card_tries: CardTries,
    /// Wrong staff codes.
    pub code_tries: CodeTries,
    /// Receptions so far.
    pub receptions: u64,
    /// Effects so far.
    pub effects: u64,
    /// The day that `received` belongs to.
    pub day: Option<Date>,
    /// Cards whose reception ended well on that day; no name among it.
    pub received: BTreeMap<CardMark, Received>,
}

/// A reception that ended well today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// When.
    pub at: Time,
    /// The check that the receipt computer knows it by.
    pub check_id: String,
}

/// What is remembered of one visit; no secret among it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reception {
    /// Its id.
    pub id: ReceptionId,
    /// What the patient came for.
    pub purpose: Purpose,
    /// How often a card could not be read.
    pub unreadable: u8,
    /// The card, once looked at.
    pub card: Option<CardFacts>,
    /// The opened card face.
    pub card_face: Option<CardFaceFacts>,
    /// How the patient is being identified.
    pub method: Option<Method>,
    /// Staff confirmed the patient by eye.
    pub seen_by_staff: bool,
    /// Who types the PIN.
    pub entered_by: EnteredBy,
    /// Face attempts used.
    pub face_tries: u8,
    /// The last face attempt, for staff.
    pub face_judgement: Option<Judgement>,
    /// Why the face cannot be used in this reception.
    pub face_barred: Option<Failure>,
    /// The patient asked for more time: every time of this visit is longer.
    pub unhurried: bool,
    /// The insurer's answer; taken away when it must not be used any more.
    pub check: Option<CheckSummary>,
    /// What became of the counted check has been said: delivered, or no file follows.
    pub settled: bool,
    /// The earlier reception of today that this one renews.
    pub renews: Option<Received>,
    /// Answers to the individual consents so far.
    pub one_by_one: Vec<(Question, ConsentAnswer)>,
    /// The patient's decisions.
    pub choices: Choices,
    /// When the consents were given, if the patient was asked to the end.
    pub consented_at: Option<Timestamp>,
}

impl Reception {
    /// A visit that has just begun.
    pub fn new(id: ReceptionId) -> Self {
        Self {
            id,
            purpose: Purpose::default(),
            unreadable: 0,
            card: None,
            card_face: None,
            method: None,
            seen_by_staff: false,
            entered_by: EnteredBy::default(),
            face_tries: 0,
            face_judgement: None,
            face_barred: None,
            unhurried: false,
            check: None,
            settled: false,
            renews: None,
            one_by_one: Vec::new(),
            choices: Choices::of(Vec::new()),
            consented_at: None,
        }
    }

    /// Whether the face can be used, else why not.
    ///
    /// # Errors
    /// The failure that stands in the way.
    pub fn face_possible(&self) -> Result<(), Failure> {
        if let Some(failure) = self.face_barred {
            return Err(failure);
        }
        match self.card.as_ref().map(|c| c.code_b) {
            Some(Tries::Left(n)) if n >= STOP_AT_TRIES => Ok(()),
            Some(Tries::Absent) => Err(Failure::NoPortrait),
            _ => Err(Failure::CodeBBlocked),
        }
    }

    /// Whether code B has enough tries left to be asked for.
    pub fn card_face_can_open(&self) -> bool {
        matches!(self.code_b_tries(), Tries::Left(n) if n >= STOP_AT_TRIES)
    }

    /// Whether the PIN can be used, else why not.
    ///
    /// # Errors
    /// The failure that stands in the way.
    pub fn pin_possible(&self) -> Result<(), Failure> {
        match self.card.as_ref().map(|c| c.pin) {
            Some(Tries::Left(n)) if n > 0 => Ok(()),
            Some(Tries::Absent) => Err(Failure::PinAbsent),
            _ => Err(Failure::PinBlocked),
        }
    }

    /// What the card's proof rests on.
    pub fn authentication(&self) -> Authentication {
        match self.method {
            _ if self.seen_by_staff => Authentication::Visual,
            Some(Method::Face) => Authentication::Face,
            _ => Authentication::Pin,
        }
    }

    /// The check that the receipt computer knows this card by since an earlier reception of today.
    pub fn renewed_check(&self) -> Option<String> {
        self.renews.as_ref().map(|earlier| earlier.check_id.clone())
    }

    /// Counter of the PIN as last seen.
    pub fn pin_tries(&self) -> Tries {
        self.card.as_ref().map_or(Tries::Absent, |c| c.pin)
    }

    /// Counter of code B as last seen.
    pub fn code_b_tries(&self) -> Tries {
        self.card.as_ref().map_or(Tries::Absent, |c| c.code_b)
    }
}

/// Why staff are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffReason {
    /// The patient pressed the button.
    Asked,
    /// A failure sent the patient there.
    Failure(Failure),
    /// The card was left on the reader.
    CardLeft,
}

/// Where the check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckStage {
    /// Fetching the nonce.
    Challenge,
    /// The card answers it.
    Proof,
    /// The insurer is asked.
    Asking,
    /// The same, and it takes longer than usual.
    StillAsking,
}

/// Where the ending stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliverStage {
    /// Recording the consents at the gateway.
    Consents,
    /// Writing the file for the receipt computer.
    File,
}

/// What the patient is asked on the way to the fallback that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FallbackQuestion {
    /// 資格確認書 at hand? Only where the card is no insurance card.
    Certificate,
    /// マイナポータル on the phone?
    Phone,
    /// 資格情報のお知らせ at hand?
    Notice,
    /// Been here before?
    BeenHere,
}

/// What the patient shows or does at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FallbackWay {
    /// F1 card and マイナポータル.
    Portal,
    /// F2 card and 資格情報のお知らせ.
    Notice,
    /// F3 口頭確認.
    Spoken,
    /// F4 被保険者資格申立書.
    Form,
    /// F5 資格確認書.
    Certificate,
    /// None of them: staff help.
    Staff,
}

macro_rules! situations {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? })?;)*) => {
        /// The situation, one screen each.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Situation { $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $ty),* })?,)* }

        /// The bare name of a situation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SituationName { $($(#[$doc])* $name,)* }

        impl SituationName {
            /// Every situation of the table.
            pub const ALL: &'static [SituationName] = &[$(SituationName::$name,)*];
        }

        impl Situation {
            /// Its bare name.
            pub fn name(&self) -> SituationName {
                match self { $(situations!(@pattern $name $({ $($field),* })?) => SituationName::$name,)* }
            }
        }
    };
    (@pattern $name:ident { $($field:ident),* }) => { Situation::$name { .. } };
    (@pattern $name:ident) => { Situation::$name };
}

situations! {
    /// A0 待機: nobody is here.
    Idle;
    /// The kiosk cannot serve anybody: closed screen.
    OutOfOrder { /** Why. */ failure: Failure };
    /// A1 カード設置: touched, no card yet.
    PlaceCard;
    /// The card is being looked at.
    ReadingCard;
    /// This card was already received today.
    AlreadyReceived { /** When. */ at: Time };
    /// What lies there cannot be used; it must be taken off.
    WrongCard { /** Why. */ failure: Failure };
    /// A2 認証方法の選択.
    ChooseMethod;
    /// Code B is typed by the patient.
    EnterCodeB { /** Where the typing stands. */ entry: Entry };
    /// The card face is being read.
    OpeningCardFace;
    /// A3 顔認証: the camera looks.
    FaceCapture { /** What would help. */ hint: Option<Hint>, /** How much of what is needed was seen, in percent. */ progress: u8 };
    /// A3h うまくいかない時.
    FaceHelp { /** What stood in the way. */ hint: Option<Hint>, /** Whether another try is allowed. */ may_retry: bool, /** The cause. */ failure: Failure };
    /// A4 暗証番号.
    EnterPin { /** Digits so far. */ typed: u8, /** Tries left on the card. */ tries: Tries, /** The last entry was wrong. */ wrong: bool };
    /// A4 with a reader that has a keypad of its own: the PIN is typed there, and no program of this PC sees it.
    TypeOnReader { /** Tries left on the card. */ tries: Tries, /** The last entry was wrong. */ wrong: bool };
    /// One more wrong PIN would block it: ask staff instead?
    PinLastTry { /** The last entry was wrong. */ wrong: bool };
    /// A4P 代理入力: who types the PIN?
    AskWhoEnters;
    /// A4L ロック.
    PinLocked { /** Blocked, or absent from this card. */ failure: Failure, /** Blocked by this visit's entries, not before. */ now: bool };
    /// Staff say at the kiosk who they are.
    EnterStaffCode { /** Why they were called. */ reason: StaffReason, /** Digits so far. */ typed: u8, /** Where the typing stands. */ entry: CodeEntry };
    /// A5 職員の目視.
    VisualCheck { /** Staff stand at the kiosk and say there what they see; else they do so elsewhere. */ here: bool };
    /// A6 資格の照会.
    Checking { /** Where it stands. */ stage: CheckStage };
    /// The insurer answered: is this the patient's name?
    ConfirmName;
    /// N1 更新のお知らせ.
    Renewal;
    /// 状況照会: how far the registration of the card has come.
    RegistrationStatus { /** What the gateway says. */ status: RegistrationStatus };
    /// R1 the card must be registered: go on?
    RegisterOffer;
    /// R2 terms of use, page by page.
    RegisterTerms { /** The page, from 0; how many there are depends on the window. */ page: u16 };
    /// R3w registration is running.
    Registering;
    /// R3 registration is complete.
    Registered;
    /// R3n not possible yet.
    RegisterRefused { /** Why. */ failure: Failure, /** From when on it works, in Japan. */ works_from: Option<DateTime> };
    /// C-all 包括同意.
    Consenting;
    /// 個別同意: one question of several.
    ConsentOneByOne { /** Its place in the site's order, from 0. */ at: u8 };
    /// The individual answers once more, before they are sent.
    ConsentSummary;
    /// 限度額情報の提供, where the site still asks.
    ConsentLimit;
    /// 処方箋発行形態.
    ChoosePrescription;
    /// 医療費助成の受給者証.
    ChooseSubsidy;
    /// Consents and file are on their way.
    Delivering { /** Where it stands. */ stage: DeliverStage };
    /// D1 完了: take the card.
    Done;
    /// The card was left on the reader after its reception ended.
    CardLeft { /** Alarms so far. */ alarms: u8 };
    /// F0 the check is impossible: what to do instead.
    Fallback { /** Why. */ failure: Failure };
    /// On the way to the fallback that fits: one question.
    FallbackAsk { /** Why. */ failure: Failure, /** What is asked. */ question: FallbackQuestion };
    /// F1 to F5: what to show at the counter.
    FallbackShow { /** Why. */ failure: Failure, /** What to show. */ way: FallbackWay };
    /// Z1 職員呼出.
    CallStaff { /** Why. */ reason: StaffReason };
    /// Nobody touches anything: are you still there?
    StillThere { /** Where the visit stands. */ place: Box<Situation>, /** Until everything is wiped. */ seconds: u16 };
    /// The card was taken away in the middle: put it back to go on.
    CardAway { /** Where the visit stands. */ place: Box<Situation>, /** Until the visit ends. */ seconds: u16, /** A card lies there and is being read. */ reading: bool };
    /// The reception ended early: cause and next step, then back to idle.
    Stopped { /** Why. */ failure: Failure };
    /// The one tail of every reception: everything is wiped and released.
    CleaningUp;
}

impl Situation {
    /// Where the visit stands: in a pause the situation that it interrupts.
    pub fn place(&self) -> &Situation {
        match self {
            Situation::StillThere { place, .. } | Situation::CardAway { place, .. } => place.place(),
            situation => situation,
        }
    }

    /// Whether the visit can go on here although no card lies on the reader.
    pub fn goes_on_without_card(&self) -> bool {
        matches!(
            self.place(),
            Situation::Idle
                | Situation::OutOfOrder { .. }
                | Situation::PlaceCard
                | Situation::Checking { stage: CheckStage::Asking | CheckStage::StillAsking }
                | Situation::Registering
                | Situation::RegisterRefused { .. }
                | Situation::Delivering { .. }
                | Situation::Fallback { .. }
                | Situation::FallbackAsk { .. }
                | Situation::FallbackShow { .. }
                | Situation::CallStaff { .. }
                | Situation::Stopped { .. }
                | Situation::CleaningUp
        )
    }
}

/// The whole state of the kiosk.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Where things stand.
    pub situation: Situation,
    /// What stays across receptions.
    pub kiosk: Kiosk,
    /// The running visit; `None` in idle and out of order.
    pub reception: Option<Reception>,
    /// Effects that have not been answered.
    pub pending: BTreeMap<EffectId, Pending>,
}

/// An effect that has not been answered yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// What it does.
    pub action: super::Action,
    /// Nobody waits for it any more; its answer changes nothing.
    pub cancelled: bool,
}

impl State {
    /// Whether staff can compare the patient with the card by eye now: a card lies on the reader that can prove itself, by
    /// its certificate and its card face, and no check was made with it.
    pub fn visual_possible(&self) -> bool {
        let open = |r: &Reception| r.check.is_none() && !r.settled;
        let proves = |r: &Reception| r.card.as_ref().is_some_and(|card| card.certificate_until.is_some());
        let shows = |r: &Reception| r.card_face.is_some() || r.card_face_can_open();
        self.kiosk.card_present && self.reception.as_ref().is_some_and(|r| open(r) && proves(r) && shows(r))
    }

    /// Whether staff can say at the kiosk who they are: they have codes, and something to do.
    pub fn staff_may_enter(&self) -> bool {
        self.kiosk.settings.staff_codes && self.visual_possible()
    }

    /// A kiosk that has just started and has not heard of its reader yet.
    pub fn new(settings: Settings) -> Self {
        let failure = Failure::ReaderGone;
        Self {
            situation: Situation::OutOfOrder { failure },
            kiosk: Kiosk {
                settings,
                reader: ReaderState::Lost(failure),
                card_present: false,
                card_fresh: false,
                card_tries: CardTries::default(),
                code_tries: CodeTries::default(),
                receptions: 0,
                effects: 0,
                day: None,
                received: BTreeMap::new(),
            },
            reception: None,
            pending: BTreeMap::new(),
        }
    }
}
