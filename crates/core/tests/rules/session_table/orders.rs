//! Orders of staff: what each does, where it is refused and why, and that a call keeps the place of the visit.

use uketsuke_core::domain::card::{Authenticity, CardFaceFacts, Tries};
use uketsuke_core::domain::consent::{ConsentAnswer, PrescriptionForm};
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::ids::ReceptionId;
use uketsuke_core::domain::qualification::Authentication;
use uketsuke_core::domain::session::{
    Action, Answer, CheckStage, DeliverStage, GRANTED_AT_MOST, Happening, Help, Method, PatientInput, Rest, Situation,
    SituationName, StaffReason,
};
use uketsuke_core::domain::staff_order::{Refusal, StaffCommand, StaffOrder, StaffPlace, WhyByEye};

use super::visit::Visit;
use crate::chance::SEEN;
use crate::support::{card_face, every_question, evidence};

const CALLED: Situation = Situation::CallStaff { reason: StaffReason::Asked };
const CHECKING: Situation = Situation::Checking { stage: CheckStage::Challenge };

impl Visit {
    fn ordered(&mut self, order: StaffOrder) -> Result<(), Refusal> {
        self.happens(Happening::Staff(order));
        let answer = |action: &Action| match action {
            Action::AnswerOrder { outcome, .. } => Some(*outcome),
            _ => None,
        };
        let (id, outcome) =
            self.0.ledger.iter().find_map(|(id, a)| Some((*id, answer(a)?))).expect("every order is answered");
        self.0.answer(id, Answer::Told).expect("the rules hold");
        outcome
    }

    /// Staff order it at the kiosk's panel.
    pub fn ordered_here(&mut self, command: StaffCommand) -> Result<(), Refusal> {
        let order = self.0.of_staff(command, StaffPlace::Kiosk);
        self.ordered(order)
    }

    /// The desk orders it, and it is done.
    #[track_caller]
    pub fn obeys(&mut self, command: StaffCommand) -> &mut Self {
        let order = self.0.of_staff(command, StaffPlace::Desk);
        assert_eq!(self.ordered(order), Ok(()), "{command:?} in {:?}", self.0.state.on_screen());
        self
    }

    /// The desk orders it in vain, and nothing changes.
    #[track_caller]
    pub fn refuses(&mut self, command: StaffCommand, refusal: Refusal) -> &mut Self {
        let (order, before) = (self.0.of_staff(command, StaffPlace::Desk), self.0.state.now.clone());
        assert_eq!(self.ordered(order), Err(refusal), "{command:?} in {:?}", self.0.state.on_screen());
        assert_eq!(self.0.state.now, before, "{command:?} was refused and did something");
        self
    }

    fn help(&self) -> Option<Help> {
        self.0.state.reception().map(|visit| visit.help)
    }

    /// Before the camera, after so many tries that failed.
    fn at_face(failed: u8) -> Self {
        let mut visit = Visit::with_card();
        visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound).goes_well();
        for count in 0..failed {
            if count > 0 {
                visit.touches(PatientInput::Retry);
            }
            visit.answers(Answer::FaceSeen(evidence(0.3, 0.9)));
        }
        visit
    }
}

#[test]
fn an_order_holds_for_its_visit_alone() {
    let mut visit = Visit::new();
    visit.refuses(StaffCommand::Coming, Refusal::NobodyHere).happens(Happening::CardPlaced).goes_well();
    for reception in [ReceptionId::NOBODY, ReceptionId(2)] {
        let order = StaffOrder { reception, ..visit.0.of_staff(StaffCommand::FinishAndWipe, StaffPlace::Desk) };
        assert_eq!(visit.ordered(order), Err(Refusal::OtherVisit));
        visit.is(&Situation::ChooseMethod);
    }
    let old = visit.0.of_staff(StaffCommand::GoOnByPin, StaffPlace::Desk);
    visit.obeys(StaffCommand::FinishAndWipe).is(&Situation::CleaningUp).goes_well();
    visit.rests(Rest::CardLeft { alarms: 0 }).happens(Happening::CardGone).happens(Happening::CardPlaced).goes_well();
    assert_eq!(visit.ordered(old), Err(Refusal::OtherVisit), "an old order comes again");
    visit.is(&Situation::ChooseMethod);
}

