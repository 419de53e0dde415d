//! The print reader on filmed cards (drawn ones: `tests/samples`) and on what is no card.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use serde::Deserialize;
use uketsuke_code_b::{APART, Models, PrintReader, Vote};
use uketsuke_core::ports::Frame;

#[derive(Deserialize)]
struct Truth {
    file: String,
    code_b: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn reader() -> PrintReader {
    let models = Models::load(Some(&root().join("models"))).expect("the committed models");
    PrintReader::new(&models).expect("a reader")
}

fn today() -> Date {
    Date::constant(2026, 12, 1)
}

fn open(path: &Path) -> Frame {
    let picture = image::open(path).expect("a picture").into_rgb8();
    let (width, height) = picture.dimensions();
    Frame::new(width, height, picture.into_raw()).expect("a frame")
}

fn samples() -> Vec<(Truth, Frame)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let list = std::fs::read(folder.join("truth.json")).expect("the list");
    let list: Vec<Truth> = serde_json::from_slice(&list).expect("a list of pictures");
    list.into_iter()
        .map(|truth| (open(&folder.join(&truth.file)), truth))
        .map(|(frame, truth)| (truth, frame))
        .collect()
}

#[test]
fn two_pictures_of_a_card_give_its_code_and_no_picture_gives_another() {
    let (mut reader, samples) = (reader(), samples());
    let mut right = 0;
    for pair in samples.chunks(2) {
        let mut vote = Vote::default();
        for ((truth, frame), n) in pair.iter().zip(0..) {
            let seen = reader.read(frame, today()).expect("read");
            vote.add(APART * n, &seen);
            if let Some(print) = vote.answer() {
                assert_eq!(print.code_b.expose(), truth.code_b.as_bytes(), "{}", truth.file);
                right += 1;
            }
        }
    }
    assert!(right >= 4, "{right} of {} cards read", samples.len() / 2);
}

#[test]
fn one_picture_is_not_enough_however_often_it_is_seen() {
    let (mut reader, samples) = (reader(), samples());
    let (_, frame) = samples.iter().find(|(truth, _)| truth.file == "1280_0022_0.jpg").expect("a readable picture");
    let seen = reader.read(frame, today()).expect("read");
    let mut vote = Vote::default();
    for n in 0..30 {
        // Within a third of a second: the same moment, seen thirty times.
        vote.add(Duration::from_millis(n * 9), &seen);
        assert!(vote.answer().is_none());
    }
    vote.add(APART, &seen);
    assert!(vote.answer().is_some(), "a second picture apart from the first");
}

#[test]
fn a_card_that_has_expired_is_not_read() {
    let (mut reader, samples) = (reader(), samples());
    let (_, frame) = samples.iter().find(|(truth, _)| truth.file == "1280_0022_0.jpg").expect("a readable picture");
    let seen = reader.read(frame, Date::constant(2035, 1, 1)).expect("read");
    assert!(seen.expiry.as_ref().is_some_and(|expiry| expiry.own.is_none() && expiry.second.is_none()));
}

#[test]
fn what_is_no_card_has_no_code() {
    let mut reader = reader();
    let plain = |width: u32, height: u32, tone: fn(usize) -> u8| {
        Frame::new(width, height, (0..(width * height * 3) as usize).map(tone).collect()).expect("a frame")
    };
    let stripes: fn(usize) -> u8 = |n| if n / 3 % 16 < 8 { 230 } else { 20 };
    let noise: fn(usize) -> u8 = |n| (n.wrapping_mul(2_654_435_761) >> 13) as u8;
    let mut frames =
        vec![plain(640, 480, |_| 0), plain(640, 480, |_| 255), plain(1280, 720, stripes), plain(640, 480, noise)];
    // Sizes that no camera has.
    frames.extend([(1, 1), (1, 900), (4000, 2), (31, 17), (1920, 1080)].map(|(w, h)| plain(w, h, noise)));
    for frame in frames {
        let seen = reader.read(&frame, today()).expect("read");
        assert!(seen.birth.is_none() && seen.expiry.is_none() && seen.code.is_none());
    }
}

#[test]
fn people_before_the_camera_have_no_code() {
    let mut reader = reader();
    for person in ["p01", "p04"] {
        let clip = root().join("assets/people").join(person).join("clip");
        let picture = std::fs::read_dir(&clip).expect("a clip").next().expect("a picture").expect("an entry").path();
        let seen = reader.read(&open(&picture), today()).expect("read");
        assert!(seen.birth.is_none() && seen.code.is_none(), "{person}");
    }
}
