//! Fallback: what to do when the check is impossible, step by step, and the call for staff.

use crate::domain::card::Tries;
use crate::domain::failure::Failure;

use super::turn::Turn;
use super::{Action, FallbackQuestion, FallbackWay, PatientInput, Pause, Situation, StaffReason, Timer};
use super::{farewell, staff};

/// F0: leads to the official ways that need no online check.
pub(super) fn lead(turn: &mut Turn, failure: Failure) {
    if turn.is_inquiry() {
        // Nobody waits to be received: the reason is enough.
        return farewell::stop(turn, failure);
    }
    farewell::note_end(turn, failure);
    turn.enter_and_wait(Situation::Fallback { failure });
    turn.perform(Action::TellStaff(StaffReason::Failure(failure).news()), turn.settings().timing.device);
}

/// Z1: staff are called and the patient is told so.
pub(super) fn call_staff(turn: &mut Turn, reason: StaffReason) {
    if let StaffReason::Failure(failure) = reason {
        farewell::note_end(turn, failure);
    }
    if !card_is_sure(turn) {
        // Whatever comes to lie there while staff are called was not looked at: it proves nothing.
        (turn.reception.card, turn.reception.card_face) = (None, None);
    }
    await_staff(turn, reason);
    turn.perform(Action::TellStaff(reason.news()), turn.settings().timing.device);
}

/// Whether the card of this visit is known to lie on the reader.
fn card_is_sure(turn: &Turn) -> bool {
    let away = matches!(turn.pause, Some(Pause::CardAway { .. }));
    let lifted = matches!(turn.at, Situation::ShowCard { lifted: true, .. });
    turn.scene.kiosk.card_present && !away && !lifted
}

/// The same once they have been told.
pub(super) fn await_staff(turn: &mut Turn, reason: StaffReason) {
    turn.enter(Situation::CallStaff { reason });
    turn.wait(Timer::Notice, turn.patience(turn.settings().timing.fallback));
}

/// The patient pressed 職員を呼ぶ: possible at any moment, but what is being written is not broken off.
pub(super) fn asked(turn: &mut Turn) {
    match turn.at {
        _ if turn.pause.is_some() => call_staff(turn, StaffReason::Asked),
        Situation::CleaningUp
        | Situation::Delivering { .. }
        | Situation::Registering
        | Situation::CallStaff { .. }
        | Situation::EnterStaffCode { .. }
        | Situation::VisualCheck { .. } => {
            turn.perform(Action::TellStaff(StaffReason::Asked.news()), turn.settings().timing.device);
        }
        _ => call_staff(turn, StaffReason::Asked),
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
        (Situation::FallbackAsk { failure, .. } | Situation::FallbackShow { failure, .. }, PatientInput::Back) => {
            turn.enter_and_wait(Situation::Fallback { failure });
        }
        (Situation::FallbackShow { .. } | Situation::CallStaff { .. }, PatientInput::Continue)
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
