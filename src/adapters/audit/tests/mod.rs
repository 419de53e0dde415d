//! Logs that were damaged: each damage is found, and told where it is.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use super::log::{AuditConfig, AuditLog};
use super::verify::{Verified, verify};
use super::writer::{WriteError, Writer};
use super::{files, lines};
use crate::domain::consent::{ConsentAnswer, comprehensive};
use crate::domain::failure::Failure;
use crate::domain::ids::ReceptionId;
use crate::domain::qualification::Validity;
use crate::domain::staff_news::StaffNews;
use crate::ports::{Audit, AuditEntry, AuditEvent, AuditWitness, Diagnose, Health, News, Operator, Outbox, Report};

#[cfg(target_os = "linux")]
#[path = "../../../../tests/help/small_disk.rs"]
mod small_disk;

/// Remembers in memory.
#[derive(Clone, Default)]
struct Remembers(Arc<Mutex<Option<String>>>);

impl AuditWitness for Remembers {
    fn recall(&self) -> std::io::Result<Option<String>> {
        Ok(self.0.lock().clone())
    }

    fn remember(&self, said: &str) -> std::io::Result<()> {
        *self.0.lock() = Some(said.to_owned());
        Ok(())
    }

    fn name(&self) -> String {
        "somebody".into()
    }
}

mod removed;

struct Place(tempfile::TempDir, Option<Remembers>);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"), None)
    }

    fn config(&self) -> AuditConfig {
        let usual = AuditConfig::new(self.0.path().join("audit"), "T001");
        let witnesses = self.1.iter().map(|witness| Arc::new(witness.clone()) as _).collect();
        AuditConfig { pause: Duration::from_millis(20), witnesses, ..usual }
    }

    fn writer(&self) -> Writer {
        Writer::open(&self.config(), morning()).expect("opened")
    }

    /// A log of ten lines: one that begins the file, and nine entries.
    fn of_ten_lines() -> Self {
        Self::new().filled()
    }

    /// The same, and somebody else has seen it.
    fn witnessed() -> Self {
        Self(tempfile::tempdir().expect("a folder"), Some(Remembers::default())).filled()
    }

    fn filled(self) -> Self {
        let place = self;
        let mut writer = place.writer();
        for n in 1..=9 {
            writer.append(&[entry(n)]).expect("written");
        }
        place
    }

    fn verify(&self) -> Verified {
        verify(&self.config()).expect("readable")
    }

    /// The only break's file and line.
    fn broken_at(&self) -> (bool, usize) {
        let verified = self.verify();
        let first = verified.breaks.first().expect("a break");
        (first.file == "head", first.line)
    }

    fn last_file(&self) -> PathBuf {
        files::all(&self.config().folder).expect("the folder").last().expect("a file").path.clone()
    }

    /// Changes the text of the last file.
    fn change(&self, change: impl FnOnce(Vec<String>) -> Vec<String>) {
        let file = self.last_file();
        let text = fs::read_to_string(&file).expect("text");
        let lines = change(text.lines().map(str::to_owned).collect());
        fs::write(file, lines.join("\n") + "\n").expect("written");
    }
}

fn morning() -> Timestamp {
    "2026-11-20T09:00:00+09:00".parse().expect("a time")
}

fn entry(n: u64) -> AuditEntry {
    let at = morning() + SignedDuration::from_secs(i64::try_from(n).expect("small"));
    let event = AuditEvent::Consented(comprehensive(ConsentAnswer::Given));
    AuditEntry { at, reception: Some(ReceptionId(n)), operator: Operator::Patient, event }
}

fn swap(mut lines: Vec<String>, a: usize, b: usize) -> Vec<String> {
    lines.swap(a, b);
    lines
}

#[test]
fn a_whole_log_holds_also_over_restarts() {
    let place = Place::of_ten_lines();
    place.writer().append(&[entry(10), entry(11)]).expect("written");
    let expected = Verified { files: 1, lines: 12, ..Verified::default() };
    assert_eq!(place.verify(), expected);
    assert_eq!(lines(&place.config().folder).expect("lines").len(), 12);
}

