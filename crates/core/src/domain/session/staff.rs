//! Everything staff do: at a panel of their own, or at the kiosk's screen once their code is right.

use crate::domain::failure::Failure;
use crate::domain::staff::{self, CodeEntry};

use super::turn::Turn;
use super::{Action, Answer, PatientInput, Pause, Situation, StaffInput, StaffReason, Timer};
use super::{check, fallback, farewell, identity};

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
        (Situation::VisualCheck { here: true }, PatientInput::Yes) => approve(turn),
        (Situation::VisualCheck { here: true }, PatientInput::No) => refuse(turn),
        (Situation::VisualCheck { .. }, PatientInput::Cancel) => turn.cancelled(),
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
            if turn.visual_possible() { compare(turn, true) } else { fallback::await_staff(turn, reason) }
        }
        Answer::StaffCode(false) => {
            turn.scene.kiosk.code_tries.wrong(now);
            let open = turn.scene.kiosk.code_tries.open(now);
            code(turn, reason, if open { CodeEntry::Wrong } else { CodeEntry::Closed });
        }
        _ => code(turn, reason, CodeEntry::Closed),
    }
}

/// Staff compare patient and card; without a card that can prove itself there is nothing to compare for.
fn compare(turn: &mut Turn, here: bool) {
    if turn.visual_possible() {
        begin_visual_check(turn, here);
    }
}

fn begin_visual_check(turn: &mut Turn, here: bool) {
    turn.enter(Situation::VisualCheck { here });
    let timing = turn.settings().timing;
    // A patient who takes their time must not find the button of staff who went away.
    turn.wait(Timer::Notice, if here { timing.by_eye } else { turn.patience(timing.fallback) });
}

/// The comparison goes on after a pause; who is at the kiosk now is not known any more.
pub(super) fn compare_again(turn: &mut Turn, here: bool) {
    if here { look_again(turn) } else { begin_visual_check(turn, false) }
}

/// Staff at the kiosk did not say in time what they see: they say again who they are.
pub(super) fn look_again(turn: &mut Turn) {
    enter_code(turn, StaffReason::Asked);
}

fn approve(turn: &mut Turn) {
    if turn.visual_possible() {
        turn.reception.seen_by_staff = true;
        prove(turn);
    }
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

fn refuse(turn: &mut Turn) {
    fallback::lead(turn, Failure::FaceNotConfirmed);
}

/// Staff have authenticated and act.
pub(super) fn acts(turn: &mut Turn, input: StaffInput) {
    if let Some(Pause::CardAway { .. }) = turn.pause {
        // A card that is off the reader, or not known to be the same yet, proves nothing.
        if input == StaffInput::Dismiss {
            farewell::clean_up(turn);
        }
        return;
    }
    match (&turn.at, input) {
        (
            Situation::CallStaff { .. }
            | Situation::EnterStaffCode { .. }
            | Situation::ChooseMethod
            | Situation::FaceHelp { .. }
            | Situation::PinLocked { .. },
            StaffInput::StartVisualCheck,
        ) => compare(turn, false),
        (Situation::VisualCheck { .. }, StaffInput::Approve) => approve(turn),
        (Situation::VisualCheck { .. }, StaffInput::Refuse) => refuse(turn),
        (
            Situation::CallStaff { .. }
            | Situation::EnterStaffCode { .. }
            | Situation::VisualCheck { .. }
            | Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::Stopped { .. }
            | Situation::RegisterRefused { .. },
            StaffInput::Dismiss,
        ) => farewell::clean_up(turn),
        _ => {}
    }
}
