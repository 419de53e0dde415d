//! Staff at the kiosk's screen: their code, and the comparison by eye that it opens.

use crate::domain::failure::Failure;
use crate::domain::staff::{self, CodeEntry};

use super::turn::Turn;
use super::{Action, Answer, Help, PatientInput, Situation, StaffReason, Timer};
use super::{check, fallback, farewell, identity, orders, panel, pause};

/// What is touched at the kiosk while staff are called or compare.
pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (turn.at.clone(), input) {
        (Situation::EnterStaffCode { reason: Some(reason), .. }, PatientInput::Back) => {
            fallback::await_staff(turn, reason);
        }
        (Situation::EnterStaffCode { reason: None, .. }, PatientInput::Back) => orders::patient_goes_on(turn),
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

/// Staff stand at the kiosk, called or not: what is on the screen is covered, and their code is asked for.
pub(super) fn come(turn: &mut Turn) {
    if !turn.settings().staff_codes || turn.at.is_opened_to_staff() || fallback::goes_on_by_itself(turn) {
        return;
    }
    match turn.at {
        Situation::EnterStaffCode { .. } => {}
        Situation::CallStaff { reason } => enter_code(turn, Some(reason)),
        _ => {
            let place = pause::place_to_return_to(turn);
            enter_code(turn, None);
            turn.reception.left_at = place;
        }
    }
}

/// The same where nobody is being received: there is no place to go back to.
pub(super) fn come_to_rest(turn: &mut Turn) {
    enter_code(turn, None);
}

fn enter_code(turn: &mut Turn, reason: Option<StaffReason>) {
    let open = turn.scene.kiosk.code_tries.open(turn.scene.moment.steady);
    code(turn, reason, if open { CodeEntry::Open } else { CodeEntry::Closed });
}

fn code(turn: &mut Turn, reason: Option<StaffReason>, entry: CodeEntry) {
    turn.enter(Situation::EnterStaffCode { reason, typed: 0, entry });
    turn.wait(Timer::Notice, turn.patience(turn.settings().timing.fallback));
}

pub(super) fn answered(turn: &mut Turn, answer: Answer) {
    let Situation::EnterStaffCode { reason, entry: CodeEntry::Checking, .. } = turn.at else { return };
    let now = turn.scene.moment.steady;
    match answer {
        Answer::StaffCode(true) => {
            turn.scene.kiosk.code_tries.right();
            panel::open(turn, reason, None);
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
pub(super) fn compare(turn: &mut Turn) {
    turn.enter(Situation::VisualCheck);
    // Not longer for a patient who takes their time: they must not find the button of staff who went away.
    turn.wait(Timer::Notice, turn.settings().timing.by_eye);
}

/// Staff at the kiosk did not say in time what they see, or a pause came between: they say again who they are.
pub(super) fn look_again(turn: &mut Turn) {
    let called = turn.reception.help != Help::None;
    enter_code(turn, called.then_some(StaffReason::Asked));
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
