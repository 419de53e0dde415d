use super::*;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 20);

fn born(digits: &[u8], calendar: Calendar) -> Result<(), Implausible> {
    check(Part::Birth, digits, calendar, TODAY)
}

#[test]
fn a_whole_code_is_plausible_in_any_calendar() {
    assert_eq!(plausible(b"55021720352285", TODAY), Ok(()));
    assert_eq!(plausible(b"02021720302285", TODAY), Ok(()), "Reiwa 2 is padded");
    assert_eq!(plausible(b"00022920302285", TODAY), Ok(()), "29 February 2000, a foreign resident");
}

#[test]
fn impossible_parts_are_named() {
    for (code, reason) in [
        (b"5502172035228".as_slice(), Implausible::Length),
        (b"550217203522851", Implausible::Length),
        (b"5502172035228x", Implausible::Length),
        (b"55023020352285", Implausible::NoSuchDay),
        (b"55131720352285", Implausible::NoSuchDay),
        (b"55021720252285", Implausible::ExpiryPast),
        (b"55021720372285", Implausible::ExpiryFar),
    ] {
        assert_eq!(plausible(code, TODAY), Err(reason), "{}", String::from_utf8_lossy(code));
    }
}

#[test]
fn eras_end_where_the_next_one_begins() {
    use Calendar::{Heisei, Meiji, Reiwa, Showa, Taisho};
    for (digits, calendar, expected) in [
        (b"450730", Meiji, Ok(())),
        (b"450731", Meiji, Err(Implausible::OutsideEra)),
        (b"010729", Taisho, Err(Implausible::OutsideEra)),
        (b"010730", Taisho, Ok(())),
        (b"151225", Taisho, Ok(())),
        (b"151226", Taisho, Err(Implausible::OutsideEra)),
        (b"011224", Showa, Err(Implausible::OutsideEra)),
        (b"011225", Showa, Ok(())),
        (b"640107", Showa, Ok(())),
        (b"640108", Showa, Err(Implausible::OutsideEra)),
        (b"010107", Heisei, Err(Implausible::OutsideEra)),
        (b"010108", Heisei, Ok(())),
        (b"310430", Heisei, Ok(())),
        (b"310501", Heisei, Err(Implausible::OutsideEra)),
        (b"010430", Reiwa, Err(Implausible::OutsideEra)),
        (b"010501", Reiwa, Ok(())),
        (b"081120", Reiwa, Ok(())),
        (b"081121", Reiwa, Err(Implausible::Future)),
        (b"000101", Showa, Err(Implausible::NoSuchDay)),
    ] {
        assert_eq!(born(digits, calendar), expected, "{calendar:?} {}", String::from_utf8_lossy(digits));
    }
}

#[test]
fn the_29th_of_february_is_there_in_leap_years_only() {
    use Calendar::{Gregorian, Heisei, Reiwa, Showa, Taisho};
    for (digits, calendar, leap) in [
        (b"550229", Showa, true),
        (b"560229", Showa, false),
        (b"120229", Heisei, true),
        (b"130229", Heisei, false),
        (b"060229", Reiwa, true),
        (b"050229", Taisho, true),
        (b"000229", Gregorian, true),
        (b"800229", Gregorian, true),
        (b"810229", Gregorian, false),
    ] {
        assert_eq!(born(digits, calendar).is_ok(), leap, "{calendar:?} {}", String::from_utf8_lossy(digits));
    }
}

#[test]
fn the_wheel_goes_round_both_ways() {
    for &calendar in Calendar::ALL {
        assert_eq!(calendar.later().earlier(), calendar);
    }
    assert_eq!(Calendar::Gregorian.later(), Calendar::Meiji);
    assert_eq!(Calendar::Showa.later(), Calendar::Heisei);
}

proptest! {
    /// Whoever was born on a day that an era had can type it as it is printed.
    #[test]
    fn every_printed_birth_date_is_accepted(days in 0i32..57_000) {
        let birth = TODAY.saturating_sub(jiff::Span::new().days(days));
        for &calendar in Calendar::ALL {
            let year = match calendar.days() {
                Some((first, last)) if first <= birth && birth <= last => birth.year() - first.year() + 1,
                None if birth.year() >= 1900 => birth.year() % 100,
                _ => continue,
            };
            let digits = format!("{year:02}{:02}{:02}", birth.month(), birth.day());
            prop_assert_eq!(born(digits.as_bytes(), calendar), Ok(()), "{} {:?}", digits, calendar);
            let code = format!("{digits}20302285");
            prop_assert_eq!(plausible(code.as_bytes(), TODAY), Ok(()));
        }
    }

    /// Whatever is typed is judged without a panic, and what is accepted is a day of the past.
    #[test]
    fn what_is_accepted_exists(digits in proptest::array::uniform6(b'0'..=b'9'), which in 0usize..6) {
        let calendar = Calendar::ALL[which];
        if born(&digits, calendar).is_ok() {
            let there = calendar.years(number(&digits[..2])).into_iter().any(|year| {
                Date::new(year, number(&digits[2..4]) as i8, number(&digits[4..]) as i8).is_ok_and(|day| day <= TODAY)
            });
            prop_assert!(there);
        }
    }

    #[test]
    fn an_expiry_year_lies_within_ten_years(year in 0i16..=9999) {
        let told = check(Part::Expiry, format!("{year:04}").as_bytes(), Calendar::Showa, TODAY);
        let expected = match year {
            ..2026 => Err(Implausible::ExpiryPast),
            2026..=2036 => Ok(()),
            _ => Err(Implausible::ExpiryFar),
        };
        prop_assert_eq!(told, expected);
    }
}
