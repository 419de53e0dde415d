//! Real cameras through the system's driver: one thread takes pictures, one watches that they come.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::ports::{Camera, Diagnose, Finding, Frame, FrameSlot, Outbox, Report};

use super::choice::{CameraChoice, Listed};
use super::convert::is_blank;

/// How often a camera whose pictures broke or stopped is opened anew within one attempt.
const REOPENED: u32 = 2;

/// Badness at which a camera is opened anew: a broken picture adds two, a good one takes one away. Ten broken ones in a row are
/// forgiven (MJPEG over a bad cable loses some), every second one for ever is not.
const BROKEN: u32 = 20;

/// How long each thing may take.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// To the first picture after opening: a webcam needs a second or two.
    pub(super) first: Duration,
    /// From one picture to the next before the camera is opened anew.
    pub(super) quiet: Duration,
    /// From one picture to the next before the attempt is given up: unplugged or stuck, and opening anew did not help.
    pub(super) stalled: Duration,
    /// Blank pictures for so long: covered or switched off; shorter is warming up.
    pub(super) covered: Duration,
    /// Between two looks whether the attempt is over.
    pub(super) slice: Duration,
}

const PATIENCE: Patience = Patience {
    first: Duration::from_secs(5),
    quiet: Duration::from_millis(1500),
    stalled: Duration::from_secs(4),
    covered: Duration::from_secs(3),
    slice: Duration::from_millis(200),
};

/// Why a camera gives no pictures: the failure, and the cause in words for the log and the doctor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) failure: Failure,
    pub(super) cause: String,
}

impl Trouble {
    pub(super) fn new(failure: Failure, cause: impl Into<String>) -> Self {
        Self { failure, cause: cause.into() }
    }

    /// Broken pictures and stuck streams may end when the camera is opened anew; a missing, held or switched-off camera, and
    /// one without a usable format, stays what it is.
    fn may_pass(&self) -> bool {
        self.failure == Failure::CameraNoPicture
    }
}

/// What waiting for a picture gave.
pub(super) enum Given {
    /// A whole picture.
    Picture(Frame),
    /// One that was cut off, marked as damaged, or cannot be read.
    Broken,
    /// None yet.
    Nothing,
}

/// The way to the system's cameras.
pub(super) trait Driver: Send + Sync {
    /// Those that give pictures; empty when the system cannot be asked.
    fn cameras(&self) -> Vec<Listed>;

    /// Opens one and starts its pictures; the list is read each time, so one that was plugged in again is found.
    fn open(&self, choice: &CameraChoice) -> Result<Box<dyn Opened>, Trouble>;
}

/// A camera that sends pictures; dropping it ends that.
pub(super) trait Opened {
    /// Waits for the next picture, about as long as `patience` where the system lets us.
    fn next(&mut self, patience: Duration) -> Result<Given, Trouble>;

    /// Whether its privacy switch is on, where the driver tells.
    fn is_private(&self) -> bool;
}

/// A camera of the system, opened anew for every attempt.
pub struct RealCamera {
    shared: Arc<Shared>,
    outbox: Outbox,
}

struct Shared {
    choice: CameraChoice,
    driver: Box<dyn Driver>,
    patience: Patience,
    /// Held while the device is open: a thread that is about to leave must be gone before the next one comes.
    device: Mutex<()>,
    /// What went wrong last, for the doctor.
    cause: Mutex<Option<String>>,
}

impl RealCamera {
    /// Nothing is touched before the camera is opened.
    pub fn new(choice: CameraChoice, outbox: Outbox) -> Self {
        Self::with(choice, outbox, super::system_driver(), PATIENCE)
    }

    pub(super) fn with(choice: CameraChoice, outbox: Outbox, driver: Box<dyn Driver>, patience: Patience) -> Self {
        let (device, cause) = (Mutex::default(), Mutex::default());
        Self { shared: Arc::new(Shared { choice, driver, patience, device, cause }), outbox }
    }
}

