//! A simulated runtime around the transition table: keeps the ledger of effects and a model of the vault,
//! and checks after every step what must hold in every situation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use uketsuke_core::domain::card::{Authenticity, CardFaceFacts, CardFacts, CardKind, CardMark, PrintCheck, Tries};
use uketsuke_core::domain::consent::ConsentPlan;
use uketsuke_core::domain::face::{Evidence, Hint};
use uketsuke_core::domain::ids::{EffectId, Moment, ReceptionId};
use uketsuke_core::domain::japan;
use uketsuke_core::domain::qualification::{CheckSummary, PatientName, Validity};
use uketsuke_core::domain::registration::{Application, Linkage, RegistrationStatus};
use uketsuke_core::domain::secret::Personal;
use uketsuke_core::domain::session::{
    Action, Answer, Effect, Event, Happening, PatientInput, Settings, SituationName, State,
};
use uketsuke_core::domain::staff_order::{OrderId, StaffCommand, StaffMember, StaffOrder, StaffPlace};
use uketsuke_core::domain::terms::Terms;

/// A card that was registered in spring.
pub fn registered() -> RegistrationStatus {
    let registered_at = Some(date(2026, 4, 10).at(9, 30, 0, 0));
    RegistrationStatus {
        application: Application::Accepted,
        linkage: Linkage::Completed,
        registered_at,
        available_from: None,
    }
}

/// A card that can be registered now.
pub fn unregistered() -> RegistrationStatus {
    RegistrationStatus {
        application: Application::None,
        linkage: Linkage::None,
        registered_at: None,
        available_from: None,
    }
}

pub const TODAY: Date = date(2026, 11, 20);

/// The card of most visits, and another one.
pub const CARD: CardMark = CardMark([1; 32]);
pub const OTHER_CARD: CardMark = CardMark([2; 32]);

/// A site that asks everything that can be asked.
pub fn every_question() -> Settings {
    Settings {
        consents: ConsentPlan { limit: true, ..ConsentPlan::default() },
        prescription: true,
        subsidy: true,
        ..with_terms()
    }
}

/// A site that registers cards and asks nothing but the consents.
pub fn with_terms() -> Settings {
    let terms = Terms { version: "1".into(), sample: true, original: vec!["第1条".into()], translations: vec![] };
    Settings { terms: Some(Arc::new(terms)), inquiry: true, staff_codes: true, ..Settings::default() }
}

/// A transition function: the real one, or one with a planted defect.
pub type StepFn = fn(&State, Event) -> (State, Vec<Effect>);

/// What the model of the vault can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Digits,
    CodeB,
    Portrait,
    Challenge,
    Proof,
    Answer,
}

/// The kiosk with its simulated runtime.
#[derive(Clone)]
pub struct World {
    step: StepFn,
    pub state: State,
    pub ledger: BTreeMap<EffectId, Action>,
    pub answered: BTreeSet<EffectId>,
    pub vault: BTreeSet<Thing>,
    pub visited: BTreeSet<SituationName>,
    cancelled: Vec<EffectId>,
    ordered: u64,
    steady: Duration,
}

/// Five past nine of that day, in Japan.
fn now() -> Timestamp {
    japan::OFFSET.to_timestamp(TODAY.at(9, 5, 0, 0)).expect("a time")
}

/// A rule that did not hold.
pub type Broken = String;

impl World {
    pub fn new(step: StepFn) -> Self {
        Self::at(step, every_question())
    }

    /// At a site with these settings.
    pub fn at(step: StepFn, settings: Settings) -> Self {
        let state = State::new(settings);
        let visited = BTreeSet::from([state.on_screen().name()]);
        Self {
            step,
            state,
            ledger: BTreeMap::new(),
            answered: BTreeSet::new(),
            vault: BTreeSet::new(),
            visited,
            cancelled: Vec::new(),
            ordered: 0,
            steady: Duration::ZERO,
        }
    }

    /// That order for the visit that is running.
    pub fn of_staff(&self, command: StaffCommand, place: StaffPlace) -> StaffOrder {
        let reception = self.state.reception().map_or(ReceptionId::NOBODY, |visit| visit.id);
        StaffOrder { id: OrderId(7), reception, by: StaffMember { name: "S".into(), place }, command }
    }

    /// One event, then the answers of everything it cancelled, then the rules.
    pub fn happen(&mut self, what: Happening) -> Result<(), Broken> {
        self.one(what)?;
        while let Some(id) = self.cancelled.pop() {
            self.one(Happening::Ended(id, Answer::Cancelled))?;
        }
        self.check()
    }

