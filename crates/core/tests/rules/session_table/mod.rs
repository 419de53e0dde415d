//! The transition table itself: the main line step by step, and every situation against every event.

mod code_b;
mod identity;
mod orders;
mod registration;
mod show_card;
mod staff;
mod visit;

use std::collections::BTreeMap;

use self::visit::Visit;
use crate::chance::{Dice, ORDERS, TOUCHES, random_event};
use crate::support::{World, evidence, facts, good, summary, with_terms};
use uketsuke_core::domain::card::{CardKind, Tries};
use uketsuke_core::domain::code_b::{Calendar, Entry, Implausible, Part, PrintHint, Problem};
use uketsuke_core::domain::consent::ConsentAnswer;
use uketsuke_core::domain::face::{Evidence, Hint, Rule};
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::pin::EnteredBy;
use uketsuke_core::domain::qualification::{Authentication, Validity};
use uketsuke_core::domain::session::{
    Action, Answer, CheckStage, DeliverStage, FallbackQuestion, Happening, Method, PanelTouch, PatientInput, Rest,
    Settings, Situation, SituationName, StaffReason, step,
};
use uketsuke_core::domain::staff_news::StaffNews;
use uketsuke_core::domain::staff_order::StaffPlace;

#[test]
fn by_pin_from_card_to_file() {
    let mut visit = Visit::new();
    visit.rests(Rest::Idle).touches(PatientInput::Start).is(&Situation::PlaceCard);
    visit.happens(Happening::CardPlaced).is(&Situation::ReadingCard).goes_well().is(&Situation::ChooseMethod);
    visit.touches(PatientInput::Choose(Method::Pin));
    visit.is(&Situation::EnterPin { typed: 0, tries: Tries::Left(3), wrong: false });
    visit.types(3).touches(PatientInput::Confirm).is_at(SituationName::EnterPin);
    visit.types(5).touches(PatientInput::Confirm).is(&Situation::Checking { stage: CheckStage::Challenge });
    visit.goes_well().is(&Situation::Checking { stage: CheckStage::Proof });
    assert!(visit.0.ledger.values().any(|a| *a == Action::SignWithPin(EnteredBy::Patient)));
    visit.goes_well().is(&Situation::Checking { stage: CheckStage::Asking }).goes_well().is(&Situation::ConfirmName);
    visit.touches(PatientInput::Continue).is(&Situation::Consenting);
    visit.touches(PatientInput::Consent(ConsentAnswer::Given));
    visit.is(&Situation::Delivering { stage: DeliverStage::Consents }).goes_well();
    visit.is(&Situation::Delivering { stage: DeliverStage::File }).goes_well().is(&Situation::Done);
    assert!(visit.settles(true));
    visit.happens(Happening::CardGone).is(&Situation::CleaningUp).goes_well().rests(Rest::Idle);
}

#[test]
fn digits_that_nobody_uses_are_forgotten() {
    let forgets = |visit: &Visit| visit.0.ledger.values().any(|a| *a == Action::ForgetDigits);
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(3).touches(PatientInput::Choose(Method::Face));
    visit.is(&Situation::OpeningCardFace);
    assert!(forgets(&visit), "a PIN half typed before the face");

    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(3).happens(Happening::CardGone);
    visit.is_at(SituationName::CardAway);
    assert!(forgets(&visit), "a PIN half typed beside an empty reader");

    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(4).touches(PatientInput::Confirm);
    assert!(!forgets(&visit), "the PIN is still to be used");
    visit.answers(Answer::Failed(Failure::GatewayUnreachable)).is_at(SituationName::Fallback);
    assert!(forgets(&visit), "a PIN that the card never saw");
}

#[test]
fn staff_hear_of_a_counted_check_that_ends_without_a_file() {
    let no_file = StaffNews::CountedWithoutFile { check_id: "c".into() };
    let mut visit = Visit::at_consent();
    visit.touches(PatientInput::Cancel).is(&Situation::Stopped { failure: Failure::Cancelled });
    assert!(visit.told(&no_file) && visit.settles(false));
    assert!(visit.told(&StaffNews::VisitEnded { failure: Failure::Cancelled, at: SituationName::Consenting }));

    let mut visit = Visit::at_consent();
    visit.touches(PatientInput::CallStaff).is_at(SituationName::CallStaff);
    assert!(!visit.told(&no_file), "staff may still come in time");
    visit.touches(PatientInput::Cancel).is(&Situation::CleaningUp);
    assert!(visit.told(&no_file) && visit.settles(false));
}

