//! A clock that is wrong: a dead battery, a finger, a false time server. The program is run under `faketime`, which changes the
//! wall clock alone.

use std::process::Command;

use super::report::Report;
use super::victim::{BY_PIN, Ground, Victim};
use crate::service::{Pcscd, isolated};
use crate::site::{Site, person, program, uketsuke};

/// The program with its clock moved, or set, as `faketime` writes it.
fn at(clock: &str) -> Command {
    let mut command = Command::new("faketime");
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
    command.args(["-f", clock]).arg(program());
    command
}

/// A visit by PIN under that clock, in a language that a test can read.
fn visit_at(ground: &Ground, site: &Site, clock: &str) -> Victim {
    let mut command = at(clock);
    ground.options(&mut command, &site.gateway.url());
    command.args(BY_PIN).env("UKETSUKE_LOG", "info");
    Victim::run(command, "1234\n")
}

/// The clock stops the visit, and everything that is said names it.
fn named(ground: &Ground, victim: &Victim) -> String {
    assert!(matches!(victim.exit, Some(1 | 3)), "{}", victim.said());
    assert_eq!(ground.files(), [""; 0]);
    let last = victim.last_word();
    assert!(last.contains("clock"), "{}", victim.said());
    last
}

/// A clock that is some days on: staff hear of it, and the patient is served by the gateway's time.
fn some_days_on(site: &Site, clock: &str) -> String {
    let ground = Ground::new(site);
    let victim = visit_at(&ground, site, clock);
    assert!(victim.stderr.contains("S-901"), "staff are not told: {}", victim.said());
    ground.served(&victim)
}

/// Settings for the queue of a kiosk on that ground.
fn settings(ground: &Ground, site: &Site) -> std::path::PathBuf {
    let file = ground.path("uketsuke.toml");
    let text = format!(
        "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n[state]\nfolder={:?}\n[handoff]\nfolder={:?}\n\
         [gateway]\nidentity={:?}\nurl='{}'\n",
        ground.path("state"),
        ground.path("drop"),
        site.identity(),
        site.gateway.url(),
    );
    std::fs::write(&file, text).unwrap();
    file
}

fn queue(ground: &Ground, site: &Site, mut command: Command, words: &[&str]) -> Victim {
    command.arg("queue").args(words).arg("--config").arg(settings(ground, site));
    Victim::run(command, "")
}

/// A patient who waits is still there after retries under that clock, and handed over once it is right again.
fn still_waits(site: &mut Site, clock: &str) -> String {
    // By number: a name is searched for in the service's mode for outages alone.
    let all = uketsuke::people::insurance::all().unwrap();
    let insurance = all.into_iter().find(|insurance| insurance.person == "p02").unwrap();
    let birth = person("p02").birth.to_string();
    site.gateway.kill();
    let ground = Ground::new(site);
    let mut words = vec!["add", "--seen", "certificate", "--insurer-number", &insurance.insurer_number];
    words.extend(["--number", insurance.number.as_str(), "--birth-date", birth.as_str()]);
    words.extend(insurance.symbol.iter().flat_map(|symbol| ["--symbol", symbol.as_str()]));
    words.extend(insurance.branch.iter().flat_map(|branch| ["--branch", branch.as_str()]));
    let added = queue(&ground, site, uketsuke(), &words);
    assert_eq!(added.exit, Some(0), "{}", added.said());
    for _ in 0..2 {
        let tried = queue(&ground, site, at(clock), &["retry"]);
        assert_ne!(tried.exit, Some(0), "{}", tried.said());
    }
    site.gateway.start_again();
    let under = queue(&ground, site, at(clock), &["list"]);
    assert_eq!(under.stdout.matches("offlineQueued").count(), 1, "{}", under.said());
    let last = queue(&ground, site, uketsuke(), &["retry"]);
    assert_eq!(last.exit, Some(0), "{}", last.said());
    assert_eq!(ground.handed_over().len(), 1, "{}", last.said());
    "waits after two retries, handed over once".into()
}

/// What an earlier visit left in log and folder is there after a visit under that clock.
fn nothing_old(site: &Site, clock: &str) -> String {
    let ground = Ground::new(site);
    ground.served(&ground.honest_visit());
    let lines = |ground: &Ground| {
        let mut command = uketsuke();
        command.args(["audit", "verify", "--json", "--config"]).arg(settings(ground, site));
        let verified = Victim::run(command, "");
        assert_eq!(verified.exit, Some(0), "{}", verified.said());
        serde_json::from_str::<serde_json::Value>(&verified.stdout).unwrap()["lines"].as_u64().unwrap()
    };
    let before = lines(&ground);
    let victim = visit_at(&ground, site, clock);
    let after = lines(&ground);
    assert!(after >= before, "{before} lines, then {after}");
    assert!(!ground.files().is_empty(), "the file that was there is gone");
    format!("{before} lines of the log, then {after}; the file is there; that visit: {}", victim.last_word())
}

#[test]
fn a_wrong_clock() {
    if !isolated() {
        return;
    }
    let (_pcscd, mut site) = (Pcscd::start(), Site::new());
    let _card = site.place("p01", &[]);
    let mut report = Report::of("clock");
    for (what, clock) in [
        ("1970: the battery is dead", "1970-01-01 12:00:00"),
        ("2019", "2019-05-01 12:00:00"),
        ("ten years on", "+3653d"),
        ("thirty years on", "+10958d"),
    ] {
        report.attack(what, || {
            let ground = Ground::new(&site);
            named(&ground, &visit_at(&ground, &site, clock))
        });
    }
    report.attack("ten years on, and `doctor` looks", || {
        let mut command = at("+3653d");
        let ground = Ground::new(&site);
        command.arg("doctor").arg("--config").arg(settings(&ground, &site));
        let looked = Victim::run(command, "");
        let line = looked.stdout.lines().find(|line| line.contains("U-408"));
        let line = line.unwrap_or_else(|| panic!("the clock is not named: {}", looked.said()));
        line.trim().to_owned()
    });
    report.attack("nine days on", || some_days_on(&site, "+9d"));
    report.long_attack("an hour on", || some_days_on(&site, "+1h"));
    report.long_attack("an hour back", || some_days_on(&site, "-1h"));
    for (clock, what) in [("+9d", "nine days"), ("+3653d", "ten years")] {
        report.attack(&format!("{what} on between a visit and the next"), || nothing_old(&site, clock));
        report
            .long_attack(&format!("{what} on between `queue add` and `queue retry`"), || still_waits(&mut site, clock));
    }
    report.long_attack("back to 2026-11-02 between `queue add` and `queue retry`", || {
        still_waits(&mut site, "2026-11-02 12:00:00")
    });
    report.ends();
}
