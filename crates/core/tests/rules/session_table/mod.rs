//! The transition table itself: the main line step by step, and every situation against every event.

mod code_b;
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
    Action, Answer, CheckStage, DeliverStage, FallbackQuestion, Happening, Method, PatientInput, Rest, Settings,
    Situation, SituationName, StaffReason, step,
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
fn by_face_with_a_known_and_with_a_typed_code() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).is(&Situation::OpeningCardFace);
    visit.answers(Answer::CodeBFound).goes_well().is(&Situation::FaceCapture { hint: None, progress: 0 });
    visit.happens(Happening::FaceHint(Hint::TooFar)).happens(Happening::FaceProgress(40));
    visit.is(&Situation::FaceCapture { hint: Some(Hint::TooFar), progress: 40 });
    visit.goes_well().goes_well();
    assert!(visit.0.ledger.values().any(|a| *a == Action::ProveWithoutPin(Authentication::Face)));

    let mut visit = Visit::at_code_b();
    visit.is(&Situation::EnterCodeB { entry: Entry::new(None, Tries::Left(10)) });
    visit.types_code_b().answers(Answer::CodeBWrong(Tries::Left(9)));
    visit.is(&Situation::EnterCodeB { entry: Entry::new(Some(Problem::Wrong), Tries::Left(9)) });
    visit.types_code_b().answers(Answer::CodeBWrong(Tries::Left(3)));
    visit.is(&Situation::ChooseMethod).touches(PatientInput::Choose(Method::Face)).is(&Situation::ChooseMethod);
}

#[test]
fn code_b_is_looked_at_part_by_part_before_the_card() {
    let confirm = PatientInput::Confirm;
    let mut visit = Visit::at_code_b();
    visit.types(5).touches(confirm).types(1).touches(PatientInput::DigitTyped);
    assert_eq!(visit.entry().typed, [6, 0, 0], "a seventh digit of the birth date");
    visit.touches(PatientInput::EraLater);
    assert_eq!(visit.entry().calendar, Calendar::Heisei);
    visit.touches(confirm);
    assert!(visit.0.ledger.values().any(|a| *a == Action::CheckCodeBPart(Part::Birth, Calendar::Heisei)));
    visit.answers(Answer::CodeBPart(Part::Birth, Err(Implausible::OutsideEra)));
    let entry = visit.entry();
    assert_eq!((entry.part, entry.typed), (Part::Birth, [6, 0, 0]), "the digits stay for the patient to compare");
    assert_eq!(entry.problem, Some(Problem::Implausible(Implausible::OutsideEra)));
    visit.touches(PatientInput::EraEarlier);
    assert_eq!(visit.entry().problem, None, "another era answers the complaint");
    visit.touches(confirm).goes_well().types(4).touches(confirm).goes_well();
    assert_eq!(visit.entry().part, Part::Security);

    visit.touches(PatientInput::EraLater).touches(PatientInput::Back).touches(PatientInput::Back);
    let entry = visit.entry();
    assert_eq!((entry.part, entry.typed, entry.calendar), (Part::Birth, [6, 4, 0], Calendar::Showa));
    visit.touches(PatientInput::Back).is(&Situation::ChooseMethod);
    assert!(visit.0.ledger.values().any(|a| *a == Action::ForgetDigits), "half a code is not kept");

    let mut visit = Visit::at_code_b();
    visit.types(6).touches(confirm).touches(PatientInput::DigitErased);
    visit.answers(Answer::CodeBPart(Part::Birth, Ok(())));
    assert_eq!(visit.entry().part, Part::Birth, "a verdict on digits that are no longer there");
}

#[test]
fn wrong_pins_are_counted_and_a_blocked_pin_leaves_the_face() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin));
    visit.types(4).touches(PatientInput::Confirm).goes_well().answers(Answer::PinWrong(Tries::Left(2)));
    visit.is(&Situation::EnterPin { typed: 0, tries: Tries::Left(2), wrong: true });
    visit.types(4).touches(PatientInput::Confirm).goes_well().answers(Answer::PinWrong(Tries::Left(1)));
    visit.is(&Situation::PinLastTry { wrong: true }).touches(PatientInput::Continue);
    visit.is(&Situation::EnterPin { typed: 0, tries: Tries::Left(1), wrong: true });
    visit.types(4).touches(PatientInput::Confirm).goes_well().answers(Answer::PinWrong(Tries::Blocked));
    visit.is(&Situation::PinLocked { failure: Failure::PinBlocked, now: true });
    visit.touches(PatientInput::Choose(Method::Face)).is(&Situation::OpeningCardFace);

    let mut visit = Visit::with(Tries::Blocked);
    visit.touches(PatientInput::Choose(Method::Pin));
    visit.is(&Situation::PinLocked { failure: Failure::PinBlocked, now: false });
}

