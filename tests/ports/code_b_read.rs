//! Code B read from the print: the contract of its port, and what camera, cards, models and days may do in the middle.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use jiff::civil::{Date, date};
use parking_lot::Mutex;
use uketsuke::adapters::camera::{Pace, RecordedCamera};
use uketsuke::adapters::code_b::{BUDGET, Parts, ReadCodeB, Way};
use uketsuke::adapters::face::open_picture;
use uketsuke::domain::code_b::PrintHint;
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::staff_news::StaffNews;
use uketsuke::people::by_id;
use uketsuke::ports::{
    Camera, CodeBReply, CodeBSource, Diagnose, Finding, Frame, FrameSlot, Health, News, Observation, Outbox, Reply,
    Report,
};

use crate::repository;
use crate::suite::{self, listen};

const PATIENCE: Duration = Duration::from_secs(60);

fn front(person: &str) -> PathBuf {
    repository("assets/people").join(person).join("card")
}

fn ticket(effect: u64) -> Ticket {
    Ticket { reception: ReceptionId(1), effect: EffectId(effect) }
}

/// What a film does after its pictures.
#[derive(Clone, Copy)]
enum Then {
    /// The camera is pulled out.
    Gone,
    /// Its picture is grey for ever.
    Blank,
}

/// A camera that shows the first pictures of a folder, each when the last was looked at, and then does as told.
struct Film {
    folder: PathBuf,
    pictures: usize,
    then: Then,
    outbox: Outbox,
}

impl Camera for Film {
    fn open(&self, ticket: Ticket, slot: FrameSlot) {
        let (outbox, then) = (self.outbox.clone(), self.then);
        let pictures: Vec<Frame> = pictures(&self.folder, self.pictures);
        std::thread::spawn(move || {
            let seen = pictures.into_iter().all(|picture| slot.publish_after_taken(picture));
            let blank = || Frame::new(640, 480, vec![128; 640 * 480 * 3]).expect("a frame");
            match then {
                Then::Gone if seen && slot.publish_after_taken(blank()) => {
                    outbox.answer(ticket, Err(Failure::CameraGone));
                }
                Then::Gone => {}
                Then::Blank => while slot.publish_after_taken(blank()) {},
            }
        });
    }
}

impl Diagnose for Film {
    fn diagnose(&self) -> Vec<Finding> {
        vec![Finding::good("camera", "a film")]
    }
}

fn pictures(folder: &Path, count: usize) -> Vec<Frame> {
    (0..count).map(|n| open_picture(&folder.join(format!("{n:03}.jpg"))).expect("a picture")).collect()
}

/// A source, and what it reports.
struct Rig {
    source: ReadCodeB,
    reports: Receiver<Report>,
    today: Arc<Mutex<Date>>,
}

impl Rig {
    fn new(way: Way, models: PathBuf, camera: impl FnOnce(Outbox) -> Arc<dyn Camera> + 'static) -> Self {
        let (outbox, reports) = listen();
        let today = Arc::new(Mutex::new(date(2026, 12, 1)));
        let day = Arc::clone(&today);
        let parts = Parts {
            camera: Box::new(camera),
            one_camera: false,
            way: Box::new(move || way),
            budget: BUDGET,
            models: Some(models),
            today: Arc::new(move || *day.lock()),
        };
        let source = ReadCodeB::start(parts, outbox);
        source.wait_until_loaded();
        Self { source, reports, today }
    }

    /// With a camera that plays the folder which `now` names when it is opened.
    fn playing(way: Way, now: Arc<Mutex<PathBuf>>) -> Self {
        let plays = move || now.lock().clone();
        Self::new(way, repository("models"), |outbox| Arc::new(RecordedCamera::by(plays, Pace::LockStep, outbox)))
    }

    fn film(way: Way, pictures: usize, then: Then) -> Self {
        let film = move |outbox| -> Arc<dyn Camera> { Arc::new(Film { folder: front("p03"), pictures, then, outbox }) };
        Self::new(way, repository("models"), film)
    }

    /// The one answer to that effect, and what was told before it.
    fn answer(&self, effect: u64) -> (Result<Option<String>, Failure>, Vec<Report>) {
        let mut before = Vec::new();
        loop {
            match self.reports.recv_timeout(PATIENCE).expect("an answer in time") {
                Report::Answered(answered, outcome) => {
                    assert_eq!(answered, ticket(effect));
                    return (outcome.map(code), before);
                }
                report => before.push(report),
            }
        }
    }

    /// A card is placed and its code asked for.
    fn asks(&self, effect: u64) -> Option<String> {
        self.source.card_placed();
        self.source.submit(ticket(effect), true);
        self.answer(effect).0.expect("an answer")
    }

    fn nothing_more(&self) {
        let answers = self.reports.try_iter().filter(|report| matches!(report, Report::Answered(..))).count();
        assert_eq!(answers, 0);
    }
}

/// The code of an answer that has one.
fn code(reply: Reply) -> Option<String> {
    match reply {
        Reply::CodeB(CodeBReply::Read(print)) => {
            Some(String::from_utf8(print.code_b.expose().to_vec()).expect("digits"))
        }
        Reply::CodeB(CodeBReply::Unknown) => None,
        _ => panic!("another kind of answer"),
    }
}

fn tells(reports: &[Report], wanted: &StaffNews) -> bool {
    reports.iter().any(|report| matches!(report, Report::News(News::Staff(news)) if news == wanted))
}