#[test]
fn an_empty_place_is_no_broken_log() {
    let place = Place::new();
    assert_eq!(place.verify(), Verified::default());
}

#[test]
fn a_flipped_byte_is_found_at_its_line() {
    let place = Place::of_ten_lines();
    place.change(|mut lines| {
        lines[4] = lines[4].replace("given", "GIVEN");
        lines
    });
    assert_eq!(place.broken_at(), (false, 5));
    let place = Place::of_ten_lines();
    let mut bytes = fs::read(place.last_file()).expect("bytes");
    bytes[700] ^= 0x80;
    let line = 1 + bytes[..700].iter().filter(|byte| **byte == b'\n').count();
    fs::write(place.last_file(), bytes).expect("written");
    assert_eq!(place.broken_at(), (false, line));
}

#[test]
fn a_removed_line_is_found() {
    let place = Place::of_ten_lines();
    place.change(|mut lines| {
        lines.remove(5);
        lines
    });
    assert_eq!(place.broken_at(), (false, 6));
}

#[test]
fn the_first_line_cannot_be_removed_either() {
    let place = Place::of_ten_lines();
    place.change(|lines| lines[1..].to_vec());
    assert_eq!(place.broken_at(), (false, 1));
    let verified = place.verify();
    assert!(verified.breaks.iter().any(|b| b.what.contains("begins with line number 2")), "{verified:?}");
}

#[test]
fn swapped_lines_are_found() {
    let place = Place::of_ten_lines();
    place.change(|lines| swap(lines, 3, 6));
    assert_eq!(place.broken_at(), (false, 4));
}

#[test]
fn a_cut_tail_is_found_and_stays_found() {
    let place = Place::of_ten_lines();
    place.change(|lines| lines[..7].to_vec());
    let verified = place.verify();
    assert_eq!(place.broken_at(), (true, 0));
    assert!(verified.breaks[0].what.contains("8 to 10 are cut off"), "{verified:?}");
    // The kiosk goes on; what was cut off is still missed.
    place.writer().append(&[entry(10)]).expect("written");
    assert_eq!(place.broken_at(), (false, 8));
    assert!(lines(&place.config().folder).expect("lines")[7].contains("\"cutFrom\":8"));
}

#[test]
fn a_removed_or_changed_head_is_told() {
    let place = Place::of_ten_lines();
    let head = place.config().folder.join("head");
    let text = fs::read_to_string(&head).expect("a head");
    fs::write(&head, text.replacen("10 ", "9 ", 1)).expect("written");
    assert!(place.verify().breaks[0].what.contains("was changed"));
    fs::remove_file(head).expect("removed");
    assert!(place.verify().breaks[0].what.contains("is missing"));
}

#[test]
fn a_line_of_another_hand_is_found() {
    let place = Place::of_ten_lines();
    place.change(|mut lines| {
        let mut forged = lines[9].replace("\"n\":10", "\"n\":11");
        forged.truncate(forged.len());
        lines.push(forged);
        lines
    });
    assert_eq!(place.broken_at(), (false, 11));
}

#[test]
fn a_line_torn_by_a_power_cut_is_recovered_and_noted() {
    let place = Place::of_ten_lines();
    let file = place.last_file();
    let mut text = fs::read_to_string(&file).expect("text");
    text.push_str("{\"at\":\"2026-11-20T09:0");
    fs::write(&file, text).expect("written");
    assert_eq!(place.verify(), Verified { files: 1, lines: 10, half_line: true, ..Verified::default() });
    place.writer().append(&[entry(10)]).expect("written");
    assert_eq!(place.verify(), Verified { files: 1, lines: 12, ..Verified::default() });
    assert!(lines(&place.config().folder).expect("lines")[11].contains("\"event\":\"recovered\""));
    // What was torn is bound as well: it cannot be changed any more.
    place.change(|mut lines| {
        lines[10].push('x');
        lines
    });
    assert_eq!(place.broken_at(), (false, 11));
}

