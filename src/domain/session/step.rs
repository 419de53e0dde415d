//! One step: dispatch of an event, the rules that hold in every situation, and the way into a situation.

use crate::domain::failure::{Failure, Route};
use crate::domain::ids::{EffectId, Moment, ReceptionId};

use super::{
    Action, Answer, CheckStage, Effect, Event, Happening, PatientInput, Pending, ReaderState, Reception, Settings,
    Situation, StaffReason, State, Timer,
};
use super::{arrival, check, consent, fallback, farewell, identity, registration};

/// The only transition table: what the kiosk does next when `event` happens in `state`.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let mut step = Step { state: state.clone(), effects: Vec::new(), at: event.at };
    match event.what {
        Happening::Ended(id, answer) => step.ended(id, answer),
        Happening::CardPlaced => step.card_placed(),
        Happening::CardGone => step.card_gone(),
        Happening::ReaderReady => step.reader_ready(),
        Happening::ReaderLost(failure) => step.reader_lost(failure),
        Happening::FaceHint(hint) => identity::hint(&mut step, hint),
        Happening::FaceProgress(percent) => identity::progress(&mut step, percent),
        Happening::Patient(input) => step.patient(input),
        Happening::Staff(input) => fallback::staff(&mut step, input),
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
    Registration,
    Fallback,
    Farewell,
}

/// Whether typed digits lie in the vault that the next situation does not use.
fn leaves_digits_behind(from: &Situation, to: &Situation) -> bool {
    match from {
        Situation::EnterPin { .. } => !matches!(to, Situation::Checking { .. }),
        Situation::EnterCodeB { .. } => !matches!(to, Situation::OpeningCardFace),
        Situation::Checking { stage: CheckStage::Challenge } => !matches!(to, Situation::Checking { .. }),
        _ => false,
    }
}

impl Step {
    pub(super) fn settings(&self) -> Settings {
        self.state.kiosk.settings
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
            | Situation::WrongCard { .. } => Phase::Arrival,
            Situation::ChooseMethod
            | Situation::EnterCodeB { .. }
            | Situation::OpeningCardFace
            | Situation::FaceCapture { .. }
            | Situation::FaceHelp { .. }
            | Situation::EnterPin { .. }
            | Situation::PinLastTry { .. }
            | Situation::AskWhoEnters
            | Situation::PinLocked { .. } => Phase::Identity,
            Situation::Checking { .. } | Situation::Renewal => Phase::Check,
            Situation::RegisterOffer
            | Situation::RegisterTerms
            | Situation::Registering
            | Situation::Registered
            | Situation::RegisterRefused { .. } => Phase::Registration,
            Situation::Consenting | Situation::Delivering { .. } => Phase::Consent,
            Situation::VisualCheck | Situation::Fallback { .. } | Situation::CallStaff { .. } => Phase::Fallback,
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
        self.cancel_pending(|action| !matches!(action, Action::TellStaff(_) | Action::ForgetDigits));
        self.state.situation = situation;
        if forget {
            self.perform(Action::ForgetDigits, self.settings().timing.device);
        }
    }

    /// Enters a situation in which the patient has to do something before the idle time is over.
    pub(super) fn enter_and_wait(&mut self, situation: Situation) {
        self.enter(situation);
        self.wait(Timer::Idle, self.settings().timing.idle);
    }