fn code_of(person: &str) -> Option<String> {
    Some(by_id(person).expect("a person").code_b())
}

#[test]
fn both_ways_keep_the_contract() {
    for way in [Way::Lying, Way::Shown] {
        let Rig { source, reports, .. } = Rig::playing(way, Arc::new(Mutex::new(front("p03"))));
        suite::code_b(&source, &reports);
    }
}

#[test]
fn the_card_of_the_present_visit_is_read_and_no_other() {
    let now = Arc::new(Mutex::new(front("p01")));
    let rig = Rig::playing(Way::Lying, Arc::clone(&now));
    rig.source.card_placed();
    // Swapped while it is looked at.
    *now.lock() = front("p03");
    assert_eq!(rig.asks(1), code_of("p03"));
    rig.source.submit(ticket(2), true);
    assert_eq!(rig.answer(2).0, Ok(None), "what was read is handed out once");
    rig.source.forget();
    rig.source.submit(ticket(3), true);
    assert_eq!(rig.answer(3).0, Ok(None), "the visit is over");
    rig.nothing_more();
}

#[test]
fn a_shown_card_is_asked_for_and_read_with_hints() {
    let rig = Rig::playing(Way::Shown, Arc::new(Mutex::new(front("p03"))));
    rig.source.card_placed();
    rig.source.submit(ticket(1), true);
    let wanted = rig.reports.recv_timeout(PATIENCE).expect("an answer");
    assert!(matches!(wanted, Report::Answered(_, Ok(Reply::CodeB(CodeBReply::CardWanted)))));
    rig.source.submit(ticket(2), false);
    assert_eq!(rig.answer(2).0, Ok(None), "a card near its stop is not asked for");
    let frames = FrameSlot::whole();
    rig.source.look(ticket(3), frames.clone(), PATIENCE);
    let (read, before) = rig.answer(3);
    assert_eq!(read, Ok(code_of("p03")));
    let hinted = |report: &Report| matches!(report, Report::Seen(Observation::PrintHint(to, _)) if *to == ticket(3));
    assert!(before.iter().any(hinted) && frames.is_closed());
    // Putting the card back is no new look.
    rig.source.card_placed();
    rig.source.refused();
    rig.nothing_more();
}

#[test]
fn a_camera_that_goes_in_the_middle_ends_the_look_once() {
    let out = StaffNews::CardCameraOut { failure: Failure::CameraGone };
    let rig = Rig::film(Way::Shown, 1, Then::Gone);
    rig.source.look(ticket(1), FrameSlot::whole(), PATIENCE);
    let (ended, before) = rig.answer(1);
    assert_eq!(ended, Err(Failure::CameraGone));
    assert!(tells(&before, &out));
    let rig = Rig::film(Way::Lying, 1, Then::Gone);
    rig.source.card_placed();
    rig.source.submit(ticket(2), true);
    let (ended, before) = rig.answer(2);
    assert_eq!(ended, Ok(None), "nobody hears of a camera that nobody asked for");
    assert!(tells(&before, &out));
    rig.nothing_more();
}

#[test]
fn a_picture_that_goes_blank_asks_for_the_front_until_the_look_is_over() {
    let rig = Rig::film(Way::Shown, 1, Then::Blank);
    let frames = FrameSlot::whole();
    rig.source.look(ticket(1), frames.clone(), PATIENCE);
    loop {
        match rig.reports.recv_timeout(PATIENCE).expect("a hint in time") {
            Report::Seen(Observation::PrintHint(_, PrintHint::ShowFront)) => break,
            Report::Answered(..) => panic!("the look ended"),
            _ => {}
        }
    }
    frames.close();
    assert_eq!(rig.answer(1).0, Ok(None));
    rig.source.look(ticket(2), FrameSlot::whole(), Duration::from_millis(1));
    assert_eq!(rig.answer(2).0, Ok(None), "the time is over");
    rig.nothing_more();
}

#[test]
fn without_models_the_patient_types() {
    let folder = tempfile::tempdir().expect("a folder");
    for way in [Way::Lying, Way::Shown] {
        let rig = Rig::new(way, folder.path().into(), |outbox| {
            Arc::new(RecordedCamera::new(front("p03"), Pace::LockStep, outbox))
        });
        assert_eq!(rig.asks(1), None);
        rig.source.look(ticket(2), FrameSlot::whole(), PATIENCE);
        assert_eq!(rig.answer(2).0, Ok(None));
        let finding = &rig.source.diagnose()[0];
        assert!(finding.health == Health::Bad && finding.remedy.contains("models/code-b"), "{finding:?}");
    }
}

#[test]
fn two_refusals_end_reading_until_the_next_day() {
    let rig = Rig::playing(Way::Lying, Arc::new(Mutex::new(front("p03"))));
    let refused = |effect| {
        assert_eq!(rig.asks(effect), code_of("p03"));
        rig.source.refused();
        rig.source.refused();
    };
    refused(1);
    *rig.today.lock() = date(2026, 12, 2);
    refused(2);
    assert_eq!(rig.asks(3), code_of("p03"), "one refusal a day, on two days");
    rig.source.refused();
    let told: Vec<_> = rig.reports.try_iter().collect();
    assert!(tells(&told, &StaffNews::PrintReadingOff));
    assert_eq!(rig.asks(4), None);
    assert_eq!(rig.source.diagnose()[0].health, Health::Warning);
    *rig.today.lock() = date(2026, 12, 3);
    assert_eq!(rig.asks(5), code_of("p03"), "it reads again");
}
