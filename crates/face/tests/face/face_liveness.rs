//! Movement as a sign of life: simulated prints, however they are held, against the recorded heads.
//!
//! Prints are the synthetic people's portraits through a pinhole camera with sensor noise; no print was photographed. Run with
//! `--nocapture` for the figures.

use std::sync::Arc;

use image::{RgbImage, imageops};
use uketsuke_core::domain::face::{Rule, Verdict, judge};
use uketsuke_core::ports::Frame;
use uketsuke_face::motion::{STILL_AT, Track};
use uketsuke_face::turn::{Side, Turn};
use uketsuke_face::{Analyzer, Attempt, Embedding, Models, Pack, PackChoice, decode_portrait};

use crate::{made, repository};

const PEOPLE: [&str; 8] = ["p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08"];

/// Frames of one simulated presentation.
const FRAMES: u32 = 8;

fn analyzer() -> Analyzer {
    let choice = PackChoice { models: Some(repository("models")), ..PackChoice::default() };
    let pack = Pack::open(&choice).expect("the pack");
    Analyzer::new(&Models::load(&pack).expect("the models")).expect("an analyzer")
}

/// What movement is judged by, and the small act to either side.
struct Seen {
    track: Track,
    turns: [Turn; 2],
}

impl Seen {
    fn new() -> Self {
        Self { track: Track::default(), turns: [Side::Right, Side::Left].map(Turn::new) }
    }

    fn turned(&self) -> [bool; 2] {
        [0, 1].map(|side| self.turns[side].is_done())
    }
}

fn follow(analyzer: &mut Analyzer, seen: &mut Seen, picture: &RgbImage) {
    let frame = Frame::new(picture.width(), picture.height(), picture.as_raw().clone()).expect("a frame");
    if let Some(face) = analyzer.face(&frame).expect("it runs")
        && let Some((eyes, shape)) = analyzer.shape(&frame, &face).expect("it runs")
    {
        let yaw = analyzer.cues(&frame, &face).yaw;
        seen.track.push(shape);
        seen.track.see_eyes(eyes);
        seen.turns.iter_mut().for_each(|turn| turn.see(yaw));
    }
}

fn portrait_of(person: &str) -> Frame {
    let bytes = std::fs::read(repository(&format!("assets/people/{person}/portrait.jp2"))).expect("the portrait");
    decode_portrait(&bytes).expect("a portrait")
}

fn print_of(person: &str) -> RgbImage {
    let frame = portrait_of(person);
    let small = RgbImage::from_raw(frame.width(), frame.height(), frame.rgb().to_vec()).expect("a picture");
    imageops::resize(&small, 480, 600, imageops::FilterType::Triangle)
}

/// Presents everybody's print as `hold` says for each part of a turn; gives the movement of each.
fn present(name: &str, hold: impl Fn(f32) -> ([f32; 3], [f32; 3])) -> Vec<f32> {
    let mut analyzer = analyzer();
    let mut motions = Vec::new();
    for person in PEOPLE {
        let (print, mut seen) = (print_of(person), Seen::new());
        for n in 0..FRAMES {
            let (tilt, at) = hold(std::f32::consts::TAU * n as f32 / FRAMES as f32);
            follow(&mut analyzer, &mut seen, &made::noisy(&made::printed(&print, tilt, at), 4, n));
        }
        let track = &seen.track;
        println!("{name} {person}: {:?}, motion {:.2}", track.shape_change(), track.motion());
        assert_eq!(seen.turned(), [false; 2], "{person}: a print turns its head");
        assert_eq!(track.len(), FRAMES as usize, "{person}: the face is seen in every frame");
        assert!(!track.blinked(), "{person}: a print blinks");
        motions.push(track.motion());
    }
    let passed = motions.iter().filter(|motion| **motion >= 1.0).count();
    println!("{name}: {passed} of {} prints pass as moving heads", motions.len());
    motions
}

