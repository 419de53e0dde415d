//! Farewell: the one tail through which every reception ends.

use crate::domain::failure::Failure;
use crate::domain::staff_news::StaffNews;

use super::turn::Turn;
use super::{Action, PatientInput, Situation, Timer};

/// D1: all is done; the patient takes the card.
pub(super) fn done(turn: &mut Turn) {
    turn.enter(Situation::Done);
    turn.wait(Timer::Notice, turn.patience(turn.settings().timing.done));
}

/// The reception ends early and says why.
pub(super) fn stop(turn: &mut Turn, failure: Failure) {
    note_end(turn, failure);
    turn.enter(Situation::Stopped { failure });
    turn.wait(Timer::Notice, turn.patience(turn.settings().timing.notice));
}

/// The visit will have no file: staff hear why and where it stood, and what was asked of the insurer is settled.
pub(super) fn note_end(turn: &mut Turn, failure: Failure) {
    let at = turn.at.name();
    if turn.reception.card.is_some() {
        turn.perform(Action::TellStaff(StaffNews::VisitEnded { failure, at }), turn.settings().timing.device);
    }
    settle_without_file(turn);
}

/// A check that was counted and whose file does not follow is never used again; staff hear of it once.
fn settle_without_file(turn: &mut Turn) {
    let Some(check) = turn.reception.check.take_if(|_| !turn.reception.settled) else { return };
    turn.reception.settled = true;
    let (check_id, device) = (check.check_id, turn.settings().timing.device);
    turn.perform(Action::TellStaff(StaffNews::CountedWithoutFile { check_id: check_id.clone() }), device);
    turn.perform(Action::Settle { check_id, delivered: false }, device);
}

/// The tail: everything is wiped and released, whatever ended the reception.
pub(super) fn clean_up(turn: &mut Turn) {
    settle_without_file(turn);
    turn.enter(Situation::CleaningUp);
    turn.perform(Action::CleanUp, turn.settings().timing.clean_up);
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (&turn.at, input) {
        (Situation::Done, PatientInput::Continue) => clean_up(turn),
        (Situation::Stopped { .. }, PatientInput::Continue | PatientInput::Cancel | PatientInput::Start) => {
            clean_up(turn);
        }
        _ => {}
    }
}

/// Acknowledged or overdue: either way the kiosk is free again (the runtime wipes before it asks the devices).
pub(super) fn answered(turn: &mut Turn, action: &Action) {
    if *action == Action::CleanUp && turn.at == Situation::CleaningUp {
        turn.over = true;
    }
}
