//! Farewell: the one tail through which every reception ends, and the card that must not be forgotten.

use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, PatientInput, Situation, StaffNote, StaffReason, Timer};

/// The alarm at which staff are told of a card left behind.
pub const STAFF_ALARM: u8 = 3;

/// D1: all is done; the patient takes the card.
pub(super) fn done(step: &mut Step) {
    step.enter(Situation::Done);
    step.wait(Timer::Notice, step.patience(step.settings().timing.done));
}

/// The reception ends early and says why.
pub(super) fn stop(step: &mut Step, failure: Failure) {
    note_end(step, failure);
    step.enter(Situation::Stopped { failure });
    step.wait(Timer::Notice, step.patience(step.settings().timing.notice));
}

/// The visit will have no file: staff hear why and where it stood, and what was asked of the insurer is settled.
pub(super) fn note_end(step: &mut Step, failure: Failure) {
    let at = step.situation().place().name();
    if step.reception().is_some_and(|r| r.card.is_some()) {
        step.perform(Action::TellStaff(StaffNote::Ended { failure, at }), step.settings().timing.device);
    }
    settle_without_file(step);
}

/// A check that was counted and whose file does not follow is never used again; staff hear of it once.
fn settle_without_file(step: &mut Step) {
    let Some(reception) = step.state.reception.as_mut().filter(|r| !r.settled) else { return };
    let Some(check) = reception.check.take() else { return };
    reception.settled = true;
    let (check_id, device) = (check.check_id, step.settings().timing.device);
    step.perform(Action::TellStaff(StaffNote::NoFile { check_id: check_id.clone() }), device);
    step.perform(Action::Settle { check_id, delivered: false }, device);
}

/// The tail: everything is wiped and released, whatever ended the reception.
pub(super) fn clean_up(step: &mut Step) {
    settle_without_file(step);
    step.enter(Situation::CleaningUp);
    step.perform(Action::CleanUp, step.settings().timing.clean_up);
}

/// The visit is over, its card still lies there; nothing of the visit is shown.
pub(super) fn card_left(step: &mut Step, alarms: u8) {
    step.enter(Situation::CardLeft { alarms });
    step.wait(Timer::CardLeft, step.settings().timing.card_alarm);
    if alarms == STAFF_ALARM {
        let note = StaffNote::Come(StaffReason::CardLeft);
        step.perform(Action::TellStaff(note), step.settings().timing.device);
    }
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
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