impl Camera for RealCamera {
    fn open(&self, ticket: Ticket, slot: FrameSlot) {
        start(&self.shared, ticket, slot, &self.outbox);
    }
}

impl Diagnose for RealCamera {
    fn diagnose(&self) -> Vec<Finding> {
        let names: Vec<_> = self.shared.driver.cameras().iter().map(Listed::to_string).collect();
        let found = if names.is_empty() { "no camera is connected".into() } else { names.join(", ") };
        let (send, receive) = mpsc::channel();
        let outbox = Outbox::new(move |report| {
            // The receiver is gone when a picture came first; then nobody needs the report.
            let _ = send.send(report);
        });
        let slot = FrameSlot::new();
        let ticket = Ticket { reception: ReceptionId::NOBODY, effect: EffectId(0) };
        *self.shared.cause.lock() = None;
        start(&self.shared, ticket, slot.clone(), &outbox);
        drop(outbox);
        let picture = first_picture(&slot, &receive, self.shared.patience.first + Duration::from_secs(1));
        slot.close();
        vec![match picture {
            Ok(frame) if is_blank(&frame) => Finding::warning(
                "camera",
                format!("{found}; its picture is black or of one colour"),
                "open the lens cover or privacy switch, turn on the light",
            ),
            Ok(frame) => Finding::good("camera", format!("{found}; {}×{} pixels", frame.width(), frame.height())),
            Err(failure) => {
                let cause = self.shared.cause.lock().take().map(|cause| format!(": {cause}")).unwrap_or_default();
                let said =
                    format!("no picture from {:?} ({}){cause}; found: {found}", self.shared.choice, failure.code());
                Finding::bad("camera", said, remedy(failure))
            }
        }]
    }
}

/// The first picture, or why there is none.
fn first_picture(slot: &FrameSlot, failed: &mpsc::Receiver<Report>, within: Duration) -> Result<Arc<Frame>, Failure> {
    let picture = slot.wait_newer(0, within).map(|(_, frame)| frame);
    picture.ok_or_else(|| match failed.try_recv() {
        Ok(Report::Answered(_, Err(failure))) => failure,
        _ => Failure::CameraNoPicture,
    })
}

fn remedy(failure: Failure) -> &'static str {
    match failure {
        Failure::CameraFormat => "use a camera that offers MJPEG, YUYV, NV12 or grey pictures",
        Failure::CameraBusy => "close the other program that uses the camera",
        Failure::CameraPrivate => "open the privacy switch of the camera; on Windows, allow programs to use it",
        Failure::CameraNoPicture => "uncover the lens, check the cable, unplug the camera and plug it in again",
        _ => "plug the camera in, allow this account to use it, check `camera` in the configuration",
    }
}

/// Reports one failure at most.
#[derive(Clone)]
struct Once {
    ticket: Ticket,
    outbox: Outbox,
    sent: Arc<AtomicBool>,
}

impl Once {
    fn fail(&self, failure: Failure, slot: &FrameSlot) {
        if !slot.is_closed() && !self.sent.swap(true, Ordering::SeqCst) {
            self.outbox.answer(self.ticket, Err(failure));
        }
    }
}

fn start(shared: &Arc<Shared>, ticket: Ticket, slot: FrameSlot, outbox: &Outbox) {
    let once = Once { ticket, outbox: outbox.clone(), sent: Arc::default() };
    let capture = {
        let (shared, once, slot) = (Arc::clone(shared), once.clone(), slot.clone());
        move || {
            let _open = shared.device.lock();
            // Drivers' libraries have asserts of their own; a panic there must be an answer, not silence.
            match catch_unwind(AssertUnwindSafe(|| capture(&shared, &slot))) {
                Ok(Ok(())) => {}
                Ok(Err(trouble)) => {
                    *shared.cause.lock() = Some(trouble.cause);
                    once.fail(trouble.failure, &slot);
                }
                Err(_) => once.fail(Failure::CameraGone, &slot),
            }
        }
    };
    let watch = {
        let (once, slot, patience) = (once.clone(), slot.clone(), shared.patience);
        move || watch(&once, &slot, patience)
    };
    let started = spawn("camera", capture).and_then(|()| spawn("camera-watch", watch));
    if let Err(error) = started {
        tracing::error!("no thread for the camera: {error}");
        once.fail(Failure::CameraGone, &slot);
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.into()).spawn(work).map(drop)
}

