//! A gateway that is gone, slow, broken or forgetful.

use std::time::{Duration, Instant};

use uketsuke::adapters::qualification::Budgets;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::Validity;

use super::support::{Card, Rig, short};

fn check_failure(faults: &[&str]) -> (Failure, u32) {
    let rig = Rig::with_faults(faults);
    let failure = rig.client().check_by_pin("p02").unwrap_err();
    (failure, rig.checks())
}

#[test]
fn a_stopped_gateway_is_unreachable_within_the_budget() {
    let mut rig = Rig::new();
    let client = rig.client();
    let proof = Card::of("p02").by_pin(&client.challenge());
    rig.stop();
    let started = Instant::now();
    assert_eq!(client.check(proof).unwrap_err(), Failure::GatewayUnreachable);
    assert!(started.elapsed() < short().total);
    assert_eq!(*client.service.pending().borrow(), 0, "what never left is not pending");
}

#[test]
fn a_gateway_whose_name_nobody_knows_is_unreachable() {
    let rig = Rig::new();
    let client = rig.client_of("https://gateway.invalid", &rig.identity, short());
    let answer = client.ask(uketsuke::ports::QualificationCommand::FetchChallenge);
    assert_eq!(answer.err(), Some(Failure::GatewayUnreachable));
}

#[test]
fn a_silent_gateway_times_out_within_the_budget() {
    let rig = Rig::with_faults(&["check=hang"]);
    let budgets = Budgets { attempt: Duration::from_millis(150), total: Duration::from_millis(1000), ..short() };
    let client = rig.client_with(budgets);
    let proof = Card::of("p02").by_pin(&client.challenge());
    let started = Instant::now();
    assert_eq!(client.check(proof).unwrap_err(), Failure::GatewayTimeout);
    assert!(started.elapsed() < Duration::from_millis(1500));
    assert_eq!(*client.service.pending().borrow(), 1);
}

#[test]
fn a_lost_answer_is_asked_for_again_and_counted_once() {
    let rig = Rig::with_faults(&["check=lose-answer*2"]);
    let client = rig.client();
    let answer = client.check_by_pin("p02").unwrap();
    assert_eq!((answer.validity, rig.checks()), (Validity::Valid, 1));
    let database = rusqlite::Connection::open(rig.dir.path().join("gateway.sqlite")).unwrap();
    let counted: String = database.query_row("SELECT id FROM checks", [], |row| row.get(0)).unwrap();
    assert_eq!(counted, answer.check_id);
    assert!(client.nothing_more());
}

#[test]
fn a_lost_refusal_is_the_same_refusal_again() {
    let rig = Rig::with_faults(&["check=lose-answer*1"]);
    let client = rig.client();
    let proof = Card::of("p06").by_pin(&client.challenge());
    assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered);
    rig.gateway().change(|settings| settings.faults = vec!["registration=lose-answer*1".parse().unwrap()]);
    assert_eq!(client.register(proof).unwrap().validity, Validity::Valid);
    assert_eq!(rig.gateway().counts().unwrap().registrations, 1);
}

#[test]
fn a_passing_fault_is_survived() {
    for fault in ["check=upstream-unavailable*1", "check=reset*2", "check=internal-error*2", "check=rate-limited*1"] {
        let rig = Rig::with_faults(&[fault]);
        assert_eq!(rig.client().check_by_pin("p02").unwrap().validity, Validity::Valid, "{fault}");
        assert_eq!(rig.checks(), 1, "{fault}");
    }
}

#[test]
fn a_lasting_fault_is_named() {
    assert_eq!(check_failure(&["check=upstream-failed"]), (Failure::GatewayFault, 0));
    assert_eq!(check_failure(&["check=upstream-timeout"]), (Failure::GatewayFault, 0));
    assert_eq!(check_failure(&["check=garbage"]), (Failure::GatewayAnswerInvalid, 1));
    assert_eq!(check_failure(&["check=oversize"]), (Failure::GatewayAnswerInvalid, 1));
    assert_eq!(check_failure(&["check=reset"]), (Failure::GatewayUnreachable, 0));
    assert_eq!(check_failure(&["check=terminal-unauthenticated"]), (Failure::TerminalRefused, 0));
    assert_eq!(check_failure(&["check=facility-mismatch"]), (Failure::TerminalRefused, 0));
    assert_eq!(check_failure(&["check=challenge-expired"]), (Failure::CheckRefused, 0));
    assert_eq!(check_failure(&["check=malformed-request"]), (Failure::CheckRefused, 0));
}

#[test]
fn maintenance_longer_than_the_budget_ends_at_once() {
    let rig = Rig::with_faults(&["check=maintenance"]);
    let client = rig.client();
    let proof = Card::of("p02").by_pin(&client.challenge());
    let started = Instant::now();
    assert_eq!(client.check(proof).unwrap_err(), Failure::GatewayFault);
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_check_in_processing_is_polled() {
    let rig = Rig::with_faults(&["check=processing", "poll=reset*1"]);
    let answer = rig.client().check_by_pin("p01").unwrap();
    assert_eq!((answer.validity, rig.checks()), (Validity::Valid, 1));
    assert_eq!(answer.qualifications.len(), 1);
}
