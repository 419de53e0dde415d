//! The rules of a reader that takes one patient at a time, as a public reception program has them: the name, the day in it, the
//! size, one result, the character code. Written anew from what such a program refuses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::SHIFT_JIS;
use jiff::SignedDuration;
use jiff::civil::Date;
use uketsuke::adapters::handoff::{Arrival, BodyOrder, DropConfig, Encoding, OfficialXml, Results, Stay};
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::ports::{DeliveryOrder, HandoffNews, News, Report};

use super::{Kiosk, config, order, order_of, visible};

/// The day in a name, if it is the name of a face result: `OQSsiquc01res_face_`, anything, `_`, fourteen digits.
fn day_in(name: &str) -> Option<String> {
    let middle = name.strip_prefix("OQSsiquc01res_face_")?.strip_suffix(".xml")?;
    let (before, time) = middle.rsplit_once('_')?;
    let right = !before.is_empty() && time.len() == 14 && time.bytes().all(|b| b.is_ascii_digit());
    right.then(|| time[..8].to_owned())
}

/// Why the reader does not take that file today.
fn refusal(path: &Path, today: Date, label: &str) -> Option<&'static str> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    match day_in(&name) {
        None => return Some("not a face result"),
        Some(day) if day != today.strftime("%Y%m%d").to_string() => return Some("of another day"),
        Some(_) => {}
    }
    let bytes = fs::read(path).expect("read");
    let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes) else { return Some("code") };
    let count = |name: &str| text.matches(&format!("<{name}>")).count();
    let value =
        |name: &str| text.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once("</")).map(|(v, _)| v);
    let once = [
        "SegmentOfResult",
        "ProcessingResultStatus",
        "MedicalInstitutionCode",
        "ResultList",
        "MessageHeader",
        "MessageBody",
    ];
    if bytes.len() > 4 << 20 {
        Some("too long")
    } else if text.contains("<!DOCTYPE") {
        Some("a document type")
    } else if !text.contains(&format!("encoding=\"{label}\"")) {
        Some("another label than agreed")
    } else if once.iter().any(|name| count(name) != 1) {
        Some("an element twice, or missing")
    } else if count("ResultOfQualificationConfirmation") != 1 {
        Some("not one result")
    } else if value("SegmentOfResult") != Some("1") || value("ProcessingResultStatus") != Some("1") {
        Some("no normal end")
    } else if ["NameKana", "Birthdate"].iter().any(|name| count(name) != 1) {
        Some("nobody")
    } else if value("MedicalInstitutionCode").is_none_or(|code| code.len() != 10) {
        Some("no facility")
    } else {
        None
    }
}

fn delivering(folder: &Path, results: Results, order: DeliveryOrder) -> Vec<String> {
    let form = OfficialXml { results, ..OfficialXml::default() };
    let kiosk = Kiosk::start(DropConfig { form: Arc::new(form), beside: Vec::new(), ..config(folder) });
    kiosk.deliver(order).expect("delivered");
    visible(folder)
}

#[test]
fn a_reader_of_one_result_takes_each_file_where_the_site_asks_for_it() {
    let today = jiff::civil::date(2026, 11, 20);
    for (results, files, why) in
        [(Results::OneFile, 1, Some("not one result")), (Results::OnePerResult, 3, None), (Results::First, 1, None)]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let names = delivering(folder.path(), results, order());
        assert_eq!(names.len(), files, "{results:?}: {names:?}");
        let mut insurers = BTreeSet::new();
        for name in names {
            assert_eq!(refusal(&folder.path().join(&name), today, "Shift_JIS"), why, "{results:?}: {name}");
            let text = SHIFT_JIS.decode(&fs::read(folder.path().join(name)).expect("read")).0.into_owned();
            insurers.extend(text.split("<InsurerNumber>").skip(1).map(|rest| rest[..8].to_owned()));
        }
        assert_eq!(insurers.len(), if results == Results::First { 1 } else { 3 }, "{insurers:?}");
    }
}

