//! Staff at the kiosk: their code, what it opens, and what a wrong one closes.

use uketsuke_core::domain::card::Tries;
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::pin::EnteredBy;
use uketsuke_core::domain::qualification::Authentication;
use uketsuke_core::domain::session::{
    Action, Answer, CheckStage, Happening, Method, PanelTouch, PatientInput, Rest, Settings, Situation, SituationName,
    StaffReason, Timer,
};
use uketsuke_core::domain::staff::{CodeEntry, WRONG_AT_MOST};
use uketsuke_core::domain::staff_order::{Refusal, StaffCommand};
use uketsuke_core::domain::timing::Timing;

use super::visit::Visit;
use crate::chance::SEEN;
use crate::support::{facts, with_terms};

const ASKED: StaffReason = StaffReason::Asked;
const PANEL: Situation = Situation::StaffPanel { reason: Some(ASKED), refused: None };

fn entry(typed: u8, entry: CodeEntry) -> Situation {
    Situation::EnterStaffCode { reason: Some(ASKED), typed, entry }
}

/// Staff were called and stand at the kiosk.
fn at_entry() -> Visit {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::CallStaff).is(&Situation::CallStaff { reason: ASKED });
    visit.touches(PatientInput::StaffHere).is(&entry(0, CodeEntry::Open));
    visit
}

impl Visit {
    /// Staff at their panel choose to compare by eye.
    pub fn looks_by_eye(&mut self) -> &mut Self {
        self.happens(Happening::Panel(PanelTouch::LookByEye))
    }

    fn enters_a_code(&mut self) -> &mut Self {
        self.types(6).touches(PatientInput::Confirm).is(&entry(6, CodeEntry::Checking))
    }

    fn forgets_digits(&self) -> bool {
        self.0.ledger.values().any(|action| *action == Action::ForgetDigits)
    }
}

#[test]
fn with_their_code_staff_check_by_eye_at_the_kiosk() {
    let mut visit = at_entry();
    visit.types(7).is(&entry(6, CodeEntry::Open)).touches(PatientInput::DigitErased).is(&entry(5, CodeEntry::Open));
    visit.touches(PatientInput::Confirm).is(&entry(5, CodeEntry::Open)).touches(PatientInput::DigitsCleared);
    visit.enters_a_code().answers(Answer::StaffCode(true)).is(&PANEL).looks_by_eye().is(&Situation::VisualCheck);
    // The eye says who it is; that the card is here, its opened face must say.
    visit.touches(PatientInput::Yes).is(&Situation::OpeningCardFace).answers(Answer::CodeBUnknown);
    visit.types_code_b().is(&Situation::OpeningCardFace).goes_well();
    visit.is(&Situation::Checking { stage: CheckStage::Challenge }).goes_well();
    assert!(visit.0.ledger.values().any(|a| *a == Action::ProveWithoutPin(Authentication::Visual)));

    let mut visit = at_entry();
    visit.enters_a_code().answers(Answer::StaffCode(true)).looks_by_eye().touches(PatientInput::No);
    visit.is(&Situation::Fallback { failure: Failure::FaceNotConfirmed });
}

#[test]
fn what_staff_saw_does_not_outlive_another_way() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::CallStaff).obeys(SEEN).answers(Answer::CodeBUnknown);
    visit.touches(PatientInput::Choose(Method::Pin)).types(4).touches(PatientInput::Confirm).goes_well();
    assert!(visit.0.ledger.values().any(|a| *a == Action::SignWithPin(EnteredBy::Patient)), "the PIN was typed");
}

#[test]
fn a_card_whose_face_stays_closed_is_not_compared() {
    let mut visit = Visit::new();
    visit.happens(Happening::CardPlaced).answers(Answer::Identified(facts(Tries::Left(3), Tries::Blocked)));
    visit.touches(PatientInput::CallStaff).refuses(SEEN, Refusal::NothingToCompare);
    visit.touches(PatientInput::StaffHere).enters_a_code().answers(Answer::StaffCode(true)).looks_by_eye();
    visit.is(&Situation::StaffPanel { reason: Some(ASKED), refused: Some(Refusal::NothingToCompare) });
}

#[test]
fn wrong_codes_close_the_entry_for_every_visit_until_a_pause_is_over() {
    let mut visit = at_entry();
    for _ in 1..WRONG_AT_MOST {
        visit.enters_a_code().answers(Answer::StaffCode(false)).is(&entry(0, CodeEntry::Wrong));
    }
    visit.enters_a_code().answers(Answer::StaffCode(false)).is(&entry(0, CodeEntry::Closed));
    visit.types(1).is(&entry(0, CodeEntry::Closed)).touches(PatientInput::Cancel).goes_well();
    visit.happens(Happening::CardGone).rests(Rest::Idle).happens(Happening::CardPlaced).goes_well();
    visit.touches(PatientInput::CallStaff).touches(PatientInput::StaffHere).is(&entry(0, CodeEntry::Closed));
}

#[test]
fn codes_that_cannot_be_compared_are_no_wrong_ones() {
    let mut visit = at_entry();
    visit.enters_a_code().answers(Answer::Failed(Failure::StepTimedOut)).is(&entry(0, CodeEntry::Closed));
    visit.touches(PatientInput::Back).is(&Situation::CallStaff { reason: ASKED });
    visit.touches(PatientInput::StaffHere).is(&entry(0, CodeEntry::Open));
}

