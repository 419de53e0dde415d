//! A camera that does what a real one did on the bench, and what the adapter makes of it. Waits are the adapter's own, short here;
//! nothing is asserted about time.

use super::*;

use std::sync::atomic::AtomicU32;

const SHORT: Patience = Patience {
    first: Duration::from_secs(20),
    quiet: Duration::from_millis(60),
    stalled: Duration::from_secs(20),
    covered: Duration::from_millis(80),
    slice: Duration::from_millis(2),
};

/// What a camera does when it is opened for the n-th time: what each wait gives, then for ever the last.
type Script = fn(opening: u32, picture: u32) -> Act;

enum Act {
    Picture,
    Blank,
    Broken,
    Nothing,
    Fails(Failure),
    /// Panics, as a driver's library does.
    Panics,
}

struct Scripted {
    script: Script,
    opened: Arc<AtomicU32>,
    /// Cameras that are open now; two at once would be a fault.
    now: Arc<AtomicU32>,
    private: bool,
}

impl Driver for Scripted {
    fn cameras(&self) -> Vec<Listed> {
        vec![Listed { number: 0, name: "Bench".into(), link: "/dev/video0".into() }]
    }

    fn open(&self, _choice: &CameraChoice) -> Result<Box<dyn Opened>, Trouble> {
        let opening = self.opened.fetch_add(1, Ordering::SeqCst) + 1;
        if let Act::Fails(failure) = (self.script)(opening, 0) {
            return Err(Trouble::new(failure, "it offers only H264"));
        }
        assert_eq!(self.now.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
        Ok(Box::new(OpenedScript {
            opening,
            picture: 0,
            script: self.script,
            now: self.now.clone(),
            private: self.private,
        }))
    }
}

struct OpenedScript {
    opening: u32,
    picture: u32,
    script: Script,
    now: Arc<AtomicU32>,
    private: bool,
}

impl Opened for OpenedScript {
    fn next(&mut self, patience: Duration) -> Result<Given, Trouble> {
        self.picture += 1;
        let frame = |ripple: u8| Frame::new(64, 48, (0..64 * 48 * 3).map(|n| (n % 7) as u8 * ripple).collect());
        Ok(match (self.script)(self.opening, self.picture) {
            Act::Picture => Given::Picture(frame(30).expect("a frame")),
            Act::Blank => Given::Picture(frame(0).expect("a frame")),
            Act::Broken => Given::Broken,
            Act::Nothing => {
                // The wait of a driver that has nothing.
                let never = FrameSlot::new();
                let _ = never.wait_newer(0, patience);
                Given::Nothing
            }
            Act::Fails(failure) => return Err(Trouble::new(failure, "the cable was pulled")),
            Act::Panics => panic!("the driver's library gives up"),
        })
    }

