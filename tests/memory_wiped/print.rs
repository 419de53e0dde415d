//! After a card was shown to the camera nothing of it is left in memory: not a row of pixels, not the code.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use uketsuke::adapters::camera::{Pace, RecordedCamera};
use uketsuke::adapters::code_b::{BUDGET, Parts, ReadCodeB, Way};
use uketsuke::adapters::face::open_picture;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::japan;
use uketsuke::people;
use uketsuke::ports::{CodeBReply, CodeBSource, FrameSlot, Outbox, Reply, Report};

use super::memory::Search;
use super::needles::{self, Needle};
use super::repository;

const PERSON: &str = "p03";
const PATIENCE: Duration = Duration::from_secs(100);

/// The code, and a row of pixels across the middle of each picture.
fn needles() -> Vec<Needle> {
    let person = people::by_id(PERSON).expect("a person");
    let mut all = needles::of(&person);
    all.retain(|needle| needle.what.starts_with("code B"));
    for n in 0..4 {
        let picture = repository(&format!("assets/people/{PERSON}/card/{n:03}.jpg"));
        let frame = open_picture(&picture).expect("a picture");
        let start = ((frame.height() / 2) * frame.width() + frame.width() / 2) as usize * 3;
        all.push(Needle { what: format!("picture {n}"), bytes: frame.rgb()[start..][..64].to_vec() });
    }
    all
}

/// Waits until the other process says that word.
fn hears(from: &mut impl BufRead, wanted: &str) {
    let mut line = String::new();
    while !line.contains(wanted) {
        line.clear();
        assert!(from.read_line(&mut line).expect("a line") > 0, "it ended before {wanted}");
    }
}

fn found(child: &Child, needles: &[Needle]) -> Vec<String> {
    Search::new(needles)
        .process(child.id())
        .into_iter()
        .map(|found| format!("{} at {}", found.what, found.place))
        .collect()
}

#[test]
fn nothing_of_a_card_that_was_shown_is_left_in_memory() {
    let needles = needles();
    let own = std::env::current_exe().expect("this program");
    let mut child = Command::new(own)
        .args(["--exact", "print::the_process_that_reads", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut tell = child.stdin.take().expect("its input");
    let mut hear = BufReader::new(child.stdout.take().expect("its output"));
    hears(&mut hear, "reader: read");
    let during = found(&child, &needles);
    writeln!(tell, "forget").expect("it listens");
    hears(&mut hear, "reader: forgotten");
    let left = found(&child, &needles);
    writeln!(tell, "end").expect("it listens");
    assert!(child.wait().expect("it ends").success());
    assert!(
        during.iter().any(|found| found.starts_with("code B")),
        "while the visit lasts, the code is found: {during:?}"
    );
    assert!(left.is_empty(), "{left:?}");
}

#[test]
#[ignore = "started by the test above"]
fn the_process_that_reads() {
    let (send, reports) = mpsc::channel();
    let outbox = Outbox::new(move |report| drop(send.send(report)));
    let front = repository(&format!("assets/people/{PERSON}/card"));
    let parts = Parts {
        camera: Box::new(|outbox| Arc::new(RecordedCamera::new(front, Pace::LockStep, outbox))),
        one_camera: true,
        way: Box::new(|| Way::Shown),
        budget: BUDGET,
        models: Some(repository("models")),
        today: Arc::new(|| japan::day(jiff::Timestamp::now())),
    };
    let source = ReadCodeB::start(parts, outbox);
    source.wait_until_loaded();
    let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(1) };
    source.look(ticket, FrameSlot::whole(), PATIENCE);
    let print = loop {
        match reports.recv_timeout(PATIENCE).expect("an answer") {
            Report::Answered(_, Ok(Reply::CodeB(CodeBReply::Read(print)))) => break print,
            Report::Answered(..) => panic!("another answer"),
            _ => {}
        }
    };
    let mut words = std::io::stdin().lines();
    println!("reader: read");
    words.next().expect("a word").expect("forget");
    drop((print, reports));
    source.forget();
    drop(source);
    println!("reader: forgotten");
    words.next().expect("a word").expect("end");
}
