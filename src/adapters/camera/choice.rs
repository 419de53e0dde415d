//! Which camera, which format, and what an error of the camera library means: all without a device.

use std::convert::Infallible;
use std::str::FromStr;

use nokhwa::NokhwaError;
use nokhwa::utils::{CameraFormat, CameraIndex, CameraInfo, FrameFormat};

use crate::domain::failure::Failure;

use super::convert::Pixels;

/// What is asked for: enough for a face at arm's length, and what every webcam has.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
const RATE: u32 = 30;

/// Which camera to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraChoice {
    /// The system's number; changes when cameras are plugged in another order.
    Index(u32),
    /// A name that stays: on Linux one of `/dev/v4l/by-id`, elsewhere the system's device link or the name shown.
    Id(String),
}

impl FromStr for CameraChoice {
    type Err = Infallible;

    /// A whole number is an index, everything else a name.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.trim().parse().map_or_else(|_| Self::Id(text.trim().into()), Self::Index))
    }
}

impl CameraChoice {
    /// What the camera library wants to hear; `None` when no such camera is connected.
    pub(super) fn resolve(&self) -> Option<CameraIndex> {
        match self {
            Self::Index(index) => Some(CameraIndex::Index(*index)),
            Self::Id(id) => by_stable_name(id).or_else(|| by_listed_name(id, &list())),
        }
    }
}

/// The cameras the system knows; empty when it cannot be asked.
pub(super) fn list() -> Vec<CameraInfo> {
    nokhwa::query(nokhwa::utils::ApiBackend::Auto).unwrap_or_else(|error| {
        tracing::warn!("the system's cameras cannot be listed: {error}");
        Vec::new()
    })
}

/// On Linux the names under `/dev/v4l/by-id` lead to `/dev/videoN`, which the library opens by number.
#[cfg(target_os = "linux")]
fn by_stable_name(id: &str) -> Option<CameraIndex> {
    let target = std::fs::canonicalize(std::path::Path::new("/dev/v4l/by-id").join(id)).ok()?;
    video_number(target.to_str()?).map(CameraIndex::Index)
}

#[cfg(not(target_os = "linux"))]
fn by_stable_name(_id: &str) -> Option<CameraIndex> {
    None
}

#[cfg(target_os = "linux")]
fn video_number(path: &str) -> Option<u32> {
    path.strip_prefix("/dev/video")?.parse().ok()
}

fn by_listed_name(id: &str, cameras: &[CameraInfo]) -> Option<CameraIndex> {
    let named = |camera: &&CameraInfo| camera.misc() == id || camera.human_name() == id;
    cameras.iter().find(named).map(|camera| camera.index().clone())
}

/// The format nearest to what is asked for; at the same size and rate the one that costs least to convert.
pub(super) fn nearest(formats: &[CameraFormat]) -> Option<CameraFormat> {
    let distance = |format: &&CameraFormat| {
        let size = format.width().abs_diff(WIDTH) + format.height().abs_diff(HEIGHT);
        let order = match format.format() {
            FrameFormat::YUYV => 0,
            FrameFormat::NV12 => 1,
            _ => 2,
        };
        // A rate below the wanted one matters more than the format, one above does not.
        (size, RATE.saturating_sub(format.frame_rate()), order, format.frame_rate())
    };
    formats.iter().filter(|format| pixels(format.format()).is_some()).min_by_key(distance).copied()
}

/// How to convert a format; `None` when we cannot.
pub(super) fn pixels(format: FrameFormat) -> Option<Pixels> {
    match format {
        FrameFormat::YUYV => Some(Pixels::Yuyv),
        FrameFormat::NV12 => Some(Pixels::Nv12),
        FrameFormat::MJPEG => Some(Pixels::Mjpeg),
        _ => None,
    }
}

/// What an error of the camera library means for the reception. The library hands on the driver's words, so these are
/// what is looked at; the numbers in them do not change with the language of the system.
pub(super) fn failure_of(error: &NokhwaError) -> Failure {
    let text = error.to_string().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // EBUSY; Media Foundation: no resources to start the stream, taken over by another program, sharing violation.
    if says(&["busy", "os error 16)", "0xc00d3704", "0xc00d3ea3", "0x80070020"]) {
        return Failure::CameraBusy;
    }
    // Windows' privacy setting for cameras answers "access denied".
    if says(&["0x80070005"]) {
        return Failure::CameraPrivate;
    }
    // ENODEV, ENOENT, ENXIO, ESHUTDOWN; Media Foundation: device removed, device invalidated, device not connected.
    if says(&["os error 19)", "os error 2)", "os error 6)", "os error 108)", "no such device", "not found"])
        || says(&["0xc00d3ea2", "0xc00d4e84", "0x8007048f", "0x80070015"])
    {
        return Failure::CameraGone;
    }
    match error {
        NokhwaError::ReadFrameError(_)
        | NokhwaError::ProcessFrameError { .. }
        | NokhwaError::OpenStreamError(_)
        | NokhwaError::GetPropertyError { .. }
        | NokhwaError::SetPropertyError { .. } => Failure::CameraNoPicture,
        _ => Failure::CameraGone,
    }
}