    fn is_private(&self) -> bool {
        self.private
    }
}

impl Drop for OpenedScript {
    fn drop(&mut self) {
        self.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A camera with a script, and what can be seen of it.
struct Bench {
    camera: RealCamera,
    reports: mpsc::Receiver<Report>,
    opened: Arc<AtomicU32>,
}

fn bench(script: Script, private: bool) -> Bench {
    bench_with(script, private, SHORT)
}

fn bench_with(script: Script, private: bool, patience: Patience) -> Bench {
    let (send, reports) = mpsc::channel();
    let outbox = Outbox::new(move |report| drop(send.send(report)));
    let opened = Arc::<AtomicU32>::default();
    let driver = Scripted { script, opened: opened.clone(), now: Arc::default(), private };
    let camera = RealCamera::with(CameraChoice::Index(0), outbox, Box::new(driver), patience);
    Bench { camera, reports, opened }
}

const LONG: Duration = Duration::from_secs(20);

impl Bench {
    fn attempt(&self, effect: u64) -> FrameSlot {
        let slot = FrameSlot::new();
        self.camera.open(Ticket { reception: ReceptionId(1), effect: EffectId(effect) }, slot.clone());
        slot
    }

    fn failure(&self) -> Failure {
        match self.reports.recv_timeout(LONG).expect("a report") {
            Report::Answered(_, Err(failure)) => failure,
            _ => panic!("only a failure is an answer of a camera"),
        }
    }

    fn openings(&self) -> u32 {
        self.opened.load(Ordering::SeqCst)
    }
}

#[test]
fn a_lens_is_covered_only_after_a_while_without_break() {
    let (mut watch, start, long) = (BlankWatch::default(), Instant::now(), PATIENCE.covered);
    assert!(!watch.covered(true, start, long));
    assert!(!watch.covered(true, start + long / 2, long));
    assert!(!watch.covered(false, start + long / 2, long));
    assert!(!watch.covered(true, start + long, long));
    assert!(watch.covered(true, start + long * 2, long));
}

#[test]
fn a_camera_that_is_not_there_fails_once() {
    let (send, receive) = mpsc::channel();
    let outbox = Outbox::new(move |report| drop(send.send(report)));
    let camera = RealCamera::new(CameraChoice::Id("no such camera at all".into()), outbox);
    let slot = FrameSlot::new();
    let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(7) };
    camera.open(ticket, slot.clone());
    let report = receive.recv_timeout(LONG).expect("a report");
    assert!(matches!(report, Report::Answered(t, Err(Failure::CameraGone)) if t == ticket));
    slot.close();
    drop(camera);
    assert!(receive.recv().is_err(), "the channel closes when all threads have ended, without a second report");
}

#[test]
fn a_camera_that_stops_sending_is_opened_again_in_the_same_attempt_and_in_the_next() {
    let bench = bench(|_, picture| if picture <= 5 { Act::Picture } else { Act::Nothing }, false);
    for attempt in 1..=3 {
        let slot = bench.attempt(attempt);
        // Five pictures of each opening, so the eleventh is of the third.
        let mut newest = 0;
        while newest < 11 {
            (newest, _) = slot.wait_newer(newest, LONG).expect("pictures go on");
        }
        assert_eq!(bench.openings(), attempt as u32 * 3);
        // Two openings more are all that one attempt gets.
        assert_eq!(bench.failure(), Failure::CameraNoPicture);
        slot.close();
    }
}

#[test]
fn an_attempt_that_is_over_lets_the_camera_go_while_it_is_silent() {
    let bench = bench(|opening, _| if opening == 2 { Act::Picture } else { Act::Nothing }, false);
    let silent = bench.attempt(1);
    while bench.openings() < 1 {
        assert!(silent.wait_newer(0, Duration::from_millis(5)).is_none());
    }
    silent.close();
    let next = bench.attempt(2);
    assert!(next.wait_newer(0, LONG).is_some());
    next.close();
}

#[test]
fn a_camera_that_never_begins_is_given_up() {
    let short = Patience { first: Duration::from_millis(50), ..SHORT };
    let bench = bench_with(|_, _| Act::Nothing, false, short);
    let slot = bench.attempt(1);
    assert_eq!(bench.failure(), Failure::CameraNoPicture);
    slot.close();
}

#[test]
fn damaged_pictures_reach_nobody_and_too_many_open_the_camera_anew() {
    // Every second one for ever, never ten in a row.
    let bench = bench(
        |opening, picture| match (opening, picture % 2) {
            (1, 0) | (2, 0) => Act::Broken,
            _ => Act::Picture,
        },
        false,
    );
    let slot = bench.attempt(1);
    let mut newest = 0;
    while bench.openings() < 3 {
        (newest, _) = slot.wait_newer(newest, LONG).expect("the good ones go on");
    }
    slot.close();
    // A few are forgiven.
    let bench = self::bench(|_, picture| if (3..9).contains(&picture) { Act::Broken } else { Act::Picture }, false);
    let slot = bench.attempt(1);
    let mut newest = 0;
    while newest < 40 {
        (newest, _) = slot.wait_newer(newest, LONG).expect("pictures");
    }
    assert_eq!(bench.openings(), 1);
    slot.close();
}

#[test]
fn nothing_but_damaged_pictures_is_no_picture() {
    let bench = bench(|_, _| Act::Broken, false);
    let slot = bench.attempt(1);
    assert_eq!(bench.failure(), Failure::CameraNoPicture);
    assert_eq!(bench.openings(), 3);
    assert!(slot.wait_newer(0, Duration::ZERO).is_none());
    slot.close();
}

#[test]
fn what_opening_anew_cannot_mend_ends_at_once() {
    for failure in [Failure::CameraGone, Failure::CameraBusy, Failure::CameraPrivate, Failure::CameraFormat] {
        let script: Script = match failure {
            Failure::CameraGone => |_, _| Act::Fails(Failure::CameraGone),
            Failure::CameraBusy => |_, _| Act::Fails(Failure::CameraBusy),
            Failure::CameraPrivate => |_, _| Act::Fails(Failure::CameraPrivate),
            _ => |_, _| Act::Fails(Failure::CameraFormat),
        };
        let bench = bench(script, false);
        let slot = bench.attempt(1);
        assert_eq!((bench.failure(), bench.openings()), (failure, 1));
        slot.close();
    }
    let pulled = bench(|_, picture| if picture < 4 { Act::Picture } else { Act::Fails(Failure::CameraGone) }, false);
    let slot = pulled.attempt(1);
    assert_eq!((pulled.failure(), pulled.openings()), (Failure::CameraGone, 1));
    slot.close();
    // Plugged in again: the next attempt has pictures.
    let pulled = bench(|opening, _| if opening == 1 { Act::Panics } else { Act::Picture }, false);
    let slot = pulled.attempt(1);
    assert_eq!(pulled.failure(), Failure::CameraGone, "a panic of the driver is an answer");
    slot.close();
    let slot = pulled.attempt(2);
    assert!(slot.wait_newer(0, LONG).is_some());
    slot.close();
}

#[test]
fn a_picture_that_stays_blank_is_a_cover_or_a_switch() {
    for (private, failure) in [(false, Failure::CameraNoPicture), (true, Failure::CameraPrivate)] {
        let bench = bench(|_, _| Act::Blank, private);
        let slot = bench.attempt(1);
        assert_eq!((bench.failure(), bench.openings()), (failure, 1));
        slot.close();
    }
}

#[test]
fn the_doctor_says_what_a_camera_offers_that_cannot_be_used() {
    let bench = bench(|_, _| Act::Fails(Failure::CameraFormat), false);
    let [finding] = &bench.camera.diagnose()[..] else { panic!("one finding") };
    assert!(finding.detail.contains("(U-316): it offers only H264; found: Bench (0)"), "{}", finding.detail);
    assert!(finding.remedy.contains("MJPEG"), "{}", finding.remedy);
}