#[test]
fn at_the_kiosk_only_an_opened_screen_takes_orders() {
    let mut visit = Visit::with_card();
    let order = visit.0.of_staff(SEEN, StaffPlace::Kiosk);
    assert_eq!(visit.ordered(order.clone()), Err(Refusal::NotOpened));
    visit.touches(PatientInput::CallStaff);
    assert_eq!(visit.ordered(order.clone()), Err(Refusal::NotOpened));
    visit.touches(PatientInput::StaffHere).types(6).touches(PatientInput::Confirm).answers(Answer::StaffCode(true));
    visit.looks_by_eye().is(&Situation::VisualCheck);
    assert_eq!(visit.ordered(order), Ok(()));
    visit.is(&Situation::OpeningCardFace);
}

#[test]
fn the_eye_of_the_desk_lets_this_visit_go_on() {
    let mut visit = Visit::at_face(2);
    let unticked = StaffCommand::SeenByEye { before_me: false, why: WhyByEye::FaceNotTaken };
    visit.refuses(unticked, Refusal::NotBeforeMe).is_at(SituationName::FaceHelp);
    visit.obeys(SEEN).is(&CHECKING).goes_well();
    assert!(visit.0.ledger.values().any(|a| *a == Action::ProveWithoutPin(Authentication::Visual)));
    visit.refuses(SEEN, Refusal::AtWork).goes_well().goes_well().is(&Situation::ConfirmName);
    visit.refuses(SEEN, Refusal::NotHere).refuses(StaffCommand::NotTheSame, Refusal::NotHere);

    // In the middle of whatever the patient does to say who they are.
    Visit::with_card().obeys(SEEN).is(&Situation::OpeningCardFace);
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(2).obeys(SEEN).is(&Situation::OpeningCardFace);
    assert!(visit.0.ledger.values().any(|a| *a == Action::ForgetDigits), "half a PIN is not kept");
    Visit::at_face(0).obeys(SEEN).is(&CHECKING);

    let mut visit = Visit::with_card();
    visit.touches(PatientInput::CallStaff).obeys(StaffCommand::NotTheSame);
    visit.is(&Situation::Fallback { failure: Failure::FaceNotConfirmed });
}

#[test]
fn a_card_whose_face_is_forged_is_compared_with_nobody() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Face)).answers(Answer::CodeBFound);
    let forged = CardFaceFacts { authenticity: Authenticity::Forged, ..card_face() };
    visit.answers(Answer::CardFaceOpened(forged)).is_at(SituationName::CallStaff);
    visit.refuses(SEEN, Refusal::NothingToCompare);
}

#[test]
fn staff_grant_a_bounded_number_of_tries_one_by_one() {
    let mut visit = Visit::at_face(2);
    for _ in 0..GRANTED_AT_MOST {
        visit.touches(PatientInput::Retry).is_at(SituationName::FaceHelp);
        visit.obeys(StaffCommand::AnotherTry).is_at(SituationName::FaceCapture);
        visit.refuses(StaffCommand::AnotherTry, Refusal::NotHere).answers(Answer::FaceSeen(evidence(0.3, 0.9)));
        let barred = visit.0.state.reception().and_then(|r| r.face_barred);
        assert_eq!(barred, Some(Failure::FaceNotConfirmed), "one is one");
    }
    visit.refuses(StaffCommand::AnotherTry, Refusal::NoTryLeft);
    let mut visit = Visit::at_face(1);
    visit
        .obeys(StaffCommand::AnotherTry)
        .is_at(SituationName::FaceCapture)
        .answers(Answer::FaceSeen(evidence(0.3, 0.9)));
    assert_eq!(visit.0.state.reception().map(|r| r.granted_tries), Some(0), "it was the patient's own");
    visit.touches(PatientInput::CallStaff).obeys(StaffCommand::AnotherTry).goes_well().is(&CHECKING);
}

