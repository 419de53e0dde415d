//! Staff at the kiosk's own screen: the code that opens it to them, and how often a wrong one may be typed.

use crate::domain::secret::Secret;

/// Digits of a staff code.
pub const LENGTH: u8 = 6;

/// The code of a member of staff, as ASCII digits.
pub type StaffCode = Secret<[u8; LENGTH as usize]>;

/// Wrong codes in a row after which this kiosk takes none for a while: whoever guesses has five draws out of a million.
pub const WRONG_AT_MOST: u8 = 5;

/// So long after the last wrong one it takes codes again, in milliseconds.
pub const CLOSED_FOR: u64 = 600_000;

/// Wrong codes in a row at this kiosk, whoever typed them in whichever visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeTries {
    wrong: u8,
    last: u64,
}

impl CodeTries {
    /// Whether a code is taken at `now` (milliseconds of the monotonic clock).
    pub fn open(&self, now: u64) -> bool {
        self.wrong < WRONG_AT_MOST || self.lapsed(now)
    }

    /// A wrong code was typed.
    pub fn wrong(&mut self, now: u64) {
        let before = if self.lapsed(now) { 0 } else { self.wrong };
        *self = Self { wrong: before.saturating_add(1), last: now };
    }

    /// A right code was typed.
    pub fn right(&mut self) {
        *self = Self::default();
    }

    fn lapsed(&self, now: u64) -> bool {
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

    #[test]
    fn five_wrong_codes_close_it_for_ten_minutes() {
        let mut tries = CodeTries::default();
        for n in 0..u64::from(WRONG_AT_MOST) {
            assert!(tries.open(n), "the {n}th");
            tries.wrong(n);
        }
        assert!(!tries.open(5) && !tries.open(4 + CLOSED_FOR - 1));
        assert!(tries.open(4 + CLOSED_FOR));
        tries.wrong(4 + CLOSED_FOR);
        assert!(tries.open(4 + CLOSED_FOR), "after the pause they are counted anew");
    }

    #[test]
    fn a_right_code_clears_the_count() {
        let mut tries = CodeTries::default();
        (0..4).for_each(|n| tries.wrong(n));
        tries.right();
        (0..4).for_each(|n| tries.wrong(n));
        assert!(tries.open(4));
    }
}
