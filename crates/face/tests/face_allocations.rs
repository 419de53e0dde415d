//! A frame costs no memory of its own in the steady state: no more than its networks take when they run alone, which is
//! none, as their layers keep their buffers.

#![allow(clippy::expect_used, clippy::panic)] // a test fails by panicking, in its helpers too

use std::path::{Path, PathBuf};

use allocation_counter::{AllocationInfo, measure};
use uketsuke_core::ports::Frame;
use uketsuke_face::{Analyzer, Embedding, Looked, Models, Pack, PackChoice, Place, open_picture};

/// Frames that fill every buffer first, and frames that are counted.
const WARM: usize = 3;
const COUNTED: usize = 3;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn frames() -> Vec<Frame> {
    let mut paths: Vec<_> = std::fs::read_dir(repository("assets/people/p02/clip"))
        .expect("the clip")
        .map(|entry| entry.expect("a frame").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jpg"))
        .collect();
    paths.sort();
    paths.truncate(WARM + COUNTED);
    paths.iter().map(|path| open_picture(path).expect("a frame")).collect()
}

/// All that is done with a good frame.
fn whole(analyzer: &mut Analyzer, frame: &Frame, embedding: &mut Embedding) {
    match analyzer.look(frame, None, &mut Place::default()).expect("the networks run") {
        Looked::Good(seen, _) | Looked::Poor(_, seen) => {
            analyzer.embed_and_texture(frame, &seen.face, embedding).expect("the networks run");
        }
        Looked::NotOne(hint) => panic!("one face is in every frame, not {hint:?}"),
    }
}

#[test]
fn a_frame_allocates_what_its_networks_allocate_and_keeps_nothing() {
    let choice = PackChoice { models: Some(repository("models")), ..PackChoice::default() };
    let models = Models::load(&Pack::open(&choice).expect("the pack")).expect("the models");
    let mut analyzer = Analyzer::new(&models).expect("an analyzer");
    let mut embedding = analyzer.empty_embedding();
    let frames = frames();
    assert_eq!(frames.len(), WARM + COUNTED);
    let (warm, counted) = frames.split_at(WARM);
    for frame in warm {
        whole(&mut analyzer, frame, &mut embedding);
        analyzer.networks_alone().expect("the networks run");
    }
    let alone = measure(|| analyzer.networks_alone().expect("the networks run"));
    for (number, frame) in counted.iter().enumerate() {
        let seen = measure(|| whole(&mut analyzer, frame, &mut embedding));
        println!("frame {number}: {}; its networks alone: {}", told(&seen), told(&alone));
        assert_eq!((seen.count_current, seen.bytes_current), (0, 0), "frame {number} keeps memory");
        assert!(seen.count_total <= alone.count_total, "frame {number} allocates beside its networks");
    }
}

fn told(info: &AllocationInfo) -> String {
    format!("{} allocations, {} bytes, at most {} at a time", info.count_total, info.bytes_total, info.bytes_max)
}
