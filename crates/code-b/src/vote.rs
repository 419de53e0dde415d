//! From pictures to one code: a picture counts where both readers agree, and two pictures must say the same. Precision comes before
//! recall: a wrong code costs the patient one of the card's ten tries.

use std::time::Duration;

use uketsuke_core::domain::code_b::{Print, PrintDates};
use uketsuke_core::domain::secret::CodeB;
use zeroize::Zeroize;

use super::dates::{Birth, Expiry};
use super::reader::{Code, Field, Seen};

/// How sure each reader must be.
const OWN_SURE: f32 = 0.5;
const SECOND_SURE: f32 = 0.8;
/// For a Gregorian birth, which no era vouches for and often no birthday either: both, one picture more, and larger print in pixels.
const GREGORIAN_SURE: f32 = 0.8;
const GREGORIAN_HEIGHT: f32 = 11.0;
/// Pictures that must say the same.
const VOTES: u32 = 2;
/// The value with the most votes must have so many times those of any other.
const AHEAD: u32 = 3;
/// Pictures closer than this err alike.
pub const APART: Duration = Duration::from_millis(300);

/// Collects what pictures of one card say.
#[derive(Default)]
pub struct Vote {
    births: Votes<Birth>,
    expiries: Votes<Expiry>,
    codes: Votes<Code>,
    last: Option<Duration>,
}

/// Values and how many pictures said each.
#[derive(Default)]
struct Votes<T: Zeroize>(Vec<(T, u32)>);

impl<T: Zeroize> Drop for Votes<T> {
    fn drop(&mut self) {
        for (value, votes) in &mut self.0 {
            value.zeroize();
            votes.zeroize();
        }
    }
}

impl<T: Zeroize + Copy + PartialEq> Votes<T> {
    fn add(&mut self, value: T) {
        match self.0.iter_mut().find(|(known, _)| *known == value) {
            Some((_, votes)) => *votes += 1,
            None => self.0.push((value, 1)),
        }
    }

    /// The value that is clearly ahead, and its votes.
    fn leader(&self) -> Option<(T, u32)> {
        let (value, most) = *self.0.iter().max_by_key(|(_, votes)| *votes)?;
        let next = self.0.iter().filter(|(other, _)| *other != value).map(|(_, votes)| *votes).max().unwrap_or(0);
        (most >= VOTES && most >= AHEAD * next).then_some((value, most))
    }
}

/// What both readers have, each sure enough.
fn agreed<T: Copy + PartialEq>(field: &Field<T>, own: f32, second: f32) -> Option<T> {
    let ((a, sure_a), (b, sure_b)) = field.own.zip(field.second)?;
    (a == b && sure_a >= own && sure_b >= second).then_some(a)
}

impl Vote {
    /// Counts a picture taken at `at`, a time since the first one; pictures that follow each other too closely are passed over.
    pub fn add(&mut self, at: Duration, seen: &Seen) {
        if self.last.is_some_and(|last| at < last + APART) {
            return;
        }
        let birth = seen.birth.as_ref().and_then(|field| {
            let birth = agreed(field, OWN_SURE, SECOND_SURE)?;
            let strict = || field.height >= GREGORIAN_HEIGHT && agreed(field, GREGORIAN_SURE, GREGORIAN_SURE).is_some();
            (!birth.gregorian || strict()).then_some(birth)
        });
        let expiry = seen.expiry.as_ref().and_then(|field| agreed(field, OWN_SURE, SECOND_SURE));
        let code = seen.code.as_ref().and_then(|field| agreed(field, OWN_SURE, SECOND_SURE));
        // A national's card ends on the birthday: where the days differ, one of them is misread.
        let misread = birth.zip(expiry).is_some_and(|(birth, expiry)| !birth.gregorian && !birth.agrees_with(expiry));
        if let Some(birth) = birth.filter(|_| !misread) {
            self.births.add(birth);
        }
        if let Some(expiry) = expiry.filter(|_| !misread) {
            self.expiries.add(expiry);
        }
        if let Some(code) = code {
            self.codes.add(code);
        }
        if birth.is_some() || expiry.is_some() || code.is_some() {
            self.last = Some(at);
        }
    }

    /// The code and the dates, once every part of it is sure.
    pub fn answer(&self) -> Option<Print> {
        let (birth, births) = self.births.leader()?;
        let (expiry, expiries) = self.expiries.leader()?;
        let (code, _) = self.codes.leader()?;
        let vouched = if birth.gregorian { births.min(expiries) > VOTES } else { birth.agrees_with(expiry) };
        if !vouched {
            return None;
        }
        // Of the expiry only the year is part of code B.
        let numbers = [birth.year, birth.month, birth.day, (expiry.year / 100) as u8, (expiry.year % 100) as u8];
        let mut digits = [0u8; 14];
        for (pair, number) in digits.as_chunks_mut::<2>().0.iter_mut().zip(numbers) {
            *pair = [b'0' + number / 10, b'0' + number % 10];
        }
        digits.iter_mut().skip(10).zip(code).for_each(|(to, figure)| *to = figure);
        let code_b = CodeB::new(digits);
        digits.zeroize();
        let dates = Box::new(PrintDates {
            birth: [birth.year, birth.month, birth.day],
            gregorian: birth.gregorian,
            until: [expiry.year, expiry.month.into(), expiry.day.into()],
        });
        Some(Print { code_b, dates })
    }
}
