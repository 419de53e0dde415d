//! An account that may write in the drop folder, and a folder that is not what it was.

use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::report::{Outcome, Report};
use super::victim::Ground;
use crate::service::{Pcscd, isolated};
use crate::site::Site;

/// How many seconds' names are taken: more than a visit lasts.
const SECONDS: i64 = 90;

/// What can lie at a name.
const THINGS: [&str; 8] = [
    "a link to a file of the kiosk's account",
    "a link to nothing",
    "a link to a folder",
    "a pipe",
    "a folder",
    "a second name of a file",
    "a device",
    "a file of another account",
];

fn ran(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
}

/// Lays one of [`THINGS`] at `name`; what must not change lies in `elsewhere`.
fn lay(thing: &str, name: &Path, elsewhere: &Path) {
    let (victim, text) = (elsewhere.join("victim"), name.to_str().unwrap());
    match thing {
        "a link to a file of the kiosk's account" => symlink(victim, name).unwrap(),
        "a link to nothing" => symlink(elsewhere.join("planted"), name).unwrap(),
        "a link to a folder" => symlink(elsewhere, name).unwrap(),
        "a pipe" => assert!(ran("mkfifo", &[text])),
        "a folder" => fs::create_dir(name).unwrap(),
        "a second name of a file" => fs::hard_link(victim, name).unwrap(),
        "a device" => assert!(ran("mknod", &[text, "c", "1", "3"]), "devices are made by root alone"),
        _ => {
            fs::write(name, "of somebody else").unwrap();
            std::os::unix::fs::chown(name, Some(65_534), None).unwrap();
        }
    }
}

/// The names that the deliveries of the next seconds will have, as the first delivery of this kiosk had its own.
fn coming_names(first: &str) -> Vec<String> {
    let (before, stamp) = first.rsplit_once('_').expect("a name with a time");
    let ending = stamp.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let now = Timestamp::now();
    let time = |second| uketsuke::domain::japan::civil(now + SignedDuration::from_secs(second));
    (0..SECONDS).map(|second| format!("{before}_{}{ending}", time(second).strftime("%Y%m%d%H%M%S"))).collect()
}

/// The visit is served although all of these lie in its way, and what they point at is as it was.
fn in_the_way(site: &Site, thing: &str, first: &str) -> String {
    let (ground, elsewhere) = (Ground::new(site), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("victim"), "of the kiosk's account").unwrap();
    let names = coming_names(first);
    let drop_folder = ground.path("drop");
    names.iter().for_each(|name| lay(thing, &drop_folder.join(name), elsewhere.path()));
    let victim = ground.honest_visit();
    assert_eq!(victim.exit, Some(0), "{}", victim.said());
    assert_eq!(fs::read(elsewhere.path().join("victim")).unwrap(), b"of the kiosk's account");
    let left: Vec<_> = fs::read_dir(elsewhere.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["victim"], "something was written elsewhere");
    let ours = ground.files().into_iter().filter(|name| !names.contains(name));
    let ours: Vec<_> = ours.filter(|name| fs::symlink_metadata(drop_folder.join(name)).unwrap().nlink() == 1).collect();
    let [file] = ours.as_slice() else { panic!("{ours:?}") };
    assert!(fs::symlink_metadata(drop_folder.join(file)).unwrap().is_file());
    format!("served as {file}; the {} others lie as they lay", names.len())
}

/// The file cannot be delivered and staff are told that none follows; once the folder is mended, the next visit is served.
fn unusable(site: &Site, spoil: impl FnOnce(&Path) -> Result<(), String>, mend: impl FnOnce(&Path)) -> Outcome {
    let ground = Ground::new(site);
    let drop_folder = ground.path("drop");
    if let Err(why) = spoil(&drop_folder) {
        return Outcome::NotRun(why);
    }
    let victim = ground.honest_visit();
    mend(&drop_folder);
    assert_ne!(victim.exit, Some(0), "{}", victim.said());
    let first = victim.failure();
    let checks = site.gateway.counts().checks;
    let after = ground.honest_visit();
    assert_eq!(after.exit, Some(0), "{}", after.said());
    let counted = site.gateway.counts().checks - checks;
    let files = ground.handed_over().len();
    assert_eq!((counted, files), (1, 1), "{}\n{}", victim.said(), after.said());
    if first.is_empty() {
        return format!("refused at start: {}", victim.last_word()).into();
    }
    assert!(victim.stderr.contains("S-202"), "staff are not told: {}", victim.said());
    format!("{first}, and staff are told that no file follows (S-202); the next visit has its file").into()
}

