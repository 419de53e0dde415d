//! Civil time in Japan: one offset all year, since 1951.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Ahead of UTC.
pub const OFFSET: Offset = Offset::constant(9);

/// What a clock on a wall in Japan shows at that moment.
pub fn civil(at: Timestamp) -> DateTime {
    OFFSET.to_datetime(at)
}

/// The day it is in Japan at that moment.
pub fn day(at: Timestamp) -> Date {
    civil(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_begins_nine_hours_before_that_of_utc() {
        assert_eq!(day("2026-11-20T14:59:59Z".parse().expect("a moment")), date(2026, 11, 20));
        assert_eq!(civil("2026-11-20T15:00:00Z".parse().expect("a moment")), date(2026, 11, 21).at(0, 0, 0, 0));
    }
}
