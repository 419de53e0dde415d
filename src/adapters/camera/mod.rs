//! Camera port: real cameras and recorded folders of frames.
//!
//! A camera is opened only when a face is looked for, publishes RGB frames from its own thread and ends when its slot is
//! closed. `real` does that over any driver: on Linux `v4l`, elsewhere `nokhwa`.

mod choice;
mod convert;
mod mjpeg;
#[cfg(any(not(target_os = "linux"), test))]
#[cfg_attr(target_os = "linux", allow(dead_code, reason = "on Linux only its own tests name it"))]
mod nokhwa;
mod real;
mod recorded;
#[cfg(target_os = "linux")]
mod v4l;

pub use choice::CameraChoice;
pub use convert::{Pixels, to_rgb};
pub use real::RealCamera;
pub use recorded::{Pace, RecordedCamera};

/// Every camera that the system knows: the name or number that settings take, and what people read.
pub fn cameras() -> Vec<(String, String)> {
    let listed = system_driver().cameras().into_iter();
    listed.map(|camera| (lasting_name(&camera), camera.to_string())).collect()
}

/// The name that stays when cables change places, else the number.
#[cfg(target_os = "linux")]
fn lasting_name(camera: &choice::Listed) -> String {
    v4l::stable_name(camera.number).unwrap_or_else(|| camera.number.to_string())
}

/// The system's own link stays.
#[cfg(not(target_os = "linux"))]
fn lasting_name(camera: &choice::Listed) -> String {
    camera.link.clone()
}

#[cfg(target_os = "linux")]
fn system_driver() -> Box<dyn real::Driver> {
    Box::new(v4l::Video4Linux)
}

#[cfg(not(target_os = "linux"))]
fn system_driver() -> Box<dyn real::Driver> {
    Box::new(nokhwa::Nokhwa)
}
