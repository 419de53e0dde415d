//! One camera: the card's front is shown to it, and the same card comes back.

use uketsuke_core::domain::card::{CardFaceFacts, CardFacts, PrintCheck};
use uketsuke_core::domain::code_b::READ_AT_TRIES;
use uketsuke_core::domain::session::{OnScreen, Pause, Timer};
use uketsuke_core::domain::staff_order::Refusal;

use super::*;
use crate::chance::SEEN;
use crate::support::{OTHER_CARD, card_face};

const LOOKS: Situation = Situation::ShowCard { hint: None, lifted: false, read: false };

fn unread() -> Situation {
    Situation::EnterCodeB { entry: Entry::new(None, Tries::Left(10)) }
}

fn other_card() -> Answer {
    Answer::Identified(CardFacts { mark: Some(OTHER_CARD), ..facts(Tries::Left(3), Tries::Left(10)) })
}

/// The front is asked for, the card still on the reader.
fn asked() -> Visit {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CardWanted).is(&LOOKS);
    visit
}

/// The card is in the patient's hand.
fn lifted() -> Visit {
    let mut visit = asked();
    visit.happens(Happening::CardGone).is(&Situation::ShowCard { hint: None, lifted: true, read: false });
    visit
}

impl Visit {
    fn waits_for_the_card(&mut self) -> &mut Self {
        let paused = self.0.state.on_screen();
        assert!(matches!(paused, OnScreen::Pause(Pause::CardAway { reading: false, .. })), "{paused:?}");
        self
    }

    fn looks(&self) -> bool {
        self.0.ledger.values().any(|action| matches!(action, Action::LookAtCard { .. }))
    }
}

#[test]
fn the_card_is_shown_put_back_and_opened() {
    let mut visit = lifted();
    visit.happens(Happening::PrintHint(PrintHint::Nearer));
    visit.is(&Situation::ShowCard { hint: Some(PrintHint::Nearer), lifted: true, read: false });
    visit.answers(Answer::CodeBFound).waits_for_the_card();
    visit.happens(Happening::CardPlaced).goes_well().is(&Situation::OpeningCardFace);
    assert!(
        visit.0.ledger.values().any(|action| *action == Action::OpenCardFace),
        "nobody is asked for the code again"
    );
    visit.goes_well().is_at(SituationName::FaceCapture);
}

#[test]
fn a_card_that_the_camera_sees_where_it_lies_needs_no_step_back() {
    asked().answers(Answer::CodeBFound).is(&Situation::OpeningCardFace).goes_well().is_at(SituationName::FaceCapture);
}

#[test]
fn whatever_keeps_the_card_from_being_read_leaves_the_empty_keypad() {
    for answer in [Answer::CodeBUnknown, Answer::TimedOut, Answer::Failed(Failure::CameraGone)] {
        asked().answers(answer.clone()).is(&unread());
        let mut visit = lifted();
        visit.answers(answer).waits_for_the_card();
        visit.happens(Happening::CardPlaced).goes_well().is(&unread());
    }
}

#[test]
fn typing_is_a_way_out_at_any_time_and_so_is_the_pin() {
    let mut visit = asked();
    visit.touches(PatientInput::TypeCodeB).is(&unread());
    assert!(!visit.looks(), "the camera is closed");
    let mut visit = lifted();
    visit.touches(PatientInput::TypeCodeB).waits_for_the_card();
    visit.happens(Happening::CardPlaced).goes_well().is(&unread());

    asked().touches(PatientInput::Choose(Method::Pin)).is_at(SituationName::EnterPin);
    let mut visit = lifted();
    visit.touches(PatientInput::Choose(Method::Pin)).waits_for_the_card();
    visit.happens(Happening::CardPlaced).goes_well().is_at(SituationName::EnterPin);
}

#[test]
fn the_front_is_asked_for_once_in_a_visit() {
    let may_read = |visit: &Visit| visit.0.ledger.values().any(|a| *a == Action::FindCodeB { may_read: true });
    let mut visit = asked();
    visit.touches(PatientInput::TypeCodeB).touches(PatientInput::Back).touches(PatientInput::Choose(Method::Face));
    assert!(!may_read(&visit));
    // Misread print costs one try, and the patient types.
    let mut visit = asked();
    visit.answers(Answer::CodeBFound).answers(Answer::CodeBWrong(Tries::Left(READ_AT_TRIES)));
    visit.is(&Situation::EnterCodeB { entry: Entry::new(Some(Problem::Wrong), Tries::Left(READ_AT_TRIES)) });
}

