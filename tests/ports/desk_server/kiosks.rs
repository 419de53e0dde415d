//! Kiosks: events once and in order, commands to the right one, bounds.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use uketsuke::adapters::qualification::contract::WireTime;
use uketsuke::desk::contract::{Command, CommandName, MAX_BODY, MAX_EVENTS};
use uketsuke::desk::record::Record;
use uketsuke::listening::Limits;

use super::support::{Rig, checked, event, stage};

const KIOSK: &str = "1310000001/T001";

fn order(rig: &Rig, id: u8, terminal: &str) {
    let id = format!("00000000-0000-4000-8000-0000000000{id:02}");
    let (by, at) = ("受付".into(), WireTime(rig.desk().now()));
    let command = Command { id, reception: None, by, at, valid_seconds: 60, name: CommandName::Coming };
    rig.desk().act(terminal, &Record::Command { command: Box::new(command) }).unwrap();
}

#[test]
fn events_are_kept_once_and_over_a_restart() {
    let mut rig = Rig::new();
    let events = [stage(1, "enterPin", false), checked(2, &json!({}))];
    assert_eq!(rig.kiosk().tell(&events), (200, json!({"through": 2})));
    assert_eq!(rig.kiosk().tell(&events), (200, json!({"through": 2})), "a second time");
    rig.restart();
    let more = [checked(2, &json!({"checkId": "c-2"})), stage(3, "confirmName", true)];
    assert_eq!(rig.kiosk().tell(&more), (200, json!({"through": 3})));
    rig.desk().look(|board| {
        assert_eq!(board.patients().len(), 1);
        assert!(board.patients()[0].has_check("c-1"), "the first one that was kept stays");
        assert!(board.kiosk_named(KIOSK).unwrap().call.is_some());
    });
}

#[test]
fn the_day_is_wiped_and_its_numbers_are_not_taken_again() {
    let rig = Rig::new();
    rig.kiosk().tell(&[stage(1, "enterPin", false), checked(2, &json!({}))]);
    rig.clock.advance(SignedDuration::from_hours(14));
    assert_eq!(rig.desk().wipe().unwrap(), 0, "it is still today");
    rig.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(rig.desk().wipe().unwrap(), 2);
    assert!(rig.desk().look(|board| board.patients().is_empty()));
    assert_eq!(rig.kiosk().tell(&[checked(2, &json!({}))]), (200, json!({"through": 2})));
    assert!(rig.desk().look(|board| board.patients().is_empty()));
}

#[test]
fn nothing_of_a_patient_lies_open_on_the_disk() {
    let mut rig = Rig::new();
    rig.kiosk().tell(&[checked(1, &json!({"chartNumber": "K-10482"}))]);
    rig.restart();
    let needles = ["見本", "ミホン", "1948-03-01", "K-10482", "c-1"];
    let mut looked = 0;
    for file in std::fs::read_dir(rig.folder.path().join("state")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        looked += bytes.len();
        for needle in needles {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle.as_bytes()), "{needle}");
        }
    }
    assert!(looked > 4_096, "there is a database");
    assert!(rig.desk().look(|board| board.patients()[0].chart_number() == Some("K-10482")));
}

#[test]
fn a_command_goes_to_its_kiosk_alone_and_again_until_it_is_answered() {
    let rig = Rig::new();
    let (own, other) = (rig.kiosk(), rig.other_kiosk("T002"));
    let (mut own_stream, mut other_stream) = (own.hear(), other.hear());
    order(&rig, 1, KIOSK);
    order(&rig, 2, "1310000001/T002");
    let command = own_stream.next().unwrap();
    assert_eq!((&command["command"], &command["validSeconds"]), (&json!("coming"), &json!(60)));
    assert!(other_stream.next().unwrap()["id"].as_str().unwrap().ends_with("02"));
    rig.clock.advance(SignedDuration::from_secs(20));
    assert_eq!(own.hear().next().unwrap()["validSeconds"], 40, "what is left of its life");
    let answer = |outcome| event(1, &json!({"kind": "answered", "command": command["id"], "outcome": {"is": outcome}}));
    // One kiosk's answer is no other's.
    other.tell(&[answer("done")]);
    assert_eq!(own.hear().next().unwrap()["id"], command["id"]);
    own.tell(&[answer("done")]);
    order(&rig, 3, KIOSK);
    assert!(own.hear().next().unwrap()["id"].as_str().unwrap().ends_with("03"));
    rig.clock.advance(SignedDuration::from_secs(60));
    order(&rig, 4, KIOSK);
    assert!(own.hear().next().unwrap()["id"].as_str().unwrap().ends_with("04"), "3 has ended");
}

