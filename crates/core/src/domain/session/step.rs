//! One step: dispatch of an event, and the rules that hold in every situation of a visit.

use crate::domain::failure::Failure;
use crate::domain::ids::EffectId;

use super::situation::Phase;
use super::turn::{Scene, Turn};
use super::{Action, Answer, Effect, Event, Happening, Now, PatientInput, Pause, ReaderState, Situation, State, Timer};
use super::{
    arrival, check, choices, consent, fallback, farewell, identity, orders, panel, pause, registration, rest,
    show_card, staff,
};

/// The only transition table: what the kiosk does next when `event` happens in `state`.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let State { now, kiosk, pending } = state.clone();
    let mut scene = Scene { kiosk, moment: event.at, pending, effects: Vec::new() };
    scene.new_day();
    let now = match now {
        Now::Rest(rest) => rest::happens(&mut scene, rest, event.what),
        Now::Visit(visit) => {
            let mut turn = Turn::of(&mut scene, *visit);
            turn.happens(event.what);
            turn.ends()
        }
    };
    let Scene { kiosk, pending, effects, .. } = scene;
    (State { now, kiosk, pending }, effects)
}

impl Turn<'_> {
    fn happens(&mut self, what: Happening) {
        match what {
            Happening::Ended(id, answer) => self.ended(id, answer),
            Happening::CardPlaced => self.card_placed(),
            Happening::CardGone => self.card_gone(),
            Happening::ReaderReady => self.scene.kiosk.reader = ReaderState::Ready,
            Happening::ReaderLost(failure) => self.reader_lost(failure),
            Happening::FaceHint(hint) => identity::hint(self, hint),
            Happening::FaceProgress(percent) => identity::progress(self, percent),
            Happening::PrintHint(hint) => show_card::hint(self, hint),
            Happening::Patient(input) => self.patient(input),
            Happening::Staff(order) => orders::ordered(self, &order),
            Happening::Panel(touch) => panel::touched(self, touch),
        }
    }

    fn phase(&self) -> Phase {
        if self.pause.is_some() { Phase::Pause } else { self.at.phase() }
    }

    fn ended(&mut self, id: EffectId, answer: Answer) {
        match (self.scene.ended(id), answer) {
            (None, _) => {}
            (Some(Action::Wait(timer, _)), _) => self.time_up(timer),
            (Some(action), Answer::Cancelled) => self.answered(&action, Answer::TimedOut),
            (Some(action), answer) => self.answered(&action, answer),
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
            Timer::Notice if self.at == Situation::VisualCheck => staff::look_again(self),
            Timer::Notice if matches!(self.at, Situation::StaffPanel { .. }) => panel::close(self),
            // A notice has stood long enough.
            Timer::Notice | Timer::CardLeft => farewell::clean_up(self),
        }
    }

    fn patient(&mut self, input: PatientInput) {
        match input {
            PatientInput::CallStaff => fallback::asked(self),
            PatientInput::StaffHere => staff::come(self),
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

    fn card_placed(&mut self) {
        if !self.scene.card_placed() {
            return;
        }
        match (self.pause, &self.at) {
            (Some(Pause::CardAway { seconds, .. }), _) => pause::card_back(self, seconds),
            (_, Situation::PlaceCard) => arrival::read_card(self),
            (
                _,
                Situation::Stopped { .. }
                | Situation::Fallback { .. }
                | Situation::FallbackAsk { .. }
                | Situation::FallbackShow { .. }
                | Situation::RegisterRefused { .. },
            ) => farewell::clean_up(self),
            _ => {}
        }
    }

    /// The card is gone: handled here for every situation.
    fn card_gone(&mut self) {
        self.scene.card_gone();
        if let Some(Pause::CardAway { .. }) = self.pause {
            return pause::card_gone_again(self);
        }
        match &self.at {
            Situation::WrongCard { .. } | Situation::ReadingCard => self.enter_and_wait(Situation::PlaceCard),
            Situation::Done
            | Situation::AlreadyReceived { .. }
            | Situation::RegistrationStatus { .. }
            | Situation::EnterStaffCode { .. }
            | Situation::CallStaff { .. } => farewell::clean_up(self),
            Situation::Registered if self.is_inquiry() => farewell::clean_up(self),
            Situation::ShowCard { .. } => show_card::lifted(self),
            situation if situation.goes_on_without_card() => {}
            situation => pause::card_away(self, situation.clone()),
        }
    }

    /// The reader is gone: handled here for every situation.
    fn reader_lost(&mut self, failure: Failure) {
        self.scene.reader_lost(failure);
        let away = matches!(self.pause, Some(Pause::CardAway { .. }));
        match &self.at {
            Situation::Done => farewell::clean_up(self),
            situation if situation.goes_on_without_card() && !away && *situation != Situation::PlaceCard => {}
            _ => farewell::stop(self, failure),
        }
    }
}
