//! Linux: Video4Linux through the `v4l` crate, with everything that a camera or another program may leave behind.
//!
//! Waiting has a time limit, only the bytes that were filled are read, marked pictures are dropped, the format is set whatever the
//! present one is, rates need not be whole, and nodes that give no pictures are no cameras.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use v4l::buffer;
use v4l::capability::Flags;
use v4l::control::Value;
use v4l::frameinterval::FrameIntervalEnum;
use v4l::framesize::FrameSizeEnum;
use v4l::io::mmap::Stream;
use v4l::io::traits::{CaptureStream, Stream as _};
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Control, Device, Format, FourCC, Fraction};

use crate::domain::failure::Failure;

use super::choice::{CameraChoice, HEIGHT, Listed, Mode, RATE, WIDTH, by_listed_name, nearest};
use super::convert::{Pixels, to_rgb};
use super::real::{Driver, Given, Opened, Trouble};

/// Numbers of the controls that are looked at: a switch that covers the lens, and exposing for what is before a bright window.
const PRIVACY: u32 = 0x009A_0910;
const BACKLIGHT: u32 = 0x0098_091C;

/// Buffers asked of the driver; one is read while the others are filled.
const BUFFERS: usize = 4;

/// `POLLIN`.
const READABLE: i16 = 1;

/// The errors with meanings of their own, as Linux numbers them.
const GONE: [i32; 4] = [errno::ENODEV, errno::ENOENT, errno::ENXIO, errno::ESHUTDOWN];

mod errno {
    pub(super) const ENOENT: i32 = 2;
    pub(super) const ENXIO: i32 = 6;
    pub(super) const EACCES: i32 = 13;
    pub(super) const EBUSY: i32 = 16;
    pub(super) const ENODEV: i32 = 19;
    pub(super) const ENOSPC: i32 = 28;
    pub(super) const ESHUTDOWN: i32 = 108;
}

/// The kernel's cameras.
pub(super) struct Video4Linux;

impl Driver for Video4Linux {
    fn cameras(&self) -> Vec<Listed> {
        let mut cameras: Vec<_> = numbers().into_iter().filter(|number| gives_pictures(*number)).map(listed).collect();
        cameras.sort_by_key(|camera| camera.number);
        cameras
    }

    fn open(&self, choice: &CameraChoice) -> Result<Box<dyn Opened>, Trouble> {
        let number = match choice {
            CameraChoice::Index(number) => Some(*number),
            CameraChoice::Id(id) => by_stable_name(id).or_else(|| by_listed_name(id, &self.cameras())),
        };
        let number = number.ok_or_else(|| Trouble::new(Failure::CameraGone, "no camera of that name is connected"))?;
        Ok(Box::new(V4lCamera::open(&node(number))?))
    }
}

fn node(number: u32) -> PathBuf {
    PathBuf::from(format!("/dev/video{number}"))
}

fn video_number(path: &str) -> Option<u32> {
    path.strip_prefix("/dev/video")?.parse().ok()
}

/// The numbers of all video nodes.
fn numbers() -> Vec<u32> {
    let nodes = match std::fs::read_dir("/dev") {
        Ok(nodes) => nodes,
        Err(error) => {
            tracing::warn!("the system's cameras cannot be listed: {error}");
            return Vec::new();
        }
    };
    nodes.filter_map(|node| video_number(node.ok()?.path().to_str()?)).collect()
}

/// Whether a node is one for pictures: cameras have a second one for data about them. One that cannot be asked is kept, so
/// that the error is told when it is opened.
fn gives_pictures(number: u32) -> bool {
    let Ok(device) = Device::with_path(node(number)) else { return true };
    // The library insists on names in UTF-8.
    let asked = catch_unwind(AssertUnwindSafe(|| device.query_caps().map(|found| found.capabilities)));
    asked.ok().and_then(Result::ok).is_none_or(|found| found.contains(Flags::VIDEO_CAPTURE))
}

fn listed(number: u32) -> Listed {
    let name = std::fs::read(format!("/sys/class/video4linux/video{number}/name")).unwrap_or_default();
    let name = String::from_utf8_lossy(&name).trim().to_owned();
    Listed { number, name, link: node(number).display().to_string() }
}

