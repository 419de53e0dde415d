//! One step: dispatch of an event, the rules that hold in every situation, and the way into a situation.

use crate::domain::failure::{Failure, Route};
use crate::domain::ids::{EffectId, Moment, ReceptionId};
use crate::domain::staff::CodeEntry;

use super::{
    Action, Answer, CheckStage, Effect, Event, Happening, PatientInput, Pending, Purpose, ReaderState, Reception,
    Settings, Situation, StaffReason, State, Timer,
};
use super::{arrival, check, choices, consent, fallback, farewell, identity, pause, registration, staff};

/// The only transition table: what the kiosk does next when `event` happens in `state`.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let mut step = Step { state: state.clone(), effects: Vec::new(), at: event.at };
    step.new_day();
    match event.what {
        Happening::Ended(id, answer) => step.ended(id, answer),
        Happening::CardPlaced => step.card_placed(),
        Happening::CardGone => step.card_gone(),
        Happening::ReaderReady => step.reader_ready(),
        Happening::ReaderLost(failure) => step.reader_lost(failure),
        Happening::FaceHint(hint) => identity::hint(&mut step, hint),
        Happening::FaceProgress(percent) => identity::progress(&mut step, percent),
        Happening::Patient(input) => step.patient(input),
        Happening::Staff(input) => staff::acts(&mut step, input),
    }
    (step.state, step.effects)
}

/// A state on its way to the next one, with the effects gathered so far.
pub(super) struct Step {
    pub(super) state: State,
    /// When the event happened.
    pub(super) at: Moment,
    effects: Vec<Effect>,
}

/// The phase a situation belongs to; one file each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Arrival,
    Identity,
    Check,
    Consent,
    Choices,
    Registration,
    Pause,
    Fallback,
    Farewell,
}

/// Whether typed digits lie in the vault that the next situation does not use.
fn leaves_digits_behind(from: &Situation, to: &Situation) -> bool {
    match (from.place(), to.place()) {
        (Situation::EnterPin { typed, .. }, Situation::EnterPin { typed: kept, .. }) => kept < typed,
        (Situation::EnterCodeB { entry }, Situation::EnterCodeB { entry: kept }) => kept.typed < entry.typed,
        (Situation::EnterStaffCode { entry, .. }, _) => *entry != CodeEntry::Checking,
        (Situation::EnterPin { .. }, to) => !matches!(to, Situation::Checking { .. }),
        (Situation::EnterCodeB { .. }, to) => !matches!(to, Situation::OpeningCardFace),
        (Situation::Checking { stage: CheckStage::Challenge }, to) => !matches!(to, Situation::Checking { .. }),
        _ => false,
    }
}

impl Step {
    pub(super) fn settings(&self) -> &Settings {
        &self.state.kiosk.settings
    }

    pub(super) fn situation(&self) -> &Situation {
        &self.state.situation
    }

    fn phase(&self) -> Phase {
        match self.state.situation {
            Situation::Idle
            | Situation::OutOfOrder { .. }
            | Situation::PlaceCard
            | Situation::ReadingCard
            | Situation::AlreadyReceived { .. }
            | Situation::WrongCard { .. } => Phase::Arrival,
            Situation::ChooseMethod
            | Situation::EnterCodeB { .. }
            | Situation::OpeningCardFace
            | Situation::FaceCapture { .. }
            | Situation::FaceHelp { .. }
            | Situation::EnterPin { .. }
            | Situation::TypeOnReader { .. }
            | Situation::PinLastTry { .. }
            | Situation::AskWhoEnters
            | Situation::PinLocked { .. } => Phase::Identity,
            Situation::Checking { .. } | Situation::ConfirmName | Situation::Renewal => Phase::Check,
            Situation::RegistrationStatus { .. }
            | Situation::RegisterOffer
            | Situation::RegisterTerms { .. }
            | Situation::Registering
            | Situation::Registered
            | Situation::RegisterRefused { .. } => Phase::Registration,
            Situation::Consenting
            | Situation::ConsentOneByOne { .. }
            | Situation::ConsentSummary
            | Situation::Delivering { .. } => Phase::Consent,
            Situation::ConsentLimit | Situation::ChoosePrescription | Situation::ChooseSubsidy => Phase::Choices,
            Situation::StillThere { .. } | Situation::CardAway { .. } => Phase::Pause,
            Situation::EnterStaffCode { .. }
            | Situation::VisualCheck { .. }
            | Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::CallStaff { .. } => Phase::Fallback,
            Situation::Stopped { .. } | Situation::Done | Situation::CardLeft { .. } | Situation::CleaningUp => {
                Phase::Farewell
            }
        }
    }

