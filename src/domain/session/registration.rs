//! Registration: linking the card as insurance card inside the same visit.

use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, Answer, PatientInput, Situation};
use super::{check, fallback};

/// R1: the card must be registered first.
pub(super) fn offer(step: &mut Step) {
    step.enter_and_wait(Situation::RegisterOffer);
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::RegisterOffer, PatientInput::Continue) => step.enter_and_wait(Situation::RegisterTerms),
        (Situation::RegisterOffer | Situation::RegisterTerms, PatientInput::Cancel) => {
            fallback::lead(step, Failure::NotRegistered);
        }
        (Situation::RegisterTerms, PatientInput::Continue) => {
            step.enter(Situation::Registering);
            step.perform(Action::RegisterCard, step.settings().timing.check);
        }
        (Situation::Registering, PatientInput::Cancel) => step.cancelled(),
        (Situation::Registered, PatientInput::Continue) => go_on(step),
        (Situation::RegisterRefused { failure }, PatientInput::Continue | PatientInput::Cancel) => {
            fallback::lead(step, *failure);
        }
        _ => {}
    }
}

/// A registered card is checked anyhow; an unanswered question is no agreement.
pub(super) fn time_up(step: &mut Step) {
    match step.situation() {
        Situation::Registered => go_on(step),
        Situation::RegisterRefused { failure } => fallback::lead(step, *failure),
        _ => step.idle_too_long(),
    }
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    if *step.situation() != Situation::Registering {
        return;
    }
    match answer {
        Answer::Checked(summary) => {
            step.note(|r| r.check = Some(summary));
            step.enter_and_wait(Situation::Registered);
        }
        Answer::Failed(failure @ Failure::RegistrationNotYet) => {
            step.enter_and_wait(Situation::RegisterRefused { failure });
        }
        Answer::Failed(failure) => step.fail(failure),
        _ => fallback::lead(step, Failure::GatewayTimeout),
    }
}

fn go_on(step: &mut Step) {
    match step.reception().and_then(|r| r.check.clone()) {
        Some(summary) => check::checked(step, summary),
        None => fallback::lead(step, Failure::GatewayAnswerInvalid),
    }
}
