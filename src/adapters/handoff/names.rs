//! How values are written, whatever the form.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::domain::japan;
use crate::domain::secret::Personal;

/// Hours for which a consent lets staff look.
pub const VIEW_HOURS: i64 = 24;

/// The text of an optional personal value.
pub fn text(value: &Option<Personal<String>>) -> Option<&str> {
    value.as_ref().map(|Personal(text)| text.as_str())
}

/// `YYYYMMDD`.
pub fn compact_date(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// `YYYYMMDDhhmmss`.
pub fn compact_time(shown: DateTime) -> String {
    format!("{}{:02}{:02}{:02}", compact_date(shown.date()), shown.hour(), shown.minute(), shown.second())
}

/// `YYYYMMDDhhmmss` as a clock in Japan shows it.
pub fn compact_timestamp(at: Timestamp) -> String {
    compact_time(japan::civil(at))
}

/// The first moment at which a consent no longer holds.
pub fn available_until(consented_at: Timestamp) -> Timestamp {
    consented_at.checked_add(jiff::SignedDuration::from_hours(VIEW_HOURS)).unwrap_or(Timestamp::MAX)
}
