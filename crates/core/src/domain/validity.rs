//! When a card's certificate warns, still serves, and ends (the rule of the certificate's renewal).
//!
//! From three months before the last day the patient is reminded. After the last day the card still serves as
//! insurance card until the end of the third month, for the qualification only.

use jiff::ToSpan;
use jiff::civil::Date;

/// Where a day lies in the life of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing to say.
    Good,
    /// Within three months before the last day.
    Expiring,
    /// Past the last day, within the grace months.
    Grace,
    /// Past the grace months.
    Ended,
}

/// Where `today` lies for a certificate whose last day is `last_day`.
pub fn standing(last_day: Date, today: Date) -> Standing {
    if today > grace_end(last_day) {
        Standing::Ended
    } else if today > last_day {
        Standing::Grace
    } else if today >= alert_from(last_day) {
        Standing::Expiring
    } else {
        Standing::Good
    }
}

/// First day of the reminder: three months before, clamped to the end of a shorter month.
pub fn alert_from(last_day: Date) -> Date {
    last_day.saturating_sub(3.months())
}

/// Last day of the third month after the month of `last_day`.
pub fn grace_end(last_day: Date) -> Date {
    last_day.first_of_month().saturating_add(3.months()).last_of_month()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn published_examples() {
        let cases = [
            (date(2025, 1, 15), date(2024, 10, 15), date(2025, 4, 30)),
            (date(2025, 11, 30), date(2025, 8, 30), date(2026, 2, 28)),
            (date(2024, 5, 31), date(2024, 2, 29), date(2024, 8, 31)),
            // Born on 29 February: where the certificate's own last day falls decides.
            (date(2028, 2, 29), date(2027, 11, 29), date(2028, 5, 31)),
            (date(2027, 2, 28), date(2026, 11, 28), date(2027, 5, 31)),
        ];
        for (last_day, alert, grace) in cases {
            assert_eq!(alert_from(last_day), alert, "{last_day}");
            assert_eq!(grace_end(last_day), grace, "{last_day}");
        }
    }

    #[test]
    fn each_border_belongs_to_the_patient() {
        let last_day = date(2025, 1, 15);
        assert_eq!(standing(last_day, date(2024, 10, 14)), Standing::Good);
        assert_eq!(standing(last_day, date(2024, 10, 15)), Standing::Expiring);
        assert_eq!(standing(last_day, date(2025, 1, 15)), Standing::Expiring);
        assert_eq!(standing(last_day, date(2025, 1, 16)), Standing::Grace);
        assert_eq!(standing(last_day, date(2025, 4, 30)), Standing::Grace);
        assert_eq!(standing(last_day, date(2025, 5, 1)), Standing::Ended);
    }
}
