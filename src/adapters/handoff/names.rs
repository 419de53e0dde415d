//! Element names and value forms that writer and reader share.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::domain::consent::Scope;
use crate::domain::japan;
use crate::domain::secret::Personal;

/// Hours for which a consent lets staff look.
pub const VIEW_HOURS: i64 = 24;

/// What the consent elements of a scope start with.
pub fn consent_prefix(scope: Scope) -> &'static str {
    match scope {
        Scope::SpecificHealthCheckup => "SpecificHealthCheckupsInfo",
        Scope::Pharmaceutical => "PharmacistsInfo",
        Scope::Diagnosis => "DiagnosisInfo",
        Scope::Operation => "OperationInfo",
    }
}

/// The order of the consent elements.
pub const CONSENT_ORDER: [Scope; 4] =
    [Scope::SpecificHealthCheckup, Scope::Pharmaceutical, Scope::Diagnosis, Scope::Operation];

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

fn number(digits: Option<&str>) -> Option<i16> {
    digits.filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// A date written as `YYYYMMDD`.
pub fn parse_date(text: &str) -> Option<Date> {
    if text.len() != 8 {
        return None;
    }
    let (month, day) = (number(text.get(4..6))?, number(text.get(6..8))?);
    Date::new(number(text.get(..4))?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A moment written as `YYYYMMDDhhmmss` in Japan.
pub fn parse_timestamp(text: &str) -> Option<Timestamp> {
    if text.len() != 14 {
        return None;
    }
    let part = |from: usize| i8::try_from(number(text.get(from..from + 2))?).ok();
    let (hour, minute, second) = (part(8)?, part(10)?, part(12)?);
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    japan::OFFSET.to_timestamp(parse_date(text.get(..8)?)?.to_datetime(time)).ok()
}

/// The first moment at which a consent no longer holds.
pub fn available_until(consented_at: Timestamp) -> Timestamp {
    consented_at.checked_add(jiff::SignedDuration::from_hours(VIEW_HOURS)).unwrap_or(Timestamp::MAX)
}
