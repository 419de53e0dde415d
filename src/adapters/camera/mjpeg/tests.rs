#![allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "a test fails by panicking")]

use super::super::convert::{Pixels, to_rgb};
use super::made::Made;
use super::whole;

fn read(path: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a fixture")
}

/// Frames of a camera's kind: of two persons, a dark one, one against the light, one without tables.
fn seeds() -> [Vec<u8>; 5] {
    [
        "assets/people/p01/clip/000.jpg",
        "assets/people/p04/clip/001.jpg",
        "tests/fixtures/face/dark/000.jpg",
        "tests/fixtures/face/backlit/000.jpg",
        "tests/fixtures/camera/no-huffman-tables.jpg",
    ]
    .map(read)
}

fn scan_of(jpeg: &[u8]) -> usize {
    jpeg.windows(2).position(|two| two == [0xFF, 0xDA]).expect("a scan") + 14
}

fn decodes(jpeg: &[u8]) -> Option<(u32, u32)> {
    to_rgb(Pixels::Mjpeg, 640, 480, jpeg).map(|frame| (frame.width(), frame.height()))
}

#[test]
fn damaged_frames_of_a_camera_are_none_and_one_without_tables_is_whole() {
    for name in ["half", "800-bytes-lost", "header-and-40-bytes"] {
        assert_eq!(decodes(&read(&format!("tests/fixtures/camera/{name}.jpg"))), None, "{name}");
    }
    assert!(decodes(&read("tests/fixtures/camera/no-huffman-tables.jpg")).is_some());
}

#[test]
fn a_frame_cut_anywhere_before_its_last_block_is_none() {
    let mut cuts = 0;
    for seed in seeds() {
        assert!(decodes(&seed).is_some());
        for end in (0..seed.len() - 2).step_by(401) {
            assert!(decodes(&seed[..end]).is_none(), "cut at {end} of {}", seed.len());
            // As a driver hands it over that says nothing of the length: an older picture's rest follows.
            let mut filled = seed[..end].to_vec();
            filled.resize(seed.len() + 4000, 0);
            assert!(decodes(&filled).is_none(), "cut at {end} of {}, filled with zeros", seed.len());
            filled.truncate(seed.len());
            filled.extend([0xFF, 0xD9]);
            assert!(decodes(&filled).is_none(), "cut at {end} of {}, filled with zeros and ended", seed.len());
            cuts += 3;
        }
        // Only the end marker is missing: everything is there to be seen.
        assert!(decodes(&seed[..seed.len() - 2]).is_some());
    }
    println!("{cuts} cut frames refused");
    assert!(cuts > 200);
}

/// USB loses whole packets: 188 bytes are fewer than any that a camera sends.
#[test]
fn a_frame_with_lost_packets_is_none() {
    let mut frames = 0;
    for seed in seeds() {
        for lost in [188, 512, 800, 1024, 2048, 3072] {
            for at in (scan_of(&seed)..seed.len().saturating_sub(lost + 2)).step_by(2003) {
                let without = [&seed[..at], &seed[at + lost..]].concat();
                assert!(decodes(&without).is_none(), "{lost} bytes lost at {at} of {}", seed.len());
                frames += 1;
            }
        }
    }
    println!("{frames} frames with lost packets refused");
    assert!(frames > 200);
}

#[test]
fn restart_intervals_are_counted_and_kept_in_order() {
    let made = Made { restart: 3, ..Made::plain() };
    let good = made.bytes();
    assert_eq!(decodes(&good), Some((64, 48)));
    let marks: Vec<_> = (scan_of(&good)..good.len() - 1)
        .filter(|at| good[*at] == 0xFF && (0xD0..=0xD7).contains(&good[*at + 1]))
        .collect();
    assert!(marks.len() > 4);
    for pair in marks.windows(2) {
        let lost = [&good[..pair[0]], &good[pair[1]..]].concat();
        assert!(whole(&lost).is_none(), "an interval lost");
        let mut unmarked = good.clone();
        unmarked.drain(pair[0]..pair[0] + 2);
        assert!(whole(&unmarked).is_none(), "a marker lost");
        let mut again = good.clone();
        again[pair[0] + 1] ^= 1;
        assert!(whole(&again).is_none(), "another marker");
    }
}

