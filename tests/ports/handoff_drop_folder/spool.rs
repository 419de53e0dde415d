//! Files that wait: the drop folder is away, and the patient is received all the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use uketsuke::adapters::handoff::spool::{aside, take_back};
use uketsuke::adapters::handoff::{DropConfig, SpoolConfig};
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::{Delivery, Diagnose, HandoffNews, Health, News, Report, SureDay};

use super::handed_over::read;
use super::{CHECK, Kiosk, config, order, visible};

/// Longest wait for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A drop folder and a kiosk's own folder.
pub struct Site(tempfile::TempDir);

impl Site {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn drop_folder(&self) -> PathBuf {
        self.0.path().join("share")
    }

    fn spool(&self) -> PathBuf {
        self.0.path().join("spool")
    }

    pub fn config(&self) -> DropConfig {
        let quick = Duration::from_millis(20);
        let spool = SpoolConfig { first_pause: quick, longest_pause: quick, ..SpoolConfig::new(self.spool()) };
        DropConfig { spool: Some(spool), own: self.0.path().join("own"), ..config(&self.drop_folder()) }
    }

    fn start(&self) -> Kiosk {
        Kiosk::start(self.config())
    }

    /// Files of the spool, sealed parcels only.
    fn kept(&self) -> usize {
        let entries = fs::read_dir(self.spool()).expect("the spool");
        entries.filter(|e| e.as_ref().expect("an entry").path().extension().is_some_and(|e| e == "parcel")).count()
    }
}

pub fn kept(waiting: usize) -> Result<Delivery, uketsuke::domain::failure::Failure> {
    Ok(Delivery::Kept { waiting })
}

/// Each check in a second of its own, so that names stand in the order of the receptions.
pub fn order_of(check: &str) -> uketsuke::ports::DeliveryOrder {
    let mut order = super::order_of(check);
    order.answer.processed_at += SignedDuration::from_secs(check.bytes().next().map_or(0, i64::from) - 64);
    order
}

/// The next news of a file that had to wait.
fn news(kiosk: &Kiosk) -> HandoffNews {
    match kiosk.reports.recv_timeout(PATIENCE).expect("news") {
        Report::News(News::Handoff(news)) => news,
        _ => panic!("another report"),
    }
}

pub fn late(kiosk: &Kiosk) -> (String, usize) {
    match news(kiosk) {
        HandoffNews::DeliveredLate { check_id, waiting, .. } => (check_id, waiting),
        given_up => panic!("{given_up:?}"),
    }
}

/// The checks of the delivered XML files, in the order of their names.
pub fn delivered(folder: &Path) -> Vec<String> {
    let names = visible(folder).into_iter().filter(|name| name.ends_with(".xml"));
    names.map(|name| read(&fs::read(folder.join(name)).expect("read")).expect("whole").check_id).collect()
}

#[test]
fn a_share_that_comes_back_gets_every_file_once_and_in_order() {
    let site = Site::new();
    let kiosk = site.start();
    for (n, check) in (1..).zip(["a", "b", "c"]) {
        assert_eq!(kiosk.hand_in(order_of(check)), kept(n));
    }
    assert_eq!(kiosk.hand_in(order_of("b")), kept(3), "it waits already");
    let finding = kiosk.port.diagnose().pop().expect("a line for the spool");
    assert!(finding.health == Health::Warning && finding.detail.contains("3 files"), "{finding:?}");
    fs::create_dir(site.drop_folder()).expect("the share is back");
    assert_eq!([late(&kiosk), late(&kiosk), late(&kiosk)], [("a".into(), 2), ("b".into(), 1), ("c".into(), 0)]);
    assert_eq!(delivered(&site.drop_folder()), ["a", "b", "c"]);
    assert_eq!(site.kept(), 0);
    let again = kiosk.hand_in(order_of("b"));
    assert!(matches!(again, Ok(Delivery::Done(receipt)) if receipt.duplicate));
    assert!(matches!(kiosk.hand_in(order()), Ok(Delivery::Done(_))));
}

