//! A folder in which somebody else laid things in the kiosk's way.

use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use uketsuke::ports::{Diagnose, Health};

use super::{Kiosk, STEM, config, order, own, visible};

/// What can lie at a name.
const THINGS: [&str; 8] = [
    "link to a file",
    "link to nothing",
    "link to a folder",
    "pipe",
    "socket",
    "folder",
    "second name",
    "foreign file",
];

/// Names that the kiosk's own files have or had, and could have again.
fn own_names() -> Vec<String> {
    let endings = ["xml.tmp", "json.tmp", "index.tmp", "index.index.tmp", "probe.tmp", "index", "lock", "tmp"];
    let kiosks = ["K1", "K1-", "k1"];
    kiosks.iter().flat_map(|kiosk| endings.map(|ending| format!(".uketsuke-{kiosk}.{ending}"))).collect()
}

/// Lays one of [`THINGS`] at `name`; what must not change lies in `elsewhere`.
fn lay(thing: &str, name: &Path, elsewhere: &Path) -> Option<UnixListener> {
    let victim = elsewhere.join("victim");
    fs::write(&victim, "of the kiosk's account").expect("a victim");
    match thing {
        "link to a file" => symlink(&victim, name).expect("a link"),
        "link to nothing" => symlink(elsewhere.join("planted"), name).expect("a link"),
        "link to a folder" => symlink(elsewhere, name).expect("a link"),
        "pipe" => assert!(Command::new("mkfifo").arg(name).status().expect("mkfifo").success()),
        "socket" => return Some(UnixListener::bind(name).expect("a socket")),
        "folder" => fs::create_dir(name).expect("a folder"),
        "second name" => fs::hard_link(&victim, name).expect("a second name"),
        _ => {
            fs::write(name, "of somebody else").expect("a file");
            if std::os::unix::fs::chown(name, Some(65_534), None).is_err() {
                eprintln!("NOT RUN as asked: this account cannot give files away; the file is its own");
            }
        }
    }
    None
}

/// The delivered file: a plain one, of one name, with what belongs in it; and nothing elsewhere was touched.
fn assert_delivered(what: &str, kiosk: &Kiosk, elsewhere: &Path) -> PathBuf {
    let file = kiosk.deliver(order()).unwrap_or_else(|failure| panic!("{what}: {failure:?}")).file;
    let found = fs::symlink_metadata(&file).expect("there");
    assert!(found.is_file() && found.nlink() == 1, "{what}: {found:?}");
    assert!(super::handed_over::read(&fs::read(&file).expect("read")).is_ok(), "{what}");
    assert_eq!(fs::read(elsewhere.join("victim")).expect("the victim"), b"of the kiosk's account", "{what}");
    assert!(!elsewhere.join("planted").exists(), "{what}");
    file
}

#[test]
fn what_lies_at_a_name_of_the_kiosks_own_harms_nothing() {
    let mut tried = 0;
    for (thing, name) in THINGS.iter().flat_map(|thing| own_names().into_iter().map(move |name| (*thing, name))) {
        let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let kept = lay(thing, &folder.path().join(&name), elsewhere.path());
        let kiosk = Kiosk::start(config(folder.path()));
        let what = format!("{thing} at {name}");
        assert_delivered(&what, &kiosk, elsewhere.path());
        assert!(kiosk.port.diagnose()[0].health != Health::Bad, "{what}");
        tried += 1;
        drop(kept);
    }
    println!("{tried} things in the way of the kiosk's own names, every file delivered");
    assert!(tried >= 190, "{tried}");
}

#[test]
fn what_lies_at_the_name_of_a_delivery_is_left_alone() {
    for thing in THINGS {
        for ending in ["xml", "json"] {
            let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
            let name = folder.path().join(format!("{STEM}.{ending}"));
            let _kept = lay(thing, &name, elsewhere.path());
            let before = fs::symlink_metadata(&name).expect("it lies there");
            let kiosk = Kiosk::start(config(folder.path()));
            let file = assert_delivered(&format!("{thing} at {ending}"), &kiosk, elsewhere.path());
            assert_eq!(file.file_name().expect("a name"), "OQSsiquc01res_face_K1-2_20261120083000.xml");
            let after = fs::symlink_metadata(&name).expect("it still lies there");
            assert_eq!((before.ino(), before.file_type()), (after.ino(), after.file_type()));
        }
    }
}

/// A renewed reception replaces the kiosk's own file and nothing else.
#[test]
fn a_renewed_reception_replaces_nothing_that_is_not_its_own() {
    for thing in THINGS {
        let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let kiosk = Kiosk::start(config(folder.path()));
        let first = kiosk.deliver(order()).expect("delivered").file;
        fs::remove_file(&first).expect("taken");
        let _kept = lay(thing, &first, elsewhere.path());
        let before = fs::symlink_metadata(&first).expect("it lies there");
        let mut renewed = super::order_of("renewed");
        renewed.replaces = Some(super::CHECK.into());
        let second = kiosk.deliver(renewed).unwrap_or_else(|failure| panic!("{thing}: {failure:?}")).file;
        assert_ne!(first, second, "{thing}");
        assert_eq!(before.ino(), fs::symlink_metadata(&first).expect("it still lies there").ino(), "{thing}");
        assert_eq!(fs::read(elsewhere.path().join("victim")).expect("the victim"), b"of the kiosk's account");
    }
}

#[test]
fn the_look_names_what_lies_in_the_way() {
    for thing in THINGS.iter().filter(|thing| **thing != "second name") {
        let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let _kept = lay(thing, &folder.path().join(format!("{STEM}.xml")), elsewhere.path());
        let word = match *thing {
            "pipe" => "pipe",
            "socket" => "socket",
            "folder" => "folder",
            "foreign file" => "another account",
            _ => "link",
        };
        let kiosk = Kiosk::start(config(folder.path()));
        let lines = kiosk.port.diagnose();
        let line = lines.iter().find(|line| line.detail.contains(STEM)).unwrap_or_else(|| panic!("{thing}: {lines:?}"));
        assert!(line.health != Health::Good && line.detail.contains(word) && !line.remedy.is_empty(), "{line:?}");
    }
}

/// Whoever watches the folder never sees a name that tells the next one, and no index or lock.
#[test]
fn only_what_is_delivered_stays_in_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let kiosk = Kiosk::start(config(folder.path()));
    kiosk.deliver(order()).expect("delivered");
    drop(kiosk);
    let all: Vec<String> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name != ".own")
        .collect();
    assert_eq!(all.len(), visible(folder.path()).len(), "{all:?}");
    assert!(own(folder.path()).join("index").is_file());
    assert!(fs::metadata(own(folder.path())).expect("there").mode() & 0o077 == 0, "the kiosk's own folder is private");
    let is_special = |entry: fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_fifo() || kind.is_symlink());
    assert!(!fs::read_dir(own(folder.path())).expect("the folder").flatten().any(is_special));
}