/// The names under `/dev/v4l/by-id` lead to `/dev/videoN`.
fn by_stable_name(id: &str) -> Option<u32> {
    let target = std::fs::canonicalize(Path::new("/dev/v4l/by-id").join(id)).ok()?;
    video_number(target.to_str()?)
}

/// The first name under `/dev/v4l/by-id` that leads to this node.
pub(super) fn stable_name(number: u32) -> Option<String> {
    let names = std::fs::read_dir("/dev/v4l/by-id").ok()?.flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| by_stable_name(name) == Some(number)).min()
}

/// What an error of the kernel means for the reception, by its number: its words change with the language of the system.
fn trouble(doing: &str, error: &io::Error) -> Trouble {
    let (failure, hint) = match error.raw_os_error() {
        Some(errno::EBUSY) => (Failure::CameraBusy, ""),
        Some(errno::EACCES) => (Failure::CameraGone, "; this account may not use it (on Debian: group video)"),
        Some(errno::ENOSPC) => (Failure::CameraNoPicture, "; its USB line has no room left"),
        Some(number) if GONE.contains(&number) => (Failure::CameraGone, ""),
        _ => (Failure::CameraNoPicture, ""),
    };
    Trouble::new(failure, format!("it fails {doing}: {error}{hint}"))
}

/// A way to send pictures that the driver lists.
#[derive(Clone, Copy)]
struct Offered {
    mode: Mode,
    fourcc: FourCC,
    interval: Option<Fraction>,
}

fn pixels(fourcc: FourCC) -> Option<Pixels> {
    match &fourcc.repr {
        b"YUYV" => Some(Pixels::Yuyv),
        b"NV12" => Some(Pixels::Nv12),
        b"GREY" => Some(Pixels::Grey),
        b"MJPG" | b"JPEG" => Some(Pixels::Mjpeg),
        _ => None,
    }
}

/// All that can be used, and the names of all that there is.
fn offered(device: &Device) -> Result<(Vec<Offered>, String), Trouble> {
    let formats = device.enum_formats().map_err(|error| trouble("to name its formats", &error))?;
    let names: Vec<_> = formats.iter().map(|format| format.fourcc.to_string()).collect();
    let mut found = Vec::new();
    for fourcc in formats.iter().map(|format| format.fourcc) {
        let Some(pixels) = pixels(fourcc) else { continue };
        for (width, height) in sizes(device, fourcc) {
            let mut rates = intervals(device, fourcc, width, height);
            if rates.is_empty() {
                rates.push(None);
            }
            found.extend(rates.into_iter().map(|interval| {
                let rate =
                    interval.map_or(0.0, |Fraction { numerator, denominator }| denominator as f32 / numerator as f32);
                Offered { mode: Mode { pixels, width, height, rate }, fourcc, interval }
            }));
        }
    }
    Ok((found, names.join(", ")))
}

fn sizes(device: &Device, fourcc: FourCC) -> Vec<(u32, u32)> {
    let sizes = device.enum_framesizes(fourcc).unwrap_or_default();
    let sizes = sizes.into_iter().map(|size| match size.size {
        FrameSizeEnum::Discrete(size) => (size.width, size.height),
        FrameSizeEnum::Stepwise(range) => (
            stepped(WIDTH, range.min_width, range.max_width, range.step_width),
            stepped(HEIGHT, range.min_height, range.max_height, range.step_height),
        ),
    });
    let sizes: Vec<_> = sizes.collect();
    // Some drivers name no sizes and take what is set.
    if sizes.is_empty() { vec![(WIDTH, HEIGHT)] } else { sizes }
}

/// The value of a range nearest to what is wanted.
fn stepped(wanted: u32, least: u32, most: u32, step: u32) -> u32 {
    let within = wanted.clamp(least, most.max(least));
    within - (within - least) % step.max(1)
}