#[test]
fn what_waits_survives_a_restart_and_is_delivered_by_itself() {
    let site = Site::new();
    let kiosk = site.start();
    for (n, check) in (1..).zip(["a", "b"]) {
        assert_eq!(kiosk.hand_in(order_of(check)), kept(n));
    }
    drop(kiosk);
    assert_eq!(site.kept(), 2);
    fs::create_dir(site.drop_folder()).expect("the share is back");
    let kiosk = site.start();
    assert_eq!([late(&kiosk).0, late(&kiosk).0], ["a", "b"]);
    assert_eq!(delivered(&site.drop_folder()), ["a", "b"]);
}

/// A spool as the version left it that knew one XML file and its twin, with the key beside it.
#[test]
fn what_the_version_before_kept_is_delivered() {
    let (site, before) = (Site::new(), crate::repository("tests/fixtures/handoff/before"));
    fs::create_dir(site.spool()).expect("the spool");
    for entry in fs::read_dir(before.join("spool")).expect("the parcels") {
        let parcel = entry.expect("a parcel");
        fs::copy(parcel.path(), site.spool().join(parcel.file_name())).expect("copied");
    }
    let key = site.spool().with_extension("key");
    fs::copy(before.join("spool.key"), &key).expect("its key");
    #[cfg(unix)]
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("private");
    fs::create_dir(site.drop_folder()).expect("the share");
    let kiosk = site.start();
    assert_eq!([late(&kiosk), late(&kiosk)], [("check-0-0".into(), 1), ("check-0-1".into(), 0)]);
    assert_eq!(delivered(&site.drop_folder()), ["check-0-0", "check-0-1"]);
    let names = visible(&site.drop_folder());
    assert_eq!(names.iter().filter(|name| name.ends_with(".json")).count(), 2, "{names:?}");
    assert_eq!(site.kept(), 0);
}

#[test]
fn a_mere_look_delivers_nothing() {
    let site = Site::new();
    assert_eq!(site.start().hand_in(order()), kept(1));
    fs::create_dir(site.drop_folder()).expect("the share is back");
    let mut config = site.config();
    config.spool.as_mut().expect("a spool").serve = false;
    let look = Kiosk::start(config);
    assert!(look.port.diagnose().iter().any(|line| line.detail.contains("1 files")));
    drop(look);
    assert_eq!((site.kept(), visible(&site.drop_folder()).len()), (1, 0));
}

#[test]
fn a_renewed_reception_behind_its_first_file_keeps_one_name() {
    let site = Site::new();
    let kiosk = site.start();
    assert_eq!(kiosk.hand_in(order()), kept(1));
    let mut renewed = order_of("renewed");
    renewed.replaces = Some(CHECK.into());
    assert_eq!(kiosk.hand_in(renewed), kept(2));
    fs::create_dir(site.drop_folder()).expect("the share is back");
    assert_eq!([late(&kiosk).0, late(&kiosk).0], [CHECK, "renewed"]);
    assert_eq!(delivered(&site.drop_folder()), [CHECK], "the receipt computer sees one reception");
}

#[test]
fn two_kiosks_share_a_folder_that_was_away() {
    let (site, other) = (Site::new(), Site::new());
    let second = DropConfig { folder: site.drop_folder(), terminal_id: "K2".into(), ..other.config() };
    let (first, second) = (site.start(), Kiosk::start(second));
    for (n, check) in (1..).zip(["a", "b", "c"]) {
        assert_eq!(first.hand_in(order_of(check)), kept(n));
        assert_eq!(second.hand_in(order_of(&format!("{check}2"))), kept(n));
    }
    fs::create_dir(site.drop_folder()).expect("the share is back");
    for _ in 0..3 {
        late(&first);
        late(&second);
    }
    let mut checks = delivered(&site.drop_folder());
    checks.sort();
    assert_eq!(checks, ["a", "a2", "b", "b2", "c", "c2"]);
}

/// Days that a test lets go by; none is known at first.
#[derive(Clone, Default)]
struct Days(Arc<Mutex<Option<Date>>>);

