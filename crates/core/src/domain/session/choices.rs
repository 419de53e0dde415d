//! Choices that some sites offer after the consents: 限度額, form of the prescription, 医療費助成. Each is asked once.

use crate::domain::consent::ConsentAnswer;
use crate::domain::staff_order::Refusal;

use super::consent;
use super::turn::Turn;
use super::{PatientInput, Situation};

/// The first choice that is open, or on to the file.
pub(super) fn go_on(turn: &mut Turn) {
    let (choices, settings, grace) = (&turn.reception.choices, turn.settings(), turn.reception.in_grace());
    let next = if settings.consents.limit && !grace && choices.limit == ConsentAnswer::NotAsked {
        Situation::ConsentLimit
    } else if settings.prescription && choices.prescription.is_none() {
        Situation::ChoosePrescription
    } else if settings.subsidy && choices.subsidy == ConsentAnswer::NotAsked {
        Situation::ChooseSubsidy
    } else {
        return consent::save(turn);
    };
    turn.enter_and_wait(next);
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (&turn.at, input) {
        (Situation::ConsentLimit, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            turn.reception.choices.limit = answer;
            go_on(turn);
        }
        (Situation::ChoosePrescription, PatientInput::Prescription(form)) => {
            turn.reception.choices.prescription = Some(form);
            go_on(turn);
        }
        (Situation::ChooseSubsidy, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            turn.reception.choices.subsidy = answer;
            go_on(turn);
        }
        (Situation::ConsentLimit | Situation::ChoosePrescription | Situation::ChooseSubsidy, PatientInput::Cancel) => {
            turn.cancelled()
        }
        _ => {}
    }
}

/// From `place` to the question before it, which is asked again.
pub(super) fn back(turn: &mut Turn, place: &Situation) -> Result<(), Refusal> {
    let (settings, grace) = (turn.settings(), turn.reception.in_grace());
    let (limit, prescription) = (settings.consents.limit && !grace, settings.prescription);
    if *place == Situation::ChooseSubsidy && prescription {
        turn.reception.choices.prescription = None;
        turn.enter_and_wait(Situation::ChoosePrescription);
    } else if *place != Situation::ConsentLimit && limit {
        turn.reception.choices.limit = ConsentAnswer::NotAsked;
        turn.enter_and_wait(Situation::ConsentLimit);
    } else if grace {
        return Err(Refusal::NothingBefore);
    } else {
        turn.reception.choices.consents.clear();
        consent::ask(turn);
    }
    Ok(())
}

/// The patient has gone: what the site asks and nobody answered is not answered.
pub(super) fn left_open(turn: &mut Turn) {
    let (limit, subsidy) = (turn.settings().consents.limit, turn.settings().subsidy);
    let grace = turn.reception.in_grace();
    let choices = &mut turn.reception.choices;
    if limit && !grace && choices.limit == ConsentAnswer::NotAsked {
        choices.limit = ConsentAnswer::NotAnswered;
    }
    if subsidy && choices.subsidy == ConsentAnswer::NotAsked {
        choices.subsidy = ConsentAnswer::NotAnswered;
    }
}
