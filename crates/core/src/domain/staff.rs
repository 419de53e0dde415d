//! Staff at the kiosk's own screen: the code that opens it to them, and how often a wrong one may be typed.

use std::time::Duration;

use crate::domain::secret::Secret;

/// Digits of a staff code.
pub const LENGTH: u8 = 6;

/// The code of a member of staff, as ASCII digits.
pub type StaffCode = Secret<[u8; LENGTH as usize]>;

/// Wrong codes in a row after which this kiosk takes none for a while: whoever guesses has five draws out of a million.
pub const WRONG_AT_MOST: u8 = 5;

/// So long after the last wrong one it takes codes again.
pub const CLOSED_FOR: Duration = Duration::from_secs(600);

/// Wrong codes in a row at this kiosk, whoever typed them in whichever visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeTries {
    wrong: u8,
    /// The last one, by the steady clock.
    last: Duration,
}

impl CodeTries {
    /// Whether a code is taken at `now` of the steady clock.
    pub fn open(&self, now: Duration) -> bool {
        self.wrong < WRONG_AT_MOST || self.lapsed(now)
    }

    /// A wrong code was typed.
    pub fn wrong(&mut self, now: Duration) {
        let before = if self.lapsed(now) { 0 } else { self.wrong };
        *self = Self { wrong: before.saturating_add(1), last: now };
    }

    /// A right code was typed.
    pub fn right(&mut self) {
        *self = Self::default();
    }

    fn lapsed(&self, now: Duration) -> bool {
        now.saturating_sub(self.last) >= CLOSED_FOR
    }
}

/// Where the typing of a code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CodeEntry {
    /// Digits are taken.
    #[default]
    Open,
    /// The last code was wrong; digits are taken.
    Wrong,
    /// The code is being compared.
    Checking,
    /// No code is taken for a while: too many wrong ones, or codes cannot be compared.
    Closed,
}

impl CodeEntry {
    /// Whether digits are taken.
    pub fn takes_digits(self) -> bool {
        matches!(self, CodeEntry::Open | CodeEntry::Wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: u8) -> Duration {
        Duration::from_secs(n.into())
    }

    #[test]
    fn five_wrong_codes_close_it_for_ten_minutes() {
        let mut tries = CodeTries::default();
        for n in 0..WRONG_AT_MOST {
            assert!(tries.open(second(n)), "the {n}th");
            tries.wrong(second(n));
        }
        let over = second(4) + CLOSED_FOR;
        assert!(!tries.open(second(5)) && !tries.open(over - Duration::from_millis(1)));
        assert!(tries.open(over));
        tries.wrong(over);
        assert!(tries.open(over), "after the pause they are counted anew");
    }

    #[test]
    fn a_right_code_clears_the_count() {
        let mut tries = CodeTries::default();
        (0..4).for_each(|n| tries.wrong(second(n)));
        tries.right();
        (0..4).for_each(|n| tries.wrong(second(n)));
        assert!(tries.open(second(4)));
    }
}
