//! What each order of staff does where a visit stands, and why it may be refused. The desk and the kiosk's own panel use
//! the same orders.

use crate::domain::face::Verdict;
use crate::domain::failure::Failure;
use crate::domain::staff_order::{Refusal, StaffCommand, StaffOrder, StaffPlace};

use super::situation::Phase;
use super::turn::Turn;
use super::{Action, CheckStage, Help, Pause, Situation};
use super::{choices, consent, fallback, farewell, identity, panel, pause, registration, staff};

/// Tries of the face that staff can grant in one visit beyond those of the site.
pub const GRANTED_AT_MOST: u8 = 2;

/// Staff order something of this visit; whoever brought the order is answered.
pub(super) fn ordered(turn: &mut Turn, order: &StaffOrder) {
    let outcome = obey(turn, order);
    if let (Situation::StaffPanel { reason, .. }, Err(refusal), StaffPlace::Kiosk) = (&turn.at, outcome, order.by.place)
    {
        panel::open(turn, *reason, Some(refusal));
    }
    let answer = Action::AnswerOrder { order: order.id, place: order.by.place, outcome };
    turn.perform(answer, turn.settings().timing.device);
}

fn obey(turn: &mut Turn, order: &StaffOrder) -> Result<(), Refusal> {
    if order.reception != turn.reception.id {
        return Err(Refusal::OtherVisit);
    }
    if order.by.place == StaffPlace::Kiosk && !turn.at.is_opened_to_staff() {
        return Err(Refusal::NotOpened);
    }
    match order.command {
        StaffCommand::Coming => return coming(turn),
        StaffCommand::FinishAndWipe => finish(turn)?,
        _ if at_work(&turn.at) => return Err(Refusal::AtWork),
        _ if card_away(turn) => return Err(Refusal::CardAway),
        StaffCommand::SeenByEye { before_me: false, .. } => return Err(Refusal::NotBeforeMe),
        StaffCommand::SeenByEye { .. } => seen(turn)?,
        StaffCommand::NotTheSame => not_the_same(turn)?,
        StaffCommand::AnotherTry => another_try(turn)?,
        StaffCommand::GoOnByPin => go_on_by_pin(turn)?,
        StaffCommand::OneStepBack => one_step_back(turn)?,
    }
    turn.reception.help = Help::None;
    Ok(())
}

/// What takes seconds and must come to its end: a card or a server is at it, and what it answers counts.
fn at_work(situation: &Situation) -> bool {
    matches!(
        situation,
        Situation::ReadingCard
            | Situation::OpeningCardFace
            | Situation::TypeOnReader { .. }
            | Situation::Checking { .. }
            | Situation::Registering
            | Situation::Delivering { .. }
            | Situation::CleaningUp
    )
}

/// A card that is off the reader, or not known to be the same yet, proves nothing.
fn card_away(turn: &Turn) -> bool {
    let interrupted = turn.reception.left_at.is_some() && turn.reception.card.is_some();
    let lifted = matches!(turn.at, Situation::ShowCard { lifted: true, .. });
    lifted || matches!(turn.pause, Some(Pause::CardAway { .. })) || interrupted && !turn.scene.kiosk.known_card()
}

/// The patient reads and hears that somebody comes, and waits for them with their full time again.
fn coming(turn: &mut Turn) -> Result<(), Refusal> {
    if turn.reception.help == Help::None {
        return Err(Refusal::NobodyCalls);
    }
    turn.reception.help = Help::Coming;
    if let (Situation::CallStaff { reason }, None) = (&turn.at, turn.pause) {
        fallback::await_staff(turn, *reason);
    }
    Ok(())
}

/// Whether it is still open who the patient is, with a card that can say so.
fn identifies(turn: &Turn) -> bool {
    let calls = matches!(turn.at, Situation::CallStaff { .. } | Situation::EnterStaffCode { .. });
    let open = turn.reception.check.is_none() && !turn.reception.settled;
    let card = turn.reception.card.as_ref().is_some_and(|card| card.certificate_until.is_some());
    let here = calls || turn.at.is_opened_to_staff() || turn.at.phase() == Phase::Identity;
    here && open && card && turn.scene.kiosk.known_card()
}

/// The eye says who it is.
pub(super) fn seen(turn: &mut Turn) -> Result<(), Refusal> {
    compared(turn)?;
    turn.reception.seen_by_staff = true;
    staff::prove(turn);
    Ok(())
}