    fn one(&mut self, what: Happening) -> Result<(), Broken> {
        self.steady += Duration::from_millis(10);
        let at_keypad = self.state.keypad().is_some();
        if at_keypad && what == Happening::Patient(PatientInput::DigitTyped) {
            self.vault.insert(Thing::Digits);
        }
        let at = Moment { steady: self.steady, now: now() };
        let (state, effects) = (self.step)(&self.state, Event { at, what });
        self.state = state;
        self.visited.insert(self.state.on_screen().name());
        effects.into_iter().try_for_each(|effect| self.order(effect))
    }

    fn order(&mut self, effect: Effect) -> Result<(), Broken> {
        match effect {
            Effect::Perform { id, action, deadline, .. } => {
                if deadline.is_zero() {
                    return Err(format!("{action:?} has no deadline"));
                }
                self.ordered += 1;
                self.take(&action)?;
                match action {
                    Action::CleanUp => self.vault.clear(),
                    Action::ForgetDigits => drop(self.vault.remove(&Thing::Digits)),
                    Action::ForgetAnswer => self.vault.retain(|t| !matches!(t, Thing::Answer | Thing::Proof)),
                    _ => {}
                }
                match self.ledger.insert(id, action) {
                    None if !self.answered.contains(&id) => Ok(()),
                    _ => Err(format!("{id:?} was ordered twice")),
                }
            }
            Effect::Cancel(id) => {
                if self.ledger.remove(&id).is_none() {
                    return Err(format!("{id:?} is cancelled but nobody carries it out"));
                }
                self.answered.insert(id);
                self.cancelled.push(id);
                Ok(())
            }
        }
    }

    /// What the runtime takes out of the vault to carry `action` out, or reads there, must be there.
    fn take(&mut self, action: &Action) -> Result<(), Broken> {
        let (taken, read): (&[Thing], &[Thing]) = match action {
            Action::SignWithPin(_) => (&[Thing::Digits, Thing::Challenge], &[]),
            Action::SignOnReader(_) | Action::ProveWithoutPin(_) => (&[Thing::Challenge], &[]),
            Action::CompareStaffCode => (&[Thing::Digits], &[]),
            Action::CheckQualification { .. } | Action::InquireRegistration | Action::RegisterCard { .. } => {
                (&[], &[Thing::Proof])
            }
            Action::SaveConsents { .. } | Action::Deliver { .. } => (&[], &[Thing::Answer]),
            _ => return Ok(()),
        };
        match taken.iter().chain(read).find(|thing| !self.vault.contains(thing)) {
            Some(missing) => return Err(format!("{action:?} without {missing:?} in the vault")),
            None => self.vault.retain(|thing| !taken.contains(thing)),
        }
        Ok(())
    }

    /// What the table makes of one event, without its happening.
    pub fn peek(&self, what: Happening) -> (State, Vec<Effect>) {
        (self.step)(&self.state, Event { at: Moment { steady: self.steady, now: now() }, what })
    }

    /// Answers a running effect; what comes with the answer goes into the vault, as the runtime does it.
    pub fn answer(&mut self, id: EffectId, answer: Answer) -> Result<(), Broken> {
        if let Some(action) = self.ledger.remove(&id) {
            self.answered.insert(id);
            let thing = match (action, &answer) {
                (Action::FindCodeB { .. } | Action::LookAtCard { .. }, Answer::CodeBFound) => Some(Thing::CodeB),
                (Action::OpenCardFace, Answer::CardFaceOpened(_)) => Some(Thing::Portrait),
                (Action::FetchChallenge, Answer::ChallengeReady) => Some(Thing::Challenge),
                (Action::SignWithPin(_) | Action::SignOnReader(_) | Action::ProveWithoutPin(_), Answer::ProofReady) => {
                    Some(Thing::Proof)
                }
                (Action::CheckQualification { .. } | Action::RegisterCard { .. }, Answer::Checked(_)) => {
                    Some(Thing::Answer)
                }
                _ => None,
            };
            self.vault.extend(thing);
        }
        self.happen(Happening::Ended(id, answer))
    }

    /// The timer of the present situation runs out, if there is one.
    pub fn time_is_up(&mut self) -> Result<(), Broken> {
        let timer = self.ledger.iter().find(|(_, action)| matches!(action, Action::Wait(..))).map(|(id, _)| *id);
        timer.map_or(Ok(()), |id| self.answer(id, Answer::TimeUp))
    }

