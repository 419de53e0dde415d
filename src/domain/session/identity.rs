//! Identity: face or PIN.

use crate::domain::card::{CardFaceFacts, CardFacts, Tries};
use crate::domain::code_b;
use crate::domain::face::{self, Evidence, Hint};
use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, Answer, Method, PatientInput, Situation, StaffReason};
use super::{check, fallback, farewell};

/// Digits of the PIN.
const PIN_LENGTH: u8 = 4;

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation().clone(), input) {
        (_, PatientInput::Cancel) => step.cancelled(),
        (
            Situation::ChooseMethod | Situation::EnterPin { .. } | Situation::PinLocked { .. },
            PatientInput::Choose(Method::Face),
        ) => choose_face(step),
        (
            Situation::ChooseMethod | Situation::FaceHelp { .. } | Situation::EnterCodeB { .. },
            PatientInput::Choose(Method::Pin),
        ) => choose_pin(step),
        (Situation::FaceHelp { may_retry: true, .. }, PatientInput::Retry) => capture(step),
        (Situation::EnterPin { typed, tries, wrong }, input) => {
            if input == PatientInput::Confirm && typed == PIN_LENGTH {
                check::start(step);
            } else if let Some(typed) = digits(typed, PIN_LENGTH, input) {
                step.refresh(Situation::EnterPin { typed, tries, wrong: wrong && typed == 0 });
            }
        }
        (Situation::EnterCodeB { typed, tries, problem }, input) => {
            if input == PatientInput::Confirm && usize::from(typed) == code_b::LENGTH {
                open_card_face(step);
            } else if let Some(typed) = digits(typed, code_b::LENGTH as u8, input) {
                step.refresh(Situation::EnterCodeB { typed, tries, problem: problem.filter(|_| typed == 0) });
            }
        }
        _ => {}
    }
}

/// The count after a touch of the keypad; `None` when the touch was none or changes nothing.
fn digits(typed: u8, length: u8, input: PatientInput) -> Option<u8> {
    match input {
        PatientInput::DigitTyped if typed < length => Some(typed + 1),
        PatientInput::DigitErased if typed > 0 => Some(typed - 1),
        PatientInput::DigitsCleared => Some(0),
        _ => None,
    }
}

fn choose_face(step: &mut Step) {
    if step.reception().is_none_or(|r| r.face_possible().is_err()) {
        return;
    }
    step.note(|r| r.method = Some(Method::Face));
    if step.reception().is_some_and(|r| r.card_face.is_some()) {
        capture(step);
    } else {
        step.enter(Situation::OpeningCardFace);
        step.perform(Action::FindCodeB, step.settings().timing.device);
    }
}

fn choose_pin(step: &mut Step) {
    let Some(reception) = step.reception() else { return };
    let (possible, tries) = (reception.pin_possible(), reception.pin_tries());
    step.note(|r| r.method = Some(Method::Pin));
    match possible {
        Ok(()) => step.enter_and_wait(Situation::EnterPin { typed: 0, tries, wrong: false }),
        Err(failure) => step.enter_and_wait(Situation::PinLocked { failure }),
    }
}

fn open_card_face(step: &mut Step) {
    step.enter(Situation::OpeningCardFace);
    step.perform(Action::OpenCardFace, step.settings().timing.card_face);
}

fn enter_code_b(step: &mut Step, problem: Option<Failure>) {
    let tries = step.reception().map_or(Tries::Absent, |r| r.code_b_tries());
    step.enter_and_wait(Situation::EnterCodeB { typed: 0, problem, tries });
}

fn capture(step: &mut Step) {
    step.enter(Situation::FaceCapture { hint: None });
    step.perform(Action::MatchFace, step.settings().timing.face);
}