#[test]
fn a_print_moved_by_hand_is_flat() {
    let motions = present("by hand", |t| {
        ([5.0 * t.sin(), 5.0 * t.cos(), 4.0 * t.sin()], [0.05 * t.cos(), 0.04 * (2.0 * t).sin(), 1.6 + 0.1 * t.sin()])
    });
    assert!(motions.iter().all(|motion| *motion == 0.0), "{motions:?}");
}

#[test]
fn a_print_tilted_strongly_near_the_lens_does_not_pass() {
    let motions = present("tilted", |t| {
        ([30.0 * t.sin(), 10.0 * t.cos(), 0.0], [0.05 * t.cos(), 0.02 * t.sin(), 1.25 + 0.05 * t.sin()])
    });
    assert!(motions.iter().all(|motion| *motion < 1.0), "{motions:?}");
}

#[test]
fn recorded_heads_move() {
    let mut analyzer = analyzer();
    for person in PEOPLE {
        let mut seen = Seen::new();
        let mut reached = None;
        for n in 0..20 {
            let path = repository(&format!("assets/people/{person}/clip/{n:03}.jpg"));
            follow(&mut analyzer, &mut seen, &image::open(path).expect("a frame").into_rgb8());
            if reached.is_none() && seen.track.motion() >= 1.0 {
                reached = Some(n + 1);
            }
        }
        let track = &seen.track;
        println!("{person}: {:?}, sure after {reached:?} frames, blinked {}", track.shape_change(), track.blinked());
        assert!(reached.is_some() && track.blinked(), "{person}: {:?}", track.shape_change());
        assert!(track.shape_change().is_some_and(|change| change > STILL_AT), "{person}");
    }
}

/// The verdict of an attempt that asks everybody for the turn.
fn asked(analyzer: &mut Analyzer, template: &Embedding, side: Side, frames: impl Iterator<Item = RgbImage>) -> Verdict {
    let rule = Rule { active: true, ..Rule::default() };
    let mut attempt = Attempt::new(rule, template.clone(), side, analyzer);
    for (n, picture) in (0..).zip(frames) {
        let frame = Frame::new(picture.width(), picture.height(), picture.into_raw()).expect("a frame");
        if attempt.step(analyzer, &Arc::new(frame), n * 200).expect("it runs").done {
            break;
        }
    }
    judge(&attempt.evidence(), &rule).verdict
}

#[test]
fn the_act_passes_a_recorded_head_to_either_side_and_no_sheet() {
    let mut analyzer = analyzer();
    let template = analyzer.template(&portrait_of("p02")).expect("it runs").expect("a face");
    // The recorded head turns by ten degrees to each side: from one side to the other it is a turn.
    let mut film: Vec<_> = (0..20)
        .map(|n| repository(&format!("assets/people/p02/clip/{n:03}.jpg")))
        .map(|path| {
            let picture = image::open(path).expect("a frame").into_rgb8();
            let frame = Frame::new(picture.width(), picture.height(), picture.as_raw().clone()).expect("a frame");
            let face = analyzer.face(&frame).expect("it runs").expect("a face");
            (analyzer.cues(&frame, &face).yaw, picture)
        })
        .collect();
    film.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("from {:.3} to {:.3}", film[0].0, film[19].0);
    let print = print_of("p02");
    for side in [Side::Left, Side::Right] {
        let first = film[0].1.clone();
        let beginning = (0..6).map(|n| made::noisy(&first, 3, n));
        let turn = (0..20).chain((0..20).rev()).step_by(2).map(|n| film[n].1.clone());
        assert_eq!(asked(&mut analyzer, &template, side, beginning.chain(turn)), Verdict::Match, "{side:?}");
        // Turned aside and back as the arrow says, close to the lens.
        let to = if side == Side::Right { 30.0 } else { -30.0f32 };
        let turned = |n: u32| to * (n as f32 / 12.0 * std::f32::consts::TAU).sin();
        let sheet = (0..32).map(|n| made::noisy(&made::printed(&print, [turned(n), 0.0, 0.0], [0.0, 0.0, 1.3]), 4, n));
        assert_eq!(asked(&mut analyzer, &template, side, sheet), Verdict::NotLive, "{side:?}");
        film.reverse();
    }
}
