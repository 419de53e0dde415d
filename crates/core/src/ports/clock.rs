//! Time: one monotonic clock for order and one wall clock for dates and records.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::ids::Moment;

/// How far a clock is to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Somebody who knows the time has said it since the program began.
    Confirmed,
    /// Nothing speaks for it and nothing against it.
    Unconfirmed,
    /// It shows a time that is over already, or one that this program cannot live to see.
    Wrong,
}

/// The day in Japan as far as it is known for sure; ages are counted in such days alone, so that a clock that jumps makes
/// nothing older.
#[derive(Clone)]
pub struct SureDay(Arc<dyn Fn() -> Option<Date> + Send + Sync>);

impl SureDay {
    /// The day that `known` says.
    pub fn new(known: impl Fn() -> Option<Date> + Send + Sync + 'static) -> Self {
        Self(Arc::new(known))
    }

    /// The day; `None` while nobody knows.
    pub fn get(&self) -> Option<Date> {
        (self.0)()
    }
}

impl Default for SureDay {
    /// Nobody knows: nothing grows old.
    fn default() -> Self {
        Self::new(|| None)
    }
}

impl std::fmt::Debug for SureDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SureDay({:?})", self.get())
    }
}

/// A clock.
pub trait Clock: super::Diagnose + Send + Sync {
    /// The steady clock: it never goes back, and its zero has no meaning.
    fn steady(&self) -> Duration;

    /// The time that is to be believed: that of the gateway where it was heard, else what this computer shows.
    fn now(&self) -> Timestamp;

    /// What this computer shows, right or wrong.
    fn wall(&self) -> Timestamp {
        self.now()
    }

    /// How far [`Clock::now`] is to be believed.
    fn trust(&self) -> Trust {
        Trust::Confirmed
    }

    /// Somebody who knows the time, and who proved to be that somebody, has just said it.
    fn heard(&self, _said: Timestamp) {}

    /// Whether this computer shows another time than one that was said by somebody who is who they say on every day but
    /// perhaps not today: reason to doubt this computer, and none to believe them.
    fn is_doubted_by(&self, _said: Timestamp) -> bool {
        false
    }

    /// The civil date in Japan, where it is known for sure.
    fn sure_day(&self) -> Option<Date> {
        (self.trust() == Trust::Confirmed).then(|| self.today())
    }

    /// The civil date in Japan (+09:00).
    fn today(&self) -> Date {
        self.moment().civil().date()
    }

    /// Both at once, for an event.
    fn moment(&self) -> Moment {
        Moment { steady: self.steady(), now: self.now() }
    }
}
