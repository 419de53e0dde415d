//! Sound: the committed clips, the mixer that plays them, a real device and one that only records.

mod clips;
mod device;
mod mixer;
mod player;
mod recorded;

pub use clips::{ClipError, Clips};
pub use player::{DeviceSound, Outputs};
pub use recorded::{Heard, RecordedSound};