fn intervals(device: &Device, fourcc: FourCC, width: u32, height: u32) -> Vec<Option<Fraction>> {
    let found = device.enum_frameintervals(fourcc, width, height).unwrap_or_default();
    let found = found.into_iter().map(|one| match one.interval {
        FrameIntervalEnum::Discrete(interval) => interval,
        FrameIntervalEnum::Stepwise(range) => {
            let seconds = |part: &Fraction| part.numerator as f32 / part.denominator as f32;
            let wanted = 1.0 / RATE;
            if wanted < seconds(&range.min) {
                range.min
            } else if wanted > seconds(&range.max) {
                range.max
            } else {
                Fraction::new(1, RATE as u32)
            }
        }
    });
    found.filter(|one| one.numerator > 0 && one.denominator > 0).map(Some).collect()
}

/// An open camera with its stream.
struct V4lCamera {
    /// Dropped by hand: the library panics when the kernel does not take the end of a stream.
    stream: Option<Stream<'static>>,
    device: Device,
    pixels: Pixels,
    format: Format,
}

impl V4lCamera {
    fn open(path: &Path) -> Result<Self, Trouble> {
        let device = Device::with_path(path).map_err(|error| trouble("to open", &error))?;
        let (offered, names) = offered(&device)?;
        let Some(best) = nearest(&offered, |one| one.mode) else {
            let cause =
                if names.is_empty() { "it gives no pictures".into() } else { format!("it offers only {names}") };
            return Err(Trouble::new(Failure::CameraFormat, cause));
        };
        // Whatever another program has left: size, format and rate are ours from here on.
        let wanted = Format::new(best.mode.width, best.mode.height, best.fourcc);
        let format = device.set_format(&wanted).map_err(|error| trouble("to take a format", &error))?;
        let pixels = pixels(format.fourcc).ok_or_else(|| {
            Trouble::new(Failure::CameraFormat, format!("it offers {names} and sets {}", format.fourcc))
        })?;
        if let Some(interval) = best.interval
            && let Err(error) = device.set_params(&Parameters::new(interval))
        {
            tracing::debug!("the camera keeps its own rate: {error}");
        }
        expose_for_faces(&device);
        let stream = started(&device)?;
        Ok(Self { stream: Some(stream), device, pixels, format })
    }

    fn take(&mut self, patience: Duration) -> io::Result<Given> {
        let Some(stream) = &mut self.stream else { return Ok(Given::Nothing) };
        let wait = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
        // Asked first, for the stream's own time-out would leave a buffer queued twice.
        match stream.handle().poll(READABLE, wait) {
            Ok(0) => return Ok(Given::Nothing),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(Given::Nothing),
            other => other.map(drop)?,
        }
        let (bytes, about) = stream.next()?;
        let used = usize::try_from(about.bytesused).unwrap_or(usize::MAX).min(bytes.len());
        if about.flags.contains(buffer::Flags::ERROR) {
            return Ok(Given::Broken);
        }
        let (width, height) = (self.format.width, self.format.height);
        let filled = bytes.get(..used).unwrap_or_default();
        let picture = match rows(self.pixels, &self.format) {
            None => to_rgb(self.pixels, width, height, filled),
            Some(row) => {
                to_rgb(self.pixels, width, height, &zeroize::Zeroizing::new(unpadded(filled, row, self.format.stride)))
            }
        };
        Ok(picture.map_or(Given::Broken, Given::Picture))
    }
}

impl Opened for V4lCamera {
    fn next(&mut self, patience: Duration) -> Result<Given, Trouble> {
        self.take(patience).map_err(|error| trouble("to give a picture", &error))
    }

    fn is_private(&self) -> bool {
        let asked = catch_unwind(AssertUnwindSafe(|| self.device.control(PRIVACY)));
        match asked.map(|found| found.map(|control| control.value)) {
            Ok(Ok(Value::Boolean(on))) => on,
            Ok(Ok(Value::Integer(on))) => on != 0,
            _ => false,
        }
    }
}

impl Drop for V4lCamera {
    fn drop(&mut self) {
        let Some(mut stream) = self.stream.take() else { return };
        match stream.stop() {
            // Its own end would then panic, and a second time while it unmaps: what is left mapped is freed with the process.
            Err(error) if error.raw_os_error() != Some(errno::ENODEV) => {
                tracing::warn!("the camera does not end its pictures: {error}");
                std::mem::forget(stream);
            }
            _ => drop(stream),
        }
    }
}

