//! Registration: linking the card as insurance card inside the same visit, or after a question about it.

use crate::domain::failure::Failure;
use crate::domain::registration::RegistrationStatus;
use crate::domain::staff_order::Refusal;

use super::turn::Turn;
use super::{Action, Answer, PatientInput, Situation};
use super::{check, fallback, farewell};

/// R1: the card must be registered first.
pub(super) fn offer(turn: &mut Turn) {
    turn.enter_and_wait(Situation::RegisterOffer);
}

/// 状況照会: the gateway says how far the registration has come.
pub(super) fn answer(turn: &mut Turn, status: RegistrationStatus) {
    turn.enter_and_wait(Situation::RegistrationStatus { status });
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (&turn.at, input) {
        (Situation::RegistrationStatus { status }, PatientInput::Continue) if status.may_register() => offer(turn),
        (Situation::RegistrationStatus { .. }, PatientInput::Continue | PatientInput::Cancel) => {
            farewell::clean_up(turn);
        }
        (Situation::RegisterOffer, PatientInput::Continue) => {
            turn.enter_and_wait(Situation::RegisterTerms { page: 0 });
        }
        (Situation::RegisterOffer | Situation::RegisterTerms { .. }, PatientInput::Cancel) if turn.is_inquiry() => {
            turn.cancelled();
        }
        (Situation::RegisterOffer | Situation::RegisterTerms { .. }, PatientInput::Cancel) => {
            fallback::lead(turn, Failure::NotRegistered);
        }
        (&Situation::RegisterTerms { page }, PatientInput::NextPage) => {
            turn.refresh(Situation::RegisterTerms { page: page.saturating_add(1) });
        }
        (Situation::RegisterTerms { .. }, PatientInput::Back) => {
            let place = turn.at.clone();
            // There is always something before the terms.
            back(turn, &place).ok();
        }
        (Situation::RegisterTerms { .. }, PatientInput::Continue) => agreed(turn),
        (Situation::Registering, PatientInput::Cancel) => turn.cancelled(),
        (Situation::Registered | Situation::RegisterRefused { .. }, PatientInput::Continue | PatientInput::Cancel)
            if turn.is_inquiry() =>
        {
            farewell::clean_up(turn);
        }
        (Situation::Registered, PatientInput::Continue) => go_on(turn),
        (Situation::RegisterRefused { failure, .. }, PatientInput::Continue | PatientInput::Cancel) => {
            fallback::lead(turn, *failure);
        }
        _ => {}
    }
}

/// From `place` to the page or question before it.
pub(super) fn back(turn: &mut Turn, place: &Situation) -> Result<(), Refusal> {
    match place {
        Situation::RegisterTerms { page: page @ 1.. } => {
            turn.enter_and_wait(Situation::RegisterTerms { page: page - 1 });
        }
        Situation::RegisterTerms { page: 0 } => offer(turn),
        _ => return Err(Refusal::NothingBefore),
    }
    Ok(())
}

fn agreed(turn: &mut Turn) {
    let Some(terms_version) = turn.settings().terms.as_ref().map(|terms| terms.version.clone()) else {
        return fallback::lead(turn, Failure::NotRegistered);
    };
    turn.enter(Situation::Registering);
    turn.perform(Action::RegisterCard { terms_version }, turn.settings().timing.check);
}

pub(super) fn answered(turn: &mut Turn, answer: Answer) {
    if turn.at != Situation::Registering {
        return;
    }
    match answer {
        Answer::Checked(summary) => {
            turn.reception.check = Some(summary);
            turn.enter_and_wait(Situation::Registered);
        }
        Answer::Registered => turn.enter_and_wait(Situation::Registered),
        Answer::RegistrationNotYet(works_from) => not_yet(turn, works_from),
        Answer::Failed(Failure::RegistrationNotYet) => not_yet(turn, None),
        Answer::Failed(failure) => turn.fail(failure),
        _ => fallback::lead(turn, Failure::GatewayTimeout),
    }
}

fn not_yet(turn: &mut Turn, works_from: Option<jiff::civil::DateTime>) {
    turn.enter_and_wait(Situation::RegisterRefused { failure: Failure::RegistrationNotYet, works_from });
}

fn go_on(turn: &mut Turn) {
    match turn.reception.check.clone() {
        Some(summary) => check::checked(turn, summary),
        None => fallback::lead(turn, Failure::GatewayAnswerInvalid),
    }
}
