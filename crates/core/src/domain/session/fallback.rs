//! Fallback: what to do when the check is impossible, step by step, and the call for staff.

use crate::domain::card::Tries;
use crate::domain::failure::Failure;
use crate::domain::staff_order::Refusal;

use super::turn::Turn;
use super::{Action, CheckStage, FallbackQuestion, FallbackWay, Help, PatientInput, Situation, StaffReason, Timer};
use super::{farewell, orders, pause, staff};

/// F0: leads to the official ways that need no online check.
pub(super) fn lead(turn: &mut Turn, failure: Failure) {
    if turn.is_inquiry() {
        // Nobody waits to be received: the reason is enough.
        return farewell::stop(turn, failure);
    }
    farewell::note_end(turn, failure);
    turn.reception.help = Help::Called;
    turn.enter_and_wait(Situation::Fallback { failure });
    turn.perform(Action::TellStaff(StaffReason::Failure(failure).news()), turn.settings().timing.device);
}

/// Z1: staff are called and the patient is told so.
pub(super) fn call_staff(turn: &mut Turn, reason: StaffReason) {
    if let StaffReason::Failure(failure) = reason {
        farewell::note_end(turn, failure);
    }
    (turn.reception.help, turn.reception.left_at) = (Help::Called, None);
    await_staff(turn, reason);
    turn.perform(Action::TellStaff(reason.news()), turn.settings().timing.device);
}

/// The same once they have been told.
pub(super) fn await_staff(turn: &mut Turn, reason: StaffReason) {
    turn.enter(Situation::CallStaff { reason });
    turn.wait(Timer::Notice, turn.patience(turn.settings().timing.fallback));
}

/// The patient pressed 職員を呼ぶ: possible at any moment, but what is being written is not broken off.
pub(super) fn asked(turn: &mut Turn) {
    let waits = goes_on_by_itself(turn) || turn.at.is_for_staff();
    if !waits || turn.pause.is_some() {
        return wait_for_staff(turn);
    }
    if turn.reception.help == Help::None {
        turn.reception.help = Help::Called;
    }
    turn.perform(Action::TellStaff(StaffReason::Asked.news()), turn.settings().timing.device);
}

/// What is being written, or asked of the insurer, is not broken off.
pub(super) fn goes_on_by_itself(turn: &Turn) -> bool {
    let at_work = matches!(
        turn.at,
        Situation::CleaningUp
            | Situation::Delivering { .. }
            | Situation::Registering
            | Situation::Checking { stage: CheckStage::Proof | CheckStage::Asking | CheckStage::StillAsking }
    );
    at_work && turn.pause.is_none()
}

/// The screen covers what was on it; whoever does not wait goes on there.
fn wait_for_staff(turn: &mut Turn) {
    let place = pause::place_to_return_to(turn);
    call_staff(turn, StaffReason::Asked);
    turn.reception.left_at = place;
}

/// From `place` to the question before it.
pub(super) fn back(turn: &mut Turn, place: &Situation) -> Result<(), Refusal> {
    match *place {
        Situation::FallbackAsk { failure, .. } | Situation::FallbackShow { failure, .. } => {
            turn.enter_and_wait(Situation::Fallback { failure });
            Ok(())
        }
        _ => Err(Refusal::NothingBefore),
    }
}

/// The first question for this failure; none where only staff can help.
pub(super) fn first_question(turn: &Turn, failure: Failure) -> Option<FallbackQuestion> {
    match failure {
        Failure::NotConfirmed => None,
        // The card is no insurance card, so nothing that goes with one helps; a dead certificate opens no マイナポータル either,
        // and the insurer sends its owner a 資格確認書 unasked.
        Failure::NotRegistered
        | Failure::RegistrationNotYet
        | Failure::NoCertificate
        | Failure::CertificateEnded
        | Failure::CertificateRevoked => Some(FallbackQuestion::Certificate),
        // A card without PIN opens no マイナポータル.
        _ if turn.reception.card.as_ref().is_some_and(|card| card.pin == Tries::Absent) => {
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

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (turn.at.clone(), input) {
        (Situation::Fallback { failure }, PatientInput::Continue) => match first_question(turn, failure) {
            Some(question) => turn.enter_and_wait(Situation::FallbackAsk { failure, question }),
            None => farewell::clean_up(turn),
        },
        (Situation::FallbackAsk { failure, question }, PatientInput::Yes | PatientInput::No) => {
            match next(question, input == PatientInput::Yes) {
                Next::Show(way) => turn.enter_and_wait(Situation::FallbackShow { failure, way }),
                Next::Ask(question) => turn.enter_and_wait(Situation::FallbackAsk { failure, question }),
            }
        }
        (place @ (Situation::FallbackAsk { .. } | Situation::FallbackShow { .. }), PatientInput::Back) => {
            // There is always something before a question.
            back(turn, &place).ok();
        }
        (Situation::CallStaff { .. }, PatientInput::Continue) => orders::patient_goes_on(turn),
        (Situation::FallbackShow { .. }, PatientInput::Continue)
        | (
            Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
            | Situation::CallStaff { .. },
            PatientInput::Cancel,
        ) => farewell::clean_up(turn),
        (_, input) => staff::touched(turn, input),
    }
}