/// A running stream. The library queues the buffer that was read last before it waits; so the first one is left to it.
fn started(device: &Device) -> Result<Stream<'static>, Trouble> {
    let failed = |error: &io::Error| trouble("to begin", error);
    let count = u32::try_from(BUFFERS).unwrap_or_default();
    let mut stream = Stream::with_buffers(device, buffer::Type::VideoCapture, count).map_err(|error| failed(&error))?;
    for index in 1..BUFFERS {
        // A driver may give fewer than were asked for; two are enough.
        match CaptureStream::queue(&mut stream, index) {
            Err(error) if index < 2 => return Err(failed(&error)),
            Err(_) => break,
            Ok(()) => {}
        }
    }
    stream.start().map_err(|error| failed(&error))?;
    Ok(stream)
}

/// Asks a driver that can do it to expose for a face against the light; without it nothing changes.
fn expose_for_faces(device: &Device) {
    // The library insists on knowing every kind of control.
    let controls = catch_unwind(AssertUnwindSafe(|| device.query_controls()));
    let controls = controls.ok().and_then(Result::ok).unwrap_or_default();
    let Some(backlight) = controls.iter().find(|control| control.id == BACKLIGHT) else { return };
    let most = Control { id: BACKLIGHT, value: Value::Integer(backlight.maximum) };
    if let Err(error) = device.set_control(most) {
        tracing::debug!("the driver refuses backlight compensation: {error}");
    }
}

/// Bytes of a row of pixels when the driver pads rows; `None` when it does not.
fn rows(pixels: Pixels, format: &Format) -> Option<u32> {
    let row = match pixels {
        Pixels::Yuyv => format.width.checked_mul(2)?,
        Pixels::Nv12 | Pixels::Grey => format.width,
        Pixels::Mjpeg => return None,
    };
    (format.stride > row).then_some(row)
}

fn unpadded(bytes: &[u8], row: u32, stride: u32) -> Vec<u8> {
    let (row, stride) = (row as usize, stride as usize);
    let mut packed = Vec::with_capacity(bytes.len());
    bytes.chunks(stride.max(1)).for_each(|line| packed.extend_from_slice(line.get(..row).unwrap_or(line)));
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_device_has_its_number() {
        assert_eq!(video_number("/dev/video12"), Some(12));
        assert_eq!(video_number("/dev/media0"), None);
        assert_eq!(by_stable_name("no such camera at all"), None);
    }

    #[test]
    fn errors_mean_what_they_say() {
        let cases = [
            (16, Failure::CameraBusy),
            (2, Failure::CameraGone),
            (6, Failure::CameraGone),
            (13, Failure::CameraGone),
            (19, Failure::CameraGone),
            (108, Failure::CameraGone),
            (5, Failure::CameraNoPicture),
            (22, Failure::CameraNoPicture),
            (28, Failure::CameraNoPicture),
            (71, Failure::CameraNoPicture),
            (110, Failure::CameraNoPicture),
        ];
        for (number, failure) in cases {
            let said = trouble("to open", &io::Error::from_raw_os_error(number));
            assert_eq!(said.failure, failure, "{}", said.cause);
            assert!(said.cause.starts_with("it fails to open: "), "{}", said.cause);
        }
    }

    #[test]
    fn ranges_of_sizes_hold_the_wanted_one_or_their_nearest() {
        assert_eq!(stepped(640, 16, 1920, 2), 640);
        assert_eq!(stepped(640, 800, 1920, 16), 800);
        assert_eq!(stepped(640, 100, 300, 7), 296);
        assert_eq!(stepped(640, 1, 1920, 0), 640);
    }

    #[test]
    fn padded_rows_are_packed_and_a_cut_picture_stays_cut() {
        let mut format = Format::new(2, 2, FourCC::new(b"YUYV"));
        format.stride = 6;
        assert_eq!(rows(Pixels::Yuyv, &format), Some(4));
        assert_eq!(unpadded(&[1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0], 4, 6), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(unpadded(&[1, 2, 3, 4, 0, 0, 5, 6], 4, 6).len(), 6);
        format.stride = 4;
        assert_eq!(rows(Pixels::Yuyv, &format), None);
        assert_eq!(rows(Pixels::Mjpeg, &format), None);
    }
}
