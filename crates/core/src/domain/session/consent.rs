//! Consent: one question for all or one by one, then consents and file on their way. Refusing never blocks.

use crate::domain::consent::{ConsentAnswer, Question, answered_one_by_one, comprehensive, individual};
use crate::domain::failure::Failure;
use crate::domain::qualification::Authentication;

use super::step::Step;
use super::{Action, Answer, DeliverStage, PatientInput, Received, Situation, StaffNote, StaffReason};
use super::{choices, fallback, farewell};

/// Asks, unless the certificate is in its grace months: then only the qualification may be given.
pub(super) fn ask(step: &mut Step) {
    if step.reception().and_then(|r| r.check.as_ref()).is_some_and(|c| c.grace) {
        step.note(|r| r.choices.consents = comprehensive(ConsentAnswer::NotAsked));
        choices::go_on(step);
    } else if step.settings().consents.comprehensive {
        step.enter_and_wait(Situation::Consenting);
    } else {
        one_by_one(step, 0);
    }
}

fn one_by_one(step: &mut Step, at: u8) {
    step.enter_and_wait(Situation::ConsentOneByOne { at });
}

/// The question at that place of the site's order.
fn question(step: &Step, at: u8) -> Option<Question> {
    step.settings().consents.order.get(usize::from(at)).copied()
}

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    let comprehensive_first = step.settings().consents.comprehensive;
    match (step.situation(), input) {
        (Situation::Consenting, PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused))) => {
            step.note(|r| r.choices.consents = comprehensive(answer));
            choices::go_on(step);
        }
        (Situation::Consenting, PatientInput::OneByOne) => one_by_one(step, 0),
        (Situation::Consenting | Situation::ConsentOneByOne { .. }, PatientInput::ConsentTo(given)) => {
            step.note(|r| r.choices.consents = individual(given));
            choices::go_on(step);
        }
        (
            &Situation::ConsentOneByOne { at },
            PatientInput::Consent(answer @ (ConsentAnswer::Given | ConsentAnswer::Refused)),
        ) => answered_one(step, at, answer),
        (Situation::ConsentOneByOne { at: 0 }, PatientInput::Back) if comprehensive_first => {
            step.enter_and_wait(Situation::Consenting);
        }
        (&Situation::ConsentOneByOne { at: at @ 1.. }, PatientInput::Back) => one_by_one(step, at - 1),
        (Situation::ConsentSummary, PatientInput::Back) => {
            let last = u8::try_from(step.settings().consents.order.len()).map_or(0, |count| count.saturating_sub(1));
            one_by_one(step, last);
        }
        (Situation::ConsentSummary, PatientInput::Continue) => {
            step.note(|r| r.choices.consents = answered_one_by_one(&r.one_by_one));
            choices::go_on(step);
        }
        (
            Situation::Consenting | Situation::ConsentOneByOne { .. } | Situation::ConsentSummary,
            PatientInput::Cancel,
        ) => step.cancelled(),
        _ => {}
    }
}

fn answered_one(step: &mut Step, at: u8, answer: ConsentAnswer) {
    let Some(question) = question(step, at) else { return };
    step.note(|r| {
        r.one_by_one.retain(|(other, _)| *other != question);
        r.one_by_one.push((question, answer));
    });
    if self::question(step, at + 1).is_some() {
        one_by_one(step, at + 1);
    } else {
        step.enter_and_wait(Situation::ConsentSummary);
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
pub(super) fn unanswered(step: &mut Step) {
    let grace = step.reception().and_then(|r| r.check.as_ref()).is_some_and(|c| c.grace);
    let consent = if grace { ConsentAnswer::NotAsked } else { ConsentAnswer::NotAnswered };
    step.note(|r| {
        if r.choices.consents.is_empty() {
            r.choices.consents = comprehensive(consent);
        }
    });
    choices::left_open(step);
    save(step);
}

/// All is decided: the gateway hears of what was answered before the file is written.
pub(super) fn save(step: &mut Step) {
    let consents = step.reception().map(|r| r.choices.consents.clone()).unwrap_or_default();
    if consents.iter().any(|c| matches!(c.answer, ConsentAnswer::Given | ConsentAnswer::Refused)) {
        let at = step.at.now;
        step.note(|r| r.consented_at = Some(at));
        step.enter(Situation::Delivering { stage: DeliverStage::Consents });
        step.perform(Action::SaveConsents { consents, at }, step.settings().timing.check);
    } else {
        deliver(step);
    }
}

fn deliver(step: &mut Step) {
    let Some(reception) = step.reception() else { return };
    let by_pin = reception.authentication() == Authentication::Pin;
    let deliver = Action::Deliver {
        choices: reception.choices.clone(),
        replaces: reception.renewed_check(),
        entered_by: by_pin.then_some(reception.entered_by),
        consented_at: reception.consented_at,
    };
    step.enter(Situation::Delivering { stage: DeliverStage::File });
    step.perform(deliver, step.settings().timing.handoff);
}

pub(super) fn answered(step: &mut Step, action: &Action, answer: Answer) {
    match (action, answer) {
        (Action::SaveConsents { .. }, Answer::ConsentsSaved) => deliver(step),
        (Action::SaveConsents { .. }, answer) => {
            let failure = if let Answer::Failed(failure) = answer { failure } else { Failure::GatewayTimeout };
            unsaved(step, failure);
        }
        (Action::Deliver { .. }, Answer::Delivered) => delivered(step),
        (Action::Deliver { .. }, Answer::KeptToDeliver(waiting)) => {
            delivered(step);
            step.perform(Action::TellStaff(StaffNote::FilesWait(waiting)), step.settings().timing.device);
        }
        (Action::Deliver { .. }, Answer::Failed(failure)) => {
            fallback::call_staff(step, StaffReason::Failure(failure));
        }
        (Action::Deliver { .. }, _) => fallback::call_staff(step, StaffReason::Failure(Failure::HandoffUnwritable)),
        _ => {}
    }
}

/// Consents that the gateway does not hold count for nobody: the file says so and staff hear of it.
fn unsaved(step: &mut Step, failure: Failure) {
    step.note(|r| r.choices.consents = comprehensive(ConsentAnswer::NotAnswered));
    deliver(step);
    step.perform(Action::TellStaff(StaffNote::ConsentsUnsaved(failure)), step.settings().timing.device);
}

/// The file is on a disk, there or here: the check needs no follow-up, and the card is known for the rest of the day.
fn delivered(step: &mut Step) {
    let time = step.at.civil().time();
    let Some(reception) = step.state.reception.as_mut() else { return };
    reception.settled = true;
    let check_id = reception.check.as_ref().map(|c| c.check_id.clone()).unwrap_or_default();
    let mark = reception.card.as_ref().and_then(|card| card.mark);
    let known_by = reception.renewed_check().unwrap_or_else(|| check_id.clone());
    if let Some(mark) = mark {
        step.state.kiosk.received.insert(mark, Received { at: time, check_id: known_by });
    }
    farewell::done(step);
    step.perform(Action::Settle { check_id, delivered: true }, step.settings().timing.device);
}
