//! A folder watched by programs that hear one kind of event only, with each way a file can arrive.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use uketsuke::adapters::handoff::{Arrival, DropConfig};

use super::{Kiosk, STEM, config, order};

const KINDS: [&str; 3] = ["created", "changed", "renamed"];

/// What a program that hears `kind` alone hears of two deliveries.
fn heard(arrival: Arrival, kind: &str, own: &Path) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut watcher = Command::new("python3")
        .arg(crate::repository("tests/ports/handoff_drop_folder/readers/watch.py"))
        .arg(folder.path())
        .arg(kind)
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3");
    let mut lines =
        BufReader::new(watcher.stdout.take().expect("its output")).lines().map(|line| line.expect("a line"));
    assert_eq!(lines.next().as_deref(), Some("ready"));
    let kiosk = Kiosk::start(DropConfig { arrival, own: own.to_owned(), ..config(folder.path()) });
    kiosk.deliver(order()).expect("delivered");
    kiosk.deliver(super::order_of("another")).expect("delivered");
    drop(kiosk);
    std::fs::write(folder.path().join("end"), "").expect("the end");
    let all = lines.collect();
    assert!(watcher.wait().expect("ended").success());
    all
}

#[test]
fn each_arrival_is_heard_by_those_it_is_for() {
    // On one file system with the drop folder, and on another where there is one.
    let (near, far) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir_in("/dev/shm"));
    let near = [near.path().to_owned()];
    let owns = near.iter().cloned().chain(far.as_ref().ok().map(|far| far.path().to_owned()));
    for (n, own) in owns.enumerate() {
        for (arrival, hears) in [
            (Arrival::Link, [true, false, false]),
            (Arrival::Rename, [false, false, true]),
            (Arrival::Write, [true, true, false]),
        ] {
            for (kind, hears) in KINDS.into_iter().zip(hears) {
                let own = own.join(format!("{n}-{arrival:?}-{kind}"));
                let all = heard(arrival, kind, &own);
                println!("{arrival:?}, hears {kind} alone: {all:?}");
                let names = |name: &str| all.iter().any(|line| line.starts_with(name));
                assert_eq!(names(&format!("{STEM}.xml")), hears, "{arrival:?} {kind}: {all:?}");
                assert_eq!(names("OQSsiquc01res_face_K1-2_20261120083000.xml"), hears, "{arrival:?} {kind}: {all:?}");
                if arrival != Arrival::Write {
                    assert!(all.iter().all(|line| line.ends_with(" whole")), "{arrival:?} {kind}: {all:?}");
                }
            }
        }
    }
}