    /// Changes what the present situation shows and gives the patient the full idle time again.
    pub(super) fn refresh(&mut self, situation: Situation) {
        self.cancel_pending(|action| matches!(action, Action::Wait(Timer::Idle, _)));
        self.state.situation = situation;
        self.wait(Timer::Idle, self.settings().timing.idle);
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
            (Action::TellStaff(_) | Action::ForgetDigits, _) => {}
            (Action::Wait(timer, _), _) => self.time_up(*timer),
            (action, Answer::Cancelled) => self.answered(action, Answer::TimedOut),
            (action, answer) => self.answered(action, answer),
        }
    }

    fn answered(&mut self, action: &Action, answer: Answer) {
        match self.phase() {
            Phase::Arrival => arrival::answered(self, answer),
            Phase::Identity => identity::answered(self, answer),
            Phase::Check => check::answered(self, answer),
            Phase::Consent => consent::answered(self, action, answer),
            Phase::Registration => registration::answered(self, answer),
            Phase::Farewell => farewell::answered(self, action),
            Phase::Fallback => {}
        }
    }

    fn time_up(&mut self, timer: Timer) {
        match self.phase() {
            Phase::Arrival | Phase::Identity => self.idle_too_long(),
            Phase::Check => check::time_up(self),
            Phase::Consent => consent::time_up(self),
            Phase::Registration => registration::time_up(self),
            Phase::Fallback => farewell::clean_up(self),
            Phase::Farewell => farewell::time_up(self, timer),
        }
    }

    /// Nobody touched anything: with a card on the reader its owner is told, else the kiosk just returns.
    pub(super) fn idle_too_long(&mut self) {
        if self.state.kiosk.card_present && !matches!(self.state.situation, Situation::WrongCard { .. }) {
            farewell::stop(self, Failure::TimedOut);
        } else {
            farewell::clean_up(self);
        }
    }

    fn patient(&mut self, input: PatientInput) {
        match input {
            PatientInput::CallStaff => fallback::asked(self),
            PatientInput::MoreTime => self.more_time(),
            input => match self.phase() {
                Phase::Arrival => arrival::touched(self, input),
                Phase::Identity => identity::touched(self, input),
                Phase::Check => check::touched(self, input),
                Phase::Consent => consent::touched(self, input),
                Phase::Registration => registration::touched(self, input),
                Phase::Fallback => fallback::touched(self, input),
                Phase::Farewell => farewell::touched(self, input),
            },
        }
    }

    /// Ten times the idle time for whoever asks, in the situation where they are.
    fn more_time(&mut self) {
        let is_idle_timer = |action: &Action| matches!(action, Action::Wait(Timer::Idle, _));
        let waiting = self.state.pending.values().any(|p| !p.cancelled && is_idle_timer(&p.action));
        if waiting {
            self.cancel_pending(is_idle_timer);
            self.wait(Timer::Idle, self.settings().timing.idle.saturating_mul(10));
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
        match self.state.situation {
            Situation::Idle => {
                self.begin();
                arrival::read_card(self);
            }
            Situation::PlaceCard => arrival::read_card(self),
            Situation::Stopped { .. } | Situation::Fallback { .. } | Situation::RegisterRefused { .. } => {
                farewell::clean_up(self);
            }
            _ => {}
        }
    }

    /// The card is gone: handled here for every situation.
    fn card_gone(&mut self) {
        self.state.kiosk.card_present = false;
        self.state.kiosk.card_fresh = false;
        match self.state.situation {
            Situation::CardLeft { .. } => self.enter(Situation::Idle),
            Situation::WrongCard { .. } => self.enter_and_wait(Situation::PlaceCard),
            Situation::Done | Situation::CallStaff { .. } => farewell::clean_up(self),
            _ if self.outlives_card() => {}
            _ => farewell::stop(self, Failure::CardGone),
        }
    }

    /// The reader is gone: handled here for every situation.
    fn reader_lost(&mut self, failure: Failure) {
        self.state.kiosk.reader = ReaderState::Lost(failure);
        self.state.kiosk.card_present = false;
        self.state.kiosk.card_fresh = false;
        match self.state.situation {
            Situation::Idle | Situation::OutOfOrder { .. } | Situation::CardLeft { .. } => {
                self.enter(Situation::OutOfOrder { failure });
            }
            Situation::PlaceCard => farewell::stop(self, failure),
            Situation::Done => farewell::clean_up(self),
            _ if self.outlives_card() => {}
            _ => farewell::stop(self, failure),
        }
    }

    /// Situations that need neither card nor reader any more.
    fn outlives_card(&self) -> bool {
        matches!(
            self.state.situation,
            Situation::Idle
                | Situation::OutOfOrder { .. }
                | Situation::PlaceCard
                | Situation::Delivering { .. }
                | Situation::RegisterRefused { .. }
                | Situation::Fallback { .. }
                | Situation::CallStaff { .. }
                | Situation::Stopped { .. }
                | Situation::CleaningUp
        )
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
