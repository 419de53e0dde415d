//! Pauses: the patient does nothing, or the card is off the reader in the middle. Both keep the place and lead back to it.

use std::time::Duration;

use crate::domain::card::CardFacts;
use crate::domain::code_b::Entry;
use crate::domain::failure::Failure;
use crate::domain::qualification::Authentication;

use super::situation::Phase;
use super::turn::Turn;
use super::{Action, Answer, CheckStage, PatientInput, Pause, ReaderState, Situation, Timer};
use super::{arrival, consent, farewell, identity, show_card, staff};

/// Seconds by which a countdown goes down: often enough to be seen, seldom enough to be read out.
const STEP: u16 = 10;

/// Whole seconds of a duration.
fn seconds(time: Duration) -> u16 {
    u16::try_from(time.as_secs()).unwrap_or(u16::MAX)
}

/// Nobody has touched anything for the idle time: asks once before the visit is wiped.
pub(super) fn nobody_touches(turn: &mut Turn) {
    let seconds = seconds(turn.patience(turn.settings().timing.still_there));
    turn.pause(Pause::StillThere { seconds });
    count(turn, seconds);
}

/// The card is off the reader: the visit waits for it in that situation.
pub(super) fn card_away(turn: &mut Turn, situation: Situation) {
    if let ReaderState::Lost(failure) = turn.scene.kiosk.reader {
        return farewell::stop(turn, failure);
    }
    let seconds = seconds(turn.patience(turn.settings().timing.card_away));
    turn.enter(without_pin(situation));
    away(turn, seconds);
}

/// No card lies there, and the visit waits for it.
fn away(turn: &mut Turn, seconds: u16) {
    turn.pause(Pause::CardAway { seconds, reading: false });
    count(turn, seconds);
}

/// Half a PIN does not wait beside an empty reader: whoever puts the card back types it whole. Code B may wait, for it
/// is printed on the card.
fn without_pin(situation: Situation) -> Situation {
    match situation {
        Situation::EnterPin { tries, wrong, .. } => Situation::EnterPin { typed: 0, tries, wrong },
        situation => situation,
    }
}

fn count(turn: &mut Turn, seconds: u16) {
    turn.wait(Timer::Count, Duration::from_secs(seconds.clamp(1, STEP).into()));
}

/// One step of the countdown is over.
pub(super) fn counted(turn: &mut Turn) {
    let Some(pause) = &mut turn.pause else { return };
    let (Pause::StillThere { seconds } | Pause::CardAway { seconds, .. }) = pause;
    *seconds = seconds.saturating_sub(STEP);
    match *pause {
        Pause::StillThere { seconds: 0 } => walked_away(turn),
        Pause::CardAway { seconds: 0, .. } => farewell::stop(turn, Failure::CardGone),
        Pause::StillThere { seconds } | Pause::CardAway { seconds, .. } => count(turn, seconds),
    }
}

/// The countdown is over: whoever has confirmed their name keeps their qualification, everything else ends.
fn walked_away(turn: &mut Turn) {
    if consent::may_go_unanswered(&turn.at) {
        consent::unanswered(turn);
    } else if turn.scene.kiosk.card_present && !nothing_begun(&turn.at) {
        farewell::stop(turn, Failure::TimedOut);
    } else {
        farewell::note_end(turn, Failure::TimedOut);
        farewell::clean_up(turn);
    }
}

/// Situations where nothing of the visit is cut short by leaving.
fn nothing_begun(situation: &Situation) -> bool {
    situation.goes_on_without_card() || {
        let read = matches!(situation, Situation::AlreadyReceived { .. } | Situation::RegistrationStatus { .. });
        read || matches!(situation, Situation::WrongCard { .. })
    }
}

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (turn.pause, input) {
        (Some(Pause::StillThere { .. }), PatientInput::Continue | PatientInput::MoreTime) => {
            turn.reception.unhurried |= input == PatientInput::MoreTime;
            turn.enter_and_wait(turn.at.clone());
        }
        (_, PatientInput::Cancel) => turn.cancelled(),
        _ => {}
    }
}

/// A card lies there, and nobody watched it come: is it the one of this visit?
pub(super) fn card_unsure(turn: &mut Turn, situation: Situation) {
    let seconds = seconds(turn.patience(turn.settings().timing.card_away));
    turn.enter(situation);
    card_back(turn, seconds);
}