    fn check(&self) -> Result<(), Broken> {
        let name = self.state.on_screen().name();
        let resting = matches!(name, SituationName::Idle | SituationName::OutOfOrder | SituationName::CardLeft);
        if resting != self.state.visit().is_none() {
            return Err(format!("{name:?} and the reception do not fit"));
        }
        if resting && !self.vault.is_empty() {
            return Err(format!("{name:?} with {:?} in the vault", self.vault));
        }
        if !resting && !self.state.pending.values().any(|p| !p.cancelled) {
            return Err(format!("{name:?} waits for nothing"));
        }
        if self.state.pending.keys().ne(self.ledger.keys()) {
            return Err(format!("{name:?}: table and runtime disagree on what is running"));
        }
        Ok(())
    }

    /// Nobody is there any more: every timer runs out, every effect times out. The kiosk must come to rest.
    pub fn left_alone(&mut self) -> Result<(), Broken> {
        for _ in 0..400 {
            let Some((id, action)) = self.ledger.iter().next().map(|(id, a)| (*id, a.clone())) else { break };
            let name = self.state.on_screen().name();
            if matches!(name, SituationName::Idle | SituationName::OutOfOrder) {
                break;
            }
            if name == SituationName::CardLeft {
                self.happen(Happening::CardGone)?;
                continue;
            }
            let answer = if matches!(action, Action::Wait(..)) { Answer::TimeUp } else { Answer::TimedOut };
            self.answer(id, answer)?;
        }
        let name = self.state.on_screen().name();
        if !matches!(name, SituationName::Idle | SituationName::OutOfOrder) {
            return Err(format!("{name:?} has no way out"));
        }
        for id in self.ledger.keys().copied().collect::<Vec<_>>() {
            self.answer(id, Answer::TimedOut)?;
        }
        if !self.ledger.is_empty() || !self.state.pending.is_empty() || self.answered.len() as u64 != self.ordered {
            return Err("an effect was not answered exactly once".into());
        }
        Ok(())
    }
}

pub fn facts(pin: Tries, code_b: Tries) -> CardFacts {
    CardFacts {
        kind: CardKind::MyNumber,
        pin,
        code_b,
        certificate_until: Some(date(2030, 1, 1)),
        mark: Some(CARD),
        keypad: false,
    }
}

pub fn card_face() -> CardFaceFacts {
    CardFaceFacts {
        card_until: date(2033, 1, 1),
        has_portrait: true,
        authenticity: Authenticity::Genuine,
        print: PrintCheck::NotRead,
    }
}

pub fn evidence(score: f32, liveness: f32) -> Evidence {
    Evidence { score, liveness, good_frames: 5, seen_frames: 9, main_hint: Some(Hint::LookHere) }
}

pub fn summary(validity: Validity, expiring: bool, grace: bool) -> CheckSummary {
    let patient = Personal(PatientName { name: "試験".into(), kana: None });
    CheckSummary { check_id: "c".into(), validity, grace, expiring, patient }
}

/// A good answer to `action`.
pub fn good(action: &Action) -> Answer {
    match action {
        Action::Wait(..) => Answer::TimeUp,
        Action::IdentifyCard => Answer::Identified(facts(Tries::Left(3), Tries::Left(10))),
        Action::FindCodeB { .. } | Action::LookAtCard { .. } => Answer::CodeBFound,
        Action::CheckCodeBPart(part, _) => Answer::CodeBPart(*part, Ok(())),
        Action::OpenCardFace => Answer::CardFaceOpened(card_face()),
        Action::PrepareFace => Answer::FacePrepared,
        Action::MatchFace(_) => Answer::FaceSeen(evidence(0.8, 0.9)),
        Action::FetchChallenge => Answer::ChallengeReady,
        Action::SignWithPin(_) | Action::SignOnReader(_) | Action::ProveWithoutPin(_) => Answer::ProofReady,
        Action::CheckQualification { .. } | Action::RegisterCard { .. } => {
            Answer::Checked(summary(Validity::Valid, false, false))
        }
        Action::InquireRegistration => Answer::RegistrationStatus(unregistered()),
        Action::SaveConsents { .. } => Answer::ConsentsSaved,
        Action::Deliver { .. } => Answer::Delivered,
        Action::Settle { .. } => Answer::Settled,
        Action::CompareStaffCode => Answer::StaffCode(true),
        Action::TellStaff(_) | Action::AnswerOrder { .. } => Answer::Told,
        Action::CleanUp => Answer::CleanedUp,
        Action::ForgetDigits | Action::ForgetAnswer => Answer::Forgotten,
    }
}
