//! Windows and macOS through nokhwa. Linux has a driver of its own beside this one.

use std::time::Duration;

use nokhwa::NokhwaError;
use nokhwa::utils::{
    CameraFormat, CameraIndex, ControlValueDescription, ControlValueSetter, FrameFormat, KnownCameraControl,
    RequestedFormat, RequestedFormatType,
};

use crate::domain::failure::Failure;

use super::choice::{CameraChoice, Listed, Mode, by_listed_name, nearest};
use super::convert::{Pixels, to_rgb};
use super::real::{Driver, Given, Opened, Trouble};

/// The system's cameras, as nokhwa sees them.
pub(super) struct Nokhwa;

impl Driver for Nokhwa {
    fn cameras(&self) -> Vec<Listed> {
        let found = nokhwa::query(nokhwa::utils::ApiBackend::Auto).unwrap_or_else(|error| {
            tracing::warn!("the system's cameras cannot be listed: {error}");
            Vec::new()
        });
        let listed = |camera: nokhwa::utils::CameraInfo| {
            let number = camera.index().as_index().ok()?;
            Some(Listed { number, name: camera.human_name(), link: camera.misc() })
        };
        found.into_iter().filter_map(listed).collect()
    }

    fn open(&self, choice: &CameraChoice) -> Result<Box<dyn Opened>, Trouble> {
        let number = match choice {
            CameraChoice::Index(number) => Some(*number),
            CameraChoice::Id(id) => by_listed_name(id, &self.cameras()),
        };
        let number = number.ok_or_else(|| Trouble::new(Failure::CameraGone, "no camera of that name is connected"))?;
        let opened = open(CameraIndex::Index(number)).map_err(|error| trouble("to open", &error))?;
        Ok(Box::new(NokhwaCamera(opened)))
    }
}

struct NokhwaCamera(nokhwa::Camera);

impl Opened for NokhwaCamera {
    /// Blocks inside the driver, which knows no time limit; the watch of the camera reports meanwhile.
    fn next(&mut self, _patience: Duration) -> Result<Given, Trouble> {
        let buffer = self.0.frame().map_err(|error| trouble("to give a picture", &error))?;
        let size = buffer.resolution();
        let picture = pixels(buffer.source_frame_format())
            .and_then(|pixels| to_rgb(pixels, size.width(), size.height(), buffer.buffer()));
        Ok(picture.map_or(Given::Broken, Given::Picture))
    }

    /// Neither Media Foundation nor AVFoundation says so here; a switch closed by the system is an error of opening.
    fn is_private(&self) -> bool {
        false
    }
}

fn open(index: CameraIndex) -> Result<nokhwa::Camera, NokhwaError> {
    const FORMATS: &[FrameFormat] = &[FrameFormat::YUYV, FrameFormat::NV12, FrameFormat::MJPEG, FrameFormat::GRAY];
    // The library's own "closest" finds nothing when the exact size is missing, so any format first, then ours.
    let any = RequestedFormat::with_formats(RequestedFormatType::None, FORMATS);
    let mut camera = nokhwa::Camera::new(index, any)?;
    let usable: Vec<_> = camera.compatible_camera_formats()?.into_iter().filter_map(usable).collect();
    if let Some((best, _)) = nearest(&usable, |(_, mode)| *mode)
        && best != camera.camera_format()
    {
        camera.set_camera_requset(RequestedFormat::with_formats(RequestedFormatType::Exact(best), FORMATS))?;
    }
    expose_for_faces(&mut camera);
    camera.open_stream()?;
    Ok(camera)
}

fn usable(format: CameraFormat) -> Option<(CameraFormat, Mode)> {
    let (width, height, rate) = (format.width(), format.height(), format.frame_rate() as f32);
    Some((format, Mode { pixels: pixels(format.format())?, width, height, rate }))
}

/// How to convert a format; `None` when we cannot.
fn pixels(format: FrameFormat) -> Option<Pixels> {
    match format {
        FrameFormat::YUYV => Some(Pixels::Yuyv),
        FrameFormat::NV12 => Some(Pixels::Nv12),
        FrameFormat::MJPEG => Some(Pixels::Mjpeg),
        FrameFormat::GRAY => Some(Pixels::Grey),
        _ => None,
    }
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

/// What an error of the camera library means for the reception. The library hands on the driver's words, so these are
/// what is looked at; the numbers in them do not change with the language of the system.
fn trouble(doing: &str, error: &NokhwaError) -> Trouble {
    Trouble::new(failure_of(error), format!("it fails {doing}: {error}"))
}

fn failure_of(error: &NokhwaError) -> Failure {
    let text = error.to_string().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // No resources to start the stream, taken over by another program, sharing violation.
    if says(&["0xc00d3704", "0xc00d3ea3", "0x80070020"]) {
        return Failure::CameraBusy;
    }
    // Windows' privacy setting for cameras answers "access denied".
    if says(&["0x80070005"]) {
        return Failure::CameraPrivate;
    }
    // Device removed, device invalidated, device not connected.
    if says(&["0xc00d3ea2", "0xc00d4e84", "0x8007048f", "0x80070015", "no such device", "not found"]) {
        return Failure::CameraGone;
    }
    match error {
        // No format was agreed upon.
        NokhwaError::GetPropertyError { .. } | NokhwaError::SetPropertyError { .. } => Failure::CameraFormat,
        NokhwaError::ReadFrameError(_) | NokhwaError::ProcessFrameError { .. } | NokhwaError::OpenStreamError(_) => {
            Failure::CameraNoPicture
        }
        _ => Failure::CameraGone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nokhwa::utils::Resolution;

    #[test]
    fn errors_mean_what_they_say() {
        let open = |text: &str| NokhwaError::OpenDeviceError("0".into(), text.into());
        let cases = [
            (NokhwaError::OpenStreamError("HRESULT(0xC00D3704)".into()), Failure::CameraBusy),
            (open("The process cannot access the file (0x80070020)"), Failure::CameraBusy),
            (NokhwaError::ReadFrameError("no sample".into()), Failure::CameraNoPicture),
            (open("Access is denied. (0x80070005)"), Failure::CameraPrivate),
            (NokhwaError::OpenStreamError("HRESULT(0xC00D3EA2)".into()), Failure::CameraGone),
            (NokhwaError::OpenStreamError("HRESULT(0xC00D3EA3)".into()), Failure::CameraBusy),
            (open("something else"), Failure::CameraGone),
        ];
        for (error, failure) in cases {
            assert_eq!(failure_of(&error), failure, "{error}");
        }
    }

    #[test]
    fn formats_that_can_be_converted_are_usable() {
        let format = |kind| CameraFormat::new(Resolution::new(640, 480), kind, 30);
        assert!(usable(format(FrameFormat::RAWRGB)).is_none());
        let (_, mode) = usable(format(FrameFormat::GRAY)).expect("grey can be");
        assert_eq!((mode.pixels, mode.rate), (Pixels::Grey, 30.0));
    }
}