    /// Orders `action`; the runtime answers by `deadline_ms` at the latest.
    pub(super) fn perform(&mut self, action: Action, deadline_ms: u64) {
        self.state.kiosk.effects += 1;
        let id = EffectId(self.state.kiosk.effects);
        let reception = self.state.reception.as_ref().map_or(ReceptionId(0), |r| r.id);
        self.state.pending.insert(id, Pending { action: action.clone(), cancelled: false });
        self.effects.push(Effect::Perform { id, reception, action, deadline_ms });
    }

    /// Starts a one-shot timer that belongs to the present situation.
    pub(super) fn wait(&mut self, timer: Timer, ms: u64) {
        self.perform(Action::Wait(timer, ms), ms.saturating_add(self.settings().timing.device));
    }

    /// Ends every effect that the present situation still waits for.
    fn cancel_pending(&mut self, only: impl Fn(&Action) -> bool) {
        for (id, pending) in &mut self.state.pending {
            if !pending.cancelled && only(&pending.action) {
                pending.cancelled = true;
                self.effects.push(Effect::Cancel(*id));
            }
        }
    }

    /// Leaves the present situation, with all it waits for, and enters the next.
    pub(super) fn enter(&mut self, situation: Situation) {
        let forget = leaves_digits_behind(&self.state.situation, &situation);
        self.cancel_pending(|action| !action.outlives_situation());
        self.state.situation = situation;
        if forget {
            self.perform(Action::ForgetDigits, self.settings().timing.device);
        }
    }

    /// Enters a situation in which the patient has to do something. Every one of them asks after the idle time whether
    /// the patient is still there, and waits for a card that is gone.
    pub(super) fn enter_and_wait(&mut self, situation: Situation) {
        let known_card = self.reception().is_some_and(|r| r.card.is_some());
        if known_card && !self.state.kiosk.card_present && !situation.goes_on_without_card() {
            return pause::card_away(self, situation);
        }
        self.enter(situation);
        self.wait(Timer::Idle, self.patience(self.settings().timing.idle));
    }

    /// Whether the patient came to ask about the registration of the card only.
    pub(super) fn is_inquiry(&self) -> bool {
        self.reception().is_some_and(|r| r.purpose == Purpose::Inquiry)
    }

    /// Changes what the present situation shows; what it waits for goes on.
    pub(super) fn show(&mut self, situation: Situation) {
        self.state.situation = situation;
    }

    /// Changes what the present situation shows and gives the patient the full idle time again.
    pub(super) fn refresh(&mut self, situation: Situation) {
        self.cancel_pending(|action| matches!(action, Action::Wait(Timer::Idle, _)));
        self.state.situation = situation;
        self.wait(Timer::Idle, self.patience(self.settings().timing.idle));
    }

    /// What was remembered of yesterday is forgotten.
    fn new_day(&mut self) {
        let today = self.at.civil().date();
        if self.state.kiosk.day != Some(today) {
            self.state.kiosk.day = Some(today);
            self.state.kiosk.received.clear();
        }
    }

    /// Begins a visit.
    pub(super) fn begin(&mut self) {
        self.state.kiosk.receptions += 1;
        self.state.reception = Some(Reception::new(ReceptionId(self.state.kiosk.receptions)));
    }

    /// The running visit; a situation that needs one has one.
    pub(super) fn reception(&self) -> Option<&Reception> {
        self.state.reception.as_ref()
    }

    /// The running visit, to note something.
    pub(super) fn note(&mut self, note: impl FnOnce(&mut Reception)) {
        if let Some(reception) = self.state.reception.as_mut() {
            note(reception);
        }
    }

    /// Leads the patient on after a failure that the present situation cannot mend.
    pub(super) fn fail(&mut self, failure: Failure) {
        match failure.route() {
            Route::Staff => fallback::call_staff(self, StaffReason::Failure(failure)),
            Route::Fallback => fallback::lead(self, failure),
            Route::Retry | Route::OtherMethod | Route::OutOfOrder => farewell::stop(self, failure),
        }
    }

    fn ended(&mut self, id: EffectId, answer: Answer) {
        let Some(pending) = self.state.pending.remove(&id) else { return };
        if pending.cancelled {
            return;
        }
        match (&pending.action, answer) {
            (action, _) if action.outlives_situation() => {}
            (Action::Wait(timer, _), _) => self.time_up(*timer),
            (action, Answer::Cancelled) => self.answered(action, Answer::TimedOut),
            (action, answer) => self.answered(action, answer),
        }
    }

    fn answered(&mut self, action: &Action, answer: Answer) {
        match self.phase() {
            Phase::Arrival => arrival::answered(self, answer),
            Phase::Identity => identity::answered(self, action, answer),
            Phase::Check => check::answered(self, answer),
            Phase::Consent => consent::answered(self, action, answer),
            Phase::Registration => registration::answered(self, answer),
            Phase::Pause => pause::answered(self, answer),
            Phase::Farewell => farewell::answered(self, action),
            Phase::Fallback => staff::answered(self, answer),
            Phase::Choices => {}
        }
    }

