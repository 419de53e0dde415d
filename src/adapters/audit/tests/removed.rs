//! Whatever is removed of a log is a break, and stays one.

use super::super::witness::FileWitness;
use super::*;

#[test]
fn breaks_of_files_that_were_let_go_stay_known() {
    let place = Place::new();
    let config = AuditConfig { max_bytes: 1_000, ..place.config() };
    let mut writer = of_ten_days(&config);
    let first = &files::all(&config.folder).expect("files")[0];
    fs::write(&first.path, fs::read_to_string(&first.path).expect("text").replacen("given", "GIVEN", 1))
        .expect("written");
    writer.retire(2, morning()).expect("noted");
    let verified = place.verify();
    assert_eq!(verified.breaks.len(), 1, "{verified:?}");
    assert!(verified.breaks[0].what.contains("1 breaks stood in files that were let go"), "{verified:?}");
}

/// Whatever goes, it is a break; running on does not mend it, nor do restarts.
#[test]
fn whatever_is_gone_is_a_break_for_ever() {
    type Harm = fn(&Place);
    fn gone(place: &Place, what: &[&str]) {
        for name in what {
            match *name {
                "files" => {
                    let files = files::all(&place.config().folder).expect("files");
                    files.iter().for_each(|file| fs::remove_file(&file.path).expect("removed"));
                }
                "head" => fs::remove_file(place.config().folder.join("head")).expect("removed"),
                "key" => fs::remove_file(place.config().key_file).expect("removed"),
                _ => fs::remove_dir_all(place.config().folder).expect("removed"),
            }
        }
    }
    /// An older state of files and head, put back together.
    fn rolled_back(place: &Place) {
        let (file, head) = (place.last_file(), place.config().folder.join("head"));
        let before = [&file, &head].map(|path| fs::read(path).expect("bytes"));
        place.writer().append(&[entry(10), entry(11)]).expect("written");
        [&file, &head].into_iter().zip(before).for_each(|(path, bytes)| fs::write(path, bytes).expect("back"));
    }
    let harms: [(&str, bool, Harm); 14] = [
        ("all files", false, |p| gone(p, &["files"])),
        ("the last file emptied", false, |p| fs::write(p.last_file(), "").expect("emptied")),
        ("the last line", false, |p| p.change(|lines| lines[..9].to_vec())),
        ("the first line", false, |p| p.change(|lines| lines[1..].to_vec())),
        ("a line in the middle", false, |p| p.change(|lines| [&lines[..4], &lines[5..]].concat())),
        ("the head", false, |p| gone(p, &["head"])),
        ("the key", false, |p| gone(p, &["key"])),
        ("files and head", false, |p| gone(p, &["files", "head"])),
        ("files and key", false, |p| gone(p, &["files", "key"])),
        ("head and key", false, |p| gone(p, &["head", "key"])),
        ("the folder", false, |p| gone(p, &["folder"])),
        ("files, head and key", true, |p| gone(p, &["files", "head", "key"])),
        ("folder and key", true, |p| gone(p, &["folder", "key"])),
        ("an older state put back", true, rolled_back),
    ];
    for (what, needs_witness, harm) in harms {
        for place in [Place::of_ten_lines(), Place::witnessed()] {
            if needs_witness && place.1.is_none() {
                continue;
            }
            harm(&place);
            let look = || {
                AuditLog::start(AuditConfig { serve: false, ..place.config() }, Outbox::new(|_| {})).expect("a look")
            };
            assert!(!place.verify().breaks.is_empty(), "{what}");
            assert_eq!(look().diagnose()[0].health, Health::Bad, "{what}");
            for round in 1..=3 {
                place.writer().append(&[entry(round), entry(round)]).expect("written");
                assert!(!place.verify().breaks.is_empty(), "{what}: mended by running on, round {round}");
            }
            assert_eq!(look().diagnose()[0].health, Health::Bad, "{what}");
        }
    }
}

#[test]
fn a_log_written_anew_by_whoever_has_the_key_is_seen_from_outside() {
    let (place, other) = (Place::witnessed(), Place::of_ten_lines());
    fs::copy(other.config().key_file, place.config().key_file).expect("the same key");
    let forged = other.last_file();
    fs::write(place.last_file(), fs::read(forged).expect("bytes")).expect("forged");
    fs::copy(other.config().folder.join("head"), place.config().folder.join("head")).expect("forged");
    let verified = place.verify();
    assert_eq!(verified.breaks.len(), 1, "{verified:?}");
    assert!(verified.breaks[0].what.contains("another line stood here"), "{verified:?}");
}

#[test]
fn a_witness_in_a_file_remembers_over_restarts_and_says_when_it_cannot_be_asked() {
    let place = Place::new();
    let file = place.0.path().join("outside/kiosk.seen");
    fs::create_dir(place.0.path().join("outside")).expect("a share");
    let with = |witness: FileWitness| AuditConfig { witnesses: vec![Arc::new(witness)], ..place.config() };
    let config = with(FileWitness::start(file.clone()).expect("started"));
    Writer::open(&config, morning()).expect("opened").append(&[entry(1)]).expect("written");
    drop(config);
    let look = || with(FileWitness::look(file.clone()));
    assert_eq!(verify(&look()).expect("readable").breaks, []);
    fs::remove_dir_all(place.config().folder).expect("removed");
    fs::remove_file(place.config().key_file).expect("removed");
    let verified = verify(&look()).expect("readable");
    assert!(verified.breaks.iter().any(|b| b.what.contains("kiosk.seen has seen line number 2")), "{verified:?}");
    fs::write(&file, "something else").expect("written");
    assert!(verify(&look()).expect("readable").breaks.iter().any(|b| b.what.contains("cannot be asked")));
}
