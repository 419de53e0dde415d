//! Code B port: typed by the patient, read from the print by a camera, or known (demo).
//!
//! The first and the last answer at once, on the caller's thread.

mod known;
mod read;
mod typed;

pub use known::KnownCodeB;
pub use read::{Parts, ReadCodeB, Today, Way};
pub use typed::TypedCodeB;
