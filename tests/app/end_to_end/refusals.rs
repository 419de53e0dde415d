//! Visits that end without a file for a reason somebody can act on, and commands that cannot begin.

use serde_json::Value;

use crate::service::{Pcscd, READER, isolated};
use crate::site::{Checkin, Counts, NOTHING, Site, uketsuke};

fn tries_left_by_card_info() -> Value {
    let output = uketsuke().args(["card", "info", "--json", "--reader", READER]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let info: Value = serde_json::from_slice(&output.stdout).unwrap();
    let is_pin = |secret: &&Value| secret["name"] == "user-authentication PIN";
    info["secrets"].as_array().unwrap().iter().find(is_pin).expect("the PIN")["triesLeft"].clone()
}

/// No file, and nothing at the gateway but what `counts` says.
fn left_nothing(site: &Site, visit: &Checkin, counts: Counts) {
    visit.ended(1);
    assert_eq!(site.files(), [""; 0], "{visit}");
    assert_eq!(site.gateway.counts(), counts, "{visit}");
    assert!(visit.stderr.contains("remedy: "), "{visit}");
}

#[test]
fn a_wrong_pin_leaves_two_tries() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p02", &[]);
    let visit = site.checkin(&["--method", "pin", "--pin", "-"], "4321\n");
    left_nothing(&site, &visit, Counts { challenges: 1, ..NOTHING });
    assert!(visit.stderr.contains("the PIN is wrong; two tries are left"), "{visit}");
    let wrong = visit.lines.iter().find(|line| line["wrong"] == true).expect("a line that says so");
    assert_eq!((&wrong["state"], &wrong["triesLeft"]), (&"EnterPin".into(), &2.into()), "{visit}");
    assert_eq!(tries_left_by_card_info(), 2);
    assert_eq!(site.card_log().matches("> 00 20 00 98 [4 bytes masked] < 0 bytes 63C2").count(), 1);
}

#[test]
fn a_blocked_pin_is_not_even_sent() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p02", &["pin-blocked"]);
    let visit = site.checkin(&["--method", "pin", "--pin", "-"], "1234\n");
    left_nothing(&site, &visit, NOTHING);
    assert!(visit.stderr.contains("pin blocked (U-202)"), "{visit}");
    assert!(!site.card_log().contains("masked"), "{}", site.card_log());
    assert_eq!(tries_left_by_card_info(), 0);
}

#[test]
fn a_card_that_is_not_registered_ends_in_the_fallback() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p06", &[]);
    let visit = site.checkin(&["--method", "pin", "--pin", "1234"], "");
    left_nothing(&site, &visit, Counts { challenges: 1, ..NOTHING });
    assert!(visit.states().ends_with(&["Checking", "Fallback", "CleaningUp", "CardLeft"]), "{visit}");
    assert_eq!(visit.failure(), "not-registered", "{visit}");
    assert!(visit.stderr.contains("(U-411)"), "{visit}");
}

#[test]
fn a_gateway_that_is_not_there_ends_in_the_fallback() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let mut site = Site::new();
    let _card = site.place("p02", &[]);
    site.gateway.kill();
    let visit = site.checkin(&["--method", "pin", "--pin", "1234"], "");
    left_nothing(&site, &visit, NOTHING);
    assert_eq!(visit.failure(), "gateway-unreachable", "{visit}");
    assert!(!site.card_log().contains("4 bytes masked"), "without a nonce nothing is signed");
}

#[test]
fn wrong_use_ends_with_2() {
    if !isolated() {
        return;
    }
    let site = Site::new();
    for (options, explained) in [
        (&["--method", "pin", "--pin", "-", "--no-such-option"][..], "--no-such-option"),
        (&["--method", "eye"], "eye"),
        (&["--method", "pin"], "--pin"),
        (&["--method", "pin", "--pin", "-"], "4 digits"),
        (&["--method", "pin", "--pin", "-", "--code-b", "-"], "standard input"),
        (&["--method", "face", "--code-b", "123"], "14 digits"),
    ] {
        let visit = site.checkin(options, "12345\n");
        assert!(visit.ended(2).stderr.contains(explained), "{options:?}: {visit}");
    }
    let visit = site.checkin(&["--method", "pin", "--pin", "-", "--consent", "everything"], "1234\n");
    assert!(visit.ended(2).stderr.contains("specificHealthCheckup"), "{visit}");
}

#[test]
fn a_missing_service_or_reader_ends_with_3_at_once() {
    if !isolated() {
        return;
    }
    let mut pcscd = Pcscd::start();
    let site = Site::new();
    let elsewhere = site.checkin_at("No Such Reader", &["--method", "pin", "--pin", "-"], "1234\n");
    assert!(elsewhere.ended(3).stderr.contains(READER), "it names the readers that are there: {elsewhere}");
    pcscd.stop();
    for (secret, input) in [("-", "1234\n"), ("1234", "")] {
        let visit = site.checkin(&["--method", "pin", "--pin", secret], input);
        assert!(visit.ended(3).stderr.contains("pcscd"), "{visit}");
        assert!(visit.stderr.contains("remedy: "), "{visit}");
    }
}
