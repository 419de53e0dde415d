//! How long, how many and of which signs a member of an answer may be.
//!
//! The other side is believed as far as these bounds go. They stand on the members themselves (`#[serde_as]`), and
//! `tests/ports/gateway_mtls/odd_answers.rs` holds them to the lengths and patterns of the published document.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_with::{DeserializeAs, SerializeAs};

/// What a member can be besides good. These words alone may be told of it: what serde says could quote a value.
pub(super) const RULES: [&str; 7] = [EMPTY, LONG, ALPHABET, RANGE, COUNT, DATE, TIME];
pub(super) const EMPTY: &str = "empty";
pub(super) const LONG: &str = "too long";
pub(super) const ALPHABET: &str = "of other signs than it may have";
pub(super) const RANGE: &str = "out of range";
pub(super) const COUNT: &str = "too many";
pub(super) const DATE: &str = "not a date YYYY-MM-DD";
pub(super) const TIME: &str = "not a time of RFC 3339";

/// Words for a person: 1 to `MAX` characters, not all of them spaces. What signs they hold is [`super::text`]'s business.
pub struct Text<const MAX: usize>;

/// An opaque code: 1 to `MAX` visible ASCII characters.
pub struct Code<const MAX: usize>;

/// A word of an open list, or a name that one side gave to something: 1 to `MAX` ASCII letters, digits, `.`, `_` and `-`.
pub struct Word<const MAX: usize>;

/// A number that is never counted with: 1 to `MAX` ASCII digits, leading zeros kept.
pub struct Digits<const MAX: usize>;

/// `YYYY-MM`.
pub struct Month;

/// A number from 0 to `MAX`.
pub struct UpTo<const MAX: u32>;

/// A list of at most `MAX` items.
pub struct Few<const MAX: usize>;

/// A name that the gateway gave: it goes into paths, file names and logs.
pub type Id = Word<64>;

fn bounded<E: de::Error>(text: String, most: usize, fits: impl Fn(char) -> bool) -> Result<String, E> {
    if text.trim().is_empty() {
        return Err(E::custom(EMPTY));
    }
    if text.chars().nth(most).is_some() {
        return Err(E::custom(LONG));
    }
    if text.chars().all(fits) { Ok(text) } else { Err(E::custom(ALPHABET)) }
}

/// Each kind of text: which characters it may hold.
macro_rules! texts {
    ($($kind:ident: $fits:expr;)*) => { $(
        impl<'de, const MAX: usize> DeserializeAs<'de, String> for $kind<MAX> {
            fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
                bounded(String::deserialize(deserializer)?, MAX, $fits)
            }
        }

        impl<const MAX: usize> SerializeAs<String> for $kind<MAX> {
            fn serialize_as<S: Serializer>(text: &String, serializer: S) -> Result<S::Ok, S::Error> {
                text.serialize(serializer)
            }
        }
    )* };
}

texts! {
    Text: |_| true;
    Code: |c| c.is_ascii_graphic();
    Word: |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    Digits: |c| c.is_ascii_digit();
}

impl<'de> DeserializeAs<'de, String> for Month {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let text = String::deserialize(deserializer)?;
        let plain = text.len() == 7 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match format!("{text}-01").parse::<jiff::civil::Date>() {
            Ok(_) if plain => Ok(text),
            _ => Err(de::Error::custom(DATE)),
        }
    }
}

impl SerializeAs<String> for Month {
    fn serialize_as<S: Serializer>(text: &String, serializer: S) -> Result<S::Ok, S::Error> {
        text.serialize(serializer)
    }
}

impl<'de, const MAX: u32, T: TryFrom<u32>> DeserializeAs<'de, T> for UpTo<MAX> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let number = i128::from(i64::deserialize(deserializer)?);
        let fits = u32::try_from(number).ok().filter(|number| *number <= MAX);
        fits.and_then(|number| T::try_from(number).ok()).ok_or_else(|| de::Error::custom(RANGE))
    }
}

impl<const MAX: u32, T: Serialize> SerializeAs<T> for UpTo<MAX> {
    fn serialize_as<S: Serializer>(number: &T, serializer: S) -> Result<S::Ok, S::Error> {
        number.serialize(serializer)
    }
}

impl<'de, const MAX: usize, T: Deserialize<'de>> DeserializeAs<'de, Vec<T>> for Few<MAX> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        struct Items<const MAX: usize, T>(std::marker::PhantomData<T>);

        impl<'de, const MAX: usize, T: Deserialize<'de>> de::Visitor<'de> for Items<MAX, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
                if items.size_hint().is_some_and(|count| count > MAX) {
                    return Err(de::Error::custom(COUNT));
                }
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    if list.len() == MAX {
                        return Err(de::Error::custom(COUNT));
                    }
                    list.push(item);
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(Items::<MAX, T>(std::marker::PhantomData))
    }
}

impl<const MAX: usize, T: Serialize> SerializeAs<Vec<T>> for Few<MAX> {
    fn serialize_as<S: Serializer>(list: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        list.serialize(serializer)
    }
}
