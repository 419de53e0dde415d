//! Somebody who may write on the disk and wants lines of the audit log gone.

use std::fs;
use std::path::{Path, PathBuf};

use super::report::{Outcome, Report};
use super::victim::{Ground, Victim};
use crate::service::{Pcscd, isolated};
use crate::site::{Site, uketsuke};

/// The files of the log, oldest first.
fn files(state: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(state.join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    files
}

/// Another text in the last file.
fn rewritten(state: &Path, change: impl FnOnce(Vec<&str>) -> Vec<&str>) {
    let file = files(state).pop().expect("a file");
    let text = fs::read_to_string(&file).unwrap();
    let lines: String = change(text.lines().collect()).into_iter().map(|line| format!("{line}\n")).collect();
    fs::write(file, lines).unwrap();
}

type Deed = Box<dyn Fn(&Path)>;

fn deeds() -> Vec<(&'static str, Deed)> {
    let gone = |state: &Path, name: &str| fs::remove_file(state.join(name)).unwrap();
    vec![
        ("every file removed", Box::new(|state| files(state).iter().for_each(|file| fs::remove_file(file).unwrap()))),
        ("the last file emptied", Box::new(|state| rewritten(state, |_| Vec::new()))),
        (
            "the last line cut off",
            Box::new(|state| {
                rewritten(state, |mut lines| {
                    lines.pop();
                    lines
                })
            }),
        ),
        ("the first half cut off", Box::new(|state| rewritten(state, |lines| lines[lines.len() / 2..].to_vec()))),
        (
            "a line in the middle removed",
            Box::new(|state| {
                rewritten(state, |mut lines| {
                    lines.remove(lines.len() / 2);
                    lines
                })
            }),
        ),
        (
            "two lines swapped",
            Box::new(|state| {
                rewritten(state, |mut lines| {
                    let middle = lines.len() / 2;
                    lines.swap(middle, middle - 1);
                    lines
                })
            }),
        ),
        (
            "a line written twice",
            Box::new(|state| {
                rewritten(state, |mut lines| {
                    lines.push(lines[lines.len() - 1]);
                    lines
                })
            }),
        ),
        (
            "one sign changed",
            Box::new(|state| {
                let file = files(state).pop().expect("a file");
                let text = fs::read_to_string(&file).unwrap();
                fs::write(file, text.replacen("T001", "T002", 1)).unwrap();
            }),
        ),
        ("the head removed", Box::new(move |state| gone(state, "audit/head"))),
        ("the key removed", Box::new(move |state| gone(state, "audit.key"))),
        (
            "files and head removed",
            Box::new(move |state| {
                files(state).iter().for_each(|file| fs::remove_file(file).unwrap());
                gone(state, "audit/head");
            }),
        ),
        (
            "folder and key removed",
            Box::new(move |state| {
                fs::remove_dir_all(state.join("audit")).unwrap();
                gone(state, "audit.key");
            }),
        ),
    ]
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copied(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// `uketsuke audit verify` of a kiosk with that folder.
fn verify(site: &Site, state: &Path) -> Victim {
    let settings = state.with_extension("toml");
    let text = format!(
        "[site]\nfacility_code='1310000001'\nterminal_id='T001'\n[state]\nfolder={state:?}\n[handoff]\nfolder={:?}\n\
         [gateway]\nidentity={:?}\nurl='https://127.0.0.1:1'\n",
        state.with_extension("drop"),
        site.identity(),
    );
    fs::write(&settings, text).unwrap();
    let mut command = uketsuke();
    command.args(["audit", "verify", "--config"]).arg(settings);
    Victim::run(command, "")
}

/// The breaks that are named, in one line.
fn breaks(verified: &Victim) -> String {
    assert_eq!(verified.exit, Some(1), "{}", verified.said());
    let named = verified.stdout.lines().find(|line| line.contains(": ")).unwrap_or_default();
    named.rsplit(": ").next().unwrap_or_default().to_owned()
}

#[test]
fn a_shortened_audit_log() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let _card = site.place("p01", &[]);
    let mut report = Report::of("audit log");
    let ground = Ground::new(&site);
    let state = ground.path("state");
    ground.served(&ground.honest_visit());
    let (older, whole) = (ground.path("older"), ground.path("whole"));
    copied(&state, &older);
    assert_eq!(ground.honest_visit().exit, Some(0));
    copied(&state, &whole);
    report.attack("none: two visits", || {
        let verified = verify(&site, &state);
        assert_eq!(verified.exit, Some(0), "{}", verified.said());
        verified.stdout.lines().last().unwrap_or_default().to_owned()
    });
    let again = |from: &Path| {
        fs::remove_dir_all(&state).unwrap();
        copied(from, &state);
    };
    for (n, (what, deed)) in deeds().into_iter().enumerate() {
        report.attack(what, || {
            again(&whole);
            deed(&state);
            format!("seen: {}", breaks(&verify(&site, &state)))
        });
        let running_on = || {
            again(&whole);
            deed(&state);
            let visit = ground.honest_visit();
            assert_eq!(visit.exit, Some(0), "the kiosk goes on: {}", visit.said());
            format!("seen: {}", breaks(&verify(&site, &state)))
        };
        let what = format!("{what}, and the kiosk runs on");
        if n % 5 == 0 { report.attack(&what, running_on) } else { report.long_attack(&what, running_on) }
    }
    report.attack("an older log put back, with its head", || {
        again(&whole);
        fs::remove_dir_all(state.join("audit")).unwrap();
        copied(&older.join("audit"), &state.join("audit"));
        format!("seen: {}", breaks(&verify(&site, &state)))
    });
    report.attack("the whole older state put back", || {
        again(&older);
        let verified = verify(&site, &state);
        assert_eq!(verified.exit, Some(0), "{}", verified.said());
        Outcome::Known("not seen without a witness outside, as docs/threat-model.md says".into())
    });
    report.ends();
}
