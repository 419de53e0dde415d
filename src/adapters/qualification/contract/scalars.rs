//! Scalars on the wire: dates, times with +09:00, and bytes as base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::bounds::{DATE, EMPTY, LONG, RANGE, TIME};
use crate::domain::japan;

/// The first year that a date can lie in: nobody alive was born before, and no insurance is older.
const FIRST_YEAR: i16 = 1850;
/// Characters of base64 that one member may have.
const LONGEST: usize = 16_384;

/// A civil date, `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WireDate(pub Date);

impl WireDate {
    /// Whether an answer can have it.
    pub fn can_be_answered(self) -> bool {
        self.0.year() >= FIRST_YEAR
    }
}

impl Serialize for WireDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for WireDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let date = any_date(deserializer)?;
        if date.can_be_answered() { Ok(date) } else { Err(de::Error::custom(RANGE)) }
    }
}

/// Any date, as requests may have it: what they ask for is judged by rules of their own.
pub(super) fn any_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<WireDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match text.parse() {
        Ok(date) if plain => Ok(WireDate(date)),
        _ => Err(de::Error::custom(DATE)),
    }
}

/// An instant, RFC 3339; written with +09:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WireTime(pub Timestamp);

impl Serialize for WireTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.display_with_offset(japan::OFFSET))
    }
}

impl<'de> Deserialize<'de> for WireTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| de::Error::custom(TIME))
    }
}

/// Bytes, as base64 with padding.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes64(pub Vec<u8>);

impl Serialize for Bytes64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Err(de::Error::custom(EMPTY));
        }
        if text.len() > LONGEST {
            return Err(de::Error::custom(LONG));
        }
        STANDARD.decode(text).map(Self).map_err(|_| de::Error::custom("not base64"))
    }
}

/// An optional member of a request: absent or a value, never `null`.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
