//! 照合番号B: birth date, expiry year and security code of the card, fourteen digits.
//!
//! A wrong code costs one of ten tries, so what cannot be right is refused before the card sees it.
//! Source: the printed card; the first six digits are YYMMDD with the Japanese-era year, or, on a
//! foreign resident's card, the last two digits of the Gregorian year.

use jiff::civil::{Date, date};
use strum::VariantArray;

use super::card::Tries;
use super::failure::Failure;

mod print;

pub use print::{Print, PrintDates, PrintHint};

/// Digits in code B.
pub const LENGTH: usize = 14;

/// Below this many tries left the kiosk does not offer code B any more.
pub const STOP_AT_TRIES: u8 = 4;

/// Below this many tries left a code that was read from the print is not sent: a right code gives all tries back, so print that is
/// misread can never bring a card nearer to its stop.
pub const READ_AT_TRIES: u8 = 9;

/// Years from an adult's issue to the end of the card.
const LONGEST_VALIDITY: i16 = 10;

/// The three things printed on the card that make up the code, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 生年月日, YYMMDD.
    Birth,
    /// 有効期限の年, YYYY.
    Expiry,
    /// セキュリティコード, four digits under the portrait.
    Security,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Part; 3] = [Part::Birth, Part::Expiry, Part::Security];

    /// Digits in it.
    pub fn length(self) -> u8 {
        match self {
            Part::Birth => 6,
            Part::Expiry | Part::Security => 4,
        }
    }

    /// Its place among the parts.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The part after it.
    pub fn next(self) -> Option<Part> {
        Part::ALL.get(self.index() + 1).copied()
    }

    /// The part before it.
    pub fn before(self) -> Option<Part> {
        self.index().checked_sub(1).and_then(|index| Part::ALL.get(index)).copied()
    }
}

/// How the birth date is printed: in a Japanese era, or, for foreign residents, in the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Calendar {
    /// 明治.
    Meiji,
    /// 大正.
    Taisho,
    /// 昭和.
    Showa,
    /// 平成.
    Heisei,
    /// 令和.
    Reiwa,
    /// 西暦: the last two digits of the year.
    Gregorian,
}

impl Calendar {
    /// Every calendar, in the order of the wheel.
    pub const ALL: &'static [Calendar] = Calendar::VARIANTS;

    /// The next one on the wheel; the first after the last.
    pub fn later(self) -> Calendar {
        self.turned(1)
    }

    /// The one before it on the wheel; the last before the first.
    pub fn earlier(self) -> Calendar {
        self.turned(Calendar::ALL.len() - 1)
    }

    fn turned(self, by: usize) -> Calendar {
        Calendar::ALL.iter().copied().cycle().nth(self as usize + by).unwrap_or(self)
    }

    /// First and last day of the era. The edicts of 1912 and 1926 let the new era begin on the day the old one ended,
    /// so that day belongs to both; `None` for the Gregorian calendar.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        match self {
            Calendar::Meiji => Some((date(1868, 1, 25), date(1912, 7, 30))),
            Calendar::Taisho => Some((date(1912, 7, 30), date(1926, 12, 25))),
            Calendar::Showa => Some((date(1926, 12, 25), date(1989, 1, 7))),
            Calendar::Heisei => Some((date(1989, 1, 8), date(2019, 4, 30))),
            Calendar::Reiwa => Some((date(2019, 5, 1), Date::MAX)),
            Calendar::Gregorian => None,
        }
    }

    /// Gregorian years that the printed two-digit year can mean.
    fn years(self, yy: i16) -> Vec<i16> {
        match self.days() {
            Some((first, _)) if yy > 0 => vec![first.year() + yy - 1],
            Some(_) => Vec::new(),
            None => vec![1900 + yy, 2000 + yy],
        }
    }
}

/// Why digits cannot be (a part of) a code B; nothing was sent to the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Implausible {
    /// Not as many ASCII digits as it must have.
    #[error("code B is fourteen digits: six, four and four")]
    Length,
    /// There is no such year, month or day.
    #[error("the birth date does not exist")]
    NoSuchDay,
    /// The day lies before or after the chosen era.
    #[error("the birth date does not lie in the chosen era")]
    OutsideEra,
    /// The birth date has not come yet.
    #[error("the birth date lies in the future")]
    Future,
    /// The card's last year is over.
    #[error("the expiry year is past")]
    ExpiryPast,
    /// No card is valid for so long.
    #[error("the expiry year is more than ten years away")]
    ExpiryFar,
}

