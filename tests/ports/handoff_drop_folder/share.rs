//! A share that takes nothing: read-only, full, or hanging; no reception waits for it.

use std::fs;
use std::time::Duration;

use uketsuke::adapters::handoff::DropConfig;
use uketsuke::ports::{Delivery, Diagnose, Health};

use super::Kiosk;
use super::spool::{Site, delivered, kept, late, order_of};
#[cfg(target_os = "linux")]
use crate::small_disk;

/// The site whose share is the mounted folder.
#[cfg(target_os = "linux")]
fn site_of_the_share() -> (Site, DropConfig) {
    let share = small_disk::here();
    let site = Site::new();
    let config = DropConfig { folder: share, ..site.config() };
    (site, config)
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_share_blocks_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    small_disk::run("handoff_drop_folder::share::in_a_read_only_share", "ro", folder.path());
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "started by a_read_only_share_blocks_nobody"]
fn in_a_read_only_share() {
    let (_site, config) = site_of_the_share();
    let share = config.folder.clone();
    let kiosk = Kiosk::start(config);
    assert_eq!(kiosk.hand_in(order_of("a")), kept(1));
    assert_eq!(kiosk.port.diagnose()[0].health, Health::Bad);
    small_disk::remount("rw");
    assert_eq!(late(&kiosk), ("a".into(), 0));
    assert_eq!(delivered(&share), ["a"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_share_blocks_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    small_disk::run("handoff_drop_folder::share::in_a_full_share", "size=96k", folder.path());
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "started by a_full_share_blocks_nobody"]
fn in_a_full_share() {
    let (_site, config) = site_of_the_share();
    let share = config.folder.clone();
    let kiosk = Kiosk::start(config);
    let outcomes: Vec<_> = (0..20).map(|n| kiosk.hand_in(order_of(&format!("check-{n:02}")))).collect();
    let done = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Delivery::Done(_)))).count();
    let waiting = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Delivery::Kept { .. }))).count();
    assert!(done > 0 && waiting > 0 && done + waiting == 20, "{done} delivered, {waiting} wait");
    small_disk::remount("size=4m");
    for n in done..20 {
        assert_eq!(late(&kiosk).0, format!("check-{n:02}"));
    }
    assert_eq!(delivered(&share).len(), 20);
}

/// A courier that hangs as long as a share does: here in its own list, in whose place a pipe waits for a writer. In the drop
/// folder a pipe holds up nothing.
#[cfg(unix)]
#[test]
fn a_share_that_hangs_holds_no_reception_up() {
    let site = Site::new();
    fs::create_dir(site.drop_folder()).expect("the share");
    let list = site.config().own.join("index");
    fs::create_dir(site.config().own).expect("the kiosk's own folder");
    assert!(std::process::Command::new("mkfifo").arg(&list).status().expect("mkfifo").success());
    let mut config = site.config();
    config.spool.as_mut().expect("a spool").patience = Duration::from_millis(100);
    let kiosk = Kiosk::start(config);
    assert_eq!(kiosk.hand_in(order_of("a")), kept(1));
    assert_eq!(kiosk.hand_in(order_of("b")), kept(2));
    // The share answers at last: the courier, which hangs in its first step, goes on.
    drop(fs::File::options().write(true).open(&list).expect("a writer"));
    let both = [late(&kiosk), late(&kiosk)];
    assert_eq!(both, [("a".into(), 1), ("b".into(), 0)]);
    assert_eq!(delivered(&site.drop_folder()), ["a", "b"]);
}
