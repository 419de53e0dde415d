//! How patients prove who they are: PIN, code B and face, each with its tries.

use super::*;

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
