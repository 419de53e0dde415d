//! Camera port: real cameras and recorded folders of frames.
//!
//! A camera is opened only when a face is looked for, publishes RGB frames from its own thread and ends when its slot is
//! closed. The real one has been built against the interfaces of Linux and Windows, but not yet tried on a device.

mod convert;
mod device;
mod mjpeg;
mod nokhwa;
mod recorded;

pub use convert::{Pixels, to_rgb};
pub use device::CameraChoice;
pub use nokhwa::RealCamera;
pub use recorded::{Pace, RecordedCamera};
