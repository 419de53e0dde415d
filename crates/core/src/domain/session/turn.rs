//! One event on its way through the table: what stays of the kiosk, the visit, and the way into a situation.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::failure::{Failure, Route};
use crate::domain::ids::{EffectId, Moment, ReceptionId};

use super::{
    Action, CheckStage, Effect, Kiosk, Now, Pause, Pending, Purpose, ReaderState, Reception, Settings, Situation,
    StaffReason, Timer, Visit,
};
use super::{fallback, farewell, pause, rest};

/// もっと時間がほしい: all times of this visit so many times as long.
const MORE: u32 = 10;

/// The kiosk while one event is dealt with, with the effects gathered so far.
pub(super) struct Scene {
    pub(super) kiosk: Kiosk,
    /// When the event happened.
    pub(super) moment: Moment,
    pub(super) pending: BTreeMap<EffectId, Pending>,
    pub(super) effects: Vec<Effect>,
}

impl Scene {
    /// Orders `action`; the runtime answers by `deadline` at the latest.
    pub(super) fn perform(&mut self, reception: ReceptionId, action: Action, deadline: Duration) {
        self.kiosk.effects += 1;
        let id = EffectId(self.kiosk.effects);
        self.pending.insert(id, Pending { action: action.clone(), cancelled: false });
        self.effects.push(Effect::Perform { id, reception, action, deadline });
    }

    /// Starts a one-shot timer that belongs to the present situation.
    pub(super) fn wait(&mut self, reception: ReceptionId, timer: Timer, time: Duration) {
        self.perform(reception, Action::Wait(timer, time), time.saturating_add(self.kiosk.settings.timing.device));
    }

    /// What has ended, if somebody still waits for it.
    pub(super) fn ended(&mut self, id: EffectId) -> Option<Action> {
        let pending = self.pending.remove(&id)?;
        (!pending.cancelled && !pending.action.outlives_situation()).then_some(pending.action)
    }

    /// Leaves the present situation with all it waits for.
    pub(super) fn leave(&mut self) {
        self.cancel(|action| !action.outlives_situation());
    }

    /// Ends every effect of that kind that the present situation still waits for.
    fn cancel(&mut self, only: impl Fn(&Action) -> bool) {
        for (id, pending) in &mut self.pending {
            if !pending.cancelled && only(&pending.action) {
                pending.cancelled = true;
                self.effects.push(Effect::Cancel(*id));
            }
        }
    }

    /// What was remembered of yesterday is forgotten.
    pub(super) fn new_day(&mut self) {
        let today = self.moment.civil().date();
        if self.kiosk.day != Some(today) {
            self.kiosk.day = Some(today);
            self.kiosk.received.clear();
        }
    }

    /// A card lies on the reader; false when the reader is gone, so that this cannot be.
    pub(super) fn card_placed(&mut self) -> bool {
        let ready = self.kiosk.reader == ReaderState::Ready;
        if ready {
            (self.kiosk.card_present, self.kiosk.card_fresh) = (true, true);
        }
        ready
    }

    /// No card lies there any more.
    pub(super) fn card_gone(&mut self) {
        (self.kiosk.card_present, self.kiosk.card_fresh) = (false, false);
    }

    /// The reader is gone, and the card with it.
    pub(super) fn reader_lost(&mut self, failure: Failure) {
        self.kiosk.reader = ReaderState::Lost(failure);
        self.card_gone();
    }
}

/// One event in a visit.
pub(super) struct Turn<'a> {
    pub(super) scene: &'a mut Scene,
    pub(super) reception: Reception,
    /// Where the visit stands, also in a pause.
    pub(super) at: Situation,
    pub(super) pause: Option<Pause>,
    /// The visit is over.
    pub(super) over: bool,
}

/// Whether typed digits lie in the vault that the next situation does not use.
fn leaves_digits_behind(from: &Situation, to: &Situation) -> bool {
    match (from, to) {
        // The card uses them next.
        (Situation::EnterPin { .. }, Situation::Checking { .. }) => false,
        (Situation::EnterCodeB { .. }, Situation::OpeningCardFace) => false,
        (Situation::Checking { stage: CheckStage::Challenge }, to) => !matches!(to, Situation::Checking { .. }),
        (from, to) if from.name() == to.name() => {
            let typed = |situation: &Situation| situation.keypad().map(|pad| pad.typed);
            typed(to) < typed(from)
        }
        (from, _) => from.keypad().is_some(),
    }
}

