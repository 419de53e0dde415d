//! The queue's own rules, without a gateway.

use jiff::civil::date;

use super::*;
use crate::adapters::qualification::contract::{
    DemographicsRequest, InsuredNumberRequest, SearchReason, SexWord, WireDate,
};

fn number() -> InsuredNumberRequest {
    InsuredNumberRequest {
        insurer_number: "01990019".into(),
        symbol: Some("12345".into()),
        number: "0000678".into(),
        branch_number: Some("01".into()),
        birth_date: WireDate(date(1980, 2, 17)),
    }
}

fn facts() -> DemographicsRequest {
    DemographicsRequest {
        name: "見本　花子".into(),
        name_kana: None,
        birth_date: WireDate(date(1980, 2, 17)),
        sex: SexWord::Female,
        address: "東京都見本区見本町１－２－３".into(),
        reason: SearchReason::SystemFailure,
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_131_000 + second).expect("a time")
}

fn check(ask: Ask) -> Result<(), EntryError> {
    ask.check(date(2026, 11, 20))
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn queue(&self) -> Queue {
        Queue::open(&self.0.path().join("queue.sqlite")).expect("opened")
    }

    fn holds(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.0.path()).expect("the folder");
        files
            .map(|f| std::fs::read(f.expect("an entry").path()).expect("read"))
            .any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }
}

#[test]
fn twelve_digits_are_never_written_down() {
    assert_eq!(check(Ask::InsuredNumber(number())), Ok(()));
    assert_eq!(check(Ask::Demographics(facts())), Ok(()));
    for digits in ["123456789012", "１２３４５６７８９０１２", "1234 5678 9012", "番号1234-5678-9012です"]
    {
        let wrong = DemographicsRequest { address: digits.into(), ..facts() };
        assert_eq!(check(Ask::Demographics(wrong)), Err(EntryError::IndividualNumber("address")), "{digits}");
        let wrong = DemographicsRequest { name: digits.into(), ..facts() };
        assert_eq!(check(Ask::Demographics(wrong)), Err(EntryError::IndividualNumber("name")));
        let wrong = InsuredNumberRequest { number: digits.into(), ..number() };
        assert_eq!(check(Ask::InsuredNumber(wrong)), Err(EntryError::IndividualNumber("number")));
    }
    let longer = InsuredNumberRequest { number: "1234567890123".into(), ..number() };
    assert_eq!(check(Ask::InsuredNumber(longer)), Ok(()));
}

#[test]
fn what_cannot_be_asked_is_named() {
    let wrong = [
        InsuredNumberRequest { insurer_number: "138057".into(), ..number() },
        InsuredNumberRequest { branch_number: Some("1".into()), ..number() },
        InsuredNumberRequest { number: String::new(), ..number() },
        InsuredNumberRequest { birth_date: WireDate(date(2026, 11, 21)), ..number() },
    ];
    for (wrong, member) in wrong.into_iter().zip(["insurerNumber", "branchNumber", "number", "birthDate"]) {
        let error = check(Ask::InsuredNumber(wrong)).expect_err(member);
        assert!(error.to_string().starts_with(member), "{error}");
    }
    for other in [
        "{\"pin\":{}}",
        "{\"insuredNumber\":{\"insurerNumber\":\"01990019\",\"number\":\"1\",\"birthDate\":\"1980-02-17\",\"pin\":\"1234\"}}",
    ] {
        assert!(serde_json::from_str::<Ask>(other).is_err(), "{other}");
    }
}

#[test]
fn an_entry_is_sealed_in_order_and_wiped_without_a_trace() {
    let place = Place::new();
    let first = place.queue().add(&Ask::Demographics(facts()), Seen::Statement, at(0)).expect("added");
    let second = place.queue().add(&Ask::InsuredNumber(number()), Seen::Certificate, at(1)).expect("added");
    assert!(!place.holds("見本") && !place.holds("0000678"));
    let mut queue = place.queue();
    let listed = queue.list().expect("listed");
    assert_eq!(listed.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), [first.as_str(), second.as_str()]);
    assert!(listed[0].ask == Some(Ask::Demographics(facts())) && listed[0].seen == "statement");
    assert!(queue.wipe(&first, State::Dropped, at(2)).expect("wiped"));
    assert!(!queue.wipe(&first, State::Dropped, at(2)).expect("nothing to wipe"));
    let states = [State::Provisional, State::OfflineQueued, State::Dropped];
    assert_eq!(queue.snapshots(&first).expect("snapshots"), states);
    assert_eq!(queue.list().expect("listed").len(), 1);
}

#[test]
fn snapshots_are_only_ever_added() {
    let place = Place::new();
    place.queue().add(&Ask::InsuredNumber(number()), Seen::Notice, at(0)).expect("added");
    let database = rusqlite::Connection::open(place.0.path().join("queue.sqlite")).expect("opened");
    for change in ["UPDATE queue_snapshot SET state = 'delivered'", "DELETE FROM queue_snapshot"] {
        assert!(database.execute(change, []).is_err(), "{change}");
    }
}

#[test]
fn five_failures_make_an_entry_the_staffs_and_a_retry_takes_it_back() {
    let place = Place::new();
    let queue = &mut place.queue();
    let id = queue.add(&Ask::InsuredNumber(number()), Seen::Portal, at(0)).expect("added");
    let state = |queue: &Queue| queue.list().expect("listed")[0].state;
    let mut pauses = Vec::new();
    for tries in 1..=5 {
        assert_eq!(state(queue), State::OfflineQueued);
        assert_eq!(queue.failed(&id, "U-406", at(0)).expect("counted"), tries);
        pauses.push(queue.list().expect("listed")[0].next_at.duration_since(at(0)).as_mins());
    }
    assert_eq!((state(queue), pauses), (State::GivenUp, vec![1, 2, 4, 8, 16]));
    assert_eq!(queue.make_due(None, at(1)).expect("due"), 1);
    assert_eq!((state(queue), queue.list().expect("listed")[0].tries), (State::OfflineQueued, 0));
}

#[test]
fn an_entry_of_another_key_is_listed_without_its_person() {
    let place = Place::new();
    place.queue().add(&Ask::InsuredNumber(number()), Seen::Notice, at(0)).expect("added");
    std::fs::write(place.0.path().join("queue.key"), [3; 32]).expect("another key");
    let listed = place.queue().list().expect("listed");
    assert!(listed.len() == 1 && listed[0].ask.is_none());
    let finding = finding(&place.0.path().join("queue.sqlite"), at(600));
    assert!(finding.detail.contains("1 entries, the oldest 10 min old"), "{finding:?}");
}