#[test]
fn no_try_is_granted_where_no_try_helps() {
    let mut visit = Visit::at_face(1);
    visit.touches(PatientInput::Retry).answers(Answer::FaceSeen(evidence(0.8, 0.1)));
    visit.refuses(StaffCommand::AnotherTry, Refusal::NotSeenAlive);
    for (failure, refusal) in [(Failure::CameraBusy, None), (Failure::FaceModelsInvalid, Some(Refusal::FaceClosed))] {
        let mut visit = Visit::at_face(0);
        visit.answers(Answer::Failed(failure)).is_at(SituationName::FaceHelp);
        match refusal {
            None => visit.obeys(StaffCommand::AnotherTry).is_at(SituationName::FaceCapture),
            Some(refusal) => visit.refuses(StaffCommand::AnotherTry, refusal),
        };
    }
    Visit::with_code_b_tries(3).refuses(StaffCommand::AnotherTry, Refusal::FaceClosed);
    Visit::at_consent().refuses(StaffCommand::AnotherTry, Refusal::NotHere);
}

#[test]
fn going_on_by_pin_gives_no_try_that_the_card_has_not() {
    Visit::at_face(2).obeys(StaffCommand::GoOnByPin).is_at(SituationName::EnterPin);
    let mut visit = Visit::with(Tries::Left(1));
    visit.obeys(StaffCommand::GoOnByPin).is(&Situation::PinLastTry { wrong: false });
    visit.refuses(StaffCommand::GoOnByPin, Refusal::NotHere);
    for tries in [Tries::Blocked, Tries::Absent] {
        Visit::with(tries).refuses(StaffCommand::GoOnByPin, Refusal::PinClosed);
    }
    Visit::at_consent().refuses(StaffCommand::GoOnByPin, Refusal::NotHere);
}

#[test]
fn one_step_back_leads_to_the_question_before() {
    let back = StaffCommand::OneStepBack;
    Visit::with_card().refuses(back, Refusal::NothingBefore);
    Visit::at_face(2).obeys(back).is(&Situation::ChooseMethod);
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(3).obeys(back).is(&Situation::ChooseMethod);
    assert!(visit.0.ledger.values().any(|a| *a == Action::ForgetDigits));

    let mut visit = Visit::at_consent_of(every_question());
    visit.refuses(back, Refusal::NothingBefore).touches(PatientInput::OneByOne);
    visit.touches(PatientInput::Consent(ConsentAnswer::Given)).is(&Situation::ConsentOneByOne { at: 1 });
    visit.touches(PatientInput::CallStaff).is(&CALLED);
    visit.obeys(back).is(&Situation::ConsentOneByOne { at: 0 }).obeys(back).is(&Situation::Consenting);
    visit.touches(PatientInput::Consent(ConsentAnswer::Given)).is(&Situation::ConsentLimit).obeys(back);
    visit.is(&Situation::Consenting).touches(PatientInput::Consent(ConsentAnswer::Refused));
    visit.touches(PatientInput::Consent(ConsentAnswer::Given)).is(&Situation::ChoosePrescription);
    visit.touches(PatientInput::Prescription(PrescriptionForm::Paper)).is(&Situation::ChooseSubsidy).obeys(back);
    visit.is(&Situation::ChoosePrescription).obeys(back).is(&Situation::ConsentLimit);
    visit.touches(PatientInput::Consent(ConsentAnswer::Given));
    visit.touches(PatientInput::Prescription(PrescriptionForm::Electronic));
    visit.touches(PatientInput::Consent(ConsentAnswer::Refused));
    visit.is(&Situation::Delivering { stage: DeliverStage::Consents }).refuses(back, Refusal::AtWork).goes_well();
    let (choices, _) = visit.handed_over().expect("a file");
    assert_eq!((choices.limit, choices.prescription), (ConsentAnswer::Given, Some(PrescriptionForm::Electronic)));
}