/// Whether opening the camera anew may help: broken pictures and stuck streams do end so, a missing, held or switched-off
/// camera does not.
pub(super) fn may_reopen(failure: Failure) -> bool {
    failure == Failure::CameraNoPicture
}

#[cfg(test)]
mod tests {
    use super::*;
    use nokhwa::utils::Resolution;

    fn format(width: u32, height: u32, format: FrameFormat, rate: u32) -> CameraFormat {
        CameraFormat::new(Resolution::new(width, height), format, rate)
    }

    #[test]
    fn numbers_are_indexes_and_names_are_ids() {
        assert_eq!("2".parse(), Ok(CameraChoice::Index(2)));
        assert_eq!("usb-Cam_1-index0".parse(), Ok(CameraChoice::Id("usb-Cam_1-index0".into())));
    }

    #[test]
    fn a_name_finds_its_camera_in_the_list() {
        let cameras = [CameraInfo::new("Front", "", "link-7", CameraIndex::Index(3))];
        assert_eq!(by_listed_name("link-7", &cameras), Some(CameraIndex::Index(3)));
        assert_eq!(by_listed_name("Front", &cameras), Some(CameraIndex::Index(3)));
        assert_eq!(by_listed_name("Back", &cameras), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_video_device_has_its_number() {
        assert_eq!(video_number("/dev/video12"), Some(12));
        assert_eq!(video_number("/dev/media0"), None);
        assert_eq!(CameraChoice::Id("no such camera at all".into()).resolve(), None);
    }

    #[test]
    fn the_nearest_format_wins() {
        let formats = [
            format(1920, 1080, FrameFormat::MJPEG, 30),
            format(640, 480, FrameFormat::YUYV, 15),
            format(640, 480, FrameFormat::MJPEG, 30),
            format(640, 480, FrameFormat::GRAY, 30),
        ];
        assert_eq!(nearest(&formats), Some(formats[2]));
        assert_eq!(nearest(&formats[..2]), Some(formats[1]));
        assert_eq!(nearest(&formats[..1]), Some(formats[0]));
        assert_eq!(nearest(&formats[3..]), None);
    }

    #[test]
    fn errors_mean_what_they_say() {
        let open = |text: &str| NokhwaError::OpenDeviceError("0".into(), text.into());
        let cases = [
            (open("V4L2 Error: Device or resource busy (os error 16)"), Failure::CameraBusy),
            (NokhwaError::OpenStreamError("Device or resource busy (os error 16)".into()), Failure::CameraBusy),
            (NokhwaError::OpenStreamError("HRESULT(0xC00D3704)".into()), Failure::CameraBusy),
            (open("V4L2 Error: No such file or directory (os error 2)"), Failure::CameraGone),
            (NokhwaError::ReadFrameError("No such device (os error 19)".into()), Failure::CameraGone),
            (NokhwaError::ReadFrameError("no sample".into()), Failure::CameraNoPicture),
            (open("Access is denied. (0x80070005)"), Failure::CameraPrivate),
            (NokhwaError::OpenStreamError("HRESULT(0xC00D3EA2)".into()), Failure::CameraGone),
            (NokhwaError::OpenStreamError("HRESULT(0xC00D3EA3)".into()), Failure::CameraBusy),
            (NokhwaError::ReadFrameError("Input/output error (os error 5)".into()), Failure::CameraNoPicture),
            (NokhwaError::ReadFrameError("Protocol error (os error 71)".into()), Failure::CameraNoPicture),
            (NokhwaError::ReadFrameError("Transport endpoint is shut down (os error 108)".into()), Failure::CameraGone),
            (NokhwaError::ReadFrameError("Ger\u{e4}t nicht verf\u{fc}gbar (os error 19)".into()), Failure::CameraGone),
            (NokhwaError::OpenStreamError("Connection timed out (os error 110)".into()), Failure::CameraNoPicture),
            (open("something else"), Failure::CameraGone),
        ];
        for (error, failure) in cases {
            assert_eq!(failure_of(&error), failure, "{error}");
        }
    }

    #[test]
    fn only_a_camera_that_is_there_and_ours_is_opened_again() {
        assert!(may_reopen(Failure::CameraNoPicture));
        for failure in [Failure::CameraGone, Failure::CameraBusy, Failure::CameraPrivate] {
            assert!(!may_reopen(failure));
        }
    }
}
