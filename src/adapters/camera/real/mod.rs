//! Real cameras through nokhwa: one thread takes pictures, one watches that they come.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use nokhwa::utils::{
    CameraIndex, ControlValueDescription, ControlValueSetter, FrameFormat, KnownCameraControl, RequestedFormat,
    RequestedFormatType,
};
use parking_lot::Mutex;

use crate::domain::failure::Failure;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::ports::{Camera, Diagnose, Finding, FrameSlot, Outbox, Report};

use super::convert::{is_blank, to_rgb};
use super::device::{CameraChoice, failure_of, list, may_reopen, nearest, pixels};

/// A webcam needs a second or two for its first picture.
const FIRST_FRAME: Duration = Duration::from_secs(5);

/// No picture for so long: unplugged or stuck.
const STALLED: Duration = Duration::from_secs(3);

/// Blank pictures for so long: covered or switched off; shorter is warming up.
const COVERED: Duration = Duration::from_secs(3);

/// Broken pictures in a row that are forgiven; MJPEG over a bad cable loses some.
const BROKEN_IN_A_ROW: u32 = 10;

/// How often a camera whose pictures broke is opened anew within one attempt.
const REOPENED: u32 = 2;

/// Video4Linux's number of the control that says whether a privacy switch is on.
#[cfg(target_os = "linux")]
const PRIVACY: KnownCameraControl = KnownCameraControl::Other(0x009A_0910);

/// A camera of the system, opened anew for every attempt.
pub struct RealCamera {
    choice: CameraChoice,
    outbox: Outbox,
    /// Held while the device is open: a thread that is about to leave must be gone before the next one comes.
    device: Arc<Mutex<()>>,
}

impl RealCamera {
    /// Nothing is touched before the camera is opened.
    pub fn new(choice: CameraChoice, outbox: Outbox) -> Self {
        Self { choice, outbox, device: Arc::default() }
    }
}

impl Camera for RealCamera {
    fn open(&self, ticket: Ticket, slot: FrameSlot) {
        start(&self.choice, &self.device, ticket, slot, &self.outbox);
    }
}

