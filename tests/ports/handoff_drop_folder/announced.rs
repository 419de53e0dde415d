//! Receptions announced by a line in `receipt.txt`, which another program takes.

use std::fs;
use std::path::Path;
use std::time::Instant;

use encoding_rs::SHIFT_JIS;
use uketsuke::adapters::handoff::DropConfig;
use uketsuke::domain::secret::Personal;
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::{DeliveryOrder, News, Report};

use super::{Kiosk, config, order_of};

fn start(folder: &Path, other: &Path) -> Kiosk {
    Kiosk::start(DropConfig { announce: Some(other.to_owned()), beside: Vec::new(), ..config(folder) })
}

fn of_chart(check: &str, chart: Option<&str>) -> DeliveryOrder {
    let mut order = order_of(check);
    order.answer.reference_number = chart.map(|chart| Personal(chart.into()));
    order
}

/// Waits for the file and takes it away, as the other program does.
fn taken(other: &Path) -> String {
    let (file, began) = (other.join("receipt.txt"), Instant::now());
    while !file.exists() {
        assert!(began.elapsed().as_secs() < 60, "no line came");
        std::thread::yield_now();
    }
    let bytes = fs::read(&file).expect("read");
    fs::remove_file(&file).expect("taken");
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes).expect("CP932").into_owned()
}

#[test]
fn one_line_after_the_other_each_when_the_last_was_taken() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let kiosk = start(folder.path(), other.path());
    for n in 1..=3 {
        kiosk.deliver(of_chart(&format!("c-{n}"), Some(&format!("2443{n}")))).expect("delivered");
    }
    kiosk.deliver(of_chart("c-2", Some("24432"))).expect("found");
    for n in 1..=3 {
        let line = taken(other.path());
        assert_eq!(line, format!("2443{n},0,0,0,0,0,髙﨑　德子●●,2026/11/20,08:30:00,受付:{n}\r\n"));
    }
    drop(kiosk);
    assert_eq!(fs::read_dir(other.path()).expect("the folder").count(), 0, "nothing stays behind");
}

#[test]
fn what_waits_is_announced_after_a_restart_and_once() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(other.path().join("receipt.txt"), "of another program").expect("written");
    let kiosk = start(folder.path(), other.path());
    kiosk.deliver(of_chart("c-1", Some("1"))).expect("delivered");
    kiosk.deliver(of_chart("c-2", Some("2"))).expect("delivered");
    drop(kiosk);
    let kiosk = start(folder.path(), other.path());
    kiosk.deliver(of_chart("c-1", Some("1"))).expect("found");
    assert_eq!(taken(other.path()), "of another program", "it is never written over");
    let lines = [taken(other.path()), taken(other.path())];
    assert!(lines[0].starts_with("1,") && lines[1].starts_with("2,"), "{lines:?}");
    drop(kiosk);
    assert!(!other.path().join("receipt.txt").exists());
}

#[test]
fn without_a_chart_number_staff_are_told_instead() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let kiosk = start(folder.path(), other.path());
    for (n, chart) in
        [None, Some(""), Some("A-12"), Some("１２"), Some("123456789012345678901")].into_iter().enumerate()
    {
        kiosk.submit(of_chart(&format!("c-{n}"), chart));
        let reports =
            [(); 2].map(|()| kiosk.reports.recv_timeout(std::time::Duration::from_secs(30)).expect("a report"));
        let told = |report: &Report| matches!(report, Report::News(News::Staff(StaffNews::NotAnnounced { .. })));
        assert!(reports.iter().any(told), "{chart:?}");
    }
    drop(kiosk);
    assert_eq!(fs::read_dir(other.path()).expect("the folder").count(), 0);
}

/// Killed or cut off between the note and the new name, and after the new name.
#[test]
fn a_crash_at_the_new_name_neither_loses_nor_doubles_a_line() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(other.path().join("receipt.txt"), "of another program").expect("written");
    let kiosk = start(folder.path(), other.path());
    kiosk.deliver(of_chart("c-1", Some("1"))).expect("delivered");
    drop(kiosk);
    // As if it had been renamed and taken, and the program had ended before it knew.
    let own = super::own(folder.path()).join("announce");
    fs::write(own.join("pending"), "c-1 .uketsuke-gone.tmp").expect("noted");
    fs::remove_file(other.path().join("receipt.txt")).expect("taken");
    let kiosk = start(folder.path(), other.path());
    kiosk.deliver(of_chart("c-2", Some("2"))).expect("delivered");
    assert!(taken(other.path()).starts_with("2,"), "the first was announced before");
    drop(kiosk);
}