#[test]
fn a_site_without_terms_of_use_registers_nobody() {
    let mut visit = Visit::asked(Settings::default());
    visit.answers(Answer::Failed(Failure::NotRegistered)).is(&Situation::Fallback { failure: Failure::NotRegistered });
}

#[test]
fn other_cards_are_named() {
    for (kind, failure) in [
        (CardKind::Juki, Failure::NotMyNumberCard),
        (CardKind::Other, Failure::NotMyNumberCard),
        (CardKind::IPhone, Failure::PhonePlaced),
    ] {
        let mut visit = Visit::new();
        let card = uketsuke_core::domain::card::CardFacts { kind, ..facts(Tries::Left(3), Tries::Left(10)) };
        visit.happens(Happening::CardPlaced).answers(Answer::Identified(card));
        visit.is(&Situation::WrongCard { failure }).happens(Happening::CardGone).is(&Situation::PlaceCard);
    }
}

#[test]
fn a_card_that_cannot_be_read_twice_leads_to_the_fallback() {
    let failure = Failure::CardUnreadable;
    let mut visit = Visit::new();
    visit.happens(Happening::CardPlaced).answers(Answer::Failed(failure)).is(&Situation::WrongCard { failure });
    visit.happens(Happening::CardGone).happens(Happening::CardPlaced).answers(Answer::Failed(failure));
    visit.is(&Situation::Fallback { failure });
    assert!(visit.told(&StaffNews::HelpNeeded { failure }));
    let question = FallbackQuestion::Phone;
    visit.touches(PatientInput::Continue).is(&Situation::FallbackAsk { failure, question });

    let mut visit = Visit::new();
    visit.happens(Happening::CardPlaced).answers(Answer::Failed(failure)).happens(Happening::CardGone);
    visit.happens(Happening::CardPlaced).goes_well().is(&Situation::ChooseMethod);
}

#[test]
fn no_answer_of_the_gateway_leads_to_the_fallback() {
    for failure in [Failure::GatewayUnreachable, Failure::GatewayTls, Failure::GatewayFault] {
        let mut visit = Visit::with_card();
        visit.touches(PatientInput::Choose(Method::Pin)).types(4).touches(PatientInput::Confirm);
        visit.answers(Answer::Failed(failure)).is(&Situation::Fallback { failure });
        visit.happens(Happening::CardGone).is(&Situation::Fallback { failure });
        visit.time_is_up().is_at(SituationName::StillThere);
        visit.countdown_ends().is(&Situation::CleaningUp).goes_well().rests(Rest::Idle);
    }
}

#[test]
fn a_dead_certificate_leads_to_the_paper_that_its_owner_was_sent() {
    for failure in [Failure::CertificateEnded, Failure::CertificateRevoked] {
        let mut visit = Visit::with_card();
        visit.touches(PatientInput::Choose(Method::Pin)).types(4).touches(PatientInput::Confirm);
        visit.answers(Answer::Failed(failure)).touches(PatientInput::Continue);
        visit.is(&Situation::FallbackAsk { failure, question: FallbackQuestion::Certificate });
    }
}

#[test]
fn an_answer_that_takes_long_is_said_to_and_is_still_good() {
    let mut visit = Visit::asked(with_terms());
    visit.is(&Situation::Checking { stage: CheckStage::Asking }).time_is_up();
    visit.is(&Situation::Checking { stage: CheckStage::StillAsking });
    visit.happens(Happening::CardGone).is(&Situation::Checking { stage: CheckStage::StillAsking });
    visit.happens(Happening::CardPlaced).goes_well().is(&Situation::ConfirmName);

    let mut visit = Visit::asked(with_terms());
    visit.time_is_up().answers(Answer::TimedOut).is(&Situation::Fallback { failure: Failure::GatewayTimeout });
}

#[test]
fn an_answer_without_insurance_blames_nobody() {
    let mut visit = Visit::asked(with_terms());
    visit.answers(Answer::Checked(summary(Validity::NotFound, false, false)));
    visit.is(&Situation::Fallback { failure: Failure::NotConfirmed });
    assert!(visit.settles(false));
    visit.touches(PatientInput::Continue).is(&Situation::CleaningUp);
}

