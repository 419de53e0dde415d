//! Every hint fires on pictures made for it and none on plain clips, blinks and worn glasses included.

use std::path::Path;

use image::{RgbImage, imageops};
use uketsuke_core::domain::face::Hint;
use uketsuke_core::ports::Frame;
use uketsuke_face::hint::{LEAST_SHOWN, SteadyHint};
use uketsuke_face::{Analyzer, Looked, Models, Pack, PackChoice, Place};

use crate::made::{self, Known};
use crate::repository;

const PEOPLE: [&str; 8] = ["p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08"];

/// Frames of the clips in which the eyes are closed.
const CLOSED: &[(&str, &[u32])] = &[
    ("p01", &[8, 9, 10]),
    ("p02", &[6, 7, 8]),
    ("p03", &[7, 8]),
    ("p04", &[7, 9]),
    ("p05", &[6, 7, 8]),
    ("p06", &[6, 8]),
    ("p07", &[8, 9, 10]),
    ("p08", &[7]),
];

/// Milliseconds between the frames of a clip, as they were made to be played.
const CLIP_STEP: u64 = 143;

fn picture(path: &Path) -> RgbImage {
    image::open(path).expect("a picture").into_rgb8()
}

fn clip(person: &str, n: u32) -> RgbImage {
    picture(&repository(&format!("assets/people/{person}/clip/{n:03}.jpg")))
}

fn frame(picture: &RgbImage) -> Frame {
    Frame::new(picture.width(), picture.height(), picture.as_raw().clone()).expect("a frame")
}

struct Eyes(Analyzer);

impl Eyes {
    fn new() -> Self {
        let choice = PackChoice { models: Some(repository("models")), ..PackChoice::default() };
        let models = Models::load(&Pack::open(&choice).expect("the pack")).expect("the models");
        Self(Analyzer::new(&models).expect("an analyzer"))
    }

    fn known(&mut self, picture: &RgbImage) -> Known {
        let face = self.0.face(&frame(picture)).expect("it runs").expect("a face");
        Known { points: face.points, area: (face.left, face.top, face.width, face.height) }
    }

    /// The hint of one picture; `None` for a good one.
    fn hint(&mut self, picture: &RgbImage) -> Option<Hint> {
        match self.0.look(&frame(picture), None, &mut Place::default()).expect("it runs") {
            Looked::NotOne(hint) | Looked::Poor(hint, _) => Some(hint),
            Looked::Good(_, advice) => advice,
        }
    }

    /// Makes `make` of two frames of every person, the second one mirrored and noisy: all must get `hint`.
    fn all_get(&mut self, hint: Hint, make: impl Fn(&RgbImage, &Known, usize) -> RgbImage) {
        let mut wrong = Vec::new();
        for (n, person) in PEOPLE.iter().enumerate() {
            let plain = clip(person, 2);
            let mirrored = made::noisy(&imageops::flip_horizontal(&clip(person, 15)), 3, n as u32);
            for (kind, source) in [("plain", plain), ("mirrored", mirrored)] {
                let known = self.known(&source);
                let found = self.hint(&make(&source, &known, n));
                if found != Some(hint) {
                    wrong.push(format!("{person} {kind}: {found:?}"));
                }
            }
        }
        println!("{hint:?}: {} of 16 made pictures", 16 - wrong.len());
        assert!(wrong.is_empty(), "{hint:?}: {wrong:?}");
    }
}

#[test]
fn distance_and_place() {
    let mut eyes = Eyes::new();
    let centre = |known: &Known| (known.area.0 + known.area.2 / 2.0, known.area.1 + known.area.3 / 2.0);
    eyes.all_get(Hint::TooNear, |p, k, n| {
        made::placed(p, centre(k), (320.0, 240.0), 480.0 / k.area.3 * (0.92 + 0.01 * n as f32), 0.0)
    });
    eyes.all_get(Hint::TooFar, |p, k, n| {
        made::placed(p, centre(k), (320.0, 240.0), 480.0 / k.area.3 * (0.10 + 0.005 * n as f32), 0.0)
    });
    eyes.all_get(Hint::OffCentre, |p, k, n| {
        let to = if n % 2 == 0 { (75.0, 240.0) } else { (565.0, 260.0) };
        made::placed(p, centre(k), to, 1.0, 0.0)
    });
}

#[test]
fn tilted() {
    let mut eyes = Eyes::new();
    eyes.all_get(Hint::Tilted, |p, k, n| {
        let degrees = if n % 2 == 0 { 30.0 + n as f32 } else { -30.0 - n as f32 };
        made::placed(p, k.eyes().0, (320.0, 220.0), 1.0, degrees)
    });
}

