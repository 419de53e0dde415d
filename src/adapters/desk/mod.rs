//! Staff at their desk: told through the log.

mod log;

pub use log::LogDesk;
