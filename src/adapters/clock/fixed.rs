//! A wall clock that stands still, so that a day in a test or a walk is always the same day.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::domain::japan;
use crate::ports::{Clock, Diagnose, Finding};

/// A wall clock that stands still; its monotonic part is moved by hand, or runs as the machine's does.
pub struct FixedClock {
    wall: Timestamp,
    advanced: AtomicU64,
    started: Option<Instant>,
}

impl FixedClock {
    /// Stands still altogether; [`FixedClock::advance`] moves the monotonic part.
    pub fn still(wall: Timestamp) -> Self {
        Self { wall, advanced: AtomicU64::new(0), started: None }
    }

    /// The wall clock stands still, the monotonic part runs.
    pub fn running(wall: Timestamp) -> Self {
        Self { started: Some(Instant::now()), ..Self::still(wall) }
    }

    /// The moment at which a clock in Japan shows `shown`; `None` beyond the years that exist.
    pub fn japan(shown: DateTime) -> Option<Timestamp> {
        japan::OFFSET.to_timestamp(shown).ok()
    }

    /// Moves the monotonic part forward.
    pub fn advance(&self, milliseconds: u64) {
        self.advanced.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn mono_ms(&self) -> u64 {
        let run = self.started.map_or(0, |s| u64::try_from(s.elapsed().as_millis()).unwrap_or(u64::MAX));
        run.saturating_add(self.advanced.load(Ordering::SeqCst))
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
    fn only_the_monotonic_part_is_moved() {
        let clock = FixedClock::still(morning());
        assert_eq!((clock.mono_ms(), clock.now()), (0, morning()));
        clock.advance(1_500);
        clock.advance(500);
        assert_eq!((clock.mono_ms(), clock.now()), (2_000, morning()));
    }

    #[test]
    fn the_day_is_the_japanese_one() {
        // 08:30 in Japan is still the day before in UTC.
        assert_eq!(FixedClock::still(morning()).today(), date(2026, 11, 20));
    }

    #[test]
    fn a_running_clock_can_be_moved_too() {
        let clock = FixedClock::running(morning());
        clock.advance(60_000);
        assert!(clock.mono_ms() >= 60_000);
        assert_eq!(clock.now(), morning());
    }
}
