//! Time: one monotonic clock for order and one wall clock for dates and records.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::ids::Moment;

/// A clock.
pub trait Clock: super::Diagnose + Send + Sync {
    /// The steady clock: it never goes back, and its zero has no meaning.
    fn steady(&self) -> Duration;

    /// The wall clock.
    fn now(&self) -> Timestamp;

    /// The civil date in Japan (+09:00).
    fn today(&self) -> Date {
        self.moment().civil().date()
    }

    /// Both at once, for an event.
    fn moment(&self) -> Moment {
        Moment { steady: self.steady(), now: self.now() }
    }
}