/// A card lies there again: is it the same one?
pub(super) fn card_back(turn: &mut Turn, seconds: u16) {
    turn.pause(Pause::CardAway { seconds, reading: true });
    turn.perform(Action::IdentifyCard, turn.settings().timing.device);
}

/// It was taken off again before it was read.
pub(super) fn card_gone_again(turn: &mut Turn) {
    if let Some(Pause::CardAway { seconds, reading: true }) = turn.pause {
        away(turn, seconds);
    }
}

pub(super) fn answered(turn: &mut Turn, answer: Answer) {
    let Some(Pause::CardAway { seconds, reading: true }) = turn.pause else { return };
    match answer {
        Answer::Identified(facts) if is_same(turn, &facts) => {
            turn.scene.kiosk.card_fresh = false;
            turn.reception.card = Some(facts);
            turn.reception.card_face = None;
            resume(turn, turn.at.clone());
        }
        Answer::Identified(_) => farewell::stop(turn, Failure::CardSwapped),
        Answer::Failed(failure @ (Failure::CardServiceStopped | Failure::ReaderGone)) => {
            farewell::stop(turn, failure);
        }
        // Not read well enough to tell: it has to be placed once more within the time that is left.
        _ => away(turn, seconds),
    }
}

/// Two cards without certificate cannot be told apart, so they never count as the same.
fn is_same(turn: &Turn, facts: &CardFacts) -> bool {
    turn.reception.card_mark().is_some_and(|mark| facts.mark == Some(mark))
}

/// Where the visit goes on if whoever called staff does not wait; `None` where nothing follows. Digits are typed anew.
pub(super) fn place_to_return_to(turn: &Turn) -> Option<Situation> {
    match &turn.at {
        // What the reader's own keypad had begun is not known, so the card is looked at again.
        Situation::TypeOnReader { .. } => Some(Situation::ReadingCard),
        Situation::EnterCodeB { entry } => Some(Situation::EnterCodeB { entry: Entry::new(None, entry.tries) }),
        place if place.is_for_staff() || place.phase() == Phase::Farewell => None,
        place => Some(without_pin(place.clone())),
    }
}

/// The visit goes on at `place` after staff were called; a card that was moved meanwhile is looked at first.
pub(super) fn go_on_at(turn: &mut Turn, place: Situation) {
    if let ReaderState::Lost(failure) = turn.scene.kiosk.reader
        && (place == Situation::PlaceCard || !place.goes_on_without_card())
    {
        return farewell::stop(turn, failure);
    }
    if place == Situation::PlaceCard && turn.scene.kiosk.card_present {
        return arrival::read_card(turn);
    }
    let moved = turn.reception.card.is_some() && !turn.scene.kiosk.known_card();
    if !moved || place.goes_on_without_card() {
        return resume(turn, place);
    }
    card_away(turn, place);
    if let (Some(Pause::CardAway { seconds, .. }), true) = (turn.pause, turn.scene.kiosk.card_present) {
        card_back(turn, seconds);
    }
}

/// Back to where the visit stood. What the card had opened is closed again, so a face begins with its card face.
fn resume(turn: &mut Turn, place: Situation) {
    let proving = matches!(place, Situation::Checking { stage: CheckStage::Challenge | CheckStage::Proof });
    let by_eye = turn.reception.seen_by_staff;
    match place {
        Situation::ReadingCard => arrival::read_card(turn),
        Situation::OpeningCardFace if by_eye => staff::prove(turn),
        Situation::OpeningCardFace | Situation::FaceCapture { .. } => face_again(turn),
        _ if proving => match turn.reception.authentication() {
            Authentication::Visual => staff::prove(turn),
            Authentication::Face => face_again(turn),
            Authentication::Pin => identity::choose_pin(turn),
        },
        Situation::ShowCard { read, .. } => show_card::card_is_back(turn, read),
        Situation::VisualCheck => staff::look_again(turn),
        place => turn.enter_and_wait(place),
    }
}

/// The card may have no tries left for it any more; then the choice says so.
fn face_again(turn: &mut Turn) {
    if turn.reception.face_possible().is_ok() {
        identity::choose_face(turn);
    } else {
        turn.enter_and_wait(Situation::ChooseMethod);
    }
}
