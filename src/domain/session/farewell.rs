//! Farewell: the one tail through which every reception ends, and the card that must not be forgotten.

use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, PatientInput, Situation, StaffReason, Timer};

/// The alarm at which staff are told of a card left behind.
const STAFF_ALARM: u8 = 3;

/// D1: all is done; the patient takes the card.
pub(super) fn done(step: &mut Step) {
    step.enter(Situation::Done);
    step.wait(Timer::Notice, step.settings().timing.done);
}

/// The reception ends early and says why.
pub(super) fn stop(step: &mut Step, failure: Failure) {
    step.enter(Situation::Stopped { failure });
    step.wait(Timer::Notice, step.settings().timing.notice);
    if step.reception().is_some_and(|r| r.check.is_some()) {
        // The insurer was asked and no file follows: staff must know.
        step.perform(Action::TellStaff(StaffReason::Failure(failure)), step.settings().timing.device);
    }
}

/// The tail: everything is wiped and released, whatever ended the reception.
pub(super) fn clean_up(step: &mut Step) {
    step.enter(Situation::CleaningUp);
    step.perform(Action::CleanUp, step.settings().timing.clean_up);
}

/// The visit is over, its card still lies there; nothing of the visit is shown.
pub(super) fn card_left(step: &mut Step, alarms: u8) {
    step.enter(Situation::CardLeft { alarms });
    step.wait(Timer::CardLeft, step.settings().timing.card_alarm);
    if alarms == STAFF_ALARM {
        step.perform(Action::TellStaff(StaffReason::CardLeft), step.settings().timing.device);
    }
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::Done, PatientInput::NotMyName) => {
            super::fallback::call_staff(step, StaffReason::Failure(Failure::WrongName));
        }
        (Situation::Done, PatientInput::Continue) => clean_up(step),
        (Situation::Stopped { .. }, PatientInput::Continue | PatientInput::Cancel | PatientInput::Start) => {
            clean_up(step);
        }
        _ => {}
    }
}

/// Acknowledged or overdue: either way the kiosk is free again (the runtime wipes before it asks the devices).
pub(super) fn answered(step: &mut Step, action: &Action) {
    if *action == Action::CleanUp && *step.situation() == Situation::CleaningUp {
        step.rest();
    }
}

pub(super) fn time_up(step: &mut Step, timer: Timer) {
    match (step.situation(), timer) {
        (Situation::CardLeft { alarms }, Timer::CardLeft) => {
            let next = alarms.saturating_add(1);
            card_left(step, next);
        }
        (Situation::Done | Situation::Stopped { .. }, _) => clean_up(step),
        _ => {}
    }
}
