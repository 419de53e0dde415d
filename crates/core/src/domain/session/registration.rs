//! Registration: linking the card as insurance card inside the same visit, or after a question about it.

use crate::domain::failure::Failure;
use crate::domain::registration::RegistrationStatus;

use super::step::Step;
use super::{Action, Answer, PatientInput, Situation};
use super::{check, fallback, farewell};

/// R1: the card must be registered first.
pub(super) fn offer(step: &mut Step) {
    step.enter_and_wait(Situation::RegisterOffer);
}

/// 状況照会: the gateway says how far the registration has come.
pub(super) fn answer(step: &mut Step, status: RegistrationStatus) {
    step.enter_and_wait(Situation::RegistrationStatus { status });
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::RegistrationStatus { status }, PatientInput::Continue) if status.may_register() => offer(step),
        (Situation::RegistrationStatus { .. }, PatientInput::Continue | PatientInput::Cancel) => {
            farewell::clean_up(step);
        }
        (Situation::RegisterOffer, PatientInput::Continue) => {
            step.enter_and_wait(Situation::RegisterTerms { page: 0 });
        }
        (Situation::RegisterOffer | Situation::RegisterTerms { .. }, PatientInput::Cancel) if step.is_inquiry() => {
            step.cancelled();
        }
        (Situation::RegisterOffer | Situation::RegisterTerms { .. }, PatientInput::Cancel) => {
            fallback::lead(step, Failure::NotRegistered);
        }
        (&Situation::RegisterTerms { page }, PatientInput::NextPage) => {
            step.refresh(Situation::RegisterTerms { page: page.saturating_add(1) });
        }
        (&Situation::RegisterTerms { page: page @ 1.. }, PatientInput::Back) => {
            step.refresh(Situation::RegisterTerms { page: page - 1 });
        }
        (Situation::RegisterTerms { page: 0 }, PatientInput::Back) => offer(step),
        (Situation::RegisterTerms { .. }, PatientInput::Continue) => agreed(step),
        (Situation::Registering, PatientInput::Cancel) => step.cancelled(),
        (Situation::Registered | Situation::RegisterRefused { .. }, PatientInput::Continue | PatientInput::Cancel)
            if step.is_inquiry() =>
        {
            farewell::clean_up(step);
        }
        (Situation::Registered, PatientInput::Continue) => go_on(step),
        (Situation::RegisterRefused { failure, .. }, PatientInput::Continue | PatientInput::Cancel) => {
            fallback::lead(step, *failure);
        }
        _ => {}
    }
}

fn agreed(step: &mut Step) {
    let Some(terms_version) = step.settings().terms.as_ref().map(|terms| terms.version.clone()) else {
        return fallback::lead(step, Failure::NotRegistered);
    };
    step.enter(Situation::Registering);
    step.perform(Action::RegisterCard { terms_version }, step.settings().timing.check);
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
        Answer::Registered => step.enter_and_wait(Situation::Registered),
        Answer::RegistrationNotYet(works_from) => not_yet(step, works_from),
        Answer::Failed(Failure::RegistrationNotYet) => not_yet(step, None),
        Answer::Failed(failure) => step.fail(failure),
        _ => fallback::lead(step, Failure::GatewayTimeout),
    }
}

fn not_yet(step: &mut Step, works_from: Option<jiff::civil::DateTime>) {
    step.enter_and_wait(Situation::RegisterRefused { failure: Failure::RegistrationNotYet, works_from });
}

fn go_on(step: &mut Step) {
    match step.reception().and_then(|r| r.check.clone()) {
        Some(summary) => check::checked(step, summary),
        None => fallback::lead(step, Failure::GatewayAnswerInvalid),
    }
}
