//! Identity: face or PIN.

use crate::domain::card::{CardFaceFacts, PrintCheck, Tries};
use crate::domain::code_b::{Entry, Implausible, Part, Problem};
use crate::domain::face::{self, Evidence, Hint};
use crate::domain::failure::Failure;
use crate::domain::pin::{self, EnteredBy};
use crate::domain::staff_news::StaffNews;

use super::turn::Turn;
use super::{Action, Answer, Method, PatientInput, Situation, StaffReason};
use super::{check, fallback, farewell, show_card};

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (turn.at.clone(), input) {
        (_, PatientInput::Cancel) => turn.cancelled(),
        (
            Situation::ChooseMethod
            | Situation::EnterPin { .. }
            | Situation::PinLastTry { .. }
            | Situation::PinLocked { .. },
            PatientInput::Choose(Method::Face),
        ) => choose_face(turn),
        (
            Situation::ChooseMethod | Situation::FaceHelp { .. } | Situation::EnterCodeB { .. },
            PatientInput::Choose(Method::Pin),
        ) => choose_pin(turn),
        (Situation::FaceHelp { may_retry: true, .. }, PatientInput::Retry) => choose_face(turn),
        (Situation::EnterPin { .. }, PatientInput::AskWhoEnters) => turn.enter_and_wait(Situation::AskWhoEnters),
        (Situation::AskWhoEnters, PatientInput::EnteredBy(person)) => entered_by(turn, person),
        (Situation::AskWhoEnters, PatientInput::Back) => enter_pin(turn, false),
        // Warned, and still the patient's own decision.
        (Situation::PinLastTry { wrong }, PatientInput::Continue) => enter_pin(turn, wrong),
        (Situation::EnterPin { typed, tries, wrong }, input) => {
            if input == PatientInput::Confirm && typed == pin::LENGTH {
                check::start(turn);
            } else if let Some(typed) = digits(typed, pin::LENGTH, input) {
                turn.refresh(Situation::EnterPin { typed, tries, wrong: wrong && typed == 0 });
            }
        }
        (Situation::EnterCodeB { entry }, input) => code_b_touched(turn, entry, input),
        (Situation::ShowCard { .. }, input) => show_card::touched(turn, input),
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
fn code_b_touched(turn: &mut Turn, entry: Entry, input: PatientInput) {
    let next = match input {
        PatientInput::Confirm if entry.is_full() => {
            let action = Action::CheckCodeBPart(entry.part, entry.calendar);
            return turn.perform(action, turn.settings().timing.device);
        }
        PatientInput::Back => match entry.part.before() {
            Some(part) => Entry { part, problem: None, ..entry },
            None => return turn.enter_and_wait(Situation::ChooseMethod),
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
    turn.refresh(Situation::EnterCodeB { entry: next });
}

fn code_b_part(turn: &mut Turn, entry: Entry, part: Part, verdict: Result<(), Implausible>) {
    if entry.part != part || !entry.is_full() {
        return;
    }
    match (verdict, part.next()) {
        (Err(reason), _) => {
            let problem = Some(Problem::Implausible(reason));
            turn.refresh(Situation::EnterCodeB { entry: Entry { problem, ..entry } });
        }
        (Ok(()), Some(part)) => turn.refresh(Situation::EnterCodeB { entry: Entry { part, problem: None, ..entry } }),
        (Ok(()), None) => open_card_face(turn),
    }
}

pub(super) fn choose_face(turn: &mut Turn) {
    if turn.reception.face_possible().is_err() {
        return;
    }
    (turn.reception.method, turn.reception.seen_by_staff) = (Some(Method::Face), false);
    if turn.reception.card_face.is_some() {
        capture(turn);
    } else {
        find_code_b(turn);
    }
}

/// The card face is wanted, for the camera or after the eyes of staff.
pub(super) fn find_code_b(turn: &mut Turn) {
    turn.enter(Situation::OpeningCardFace);
    let may_read = turn.reception.code_b_may_be_read();
    turn.reception.code_b_sought = true;
    turn.perform(Action::FindCodeB { may_read }, turn.settings().timing.find_code_b);
}

pub(super) fn choose_pin(turn: &mut Turn) {
    (turn.reception.method, turn.reception.seen_by_staff) = (Some(Method::Pin), false);
    match turn.reception.pin_possible() {
        Ok(()) => before_pin(turn, false),
        Err(failure) => turn.enter_and_wait(Situation::PinLocked { failure, now: false }),
    }
}

/// The keypad, or the question that stands before the last try.
fn before_pin(turn: &mut Turn, wrong: bool) {
    if pin::is_last_try(turn.reception.pin_tries()) {
        turn.enter_and_wait(Situation::PinLastTry { wrong });
    } else {
        enter_pin(turn, wrong);
    }
}

fn enter_pin(turn: &mut Turn, wrong: bool) {
    let tries = turn.reception.pin_tries();
    if turn.reception.card.as_ref().is_some_and(|card| card.keypad) {
        // The reader itself waits for the digits, so what they unlock must be there before.
        turn.enter(Situation::TypeOnReader { tries, wrong });
        turn.perform(Action::FetchChallenge, turn.settings().timing.check);
    } else {
        turn.enter_and_wait(Situation::EnterPin { typed: 0, tries, wrong });
    }
}

fn typed_on_reader(turn: &mut Turn, answer: Answer) {
    match answer {
        Answer::ChallengeReady => {
            turn.perform(Action::SignOnReader(turn.reception.entered_by), turn.settings().timing.keypad);
        }
        Answer::ProofReady => check::ask(turn),
        Answer::PinWrong(tries) => pin_wrong(turn, tries),
        Answer::Failed(Failure::PinBlocked) => pin_wrong(turn, Tries::Blocked),
        // Nobody typed, or somebody pressed the reader's cancel key: another way may be wanted.
        Answer::TimedOut | Answer::Failed(Failure::TimedOut | Failure::Cancelled) => {
            turn.enter_and_wait(Situation::ChooseMethod);
        }
        Answer::Failed(failure) => turn.fail(failure),
        _ => farewell::stop(turn, Failure::CardUnreadable),
    }
}

fn entered_by(turn: &mut Turn, person: EnteredBy) {
    turn.reception.entered_by = person;
    enter_pin(turn, false);
}

pub(super) fn open_card_face(turn: &mut Turn) {
    turn.enter(Situation::OpeningCardFace);
    turn.perform(Action::OpenCardFace, turn.settings().timing.card_face);
}

pub(super) fn enter_code_b(turn: &mut Turn, problem: Option<Problem>) {
    let tries = turn.reception.code_b_tries();
    turn.enter_and_wait(Situation::EnterCodeB { entry: Entry::new(problem, tries) });
}

fn capture(turn: &mut Turn) {
    turn.enter(Situation::FaceCapture { hint: None, progress: 0 });
    // The engine makes the template while the camera opens.
    turn.perform(Action::PrepareFace, turn.settings().timing.device);
    turn.perform(Action::MatchFace(turn.settings().face), turn.settings().timing.face);
}

/// A hint for the running attempt.
pub(super) fn hint(turn: &mut Turn, hint: Hint) {
    if let (Situation::FaceCapture { hint: shown, .. }, None) = (&mut turn.at, turn.pause) {
        *shown = Some(hint);
    }
}

/// How far the running attempt has come.
pub(super) fn progress(turn: &mut Turn, percent: u8) {
    if let (Situation::FaceCapture { progress, .. }, None) = (&mut turn.at, turn.pause) {
        *progress = percent.min(100);
    }
}

pub(super) fn answered(turn: &mut Turn, action: &Action, answer: Answer) {
    match (&turn.at, answer) {
        (Situation::OpeningCardFace, Answer::CodeBFound) => open_card_face(turn),
        (Situation::OpeningCardFace, Answer::CardWanted) => show_card::begin(turn),
        (Situation::ShowCard { .. }, answer) => show_card::answered(turn, &answer),
        (Situation::OpeningCardFace, Answer::CodeBUnknown) => enter_code_b(turn, None),
        // Whatever keeps the source from finding it keeps nobody from typing it.
        (Situation::OpeningCardFace, Answer::TimedOut | Answer::Failed(_))
            if matches!(action, Action::FindCodeB { .. }) =>
        {
            enter_code_b(turn, None);
        }
        (Situation::OpeningCardFace, Answer::CodeBWrong(tries)) => code_b_wrong(turn, tries),
        (Situation::OpeningCardFace, Answer::CardFaceOpened(facts)) => card_face_opened(turn, facts),
        (Situation::OpeningCardFace, Answer::Failed(Failure::CodeBImplausible)) => {
            enter_code_b(turn, Some(Problem::Implausible(Implausible::Length)));
        }
        (Situation::OpeningCardFace, Answer::Failed(failure @ (Failure::CodeBBlocked | Failure::NoPortrait))) => {
            bar_face(turn, failure);
        }
        (Situation::OpeningCardFace, Answer::Failed(failure)) => turn.fail(failure),
        (Situation::OpeningCardFace, _) => turn.fail(Failure::CardUnreadable),
        (Situation::EnterCodeB { entry }, Answer::CodeBPart(part, verdict)) => {
            let entry = *entry;
            code_b_part(turn, entry, part, verdict);
        }
        (Situation::TypeOnReader { .. }, answer) => typed_on_reader(turn, answer),
        (Situation::FaceCapture { .. }, answer) if *action == Action::PrepareFace => prepared(turn, &answer),
        (Situation::FaceCapture { .. }, Answer::FaceSeen(evidence)) => face_seen(turn, &evidence),
        (Situation::FaceCapture { .. }, Answer::Failed(failure)) => face_impossible(turn, failure),
        // Whatever else was late: of a camera without picture the camera says so itself.
        (Situation::FaceCapture { .. }, _) => face_impossible(turn, Failure::StepTimedOut),
        _ => {}
    }
}

fn code_b_wrong(turn: &mut Turn, tries: Tries) {
    if let Some(card) = turn.reception.card.as_mut() {
        card.code_b = tries;
    }
    match turn.reception.face_possible() {
        Ok(()) => enter_code_b(turn, Some(Problem::Wrong)),
        Err(_) => bar_face(turn, Failure::CodeBBlocked),
    }
}

/// The face is no way for this visit; the choice shows why. What staff saw is no way either without the card face.
fn bar_face(turn: &mut Turn, failure: Failure) {
    (turn.reception.face_barred, turn.reception.seen_by_staff) = (Some(failure), false);
    turn.enter_and_wait(Situation::ChooseMethod);
}

fn card_face_opened(turn: &mut Turn, facts: CardFaceFacts) {
    let (authenticity, has_portrait) = (facts.authenticity, facts.has_portrait);
    if facts.print == PrintCheck::Differs {
        // The visit goes on by what the issuer has signed; staff look at the card.
        turn.perform(Action::TellStaff(StaffNews::PrintDiffers), turn.settings().timing.device);
    }
    turn.reception.card_face = Some(facts);
    if !authenticity.may_serve() {
        fallback::call_staff(turn, StaffReason::Failure(Failure::CardFaceInvalid));
    } else if turn.reception.seen_by_staff {
        check::start(turn);
    } else if has_portrait {
        capture(turn);
    } else {
        bar_face(turn, Failure::NoPortrait);
    }
}

fn face_seen(turn: &mut Turn, evidence: &Evidence) {
    let rule = turn.settings().face;
    let (judgement, now) = (face::judge(evidence, &rule), turn.scene.moment.steady);
    let card = turn.reception.card_mark();
    turn.reception.face_judgement = Some(judgement);
    let Some(failure) = judgement.failure() else {
        if let Some(card) = card {
            turn.scene.kiosk.card_tries.matched(card);
        }
        return check::start(turn);
    };
    turn.reception.face_tries = turn.reception.face_tries.saturating_add(1);
    let tries = &mut turn.scene.kiosk.card_tries;
    if let Some(card) = card.filter(|_| judgement.compared()) {
        tries.failed(card, &rule, now);
    }
    let exhausted = card.is_some_and(|card| tries.exhausted(card, &rule, now));
    let may_retry = !exhausted && turn.reception.face_tries < rule.max_tries;
    if !may_retry {
        turn.reception.face_barred = Some(failure);
    }
    turn.enter_and_wait(Situation::FaceHelp { hint: judgement.advice(), may_retry, failure });
}

/// What makes every attempt fail ends this one at once. A template that is only late is made again by the attempt.
fn prepared(turn: &mut Turn, answer: &Answer) {
    if let Answer::Failed(failure @ (Failure::CardFaceInvalid | Failure::FaceModelsInvalid)) = *answer {
        face_impossible(turn, failure);
    }
}

/// A device fault, or a gateway that takes no face, is not the patient's try.
pub(super) fn face_impossible(turn: &mut Turn, failure: Failure) {
    match failure {
        Failure::CardGone | Failure::CardServiceStopped | Failure::ReaderGone => farewell::stop(turn, failure),
        Failure::CardFaceInvalid => fallback::call_staff(turn, StaffReason::Failure(failure)),
        failure => {
            turn.reception.face_barred = Some(failure);
            turn.enter_and_wait(Situation::FaceHelp { hint: None, may_retry: false, failure });
        }
    }
}

/// The card refused the PIN.
pub(super) fn pin_wrong(turn: &mut Turn, tries: Tries) {
    if let Some(card) = turn.reception.card.as_mut() {
        card.pin = tries;
    }
    match turn.reception.pin_possible() {
        Ok(()) => before_pin(turn, true),
        Err(_) => turn.enter_and_wait(Situation::PinLocked { failure: Failure::PinBlocked, now: true }),
    }
}
