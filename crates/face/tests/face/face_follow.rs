//! A face is followed from frame to frame as surely as it is found, and two threads see what one sees.

use uketsuke_core::domain::face::Hint;
use uketsuke_core::ports::Frame;
use uketsuke_face::{Analyzer, Face, Models, Pack, PackChoice, Place, open_picture};

use crate::repository;

/// Frames in a row after which the whole picture has been looked at again.
const ROUND: usize = 4;

fn frames(folder: &str) -> Vec<Frame> {
    let mut paths: Vec<_> = std::fs::read_dir(repository(folder))
        .expect("the pictures")
        .map(|entry| entry.expect("a picture").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jpg"))
        .collect();
    paths.sort();
    paths.iter().map(|path| open_picture(path).expect("a picture")).collect()
}

fn models() -> Models {
    let choice = PackChoice { models: Some(repository("models")), ..PackChoice::default() };
    Models::load(&Pack::open(&choice).expect("the pack")).expect("the models")
}

/// Largest distance of a point from where the other look has it, in eye distances.
fn apart(a: &Face, b: &Face) -> f32 {
    let eyes = (b.points[0].0 - b.points[1].0).hypot(b.points[0].1 - b.points[1].1);
    let distance = |((ax, ay), (bx, by)): (&(f32, f32), &(f32, f32))| (ax - bx).hypot(ay - by) / eyes;
    a.points.iter().zip(&b.points).map(distance).fold(0.0, f32::max)
}

#[test]
fn a_followed_face_is_where_two_looks_find_it() {
    let mut analyzer = Analyzer::new(&models()).expect("an analyzer");
    let mut worst = 0.0f32;
    for person in ["p01", "p03", "p08"] {
        let mut place = Place::default();
        for (number, frame) in frames(&format!("assets/people/{person}/clip")).iter().take(2 * ROUND).enumerate() {
            let found = analyzer.face(frame).expect("it runs").expect("a face");
            let followed = analyzer.follow(frame, &mut place).expect("it runs");
            let Ok(followed) = followed else { panic!("{person} {number}: {followed:?}") };
            assert!(followed.overlap(&found) > 0.8, "{person} {number}: {followed:?} {found:?}");
            worst = worst.max(apart(&followed, &found));
        }
    }
    // Each look errs by some pixels; half the width of an eye would be another place.
    println!("a point is at most {worst:.3} eye distances away");
    assert!(worst < 0.15, "a point is {worst} eye distances away");
}

#[test]
fn a_lost_face_is_noticed_at_once_and_another_one_beside_it_within_a_round() {
    let mut analyzer = Analyzer::new(&models()).expect("an analyzer");
    let alone = &frames("assets/people/p02/clip")[0];
    for (folder, hint, patience) in
        [("tests/fixtures/face/no_face", Hint::NoFace, 1), ("tests/fixtures/face/two_faces", Hint::TwoFaces, ROUND)]
    {
        let mut place = Place::default();
        assert!(analyzer.follow(alone, &mut place).expect("it runs").is_ok(), "one face at first");
        let pictures = frames(folder);
        let seen =
            pictures.iter().cycle().take(patience).map(|frame| analyzer.follow(frame, &mut place).expect("it runs"));
        assert!(seen.into_iter().any(|seen| seen == Err(hint)), "{folder}: no {hint:?} within {patience} frames");
    }
}

#[test]
fn two_threads_see_what_one_sees() {
    let models = models();
    let mut one = Analyzer::new(&models).expect("an analyzer");
    let mut two = Analyzer::with_threads(&models, 2).expect("an analyzer");
    for frame in frames("assets/people/p04/clip").iter().take(3) {
        let (a, b) = (one.face(frame).expect("it runs"), two.face(frame).expect("it runs"));
        let (a, b) = (a.expect("a face"), b.expect("a face"));
        assert!(apart(&a, &b) < 1e-3, "{a:?} {b:?}");
        let (a, b) = (one.embed(frame, &a).expect("it runs"), two.embed(frame, &b).expect("it runs"));
        let cosine = a.expect("numbers").cosine(&b.expect("numbers"));
        assert!(cosine > 0.9999, "the same face has {cosine}");
    }
}
