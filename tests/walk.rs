//! Every scenario played by the program itself: virtual card, recorded camera, gateway over TLS, files, real screens.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a broken expectation is how a test fails")]

use std::path::Path;
use std::process::Command;

/// Names of the screens of one scenario, in order.
fn screens(folder: &Path, scenario: &str) -> Vec<String> {
    let folder = folder.join("en/1280x800").join(scenario);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{scenario}: {error}"));
    let mut files: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    files.sort();
    files.iter().map(|file| file[3..file.len() - 4].to_owned()).collect()
}

#[test]
fn every_scenario_comes_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = Command::new(env!("CARGO_BIN_EXE_uketsuke"))
        .args(["walk", "--language", "en", "--size", "1280x800", "--screenshots"])
        .arg(folder.path())
        .env("UKETSUKE_ASSETS", concat!(env!("CARGO_MANIFEST_DIR"), "/assets"))
        .env("UKETSUKE_MODELS", concat!(env!("CARGO_MANIFEST_DIR"), "/models"))
        .output()
        .expect("the program runs");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));

    let seen = |scenario: &str, screen: &str| screens(folder.path(), scenario).iter().filter(|s| *s == screen).count();
    for good in ["by-pin", "by-face", "wrong-pin", "pin-blocked", "not-registered", "typed-code-b", "consent-refused"] {
        assert_eq!(seen(good, "done"), 1, "{good}");
    }
    assert_eq!((seen("other-face", "face_help"), seen("other-face", "done")), (3, 0));
    assert_eq!((seen("not-registered", "registered"), seen("card-expiring", "renewal")), (1, 1));
    assert_eq!((seen("gateway-down", "fallback"), seen("not-confirmed", "fallback")), (1, 1));
    assert_eq!((seen("not-my-card-kind", "wrong_card"), seen("wrong-name", "call_staff")), (1, 1));
    assert_eq!(seen("wrong-pin", "enter_pin"), 2);
}
