//! Registration: inside a reception, and asked about without one.

use super::visit::Visit;
use crate::support::{registered, unregistered, with_terms};
use jiff::civil::date;
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::registration::RegistrationStatus;
use uketsuke_core::domain::session::{
    Action, Answer, CheckStage, Happening, PatientInput, Purpose, Rest, Settings, Situation, SituationName, StaffReason,
};

/// From the idle screen to the gateway, which is asked how far the registration has come.
fn asking() -> Visit {
    let mut visit = Visit::new();
    visit.touches(PatientInput::Inquire).is(&Situation::PlaceCard);
    visit.happens(Happening::CardPlaced).goes_well().is(&Situation::ChooseMethod).by_pin();
    visit.is(&Situation::Checking { stage: CheckStage::Asking });
    visit
}

fn answered(status: RegistrationStatus) -> Visit {
    let mut visit = asking();
    visit.answers(Answer::RegistrationStatus(status)).is(&Situation::RegistrationStatus { status });
    visit
}

/// Nothing was checked and nothing is handed over, whatever the visit came to.
#[track_caller]
fn neither_check_nor_file(visit: &Visit) {
    let reception = visit.0.state.reception();
    assert!(reception.is_none_or(|r| r.check.is_none() && r.purpose == Purpose::Inquiry));
    let wrong =
        |a: &Action| matches!(a, Action::CheckQualification { .. } | Action::Deliver { .. } | Action::Settle { .. });
    assert!(!visit.0.ledger.values().any(wrong), "{:?}", visit.0.ledger);
}

#[test]
fn the_status_is_told_and_the_card_goes_along() {
    let mut visit = asking();
    assert!(visit.0.ledger.values().any(|a| *a == Action::InquireRegistration));
    neither_check_nor_file(&visit);
    visit.answers(Answer::RegistrationStatus(registered())).touches(PatientInput::Continue);
    visit.is(&Situation::CleaningUp).goes_well().rests(Rest::CardLeft { alarms: 0 });
    visit.happens(Happening::CardGone).rests(Rest::Idle);

    let mut visit = answered(registered());
    visit.happens(Happening::CardGone).is(&Situation::CleaningUp);
    let mut visit = answered(registered());
    visit.time_is_up().countdown_ends().is(&Situation::CleaningUp);
    neither_check_nor_file(&visit);
}

#[test]
fn what_is_open_is_registered_without_a_check() {
    let mut visit = answered(unregistered());
    visit.touches(PatientInput::Continue).is(&Situation::RegisterOffer).touches(PatientInput::Continue);
    visit.is(&Situation::RegisterTerms { page: 0 }).touches(PatientInput::Continue).is(&Situation::Registering);
    visit.answers(Answer::Registered).is(&Situation::Registered);
    neither_check_nor_file(&visit);
    visit.touches(PatientInput::Continue).is(&Situation::CleaningUp).goes_well();
    visit.rests(Rest::CardLeft { alarms: 0 });

    let mut visit = answered(unregistered());
    visit.touches(PatientInput::Continue).touches(PatientInput::Continue).touches(PatientInput::Continue);
    visit.answers(Answer::Registered).happens(Happening::CardGone).is(&Situation::CleaningUp);
}

#[test]
fn what_cannot_be_registered_yet_is_not_offered() {
    let from = date(2026, 11, 24).at(12, 0, 0, 0);
    let mut visit = answered(RegistrationStatus { available_from: Some(from), ..unregistered() });
    visit.touches(PatientInput::Continue).is(&Situation::CleaningUp);

    let mut visit = answered(unregistered());
    visit.touches(PatientInput::Continue).touches(PatientInput::Continue).touches(PatientInput::Continue);
    visit.answers(Answer::RegistrationNotYet(Some(from))).is_at(SituationName::RegisterRefused);
    visit.touches(PatientInput::Continue).is(&Situation::CleaningUp);
}

#[test]
fn an_inquiry_that_fails_says_why_and_leads_nowhere_else() {
    for failure in [Failure::GatewayUnreachable, Failure::CertificateRevoked] {
        let mut visit = asking();
        visit.answers(Answer::Failed(failure)).is(&Situation::Stopped { failure });
        neither_check_nor_file(&visit);
    }
    let mut visit = answered(unregistered());
    visit.touches(PatientInput::Continue).touches(PatientInput::Cancel);
    visit.is(&Situation::Stopped { failure: Failure::Cancelled });
    let mut visit = answered(unregistered());
    visit.touches(PatientInput::CallStaff).is(&Situation::CallStaff { reason: StaffReason::Asked });
}

#[test]
fn the_next_visit_is_a_reception_again() {
    let mut visit = answered(registered());
    visit.happens(Happening::CardGone).goes_well().rests(Rest::Idle);
    visit.happens(Happening::CardPlaced).goes_well().by_pin();
    assert!(visit.0.ledger.values().any(|a| matches!(a, Action::CheckQualification { .. })));
}

#[test]
fn a_site_without_terms_or_that_does_not_want_it_offers_no_inquiry() {
    for settings in [Settings { inquiry: true, ..Settings::default() }, Settings { inquiry: false, ..with_terms() }] {
        let mut visit = Visit::at(settings);
        visit.touches(PatientInput::Inquire).rests(Rest::Idle);
    }
}
