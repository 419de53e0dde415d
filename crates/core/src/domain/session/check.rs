//! Check: the gateway's nonce, the card's proof, the insurer's answer, and whose name it carries.

use crate::domain::failure::Failure;
use crate::domain::qualification::{Authentication, CheckSummary, Validity};

use super::step::Step;
use super::{Action, Answer, CheckStage, PatientInput, Reception, Situation, StaffReason, Timer};
use super::{consent, fallback, farewell, identity, registration};

/// The patient is identified as far as the kiosk can tell; now the card and the insurer answer.
pub(super) fn start(step: &mut Step) {
    step.enter(Situation::Checking { stage: CheckStage::Challenge });
    step.perform(Action::FetchChallenge, step.settings().timing.check);
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::ConfirmName, PatientInput::Continue) => name_confirmed(step),
        (Situation::ConfirmName, PatientInput::NotMyName) => wrong_name(step),
        (Situation::Renewal, PatientInput::Continue) => consent::ask(step),
        (Situation::Checking { .. } | Situation::ConfirmName | Situation::Renewal, PatientInput::Cancel) => {
            step.cancelled();
        }
        _ => {}
    }
}

/// The answer takes longer than usual: the patient is told that nothing is wrong.
pub(super) fn slow(step: &mut Step) {
    if *step.situation() == (Situation::Checking { stage: CheckStage::Asking }) {
        step.show(Situation::Checking { stage: CheckStage::StillAsking });
    }
}

fn name_confirmed(step: &mut Step) {
    if step.reception().and_then(|r| r.check.as_ref()).is_some_and(|c| c.expiring || c.grace) {
        step.enter_and_wait(Situation::Renewal);
    } else {
        consent::ask(step);
    }
}

/// Nothing of this answer is used: it is forgotten at once, no file follows, and staff come.
fn wrong_name(step: &mut Step) {
    fallback::call_staff(step, StaffReason::Failure(Failure::WrongName));
    step.perform(Action::ForgetAnswer, step.settings().timing.device);
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    let Situation::Checking { stage } = *step.situation() else { return };
    let stage = if stage == CheckStage::StillAsking { CheckStage::Asking } else { stage };
    match (stage, answer) {
        (CheckStage::Challenge, Answer::ChallengeReady) => prove(step),
        (CheckStage::Proof, Answer::ProofReady) => ask(step),
        (CheckStage::Proof, Answer::PinWrong(tries)) => identity::pin_wrong(step, tries),
        (CheckStage::Proof, Answer::Failed(Failure::PinBlocked)) => {
            identity::pin_wrong(step, crate::domain::card::Tries::Blocked);
        }
        (CheckStage::Asking, Answer::Checked(summary)) => checked(step, summary),
        (CheckStage::Asking, Answer::RegistrationStatus(status)) => registration::answer(step, status),
        (CheckStage::Asking, Answer::Failed(Failure::NotRegistered)) if step.settings().terms.is_some() => {
            registration::offer(step);
        }
        (CheckStage::Asking, Answer::Failed(Failure::CheckRefused)) if by_face(step) => {
            identity::face_impossible(step, Failure::CheckRefused);
        }
        (_, Answer::Failed(failure)) => step.fail(failure),
        (CheckStage::Proof, _) => farewell::stop(step, Failure::CardUnreadable),
        (CheckStage::Challenge | CheckStage::Asking | CheckStage::StillAsking, _) => {
            fallback::lead(step, Failure::GatewayTimeout)
        }
    }
}

/// Whether the proof was made after a face match: not every gateway takes one, and the PIN may still do.
fn by_face(step: &Step) -> bool {
    step.reception().is_some_and(|r| r.authentication() == Authentication::Face)
}

fn prove(step: &mut Step) {
    let Some(reception) = step.reception() else { return };
    let action = match reception.authentication() {
        Authentication::Pin => Action::SignWithPin(reception.entered_by),
        without => Action::ProveWithoutPin(without),
    };
    step.enter(Situation::Checking { stage: CheckStage::Proof });
    step.perform(action, step.settings().timing.device);
}

/// Sends what the card has proved.
pub(super) fn ask(step: &mut Step) {
    let ask = if step.is_inquiry() {
        Action::InquireRegistration
    } else {
        Action::CheckQualification { renews: step.reception().and_then(Reception::renewed_check) }
    };
    step.enter(Situation::Checking { stage: CheckStage::Asking });
    step.perform(ask, step.settings().timing.check);
    step.wait(Timer::Slow, step.settings().timing.slow);
}

/// Goes on with the insurer's answer: first of all, whose is it?
pub(super) fn checked(step: &mut Step, summary: CheckSummary) {
    let validity = summary.validity;
    step.note(|r| r.check = Some(summary));
    if validity == Validity::Valid {
        step.enter_and_wait(Situation::ConfirmName);
    } else {
        fallback::lead(step, Failure::NotConfirmed);
    }
}
