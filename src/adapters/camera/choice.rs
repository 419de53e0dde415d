//! Which camera, and which of its formats: all without a device.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::convert::Pixels;

/// What is asked for: enough for a face at arm's length, and what every webcam has.
pub(super) const WIDTH: u32 = 640;
pub(super) const HEIGHT: u32 = 480;
pub(super) const RATE: f32 = 30.0;

/// Which camera to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraChoice {
    /// The system's number; changes when cameras are plugged in another order.
    Index(u32),
    /// A name that stays: on Linux one of `/dev/v4l/by-id`, elsewhere the system's device link; or the name shown.
    Id(String),
}

impl FromStr for CameraChoice {
    type Err = Infallible;

    /// A whole number is an index, everything else a name.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.trim().parse().map_or_else(|_| Self::Id(text.trim().into()), Self::Index))
    }
}

/// A camera that the system knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// The system's number.
    pub(super) number: u32,
    /// The name shown.
    pub(super) name: String,
    /// The system's path or link to it.
    pub(super) link: String,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.number)
    }
}

/// The camera of that link or shown name; of several with one name the one with the lowest number.
pub(super) fn by_listed_name(id: &str, cameras: &[Listed]) -> Option<u32> {
    cameras.iter().filter(|camera| camera.link == id || camera.name == id).map(|camera| camera.number).min()
}

/// One way in which a camera can send pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mode {
    pub(super) pixels: Pixels,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Pictures a second, whole or not; 0 when the driver does not say.
    pub(super) rate: f32,
}

/// The mode nearest to what is asked for; at the same size and rate the one that costs least to convert, and colour before grey.
pub(super) fn nearest<M: Copy>(modes: &[M], mode: impl Fn(&M) -> Mode) -> Option<M> {
    let distance = |one: &M| {
        let Mode { pixels, width, height, rate } = mode(one);
        let size = width.abs_diff(WIDTH).saturating_add(height.abs_diff(HEIGHT));
        let order = match pixels {
            Pixels::Yuyv => 0u8,
            Pixels::Nv12 => 1,
            Pixels::Mjpeg => 2,
            Pixels::Grey => 3,
        };
        // A rate well below the wanted one matters more than the format, one above does not; 29.97 is 30.
        (u8::from(pixels == Pixels::Grey), size, (RATE - rate).max(0.0).round() as u32, order, rate.round() as u32)
    };
    modes.iter().min_by_key(|one| distance(one)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(width: u32, height: u32, pixels: Pixels, rate: f32) -> Mode {
        Mode { pixels, width, height, rate }
    }

    fn best(modes: &[Mode]) -> Option<Mode> {
        nearest(modes, |mode| *mode)
    }

    #[test]
    fn numbers_are_indexes_and_names_are_ids() {
        assert_eq!("2".parse(), Ok(CameraChoice::Index(2)));
        assert_eq!("usb-Cam_1-index0".parse(), Ok(CameraChoice::Id("usb-Cam_1-index0".into())));
    }

    #[test]
    fn a_name_finds_the_first_of_its_cameras() {
        let camera = |number, name: &str, link: &str| Listed { number, name: name.into(), link: link.into() };
        let cameras = [camera(3, "Front", "link-7"), camera(1, "Front", "link-2"), camera(0, "Door", "link-1")];
        assert_eq!(by_listed_name("link-7", &cameras), Some(3));
        assert_eq!(by_listed_name("Front", &cameras), Some(1));
        assert_eq!(by_listed_name("Back", &cameras), None);
        assert_eq!(cameras[0].to_string(), "Front (3)");
    }

    #[test]
    fn the_nearest_format_wins() {
        let modes = [
            mode(1920, 1080, Pixels::Mjpeg, 30.0),
            mode(640, 480, Pixels::Yuyv, 15.0),
            mode(640, 480, Pixels::Mjpeg, 30.0),
            mode(640, 480, Pixels::Grey, 30.0),
        ];
        assert_eq!(best(&modes), Some(modes[2]));
        assert_eq!(best(&modes[..2]), Some(modes[1]));
        assert_eq!(best(&modes[..1]), Some(modes[0]));
        assert_eq!(best(&[modes[3], modes[0]]), Some(modes[0]), "colour before grey");
        assert_eq!(best(&modes[3..]), Some(modes[3]));
        assert_eq!(best(&[]), None);
    }

    #[test]
    fn a_rate_need_not_be_whole() {
        let television = mode(640, 480, Pixels::Yuyv, 30_000.0 / 1_001.0);
        assert_eq!(best(&[mode(640, 480, Pixels::Mjpeg, 30.0), television]), Some(television));
        let slow = mode(1280, 720, Pixels::Yuyv, 7.5);
        assert_eq!(best(&[slow, television]), Some(television));
        assert_eq!(best(&[slow]), Some(slow));
        let unsaid = mode(640, 480, Pixels::Yuyv, 0.0);
        assert_eq!(best(&[unsaid, slow]), Some(unsaid));
    }
}