impl Days {
    fn set(&self, day: Option<Date>) {
        *self.0.lock().expect("no panic before") = day;
    }

    fn port(&self) -> SureDay {
        let days = self.clone();
        SureDay::new(move || *days.0.lock().expect("no panic before"))
    }
}

impl Site {
    fn config_by(&self, days: &Days) -> DropConfig {
        let mut config = self.config();
        config.spool.as_mut().expect("a spool").day = days.port();
        config
    }

    fn aside(&self) -> Vec<String> {
        aside(&self.spool()).expect("a look").into_iter().map(|(name, _)| name).collect()
    }
}

#[test]
fn what_nobody_took_on_many_days_is_set_aside_told_and_can_be_sent_again() {
    let (site, days) = (Site::new(), Days::default());
    let kiosk = Kiosk::start(site.config_by(&days));
    days.set(Some(date(2026, 12, 1)));
    assert_eq!(kiosk.hand_in(order()), kept(1));
    let file = site.spool().join("days");
    for day in 1..=8 {
        assert!(kiosk.reports.try_recv().is_err(), "given up after {} days", day - 1);
        days.set(Some(date(2026, 12, day)));
        until("the day is noted", || fs::read_to_string(&file).is_ok_and(|text| text.lines().count() >= day as usize));
    }
    assert!(matches!(news(&kiosk), HandoffNews::GivenUp { check_id, .. } if check_id == CHECK));
    drop(kiosk);
    let [name] = &site.aside()[..] else { panic!("{:?}", site.aside()) };
    assert_eq!(site.kept(), 0);
    assert!(take_back(&site.spool(), name).expect("back"));
    fs::remove_file(file).expect("its days");
    fs::create_dir(site.drop_folder()).expect("the share is back");
    let kiosk = site.start();
    assert_eq!(late(&kiosk), (CHECK.into(), 0));
}

#[test]
fn no_clock_alone_gives_a_file_up() {
    let site = Site::new();
    assert_eq!(site.start().hand_in(order()), kept(1));
    // Its age by the clock stands in its name: kept ten years ago, or ten years from now.
    for years in [-10, 10] {
        let parcel = fs::read_dir(site.spool()).expect("the spool").map(|e| e.expect("an entry").path());
        let parcel = parcel.into_iter().find(|path| path.extension().is_some_and(|e| e == "parcel")).expect("a parcel");
        let then = Timestamp::now() + SignedDuration::from_hours(24 * 365 * years);
        fs::rename(&parcel, parcel.with_file_name(format!("{:012}-{}.parcel", 1, then.as_second()))).expect("aged");
        let kiosk = site.start();
        // The name is sealed with the file, so this one cannot be opened: it is set aside, and nothing is gone.
        let told = kiosk.reports.recv_timeout(PATIENCE).expect("news for staff");
        assert!(matches!(told, Report::News(News::Staff(StaffNews::KeptFileUnreadable { .. }))));
        drop(kiosk);
        let [name] = &site.aside()[..] else { panic!("{:?}", site.aside()) };
        assert!(take_back(&site.spool(), name).expect("back"));
    }
}

#[test]
fn a_lost_key_is_told_and_the_files_stay() {
    let site = Site::new();
    assert_eq!(site.start().hand_in(order()), kept(1));
    let key = site.spool().with_extension("key");
    let backup = fs::read(&key).expect("the key");
    fs::remove_file(&key).expect("lost");
    let kiosk = site.start();
    let told = [0, 1].map(|_| match kiosk.reports.recv_timeout(PATIENCE).expect("news for staff") {
        Report::News(News::Staff(news)) => news.kind().slug,
        _ => "another report",
    });
    assert_eq!(told, ["store-key-lost", "kept-file-unreadable"]);
    drop(kiosk);
    // The key comes back from a backup, and with it the file.
    fs::write(&key, backup).expect("restored");
    assert!(take_back(&site.spool(), &site.aside()[0]).expect("back"));
    fs::create_dir(site.drop_folder()).expect("the share is back");
    assert_eq!(late(&site.start()), (CHECK.into(), 0));
}

