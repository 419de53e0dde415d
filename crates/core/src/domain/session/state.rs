//! What the table knows: whether somebody is being received, what is remembered of the visit, what stays across visits.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::domain::card::{CardFaceFacts, CardFacts, CardMark, Tries};
use crate::domain::code_b::{READ_AT_TRIES, STOP_AT_TRIES};
use crate::domain::consent::{Choices, ConsentAnswer, Question};
use crate::domain::face::{CardTries, Judgement};
use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId};
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::{Authentication, CheckSummary};
use crate::domain::staff::CodeTries;

use super::{Keypad, Pause, Rest, Settings, Situation, SituationName};

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

/// Whether staff are called for this visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Help {
    /// Nobody is called, or staff have answered.
    #[default]
    None,
    /// Staff are called.
    Called,
    /// Somebody comes.
    Coming,
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

impl Kiosk {
    /// Whether staff can compare this patient with the card by eye now: the card lies on the reader and can prove itself,
    /// by its certificate and its card face, and no check was made with it.
    pub fn visual_possible(&self, reception: &Reception) -> bool {
        let open = reception.check.is_none() && !reception.settled;
        let proves = reception.card.as_ref().is_some_and(|card| card.certificate_until.is_some());
        let shows = match &reception.card_face {
            Some(face) => face.authenticity.may_serve(),
            None => reception.card_face_can_open(),
        };
        self.known_card() && open && proves && shows
    }

    /// Whether the card that lies there is the one that was looked at.
    pub fn known_card(&self) -> bool {
        self.card_present && !self.card_fresh
    }
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
    /// Code B was looked for; its print is read once in a visit.
    pub code_b_sought: bool,
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
    /// Tries of the face that staff granted.
    pub granted_tries: u8,
    /// Whether staff are called.
    pub help: Help,
    /// Where the visit stood when staff were called: there it goes on.
    pub left_at: Option<Situation>,
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
            code_b_sought: false,
            method: None,
            seen_by_staff: false,
            entered_by: EnteredBy::default(),
            face_tries: 0,
            face_judgement: None,
            face_barred: None,
            granted_tries: 0,
            help: Help::default(),
            left_at: None,
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

    /// Whether a code that was read from the card's print may be tried.
    pub fn code_b_may_be_read(&self) -> bool {
        !self.code_b_sought && matches!(self.code_b_tries(), Tries::Left(n) if n >= READ_AT_TRIES)
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

    /// Which card it is, as far as that can be told.
    pub fn card_mark(&self) -> Option<CardMark> {
        self.card.as_ref().and_then(|card| card.mark)
    }

    /// Whether the certificate is in its grace months.
    pub fn in_grace(&self) -> bool {
        self.check.as_ref().is_some_and(|check| check.grace)
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

/// Everything the table knows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Whether somebody is being received, and where that stands.
    pub now: Now,
    /// What stays across receptions.
    pub kiosk: Kiosk,
    /// Effects that have not been answered.
    pub pending: BTreeMap<EffectId, Pending>,
}

/// Whether somebody is being received.
#[derive(Debug, Clone, PartialEq)]
pub enum Now {
    /// Nobody is.
    Rest(Rest),
    /// Somebody is.
    Visit(Box<Visit>),
}

/// One visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// What is remembered of it.
    pub reception: Reception,
    /// Where it stands, also in a pause.
    pub at: Situation,
    /// It waits there.
    pub pause: Option<Pause>,
}

/// What stands on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OnScreen<'a> {
    /// Nobody is being received.
    Rest(&'a Rest),
    /// Where the visit stands.
    Situation(&'a Situation),
    /// The visit pauses.
    Pause(&'a Pause),
}

impl OnScreen<'_> {
    /// Its bare name.
    pub fn name(&self) -> SituationName {
        match self {
            OnScreen::Rest(rest) => rest.name(),
            OnScreen::Situation(situation) => situation.name(),
            OnScreen::Pause(pause) => pause.name(),
        }
    }
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
    /// The running visit.
    pub fn visit(&self) -> Option<&Visit> {
        match &self.now {
            Now::Rest(_) => None,
            Now::Visit(visit) => Some(visit),
        }
    }

    /// What is remembered of the running visit.
    pub fn reception(&self) -> Option<&Reception> {
        self.visit().map(|visit| &visit.reception)
    }

    /// What stands on the screen.
    pub fn on_screen(&self) -> OnScreen<'_> {
        match &self.now {
            Now::Rest(rest) => OnScreen::Rest(rest),
            Now::Visit(visit) => visit.pause.as_ref().map_or(OnScreen::Situation(&visit.at), OnScreen::Pause),
        }
    }

    /// The keypad on the screen, when one takes digits.
    pub fn keypad(&self) -> Option<Keypad> {
        match self.on_screen() {
            OnScreen::Situation(situation) => situation.keypad(),
            OnScreen::Rest(_) | OnScreen::Pause(_) => None,
        }
    }

    /// A kiosk that has just started and has not heard of its reader yet.
    pub fn new(settings: Settings) -> Self {
        let failure = Failure::ReaderGone;
        let code_tries = CodeTries::left(settings.wrong_staff_codes);
        Self {
            now: Now::Rest(Rest::OutOfOrder { failure }),
            kiosk: Kiosk {
                settings,
                reader: ReaderState::Lost(failure),
                card_present: false,
                card_fresh: false,
                card_tries: CardTries::default(),
                code_tries,
                receptions: 0,
                effects: 0,
                day: None,
                received: BTreeMap::new(),
            },
            pending: BTreeMap::new(),
        }
    }
}