#[test]
fn grace_skips_the_consents_and_silence_is_no_refusal() {
    let mut visit = Visit::asked(with_terms());
    visit.answers(Answer::Checked(summary(Validity::Valid, true, true))).touches(PatientInput::Continue);
    visit.is(&Situation::Renewal).touches(PatientInput::Continue);
    visit.is(&Situation::Delivering { stage: DeliverStage::File });
    let answer = |v: &Visit| v.handed_over().map(|(choices, _)| choices.consents[0].answer);
    assert_eq!(answer(&visit), Some(ConsentAnswer::NotAsked));

    let mut visit = Visit::at_consent();
    visit.time_is_up().is_at(SituationName::StillThere).countdown_ends();
    visit.is(&Situation::Delivering { stage: DeliverStage::File });
    assert_eq!(answer(&visit), Some(ConsentAnswer::NotAnswered));
}

#[test]
fn consents_that_cannot_be_saved_do_not_stop_the_file() {
    let mut visit = Visit::at_consent();
    visit.touches(PatientInput::Consent(ConsentAnswer::Given)).answers(Answer::Failed(Failure::GatewayFault));
    visit.is(&Situation::Delivering { stage: DeliverStage::File });
    assert!(visit.told(&StaffNews::ConsentsUnsaved { failure: Failure::GatewayFault }));
}

#[test]
fn a_card_left_behind_is_called_for_until_it_is_taken() {
    let mut visit = Visit::at_consent();
    visit.touches(PatientInput::Consent(ConsentAnswer::Refused)).goes_well().goes_well().is(&Situation::Done);
    visit.time_is_up().goes_well().rests(Rest::CardLeft { alarms: 0 });
    visit.time_is_up().time_is_up().time_is_up().rests(Rest::CardLeft { alarms: 3 });
    assert!(visit.told(&StaffNews::CardLeft));
    visit.happens(Happening::CardGone).rests(Rest::Idle);
}

/// One state for each situation, found by walking.
fn one_of_each() -> BTreeMap<SituationName, World> {
    let mut found = BTreeMap::new();
    for seed in 0..900 {
        let (mut world, mut dice) = (World::new(step), Dice::new(seed));
        for _ in 0..300 {
            random_event(&mut world, &mut dice).expect("the rules hold");
            found.entry(world.state.on_screen().name()).or_insert_with(|| world.clone());
        }
    }
    found
}

#[test]
fn every_situation_survives_every_event() {
    let worlds = one_of_each();
    assert_eq!(worlds.len(), SituationName::ALL.len());
    let mut events: Vec<Happening> = TOUCHES.iter().map(|t| Happening::Patient(*t)).collect();
    events.extend([Happening::CardPlaced, Happening::CardGone, Happening::ReaderReady]);
    events.push(Happening::ReaderLost(Failure::ReaderGone));
    events.extend([PanelTouch::LookByEye, PanelTouch::Close].map(Happening::Panel));
    events.extend([Happening::FaceHint(Hint::NoFace), Happening::FaceProgress(100)]);
    events.push(Happening::PrintHint(PrintHint::Nearer));
    for world in worlds.values() {
        let ordered = |command| Happening::Staff(world.of_staff(command, StaffPlace::Desk));
        for event in events.iter().cloned().chain(ORDERS.iter().copied().map(ordered)) {
            let mut world = world.clone();
            world.happen(event).expect("the rules hold");
            world.left_alone().expect("there is a way out");
        }
        for (id, action) in world.ledger.clone() {
            let failures = Failure::ALL.iter().map(|f| Answer::Failed(*f));
            for answer in failures.chain([good(&action), Answer::TimedOut, Answer::Cancelled, Answer::CodeBFound]) {
                let mut world = world.clone();
                world.answer(id, answer).expect("the rules hold");
                world.left_alone().expect("there is a way out");
            }
        }
    }
}

#[test]
fn a_pulled_card_and_a_lost_reader_end_every_situation_through_the_tail() {
    for (name, world) in one_of_each() {
        for event in [Happening::CardGone, Happening::ReaderLost(Failure::CardServiceStopped)] {
            let mut world = world.clone();
            let (lost, had_visit) = (event != Happening::CardGone, world.state.visit().is_some());
            world.visited.clear();
            world.happen(event).expect("the rules hold");
            world.left_alone().expect("there is a way out");
            let cleaned = world.visited.contains(&SituationName::CleaningUp) || name == SituationName::CleaningUp;
            assert!(cleaned || !had_visit, "{name:?} ended without the tail");
            let rest = if lost { SituationName::OutOfOrder } else { SituationName::Idle };
            let was_lost = world.state.on_screen().name() == SituationName::OutOfOrder;
            assert!(world.state.on_screen().name() == rest || was_lost, "{name:?} rests in the wrong place");
        }
    }
}