/// Receptions of one second just before midnight, by two kiosks, as many as a busy hospital never has.
#[test]
fn a_collision_never_moves_a_file_into_another_day() {
    let mut tried = 0;
    for (terminal, second) in [("K1", 0), ("K1", 1), ("front-1", 0), ("front-1", 3_599)] {
        let folder = tempfile::tempdir().expect("a folder");
        let kiosk =
            Kiosk::start(DropConfig { terminal_id: terminal.into(), beside: Vec::new(), ..config(folder.path()) });
        for n in 0..60 {
            let mut order = order_of(&format!("check-{n}"));
            let midnight: jiff::Timestamp = "2027-01-01T00:00:00+09:00".parse().expect("a time");
            order.answer.processed_at = midnight - SignedDuration::from_secs(1 + second);
            let file = kiosk.deliver(order).expect("delivered").file;
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            assert_eq!(day_in(&name).as_deref(), Some("20261231"), "{name}");
            tried += 1;
        }
        assert_eq!(visible(folder.path()).len(), 60);
    }
    println!("{tried} files of four seconds, every one of its day");
    assert!(tried >= 200);
}

#[test]
fn a_renewed_reception_of_several_files_leaves_one_of_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = Arc::new(OfficialXml { results: Results::OnePerResult, ..OfficialXml::default() });
    let kiosk = Kiosk::start(DropConfig { form, beside: Vec::new(), ..config(folder.path()) });
    kiosk.deliver(order()).expect("delivered");
    let mut renewed = order_of("renewed");
    renewed.replaces = Some(super::CHECK.into());
    kiosk.deliver(renewed).expect("delivered");
    assert_eq!(visible(folder.path()).len(), 3, "{:?}", visible(folder.path()));
}