#[test]
fn light_and_sharpness() {
    let mut eyes = Eyes::new();
    eyes.all_get(Hint::TooDark, |p, _, n| made::lit(p, 0.16 + 0.01 * n as f32, 0.0));
    eyes.all_get(Hint::TooBright, |p, _, n| made::lit(p, 2.2 - 0.05 * n as f32, 30.0));
    eyes.all_get(Hint::Backlit, |p, k, _| made::against_a_window(p, k));
    eyes.all_get(Hint::Blurred, |p, _, n| made::blurred(p, 5 + n as u32 / 3));
}

#[test]
fn what_hides_the_face() {
    const MASKS: [[u8; 3]; 4] = [[235, 238, 240], [150, 195, 225], [30, 30, 32], [225, 225, 230]];
    const HATS: [[u8; 3]; 4] = [[25, 25, 28], [40, 60, 120], [30, 75, 45], [110, 20, 30]];
    let mut eyes = Eyes::new();
    eyes.all_get(Hint::Mask, |p, k, n| made::masked(p, k, MASKS[n % 4]));
    eyes.all_get(Hint::BrowHidden, |p, k, n| made::hatted(p, k, HATS[n % 4]));
    eyes.all_get(Hint::GlassesGlare, |p, k, n| made::glaring(p, k, 0.24 + 0.01 * n as f32));
}

#[test]
fn closed_eyes() {
    let mut eyes = Eyes::new();
    let mut count = 0;
    for (person, frames) in CLOSED {
        for n in *frames {
            let closed = clip(person, *n);
            assert_eq!(eyes.hint(&closed), Some(Hint::EyesClosed), "{person} {n}");
            count += 1;
        }
    }
    println!("{:?}: {count} frames of blinks", Hint::EyesClosed);
    let mirrored = imageops::flip_horizontal(&made::noisy(&made::lit(&clip("p02", 7), 0.7, 0.0), 4, 9));
    assert_eq!(eyes.hint(&mirrored), Some(Hint::EyesClosed));
}

#[test]
fn nobody_and_too_many() {
    let mut eyes = Eyes::new();
    for n in 0..3 {
        for (folder, hint) in [("no_face", Hint::NoFace), ("two_faces", Hint::TwoFaces)] {
            let source = picture(&repository(&format!("tests/fixtures/face/{folder}/{n:03}.jpg")));
            for gain in [0.8, 1.0, 1.1] {
                let lit = made::lit(&source, gain, 0.0);
                assert_eq!(eyes.hint(&lit), Some(hint), "{folder} {n} {gain}");
                assert_eq!(eyes.hint(&imageops::flip_horizontal(&lit)), Some(hint), "{folder} {n} {gain} mirrored");
            }
        }
    }
}

/// Each clip twice over, at the pace it was made for: what one frame asks for and what the patient is shown.
#[test]
fn plain_clips_get_no_hint_and_nothing_flickers() {
    let mut eyes = Eyes::new();
    for person in PEOPLE {
        let asked: Vec<_> = (0..20).map(|n| eyes.hint(&clip(person, n))).collect();
        let others: Vec<_> =
            asked.iter().enumerate().filter(|(_, hint)| !matches!(hint, None | Some(Hint::EyesClosed))).collect();
        assert!(others.is_empty(), "{person}: {others:?}");
        let mut steady = SteadyHint::default();
        for (n, hint) in asked.iter().chain(&asked).enumerate() {
            let _ = steady.next(hint.unwrap_or(Hint::KeepLooking), n as u64 * CLIP_STEP);
        }
        let seconds = 40.0 * CLIP_STEP as f32 / 1000.0;
        println!("{person}: {:.2} changes a second", (steady.changes() - 1) as f32 / seconds);
        assert_eq!((steady.shown(), steady.changes()), (Some(Hint::KeepLooking), 1), "{person}: {asked:?}");
    }
}

/// The worst a patient can do: a clip that changes between good and bad frames all the time.
#[test]
fn a_restless_clip_changes_no_faster_than_one_can_read() {
    let mut eyes = Eyes::new();
    let kinds: Vec<_> = (0..3u32)
        .flat_map(|n| {
            let plain = clip("p04", n);
            let known = eyes.known(&plain);
            [made::lit(&plain, 0.18, 0.0), made::masked(&plain, &known, [240; 3]), made::blurred(&plain, 6), plain]
        })
        .collect();
    let hints: Vec<_> = kinds.iter().map(|picture| eyes.hint(picture).unwrap_or(Hint::KeepLooking)).collect();
    let mut steady = SteadyHint::default();
    let (frames, step) = (300u64, 33u64);
    for n in 0..frames {
        // A third of a second to one and a half of one kind, then another.
        let kind = (n / (10 + n / 75 * 12)) as usize % hints.len();
        let _ = steady.next(hints[kind], n * step);
    }
    let rate = f64::from(steady.changes() - 1) / ((frames * step) as f64 / 1000.0);
    println!("restless: {rate:.2} changes a second");
    assert!(rate <= 1000.0 / LEAST_SHOWN as f64, "{rate}");
}
