//! Arrival: from an idle kiosk to a card that can be used.

use crate::domain::card::{CardFacts, CardKind};
use crate::domain::failure::Failure;

use super::turn::Turn;
use super::{Action, Answer, PatientInput, Situation};
use super::{fallback, farewell};

/// Times that a card is read before its chip counts as broken.
const READS: u8 = 2;

pub(super) fn touched(turn: &mut Turn, input: PatientInput) {
    match (&turn.at, input) {
        (Situation::PlaceCard | Situation::AlreadyReceived { .. }, PatientInput::Cancel) => farewell::clean_up(turn),
        (Situation::AlreadyReceived { .. }, PatientInput::Continue) => turn.enter_and_wait(Situation::ChooseMethod),
        (Situation::ReadingCard, PatientInput::Cancel) => turn.cancelled(),
        (Situation::WrongCard { failure: Failure::CardUnreadable }, PatientInput::Retry) => read_card(turn),
        (Situation::WrongCard { .. }, PatientInput::Cancel) => turn.cancelled(),
        _ => {}
    }
}

/// Looks at the card on the reader; from here on it belongs to this visit.
pub(super) fn read_card(turn: &mut Turn) {
    turn.scene.kiosk.card_fresh = false;
    turn.enter(Situation::ReadingCard);
    turn.perform(Action::IdentifyCard, turn.settings().timing.device);
}

pub(super) fn answered(turn: &mut Turn, answer: Answer) {
    if turn.at != Situation::ReadingCard {
        return;
    }
    match answer {
        Answer::Identified(facts) => identified(turn, facts),
        Answer::Failed(Failure::CardGone) => turn.enter_and_wait(Situation::PlaceCard),
        Answer::Failed(failure @ (Failure::CardServiceStopped | Failure::ReaderGone)) => farewell::stop(turn, failure),
        Answer::Failed(Failure::CertificateUnusable) => fallback::lead(turn, Failure::CertificateUnusable),
        _ => unreadable(turn),
    }
}

/// Once, it may lie badly; after that the chip seems broken, and the visit goes on without it.
fn unreadable(turn: &mut Turn) {
    turn.reception.unreadable = turn.reception.unreadable.saturating_add(1);
    if turn.reception.unreadable >= READS {
        fallback::lead(turn, Failure::CardUnreadable);
    } else {
        turn.enter_and_wait(Situation::WrongCard { failure: Failure::CardUnreadable });
    }
}

fn identified(turn: &mut Turn, facts: CardFacts) {
    let (kind, certificate) = (facts.kind, facts.certificate_until);
    // Taking the card off and laying it down again gives no new tries.
    let tries = &turn.scene.kiosk.card_tries;
    let exhausted =
        facts.mark.is_some_and(|mark| tries.exhausted(mark, &turn.settings().face, turn.scene.moment.steady));
    turn.reception.card = Some(facts);
    turn.reception.face_barred = exhausted.then_some(Failure::FaceNotConfirmed);
    match kind {
        CardKind::AndroidPhone | CardKind::IPhone => {
            turn.enter_and_wait(Situation::WrongCard { failure: Failure::PhonePlaced });
        }
        CardKind::Juki | CardKind::Other => {
            turn.enter_and_wait(Situation::WrongCard { failure: Failure::NotMyNumberCard });
        }
        CardKind::MyNumber if certificate.is_none() => fallback::lead(turn, Failure::NoCertificate),
        CardKind::MyNumber => usable(turn),
    }
}

/// A card that can be used; one that was received today is told so before anything is asked again.
fn usable(turn: &mut Turn) {
    if turn.is_inquiry() {
        return turn.enter_and_wait(Situation::ChooseMethod);
    }
    match turn.reception.card_mark().and_then(|mark| turn.scene.kiosk.received.get(&mark)).cloned() {
        Some(earlier) => {
            let at = earlier.at;
            turn.reception.renews = Some(earlier);
            turn.enter_and_wait(Situation::AlreadyReceived { at });
        }
        None => turn.enter_and_wait(Situation::ChooseMethod),
    }
}
