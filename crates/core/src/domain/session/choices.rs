//! Choices that some sites offer after the consents: 限度額, form of the prescription, 医療費助成. Each is asked once.

use crate::domain::consent::ConsentAnswer;

use super::consent;
use super::step::Step;
use super::{PatientInput, Situation};

/// The first choice that is open, or on to the file.
pub(super) fn go_on(step: &mut Step) {
    let Some(reception) = step.reception() else { return };
    let (choices, settings) = (&reception.choices, step.settings());
    let grace = reception.check.as_ref().is_some_and(|c| c.grace);
    let next = if settings.consents.limit && !grace && choices.limit == ConsentAnswer::NotAsked {
        Situation::ConsentLimit
    } else if settings.prescription && choices.prescription.is_none() {
        Situation::ChoosePrescription
    } else if settings.subsidy && choices.subsidy == ConsentAnswer::NotAsked {
        Situation::ChooseSubsidy
    } else {
        return consent::save(step);
    };
    step.enter_and_wait(next);
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::ConsentLimit, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            step.note(|r| r.choices.limit = answer);
            go_on(step);
        }
        (Situation::ChoosePrescription, PatientInput::Prescription(form)) => {
            step.note(|r| r.choices.prescription = Some(form));
            go_on(step);
        }
        (Situation::ChooseSubsidy, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            step.note(|r| r.choices.subsidy = answer);
            go_on(step);
        }
        (Situation::ConsentLimit | Situation::ChoosePrescription | Situation::ChooseSubsidy, PatientInput::Cancel) => {
            step.cancelled()
        }
        _ => {}
    }
}

/// The patient has gone: what the site asks and nobody answered is not answered.
pub(super) fn left_open(step: &mut Step) {
    let (limit, subsidy) = (step.settings().consents.limit, step.settings().subsidy);
    step.note(|r| {
        let grace = r.check.as_ref().is_some_and(|c| c.grace);
        if limit && !grace && r.choices.limit == ConsentAnswer::NotAsked {
            r.choices.limit = ConsentAnswer::NotAnswered;
        }
        if subsidy && r.choices.subsidy == ConsentAnswer::NotAsked {
            r.choices.subsidy = ConsentAnswer::NotAnswered;
        }
    });
}