#[test]
fn lines_that_the_head_had_not_seen_are_no_damage() {
    let place = Place::of_ten_lines();
    let head = place.config().folder.join("head");
    let before = fs::read(&head).expect("a head");
    place.writer().append(&[entry(10)]).expect("written");
    fs::write(head, before).expect("the power went before the head was written");
    assert!(place.verify().breaks.is_empty());
    place.writer().append(&[entry(11)]).expect("written");
    assert!(place.verify().breaks.is_empty());
}

#[test]
fn a_missing_key_is_said_and_a_new_one_begins_visibly() {
    let place = Place::of_ten_lines();
    fs::remove_file(place.config().key_file).expect("removed");
    let verified = place.verify();
    assert_eq!((verified.breaks[0].file.as_str(), verified.lines), ("key", 0), "{verified:?}");
    place.writer().append(&[entry(10)]).expect("written");
    let verified = place.verify();
    assert_eq!(verified.breaks.len(), 11, "ten lines of the other key, and the note of it: {verified:?}");
    assert!(verified.breaks[10].what.contains("the key was gone"), "{verified:?}");
    assert!(lines(&place.config().folder).expect("lines")[10].contains("\"newKey\":true"));
}

/// A log of ten days, several files each.
fn of_ten_days(config: &AuditConfig) -> Writer {
    let mut writer = Writer::open(config, morning()).expect("opened");
    for day in 0..10 {
        for n in 0..6 {
            let mut entry = entry(n);
            entry.at += SignedDuration::from_hours(24 * day);
            writer.append(&[entry]).expect("written");
        }
    }
    writer
}

#[test]
fn a_new_day_and_a_full_file_carry_the_chain_over_and_no_file_goes_by_itself() {
    let place = Place::new();
    let config = AuditConfig { keep_days: 5, max_bytes: 1_000, ..place.config() };
    let mut writer = of_ten_days(&config);
    let files = files::all(&config.folder).expect("files");
    let days: std::collections::BTreeSet<_> = files.iter().map(|file| file.day).collect();
    assert!(files.len() > days.len(), "a day had more than one file: {files:?}");
    assert_eq!(days.len(), 10, "{days:?}");
    assert!(place.verify().breaks.is_empty(), "{:?}", place.verify());
    // Somebody lets the oldest go; the open one cannot go.
    assert_eq!(writer.retire(3, morning()).expect("noted"), 3);
    assert_eq!(writer.retire(3, morning()).expect("nothing"), 0);
    assert!(place.verify().breaks.is_empty(), "{:?}", place.verify());
    assert_eq!(writer.retire(u64::MAX, morning()).expect("noted"), files.len() - 4);
    writer.append(&[entry(1)]).expect("written");
    assert!(place.verify().breaks.is_empty(), "{:?}", place.verify());
}

#[test]
fn a_clock_that_jumps_removes_no_file() {
    let place = Place::new();
    let config = AuditConfig { keep_days: 5, ..place.config() };
    let mut writer = Writer::open(&config, morning()).expect("opened");
    for years in [0, 30, -20, 1, 8] {
        let mut entry = entry(1);
        entry.at += SignedDuration::from_hours(24 * 365 * years);
        writer.append(&[entry]).expect("written");
    }
    assert_eq!(files::all(&config.folder).expect("files").len(), 5);
    assert_eq!((place.verify().lines, place.verify().breaks.len()), (10, 0));
}

#[test]
fn a_file_from_the_middle_or_the_front_cannot_go_without_notice() {
    let place = Place::new();
    drop(of_ten_days(&AuditConfig { max_bytes: 1_000, ..place.config() }));
    let files = files::all(&place.config().folder).expect("files");
    let middle = fs::read(&files[3].path).expect("bytes");
    fs::remove_file(&files[3].path).expect("removed");
    assert!(place.verify().breaks[0].what.contains("missing"));
    fs::write(&files[3].path, middle).expect("back");
    fs::remove_file(&files[0].path).expect("removed");
    assert!(place.verify().breaks.iter().any(|b| b.what.contains("came before is gone")));
}

#[test]
fn two_programs_never_write_one_log() {
    let place = Place::of_ten_lines();
    let first = place.writer();
    assert!(matches!(Writer::open(&place.config(), morning()), Err(WriteError::Io(_))));
    drop(first);
    place.writer();
}

