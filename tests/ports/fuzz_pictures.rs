//! Malformed portraits, camera frames and picture files: no panic leaves a decoder, and memory stays bounded.
//!
//! The suite runs a few hundred rounds; `./x fuzz` as many as it is told (`UKETSUKE_FUZZ_ROUNDS`). Every round changes a good
//! picture in one to eight places: bits, bytes, lengths, cuts, repeated and exchanged parts. The rounds are numbered
//! and each depends on its number alone, so that a failure names the round to repeat.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use uketsuke::adapters::camera::{Pixels, to_rgb};
use uketsuke::adapters::face::{decode_picture, decode_portrait};

use crate::repository;

/// Most resident memory of the whole test process, in KiB.
const MOST_MEMORY: u64 = 1 << 20;

fn read(path: &str) -> Vec<u8> {
    std::fs::read(repository(path)).expect("a seed")
}

fn rounds() -> u64 {
    std::env::var("UKETSUKE_FUZZ_ROUNDS").map_or(300, |text| text.parse().expect("a number of rounds"))
}

/// SplitMix64: small, seeded by the round.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A place in `length` bytes, every second time in the header, where most decisions are taken.
    fn place(&mut self, length: usize) -> usize {
        let end = if self.below(2) == 0 { length.min(256) } else { length };
        self.below(end)
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(8) {
        if bytes.is_empty() {
            return;
        }
        let place = random.place(bytes.len());
        match random.below(8) {
            0 => bytes[place] ^= 1 << random.below(8),
            1 => bytes[place] = random.next() as u8,
            2 => bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][random.below(6)],
            3 => {
                // A length or size: two or four bytes at once.
                let value = [0, 1, 0x7FFF_FFFF, 0x8000_0000, u32::MAX, random.next() as u32][random.below(6)];
                let width = [2, 4][random.below(2)];
                let end = (place + width).min(bytes.len());
                bytes[place..end].copy_from_slice(&value.to_be_bytes()[4 - (end - place)..]);
            }
            4 => bytes.truncate(place),
            5 => {
                let end = (place + random.below(64)).min(bytes.len());
                bytes.drain(place..end);
            }
            6 => {
                let end = (place + random.below(64)).min(bytes.len());
                let part = bytes[place..end].to_vec();
                let to = random.place(bytes.len());
                bytes.splice(to..to, part);
            }
            _ => {
                let (other, length) = (random.place(bytes.len()), random.below(16));
                for n in 0..length {
                    if place.max(other) + n < bytes.len() {
                        bytes.swap(place + n, other + n);
                    }
                }
            }
        }
    }
}

/// Highest resident memory of this process so far in KiB; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

static CAUGHT: AtomicU64 = AtomicU64::new(0);

/// Changes the seeds for all rounds and hands them to `decode`, which says whether a picture came out.
fn fuzz(name: &str, seeds: &[Vec<u8>], decode: impl Fn(&[u8], &mut Random) -> bool) {
    for seed in seeds {
        let _ = decode(seed, &mut Random(0));
    }
    std::panic::set_hook(Box::new(|_| {
        CAUGHT.fetch_add(1, Ordering::Relaxed);
    }));
    let (mut decoded, mut slowest) = (0u64, (Duration::ZERO, 0));
    for round in 0..rounds() {
        let mut random = Random(round);
        let mut bytes = seeds[random.below(seeds.len())].clone();
        mutate(&mut bytes, &mut random);
        let start = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| decode(&bytes, &mut random))) {
            Ok(came_out) => decoded += u64::from(came_out),
            Err(_) => {
                let _ = std::panic::take_hook();
                panic!("{name}: round {round} panics");
            }
        }
        slowest = slowest.max((start.elapsed(), round));
    }
    let _ = std::panic::take_hook();
    println!(
        "{name}: {} rounds, {decoded} still pictures, slowest {:.0} ms (round {}), {} panics held inside, {} MiB at most",
        rounds(),
        slowest.0.as_secs_f64() * 1e3,
        slowest.1,
        CAUGHT.swap(0, Ordering::Relaxed),
        peak_memory() >> 10
    );
    assert!(peak_memory() < MOST_MEMORY, "{name}: {} KiB", peak_memory());
}

#[test]
fn malformed_portraits() {
    let seeds: Vec<_> = (1..=8).map(|n| read(&format!("assets/people/p{n:02}/portrait.jp2"))).collect();
    fuzz("portraits", &seeds, |bytes, _| decode_portrait(bytes).is_ok());
}

#[test]
fn malformed_camera_frames() {
    let jpeg = |n: u32| read(&format!("tests/fixtures/face/dark/{n:03}.jpg"));
    fuzz("camera frames", &[jpeg(0), jpeg(1), read("assets/people/p01/clip/000.jpg")], |bytes, random| {
        // Drivers announce sizes that need not fit the bytes.
        let size = [0, 1, 2, 63, 64, 640, 4096, u32::MAX];
        let (width, height) = (size[random.below(8)], size[random.below(8)]);
        let raw = [Pixels::Yuyv, Pixels::Nv12].map(|pixels| to_rgb(pixels, width, height, bytes).is_some());
        to_rgb(Pixels::Mjpeg, width, height, bytes).is_some() || raw.contains(&true)
    });
}

#[test]
fn malformed_picture_files() {
    let seeds = [
        read("assets/people/p01/name.png"),
        read("assets/people/p02/security.png"),
        read("tests/fixtures/face/dark/000.jpg"),
    ];
    fuzz("picture files", &seeds, |bytes, _| decode_picture(Path::new("fuzzed"), bytes).is_ok());
}
