//! Staff at the kiosk's screen: their code, and the comparison by eye that it opens.

use crate::domain::failure::Failure;
use crate::domain::staff::{self, CodeEntry};

use super::turn::Turn;
use super::{Action, Answer, PatientInput, Situation, StaffReason, Timer};
use super::{check, fallback, farewell, identity, orders};

/// What is touched at the kiosk while staff are called or compare.
pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (turn.at.clone(), input) {
        (Situation::CallStaff { reason }, PatientInput::StaffHere)
            if turn.scene.kiosk.staff_may_enter(&turn.reception) =>
        {
            enter_code(turn, reason);
        }
        (Situation::EnterStaffCode { reason, .. }, PatientInput::Back) => fallback::await_staff(turn, reason),
        (Situation::EnterStaffCode { .. }, PatientInput::Cancel) => farewell::clean_up(turn),
        (Situation::EnterStaffCode { reason, typed, entry }, input) if entry.takes_digits() => {
            if input == PatientInput::Confirm && typed == staff::LENGTH {
                turn.show(Situation::EnterStaffCode { reason, typed, entry: CodeEntry::Checking });
                turn.perform(Action::CompareStaffCode, turn.settings().timing.device);
            } else if let Some(typed) = identity::digits(typed, staff::LENGTH, input) {
                let entry = if typed == 0 { entry } else { CodeEntry::Open };
                turn.show(Situation::EnterStaffCode { reason, typed, entry });
            }
        }
        (Situation::VisualCheck, PatientInput::Yes) => drop(orders::seen(turn)),
        (Situation::VisualCheck, PatientInput::No) => drop(orders::not_the_same(turn)),
        (Situation::VisualCheck, PatientInput::Cancel) => turn.cancelled(),
        _ => {}
    }
}

fn enter_code(turn: &mut Turn, reason: StaffReason) {
    let open = turn.scene.kiosk.code_tries.open(turn.scene.moment.steady);
    code(turn, reason, if open { CodeEntry::Open } else { CodeEntry::Closed });
}

fn code(turn: &mut Turn, reason: StaffReason, entry: CodeEntry) {
    turn.enter(Situation::EnterStaffCode { reason, typed: 0, entry });
    turn.wait(Timer::Notice, turn.patience(turn.settings().timing.fallback));
}

pub(super) fn answered(turn: &mut Turn, answer: Answer) {
    let Situation::EnterStaffCode { reason, entry: CodeEntry::Checking, .. } = turn.at else { return };
    let now = turn.scene.moment.steady;
    match answer {
        Answer::StaffCode(true) => {
            turn.scene.kiosk.code_tries.right();
            if turn.visual_possible() { compare(turn) } else { fallback::await_staff(turn, reason) }
        }
        Answer::StaffCode(false) => {
            turn.scene.kiosk.code_tries.wrong(now);
            let open = turn.scene.kiosk.code_tries.open(now);
            code(turn, reason, if open { CodeEntry::Wrong } else { CodeEntry::Closed });
        }
        _ => code(turn, reason, CodeEntry::Closed),
    }
}

/// Staff at the kiosk compare patient and card.
fn compare(turn: &mut Turn) {
    turn.enter(Situation::VisualCheck);
    // Not longer for a patient who takes their time: they must not find the button of staff who went away.
    turn.wait(Timer::Notice, turn.settings().timing.by_eye);
}

/// Staff at the kiosk did not say in time what they see, or a pause came between: they say again who they are.
pub(super) fn look_again(turn: &mut Turn) {
    enter_code(turn, StaffReason::Asked);
}

/// The eye says who it is, the opened card face that the card is here; it may have to be opened first.
pub(super) fn prove(turn: &mut Turn) {
    if turn.reception.card_face.is_some() {
        check::start(turn);
    } else if turn.reception.card_face_can_open() {
        identity::find_code_b(turn);
    } else {
        fallback::lead(turn, Failure::CodeBBlocked);
    }
}
