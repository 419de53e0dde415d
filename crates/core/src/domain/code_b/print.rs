//! What a camera makes of the card's print: the code, the two dates beside it, and what would help it to read them.

use jiff::civil::Date;
use strum::VariantArray;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Calendar;
use crate::domain::secret::CodeB;

/// One thing the patient can do while the card is shown, most urgent first; one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum PrintHint {
    /// No card in the picture.
    ShowFront,
    /// A page of print without the two dates: the back, or the card upside down.
    OtherSide,
    /// The print is too small.
    Nearer,
    /// The card is larger than the picture.
    Farther,
    /// The card leans to a side.
    Straighter,
    /// Light mirrored by the card.
    Glare,
    /// The dates are there, the number below the portrait is not: a finger lies on it.
    FingerAway,
    /// It is being read.
    HoldStill,
}

impl PrintHint {
    /// Every hint, most urgent first.
    pub const ALL: &'static [PrintHint] = PrintHint::VARIANTS;
}

/// The two dates as they are printed. Wiped when dropped, never shown by `Debug`.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct PrintDates {
    /// Year of the era, or the last two figures of a Gregorian year; month; day.
    pub birth: [u8; 3],
    /// The birth is printed in the Gregorian year.
    pub gregorian: bool,
    /// Year, month and day of the last day of the card.
    pub until: [u16; 3],
}

/// What was read. It lies in a place of its own and is passed on by that place.
pub struct Print {
    /// 照合番号B.
    pub code_b: CodeB,
    /// The dates that it was made of.
    pub dates: Box<PrintDates>,
}

impl PrintDates {
    /// Whether the chip says the same: `birth` as it writes it, YYYYMMDD, and the last day of the card. A birth that is written
    /// otherwise says nothing.
    pub fn agree_with(&self, birth: &[u8], until: Date) -> bool {
        let same_end = self.until.map(i64::from) == [until.year().into(), until.month().into(), until.day().into()];
        same_end && written(birth).is_none_or(|born| self.is_birth(born))
    }

    fn is_birth(&self, born: Date) -> bool {
        let [year, month, day] = self.birth.map(i64::from);
        let of_era = |calendar: &Calendar| {
            let days = calendar.days();
            days.is_some_and(|(first, last)| {
                (first..=last).contains(&born) && i64::from(born.year() - first.year()) + 1 == year
            })
        };
        let same_year = if self.gregorian {
            i64::from(born.year()).rem_euclid(100) == year
        } else {
            Calendar::ALL.iter().any(of_era)
        };
        same_year && (month, day) == (born.month().into(), born.day().into())
    }
}

/// Eight ASCII digits, YYYYMMDD.
fn written(digits: &[u8]) -> Option<Date> {
    let number = |part: &[u8]| {
        part.iter().try_fold(0i16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0')))
    };
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2).filter(|(_, day)| day.len() == 2)?;
    Date::new(number(year)?, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn printed(birth: [u8; 3], gregorian: bool, until: [u16; 3]) -> PrintDates {
        PrintDates { birth, gregorian, until }
    }

    #[test]
    fn print_and_chip_agree_in_every_era() {
        let end = date(2031, 3, 31);
        let agrees = |birth, gregorian, chip: &[u8]| printed(birth, gregorian, [2031, 3, 31]).agree_with(chip, end);
        for (birth, gregorian, chip) in [
            ([1, 3, 31], false, b"19890331"),
            ([64, 1, 7], false, b"19890107"),
            ([30, 3, 31], false, b"19550331"),
            // Both eras have the day that one handed to the other.
            ([15, 12, 25], false, b"19261225"),
            ([1, 12, 25], false, b"19261225"),
            ([5, 2, 28], false, b"20230228"),
            ([84, 2, 29], true, b"19840229"),
            ([9, 11, 5], true, b"20091105"),
        ] {
            assert!(agrees(birth, gregorian, chip), "{birth:?}");
        }
        for (birth, gregorian, chip) in [
            ([1, 3, 30], false, b"19890331"),
            ([1, 4, 30], false, b"19890331"),
            ([2, 3, 31], false, b"19890331"),
            ([89, 3, 31], false, b"19890331"),
            ([1, 3, 31], true, b"19890331"),
        ] {
            assert!(!agrees(birth, gregorian, chip), "{birth:?}");
        }
    }

    #[test]
    fn another_end_differs_and_a_birth_that_is_no_date_says_nothing() {
        let dates = printed([1, 3, 31], false, [2031, 3, 31]);
        for (chip, until, agrees) in [
            (&b"19890331"[..], date(2031, 3, 30), false),
            (b"19890331", date(2030, 3, 31), false),
            (b"", date(2031, 3, 31), true),
            (b"1989033", date(2031, 3, 31), true),
            (b"198903311", date(2031, 3, 31), true),
            (b"19890231", date(2031, 3, 31), true),
            (b"1989x331", date(2031, 3, 31), true),
        ] {
            assert_eq!(dates.agree_with(chip, until), agrees, "{chip:?} {until}");
        }
    }
}
