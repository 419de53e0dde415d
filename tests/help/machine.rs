//! A PC whose clock somebody turns; whoever takes this file in brings the names of the ports along.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use super::{Clock, Diagnose, Finding};

/// Wall and steady seconds.
#[derive(Clone, Default)]
pub struct Machine(Arc<(AtomicI64, AtomicI64)>);

impl Machine {
    /// Somebody turns the clock to that second.
    pub fn turn_to(&self, second: i64) {
        self.0.0.store(second, Ordering::SeqCst);
    }

    /// Somebody turns the clock by so many seconds.
    pub fn turn_by(&self, seconds: i64) {
        self.0.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Time goes by.
    pub fn runs(&self, seconds: i64) {
        self.turn_by(seconds);
        self.0.1.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Machine {
    fn steady(&self) -> Duration {
        Duration::from_secs(self.0.1.load(Ordering::SeqCst).unsigned_abs())
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.0.load(Ordering::SeqCst)).expect("a time")
    }
}

impl Diagnose for Machine {
    fn diagnose(&self) -> Vec<Finding> {
        Vec::new()
    }
}
