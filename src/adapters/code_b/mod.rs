//! Code B port: typed by the patient, read from the print by a camera, or known (demo).
//!
//! The first and the last answer at once, on the caller's thread.

mod known;
mod read;
mod typed;

pub use known::KnownCodeB;
pub use read::{BUDGET, Parts, ReadCodeB, Today, Way, Ways};
pub use typed::TypedCodeB;