/// Reports when pictures do not begin or stop coming, whatever the driver does: some block for ever.
fn watch(once: &Once, slot: &FrameSlot, patience: Patience) {
    let (mut newest, mut wait) = (0, patience.first);
    while let Some((number, _)) = slot.wait_newer(newest, wait) {
        (newest, wait) = (number, patience.stalled);
    }
    once.fail(Failure::CameraNoPicture, slot);
}

/// Publishes pictures until the slot closes; a camera whose pictures broke or stopped is opened anew a few times.
fn capture(shared: &Shared, slot: &FrameSlot) -> Result<(), Trouble> {
    let mut reopened = 0;
    loop {
        match capture_once(shared, slot) {
            Err(stop) if stop.again && stop.trouble.may_pass() && reopened < REOPENED && !slot.is_closed() => {
                reopened += 1;
                tracing::warn!(reopened, cause = stop.trouble.cause, "the camera is opened again");
            }
            Err(stop) => {
                tracing::warn!(code = stop.trouble.failure.code(), cause = stop.trouble.cause, "the camera ends");
                return Err(stop.trouble);
            }
            Ok(()) => return Ok(()),
        }
    }
}

/// Why pictures ended, and whether opening the camera anew may help.
struct Stop {
    trouble: Trouble,
    again: bool,
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, again: true }
    }
}

fn capture_once(shared: &Shared, slot: &FrameSlot) -> Result<(), Stop> {
    if slot.is_closed() {
        return Ok(());
    }
    let patience = shared.patience;
    let mut camera = shared.driver.open(&shared.choice)?;
    let (mut blank, mut broken) = (BlankWatch::default(), 0u32);
    let (mut last, mut wait) = (Instant::now(), patience.first);
    while !slot.is_closed() {
        match camera.next(patience.slice)? {
            Given::Picture(frame) => {
                broken = broken.saturating_sub(1);
                (last, wait) = (Instant::now(), patience.quiet);
                if blank.covered(is_blank(&frame), last, patience.covered) {
                    return Err(Stop { trouble: covered(camera.as_ref()), again: false });
                }
                slot.publish(frame);
            }
            Given::Broken => {
                broken += 2;
                if broken > BROKEN {
                    return Err(Trouble::new(Failure::CameraNoPicture, "its pictures are damaged").into());
                }
            }
            Given::Nothing => {}
        }
        if last.elapsed() >= wait {
            return Err(Trouble::new(Failure::CameraNoPicture, "it sends no pictures").into());
        }
    }
    Ok(())
}

/// Blank for too long: the privacy switch where the driver tells, else a cover; opening anew would not help.
fn covered(camera: &dyn Opened) -> Trouble {
    let failure = if camera.is_private() { Failure::CameraPrivate } else { Failure::CameraNoPicture };
    Trouble::new(failure, "its picture stays blank")
}

/// Tells a covered lens from one that is warming up.
#[derive(Default)]
struct BlankWatch {
    since: Option<Instant>,
}

impl BlankWatch {
    /// Takes the next picture; true when pictures have been blank for too long.
    fn covered(&mut self, blank: bool, now: Instant, long: Duration) -> bool {
        if !blank {
            self.since = None;
            return false;
        }
        now.duration_since(*self.since.get_or_insert(now)) >= long
    }
}

#[cfg(test)]
mod tests;
