//! The clocks of the machine.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::domain::japan;
use crate::ports::{Clock, Diagnose, Finding, Trust};

/// Earliest year a kiosk of this version can be running in; an earlier one is a dead clock battery.
const FIRST_YEAR: i16 = 2026;

/// Latest year that is believed.
const LAST_YEAR: i16 = 2060;

/// The clocks of the machine: order counts from the moment of construction.
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// A clock that starts now.
    pub fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn steady(&self) -> Duration {
        self.started.elapsed()
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn trust(&self) -> Trust {
        Trust::Unconfirmed
    }
}

impl Diagnose for SystemClock {
    fn diagnose(&self) -> Vec<Finding> {
        vec![judge(self.now())]
    }
}

/// Certificates and dates of insurance are judged by this clock, so a wrong year stops the kiosk.
fn judge(now: Timestamp) -> Finding {
    let shown = japan::civil(now);
    let detail = format!("{} +09:00 (Japan)", shown.strftime("%Y-%m-%d %H:%M:%S"));
    if (FIRST_YEAR..=LAST_YEAR).contains(&shown.year()) {
        Finding::good("clock", detail)
    } else {
        let remedy = "Set the date and time of this computer, and let it follow a time server.";
        Finding::bad("clock", format!("{detail}: the year cannot be right"), remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Health;

    #[test]
    fn a_dead_battery_is_noticed() {
        let finding = judge(Timestamp::UNIX_EPOCH);
        assert_eq!(finding.health, Health::Bad);
        assert!(finding.detail.starts_with("1970-01-01 09:00:00 +09:00"), "{}", finding.detail);
        assert!(!finding.remedy.is_empty());
    }

    #[test]
    fn the_japanese_year_counts_not_the_utc_one() {
        let new_year_in_japan: Timestamp = "2025-12-31T15:00:00Z".parse().expect("a timestamp");
        assert_eq!(judge(new_year_in_japan).health, Health::Good);
        let an_hour_earlier: Timestamp = "2025-12-31T14:00:00Z".parse().expect("a timestamp");
        assert_eq!(judge(an_hour_earlier).health, Health::Bad);
    }
}