/// Whoever comes after staff to the kiosk must not find their button.
#[test]
fn what_staff_see_is_said_within_their_time_or_after_their_code_again() {
    let mut visit = at_entry();
    visit.enters_a_code().answers(Answer::StaffCode(true)).is(&PANEL).looks_by_eye().is(&Situation::VisualCheck);
    visit.time_is_up().is(&entry(0, CodeEntry::Open)).touches(PatientInput::Yes).is(&entry(0, CodeEntry::Open));
    visit.enters_a_code().answers(Answer::StaffCode(true)).is(&PANEL).looks_by_eye().is(&Situation::VisualCheck);
    visit.touches(PatientInput::Yes).is(&Situation::OpeningCardFace);
}

/// Taking the card off and putting it back is no way to more time.
#[test]
fn after_a_pause_staff_say_again_who_they_are() {
    let mut visit = at_entry();
    visit.enters_a_code().answers(Answer::StaffCode(true)).is(&PANEL).looks_by_eye().is(&Situation::VisualCheck);
    visit.happens(Happening::CardGone).happens(Happening::CardPlaced).goes_well();
    visit.is(&entry(0, CodeEntry::Open));
}

/// The same person is not given ten times as long because the patient asked for more time.
#[test]
fn more_time_is_the_patients_alone() {
    let mut visit = at_entry();
    visit.enters_a_code().answers(Answer::StaffCode(true)).looks_by_eye();
    let by_eye = Timing::default().by_eye;
    assert!(visit.0.ledger.values().any(|action| *action == Action::Wait(Timer::Notice, by_eye)), "{by_eye:?}");
}

#[test]
fn what_an_earlier_run_left_closes_the_entry() {
    let mut visit = Visit::at(Settings { staff_codes: true, wrong_staff_codes: WRONG_AT_MOST, ..with_terms() });
    visit.happens(Happening::CardPlaced).goes_well().touches(PatientInput::CallStaff);
    visit.touches(PatientInput::StaffHere).is(&entry(0, CodeEntry::Closed));
}

#[test]
fn half_a_code_is_forgotten_whichever_way_it_is_left() {
    let mut visit = at_entry();
    visit.types(3).touches(PatientInput::Back).is(&Situation::CallStaff { reason: ASKED });
    assert!(visit.forgets_digits());
    let mut visit = at_entry();
    visit.types(3).happens(Happening::CardGone).is(&Situation::CleaningUp);
    let mut visit = at_entry();
    visit.types(3).time_is_up().is(&Situation::CleaningUp);
}

#[test]
fn where_staff_have_no_codes_nobody_enters() {
    let mut visit = Visit::at(Settings { staff_codes: false, ..with_terms() });
    visit.happens(Happening::CardPlaced).goes_well().touches(PatientInput::CallStaff);
    visit.touches(PatientInput::StaffHere).is_at(SituationName::CallStaff);
    visit.touches(PatientInput::Continue).touches(PatientInput::StaffHere).is(&Situation::ChooseMethod);
}

/// Staff come uncalled, in the middle of a visit and to a kiosk at rest.
#[test]
fn the_panel_opens_over_any_place_and_closes_to_it() {
    let uncalled = Situation::StaffPanel { reason: None, refused: None };
    let opens = |visit: &mut Visit| {
        visit.touches(PatientInput::StaffHere).is_at(SituationName::EnterStaffCode);
        visit.types(6).touches(PatientInput::Confirm).answers(Answer::StaffCode(true)).is(&uncalled);
    };
    let close = Happening::Panel(PanelTouch::Close);
    let mut visit = Visit::at_consent();
    opens(&mut visit);
    visit.happens(close.clone()).is(&Situation::Consenting);
    opens(&mut visit);
    visit.time_is_up().is(&Situation::Consenting);
    visit.touches(PatientInput::StaffHere).touches(PatientInput::Back).is(&Situation::Consenting);

    let mut visit = Visit::new();
    opens(&mut visit);
    visit.happens(close.clone()).is(&Situation::CleaningUp).goes_well().rests(Rest::Idle);
    let failure = Failure::ReaderGone;
    visit.happens(Happening::ReaderLost(failure)).rests(Rest::OutOfOrder { failure });
    opens(&mut visit);
    visit.happens(close).goes_well().rests(Rest::OutOfOrder { failure });

    let mut visit = at_entry();
    visit.enters_a_code().answers(Answer::StaffCode(true)).is(&PANEL);
    assert_eq!(visit.ordered_here(StaffCommand::Coming), Ok(()));
    assert_eq!(visit.ordered_here(StaffCommand::OneStepBack), Err(Refusal::NothingBefore));
    visit.is(&Situation::StaffPanel { reason: Some(ASKED), refused: Some(Refusal::NothingBefore) });
    assert_eq!(visit.ordered_here(StaffCommand::GoOnByPin), Ok(()));
    visit.is_at(SituationName::EnterPin);
    assert_eq!(visit.ordered_here(StaffCommand::FinishAndWipe), Err(Refusal::NotOpened), "the panel is closed");
}
