//! A folder of pictures played as a camera, for demo, training and tests.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{Camera, Diagnose, Finding, Frame, FrameSlot, Outbox};

/// Longest side of a picture, in pixels, and most memory that decoding it may take, in bytes.
const LONGEST: u32 = 4096;
const MOST_MEMORY: u64 = 64 << 20;

/// How fast the pictures come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// So many a second, whether anybody looks or not.
    Rate(f32),
    /// The next one when the engine has taken the last.
    LockStep,
}

type Choose = Box<dyn Fn() -> PathBuf + Send + Sync>;

/// The camera: JPEG and PNG files of one folder in the order of their names, again and again.
pub struct RecordedCamera {
    folder: Choose,
    pace: Pace,
    outbox: Outbox,
}

impl RecordedCamera {
    /// Nothing is read before the camera is opened.
    pub fn new(folder: impl Into<PathBuf>, pace: Pace, outbox: Outbox) -> Self {
        let folder = folder.into();
        Self::by(move || folder.clone(), pace, outbox)
    }

    /// Asks `folder` each time it is opened: the person before the camera of a demo changes.
    pub fn by(folder: impl Fn() -> PathBuf + Send + Sync + 'static, pace: Pace, outbox: Outbox) -> Self {
        Self { folder: Box::new(folder), pace, outbox }
    }
}

impl Camera for RecordedCamera {
    fn open(&self, ticket: Ticket, slot: FrameSlot) {
        let (folder, pace, outbox) = ((self.folder)(), self.pace, self.outbox.clone());
        let play = {
            let outbox = outbox.clone();
            move || {
                if let Err((failure, cause)) = play(&folder, pace, &slot) {
                    tracing::warn!("the recorded camera stops: {cause}");
                    outbox.answer(ticket, Err(failure));
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("camera".into()).spawn(play) {
            tracing::error!("no thread for the camera: {error}");
            outbox.answer(ticket, Err(Failure::CameraGone));
        }
    }
}

impl Diagnose for RecordedCamera {
    fn diagnose(&self) -> Vec<Finding> {
        let folder = (self.folder)();
        let checked = pictures(&folder).and_then(|paths| {
            paths.iter().try_for_each(|path| read(path).map(drop))?;
            Ok(paths.len())
        });
        vec![match checked {
            Ok(count) => Finding::good("camera", format!("recorded: {count} pictures in {}", folder.display())),
            Err((_, cause)) => Finding::bad("camera", cause, "give a folder of JPEG or PNG pictures"),
        }]
    }
}

/// What stops the camera: the failure, and its cause for the log.
type Stopped = (Failure, String);

fn play(folder: &Path, pace: Pace, slot: &FrameSlot) -> Result<(), Stopped> {
    let paths = pictures(folder)?;
    let interval = match pace {
        Pace::Rate(rate) => Duration::try_from_secs_f32(1.0 / rate).unwrap_or(Duration::from_secs(1)),
        Pace::LockStep => Duration::ZERO,
    };
    let mut due = Instant::now();
    for path in paths.iter().cycle() {
        let frame = read(path)?;
        let open = match pace {
            Pace::Rate(_) => {
                wait_until(due, slot);
                due = (due + interval).max(Instant::now());
                slot.publish(frame)
            }
            Pace::LockStep => slot.publish_after_taken(frame),
        };
        if !open {
            break;
        }
    }
    Ok(())
}

/// Waits, but no longer than the slot is open.
fn wait_until(due: Instant, slot: &FrameSlot) {
    // No frame ever has this number: the wait ends by time or by closing.
    let _ = slot.wait_newer(u64::MAX, due.saturating_duration_since(Instant::now()));
}

fn pictures(folder: &Path) -> Result<Vec<PathBuf>, Stopped> {
    let gone = |cause: String| (Failure::CameraGone, format!("{}: {cause}", folder.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| gone(error.to_string()))? {
        let path = entry.map_err(|error| gone(error.to_string()))?.path();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        if ["jpg", "jpeg", "png"].contains(&extension.as_str()) {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() { Err(gone("no JPEG or PNG picture".into())) } else { Ok(paths) }
}

fn read(path: &Path) -> Result<Frame, Stopped> {
    let broken = |cause: String| (Failure::CameraNoPicture, format!("{}: {cause}", path.display()));
    let reader = image::ImageReader::open(path).map_err(|error| broken(error.to_string()))?;
    let mut reader = reader.with_guessed_format().map_err(|error| broken(error.to_string()))?;
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| broken(error.to_string()))?.into_rgb8();
    let (width, height) = picture.dimensions();
    Frame::new(width, height, picture.into_raw()).ok_or_else(|| broken("empty".into()))
}
