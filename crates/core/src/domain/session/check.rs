//! Check: the gateway's nonce, the card's proof, the insurer's answer, and whose name it carries.

use crate::domain::failure::Failure;
use crate::domain::qualification::{Authentication, CheckSummary, Validity};

use super::turn::Turn;
use super::{Action, Answer, CheckStage, PatientInput, Situation, StaffReason, Timer};
use super::{consent, fallback, farewell, identity, registration};

/// The patient is identified as far as the kiosk can tell; now the card and the insurer answer.
pub(super) fn start(turn: &mut Turn) {
    turn.enter(Situation::Checking { stage: CheckStage::Challenge });
    turn.perform(Action::FetchChallenge, turn.settings().timing.check);
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (&turn.at, input) {
        (Situation::ConfirmName, PatientInput::Continue) => name_confirmed(turn),
        (Situation::ConfirmName, PatientInput::NotMyName) => wrong_name(turn),
        (Situation::Renewal, PatientInput::Continue) => consent::ask(turn),
        (Situation::Checking { .. } | Situation::ConfirmName | Situation::Renewal, PatientInput::Cancel) => {
            turn.cancelled();
        }
        _ => {}
    }
}

/// The answer takes longer than usual: the patient is told that nothing is wrong.
pub(super) fn slow(turn: &mut Turn) {
    if turn.at == (Situation::Checking { stage: CheckStage::Asking }) {
        turn.show(Situation::Checking { stage: CheckStage::StillAsking });
    }
}

fn name_confirmed(turn: &mut Turn) {
    if turn.reception.check.as_ref().is_some_and(|c| c.expiring || c.grace) {
        turn.enter_and_wait(Situation::Renewal);
    } else {
        consent::ask(turn);
    }
}

/// Nothing of this answer is used: it is forgotten at once, no file follows, and staff come.
fn wrong_name(turn: &mut Turn) {
    fallback::call_staff(turn, StaffReason::Failure(Failure::WrongName));
    turn.perform(Action::ForgetAnswer, turn.settings().timing.device);
}

pub(super) fn answered(turn: &mut Turn, answer: Answer) {
    let Situation::Checking { stage } = turn.at else { return };
    let stage = if stage == CheckStage::StillAsking { CheckStage::Asking } else { stage };
    match (stage, answer) {
        (CheckStage::Challenge, Answer::ChallengeReady) => prove(turn),
        (CheckStage::Proof, Answer::ProofReady) => ask(turn),
        (CheckStage::Proof, Answer::PinWrong(tries)) => identity::pin_wrong(turn, tries),
        (CheckStage::Proof, Answer::Failed(Failure::PinBlocked)) => {
            identity::pin_wrong(turn, crate::domain::card::Tries::Blocked);
        }
        (CheckStage::Asking, Answer::Checked(summary)) => checked(turn, summary),
        (CheckStage::Asking, Answer::RegistrationStatus(status)) => registration::answer(turn, status),
        (CheckStage::Asking, Answer::Failed(Failure::NotRegistered)) if turn.settings().terms.is_some() => {
            registration::offer(turn);
        }
        (CheckStage::Asking, Answer::Failed(Failure::CheckRefused)) if by_face(turn) => {
            identity::face_impossible(turn, Failure::CheckRefused);
        }
        (_, Answer::Failed(failure)) => turn.fail(failure),
        (CheckStage::Proof, _) => farewell::stop(turn, Failure::CardUnreadable),
        (CheckStage::Challenge | CheckStage::Asking | CheckStage::StillAsking, _) => {
            fallback::lead(turn, Failure::GatewayTimeout)
        }
    }
}

/// Whether the proof was made after a face match: not every gateway takes one, and the PIN may still do.
fn by_face(turn: &Turn) -> bool {
    turn.reception.authentication() == Authentication::Face
}

fn prove(turn: &mut Turn) {
    let action = match turn.reception.authentication() {
        Authentication::Pin => Action::SignWithPin(turn.reception.entered_by),
        without => Action::ProveWithoutPin(without),
    };
    turn.enter(Situation::Checking { stage: CheckStage::Proof });
    turn.perform(action, turn.settings().timing.device);
}

/// Sends what the card has proved.
pub(super) fn ask(turn: &mut Turn) {
    let ask = if turn.is_inquiry() {
        Action::InquireRegistration
    } else {
        Action::CheckQualification { renews: turn.reception.renewed_check() }
    };
    turn.enter(Situation::Checking { stage: CheckStage::Asking });
    turn.perform(ask, turn.settings().timing.check);
    turn.wait(Timer::Slow, turn.settings().timing.slow);
}

/// Goes on with the insurer's answer: first of all, whose is it?
pub(super) fn checked(turn: &mut Turn, summary: CheckSummary) {
    let validity = summary.validity;
    turn.reception.check = Some(summary);
    if validity == Validity::Valid {
        turn.enter_and_wait(Situation::ConfirmName);
    } else {
        fallback::lead(turn, Failure::NotConfirmed);
    }
}