#[test]
fn words_from_outside_are_cut_to_codes() {
    let place = Place::new();
    let checked = AuditEvent::Checked {
        check_id: "佐倉 花子\n1".into(),
        validity: Validity::Valid,
        notices: vec!["certificateExpiring".into(), "東京都".into()],
    };
    let delivered =
        AuditEvent::Delivered { check_id: "c-1".into(), file: "/srv/drop/a_1.xml".into(), duplicate: false };
    let entries = [checked, delivered, AuditEvent::Failed(Failure::PinWrong)];
    let entries = entries.map(|event| AuditEntry { event, ..entry(1) });
    place.writer().append(&entries).expect("written");
    let text = fs::read_to_string(place.last_file()).expect("text");
    assert!(text.contains("\"checkId\":\"??????1\"") && text.contains("\"file\":\"a_1.xml\""), "{text}");
    assert!(text.contains("U-201") && !text.contains('佐') && !text.contains('東'));
}

fn listen() -> (Outbox, Receiver<StaffNews>) {
    let (tell, told) = channel();
    let outbox = Outbox::new(move |report| {
        if let Report::News(News::Staff(news)) = report {
            tell.send(news).expect("a listener");
        }
    });
    (outbox, told)
}

#[test]
fn what_was_not_whole_is_told_once() {
    let place = Place::of_ten_lines();
    fs::write(place.last_file(), fs::read_to_string(place.last_file()).expect("text") + "{\"at").expect("written");
    fs::remove_file(place.config().key_file).expect("removed");
    let (outbox, told) = listen();
    let log = AuditLog::start(place.config(), outbox).expect("started");
    (10..=12).for_each(|n| log.record(entry(n)));
    drop(log);
    let damage = StaffNews::AuditDamaged { torn: true, cut_off: false, new_key: true };
    assert_eq!(told.iter().collect::<Vec<_>>(), [damage]);

    let (outbox, told) = listen();
    let again = AuditLog::start(place.config(), outbox).expect("started");
    again.record(entry(13));
    drop(again);
    assert_eq!(told.iter().count(), 0, "it is whole now");
}

#[test]
fn a_place_that_takes_nothing_is_told_and_its_entries_wait() {
    let place = Place::new();
    fs::write(place.config().folder, "a file in the place of the folder").expect("written");
    let (outbox, told) = listen();
    let log = AuditLog::start(place.config(), outbox).expect("started");
    for n in 1..=20 {
        log.record(entry(n));
    }
    assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(StaffNews::AuditUnwritable));
    assert_eq!(log.diagnose()[0].health, Health::Bad);
    fs::remove_file(place.config().folder).expect("out of the way");
    assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(StaffNews::AuditWrittenAgain));
    drop(log);
    assert_eq!(place.verify(), Verified { files: 1, lines: 21, ..Verified::default() });
}

/// Runs [`on_a_full_disk`].
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_keeps_whole_lines_and_loses_none() {
    let folder = tempfile::tempdir().expect("a folder");
    small_disk::run("adapters::audit::tests::on_a_full_disk", "size=64k", folder.path());
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "started by a_full_disk_keeps_whole_lines_and_loses_none"]
fn on_a_full_disk() {
    let disk = small_disk::here();
    let (outbox, told) = listen();
    let config = AuditConfig { pause: Duration::from_millis(20), ..AuditConfig::new(disk.join("audit"), "T001") };
    let log = AuditLog::start(config.clone(), outbox).expect("started");
    for n in 1..=400 {
        log.record(entry(n));
    }
    assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(StaffNews::AuditUnwritable), "400 lines do not fit");
    // Receptions go on: recording neither blocks nor fails.
    log.record(entry(401));
    let while_full = verify(&config).expect("readable");
    assert!(while_full.breaks.is_empty() && !while_full.half_line, "{while_full:?}");
    small_disk::remount("size=4m");
    assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(StaffNews::AuditWrittenAgain));
    drop(log);
    let verified = verify(&config).expect("readable");
    assert!(verified.breaks.is_empty(), "{verified:?}");
    assert_eq!(verified.lines, 402, "401 entries and the line that begins the file");
}