    fn time_up(&mut self, timer: Timer) {
        match timer {
            Timer::Idle => pause::nobody_touches(self),
            Timer::Count => pause::counted(self),
            Timer::Slow => check::slow(self),
            Timer::Notice | Timer::CardLeft if self.phase() == Phase::Fallback => farewell::clean_up(self),
            Timer::Notice | Timer::CardLeft => farewell::time_up(self, timer),
        }
    }

    fn patient(&mut self, input: PatientInput) {
        match input {
            PatientInput::CallStaff => fallback::asked(self),
            input => match self.phase() {
                Phase::Arrival => arrival::touched(self, input),
                Phase::Identity => identity::touched(self, input),
                Phase::Check => check::touched(self, input),
                Phase::Consent => consent::touched(self, input),
                Phase::Choices => choices::touched(self, input),
                Phase::Registration => registration::touched(self, input),
                Phase::Pause => pause::touched(self, input),
                Phase::Fallback => fallback::touched(self, input),
                Phase::Farewell => farewell::touched(self, input),
            },
        }
    }

    /// やめる: with a card on the reader its owner is told to take it.
    pub(super) fn cancelled(&mut self) {
        if self.state.kiosk.card_present {
            farewell::stop(self, Failure::Cancelled);
        } else {
            farewell::clean_up(self);
        }
    }

    fn card_placed(&mut self) {
        if matches!(self.state.kiosk.reader, ReaderState::Lost(_)) {
            return;
        }
        self.state.kiosk.card_present = true;
        self.state.kiosk.card_fresh = true;
        match self.state.situation.place() {
            _ if matches!(self.state.situation, Situation::CardAway { .. }) => pause::card_back(self),
            Situation::Idle => {
                self.begin();
                arrival::read_card(self);
            }
            Situation::PlaceCard => arrival::read_card(self),
            Situation::Stopped { .. }
            | Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::RegisterRefused { .. } => farewell::clean_up(self),
            _ => {}
        }
    }

    /// The card is gone: handled here for every situation.
    fn card_gone(&mut self) {
        self.state.kiosk.card_present = false;
        self.state.kiosk.card_fresh = false;
        let place = self.state.situation.place().clone();
        match place {
            _ if matches!(self.state.situation, Situation::CardAway { .. }) => pause::card_gone_again(self),
            Situation::CardLeft { .. } => self.enter(Situation::Idle),
            Situation::WrongCard { .. } | Situation::ReadingCard => self.enter_and_wait(Situation::PlaceCard),
            Situation::Done
            | Situation::AlreadyReceived { .. }
            | Situation::RegistrationStatus { .. }
            | Situation::EnterStaffCode { .. }
            | Situation::CallStaff { .. } => farewell::clean_up(self),
            Situation::Registered if self.is_inquiry() => farewell::clean_up(self),
            place if place.goes_on_without_card() => {}
            place => pause::card_away(self, place),
        }
    }

    /// The reader is gone: handled here for every situation.
    fn reader_lost(&mut self, failure: Failure) {
        self.state.kiosk.reader = ReaderState::Lost(failure);
        self.state.kiosk.card_present = false;
        self.state.kiosk.card_fresh = false;
        match self.state.situation.place() {
            Situation::Idle | Situation::OutOfOrder { .. } | Situation::CardLeft { .. } => {
                self.enter(Situation::OutOfOrder { failure });
            }
            Situation::PlaceCard => farewell::stop(self, failure),
            Situation::Done => farewell::clean_up(self),
            place if place.goes_on_without_card() && !matches!(self.state.situation, Situation::CardAway { .. }) => {}
            _ => farewell::stop(self, failure),
        }
    }

    fn reader_ready(&mut self) {
        self.state.kiosk.reader = ReaderState::Ready;
        if matches!(self.state.situation, Situation::OutOfOrder { .. }) {
            self.enter(Situation::Idle);
        }
    }

    /// Where the kiosk stands when no visit is running.
    pub(super) fn rest(&mut self) {
        self.state.reception = None;
        match self.state.kiosk.reader {
            ReaderState::Lost(failure) => self.enter(Situation::OutOfOrder { failure }),
            ReaderState::Ready if self.state.kiosk.card_present && self.state.kiosk.card_fresh => {
                self.begin();
                arrival::read_card(self);
            }
            ReaderState::Ready if self.state.kiosk.card_present => farewell::card_left(self, 0),
            ReaderState::Ready => self.enter(Situation::Idle),
        }
    }
}