#[test]
fn a_reader_with_a_keypad_takes_the_pin_itself() {
    let at_reader = || {
        let mut visit = Visit::with_keypad();
        visit.touches(PatientInput::Choose(Method::Pin));
        visit.is(&Situation::TypeOnReader { tries: Tries::Left(3), wrong: false }).goes_well();
        assert!(visit.0.ledger.values().any(|a| *a == Action::SignOnReader(EnteredBy::Patient)));
        visit
    };
    at_reader().goes_well().is(&Situation::Checking { stage: CheckStage::Asking });
    let mut visit = at_reader();
    visit.answers(Answer::PinWrong(Tries::Left(2)));
    visit.is(&Situation::TypeOnReader { tries: Tries::Left(2), wrong: true });
    visit.goes_well().answers(Answer::PinWrong(Tries::Left(1))).is(&Situation::PinLastTry { wrong: true });
    visit.touches(PatientInput::Continue).is(&Situation::TypeOnReader { tries: Tries::Left(1), wrong: true });
    visit.goes_well().answers(Answer::Failed(Failure::PinBlocked));
    visit.is(&Situation::PinLocked { failure: Failure::PinBlocked, now: true });
    for answer in [Answer::Failed(Failure::Cancelled), Answer::Failed(Failure::TimedOut), Answer::TimedOut] {
        at_reader().answers(answer).is(&Situation::ChooseMethod);
    }
    at_reader().touches(PatientInput::CallStaff).is(&Situation::CallStaff { reason: StaffReason::Asked });
}

#[test]
fn nobody_comes_to_the_last_try_unasked() {
    let at_last_try = || {
        let mut visit = Visit::with(Tries::Left(1));
        visit.touches(PatientInput::Choose(Method::Pin)).is(&Situation::PinLastTry { wrong: false });
        visit
    };
    at_last_try().touches(PatientInput::CallStaff).is(&Situation::CallStaff { reason: StaffReason::Asked });
    at_last_try().touches(PatientInput::Choose(Method::Face)).is(&Situation::OpeningCardFace);
    let last = Situation::EnterPin { typed: 0, tries: Tries::Left(1), wrong: false };
    at_last_try().touches(PatientInput::Continue).is(&last);
    at_last_try().time_is_up().countdown_ends().is(&Situation::Stopped { failure: Failure::TimedOut });
}

#[test]
fn whoever_types_for_the_patient_is_noted() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(2).touches(PatientInput::AskWhoEnters);
    visit.is(&Situation::AskWhoEnters);
    assert!(visit.0.ledger.values().any(|a| *a == Action::ForgetDigits), "another hand begins anew");
    visit.touches(PatientInput::EnteredBy(EnteredBy::Carer));
    visit.is(&Situation::EnterPin { typed: 0, tries: Tries::Left(3), wrong: false });
    visit.types(4).touches(PatientInput::Confirm).goes_well();
    assert!(visit.0.ledger.values().any(|a| *a == Action::SignWithPin(EnteredBy::Carer)));
}

#[test]
fn a_gateway_that_takes_no_face_leaves_pin_and_staff() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well().goes_well();
    visit.goes_well().goes_well().is(&Situation::Checking { stage: CheckStage::Asking });
    visit.answers(Answer::Failed(Failure::CheckRefused));
    visit.is(&Situation::FaceHelp { hint: None, may_retry: false, failure: Failure::CheckRefused });
    assert_eq!(visit.0.state.reception().map(|r| r.face_tries), Some(0));
    visit.touches(PatientInput::Choose(Method::Pin)).types(4).touches(PatientInput::Confirm).goes_well().goes_well();
    visit.answers(Answer::Failed(Failure::CheckRefused)).is(&Situation::Fallback { failure: Failure::CheckRefused });
}

#[test]
fn a_face_is_tried_twice_and_a_camera_fault_is_no_try() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well();
    for may_retry in [true, false] {
        visit.answers(Answer::FaceSeen(evidence(0.3, 0.9)));
        let failure = Failure::FaceNotConfirmed;
        visit.is(&Situation::FaceHelp { hint: Some(Hint::LookHere), may_retry, failure });
        visit.touches(PatientInput::Retry);
    }
    visit.is_at(SituationName::FaceHelp).touches(PatientInput::Choose(Method::Pin)).is_at(SituationName::EnterPin);

    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well();
    visit.answers(Answer::Failed(Failure::CameraBusy));
    visit.is(&Situation::FaceHelp { hint: None, may_retry: false, failure: Failure::CameraBusy });
    assert_eq!(visit.0.state.reception().map(|r| r.face_tries), Some(0));
}

