//! Everything staff do: at a panel of their own, or at the kiosk's screen once their code is right.

use crate::domain::failure::Failure;
use crate::domain::staff::{self, CodeEntry};

use super::step::Step;
use super::{Action, Answer, PatientInput, Reception, Situation, StaffInput, StaffReason, Timer};
use super::{check, fallback, farewell, identity};

/// What is touched at the kiosk while staff are called or compare.
pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation().clone(), input) {
        (Situation::CallStaff { reason }, PatientInput::StaffHere) if step.state.staff_may_enter() => {
            enter_code(step, reason);
        }
        (Situation::EnterStaffCode { reason, .. }, PatientInput::Back) => fallback::await_staff(step, reason),
        (Situation::EnterStaffCode { .. }, PatientInput::Cancel) => farewell::clean_up(step),
        (Situation::EnterStaffCode { reason, typed, entry }, input) if entry.takes_digits() => {
            if input == PatientInput::Confirm && typed == staff::LENGTH {
                step.show(Situation::EnterStaffCode { reason, typed, entry: CodeEntry::Checking });
                step.perform(Action::CompareStaffCode, step.settings().timing.device);
            } else if let Some(typed) = identity::digits(typed, staff::LENGTH, input) {
                let entry = if typed == 0 { entry } else { CodeEntry::Open };
                step.show(Situation::EnterStaffCode { reason, typed, entry });
            }
        }
        (Situation::VisualCheck { here: true }, PatientInput::Yes) => approve(step),
        (Situation::VisualCheck { here: true }, PatientInput::No) => refuse(step),
        (Situation::VisualCheck { .. }, PatientInput::Cancel) => step.cancelled(),
        _ => {}
    }
}

fn enter_code(step: &mut Step, reason: StaffReason) {
    let open = step.state.kiosk.code_tries.open(step.at.mono_ms);
    code(step, reason, if open { CodeEntry::Open } else { CodeEntry::Closed });
}

fn code(step: &mut Step, reason: StaffReason, entry: CodeEntry) {
    step.enter(Situation::EnterStaffCode { reason, typed: 0, entry });
    step.wait(Timer::Notice, step.patience(step.settings().timing.fallback));
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    let Situation::EnterStaffCode { reason, entry: CodeEntry::Checking, .. } = *step.situation() else { return };
    let now = step.at.mono_ms;
    match answer {
        Answer::StaffCode(true) => {
            step.state.kiosk.code_tries.right();
            if step.state.visual_possible() { compare(step, true) } else { fallback::await_staff(step, reason) }
        }
        Answer::StaffCode(false) => {
            step.state.kiosk.code_tries.wrong(now);
            let open = step.state.kiosk.code_tries.open(now);
            code(step, reason, if open { CodeEntry::Wrong } else { CodeEntry::Closed });
        }
        _ => code(step, reason, CodeEntry::Closed),
    }
}

/// Staff compare patient and card; without a card that can prove itself there is nothing to compare for.
fn compare(step: &mut Step, here: bool) {
    if !step.state.visual_possible() {
        return;
    }
    step.enter(Situation::VisualCheck { here });
    step.wait(Timer::Notice, step.patience(step.settings().timing.fallback));
}

fn approve(step: &mut Step) {
    if step.state.visual_possible() {
        step.note(|r| r.seen_by_staff = true);
        prove(step);
    }
}

/// The eye says who it is, the opened card face that the card is here; it may have to be opened first.
pub(super) fn prove(step: &mut Step) {
    if step.reception().is_some_and(|r| r.card_face.is_some()) {
        check::start(step);
    } else if step.reception().is_some_and(Reception::card_face_can_open) {
        identity::find_code_b(step);
    } else {
        fallback::lead(step, Failure::CodeBBlocked);
    }
}

fn refuse(step: &mut Step) {
    fallback::lead(step, Failure::FaceNotConfirmed);
}

/// Staff have authenticated and act.
pub(super) fn acts(step: &mut Step, input: StaffInput) {
    // A card that is off the reader, or not known to be the same yet, proves nothing.
    let at = match step.situation() {
        away @ Situation::CardAway { .. } => away,
        situation => situation.place(),
    };
    match (at, input) {
        (
            Situation::CallStaff { .. }
            | Situation::EnterStaffCode { .. }
            | Situation::ChooseMethod
            | Situation::FaceHelp { .. }
            | Situation::PinLocked { .. },
            StaffInput::StartVisualCheck,
        ) => compare(step, false),
        (Situation::VisualCheck { .. }, StaffInput::Approve) => approve(step),
        (Situation::VisualCheck { .. }, StaffInput::Refuse) => refuse(step),
        (
            Situation::CallStaff { .. }
            | Situation::EnterStaffCode { .. }
            | Situation::VisualCheck { .. }
            | Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::CardAway { .. }
            | Situation::Stopped { .. }
            | Situation::RegisterRefused { .. },
            StaffInput::Dismiss,
        ) => farewell::clean_up(step),
        _ => {}
    }
}
