//! What a lost answer, a restart or a full disk leaves behind.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uketsuke::adapters::clock::{Remembered, TrustedClock};
use uketsuke::adapters::qualification::journal::{Journal, Kind};
use uketsuke::adapters::qualification::{Budgets, QualificationClient};
use uketsuke::domain::consent::ConsentAnswer;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::Validity;
use uketsuke::domain::staff_news::{Request, StaffNews, Store};
use uketsuke::gateway::settings::Settings;
use uketsuke::ports::{Clock, Outbox, QualificationCommand};

use super::support::{Card, MORNING, Rig, TestClock, eventually, short};

fn once() -> Budgets {
    Budgets { attempts: 1, ..short() }
}

fn count(rig: &Rig, question: &str) -> i64 {
    let journal = rusqlite::Connection::open(rig.dir.path().join("journal.sqlite")).unwrap();
    journal.query_row(question, [], |row| row.get(0)).unwrap()
}

fn rows(rig: &Rig) -> i64 {
    count(rig, "SELECT count(*) FROM qualification_journal")
}

fn all_resolved(rig: &Rig, client: &QualificationClient) {
    let mut pending = client.pending();
    let resolved = async { tokio::time::timeout(Duration::from_secs(10), pending.wait_for(|n| *n == 0)).await.is_ok() };
    assert!(rig.runtime.block_on(resolved));
}

#[test]
fn an_answered_check_is_remembered_until_it_is_settled() {
    let rig = Rig::new();
    let client = rig.client();
    let answer = client.check_by_pin("p02").unwrap();
    assert_eq!(rows(&rig), 1, "its reception goes on");
    for _ in 0..2 {
        let settle = QualificationCommand::Settle { check_id: answer.check_id.clone(), delivered: true };
        assert!(client.ask(settle).is_ok());
        assert_eq!(rows(&rig), 0);
    }
}

#[test]
fn an_answered_check_that_was_never_settled_is_handed_back_at_the_next_start() {
    let rig = Rig::new();
    let client = rig.client();
    let answer = client.check_by_pin("p02").unwrap();
    drop(client);
    assert_eq!(rows(&rig), 1);
    let again = rig.client();
    let visit = again.resumed();
    assert_eq!(visit.answer.check_id, answer.check_id);
    assert!(visit.choices.consents.iter().all(|consent| consent.answer == ConsentAnswer::NotAnswered));
    assert_eq!((rows(&rig), rig.checks()), (1, 1), "it is remembered until its file is there");
    again.ask(QualificationCommand::Settle { check_id: answer.check_id, delivered: true }).unwrap();
    assert_eq!(rows(&rig), 0);
}

#[test]
fn a_visit_that_renews_another_one_still_does_after_a_restart() {
    let rig = Rig::new();
    let client = rig.client();
    let proof = Card::of("p02").by_pin(&client.challenge());
    let renews = Some("the first of today".to_owned());
    assert!(client.ask(QualificationCommand::Check { proof, renews: renews.clone() }).is_ok());
    drop(client);
    assert_eq!(rig.client().resumed().renews, renews);
}

#[test]
fn a_registration_that_was_never_settled_is_handed_back_with_its_check() {
    let rig = Rig::new();
    let client = rig.client();
    let proof = Card::of("p06").by_pin(&client.challenge());
    assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered);
    let answer = client.register(proof).unwrap();
    drop(client);
    let visit = rig.client().resumed();
    assert_eq!((visit.answer.check_id, rig.gateway().counts().unwrap().registrations), (answer.check_id, 1));
}

#[test]
fn an_answered_check_of_yesterday_is_for_staff_alone() {
    let rig = Rig::new();
    let check_id = rig.client().check_by_pin("p02").unwrap().check_id;
    rig.clock.advance(SignedDuration::from_hours(20));
    let again = rig.client();
    all_resolved(&rig, &again.service);
    eventually("the row is cleared", || rows(&rig) == 0);
    assert_eq!(again.told(), [StaffNews::AnsweredNotDelivered { check_id }]);
    assert!(again.nothing_more());
}

#[test]
fn a_check_whose_patient_had_given_up_is_for_staff_alone() {
    let rig = Rig::with_faults(&["check=delay:60000*1"]);
    let client = rig.client();
    let proof = Card::of("p02").by_pin(&client.challenge());
    let ticket = client.submit(QualificationCommand::Check { proof, renews: None });
    eventually("it is written down", || rows(&rig) == 1);
    uketsuke::ports::QualificationService::cancel(&client.service, ticket);
    assert_eq!(client.wait(ticket).err(), Some(Failure::Cancelled));
    let gave_up = "SELECT count(*) FROM qualification_journal WHERE went_on";
    eventually("it is noted", || count(&rig, gave_up) == 1);
    let again = rig.client();
    all_resolved(&rig, &again.service);
    assert_eq!((rows(&rig), rig.checks()), (0, 1));
    let told = again.told();
    assert!(matches!(told[..], [StaffNews::CountedUnseen { request: Request::Check, check_id: Some(_) }]), "{told:?}");
    assert!(again.nothing_more());
}

