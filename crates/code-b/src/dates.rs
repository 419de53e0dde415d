//! The two dates as they are printed, and whether they can be true.
//!
//! Births stand in the Japanese era (平成元年3月31日生), those of foreign residents in the Gregorian year; the expiry stands in the
//! Gregorian year (2025年3月31日まで有効). Code B wants the era's year, not its name.

use jiff::civil::Date;
use zeroize::Zeroize;

use super::read::{Text, figure};

/// A birth as code B wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Zeroize)]
pub struct Birth {
    /// Year of the era, or the last two figures of a Gregorian year.
    pub year: u8,
    pub month: u8,
    pub day: u8,
    /// Printed in the Gregorian year: no era vouches for it.
    pub gregorian: bool,
}

/// The last day of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Zeroize)]
pub struct Expiry {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Birth {
    /// Whether the card ends on the birthday, as the cards of nationals do (29 February: also on the 28th).
    pub fn agrees_with(self, expiry: Expiry) -> bool {
        let ends = (expiry.month, expiry.day);
        (self.month, self.day) == ends || ((self.month, self.day) == (2, 29) && ends == (2, 28))
    }
}

/// How much of a line must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Era and the words beside the figures too: for the reader that knows them.
    Whole,
    /// The figures and their units: the second reader does not know every sign beside them.
    Figures,
}

/// The eras of people who live: name, its first day, its last year.
const ERAS: [(&str, (i16, i8, i8), i16); 4] =
    [("令和", (2019, 5, 1), 99), ("平成", (1989, 1, 8), 31), ("昭和", (1926, 12, 25), 64), ("大正", (1912, 7, 30), 15)];
/// Nobody is older.
const OLDEST: i16 = 120;
/// A card ends at most so many years from today.
const LONGEST: i16 = 10;
/// The highest year of an era that a living person was born in.
const HIGHEST: u16 = 64;
/// Signs after the day: 生 and 性別, まで有効 and what else a reader makes of them.
const MOST_AFTER: usize = 6;

/// Figures before a unit: `era` is what stands before the year.
struct Parts<'t> {
    era: &'t [char],
    year: &'t [char],
    month: u8,
    day: u8,
    rest: &'t [char],
}

/// Cuts a line at 年, 月 and 日; `None` when they are not there in this order with figures before them.
fn parts(signs: &[char]) -> Option<Parts<'_>> {
    let (head, rest) = cut_at(signs, '年')?;
    let (month, rest) = cut_at(rest, '月')?;
    let (day, rest) = cut_at(rest, '日')?;
    let figures = head.iter().rev().take(4).take_while(|sign| sign.is_ascii_digit()).count();
    let split = match head.last() {
        Some('元') => head.len() - 1,
        _ if figures > 0 => head.len() - figures,
        _ => return None,
    };
    let (era, year) = head.split_at_checked(split)?;
    (era.len() <= 3).then_some(Parts { era, year, month: one_or_two(month)?, day: one_or_two(day)?, rest })
}

fn cut_at(signs: &[char], unit: char) -> Option<(&[char], &[char])> {
    let at = signs.iter().position(|sign| *sign == unit)?;
    Some((signs.get(..at)?, signs.get(at + 1..)?))
}

fn one_or_two(signs: &[char]) -> Option<u8> {
    (1..=2).contains(&signs.len()).then(|| number(signs)).flatten().and_then(|n| u8::try_from(n).ok())
}

fn number(signs: &[char]) -> Option<u16> {
    signs.iter().try_fold(0u16, |sum, sign| {
        let figure = sign.to_digit(10)? as u16;
        sum.checked_mul(10)?.checked_add(figure)
    })
}

