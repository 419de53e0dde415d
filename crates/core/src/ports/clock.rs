//! Time: one monotonic clock for order and one wall clock for dates and records.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::ids::Moment;

/// A clock.
pub trait Clock: super::Diagnose + Send + Sync {
    /// Milliseconds of a clock that never goes back.
    fn mono_ms(&self) -> u64;

    /// The wall clock.
    fn now(&self) -> Timestamp;

    /// The civil date in Japan (+09:00).
    fn today(&self) -> Date {
        self.moment().civil().date()
    }

    /// Both at once, for an event.
    fn moment(&self) -> Moment {
        Moment { mono_ms: self.mono_ms(), now: self.now() }
    }
}