#[test]
fn finishing_wipes_through_the_one_tail_and_breaks_off_nothing_that_counts() {
    let finish = StaffCommand::FinishAndWipe;
    Visit::with_card().obeys(finish).is(&Situation::CleaningUp).refuses(finish, Refusal::AtWork);
    let mut visit = Visit::at_consent();
    visit.obeys(finish).is(&Situation::CleaningUp);
    assert!(visit.settles(false), "the check that was counted is settled");
    let mut visit = Visit::asked(every_question());
    visit.is(&Situation::Checking { stage: CheckStage::Asking }).refuses(finish, Refusal::AtWork);
    let mut visit = Visit::with_card();
    visit.happens(Happening::CardGone).is_at(SituationName::CardAway);
    visit.refuses(SEEN, Refusal::CardAway).obeys(finish).is(&Situation::CleaningUp).goes_well().rests(Rest::Idle);
}

#[test]
fn whoever_called_hears_that_somebody_comes() {
    let mut visit = Visit::with_card();
    visit.refuses(StaffCommand::Coming, Refusal::NobodyCalls).touches(PatientInput::CallStaff);
    assert_eq!(visit.help(), Some(Help::Called));
    visit.obeys(StaffCommand::Coming).is(&CALLED);
    assert_eq!(visit.help(), Some(Help::Coming));
    // Whoever goes on is still waited for; an answer of staff ends the call.
    visit.touches(PatientInput::Continue).is(&Situation::ChooseMethod).obeys(StaffCommand::Coming);
    assert_eq!(visit.help(), Some(Help::Coming));
    visit.obeys(StaffCommand::GoOnByPin);
    assert_eq!(visit.help(), Some(Help::None));
}

#[test]
fn a_call_keeps_the_place_and_covers_it() {
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::Choose(Method::Pin)).types(3).touches(PatientInput::CallStaff).is(&CALLED);
    assert!(visit.0.ledger.values().any(|a| *a == Action::ForgetDigits));
    visit.touches(PatientInput::Continue).is(&Situation::EnterPin { typed: 0, tries: Tries::Left(3), wrong: false });

    let mut visit = Visit::at_consent();
    visit.touches(PatientInput::OneByOne).touches(PatientInput::CallStaff).is(&CALLED).touches(PatientInput::Continue);
    visit.is(&Situation::ConsentOneByOne { at: 0 });

    Visit::at_face(0)
        .touches(PatientInput::CallStaff)
        .touches(PatientInput::Continue)
        .is_at(SituationName::FaceCapture);
    let mut visit = Visit::with_keypad();
    visit.touches(PatientInput::Choose(Method::Pin)).is_at(SituationName::TypeOnReader);
    visit.touches(PatientInput::CallStaff).touches(PatientInput::Continue).is(&Situation::ReadingCard);

    // Nothing to go on with: the idle screen again.
    let mut visit = Visit::new();
    visit.touches(PatientInput::CallStaff).touches(PatientInput::Continue).is(&Situation::CleaningUp);
    // What is being asked of the insurer is not broken off.
    let mut visit = Visit::asked(every_question());
    visit.touches(PatientInput::CallStaff).is(&Situation::Checking { stage: CheckStage::Asking });
    assert_eq!(visit.help(), Some(Help::Called));
    // Staff at their code come back to the call, and the patient from there to the question.
    let mut visit = Visit::with_card();
    visit.touches(PatientInput::CallStaff).touches(PatientInput::StaffHere).touches(PatientInput::Back).is(&CALLED);
    visit.touches(PatientInput::Continue).is(&Situation::ChooseMethod);
}

/// A card laid down while staff were called is not the patient's until it is read.
#[test]
fn a_card_that_came_during_a_call_is_looked_at_first() {
    let mut visit = Visit::with_card();
    visit.happens(Happening::CardGone).is_at(SituationName::CardAway).touches(PatientInput::CallStaff).is(&CALLED);
    visit.happens(Happening::CardPlaced).refuses(SEEN, Refusal::CardAway);
    visit.touches(PatientInput::Continue).is_at(SituationName::CardAway).goes_well().is(&Situation::ChooseMethod);

    let mut visit = Visit::new();
    visit.touches(PatientInput::Start).touches(PatientInput::CallStaff).happens(Happening::CardPlaced);
    visit.touches(PatientInput::Continue).is(&Situation::ReadingCard);
}