/// A hint for the running attempt.
pub(super) fn hint(step: &mut Step, hint: Hint) {
    if matches!(step.situation(), Situation::FaceCapture { .. }) {
        step.state.situation = Situation::FaceCapture { hint: Some(hint) };
    }
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    match (step.situation(), answer) {
        (Situation::OpeningCardFace, Answer::CodeBFound) => open_card_face(step),
        (Situation::OpeningCardFace, Answer::CodeBUnknown) => enter_code_b(step, None),
        (Situation::OpeningCardFace, Answer::CodeBWrong(tries)) => code_b_wrong(step, tries),
        (Situation::OpeningCardFace, Answer::CardFaceOpened(facts)) => card_face_opened(step, facts),
        (Situation::OpeningCardFace, Answer::Failed(Failure::CodeBImplausible)) => {
            enter_code_b(step, Some(Failure::CodeBImplausible));
        }
        (Situation::OpeningCardFace, Answer::Failed(failure @ (Failure::CodeBBlocked | Failure::NoPortrait))) => {
            bar_face(step, failure);
        }
        (Situation::OpeningCardFace, Answer::Failed(failure)) => step.fail(failure),
        (Situation::OpeningCardFace, _) => step.fail(Failure::CardUnreadable),
        (Situation::FaceCapture { .. }, Answer::FaceSeen(evidence)) => face_seen(step, &evidence),
        (Situation::FaceCapture { .. }, Answer::Failed(failure)) => face_impossible(step, failure),
        (Situation::FaceCapture { .. }, _) => face_impossible(step, Failure::CameraNoPicture),
        _ => {}
    }
}

fn code_b_wrong(step: &mut Step, tries: Tries) {
    step.note(|r| {
        if let Some(card) = r.card.as_mut() {
            card.code_b = tries;
        }
    });
    match step.reception().map(|r| r.face_possible()) {
        Some(Ok(())) => enter_code_b(step, Some(Failure::CodeBWrong)),
        _ => bar_face(step, Failure::CodeBBlocked),
    }
}

/// The face is no way for this visit; the choice shows why.
fn bar_face(step: &mut Step, failure: Failure) {
    step.note(|r| r.face_barred = Some(failure));
    step.enter_and_wait(Situation::ChooseMethod);
}

fn card_face_opened(step: &mut Step, facts: CardFaceFacts) {
    let (authenticity, has_portrait) = (facts.authenticity, facts.has_portrait);
    step.note(|r| r.card_face = Some(facts));
    if !authenticity.may_serve() {
        fallback::call_staff(step, StaffReason::Failure(Failure::CardFaceInvalid));
    } else if has_portrait {
        capture(step);
    } else {
        bar_face(step, Failure::NoPortrait);
    }
}

fn face_seen(step: &mut Step, evidence: &Evidence) {
    let rule = step.settings().face;
    let (judgement, now) = (face::judge(evidence, &rule), step.at.mono_ms);
    let card = step.reception().and_then(|r| r.card.as_ref()).map(CardFacts::mark);
    step.note(|r| r.face_judgement = Some(judgement));
    let Some(failure) = judgement.failure() else {
        card.into_iter().for_each(|card| step.state.kiosk.card_tries.matched(card));
        return check::start(step);
    };
    step.note(|r| r.face_tries = r.face_tries.saturating_add(1));
    let tries = &mut step.state.kiosk.card_tries;
    card.filter(|_| judgement.compared()).into_iter().for_each(|card| tries.failed(card, &rule, now));
    let exhausted = card.is_some_and(|card| tries.exhausted(card, &rule, now));
    let may_retry = !exhausted && step.reception().is_some_and(|r| r.face_tries < rule.max_tries);
    if !may_retry {
        step.note(|r| r.face_barred = Some(failure));
    }
    step.enter_and_wait(Situation::FaceHelp { hint: judgement.advice(), may_retry, failure });
}

/// A device fault is not the patient's try.
fn face_impossible(step: &mut Step, failure: Failure) {
    match failure {
        Failure::CardGone | Failure::CardServiceStopped | Failure::ReaderGone => farewell::stop(step, failure),
        Failure::CardFaceInvalid => fallback::call_staff(step, StaffReason::Failure(failure)),
        failure => {
            step.note(|r| r.face_barred = Some(failure));
            step.enter_and_wait(Situation::FaceHelp { hint: None, may_retry: false, failure });
        }
    }
}

/// The card refused the PIN.
pub(super) fn pin_wrong(step: &mut Step, tries: Tries) {
    step.note(|r| {
        if let Some(card) = r.card.as_mut() {
            card.pin = tries;
        }
    });
    match step.reception().map(|r| r.pin_possible()) {
        Some(Ok(())) => step.enter_and_wait(Situation::EnterPin { typed: 0, tries, wrong: true }),
        _ => step.enter_and_wait(Situation::PinLocked { failure: Failure::PinBlocked }),
    }
}
