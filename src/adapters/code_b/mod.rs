//! Code B port: typed by the patient, or known (demo).
//!
//! Both answer at once, on the caller's thread.

mod known;
mod typed;

pub use known::KnownCodeB;
pub use typed::TypedCodeB;
