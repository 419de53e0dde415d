//! Check: the gateway's nonce, the card's proof, the insurer's answer.

use crate::domain::failure::Failure;
use crate::domain::qualification::{Authentication, CheckSummary, Validity};

use super::step::Step;
use super::{Action, Answer, CheckStage, Method, PatientInput, Situation};
use super::{consent, fallback, farewell, identity, registration};

/// The patient is identified as far as the kiosk can tell; now the card and the insurer answer.
pub(super) fn start(step: &mut Step) {
    step.enter(Situation::Checking { stage: CheckStage::Challenge });
    step.perform(Action::FetchChallenge, step.settings().timing.check);
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::Checking { .. }, PatientInput::Cancel) => step.cancelled(),
        (Situation::Renewal, PatientInput::Continue) => consent::ask(step),
        (Situation::Renewal, PatientInput::Cancel) => step.cancelled(),
        _ => {}
    }
}

/// Whoever does not close the renewal notice has still been identified and checked.
pub(super) fn time_up(step: &mut Step) {
    if *step.situation() == Situation::Renewal {
        consent::ask(step);
    }
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    let Situation::Checking { stage } = *step.situation() else { return };
    match (stage, answer) {
        (CheckStage::Challenge, Answer::ChallengeReady) => prove(step),
        (CheckStage::Proof, Answer::ProofReady) => {
            step.enter(Situation::Checking { stage: CheckStage::Asking });
            step.perform(Action::CheckQualification, step.settings().timing.check);
        }
        (CheckStage::Proof, Answer::PinWrong(tries)) => identity::pin_wrong(step, tries),
        (CheckStage::Proof, Answer::Failed(Failure::PinBlocked)) => {
            identity::pin_wrong(step, crate::domain::card::Tries::Blocked);
        }
        (CheckStage::Asking, Answer::Checked(summary)) => checked(step, summary),
        (CheckStage::Asking, Answer::Failed(Failure::NotRegistered)) if step.settings().registration => {
            registration::offer(step);
        }
        (CheckStage::Asking, Answer::Failed(Failure::CheckRefused)) if by_face(step) => {
            identity::face_impossible(step, Failure::CheckRefused);
        }
        (_, Answer::Failed(failure)) => step.fail(failure),
        (CheckStage::Proof, _) => farewell::stop(step, Failure::CardUnreadable),
        (CheckStage::Challenge | CheckStage::Asking, _) => fallback::lead(step, Failure::GatewayTimeout),
    }
}

/// Whether the proof was made after a face match: not every gateway takes one, and the PIN may still do.
fn by_face(step: &Step) -> bool {
    step.reception().is_some_and(|r| r.method == Some(Method::Face) && !r.seen_by_staff)
}

fn prove(step: &mut Step) {
    let (by_eye, method) = step.reception().map_or((false, None), |r| (r.seen_by_staff, r.method));
    let action = match method {
        _ if by_eye => Action::ProveWithoutPin(Authentication::Visual),
        Some(Method::Face) => Action::ProveWithoutPin(Authentication::Face),
        _ => Action::SignWithPin(step.reception().map(|r| r.entered_by).unwrap_or_default()),
    };
    step.enter(Situation::Checking { stage: CheckStage::Proof });
    step.perform(action, step.settings().timing.device);
}

/// Goes on with the insurer's answer.
pub(super) fn checked(step: &mut Step, summary: CheckSummary) {
    let (validity, alert) = (summary.validity, summary.expiring || summary.grace);
    step.note(|r| r.check = Some(summary));
    if validity != Validity::Valid {
        fallback::lead(step, Failure::NotConfirmed);
    } else if alert {
        step.enter_and_wait(Situation::Renewal);
    } else {
        consent::ask(step);
    }
}
