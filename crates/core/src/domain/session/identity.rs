//! Identity: face or PIN.

use crate::domain::card::{CardFaceFacts, Tries};
use crate::domain::code_b::{Entry, Implausible, Part, Problem};
use crate::domain::face::{self, Evidence, Hint};
use crate::domain::failure::Failure;
use crate::domain::pin::{self, EnteredBy};

use super::step::Step;
use super::{Action, Answer, Method, PatientInput, Situation, StaffReason};
use super::{check, fallback, farewell};

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation().clone(), input) {
        (_, PatientInput::Cancel) => step.cancelled(),
        (
            Situation::ChooseMethod
            | Situation::EnterPin { .. }
            | Situation::PinLastTry { .. }
            | Situation::PinLocked { .. },
            PatientInput::Choose(Method::Face),
        ) => choose_face(step),
        (
            Situation::ChooseMethod | Situation::FaceHelp { .. } | Situation::EnterCodeB { .. },
            PatientInput::Choose(Method::Pin),
        ) => choose_pin(step),
        (Situation::FaceHelp { may_retry: true, .. }, PatientInput::Retry) => choose_face(step),
        (Situation::EnterPin { .. }, PatientInput::AskWhoEnters) => step.enter_and_wait(Situation::AskWhoEnters),
        (Situation::AskWhoEnters, PatientInput::EnteredBy(person)) => entered_by(step, person),
        (Situation::AskWhoEnters, PatientInput::Back) => enter_pin(step, false),
        // Warned, and still the patient's own decision.
        (Situation::PinLastTry { wrong }, PatientInput::Continue) => enter_pin(step, wrong),
        (Situation::EnterPin { typed, tries, wrong }, input) => {
            if input == PatientInput::Confirm && typed == pin::LENGTH {
                check::start(step);
            } else if let Some(typed) = digits(typed, pin::LENGTH, input) {
                step.refresh(Situation::EnterPin { typed, tries, wrong: wrong && typed == 0 });
            }
        }
        (Situation::EnterCodeB { entry }, input) => code_b_touched(step, entry, input),
        _ => {}
    }
}

/// The count after a touch of the keypad; `None` when the touch was none or changes nothing.
pub(super) fn digits(typed: u8, length: u8, input: PatientInput) -> Option<u8> {
    match input {
        PatientInput::DigitTyped if typed < length => Some(typed + 1),
        PatientInput::DigitErased if typed > 0 => Some(typed - 1),
        PatientInput::DigitsCleared => Some(0),
        _ => None,
    }
}

/// Code B is typed in three parts; each is looked at before the next, all before the card.
fn code_b_touched(step: &mut Step, entry: Entry, input: PatientInput) {
    let next = match input {
        PatientInput::Confirm if entry.is_full() => {
            let action = Action::CheckCodeBPart(entry.part, entry.calendar);
            return step.perform(action, step.settings().timing.device);
        }
        PatientInput::Back => match entry.part.before() {
            Some(part) => Entry { part, problem: None, ..entry },
            None => return step.enter_and_wait(Situation::ChooseMethod),
        },
        PatientInput::EraLater if entry.part == Part::Birth => {
            Entry { calendar: entry.calendar.later(), problem: None, ..entry }
        }
        PatientInput::EraEarlier if entry.part == Part::Birth => {
            Entry { calendar: entry.calendar.earlier(), problem: None, ..entry }
        }
        input => match digits(entry.count(), entry.part.length(), input) {
            Some(count) => entry.with_count(count),
            None => return,
        },
    };
    step.refresh(Situation::EnterCodeB { entry: next });
}

fn code_b_part(step: &mut Step, entry: Entry, part: Part, verdict: Result<(), Implausible>) {
    if entry.part != part || !entry.is_full() {
        return;
    }
    match (verdict, part.next()) {
        (Err(reason), _) => {
            let problem = Some(Problem::Implausible(reason));
            step.refresh(Situation::EnterCodeB { entry: Entry { problem, ..entry } });
        }
        (Ok(()), Some(part)) => step.refresh(Situation::EnterCodeB { entry: Entry { part, problem: None, ..entry } }),
        (Ok(()), None) => open_card_face(step),
    }
}

