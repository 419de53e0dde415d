//! After an attempt nothing of the patient is left in memory: not the portrait, not a row of pixels, not the template.
//!
//! What is looked for is made in one process and handed to another one in disguise (every byte changed), so that the
//! search cannot find its own list. The second process runs an attempt with the real engine and the allocator of the
//! program, forgets, and reads its whole writable memory.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use uketsuke::adapters::camera::{Pace, RecordedCamera};
use uketsuke::adapters::face::{Analyzer, FaceEngineTract, Models, Pack, PackChoice, decode_portrait, open_picture};
use uketsuke::domain::face::Rule;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::secret::Portrait;
use uketsuke::ports::{Camera, FaceCommand, FaceEngine, FaceReply, FrameSlot, Outbox, Reply, Report};

use super::repository;

const NEEDLES: &str = "UKETSUKE_TEST_NEEDLES";

/// Changes every byte, there and back.
const DISGUISE: u8 = 0x5A;

/// Bytes of every needle.
const LENGTH: usize = 64;

fn choice() -> PackChoice {
    PackChoice { models: Some(repository("models")), ..PackChoice::default() }
}

fn portrait_path() -> PathBuf {
    repository("assets/people/p02/portrait.jp2")
}

fn clip() -> PathBuf {
    repository("assets/people/p02/clip")
}

/// Pieces of the portrait file, of its pixels, of every frame's pixels, of one look at the portrait and of its template.
fn needles() -> Vec<u8> {
    let jp2 = std::fs::read(portrait_path()).expect("the portrait");
    let mut needles = vec![jp2[jp2.len() / 2..][..LENGTH].to_vec()];
    let portrait = decode_portrait(&jp2).expect("a portrait");
    let mut row = |frame: &uketsuke::ports::Frame, x: usize, y: usize| {
        let start = (y * frame.width() as usize + x) * 3;
        needles.push(frame.rgb()[start..start + LENGTH].to_vec());
    };
    row(&portrait, 80, 120);
    for n in 0..20 {
        let frame = open_picture(&clip().join(format!("{n:03}.jpg"))).expect("a frame");
        row(&frame, 300, 200);
    }
    let models = Models::load(&Pack::open(&choice()).expect("the pack")).expect("the models");
    let mut analyzer = Analyzer::new(&models).expect("an analyzer");
    let face = analyzer.face(&portrait).expect("it runs").expect("a face");
    let look = analyzer.embed(&portrait, &face).expect("it runs").expect("one look at the portrait");
    let template = analyzer.template(&portrait).expect("it runs").expect("a template");
    for numbers in [look.numbers(), template.numbers()] {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_ne_bytes()).collect();
        needles.push(bytes[..LENGTH].to_vec());
    }
    needles.into_iter().flatten().map(|byte| byte ^ DISGUISE).collect()
}

/// Numbers of the needles found in this process, with the place of each.
fn search(disguised: &[u8]) -> Vec<(usize, String)> {
    let needles: Vec<&[u8]> = disguised.chunks_exact(LENGTH).collect();
    let mut starts = vec![false; 1 << 16];
    for needle in &needles {
        starts[usize::from(u16::from_le_bytes([needle[0] ^ DISGUISE, needle[1] ^ DISGUISE]))] = true;
    }
    let memory = File::open("/proc/self/mem").expect("own memory");
    let maps = std::fs::read_to_string("/proc/self/maps").expect("the map of own memory");
    let (mut found, mut chunk) = (Vec::new(), vec![0u8; 1 << 20]);
    let own = chunk.as_ptr() as u64..chunk.as_ptr() as u64 + chunk.len() as u64;
    for region in maps.lines().filter(|line| line.contains(" rw")) {
        let range = region.split(' ').next().and_then(|range| range.split_once('-')).expect("a range");
        let [start, end] = [range.0, range.1].map(|hex| u64::from_str_radix(hex, 16).expect("an address"));
        let mut place = start;
        while place < end {
            let want = chunk.len().min((end - place) as usize);
            let Ok(read) = memory.read_at(&mut chunk[..want], place) else { break };
            for n in 0..read.saturating_sub(LENGTH - 1) {
                if !starts[usize::from(u16::from_le_bytes([chunk[n], chunk[n + 1]]))]
                    || own.contains(&(place + n as u64))
                {
                    continue;
                }
                let same = |needle: &&[u8]| needle.iter().zip(&chunk[n..n + LENGTH]).all(|(a, b)| a ^ DISGUISE == *b);
                if let Some(which) = needles.iter().position(same) {
                    found.push((which, format!("{:x} in {}", place + n as u64, region.trim())));
                }
            }
            if read <= LENGTH || read < want {
                break;
            }
            place += (read - LENGTH) as u64;
            if end - place <= LENGTH as u64 {
                break;
            }
        }
    }
    found
}

#[test]
fn nothing_of_a_finished_attempt_is_left_in_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("needles");
    std::fs::write(&list, needles()).expect("written");
    let own = std::env::current_exe().expect("this program");
    let output = Command::new(own)
        .args(["--exact", "attempt::the_process_that_is_searched", "--ignored", "--nocapture"])
        .env(NEEDLES, &list)
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.contains("needles: nothing left"));
}

#[test]
#[ignore = "started by the test above"]
fn the_process_that_is_searched() {
    let Some(list) = std::env::var_os(NEEDLES) else {
        return println!("no list of needles: started by the other test only");
    };
    let disguised = std::fs::read(list).expect("the needles");
    let count = disguised.len() / LENGTH;
    let (send, reports) = mpsc::channel();
    let outbox = Outbox::new(move |report| drop(send.send(report)));
    let engine = FaceEngineTract::start(choice(), 1, outbox.clone());
    let camera = RecordedCamera::new(clip(), Pace::LockStep, outbox);
    let ticket = |n| Ticket { reception: ReceptionId(1), effect: EffectId(n) };
    let answer = |wanted| loop {
        match reports.recv_timeout(Duration::from_secs(150)).expect("a report") {
            Report::Answered(t, result) if t == wanted => return result,
            _ => {}
        }
    };
    let rule = Rule { budget: Duration::from_secs(100), ..Rule::default() };
    let portrait = Arc::new(Portrait::new(std::fs::read(portrait_path()).expect("the portrait")));
    let slot = FrameSlot::new();
    camera.open(ticket(1), slot.clone());
    engine.submit(ticket(1), FaceCommand::Match { portrait: portrait.clone(), frames: slot.clone(), rule });
    let Ok(Reply::Face(FaceReply::Seen(evidence))) = answer(ticket(1)) else { panic!("no evidence") };
    let during = search(&disguised);
    assert!(during.iter().any(|(which, _)| *which == 0), "while the reception lasts, the portrait is found");
    assert!(during.iter().any(|(which, _)| (2..22).contains(which)), "and a frame");
    assert!(during.iter().any(|(which, _)| *which == count - 1), "and the template");
    slot.close();
    drop((slot, camera, portrait));
    engine.forget();
    // The engine has forgotten when it answers again.
    let nothing = Arc::new(Portrait::new(vec![0; 40]));
    let closed = FrameSlot::new();
    closed.close();
    engine.submit(ticket(2), FaceCommand::Match { portrait: nothing, frames: closed, rule });
    assert!(answer(ticket(2)).is_err());
    let left = search(&disguised);
    for (which, place) in &left {
        println!("needle {which}: {place}");
    }
    assert!(left.is_empty(), "{} of {count} needles are left", left.len());
    println!(
        "{count} needles: nothing left, {} good frames, {} places during the attempt",
        evidence.good_frames,
        during.len()
    );
}
