//! `uketsuke gateway` as a program.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use super::support::{Card, Rig, TestClock, short};

use uketsuke::domain::japan;

fn uketsuke(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    command.args(args);
    command
}

fn run(args: &[&str]) -> Output {
    uketsuke(args).output().unwrap()
}

#[test]
fn pki_says_what_it_wrote_and_does_not_overwrite() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("pki");
    let place = place.to_str().unwrap();
    let first = run(&["gateway", "pki", place, "--terminal", "K7"]);
    assert!(first.status.success());
    let written = String::from_utf8(first.stdout).unwrap();
    assert_eq!(written.lines().count(), 7);
    assert!(written.lines().all(|line| Path::new(line).is_file()));
    let second = run(&["gateway", "pki", place]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8(second.stderr).unwrap().contains("--force"));
    assert!(run(&["gateway", "pki", place, "--force"]).status.success());
}

#[test]
fn people_are_listed_for_programs() {
    let output = run(&["gateway", "people", "--json"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let people: Value = serde_json::from_slice(&output.stdout).unwrap();
    let people = people.as_array().unwrap();
    assert_eq!(people.len(), 8);
    assert!(people.iter().all(|person| person["pin"] == "1234"));
    assert_eq!(people[1]["id"], "p02");
    assert_eq!(people[1]["name"], "高森　健太");
    assert_eq!(people[1]["code_b"].as_str().unwrap().len(), 14);
    assert_eq!(people[5]["registered"], false);
    assert!(people.iter().all(|person| person["certificate_until"].is_string()));
    assert!(String::from_utf8(run(&["gateway", "people"]).stdout).unwrap().contains("p08"));
}

#[test]
fn wrong_use_ends_with_2_and_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let missing = run(&["gateway", "serve", "--listen", "127.0.0.1:0", "--pki", dir.path().to_str().unwrap()]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("gateway pki"));
    let fault = run(&["gateway", "serve", "--pki", "x", "--fault", "check=explode"]);
    assert_eq!(fault.status.code(), Some(2));
    assert!(String::from_utf8(fault.stderr).unwrap().contains("upstream-failed"));
}

/// Ends the program when a test fails before it does.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_served_check_is_logged_without_the_patient_and_the_gateway_stops_on_a_signal() {
    let mut rig = Rig::new();
    // This program has the real day, so the client and the card must too.
    let now = jiff::Timestamp::now();
    rig.clock = TestClock::at(now);
    let identity = rig.identity.to_str().unwrap();
    let mut command = uketsuke(&["gateway", "serve", "--listen", "127.0.0.1:0", "--pki", identity]);
    let mut gateway = Guard(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let mut url = String::new();
    BufReader::new(gateway.0.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let client = rig.client_of(url.trim(), &rig.identity, short());
    let proof = Card::on("p03", japan::day(now)).by_pin(&client.challenge());
    let answer = client.check(proof).unwrap();
    assert_eq!(answer.qualifications.len(), 1);
    let killed = Command::new("kill").arg(gateway.0.id().to_string()).status().unwrap();
    assert!(killed.success());
    let mut log = String::new();
    gateway.0.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
    assert!(gateway.0.wait().unwrap().success());
    let request = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let request = request.map(|line| line["fields"].clone()).find(|f| f["path"] == "/v1/qualification-checks").unwrap();
    assert_eq!((&request["status"], &request["terminal"]), (&201.into(), &"T001".into()));
    assert_eq!(request["client_sha256"].as_str().unwrap().len(), 64);
    assert!(!request["client_serial"].as_str().unwrap().is_empty() && request["trace_id"].is_string());
    let card = Card::of("p03");
    for secret in [card.person.name.as_str(), &card.person.kana, "3300331", "00139998", "1981-01-25", "19810125"] {
        assert!(!log.contains(secret), "the log holds {secret}");
    }
}
