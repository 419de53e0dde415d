//! Consent: one question for all or one by one, then consents and file on their way. Refusing never blocks.

use crate::domain::consent::{ConsentAnswer, Question, answered_one_by_one, comprehensive, individual};
use crate::domain::failure::Failure;
use crate::domain::qualification::Authentication;
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::Refusal;

use super::turn::Turn;
use super::{Action, Answer, DeliverStage, PatientInput, Received, Situation, StaffReason};
use super::{choices, fallback, farewell};

/// Asks, unless the certificate is in its grace months: then only the qualification may be given.
pub(super) fn ask(turn: &mut Turn) {
    if turn.reception.in_grace() {
        turn.reception.choices.consents = comprehensive(ConsentAnswer::NotAsked);
        choices::go_on(turn);
    } else if turn.settings().consents.comprehensive {
        turn.enter_and_wait(Situation::Consenting);
    } else {
        one_by_one(turn, 0);
    }
}

fn one_by_one(turn: &mut Turn, at: u8) {
    turn.enter_and_wait(Situation::ConsentOneByOne { at });
}

/// The question at that place of the site's order.
fn question(turn: &Turn, at: u8) -> Option<Question> {
    turn.settings().consents.order.get(usize::from(at)).copied()
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (&turn.at, input) {
        (Situation::Consenting, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            turn.reception.choices.consents = comprehensive(answer);
            choices::go_on(turn);
        }
        (Situation::Consenting, PatientInput::OneByOne) => one_by_one(turn, 0),
        (Situation::Consenting | Situation::ConsentOneByOne { .. }, PatientInput::ConsentTo(given)) => {
            turn.reception.choices.consents = individual(given);
            choices::go_on(turn);
        }
        (
            &Situation::ConsentOneByOne { at },
            PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused)),
        ) => answered_one(turn, at, answer),
        (Situation::ConsentOneByOne { .. } | Situation::ConsentSummary, PatientInput::Back) => {
            let place = turn.at.clone();
            // The first question of all has none before it.
            back(turn, &place).ok();
        }
        (Situation::ConsentSummary, PatientInput::Continue) => {
            turn.reception.choices.consents = answered_one_by_one(&turn.reception.one_by_one);
            choices::go_on(turn);
        }
        (
            Situation::Consenting | Situation::ConsentOneByOne { .. } | Situation::ConsentSummary,
            PatientInput::Cancel,
        ) => turn.cancelled(),
        _ => {}
    }
}

/// From `place` to the question before it.
pub(super) fn back(turn: &mut Turn, place: &Situation) -> Result<(), Refusal> {
    let last = || u8::try_from(turn.settings().consents.order.len()).map_or(0, |count| count.saturating_sub(1));
    match place {
        Situation::ConsentOneByOne { at: 0 } if turn.settings().consents.comprehensive => {
            turn.enter_and_wait(Situation::Consenting);
        }
        Situation::ConsentOneByOne { at: at @ 1.. } => one_by_one(turn, at - 1),
        Situation::ConsentSummary => one_by_one(turn, last()),
        _ => return Err(Refusal::NothingBefore),
    }
    Ok(())
}

fn answered_one(turn: &mut Turn, at: u8, answer: ConsentAnswer) {
    let Some(question) = question(turn, at) else { return };
    turn.reception.one_by_one.retain(|(other, _)| *other != question);
    turn.reception.one_by_one.push((question, answer));
    if self::question(turn, at + 1).is_some() {
        one_by_one(turn, at + 1);
    } else {
        turn.enter_and_wait(Situation::ConsentSummary);
    }
}

/// Places at which a patient who walks away keeps the qualification: the name is confirmed, nothing is agreed to.
pub(super) fn may_go_unanswered(place: &Situation) -> bool {
    matches!(
        place,
        Situation::Renewal
            | Situation::Consenting
            | Situation::ConsentOneByOne { .. }
            | Situation::ConsentSummary
            | Situation::ConsentLimit
            | Situation::ChoosePrescription
            | Situation::ChooseSubsidy
    )
}

/// Nobody answered: what was answered before counts, all else is kept apart from a refusal.
pub(super) fn unanswered(turn: &mut Turn) {
    let consent = if turn.reception.in_grace() { ConsentAnswer::NotAsked } else { ConsentAnswer::NotAnswered };
    if turn.reception.choices.consents.is_empty() {
        turn.reception.choices.consents = comprehensive(consent);
    }
    choices::left_open(turn);
    save(turn);
}

/// All is decided: the gateway hears of what was answered before the file is written.
pub(super) fn save(turn: &mut Turn) {
    let consents = turn.reception.choices.consents.clone();
    if consents.iter().any(|c| matches!(c.answer, ConsentAnswer::Given | ConsentAnswer::Refused)) {
        let at = turn.scene.moment.now;
        turn.reception.consented_at = Some(at);
        turn.enter(Situation::Delivering { stage: DeliverStage::Consents });
        turn.perform(Action::SaveConsents { consents, at }, turn.settings().timing.check);
    } else {
        deliver(turn);
    }
}

fn deliver(turn: &mut Turn) {
    let reception = &turn.reception;
    let by_pin = reception.authentication() == Authentication::Pin;
    let deliver = Action::Deliver {
        choices: reception.choices.clone(),
        replaces: reception.renewed_check(),
        entered_by: by_pin.then_some(reception.entered_by),
        consented_at: reception.consented_at,
    };
    turn.enter(Situation::Delivering { stage: DeliverStage::File });
    turn.perform(deliver, turn.settings().timing.handoff);
}

pub(super) fn answered(turn: &mut Turn, action: &Action, answer: Answer) {
    match (action, answer) {
        (Action::SaveConsents { .. }, Answer::ConsentsSaved) => deliver(turn),
        (Action::SaveConsents { .. }, answer) => {
            let failure = if let Answer::Failed(failure) = answer { failure } else { Failure::GatewayTimeout };
            unsaved(turn, failure);
        }
        (Action::Deliver { .. }, Answer::Delivered) => delivered(turn),
        (Action::Deliver { .. }, Answer::KeptToDeliver(waiting)) => {
            delivered(turn);
            turn.perform(Action::TellStaff(StaffNews::FilesWait { waiting }), turn.settings().timing.device);
        }
        (Action::Deliver { .. }, Answer::Failed(failure)) => {
            fallback::call_staff(turn, StaffReason::Failure(failure));
        }
        (Action::Deliver { .. }, _) => fallback::call_staff(turn, StaffReason::Failure(Failure::HandoffUnwritable)),
        _ => {}
    }
}

/// Consents that the gateway does not hold count for nobody: the file says so and staff hear of it.
fn unsaved(turn: &mut Turn, failure: Failure) {
    turn.reception.choices.consents = comprehensive(ConsentAnswer::NotAnswered);
    deliver(turn);
    turn.perform(Action::TellStaff(StaffNews::ConsentsUnsaved { failure }), turn.settings().timing.device);
}

/// The file is on a disk, there or here: the check needs no follow-up, and the card is known for the rest of the day.
fn delivered(turn: &mut Turn) {
    let time = turn.scene.moment.civil().time();
    let reception = &mut turn.reception;
    reception.settled = true;
    let check_id = reception.check.as_ref().map(|c| c.check_id.clone()).unwrap_or_default();
    let known_by = reception.renewed_check().unwrap_or_else(|| check_id.clone());
    if let Some(mark) = reception.card_mark() {
        turn.scene.kiosk.received.insert(mark, Received { at: time, check_id: known_by });
    }
    farewell::done(turn);
    turn.perform(Action::Settle { check_id, delivered: true }, turn.settings().timing.device);
}