pub(super) fn choose_face(step: &mut Step) {
    if step.reception().is_none_or(|r| r.face_possible().is_err()) {
        return;
    }
    step.note(|r| (r.method, r.seen_by_staff) = (Some(Method::Face), false));
    if step.reception().is_some_and(|r| r.card_face.is_some()) {
        capture(step);
    } else {
        find_code_b(step);
    }
}

/// The card face is wanted, for the camera or after the eyes of staff.
pub(super) fn find_code_b(step: &mut Step) {
    step.enter(Situation::OpeningCardFace);
    step.perform(Action::FindCodeB, step.settings().timing.device);
}

pub(super) fn choose_pin(step: &mut Step) {
    let Some(possible) = step.reception().map(|r| r.pin_possible()) else { return };
    step.note(|r| (r.method, r.seen_by_staff) = (Some(Method::Pin), false));
    match possible {
        Ok(()) => before_pin(step, false),
        Err(failure) => step.enter_and_wait(Situation::PinLocked { failure, now: false }),
    }
}

/// The keypad, or the question that stands before the last try.
fn before_pin(step: &mut Step, wrong: bool) {
    if step.reception().is_some_and(|r| pin::is_last_try(r.pin_tries())) {
        step.enter_and_wait(Situation::PinLastTry { wrong });
    } else {
        enter_pin(step, wrong);
    }
}

fn enter_pin(step: &mut Step, wrong: bool) {
    let tries = step.reception().map_or(Tries::Absent, |r| r.pin_tries());
    if step.reception().and_then(|r| r.card.as_ref()).is_some_and(|card| card.keypad) {
        // The reader itself waits for the digits, so what they unlock must be there before.
        step.enter(Situation::TypeOnReader { tries, wrong });
        step.perform(Action::FetchChallenge, step.settings().timing.check);
    } else {
        step.enter_and_wait(Situation::EnterPin { typed: 0, tries, wrong });
    }
}

fn typed_on_reader(step: &mut Step, answer: Answer) {
    match answer {
        Answer::ChallengeReady => {
            let person = step.reception().map(|r| r.entered_by).unwrap_or_default();
            step.perform(Action::SignOnReader(person), step.settings().timing.keypad);
        }
        Answer::ProofReady => check::ask(step),
        Answer::PinWrong(tries) => pin_wrong(step, tries),
        Answer::Failed(Failure::PinBlocked) => pin_wrong(step, Tries::Blocked),
        // Nobody typed, or somebody pressed the reader's cancel key: another way may be wanted.
        Answer::TimedOut | Answer::Failed(Failure::TimedOut | Failure::Cancelled) => {
            step.enter_and_wait(Situation::ChooseMethod);
        }
        Answer::Failed(failure) => step.fail(failure),
        _ => farewell::stop(step, Failure::CardUnreadable),
    }
}

fn entered_by(step: &mut Step, person: EnteredBy) {
    step.note(|r| r.entered_by = person);
    enter_pin(step, false);
}

fn open_card_face(step: &mut Step) {
    step.enter(Situation::OpeningCardFace);
    step.perform(Action::OpenCardFace, step.settings().timing.card_face);
}

fn enter_code_b(step: &mut Step, problem: Option<Problem>) {
    let tries = step.reception().map_or(Tries::Absent, |r| r.code_b_tries());
    step.enter_and_wait(Situation::EnterCodeB { entry: Entry::new(problem, tries) });
}

fn capture(step: &mut Step) {
    step.enter(Situation::FaceCapture { hint: None, progress: 0 });
    // The engine makes the template while the camera opens.
    step.perform(Action::PrepareFace, step.settings().timing.device);
    step.perform(Action::MatchFace(step.settings().face), step.settings().timing.face);
}