#[test]
fn another_card_never_gets_what_was_read_or_typed_for_this_one() {
    let leaves: [fn(&mut Visit); 3] = [
        |visit| {
            visit.answers(Answer::CodeBFound);
        },
        |visit| {
            visit.touches(PatientInput::TypeCodeB);
        },
        |visit| {
            visit.touches(PatientInput::Choose(Method::Pin));
        },
    ];
    for leave in leaves {
        // Placed after the camera is done.
        let mut visit = lifted();
        leave(&mut visit);
        visit.waits_for_the_card().happens(Happening::CardPlaced).answers(other_card());
        visit.is(&Situation::Stopped { failure: Failure::CardSwapped }).time_is_up().is(&Situation::CleaningUp);
        // Placed while the camera looks: it is looked at before anything else.
        let mut visit = lifted();
        visit.happens(Happening::CardPlaced).is_at(SituationName::ShowCard);
        leave(&mut visit);
        assert!(visit.0.ledger.values().any(|action| *action == Action::IdentifyCard));
        visit.answers(other_card()).is(&Situation::Stopped { failure: Failure::CardSwapped });
    }
    let mut visit = lifted();
    visit.happens(Happening::CardPlaced).answers(Answer::CodeBFound).goes_well().is(&Situation::OpeningCardFace);
}

#[test]
fn a_card_that_does_not_come_back_ends_the_visit() {
    let mut visit = lifted();
    visit.answers(Answer::CodeBFound).countdown_ends().is(&Situation::Stopped { failure: Failure::CardGone });
    let mut visit = lifted();
    visit.answers(Answer::CodeBFound).happens(Happening::CardPlaced).happens(Happening::CardGone).waits_for_the_card();
}

#[test]
fn a_lost_reader_and_the_patient_end_it() {
    for visit in [&mut asked(), &mut lifted()] {
        visit.happens(Happening::ReaderLost(Failure::ReaderGone));
        visit.is(&Situation::Stopped { failure: Failure::ReaderGone });
        assert!(!visit.looks());
    }
    asked().touches(PatientInput::Cancel).is(&Situation::Stopped { failure: Failure::Cancelled });
    lifted().touches(PatientInput::Cancel).is(&Situation::CleaningUp).goes_well().rests(Rest::Idle);
}

#[test]
fn whoever_asks_for_time_is_given_more_to_show_the_card() {
    let budget = |visit: &Visit| {
        visit.0.ledger.values().find_map(|action| match action {
            Action::LookAtCard { budget } => Some(*budget),
            _ => None,
        })
    };
    let usual = budget(&asked()).expect("a look");
    let mut visit = Visit::with_card();
    visit.time_is_up().touches(PatientInput::MoreTime).touches(PatientInput::Choose(Method::Face));
    visit.answers(Answer::CardWanted);
    assert_eq!(budget(&visit), Some(usual * 10));
    // Nobody is asked whether they are there while the camera looks; at the keypad they are.
    let idle = |visit: &Visit| visit.0.ledger.values().any(|a| matches!(a, Action::Wait(Timer::Idle, _)));
    assert!(!idle(&visit));
    visit.answers(Answer::CodeBUnknown).time_is_up().is_at(SituationName::StillThere);
}

#[test]
fn a_card_that_was_off_the_reader_proves_nothing_to_staff_who_were_called() {
    let called = Situation::CallStaff { reason: StaffReason::Asked };
    let ways: [fn(&mut Visit); 2] = [
        |_| {},
        |visit| {
            visit.answers(Answer::CodeBFound);
        },
    ];
    for way in ways {
        let mut visit = lifted();
        way(&mut visit);
        visit.touches(PatientInput::CallStaff).is(&called).happens(Happening::CardPlaced).is(&called);
        visit.refuses(SEEN, Refusal::CardAway).is(&called);
    }
    // A card that never left can still be compared.
    let mut visit = asked();
    visit.touches(PatientInput::CallStaff).is(&called).touches(PatientInput::StaffHere);
    visit.is_at(SituationName::EnterStaffCode);
}

#[test]
fn staff_who_saw_the_patient_need_the_face_of_the_card_too() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).touches(PatientInput::CallStaff);
    visit.obeys(SEEN).answers(Answer::CardWanted).is(&LOOKS).happens(Happening::CardGone).answers(Answer::CodeBFound);
    visit.happens(Happening::CardPlaced).goes_well().is(&Situation::OpeningCardFace).goes_well();
    visit.is(&Situation::Checking { stage: CheckStage::Challenge }).goes_well();
    assert!(visit.0.ledger.values().any(|a| *a == Action::ProveWithoutPin(Authentication::Visual)));
}

#[test]
fn print_that_differs_from_the_chip_is_told_to_staff_and_not_to_the_patient() {
    for (print, told) in [(PrintCheck::NotRead, false), (PrintCheck::Agrees, false), (PrintCheck::Differs, true)] {
        let mut visit = asked();
        visit.answers(Answer::CodeBFound).answers(Answer::CardFaceOpened(CardFaceFacts { print, ..card_face() }));
        visit.is_at(SituationName::FaceCapture);
        assert_eq!(visit.told(&StaffNews::PrintDiffers), told, "{print:?}");
    }
}