impl Diagnose for RealCamera {
    fn diagnose(&self) -> Vec<Finding> {
        let names: Vec<_> =
            list().iter().map(|camera| format!("{} ({})", camera.human_name(), camera.index())).collect();
        let found = if names.is_empty() { "no camera is connected".into() } else { names.join(", ") };
        let (send, receive) = mpsc::channel();
        let outbox = Outbox::new(move |report| {
            // The receiver is gone when a picture came first; then nobody needs the report.
            let _ = send.send(report);
        });
        let slot = FrameSlot::new();
        let ticket = Ticket { reception: ReceptionId::NOBODY, effect: EffectId(0) };
        start(&self.choice, &self.device, ticket, slot.clone(), &outbox);
        drop(outbox);
        let picture = slot.wait_newer(0, FIRST_FRAME + Duration::from_secs(1)).map(|(_, frame)| frame);
        slot.close();
        vec![match picture {
            Some(frame) if is_blank(&frame) => Finding::warning(
                "camera",
                format!("{found}; its picture is black or of one colour"),
                "open the lens cover or privacy switch, turn on the light",
            ),
            Some(frame) => Finding::good("camera", format!("{found}; {}×{} pixels", frame.width(), frame.height())),
            None => {
                let code = match receive.try_recv() {
                    Ok(Report::Answered(_, Err(failure))) => failure.code(),
                    _ => Failure::CameraNoPicture.code(),
                };
                Finding::bad(
                    "camera",
                    format!("no picture from {:?} ({code}); found: {found}", self.choice),
                    "plug the camera in, close other programs that use it, allow camera access, check `camera` in the configuration",
                )
            }
        }]
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

fn start(choice: &CameraChoice, device: &Arc<Mutex<()>>, ticket: Ticket, slot: FrameSlot, outbox: &Outbox) {
    let once = Once { ticket, outbox: outbox.clone(), sent: Arc::default() };
    let capture = {
        let (choice, device, once, slot) = (choice.clone(), device.clone(), once.clone(), slot.clone());
        move || {
            let _open = device.lock();
            // The library has asserts of its own; a panic there must be an answer, not silence.
            match catch_unwind(AssertUnwindSafe(|| capture(&choice, &slot))) {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => once.fail(failure, &slot),
                Err(_) => once.fail(Failure::CameraGone, &slot),
            }
        }
    };
    let watch = {
        let (once, slot) = (once.clone(), slot.clone());
        move || watch(&once, &slot)
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

/// Reports when pictures do not begin or stop coming: reading a frame blocks inside the driver and has no time-out.
fn watch(once: &Once, slot: &FrameSlot) {
    let (mut newest, mut patience) = (0, FIRST_FRAME);
    while let Some((number, _)) = slot.wait_newer(newest, patience) {
        (newest, patience) = (number, STALLED);
    }
    once.fail(Failure::CameraNoPicture, slot);
}

/// Publishes pictures until the slot closes; a camera whose pictures broke is opened anew a few times. The list of cameras is
/// read each time, so one that was plugged in again is found under its new number.
fn capture(choice: &CameraChoice, slot: &FrameSlot) -> Result<(), Failure> {
    let mut reopened = 0;
    loop {
        match capture_once(choice, slot) {
            Err(Stop { again: true, .. }) if reopened < REOPENED && !slot.is_closed() => {
                reopened += 1;
                tracing::warn!(reopened, "the camera is opened again");
            }
            outcome => return outcome.map_err(|stop| stop.failure),
        }
    }
}

/// Why pictures ended, and whether opening the camera anew may help.
struct Stop {
    failure: Failure,
    again: bool,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self { failure, again: may_reopen(failure) }
    }
}

fn capture_once(choice: &CameraChoice, slot: &FrameSlot) -> Result<(), Stop> {
    if slot.is_closed() {
        return Ok(());
    }
    let failed = |doing: &str, error: &nokhwa::NokhwaError| {
        tracing::warn!("the camera fails {doing}: {error}");
        Stop::from(failure_of(error))
    };
    let index = choice.resolve().ok_or(Failure::CameraGone)?;
    let mut camera = open(index).map_err(|error| failed("to open", &error))?;
    let (mut blank, mut broken) = (BlankWatch::default(), 0);
    while !slot.is_closed() {
        let buffer = camera.frame().map_err(|error| failed("to give a frame", &error))?;
        let size = buffer.resolution();
        let frame = pixels(buffer.source_frame_format())
            .and_then(|pixels| to_rgb(pixels, size.width(), size.height(), buffer.buffer()));
        let Some(frame) = frame else {
            broken += 1;
            if broken > BROKEN_IN_A_ROW {
                return Err(Failure::CameraNoPicture.into());
            }
            continue;
        };
        broken = 0;
        if blank.covered(is_blank(&frame), Instant::now()) {
            return Err(Stop { failure: covered(&camera), again: false });
        }
        slot.publish(frame);
    }
    Ok(())
}

/// Blank for too long: the privacy switch where the driver tells, else a cover; opening anew would not help.
fn covered(camera: &nokhwa::Camera) -> Failure {
    let failure = if is_private(camera) { Failure::CameraPrivate } else { Failure::CameraNoPicture };
    tracing::warn!(code = failure.code(), "the camera's picture stays blank");
    failure
}

#[cfg(target_os = "linux")]
fn is_private(camera: &nokhwa::Camera) -> bool {
    let switch = camera.camera_control(PRIVACY).ok();
    switch.is_some_and(|control| match control.description() {
        ControlValueDescription::Boolean { value, .. } => *value,
        ControlValueDescription::Integer { value, .. } | ControlValueDescription::IntegerRange { value, .. } => {
            *value != 0
        }
        _ => false,
    })
}

#[cfg(not(target_os = "linux"))]
fn is_private(_: &nokhwa::Camera) -> bool {
    false
}

/// Asks a driver that can do it to expose for a face against the light; without it nothing changes.
fn expose_for_faces(camera: &mut nokhwa::Camera) {
    let Ok(control) = camera.camera_control(KnownCameraControl::BacklightComp) else { return };
    let most = match control.description() {
        ControlValueDescription::IntegerRange { max, .. } => ControlValueSetter::Integer(*max),
        ControlValueDescription::Boolean { .. } => ControlValueSetter::Boolean(true),
        _ => return,
    };
    if let Err(error) = camera.set_camera_control(KnownCameraControl::BacklightComp, most) {
        tracing::debug!("the driver refuses backlight compensation: {error}");
    }
}

fn open(index: CameraIndex) -> Result<nokhwa::Camera, nokhwa::NokhwaError> {
    const FORMATS: &[FrameFormat] = &[FrameFormat::YUYV, FrameFormat::NV12, FrameFormat::MJPEG];
    // The library's own "closest" finds nothing when the exact size is missing, so any format first, then ours.
    let any = RequestedFormat::with_formats(RequestedFormatType::None, FORMATS);
    let mut camera = nokhwa::Camera::new(index, any)?;
    if let Some(best) = nearest(&camera.compatible_camera_formats()?)
        && best != camera.camera_format()
    {
        camera.set_camera_requset(RequestedFormat::with_formats(RequestedFormatType::Exact(best), FORMATS))?;
    }
    expose_for_faces(&mut camera);
    camera.open_stream()?;
    Ok(camera)
}

/// Tells a covered lens from one that is warming up.
#[derive(Default)]
struct BlankWatch {
    since: Option<Instant>,
}

impl BlankWatch {
    /// Takes the next picture; true when pictures have been blank for too long.
    fn covered(&mut self, blank: bool, now: Instant) -> bool {
        if !blank {
            self.since = None;
            return false;
        }
        now.duration_since(*self.since.get_or_insert(now)) >= COVERED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lens_is_covered_only_after_a_while_without_break() {
        let (mut watch, start) = (BlankWatch::default(), Instant::now());
        assert!(!watch.covered(true, start));
        assert!(!watch.covered(true, start + COVERED / 2));
        assert!(!watch.covered(false, start + COVERED / 2));
        assert!(!watch.covered(true, start + COVERED));
        assert!(watch.covered(true, start + COVERED * 2));
    }

    #[test]
    fn a_camera_that_is_not_there_fails_once() {
        let (send, receive) = mpsc::channel();
        let outbox = Outbox::new(move |report| drop(send.send(report)));
        let camera = RealCamera::new(CameraChoice::Id("no such camera at all".into()), outbox);
        let slot = FrameSlot::new();
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(7) };
        camera.open(ticket, slot.clone());
        let report = receive.recv_timeout(Duration::from_secs(20)).expect("a report");
        assert!(matches!(report, Report::Answered(t, Err(Failure::CameraGone)) if t == ticket));
        slot.close();
        drop(camera);
        assert!(receive.recv().is_err(), "the channel closes when all threads have ended, without a second report");
    }
}
