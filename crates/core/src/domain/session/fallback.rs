//! Fallback: what to do when the check is impossible, step by step, and the call for staff.

use crate::domain::card::Tries;
use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, FallbackQuestion, FallbackWay, PatientInput, Situation, StaffNote, StaffReason, Timer};
use super::{farewell, staff};

/// F0: leads to the official ways that need no online check.
pub(super) fn lead(step: &mut Step, failure: Failure) {
    if step.is_inquiry() {
        // Nobody waits to be received: the reason is enough.
        return farewell::stop(step, failure);
    }
    farewell::note_end(step, failure);
    step.enter_and_wait(Situation::Fallback { failure });
    step.perform(Action::TellStaff(StaffNote::Come(StaffReason::Failure(failure))), step.settings().timing.device);
}

/// Z1: staff are called and the patient is told so.
pub(super) fn call_staff(step: &mut Step, reason: StaffReason) {
    if let StaffReason::Failure(failure) = reason {
        farewell::note_end(step, failure);
    }
    await_staff(step, reason);
    step.perform(Action::TellStaff(StaffNote::Come(reason)), step.settings().timing.device);
}

/// The same once they have been told.
pub(super) fn await_staff(step: &mut Step, reason: StaffReason) {
    step.enter(Situation::CallStaff { reason });
    step.wait(Timer::Notice, step.patience(step.settings().timing.fallback));
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
        | Situation::EnterStaffCode { .. }
        | Situation::VisualCheck { .. } => {
            let note = StaffNote::Come(StaffReason::Asked);
            step.perform(Action::TellStaff(note), step.settings().timing.device);
        }
        _ => call_staff(step, StaffReason::Asked),
    }
}

/// The first question for this failure; none where only staff can help.
pub(super) fn first_question(step: &Step, failure: Failure) -> Option<FallbackQuestion> {
    match failure {
        Failure::NotConfirmed => None,
        // The card is no insurance card, so nothing that goes with one helps.
        Failure::NotRegistered | Failure::RegistrationNotYet | Failure::NoCertificate => {
            Some(FallbackQuestion::Certificate)
        }
        // A card without PIN opens no マイナポータル.
        _ if step.reception().and_then(|r| r.card.as_ref()).is_some_and(|card| card.pin == Tries::Absent) => {
            Some(FallbackQuestion::Notice)
        }
        _ => Some(FallbackQuestion::Phone),
    }
}

/// What follows an answer: the way to go, or the next question.
enum Next {
    Show(FallbackWay),
    Ask(FallbackQuestion),
}

fn next(question: FallbackQuestion, yes: bool) -> Next {
    match (question, yes) {
        (FallbackQuestion::Certificate, true) => Next::Show(FallbackWay::Certificate),
        (FallbackQuestion::Certificate, false) => Next::Show(FallbackWay::Staff),
        (FallbackQuestion::Phone, true) => Next::Show(FallbackWay::Portal),
        (FallbackQuestion::Phone, false) => Next::Ask(FallbackQuestion::Notice),
        (FallbackQuestion::Notice, true) => Next::Show(FallbackWay::Notice),
        (FallbackQuestion::Notice, false) => Next::Ask(FallbackQuestion::BeenHere),
        (FallbackQuestion::BeenHere, true) => Next::Show(FallbackWay::Spoken),
        (FallbackQuestion::BeenHere, false) => Next::Show(FallbackWay::Form),
    }
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation().clone(), input) {
        (Situation::Fallback { failure }, PatientInput::Continue) => match first_question(step, failure) {
            Some(question) => step.enter_and_wait(Situation::FallbackAsk { failure, question }),
            None => farewell::clean_up(step),
        },
        (Situation::FallbackAsk { failure, question }, PatientInput::Yes | PatientInput::No) => {
            match next(question, input == PatientInput::Yes) {
                Next::Show(way) => step.enter_and_wait(Situation::FallbackShow { failure, way }),
                Next::Ask(question) => step.enter_and_wait(Situation::FallbackAsk { failure, question }),
            }
        }
        (Situation::FallbackAsk { failure, .. } | Situation::FallbackShow { failure, .. }, PatientInput::Back) => {
            step.enter_and_wait(Situation::Fallback { failure });
        }
        (Situation::FallbackShow { .. } | Situation::CallStaff { .. }, PatientInput::Continue)
        | (
            Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::CallStaff { .. },
            PatientInput::Cancel,
        ) => farewell::clean_up(step),
        (_, input) => staff::touched(step, input),
    }
}
