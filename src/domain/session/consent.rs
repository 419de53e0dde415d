//! Consent: the comprehensive question, then consents and file on their way. Refusing never blocks.

use crate::domain::consent::{Consent, ConsentAnswer, comprehensive, individual};
use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, Answer, DeliverStage, PatientInput, Situation, StaffReason};
use super::{fallback, farewell};

/// Asks, unless the certificate is in its grace months: then only the qualification may be given.
pub(super) fn ask(step: &mut Step) {
    if step.reception().and_then(|r| r.check.as_ref()).is_some_and(|c| c.grace) {
        settle(step, ConsentAnswer::NotAsked);
    } else {
        step.enter_and_wait(Situation::Consenting);
    }
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::Consenting, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            save(step, comprehensive(answer));
        }
        (Situation::Consenting, PatientInput::ConsentTo(given)) => save(step, individual(given)),
        (Situation::Consenting, PatientInput::Cancel) => step.cancelled(),
        _ => {}
    }
}

/// Nobody answered: the qualification is kept, nothing is agreed to.
pub(super) fn time_up(step: &mut Step) {
    if *step.situation() == Situation::Consenting {
        settle(step, ConsentAnswer::NotAnswered);
    }
}

/// The patient answered: the gateway hears of it before the file is written.
fn save(step: &mut Step, consents: Vec<Consent>) {
    step.note(|r| r.consents = consents.clone());
    step.enter(Situation::Delivering { stage: DeliverStage::Consents });
    step.perform(Action::SaveConsents(consents), step.settings().timing.check);
}

/// There is no answer to save.
fn settle(step: &mut Step, answer: ConsentAnswer) {
    let consents = comprehensive(answer);
    step.note(|r| r.consents = consents.clone());
    deliver(step, consents);
}

fn deliver(step: &mut Step, consents: Vec<Consent>) {
    step.enter(Situation::Delivering { stage: DeliverStage::File });
    step.perform(Action::Deliver(consents), step.settings().timing.handoff);
}

pub(super) fn answered(step: &mut Step, action: &Action, answer: Answer) {
    match (action, answer) {
        (Action::SaveConsents(consents), Answer::ConsentsSaved) => deliver(step, consents.clone()),
        (Action::SaveConsents(_), answer) => {
            let failure = if let Answer::Failed(failure) = answer { failure } else { Failure::GatewayTimeout };
            unsaved(step, failure);
        }
        (Action::Deliver(_), Answer::Delivered) => farewell::done(step),
        (Action::Deliver(_), Answer::Failed(failure)) => fallback::call_staff(step, StaffReason::Failure(failure)),
        (Action::Deliver(_), _) => fallback::call_staff(step, StaffReason::Failure(Failure::HandoffUnwritable)),
        _ => {}
    }
}

/// Consents that the gateway does not hold count for nobody: the file says so and staff hear of it.
fn unsaved(step: &mut Step, failure: Failure) {
    let consents = comprehensive(ConsentAnswer::NotAnswered);
    step.note(|r| r.consents = consents.clone());
    deliver(step, consents);
    step.perform(Action::TellStaff(StaffReason::Failure(failure)), step.settings().timing.device);
}