#[test]
fn a_journal_of_an_earlier_version_is_brought_up_to_date() {
    let rig = Rig::new();
    rig.client().challenge();
    let journal = rusqlite::Connection::open(rig.dir.path().join("journal.sqlite")).unwrap();
    for column in ["went_on", "renews"] {
        journal.execute_batch(&format!("ALTER TABLE qualification_journal DROP COLUMN {column}")).unwrap();
    }
    rig.client().check_by_pin("p02").unwrap();
    assert_eq!(rows(&rig), 1);
}

#[test]
fn a_leftover_is_resolved_at_the_next_start_without_counting_twice() {
    let rig = Rig::with_faults(&["check=lose-answer*1"]);
    let client = rig.client_with(once());
    assert_eq!(client.check_by_pin("p02").unwrap_err(), Failure::GatewayUnreachable);
    assert_eq!((*client.service.pending().borrow(), rows(&rig), rig.checks()), (1, 1, 1));
    drop(client);
    let again = rig.client_with(once());
    all_resolved(&rig, &again.service);
    assert_eq!((rows(&rig), rig.checks()), (0, 1));
    assert!(again.nothing_more(), "an old answer is for nobody's screen");
}

#[test]
fn a_leftover_waits_for_the_gateway_to_come_back() {
    let mut rig = Rig::with_faults(&["check=lose-answer*1"]);
    let (url, client) = (rig.url(), rig.client_with(once()));
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    let addr = rig.stop();
    let identity = rig.identity.clone();
    let again = rig.client_of(&url, &identity, once());
    assert_eq!(again.ask(QualificationCommand::FetchChallenge).err(), Some(Failure::GatewayUnreachable));
    assert_eq!(rows(&rig), 1);
    rig.start(Settings::default(), true, &addr);
    again.challenge();
    all_resolved(&rig, &again.service);
    assert_eq!((rows(&rig), rig.checks()), (0, 1));
}

#[test]
fn nothing_is_sent_when_the_journal_cannot_be_written() {
    let rig = Rig::new();
    std::fs::create_dir(rig.dir.path().join("journal.sqlite")).unwrap();
    let client = rig.client();
    assert_eq!(client.check_by_pin("p02").unwrap_err(), Failure::JournalUnwritable);
    assert_eq!(rig.checks(), 0);
    std::fs::remove_dir(rig.dir.path().join("journal.sqlite")).unwrap();
    client.check_by_pin("p02").unwrap();
}

#[test]
fn a_journal_of_another_key_is_reported_and_not_sent() {
    let rig = Rig::with_faults(&["check=reset*1"]);
    let client = rig.client_with(once());
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    std::fs::write(rig.dir.path().join("journal.key"), [9; 32]).unwrap();
    let again = rig.client_with(once());
    all_resolved(&rig, &again.service);
    eventually("the row is cleared", || rows(&rig) == 0);
    assert_eq!(rig.checks(), 0);
    let told = again.told();
    assert!(matches!(told[..], [StaffNews::OutcomeUnreadable { request: Request::Check, .. }]), "{told:?}");
    assert_eq!(aside(&rig), ["S-505"]);
}

#[test]
fn what_the_gateway_has_forgotten_is_for_staff_alone() {
    let rig = Rig::with_faults(&["check=reset*1"]);
    let client = rig.client_with(once());
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    let sent_at = (rig.clock.now())();
    rig.clock.advance(SignedDuration::from_hours(25));
    let again = rig.client_with(once());
    all_resolved(&rig, &again.service);
    eventually("the row is cleared", || rows(&rig) == 0);
    let told = again.told();
    assert!(
        matches!(&told[..], [StaffNews::OutcomeTooOld { request: Request::Check, sent_at: at, .. }] if *at == sent_at),
        "{told:?}"
    );
    assert_eq!((rig.checks(), aside(&rig)), (0, vec!["S-504".to_owned()]));
}

#[test]
fn a_request_that_is_refused_later_is_told_as_not_counted() {
    let rig = Rig::with_faults(&["check=reset*1", "check=validation-failed*1"]);
    let client = rig.client_with(once());
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    let again = rig.client_with(once());
    all_resolved(&rig, &again.service);
    let news = StaffNews::RefusedUncounted { request: Request::Check, failure: Failure::CheckRefused };
    assert_eq!((again.news(), rig.checks()), (news, 0));
}

#[test]
fn what_is_asked_for_in_vain_too_often_is_given_up_and_told() {
    let rig = Rig::with_faults(&["check=reset*6"]);
    let client = rig.client_with(once());
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    let again = rig.client_with(once());
    // Each answer of the gateway is a reason to ask for what is left.
    eventually("the row is cleared", || {
        drop(again.ask(QualificationCommand::FetchChallenge));
        rows(&rig) == 0
    });
    let news = again.news();
    assert!(matches!(news, StaffNews::OutcomeGivenUp { request: Request::Check, .. }), "{news:?}");
    eventually("it is set aside", || aside(&rig) == ["S-506"]);
}

