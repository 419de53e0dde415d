use super::*;
use crate::desk::contract::{Ended, Numbered};
use serde_json::{Value, json};

const T: &str = "1310000001/T001";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_764_547_200 + second).expect("a moment")
}

/// A board to which a kiosk told these events, one a second.
fn told(events: &[(Option<&str>, Value)]) -> Board {
    let mut board = Board::default();
    for (second, (reception, event)) in events.iter().enumerate() {
        let moment = at(i64::try_from(second).expect("few"));
        let mut event = event.clone();
        event["number"] = (second + 1).into();
        event["at"] = moment.to_string().into();
        if let Some(reception) = reception {
            event["reception"] = (*reception).into();
        }
        let event: Numbered = serde_json::from_value(event).expect("an event of the contract");
        board.fold(T, moment, Record::Kiosk { version: "0.1.0".into(), event: Box::new(event) });
    }
    board
}

fn stage(situation: &str, called: bool) -> Value {
    json!({"kind": "stage", "situation": situation, "language": "ja", "textSize": 100, "method": "face", "faceTries": 1,
           "called": called, "training": false})
}

fn checked(more: &Value) -> Value {
    let mut event = json!({"kind": "checked", "checkId": "c-1", "name": "見本 花子", "kana": "ミホン ハナコ", "sex": "female",
        "birthDate": "1948-03-01", "validity": "valid", "registeredNow": false});
    event.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    event
}

fn slugs(board: &Board) -> Vec<&'static str> {
    reasons(&board.patients()[0], at(3_600)).iter().map(Reason::slug).collect()
}

fn command(name: CommandName) -> Record {
    let command = Command {
        id: "00000000-0000-4000-8000-000000000001".into(),
        reception: Some("r1".into()),
        by: "見本".into(),
        at: crate::adapters::qualification::contract::WireTime(at(9)),
        valid_seconds: 60,
        name,
    };
    Record::Command { command: Box::new(command) }
}

use crate::desk::contract::{Command, CommandName};

#[test]
fn a_call_stands_until_the_visit_goes_on_and_knows_who_took_it() {
    let mut board = told(&[(Some("r1"), stage("faceHelp", false)), (Some("r1"), stage("faceHelp", true))]);
    let call = |board: &Board| board.kiosk_named(T).and_then(|kiosk| kiosk.call.clone());
    assert_eq!(call(&board).map(|call| (call.since, call.taken_by)), Some((at(1), None)));
    board.fold(T, at(9), command(CommandName::Coming));
    assert_eq!(call(&board).and_then(|call| call.taken_by).as_deref(), Some("見本"));
    let board = told(&[(Some("r1"), stage("faceHelp", true)), (Some("r1"), stage("enterPin", false))]);
    assert_eq!(call(&board), None);
    let gone = json!({"kind": "ended", "received": false, "seconds": 40});
    assert_eq!(call(&told(&[(Some("r1"), stage("faceHelp", true)), (Some("r1"), gone)])), None);
}

#[test]
fn news_that_call_ring_too() {
    let left = json!({"kind": "news", "code": "S-103", "values": {}});
    let board = told(&[(None, stage("cardLeft", false)), (None, left)]);
    let call = board.kiosk_named(T).and_then(|kiosk| kiosk.call.clone()).expect("a call");
    assert_eq!(call.code.as_deref(), Some("S-103"));
    let note = json!({"kind": "news", "code": "S-201", "values": {}});
    assert!(told(&[(None, note)]).kiosk_named(T).expect("known").call.is_none());
}

#[test]
fn seconds_count_from_the_last_change_of_situation() {
    let board = told(&[
        (Some("r1"), stage("enterPin", false)),
        (Some("r1"), stage("enterPin", true)),
        (Some("r1"), stage("checking", false)),
    ]);
    assert_eq!(board.kiosk_named(T).and_then(|kiosk| kiosk.since), Some(at(2)));
}

#[test]
fn each_reason_and_none() {
    assert_eq!(slugs(&told(&[(Some("r1"), checked(&json!({})))])), Vec::<&str>::new());
    let all = told(&[
        (
            Some("r1"),
            checked(&json!({"validity": "notFound", "lostSigns": ["U+20BB7"], "certificateUntil": "2025-12-31",
                "registeredNow": true, "validUntil": "2026-01-31"})),
        ),
        (Some("r1"), json!({"kind": "consents", "given": [{"scope": "medication", "answer": "notAnswered"}]})),
        (None, json!({"kind": "file", "checkId": "c-1", "state": "notTaken"})),
    ]);
    let wanted = [
        "not-confirmed",
        "lost-signs",
        "file-not-taken",
        "certificate-ends",
        "insurance-ends",
        "registered-now",
        "consents-unanswered",
    ];
    assert_eq!(slugs(&all), wanted);
    assert_eq!(slugs(&told(&[(Some("r1"), checked(&json!({"graceUntil": "2026-02-28"})))])), ["grace"]);
}

#[test]
fn who_only_looked_leaves_no_row_and_who_failed_does() {
    let ended = |failure: Option<&str>| json!({"kind": "ended", "received": false, "failure": failure, "seconds": 9});
    assert!(told(&[(Some("r1"), stage("placeCard", false)), (Some("r1"), ended(None))]).patients().is_empty());
    let board = told(&[(Some("r1"), stage("enterPin", false)), (Some("r1"), ended(Some("U-103")))]);
    assert_eq!(slugs(&board), ["not-received"]);
    assert_eq!(board.patients()[0].ended, Some(Ended { received: false, failure: Some("U-103".into()), seconds: 9 }));
}

#[test]
fn a_command_lives_as_long_as_it_says_and_until_its_answer() {
    let mut board = Board::default();
    board.fold(T, at(9), command(CommandName::AnotherTry));
    let open = |board: &Board, second| board.kiosk_named(T).map(|kiosk| kiosk.open_commands(at(second)).count());
    assert_eq!((open(&board, 9), open(&board, 68), open(&board, 69)), (Some(1), Some(1), Some(0)));
    let answer = json!({"kind": "answered", "number": 1, "at": at(10).to_string(),
        "command": "00000000-0000-4000-8000-000000000001", "outcome": {"is": "refused", "reason": "notHere"}});
    let event = Box::new(serde_json::from_value(answer).expect("an event"));
    board.fold(T, at(10), Record::Kiosk { version: String::new(), event });
    assert_eq!(open(&board, 10), Some(0));
}