#[test]
fn a_stream_ends_when_the_desk_stops() {
    let mut rig = Rig::new();
    let running = rig.running.take().unwrap();
    rig.running = Some(running);
    let stream = rig.kiosk().http.get(rig.kiosk().url("/v1/commands"));
    let mut response = rig.runtime.block_on(stream.send()).unwrap();
    let running = rig.running.take().unwrap();
    rig.runtime.block_on(running.stop(Duration::from_secs(30)));
    assert!(rig.runtime.block_on(response.chunk()).unwrap().is_none());
}

#[test]
fn one_kiosk_cannot_speak_for_another() {
    let rig = Rig::new();
    rig.kiosk().tell(&[checked(1, &json!({}))]);
    rig.other_kiosk("T002").tell(&[
        event(1, &json!({"kind": "file", "checkId": "c-1", "state": "givenUp"})),
        event(2, &json!({"kind": "ended", "reception": "r-1", "received": true, "seconds": 1})),
    ]);
    rig.desk().look(|board| {
        let patient = board.patient_of(KIOSK, "r-1").unwrap();
        assert!(patient.file.is_none() && patient.ended.is_none());
    });
}

#[test]
fn a_browser_is_no_kiosk() {
    let rig = Rig::new();
    let (status, problem) = rig.browser().tell(&[stage(1, "idle", false)]);
    assert_eq!((status, &problem["title"]), (401, &json!("The client certificate names no terminal")));
    let browser = rig.browser();
    assert_eq!(browser.send(browser.http.get(browser.url("/v1/commands"))).0, 401);
}

#[test]
fn what_is_too_much_or_no_batch_is_refused_whole() {
    let rig = Rig::new();
    let kiosk = rig.kiosk();
    let many: Vec<_> = (1..=u64::try_from(MAX_EVENTS).unwrap() + 1).map(|n| stage(n, "idle", false)).collect();
    let gap = [stage(1, "idle", false), stage(3, "idle", false)];
    let twice = [stage(1, "idle", false), stage(1, "idle", false)];
    let mut unknown = stage(1, "idle", false);
    unknown["kind"] = json!("pin");
    let huge = [stage(u64::MAX, "idle", false)];
    for bad in [&many[..], &gap, &twice, &[unknown], &[], &huge, &[stage(0, "idle", false)]] {
        let (status, problem) = kiosk.tell(bad);
        assert_eq!((status, problem["title"].is_string()), (400, true), "{} events", bad.len());
    }
    let post =
        |media: &str, body: Vec<u8>| kiosk.http.post(kiosk.url("/v1/events")).header("content-type", media).body(body);
    assert_eq!(kiosk.send(post("application/json", b"{".to_vec())).0, 400);
    assert_eq!(kiosk.send(post("text/plain", b"{}".to_vec())).0, 415);
    assert_eq!(kiosk.send(post("application/json", vec![b' '; MAX_BODY + 1])).0, 413);
    assert_eq!(kiosk.send(kiosk.http.get(kiosk.url("/v1/events"))).0, 405);
    assert_eq!(kiosk.send(kiosk.http.get(kiosk.url("/v1/patients"))).0, 404);
    assert!(rig.desk().look(|board| board.kiosks().next().is_none()));
}

#[test]
fn a_slow_body_is_given_up() {
    let rig = Rig::with(Limits { body: Duration::from_millis(200), ..Limits::default() });
    let kiosk = rig.kiosk();
    let never = kiosk.http.post(kiosk.url("/v1/events")).header("content-type", "application/json");
    // The length is promised and the bytes do not come.
    let (status, _) = kiosk.send(never.header("content-length", "100").body(reqwest::Body::wrap(Silent)));
    assert_eq!(status, 408);
}

/// A body that never comes.
pub struct Silent;

impl http_body::Body for Silent {
    type Data = bytes::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, std::io::Error>>> {
        std::task::Poll::Pending
    }
}
