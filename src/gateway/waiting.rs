//! When a card can be registered after something was done at the municipality (the rule in force since December 2020).

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jpholiday::chrono::NaiveDate;
use jpholiday::jpholiday::JPHoliday;

use crate::domain::japan;
use crate::people::insurance::Procedure;

/// The registration works from noon on where it must wait: the rule says "the afternoon of the next weekday".
const AFTERNOON: Time = Time::constant(12, 0, 0, 0);

/// From when on a card can be registered after `procedure` was done on `day`.
pub fn registration_from(procedure: Procedure, day: Date) -> Timestamp {
    let at = match procedure {
        Procedure::CardIssued | Procedure::FactsChanged | Procedure::SignatureRevoked => day.at(0, 0, 0, 0),
        Procedure::CertificateRenewed | Procedure::SuspensionLifted | Procedure::CertificateAdded => {
            next_weekday(day).to_datetime(AFTERNOON)
        }
    };
    japan::OFFSET.to_timestamp(at).unwrap_or(Timestamp::MAX)
}

/// The first day after `day` that is neither Saturday, Sunday nor a public holiday.
fn next_weekday(day: Date) -> Date {
    let holidays = JPHoliday::new();
    let mut next = day.tomorrow();
    while let Ok(date) = next {
        if !closed(&holidays, date) {
            return date;
        }
        next = date.tomorrow();
    }
    day
}

/// Public holidays and the turn of the year (29 December to 3 January), when offices are closed.
fn closed(holidays: &JPHoliday, date: Date) -> bool {
    let year_turn = matches!((date.month(), date.day()), (12, 29..) | (1, ..=3));
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let civil = NaiveDate::from_ymd_opt(date.year().into(), month.into(), day.into());
    year_turn || weekend || civil.is_some_and(|civil| holidays.is_holiday(&civil))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn from(procedure: Procedure, day: Date) -> String {
        japan::civil(registration_from(procedure, day)).to_string()
    }

    #[test]
    fn every_row_of_the_rule() {
        let friday = date(2026, 11, 20);
        for at_once in [Procedure::CardIssued, Procedure::FactsChanged, Procedure::SignatureRevoked] {
            assert_eq!(from(at_once, friday), "2026-11-20T00:00:00");
        }
        // Saturday, Sunday, then 勤労感謝の日 on Monday.
        for waits in [Procedure::CertificateRenewed, Procedure::SuspensionLifted, Procedure::CertificateAdded] {
            assert_eq!(from(waits, friday), "2026-11-24T12:00:00");
        }
    }

    #[test]
    fn holidays_and_the_turn_of_the_year_are_waited_out() {
        let renewed = |day| from(Procedure::CertificateRenewed, day);
        assert_eq!(renewed(date(2026, 11, 18)), "2026-11-19T12:00:00");
        // 昭和の日 on a Wednesday.
        assert_eq!(renewed(date(2026, 4, 28)), "2026-04-30T12:00:00");
        // 憲法記念日 on a Sunday: its substitute is the Wednesday after みどりの日 and こどもの日.
        assert_eq!(renewed(date(2026, 5, 1)), "2026-05-07T12:00:00");
        // A day between two holidays is one itself (国民の休日).
        assert_eq!(renewed(date(2026, 9, 18)), "2026-09-24T12:00:00");
        assert_eq!(renewed(date(2026, 12, 28)), "2027-01-04T12:00:00");
    }
}