impl<'a> Turn<'a> {
    /// In a visit that begins.
    pub(super) fn first(scene: &'a mut Scene) -> Self {
        scene.kiosk.receptions += 1;
        let reception = Reception::new(ReceptionId(scene.kiosk.receptions));
        Self { scene, reception, at: Situation::PlaceCard, pause: None, over: false }
    }

    /// In a visit that is running.
    pub(super) fn of(scene: &'a mut Scene, visit: Visit) -> Self {
        let Visit { reception, at, pause } = visit;
        Self { scene, reception, at, pause, over: false }
    }

    /// Where the kiosk stands after the event.
    pub(super) fn ends(self) -> Now {
        let Self { scene, reception, at, pause, over } = self;
        if over { rest::after_visit(scene) } else { Now::Visit(Box::new(Visit { reception, at, pause })) }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.scene.kiosk.settings
    }

    /// Orders `action` for this visit; the runtime answers by `deadline` at the latest.
    pub(super) fn perform(&mut self, action: Action, deadline: Duration) {
        self.scene.perform(self.reception.id, action, deadline);
    }

    /// Starts a one-shot timer that belongs to the present situation.
    pub(super) fn wait(&mut self, timer: Timer, time: Duration) {
        self.scene.wait(self.reception.id, timer, time);
    }

    /// How long this patient is given where everybody is given `time`.
    pub(super) fn patience(&self, time: Duration) -> Duration {
        time.saturating_mul(if self.reception.unhurried { MORE } else { 1 })
    }

    /// Leaves the present situation, with all it waits for, and enters the next.
    pub(super) fn enter(&mut self, situation: Situation) {
        let forget = leaves_digits_behind(&self.at, &situation);
        if !situation.is_for_staff() {
            self.reception.left_at = None;
        }
        self.scene.leave();
        (self.at, self.pause) = (situation, None);
        if forget {
            self.perform(Action::ForgetDigits, self.settings().timing.device);
        }
    }

    /// Enters a situation in which the patient has to do something. Every one of them asks after the idle time whether
    /// the patient is still there, and waits for a card that is gone.
    pub(super) fn enter_and_wait(&mut self, situation: Situation) {
        let known_card = self.reception.card.is_some();
        if known_card && !self.scene.kiosk.card_present && !situation.goes_on_without_card() {
            return pause::card_away(self, situation);
        }
        self.enter(situation);
        self.wait(Timer::Idle, self.patience(self.settings().timing.idle));
    }

    /// The visit stays where it stands and waits for nothing but the end of the pause.
    pub(super) fn pause(&mut self, pause: Pause) {
        self.scene.leave();
        self.pause = Some(pause);
    }

    /// Whether the patient came to ask about the registration of the card only.
    pub(super) fn is_inquiry(&self) -> bool {
        self.reception.purpose == Purpose::Inquiry
    }

    /// Whether staff can compare the patient with the card by eye now.
    pub(super) fn visual_possible(&self) -> bool {
        self.scene.kiosk.visual_possible(&self.reception)
    }

    /// Changes what the present situation shows; what it waits for goes on.
    pub(super) fn show(&mut self, situation: Situation) {
        self.at = situation;
    }

    /// Changes what the present situation shows and gives the patient the full idle time again.
    pub(super) fn refresh(&mut self, situation: Situation) {
        self.scene.cancel(|action| matches!(action, Action::Wait(Timer::Idle, _)));
        self.at = situation;
        self.wait(Timer::Idle, self.patience(self.settings().timing.idle));
    }

    /// Leads the patient on after a failure that the present situation cannot mend.
    pub(super) fn fail(&mut self, failure: Failure) {
        match failure.route() {
            Route::Staff => fallback::call_staff(self, StaffReason::Failure(failure)),
            Route::Fallback => fallback::lead(self, failure),
            Route::Retry | Route::OtherMethod | Route::OutOfOrder => farewell::stop(self, failure),
        }
    }

    /// やめる: with a card on the reader its owner is told to take it.
    pub(super) fn cancelled(&mut self) {
        if self.scene.kiosk.card_present {
            farewell::stop(self, Failure::Cancelled);
        } else {
            farewell::clean_up(self);
        }
    }
}