/// The day, if the calendar has it.
fn day(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The birth in this line, if it is one and can be true on `today`.
pub fn birth(text: &Text, today: Date, strictness: Strictness) -> Option<Birth> {
    let parts = parts(&text.signs)?;
    let whole = strictness == Strictness::Whole;
    // The sex stands on the same line; its box may run into this one.
    let born = if whole { parts.rest.first() == Some(&'生') } else { parts.rest.len() <= MOST_AFTER };
    if !born || !(1..=12).contains(&parts.month) || !(1..=31).contains(&parts.day) {
        return None;
    }
    let year = if parts.year == ['元'] { 1 } else { number(parts.year)? };
    if parts.era.is_empty() {
        let born = day(i16::try_from(year).ok()?, parts.month, parts.day)?;
        let plausible = parts.year.len() == 4 && born.year() >= today.year() - OLDEST && born <= today;
        let year = u8::try_from(year % 100).ok()?;
        return plausible.then_some(Birth { year, month: parts.month, day: parts.day, gregorian: true });
    }
    if !(1..=HIGHEST).contains(&year) {
        return None;
    }
    if whole && !in_one_era(parts.era, year, parts.month, parts.day, today) {
        return None;
    }
    Some(Birth { year: u8::try_from(year).ok()?, month: parts.month, day: parts.day, gregorian: false })
}

/// Whether the signs name just one era (one sign of it is enough, 和 alone is not) and the day lies in it.
fn in_one_era(signs: &[char], year: u16, month: u8, of_month: u8, today: Date) -> bool {
    let read = || signs.iter().filter(|sign| **sign != '*');
    let named = |(name, ..): &(&str, _, _)| read().all(|sign| name.contains(*sign));
    let mut eras = ERAS.iter().enumerate().filter(|(_, era)| named(era));
    let (Some((at, (_, (from, first_month, first_day), last))), None, true) =
        (eras.next(), eras.next(), read().count() > 0)
    else {
        return false;
    };
    // An era ends the day before the next one begins.
    let next = at.checked_sub(1).and_then(|at| ERAS.get(at)).and_then(|(_, (y, m, d), _)| Date::new(*y, *m, *d).ok());
    let Ok(year) = i16::try_from(year) else { return false };
    let born = day(from + year - 1, month, of_month);
    let first = Date::new(*from, *first_month, *first_day).ok();
    let in_era = |born: Date| Some(born) >= first && next.is_none_or(|next| born < next);
    year <= *last && born.is_some_and(|born| in_era(born) && born <= today)
}

/// The expiry in this line, if it is one and can be true on `today`.
pub fn expiry(text: &Text, today: Date, strictness: Strictness) -> Option<Expiry> {
    let parts = parts(&text.signs)?;
    let figures = parts.era.is_empty() && parts.year.len() == 4;
    let known = parts.rest.iter().filter(|sign| "まで有効".contains(**sign)).count();
    if !figures || parts.rest.len() > MOST_AFTER || (strictness == Strictness::Whole && known < 2) {
        return None;
    }
    let year = number(parts.year)?;
    let ends = day(i16::try_from(year).ok()?, parts.month, parts.day)?;
    let plausible = year / 100 == 20 && today <= ends && ends.year() <= today.year() + LONGEST;
    plausible.then_some(Expiry { year, month: parts.month, day: parts.day })
}

/// How sure the reader is of what counts: the least sure of the figures, 元 and the units between them; neither of the era nor of
/// what follows the day.
pub fn sure_of(text: &Text) -> f32 {
    let dated = text.signs.contains(&'年');
    let end = text.signs.iter().position(|sign| *sign == '日').filter(|_| dated).unwrap_or(text.signs.len());
    let counts = |sign: char| figure(sign).is_ascii_digit() || "元年月".contains(sign);
    let of = text.signs.iter().zip(&text.sure).take(end).filter(|(sign, _)| counts(**sign));
    of.map(|(_, sure)| *sure).reduce(f32::min).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> Text {
        let signs: Vec<char> = line.chars().collect();
        Text { sure: vec![0.9; signs.len()], places: vec![0.0; signs.len()], signs }
    }

    fn today() -> Date {
        Date::constant(2026, 12, 1)
    }

    fn born(line: &str, strictness: Strictness) -> Option<(u8, u8, u8, bool)> {
        birth(&text(line), today(), strictness).map(|b| (b.year, b.month, b.day, b.gregorian))
    }

    #[test]
    fn births_are_read_in_every_era_and_in_the_gregorian_year() {
        for (line, wanted) in [
            ("平成元年3月31日生", (1, 3, 31, false)),
            ("昭和64年1月7日生", (64, 1, 7, false)),
            ("大正15年12月24日生", (15, 12, 24, false)),
            ("令和7年10月5日生", (7, 10, 5, false)),
            ("平*12年2月29日生", (12, 2, 29, false)),
            ("1984年2月29日生", (84, 2, 29, true)),
            ("2009年11月5日生", (9, 11, 5, true)),
        ] {
            assert_eq!(born(line, Strictness::Whole), Some(wanted), "{line}");
            assert_eq!(born(line.trim_end_matches('生'), Strictness::Figures), Some(wanted), "{line}");
            assert_eq!(born(line.trim_end_matches('生'), Strictness::Whole), None, "{line}");
            assert_eq!(born(&format!("{line}*"), Strictness::Whole), Some(wanted), "{line} and the sex");
        }
        // The second reader takes other signs for the era's.
        assert_eq!(born("今和7年10月5日", Strictness::Figures), Some((7, 10, 5, false)));
    }

    #[test]
    fn births_that_cannot_be_are_none() {
        for line in [
            "平成32年1月1日生",  // the era ended before
            "昭和64年1月8日生",  // the day the next one began
            "平成元年1月7日生",  // the day before it began
            "和12年2月3日生",    // two eras have this sign
            "**12年2月3日生",    // none is read
            "令和9年1月1日生",   // to come
            "平成12年2月30日生", // no such day
            "平成0年2月3日生",
            "1905年1月1日生",
            "198年1月1日生",
            "2027年1月1日生",
            "平成12月2日3年生",
            "年月日生",
            "平成123年1月1日生",
            "",
        ] {
            assert_eq!(born(line, Strictness::Whole), None, "{line}");
        }
        assert_eq!(born("昭和65年1月1日", Strictness::Figures), None);
        assert_eq!(born("99999年99月99日", Strictness::Figures), None);
    }

    #[test]
    fn expiries_lie_between_today_and_ten_years() {
        let ends = |line: &str, strictness| expiry(&text(line), today(), strictness).map(|e| (e.year, e.month, e.day));
        assert_eq!(ends("2028年11月5日まで有効", Strictness::Whole), Some((2028, 11, 5)));
        assert_eq!(ends("2028年11月5日まで*", Strictness::Whole), Some((2028, 11, 5)));
        assert_eq!(ends("2028年11月5日", Strictness::Figures), Some((2028, 11, 5)));
        assert_eq!(ends("2026年12月1日まで有効", Strictness::Whole), Some((2026, 12, 1)));
        for line in [
            "2026年11月30日まで有効",
            "2037年1月1日まで有効",
            "2029年2月29日まで有効",
            "2028年11月5日",
            "平成28年11月5日まで有効",
            "2028年11月5日まで有効*****",
            "20288年11月5日まで有効",
        ] {
            assert_eq!(ends(line, Strictness::Whole), None, "{line}");
        }
    }

    #[test]
    fn the_card_ends_on_the_birthday() {
        let birth = |month, day| Birth { year: 1, month, day, gregorian: false };
        let ends = |month, day| Expiry { year: 2030, month, day };
        assert!(birth(3, 31).agrees_with(ends(3, 31)) && birth(2, 29).agrees_with(ends(2, 28)));
        assert!(!birth(3, 31).agrees_with(ends(3, 30)) && !birth(2, 28).agrees_with(ends(2, 29)));
    }

    #[test]
    fn only_what_counts_makes_a_line_unsure() {
        let mut line = text("平成元年3月31日生");
        (line.sure[0], line.sure[9]) = (0.1, 0.1);
        assert_eq!(sure_of(&line), 0.9);
        line.sure[2] = 0.2;
        assert_eq!(sure_of(&line), 0.2);
        assert_eq!(sure_of(&text("")), 0.0);
    }
}
