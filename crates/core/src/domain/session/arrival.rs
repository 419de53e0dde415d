//! Arrival: from an idle kiosk to a card that can be used.

use crate::domain::card::{CardFacts, CardKind};
use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, Answer, PatientInput, Purpose, Situation};
use super::{fallback, farewell};

/// Times that a card is read before its chip counts as broken.
const READS: u8 = 2;

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::Idle, PatientInput::Start) => {
            step.begin();
            step.enter_and_wait(Situation::PlaceCard);
        }
        (Situation::Idle, PatientInput::Inquire) if step.settings().offers_inquiry() => {
            step.begin();
            step.note(|r| r.purpose = Purpose::Inquiry);
            step.enter_and_wait(Situation::PlaceCard);
        }
        (Situation::PlaceCard | Situation::AlreadyReceived { .. }, PatientInput::Cancel) => farewell::clean_up(step),
        (Situation::AlreadyReceived { .. }, PatientInput::Continue) => step.enter_and_wait(Situation::ChooseMethod),
        (Situation::ReadingCard, PatientInput::Cancel) => step.cancelled(),
        (Situation::WrongCard { failure: Failure::CardUnreadable }, PatientInput::Retry) => read_card(step),
        (Situation::WrongCard { .. }, PatientInput::Cancel) => step.cancelled(),
        _ => {}
    }
}

/// Looks at the card on the reader; from here on it belongs to this visit.
pub(super) fn read_card(step: &mut Step) {
    step.state.kiosk.card_fresh = false;
    step.enter(Situation::ReadingCard);
    step.perform(Action::IdentifyCard, step.settings().timing.device);
}

pub(super) fn answered(step: &mut Step, answer: Answer) {
    if *step.situation() != Situation::ReadingCard {
        return;
    }
    match answer {
        Answer::Identified(facts) => identified(step, facts),
        Answer::Failed(Failure::CardGone) => step.enter_and_wait(Situation::PlaceCard),
        Answer::Failed(failure @ (Failure::CardServiceStopped | Failure::ReaderGone)) => farewell::stop(step, failure),
        Answer::Failed(Failure::CertificateUnusable) => fallback::lead(step, Failure::CertificateUnusable),
        _ => unreadable(step),
    }
}

/// Once, it may lie badly; after that the chip seems broken, and the visit goes on without it.
fn unreadable(step: &mut Step) {
    step.note(|r| r.unreadable = r.unreadable.saturating_add(1));
    if step.reception().is_some_and(|r| r.unreadable >= READS) {
        fallback::lead(step, Failure::CardUnreadable);
    } else {
        step.enter_and_wait(Situation::WrongCard { failure: Failure::CardUnreadable });
    }
}

fn identified(step: &mut Step, facts: CardFacts) {
    let (kind, certificate) = (facts.kind, facts.certificate_until);
    // Taking the card off and laying it down again gives no new tries.
    let tries = &step.state.kiosk.card_tries;
    let exhausted = facts.mark.is_some_and(|mark| tries.exhausted(mark, &step.settings().face, step.at.mono_ms));
    step.note(|r| {
        r.card = Some(facts);
        r.face_barred = exhausted.then_some(Failure::FaceNotConfirmed);
    });
    match kind {
        CardKind::AndroidPhone | CardKind::IPhone => {
            step.enter_and_wait(Situation::WrongCard { failure: Failure::PhonePlaced });
        }
        CardKind::Juki | CardKind::Other => {
            step.enter_and_wait(Situation::WrongCard { failure: Failure::NotMyNumberCard });
        }
        CardKind::MyNumber if certificate.is_none() => fallback::lead(step, Failure::NoCertificate),
        CardKind::MyNumber => usable(step),
    }
}

/// A card that can be used; one that was received today is told so before anything is asked again.
fn usable(step: &mut Step) {
    if step.is_inquiry() {
        return step.enter_and_wait(Situation::ChooseMethod);
    }
    let mark = step.reception().and_then(|r| r.card.as_ref()).and_then(|card| card.mark);
    match mark.and_then(|mark| step.state.kiosk.received.get(&mark)).cloned() {
        Some(earlier) => {
            let at = earlier.at;
            step.note(|r| r.renews = Some(earlier));
            step.enter_and_wait(Situation::AlreadyReceived { at });
        }
        None => step.enter_and_wait(Situation::ChooseMethod),
    }
}