/// Nobody is told to uncover a lens because the engine is slow or still loads.
#[test]
fn an_attempt_that_takes_too_long_is_no_fault_of_the_camera() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well();
    visit.is_at(SituationName::FaceCapture).answers(Answer::TimedOut);
    visit.is(&Situation::FaceHelp { hint: None, may_retry: false, failure: Failure::StepTimedOut });
}

#[test]
fn a_template_that_cannot_be_made_ends_the_attempt_and_one_that_is_late_does_not() {
    let at_camera = || {
        let mut visit = Visit::with_card();
        visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well();
        visit.is_at(SituationName::FaceCapture);
        visit
    };
    let template = |visit: &Visit| visit.0.ledger.iter().find(|(_, a)| **a == Action::PrepareFace).map(|(id, _)| *id);
    let ends = |visit: &mut Visit, answer| visit.0.answer(template(visit).unwrap(), answer).expect("the rules hold");
    for answer in [Answer::FacePrepared, Answer::TimedOut, Answer::Failed(Failure::StepTimedOut)] {
        let mut visit = at_camera();
        ends(&mut visit, answer);
        visit.is_at(SituationName::FaceCapture).goes_well().is(&Situation::Checking { stage: CheckStage::Challenge });
    }
    let mut visit = at_camera();
    ends(&mut visit, Answer::Failed(Failure::CardFaceInvalid));
    visit.is(&Situation::CallStaff { reason: StaffReason::Failure(Failure::CardFaceInvalid) });
    let (mut visit, failure) = (at_camera(), Failure::FaceModelsInvalid);
    ends(&mut visit, Answer::Failed(failure));
    visit.is(&Situation::FaceHelp { hint: None, may_retry: false, failure });
    assert_eq!(visit.0.state.reception().map(|r| r.face_tries), Some(0), "no try of the patient's");
    let mut visit = at_camera();
    visit.touches(PatientInput::Cancel);
    assert_eq!(template(&visit), None, "nobody waits for it any more");
}

#[test]
fn a_site_decides_how_often_a_face_is_tried() {
    for max_tries in [1, 3] {
        let settings = Settings { face: Rule { max_tries, ..Rule::default() }, ..with_terms() };
        let mut visit = Visit::at(settings);
        visit.happens(Happening::CardPlaced).goes_well().touches(PatientInput::Choose(Method::Face));
        visit.answers(Answer::CodeBFound).goes_well();
        for count in 1..=max_tries {
            visit.answers(Answer::FaceSeen(evidence(0.3, 0.9)));
            let (hint, failure) = (Some(Hint::LookHere), Failure::FaceNotConfirmed);
            visit.is(&Situation::FaceHelp { hint, may_retry: count < max_tries, failure });
            visit.touches(PatientInput::Retry);
        }
    }
}

#[test]
fn taking_the_card_off_and_laying_it_down_again_gives_no_new_tries() {
    fn comes_again(visit: &mut Visit) {
        visit.happens(Happening::CardGone).countdown_ends().is_at(SituationName::Stopped);
        visit.time_is_up().goes_well().is_at(SituationName::Idle);
        visit.happens(Happening::CardPlaced).goes_well();
    }
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well();
    visit.answers(Answer::FaceSeen(Evidence { good_frames: 2, ..evidence(0.0, 0.0) }));
    visit.is_at(SituationName::FaceHelp).touches(PatientInput::Retry);
    visit.answers(Answer::FaceSeen(evidence(0.3, 0.9)));
    comes_again(&mut visit);
    visit.is(&Situation::ChooseMethod).touches(PatientInput::Choose(Method::Face));
    visit.answers(Answer::CodeBFound).goes_well().answers(Answer::FaceSeen(evidence(0.44, 0.1)));
    let (hint, failure) = (Some(Hint::MoveALittle), Failure::FaceNotLive);
    visit.is(&Situation::FaceHelp { hint, may_retry: false, failure });
    comes_again(&mut visit);
    let barred = |visit: &Visit| visit.0.state.reception().and_then(|r| r.face_barred);
    assert_eq!(barred(&visit), Some(Failure::FaceNotConfirmed), "a comparison and one before make two");
    visit.touches(PatientInput::Choose(Method::Face)).is(&Situation::ChooseMethod);
    visit.touches(PatientInput::Choose(Method::Pin)).is_at(SituationName::EnterPin);
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
