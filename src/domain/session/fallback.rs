//! Fallback: what to do when the check is impossible, and everything staff do.

use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, PatientInput, Situation, StaffInput, StaffReason, Timer};
use super::{check, farewell};

/// F0: leads to the official ways that need no online check.
pub(super) fn lead(step: &mut Step, failure: Failure) {
    step.enter(Situation::Fallback { failure });
    step.wait(Timer::Notice, step.settings().timing.fallback);
    step.perform(Action::TellStaff(StaffReason::Failure(failure)), step.settings().timing.device);
}

/// Z1: staff are called and the patient is told so.
pub(super) fn call_staff(step: &mut Step, reason: StaffReason) {
    step.enter(Situation::CallStaff { reason });
    step.wait(Timer::Notice, step.settings().timing.fallback);
    step.perform(Action::TellStaff(reason), step.settings().timing.device);
}

/// The patient pressed 職員を呼ぶ: possible at any moment, but what is being written is not broken off.
pub(super) fn asked(step: &mut Step) {
    match step.situation() {
        Situation::Idle => {
            step.begin();
            call_staff(step, StaffReason::Asked);
        }
        Situation::OutOfOrder { .. }
        | Situation::CardLeft { .. }
        | Situation::CleaningUp
        | Situation::Delivering { .. }
        | Situation::Registering
        | Situation::CallStaff { .. }
        | Situation::VisualCheck => {
            step.perform(Action::TellStaff(StaffReason::Asked), step.settings().timing.device);
        }
        _ => call_staff(step, StaffReason::Asked),
    }
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::Fallback { .. } | Situation::CallStaff { .. }, PatientInput::Continue | PatientInput::Cancel) => {
            farewell::clean_up(step);
        }
        (Situation::VisualCheck, PatientInput::Cancel) => step.cancelled(),
        _ => {}
    }
}

/// Staff have authenticated and act.
pub(super) fn staff(step: &mut Step, input: StaffInput) {
    let usable = step.state.kiosk.card_present
        && step
            .reception()
            .is_some_and(|r| r.check.is_none() && r.card.as_ref().is_some_and(|c| c.certificate_until.is_some()));
    match (step.situation(), input) {
        (
            Situation::CallStaff { .. }
            | Situation::ChooseMethod
            | Situation::FaceHelp { .. }
            | Situation::PinLocked { .. },
            StaffInput::StartVisualCheck,
        ) if usable => {
            step.enter(Situation::VisualCheck);
            step.wait(Timer::Notice, step.settings().timing.fallback);
        }
        (Situation::VisualCheck, StaffInput::Approve) => {
            step.note(|r| r.seen_by_staff = true);
            check::start(step);
        }
        (Situation::VisualCheck, StaffInput::Refuse) => lead(step, Failure::FaceNotConfirmed),
        (
            Situation::CallStaff { .. }
            | Situation::VisualCheck
            | Situation::Fallback { .. }
            | Situation::Stopped { .. }
            | Situation::RegisterRefused { .. },
            StaffInput::Dismiss,
        ) => farewell::clean_up(step),
        _ => {}
    }
}
