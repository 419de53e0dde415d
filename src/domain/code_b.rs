//! 照合番号B: birth date, expiry year and security code of the card, fourteen digits.
//!
//! A wrong code costs one of ten tries, so what cannot be right is refused before the card sees it.
//! Source: the printed card; the first six digits are YYMMDD with the Japanese-era year, or, on a
//! foreign resident's card, the last two digits of the Gregorian year.

use jiff::civil::Date;

/// Digits in code B.
pub const LENGTH: usize = 14;

/// Below this many tries left the kiosk does not offer code B any more.
pub const STOP_AT_TRIES: u8 = 4;

/// Why fourteen digits cannot be a code B; nothing was sent to the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Implausible {
    /// Not fourteen ASCII digits.
    #[error("code B is fourteen digits")]
    Length,
    /// The first six digits are no date in any era.
    #[error("the birth date does not exist")]
    Birth,
    /// The expiry year is past or more than ten years away.
    #[error("the expiry year is out of range")]
    Expiry,
}

/// Gregorian years that a two-digit year `yy` can mean on a card: Taishō, Shōwa, Heisei, Reiwa, 19yy, 20yy.
fn years(yy: i16) -> [i16; 6] {
    [1911 + yy, 1925 + yy, 1988 + yy, 2018 + yy, 1900 + yy, 2000 + yy]
}

fn number(digits: &[u8]) -> i16 {
    digits.iter().fold(0, |n, d| n * 10 + i16::from(d - b'0'))
}

/// Checks what can be checked without the card.
///
/// # Errors
/// The first part of the code that cannot be right.
pub fn plausible(digits: &[u8], today: Date) -> Result<(), Implausible> {
    if digits.len() != LENGTH || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Implausible::Length);
    }
    let (yy, month, day) = (number(&digits[..2]), number(&digits[2..4]), number(&digits[4..6]));
    let born =
        years(yy).into_iter().any(|year| Date::new(year, month as i8, day as i8).is_ok_and(|birth| birth <= today));
    if !born {
        return Err(Implausible::Birth);
    }
    let expiry = number(&digits[6..10]);
    if !(today.year()..=today.year() + 10).contains(&expiry) {
        return Err(Implausible::Expiry);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn showa_example_is_plausible() {
        assert_eq!(plausible(b"55021720352285", date(2026, 11, 20)), Ok(()));
    }

    #[test]
    fn reiwa_year_two_is_padded() {
        assert_eq!(plausible(b"02021720302285", date(2026, 11, 20)), Ok(()));
    }

    #[test]
    fn impossible_parts_are_named() {
        let today = date(2026, 11, 20);
        assert_eq!(plausible(b"5502172035228", today), Err(Implausible::Length));
        assert_eq!(plausible(b"55023020352285", today), Err(Implausible::Birth));
        assert_eq!(plausible(b"55021720252285", today), Err(Implausible::Expiry));
        assert_eq!(plausible(b"55021720372285", today), Err(Implausible::Expiry));
    }
}