#[test]
fn header_and_body_stand_as_either_sample_has_them() {
    let order_of_elements = |order: BodyOrder| {
        let form = OfficialXml { order, encoding: Encoding::Utf8, ..OfficialXml::default() };
        let text = String::from_utf8(super::forms::written(&form, &super::order())).expect("UTF-8");
        let names = text.split('<').filter_map(|part| part.split('>').next()).map(str::to_owned);
        let known = [
            "ProcessExecutionTime",
            "CharacterCodeIdentifier",
            "SegmentOfResult",
            "QualificationConfirmationDate",
            "ReferenceClassification",
            "ArbitraryFileIdentifier",
            "MedicalInstitutionCode",
            "ResultList",
            "ProcessingResultStatus",
            "QualificationValidity",
        ];
        names.filter_map(|name| known.iter().position(|k| *k == name)).collect::<Vec<_>>()
    };
    assert_eq!(order_of_elements(BodyOrder::ResultsFirst), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(order_of_elements(BodyOrder::ResultsLast), [0, 3, 6, 5, 4, 2, 1, 8, 9, 7]);
}

#[cfg(unix)]
#[test]
fn files_come_out_with_the_mode_and_group_of_the_settings() {
    use std::os::unix::fs::MetadataExt;
    let mut tried = 0;
    for (mode, arrival) in [0o600, 0o640, 0o660, 0o644, 0o664]
        .into_iter()
        .flat_map(|mode| [Arrival::Link, Arrival::Rename, Arrival::Write].map(|arrival| (mode, arrival)))
    {
        let folder = tempfile::tempdir().expect("a folder");
        let group = fs::metadata(folder.path()).expect("there").gid().to_string();
        let given = DropConfig { mode, arrival, group: Some(group.clone()), ..config(folder.path()) };
        let file = Kiosk::start(given).deliver(order()).expect("delivered").file;
        let found = fs::metadata(&file).expect("there");
        assert_eq!((found.mode() & 0o7777, found.gid().to_string()), (mode, group), "{arrival:?}");
        tried += 1;
    }
    println!("{tried} modes and ways of arrival");
    let folder = tempfile::tempdir().expect("a folder");
    let unknown = DropConfig { group: Some("no-such-group".into()), ..config(folder.path()) };
    let kiosk = Kiosk::start(unknown);
    assert!(kiosk.deliver(order()).is_err());
    let line = &uketsuke::ports::Diagnose::diagnose(&kiosk.port)[0];
    assert!(line.detail.contains("no-such-group") && !line.remedy.is_empty(), "{line:?}");
}

/// A look that is no kiosk counts what was taken, names further folders, and leaves nothing behind.
#[test]
fn a_look_says_what_was_taken_and_which_folder_is_missing() {
    use uketsuke::adapters::handoff::SpoolConfig;
    use uketsuke::ports::{Diagnose, Health};
    let home = tempfile::tempdir().expect("a folder");
    let (folder, own) = (home.path().join("drop"), home.path().join("own"));
    fs::create_dir(&folder).expect("the folder");
    let stay = Stay { tell_after: Some(std::time::Duration::from_secs(60)), remove_after: None };
    let spool = Some(SpoolConfig { serve: false, ..SpoolConfig::new(home.path().join("spool")) });
    let twins = home.path().join("twins");
    let look = DropConfig { own: own.clone(), stay, spool, beside_folder: Some(twins.clone()), ..config(&folder) };
    let lines = Kiosk::start(look.clone()).port.diagnose();
    assert!(!own.exists(), "a look makes no folders");
    let missing = lines.iter().find(|line| line.detail.contains("twins")).expect("a line for the twins");
    assert!(missing.health == Health::Bad && !missing.remedy.is_empty(), "{missing:?}");
    fs::create_dir(&twins).expect("the folder");
    let kiosk = Kiosk::start(DropConfig { spool: None, ..look.clone() });
    let first = kiosk.deliver(order()).expect("delivered").file;
    kiosk.deliver(order_of("another")).expect("delivered");
    fs::remove_file(first).expect("taken");
    let lines = Kiosk::start(look).port.diagnose();
    assert!(lines.iter().any(|line| line.detail.contains("of 2 files of the last 24 hours 1 were taken")), "{lines:?}");
    assert_eq!(visible(&twins).len(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn another_file_system_is_said_and_serves_as_well() {
    use uketsuke::ports::Diagnose;
    let (folder, Ok(far)) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir_in("/dev/shm")) else {
        return eprintln!("NOT RUN: there is no second file system here");
    };
    let kiosk = Kiosk::start(DropConfig { own: far.path().join("own"), ..config(folder.path()) });
    kiosk.deliver(order()).expect("delivered");
    assert_eq!(super::temporary(folder.path()).len(), 0);
    let line = &kiosk.port.diagnose()[0];
    let device = |path: &Path| std::os::unix::fs::MetadataExt::dev(&fs::metadata(path).expect("there"));
    let far = device(far.path()) != device(folder.path());
    assert_eq!(line.detail.contains("on another file system"), far, "{line:?}");
}

#[test]
fn what_nobody_takes_is_told_then_removed_with_a_note() {
    let folder = tempfile::tempdir().expect("a folder");
    let moment = std::time::Duration::from_millis(1);
    let stay = Stay { tell_after: Some(moment), remove_after: Some(moment * 3_000) };
    let kiosk = Kiosk::start(DropConfig { stay, beside: Vec::new(), ..config(folder.path()) });
    let file = kiosk.deliver(order()).expect("delivered").file;
    let next = || kiosk.reports.recv_timeout(std::time::Duration::from_secs(60)).expect("news");
    assert!(matches!(next(), Report::News(News::Staff(StaffNews::FilesNotTaken { files: 1, taken: 0 }))));
    assert!(
        matches!(next(), Report::News(News::Handoff(HandoffNews::NotTaken { check_id })) if check_id == super::CHECK)
    );
    assert!(
        matches!(next(), Report::News(News::Handoff(HandoffNews::Removed { check_id })) if check_id == super::CHECK)
    );
    assert!(!file.exists());
    let names = visible(folder.path());
    assert_eq!(names, [format!("del_{}.txt", super::STEM)]);
    let note = fs::read_to_string(folder.path().join(&names[0])).expect("the note");
    assert!(note.contains(super::CHECK) && !note.contains("子"), "{note}");
}
