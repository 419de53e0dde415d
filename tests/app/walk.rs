//! Every scenario played by the program itself: virtual card, recorded camera, gateway over TLS, files, real screens.

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
    assert_eq!((seen("other-face", "face_help"), seen("other-face", "done")), (2, 0));
    assert_eq!((seen("not-registered", "registered"), seen("card-expiring", "renewal")), (1, 1));
    assert_eq!((seen("gateway-down", "fallback"), seen("not-confirmed", "fallback")), (1, 1));
    assert_eq!((seen("not-my-card-kind", "wrong_card"), seen("wrong-name", "call_staff")), (1, 1));
    assert_eq!((seen("wrong-name", "delivering"), seen("gateway-down", "fallback_show")), (0, 1));
    assert_eq!(
        (seen("consents-one-by-one", "consent_one_by_one"), seen("consents-one-by-one", "consent_summary")),
        (5, 1)
    );
    for asked in ["consent_limit", "choose_prescription", "choose_subsidy", "done"] {
        assert_eq!(seen("every-question", asked), 1, "{asked}");
    }
    assert_eq!((seen("not-registered", "register_terms"), seen("not-yet", "register_refused")), (2, 1));
    assert_eq!((seen("card-in-grace", "renewal"), seen("card-in-grace", "consenting")), (1, 0));
    assert_eq!((seen("fallback-form", "fallback_ask"), seen("fallback-form", "fallback_show")), (3, 1));
    assert_eq!((seen("card-swapped", "stopped"), seen("card-swapped", "done")), (1, 1));
    assert_eq!((seen("walked-away", "still_there"), seen("walked-away", "done")), (1, 0));
    for good in ["card-put-back", "still-there", "card-in-grace"] {
        assert_eq!(seen(good, "done"), 1, "{good}");
    }
    assert_eq!((seen("received-today", "already_received"), seen("received-today", "done")), (1, 2));
    assert_eq!(seen("wrong-pin", "enter_pin"), 2);
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn without_a_display_the_program_says_so_and_does_not_crash() {
    let program = || {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_uketsuke"));
        program.arg("demo").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET").env_remove("DISPLAY");
        program
    };
    for (display, cause) in [("", "there is no display"), (":4095", "the display :4095 does not answer")] {
        let ended = program().env("DISPLAY", display).output().expect("the program runs");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(3), "{said}");
        assert!(said.contains(cause) && said.contains("remedy") && !said.contains("panicked"), "{said}");
    }
}