/// Why records were set aside.
fn aside(rig: &Rig) -> Vec<String> {
    let at = |name: &str| rig.dir.path().join(name);
    let (journal, _) = Journal::open(&at("journal.sqlite"), &at("journal.key")).unwrap();
    journal.aside().unwrap().into_iter().map(|aside| aside.why).collect()
}

/// The clock of this PC jumps by years while an answer is out; the gateway's time says how old the request is.
#[test]
fn a_clock_that_jumps_leaves_no_request_behind() {
    for years in [-3, 3] {
        let mut rig = Rig::with_faults(&["check=reset*1"]);
        let start: Timestamp = MORNING.parse().unwrap();
        let kiosk = |at| -> Arc<dyn Clock> {
            let machine = TestClock::at(at);
            Arc::new(TrustedClock::new(machine, Remembered::default(), None, Outbox::new(|_| {})))
        };
        rig.kiosk_clock = Some(kiosk(start));
        let client = rig.client_with(once());
        client.check_by_pin("p02").unwrap_err();
        drop(client);
        rig.kiosk_clock = Some(kiosk(start + SignedDuration::from_hours(24 * 365 * years)));
        let again = rig.client_with(once());
        all_resolved(&rig, &again.service);
        assert_eq!((rig.checks(), aside(&rig).len()), (1, 0), "{years} years");
    }
}

#[test]
fn a_damaged_journal_is_set_aside_and_the_kiosk_serves() {
    let rig = Rig::new();
    let file = rig.dir.path().join("journal.sqlite");
    std::fs::write(&file, "a torn page").unwrap();
    let again = rig.client_with(once());
    let news = again.news();
    let StaffNews::StoreSetAside { store: Store::Journal, file: name } = news else { panic!("{news:?}") };
    assert_eq!(std::fs::read(rig.dir.path().join("set-aside").join(name)).unwrap(), b"a torn page");
    assert!(again.check_by_pin("p03").is_ok());
}

#[test]
fn a_lost_key_of_the_journal_is_told_and_its_rows_are_kept() {
    let rig = Rig::with_faults(&["check=reset*1"]);
    let client = rig.client_with(once());
    client.check_by_pin("p02").unwrap_err();
    drop(client);
    std::fs::remove_file(rig.dir.path().join("journal.key")).unwrap();
    let again = rig.client_with(once());
    assert_eq!(again.news(), StaffNews::StoreKeyLost { store: Store::Journal });
    assert!(matches!(again.news(), StaffNews::OutcomeUnreadable { .. }));
    eventually("it is set aside", || aside(&rig) == ["S-505"]);
    assert!(again.check_by_pin("p03").is_ok());
}

#[test]
fn a_visit_that_broke_off_without_an_insurance_is_told_and_not_handed_back() {
    let rig = Rig::with_people(&["p02=superseded"]);
    let check_id = rig.client().check_by_pin("p02").unwrap().check_id;
    let again = rig.client();
    let validity = Validity::Superseded;
    assert_eq!(again.news(), StaffNews::BrokenOffUnconfirmed { check_id, validity });
    eventually("the row is cleared", || rows(&rig) == 0);
    assert!(again.nothing_more());
}

#[test]
fn a_cancelled_check_answers_at_once_and_is_still_followed_up() {
    let rig = Rig::with_faults(&["check=delay:300"]);
    let client = rig.client();
    let proof = Card::of("p02").by_pin(&client.challenge());
    let ticket = client.submit(QualificationCommand::Check { proof, renews: None });
    uketsuke::ports::QualificationService::cancel(&client.service, ticket);
    assert_eq!(client.wait(ticket).err(), Some(Failure::Cancelled));
    eventually("the check is counted", || rig.checks() == 1);
    eventually("the row is cleared", || rows(&rig) == 0);
    assert!(client.nothing_more());
}

#[test]
fn nothing_of_a_finished_row_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("journal.sqlite");
    let (journal, _) = Journal::open(&place, &folder.path().join("journal.key")).unwrap();
    journal.begin("k1", Kind::Check, "/p", b"a patient", Timestamp::UNIX_EPOCH, None).unwrap();
    let look = rusqlite::Connection::open(&place).unwrap();
    let sealed: Vec<u8> = look.query_row("SELECT sealed FROM qualification_journal", [], |row| row.get(0)).unwrap();
    drop(look);
    let on_disk = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.flatten().collect::<Vec<u8>>().windows(sealed.len()).any(|bytes| bytes == sealed)
    };
    assert!(on_disk(), "sealed, it waits for its answer");
    journal.answered("k1", "c-1").unwrap();
    journal.settle("c-1").unwrap();
    assert!(!on_disk(), "settled");
    let wal = std::fs::metadata(folder.path().join("journal.sqlite-wal")).map_or(0, |file| file.len());
    assert_eq!(wal, 0, "the file of recent writes is empty");
}
