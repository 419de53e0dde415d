//! `uketsuke doctor` on a PC where much is missing: each thing is one line, and the next is looked at.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What is looked at whatever the settings say, by the begin of its subject.
const DEVICES: [&str; 4] = ["card service", "camera", "face models", "clock"];
/// What the settings name.
const SERVICES: [&str; 3] = ["staff codes", "handoff", "audit"];

fn site(folder: &Path) -> String {
    for name in ["identity", "drop", "state"] {
        std::fs::create_dir_all(folder.join(name)).expect("a folder");
    }
    let place = |name: &str| folder.join(name).display().to_string();
    format!(
        "[site]\nfacility_code='1310000000'\nterminal_id='front-1'\n[gateway]\nurl='https://localhost:1'\nidentity='{}'\n\
         [handoff]\nfolder='{}'\n[state]\nfolder='{}'\n[sound]\noff=true\n",
        place("identity"),
        place("drop"),
        place("state"),
    )
}

/// Subject and detail of what failed, everything that was looked at, and the exit code.
fn doctor(settings: &str) -> (Vec<(String, String)>, Vec<String>, Option<i32>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("uketsuke.toml");
    std::fs::write(&path, settings).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    // That no models are there is a line as well, and one that takes no time.
    command.env("UKETSUKE_MODELS", folder.path().join("no-models"));
    let output = command.args(["doctor", "--json", "--config"]).arg(&path).output().expect("it runs");
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("no JSON ({error}): {}", String::from_utf8_lossy(&output.stderr));
    });
    let word = |row: &Value, member: &str| row[member].as_str().expect("a text").to_owned();
    let failed = rows.iter().filter(|row| row["health"] == "failed");
    let failed = failed.map(|row| (word(row, "subject"), word(row, "detail"))).collect();
    (failed, rows.iter().map(|row| word(row, "subject")).collect(), output.status.code())
}

fn failed(failed: &[(String, String)], subject: &str) -> String {
    let found: Vec<&str> = failed.iter().filter(|(what, _)| what == subject).map(|(_, why)| why.as_str()).collect();
    assert_eq!(found.len(), 1, "{subject} fails once: {failed:?}");
    found.concat()
}

fn all_looked_at(seen: &[String], wanted: &[&str]) {
    for what in wanted {
        assert!(seen.iter().any(|subject| subject.starts_with(what)), "{what} was not looked at: {seen:?}");
    }
}

#[test]
fn an_identity_without_its_files_is_one_line_and_the_rest_is_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bad, seen, code) = doctor(&site(folder.path()));
    assert!(failed(&bad, "certificates and gateway").contains("identity"), "{bad:?}");
    all_looked_at(&seen, &DEVICES);
    all_looked_at(&seen, &SERVICES);
    assert_eq!(code, Some(2), "a setting names what is not there");
}

#[test]
fn every_unusable_setting_is_a_line_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = site(folder.path())
        + "[card]\ncertificate_authorities=['/nowhere/ca.pem']\n[registration]\nterms='/nowhere/terms.toml'\n";
    let (bad, seen, code) = doctor(&settings.replace("[sound]\noff=true\n", ""));
    for subject in ["card authorities", "site", "certificates and gateway"] {
        failed(&bad, subject);
    }
    all_looked_at(&seen, &DEVICES);
    all_looked_at(&seen, &SERVICES);
    assert_eq!(code, Some(2));
}

#[test]
fn settings_that_cannot_be_read_leave_the_devices() {
    for settings in ["", "[site", "[sight]\n", "site = 3"] {
        let (bad, seen, code) = doctor(settings);
        failed(&bad, "settings");
        all_looked_at(&seen, &DEVICES);
        assert!(!seen.iter().any(|subject| SERVICES.contains(&subject.as_str())), "{seen:?}");
        assert_eq!(code, Some(2), "{settings:?}");
    }
}