#[test]
fn what_real_cameras_do_is_taken() {
    let avi = [&[0xFF, 0xE0, 0, 16][..], b"AVI1\0", &[0; 9]].concat();
    let remark = [&[0xFF, 0xFE, 0, 8][..], b"camera"].concat();
    let with = |change: &dyn Fn(&mut Made)| {
        let mut made = Made::plain();
        change(&mut made);
        made
    };
    let samplings: [(&str, &[(u8, u8)]); 9] = [
        ("grey", &[(1, 1)]),
        ("grey that says 2 by 2", &[(2, 2)]),
        ("4:4:4", &[(1, 1), (1, 1), (1, 1)]),
        ("4:2:2", &[(2, 1), (1, 1), (1, 1)]),
        ("4:2:2 written with doubled rows", &[(2, 2), (1, 2), (1, 2)]),
        ("4:2:0", &[(2, 2), (1, 1), (1, 1)]),
        ("4:4:0", &[(1, 2), (1, 1), (1, 1)]),
        ("4:1:1", &[(4, 1), (1, 1), (1, 1)]),
        ("4:4:4 written with 2 by 2 of everything", &[(2, 2), (2, 2), (2, 2)]),
    ];
    let habits: [(&str, Made); 12] = [
        ("as it should be", Made::plain()),
        ("no tables", with(&|m| m.tables = false)),
        ("no tables, marked AVI1", with(&|m| (m.tables, m.application) = (false, avi.clone()))),
        ("a remark", with(&|m| m.application = remark.clone())),
        ("no end marker", with(&|m| m.end = false)),
        ("zeros after the end", with(&|m| m.after = vec![0; 4096])),
        ("an older picture's rest after the end", with(&|m| m.after = Made::plain().bytes()[40..].to_vec())),
        ("restart markers", with(&|m| m.restart = 2)),
        ("extra bytes before every marker", with(&|m| (m.restart, m.extra) = (5, vec![0x12, 0x34, 0x56]))),
        ("zeros before every marker", with(&|m| (m.restart, m.extra) = (5, vec![0; 12]))),
        ("fill bytes before every marker", with(&|m| (m.restart, m.extra) = (4, vec![0xFF; 5]))),
        ("an odd size", with(&|m| (m.width, m.height) = (61, 45))),
    ];
    let mut taken = 0;
    for (name, sampling) in samplings {
        for (habit, made) in &habits {
            for (width, height) in [(64, 48), (98, 34), (640, 480)] {
                let mut made = made.clone();
                if *habit != "an odd size" {
                    (made.width, made.height) = (width, height);
                }
                made.sampling = sampling.to_vec();
                let size = (u32::from(made.width), u32::from(made.height));
                assert_eq!(decodes(&made.bytes()), Some(size), "{name}, {habit}");
                taken += 1;
            }
        }
    }
    println!("{taken} frames of cameras' kinds taken");
    assert!(taken > 200);
}

#[test]
fn what_says_too_much_is_none() {
    let large = Made { width: 4097, height: 8, ..Made::plain() };
    assert!(whole(&large.bytes()).is_none());
    let mut lies = Made::plain().bytes();
    let frame = lies.windows(2).position(|two| two == [0xFF, 0xC0]).expect("a frame header");
    lies[frame + 5..frame + 9].copy_from_slice(&[0x0F, 0xFF, 0x0F, 0xFF]);
    assert!(whole(&lies).is_none(), "a small scan for a huge picture");
    for progressive in [0xC2, 0xC3, 0xC9] {
        let mut other = Made::plain().bytes();
        other[frame + 1] = progressive;
        assert!(whole(&other).is_none());
    }
    assert!(whole(&[]).is_none() && whole(&[0xFF, 0xD8]).is_none() && whole(&[0xFF; 64]).is_none());
}
