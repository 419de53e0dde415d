//! Arrival: from an idle kiosk to a card that can be used.

use crate::domain::card::{CardFacts, CardKind};
use crate::domain::failure::Failure;

use super::step::Step;
use super::{Action, Answer, PatientInput, Situation};
use super::{fallback, farewell};

pub(super) fn touched(step: &mut Step, input: PatientInput) {
    match (step.situation(), input) {
        (Situation::Idle, PatientInput::Start) => {
            step.begin();
            step.enter_and_wait(Situation::PlaceCard);
        }
        (Situation::PlaceCard, PatientInput::Cancel) => farewell::clean_up(step),
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
        _ => step.enter_and_wait(Situation::WrongCard { failure: Failure::CardUnreadable }),
    }
}

fn identified(step: &mut Step, facts: CardFacts) {
    let (kind, certificate) = (facts.kind, facts.certificate_until);
    // Taking the card off and laying it down again gives no new tries.
    let exhausted = step.state.kiosk.card_tries.exhausted(facts.mark(), &step.settings().face, step.at.mono_ms);
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
        CardKind::MyNumber => step.enter_and_wait(Situation::ChooseMethod),
    }
}