/// The eye says that it is somebody else. Nobody is blamed: what follows is what follows a face that was not confirmed.
pub(super) fn not_the_same(turn: &mut Turn) -> Result<(), Refusal> {
    compared(turn)?;
    fallback::lead(turn, Failure::FaceNotConfirmed);
    Ok(())
}

pub(super) fn compared(turn: &Turn) -> Result<(), Refusal> {
    if !identifies(turn) {
        Err(Refusal::NotHere)
    } else if turn.visual_possible() {
        Ok(())
    } else {
        Err(Refusal::NothingToCompare)
    }
}

/// One more try of the face: the patient's own where one is left, else one that staff grant.
fn another_try(turn: &mut Turn) -> Result<(), Refusal> {
    if !identifies(turn) || matches!(turn.at, Situation::FaceCapture { .. }) {
        return Err(Refusal::NotHere);
    }
    let barred = turn.reception.face_barred;
    match barred {
        None => {}
        Some(_) if turn.reception.face_judgement.is_some_and(|last| last.verdict == Verdict::NotLive) => {
            return Err(Refusal::NotSeenAlive);
        }
        Some(failure) if !may_pass(failure) => return Err(Refusal::FaceClosed),
        Some(_) if turn.reception.granted_tries >= GRANTED_AT_MOST => return Err(Refusal::NoTryLeft),
        Some(_) => turn.reception.face_barred = None,
    }
    if turn.reception.face_possible().is_err() {
        turn.reception.face_barred = barred;
        return Err(Refusal::FaceClosed);
    }
    turn.reception.granted_tries += u8::from(barred.is_some());
    identity::choose_face(turn);
    Ok(())
}

/// Whether a face that is closed for that reason may be taken at the next try.
fn may_pass(failure: Failure) -> bool {
    matches!(
        failure,
        Failure::FaceNotConfirmed
            | Failure::FaceNotLive
            | Failure::CameraGone
            | Failure::CameraNoPicture
            | Failure::CameraBusy
            | Failure::CameraPrivate
            | Failure::StepTimedOut
    )
}

/// The card's own tries stay what they are, and the question before the last one is asked.
fn go_on_by_pin(turn: &mut Turn) -> Result<(), Refusal> {
    if !identifies(turn) || matches!(turn.at, Situation::EnterPin { .. } | Situation::PinLastTry { .. }) {
        return Err(Refusal::NotHere);
    }
    turn.reception.pin_possible().map_err(|_| Refusal::PinClosed)?;
    identity::choose_pin(turn);
    Ok(())
}

/// To the question before the one that is asked, or that was asked when staff were called.
fn one_step_back(turn: &mut Turn) -> Result<(), Refusal> {
    let place = turn.reception.left_at.clone().unwrap_or_else(|| turn.at.clone());
    match place.phase() {
        Phase::Identity if place == Situation::ChooseMethod => Err(Refusal::NothingBefore),
        Phase::Identity => {
            (turn.reception.method, turn.reception.seen_by_staff) = (None, false);
            turn.enter_and_wait(Situation::ChooseMethod);
            Ok(())
        }
        Phase::Consent => consent::back(turn, &place),
        Phase::Choices => choices::back(turn, &place),
        Phase::Registration => registration::back(turn, &place),
        Phase::Fallback => fallback::back(turn, &place),
        Phase::Arrival | Phase::Check | Phase::Pause | Phase::Farewell => Err(Refusal::NothingBefore),
    }
}

/// The visit ends through the tail that every visit ends through.
fn finish(turn: &mut Turn) -> Result<(), Refusal> {
    let asking = matches!(
        turn.at,
        Situation::Checking { stage: CheckStage::Proof | CheckStage::Asking | CheckStage::StillAsking }
    );
    if asking || matches!(turn.at, Situation::Registering | Situation::Delivering { .. } | Situation::CleaningUp) {
        return Err(Refusal::AtWork);
    }
    let said = matches!(
        turn.at,
        Situation::Done
            | Situation::Stopped { .. }
            | Situation::Fallback { .. }
            | Situation::FallbackAsk { .. }
            | Situation::FallbackShow { .. }
    );
    if !said {
        farewell::note_end(turn, Failure::Cancelled);
    }
    farewell::clean_up(turn);
    Ok(())
}

/// The patient called, did not wait, and goes on where the visit stood.
pub(super) fn patient_goes_on(turn: &mut Turn) {
    match turn.reception.left_at.take() {
        Some(place) => pause::go_on_at(turn, place),
        None => farewell::clean_up(turn),
    }
}