/// A hint for the running attempt.
pub(super) fn hint(step: &mut Step, hint: Hint) {
    if let Situation::FaceCapture { hint: shown, .. } = &mut step.state.situation {
        *shown = Some(hint);
    }
}

/// How far the running attempt has come.
pub(super) fn progress(step: &mut Step, percent: u8) {
    if let Situation::FaceCapture { progress, .. } = &mut step.state.situation {
        *progress = percent.min(100);
    }
}

pub(super) fn answered(step: &mut Step, action: &Action, answer: Answer) {
    match (step.situation(), answer) {
        (Situation::OpeningCardFace, Answer::CodeBFound) => open_card_face(step),
        (Situation::OpeningCardFace, Answer::CodeBUnknown) => enter_code_b(step, None),
        (Situation::OpeningCardFace, Answer::CodeBWrong(tries)) => code_b_wrong(step, tries),
        (Situation::OpeningCardFace, Answer::CardFaceOpened(facts)) => card_face_opened(step, facts),
        (Situation::OpeningCardFace, Answer::Failed(Failure::CodeBImplausible)) => {
            enter_code_b(step, Some(Problem::Implausible(Implausible::Length)));
        }
        (Situation::OpeningCardFace, Answer::Failed(failure @ (Failure::CodeBBlocked | Failure::NoPortrait))) => {
            bar_face(step, failure);
        }
        (Situation::OpeningCardFace, Answer::Failed(failure)) => step.fail(failure),
        (Situation::OpeningCardFace, _) => step.fail(Failure::CardUnreadable),
        (Situation::EnterCodeB { entry }, Answer::CodeBPart(part, verdict)) => {
            let entry = *entry;
            code_b_part(step, entry, part, verdict);
        }
        (Situation::TypeOnReader { .. }, answer) => typed_on_reader(step, answer),
        (Situation::FaceCapture { .. }, answer) if *action == Action::PrepareFace => prepared(step, &answer),
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
        Some(Ok(())) => enter_code_b(step, Some(Problem::Wrong)),
        _ => bar_face(step, Failure::CodeBBlocked),
    }
}

/// The face is no way for this visit; the choice shows why. What staff saw is no way either without the card face.
fn bar_face(step: &mut Step, failure: Failure) {
    step.note(|r| (r.face_barred, r.seen_by_staff) = (Some(failure), false));
    step.enter_and_wait(Situation::ChooseMethod);
}

fn card_face_opened(step: &mut Step, facts: CardFaceFacts) {
    let (authenticity, has_portrait) = (facts.authenticity, facts.has_portrait);
    step.note(|r| r.card_face = Some(facts));
    if !authenticity.may_serve() {
        fallback::call_staff(step, StaffReason::Failure(Failure::CardFaceInvalid));
    } else if step.reception().is_some_and(|r| r.seen_by_staff) {
        check::start(step);
    } else if has_portrait {
        capture(step);
    } else {
        bar_face(step, Failure::NoPortrait);
    }
}

fn face_seen(step: &mut Step, evidence: &Evidence) {
    let rule = step.settings().face;
    let (judgement, now) = (face::judge(evidence, &rule), step.at.mono_ms);
    let card = step.reception().and_then(|r| r.card.as_ref()).and_then(|card| card.mark);
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

/// What makes every attempt fail ends this one at once. A template that is only late is made again by the attempt.
fn prepared(step: &mut Step, answer: &Answer) {
    if let Answer::Failed(failure @ (Failure::CardFaceInvalid | Failure::FaceModelsInvalid)) = *answer {
        face_impossible(step, failure);
    }
}

/// A device fault, or a gateway that takes no face, is not the patient's try.
pub(super) fn face_impossible(step: &mut Step, failure: Failure) {
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
        Some(Ok(())) => before_pin(step, true),
        _ => step.enter_and_wait(Situation::PinLocked { failure: Failure::PinBlocked, now: true }),
    }
}