#[test]
fn a_parcel_of_another_key_stands_in_nobodys_way() {
    let site = Site::new();
    assert_eq!(site.start().hand_in(order_of("foreign")), kept(1));
    fs::write(site.spool().with_extension("key"), [7; 32]).expect("another key");
    fs::create_dir(site.drop_folder()).expect("the share is back");
    let kiosk = site.start();
    let told = kiosk.reports.recv_timeout(PATIENCE).expect("news for staff");
    assert!(matches!(told, Report::News(News::Staff(StaffNews::KeptFileUnreadable { .. }))));
    assert!(matches!(kiosk.hand_in(order()), Ok(Delivery::Done(_))));
    assert_eq!((delivered(&site.drop_folder()), site.kept()), (vec![CHECK.to_owned()], 0));
}

#[test]
fn without_room_for_the_spool_the_drop_folder_still_works() {
    let site = Site::new();
    fs::create_dir(site.drop_folder()).expect("the share");
    fs::write(site.spool(), "a file in the place of the spool").expect("written");
    assert!(matches!(site.start().hand_in(order()), Ok(Delivery::Done(_))));
}

/// Waits until `holds`, which something else brings about.
fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

/// Killed in turn while files wait and while they go: whatever was answered is delivered once, nothing twice.
#[test]
fn a_kiosk_killed_between_spool_and_folder_loses_and_doubles_nothing() {
    let site = Site::new();
    let (folder, away) = (site.drop_folder(), site.0.path().join("away"));
    fs::create_dir(&folder).expect("the share");
    for round in 0..10 {
        let (from, to) = if round % 2 == 0 { (&folder, &away) } else { (&away, &folder) };
        fs::rename(from, to).expect("the share comes or goes");
        let mut child = std::process::Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "handoff_drop_folder::spool::until_killed", "--ignored"])
            .env("KILLED_SITE", site.0.path())
            .env("KILLED_ROUND", round.to_string())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("started");
        if round % 2 == 0 {
            until("files wait", || site.spool().exists() && site.kept() >= 3 + round);
        } else {
            let before = visible(&folder).len();
            until("files arrive", || visible(&folder).len() >= before + 1 + round);
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    let _kiosk = site.start();
    until("the spool is empty", || site.kept() == 0);
    let (checks, answered) = (delivered(&folder), fs::read_to_string(site.0.path().join("answered")).expect("answers"));
    let distinct: std::collections::BTreeSet<&str> = checks.iter().map(String::as_str).collect();
    assert_eq!(checks.len(), distinct.len(), "a check was handed over twice");
    assert!(answered.lines().count() >= 10, "{answered}");
    assert!(answered.lines().all(|check| distinct.contains(check)), "a check was lost");
}

/// Hands in one check after the other and writes down which were answered.
#[test]
#[ignore = "started by a_kiosk_killed_between_spool_and_folder_loses_and_doubles_nothing"]
fn until_killed() {
    use std::io::Write;
    let root = PathBuf::from(std::env::var_os("KILLED_SITE").expect("a site"));
    let round: i64 = std::env::var("KILLED_ROUND").expect("a round").parse().expect("a number");
    let quick = Duration::from_millis(5);
    let spool = SpoolConfig { first_pause: quick, longest_pause: quick, ..SpoolConfig::new(root.join("spool")) };
    let kiosk = Kiosk::start(DropConfig { spool: Some(spool), own: root.join("own"), ..config(&root.join("share")) });
    let mut answers = fs::File::options().create(true).append(true).open(root.join("answered")).expect("a list");
    for n in 0..2_000 {
        let mut order = order_of(&format!("check-{round}-{n}"));
        order.answer.processed_at += SignedDuration::from_secs(round * 2_000 + n);
        kiosk.submit(order);
        let answer = std::iter::from_fn(|| kiosk.reports.recv_timeout(PATIENCE).ok());
        let answer =
            answer.into_iter().find_map(|report| if let Report::Answered(_, a) = report { Some(a) } else { None });
        answer.expect("an answer").expect("received");
        writeln!(answers, "check-{round}-{n}").expect("written down");
    }
}