impl Implausible {
    /// Whether it would be right on another day: by a clock that is wrong it says nothing of the code.
    pub fn hangs_on_today(self) -> bool {
        matches!(self, Self::Future | Self::ExpiryPast | Self::ExpiryFar)
    }
}

/// What was wrong with the last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// It cannot be right; no try was used and the digits are still in.
    Implausible(Implausible),
    /// The card refused the whole code; one try was used and nothing is in.
    Wrong,
}

impl Problem {
    /// The failure that staff know it by.
    pub fn failure(self) -> Failure {
        match self {
            Problem::Implausible(_) => Failure::CodeBImplausible,
            Problem::Wrong => Failure::CodeBWrong,
        }
    }
}

/// Where the patient's typing of the code stands: counts, never digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The part being typed.
    pub part: Part,
    /// Digits in each part.
    pub typed: [u8; 3],
    /// How the birth date is printed.
    pub calendar: Calendar,
    /// What was wrong with the last entry.
    pub problem: Option<Problem>,
    /// Tries left on the card.
    pub tries: Tries,
}

impl Entry {
    /// Nothing typed yet.
    pub fn new(problem: Option<Problem>, tries: Tries) -> Self {
        // Most patients of a clinic were born in Shōwa.
        Self { part: Part::Birth, typed: [0; 3], calendar: Calendar::Showa, problem, tries }
    }

    /// Digits in the part being typed.
    pub fn count(&self) -> u8 {
        self.typed.get(self.part.index()).copied().unwrap_or(0)
    }

    /// The same entry with so many digits in the part being typed; what was wrong has been seen.
    pub fn with_count(mut self, count: u8) -> Self {
        if let Some(typed) = self.typed.get_mut(self.part.index()) {
            *typed = count;
        }
        Self { problem: self.problem.filter(|_| count == 0), ..self }
    }

    /// Whether every digit of the part being typed is in.
    pub fn is_full(&self) -> bool {
        self.count() == self.part.length()
    }
}

fn number(digits: &[u8]) -> i16 {
    digits.iter().fold(0, |n, d| n * 10 + i16::from(d - b'0'))
}

/// Checks one typed part without the card.
///
/// # Errors
/// Why it cannot be right.
pub fn check(part: Part, digits: &[u8], calendar: Calendar, today: Date) -> Result<(), Implausible> {
    if digits.len() != usize::from(part.length()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Implausible::Length);
    }
    match part {
        Part::Birth => birth(digits, calendar, today),
        Part::Expiry => expiry(number(digits), today),
        Part::Security => Ok(()),
    }
}

/// The first day that fits counts; otherwise the reason of the most likely reading.
fn birth(digits: &[u8], calendar: Calendar, today: Date) -> Result<(), Implausible> {
    let (yy, rest) = digits.split_at(2);
    let (month, day) = rest.split_at(2);
    let mut reason = Implausible::NoSuchDay;
    for year in calendar.years(number(yy)) {
        let Ok(birth) = Date::new(year, number(month) as i8, number(day) as i8) else { continue };
        match calendar.days() {
            Some((first, last)) if birth < first || birth > last => reason = Implausible::OutsideEra,
            _ if birth > today => reason = Implausible::Future,
            _ => return Ok(()),
        }
    }
    Err(reason)
}

fn expiry(year: i16, today: Date) -> Result<(), Implausible> {
    match year {
        year if year < today.year() => Err(Implausible::ExpiryPast),
        year if year > today.year() + LONGEST_VALIDITY => Err(Implausible::ExpiryFar),
        _ => Ok(()),
    }
}

/// Checks a whole code of which nobody said how its birth date is printed.
///
/// # Errors
/// The first part of the code that cannot be right.
pub fn plausible(digits: &[u8], today: Date) -> Result<(), Implausible> {
    let (Some(birth), Some(expiry), Some(security)) = (digits.get(..6), digits.get(6..10), digits.get(10..)) else {
        return Err(Implausible::Length);
    };
    let mut any = Calendar::ALL.iter().map(|calendar| check(Part::Birth, birth, *calendar, today));
    if !any.clone().any(|checked| checked.is_ok()) {
        return any.next_back().unwrap_or(Err(Implausible::NoSuchDay));
    }
    check(Part::Expiry, expiry, Calendar::Gregorian, today)?;
    check(Part::Security, security, Calendar::Gregorian, today)
}

#[cfg(test)]
mod tests;