fn mounted(folder: &Path, options: &str) -> Result<(), String> {
    let done = ran("mount", &["-t", "tmpfs", "-o", options, "none", folder.to_str().unwrap()]);
    if done { Ok(()) } else { Err("nothing can be mounted here".into()) }
}

fn unmounted(folder: &Path) {
    assert!(ran("umount", &[folder.to_str().unwrap()]));
}

#[test]
fn a_hostile_drop_folder() {
    if !isolated() {
        return;
    }
    let (_pcscd, site) = (Pcscd::start(), Site::new());
    let _card = site.place("p01", &[]);
    let mut report = Report::of("drop folder");
    let ground = Ground::new(&site);
    report.attack("none: nothing lies there", || ground.served(&ground.honest_visit()));
    let first = ground.files().first().expect("a delivery").clone();
    for (n, thing) in THINGS.iter().enumerate() {
        let what = format!("{thing} at every name to come");
        // One of each kind in the suite: tests/ports has all of them without processes.
        match n % 3 {
            0 => report.attack(&what, || in_the_way(&site, thing, &first)),
            _ => report.long_attack(&what, || in_the_way(&site, thing, &first)),
        }
    }
    report.attack("it is read-only", || unusable(&site, |folder| mounted(folder, "ro,size=64k"), unmounted));
    report.attack("it is full", || {
        let fill = |folder: &Path| {
            mounted(folder, "size=16k")?;
            let _ = fs::write(folder.join(".full"), vec![b'x'; 1 << 20]);
            Ok(())
        };
        unusable(&site, fill, unmounted)
    });
    report.attack("it has vanished", || {
        unusable(
            &site,
            |folder| fs::remove_dir(folder).map_err(|e| e.to_string()),
            |folder| drop(fs::create_dir(folder)),
        )
    });
    report.long_attack("a file stands in its place", || {
        let spoil = |folder: &Path| {
            fs::remove_dir(folder).and_then(|()| fs::write(folder, "no folder")).map_err(|error| error.to_string())
        };
        unusable(&site, spoil, |folder| {
            fs::remove_file(folder).unwrap();
            let _ = fs::create_dir(folder);
        })
    });
    report.long_attack("a pipe stands in its place", || {
        let spoil = |folder: &Path| {
            fs::remove_dir(folder).map_err(|error| error.to_string())?;
            if ran("mkfifo", &[folder.to_str().unwrap()]) { Ok(()) } else { Err("no pipe".into()) }
        };
        unusable(&site, spoil, |folder| {
            assert!(fs::symlink_metadata(folder).unwrap().file_type().is_fifo());
            fs::remove_file(folder).unwrap();
            let _ = fs::create_dir(folder);
        })
    });
    report.attack("it goes away while the file is on its way, again and again", || vanishing(&site));
    report.ends();
}

/// Somebody renames the folder away and back while visits are under way: each file is there once, or staff know that it is not.
fn vanishing(site: &Site) -> String {
    let ground = Ground::new(site);
    let (drop_folder, away) = (ground.path("drop"), ground.path("away"));
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let (from, to) = (drop_folder.clone(), away.clone());
    let mover = std::thread::spawn(move || {
        let mut moves = 0;
        while stopped.recv_timeout(Duration::from_millis(40)) == Err(RecvTimeoutError::Timeout) {
            if fs::rename(&from, &to).is_ok() {
                std::thread::sleep(Duration::from_millis(40));
                // The kiosk may not make the folder anew: then this would fail and be seen.
                fs::rename(&to, &from).unwrap();
                moves += 1;
            }
        }
        moves
    });
    let before = site.gateway.counts().checks;
    let visits: Vec<_> = (0..3).map(|_| ground.honest_visit()).collect();
    drop(stop);
    let moves: u32 = mover.join().unwrap();
    let last = ground.honest_visit();
    assert_eq!(last.exit, Some(0), "{}", last.said());
    let checks = (site.gateway.counts().checks - before) as usize;
    let files = ground.handed_over();
    let mut ids: Vec<_> = files.iter().map(|file| file.check_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let told = visits.iter().filter(|visit| visit.stderr.contains("S-202")).count();
    assert_eq!((files.len(), ids.len()), (checks - told, checks - told), "{told} told: {:?}", ground.files());
    format!("{moves} moves, {checks} checks, {} files, of {told} staff are told that none follows", files.len())
}
