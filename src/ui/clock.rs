//! The window's clock, by which a new screen is deaf at first.

use std::sync::Arc;
use std::time::Instant;

/// Tells the time; a test puts one in its place that it moves on itself.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// One that tells what `now` says.
    pub fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// What time it is.
    pub fn now(&self) -> Instant {
        (self.0)()
    }
}

/// The machine's.
impl Default for Clock {
    fn default() -> Clock {
        Clock::new(Instant::now)
    }
}
