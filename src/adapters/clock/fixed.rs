//! A wall clock that stands still, so that a day in a test or a walk is always the same day.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::domain::japan;
use crate::ports::{Clock, Diagnose, Finding};

/// A wall clock that stands still; its steady part does too, or runs as the machine's does.
pub struct FixedClock {
    wall: Timestamp,
    started: Option<Instant>,
}

impl FixedClock {
    /// Stands still altogether.
    pub fn still(wall: Timestamp) -> Self {
        Self { wall, started: None }
    }

    /// The wall clock stands still, the steady part runs.
    pub fn running(wall: Timestamp) -> Self {
        Self { started: Some(Instant::now()), ..Self::still(wall) }
    }

    /// The moment at which a clock in Japan shows `shown`; `None` beyond the years that exist.
    pub fn japan(shown: DateTime) -> Option<Timestamp> {
        japan::OFFSET.to_timestamp(shown).ok()
    }
}

impl Clock for FixedClock {
    fn steady(&self) -> Duration {
        self.started.map_or(Duration::ZERO, |started| started.elapsed())
    }

    fn now(&self) -> Timestamp {
        self.wall
    }
}

impl Diagnose for FixedClock {
    fn diagnose(&self) -> Vec<Finding> {
        let shown = japan::civil(self.wall).strftime("%Y-%m-%d %H:%M:%S");
        let detail = format!("stands still at {shown} +09:00 (Japan), for training and tests");
        vec![Finding::warning("clock", detail, "Outside training, start the kiosk with its real configuration.")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn morning() -> Timestamp {
        FixedClock::japan(date(2026, 11, 20).at(8, 30, 0, 0)).expect("a timestamp")
    }

    #[test]
    fn the_day_is_the_japanese_one() {
        // 08:30 in Japan is still the day before in UTC.
        assert_eq!(FixedClock::still(morning()).today(), date(2026, 11, 20));
    }

    #[test]
    fn only_the_steady_part_runs() {
        let still = FixedClock::still(morning());
        assert_eq!((still.steady(), still.now()), (Duration::ZERO, morning()));
        let running = FixedClock::running(morning());
        while running.steady() == Duration::ZERO {}
        assert_eq!(running.now(), morning());
    }
}
