//! How much one burst may take of the reader: a card that answers for ever, a byte at a time, must not keep the next patient's.

use std::time::{Duration, Instant};

/// Most exchanges: a card face as long as a file can be takes 128 of 256 bytes each, and a visit's other steps some thirty.
const EXCHANGES: u32 = 300;

/// Longest burst; what a patient types on a reader's keypad is not counted. A slow reader reads a portrait in six seconds.
const LONGEST: Duration = Duration::from_secs(25);

/// What is left of it.
pub(super) struct Budget {
    exchanges: u32,
    until: Instant,
}

impl Budget {
    pub(super) fn from(now: Instant) -> Self {
        Self { exchanges: EXCHANGES, until: now + LONGEST }
    }

    /// Takes one exchange; false when none is left, or no time.
    pub(super) fn spend(&mut self, now: Instant) -> bool {
        let left = self.exchanges > 0 && now < self.until;
        self.exchanges = self.exchanges.saturating_sub(1);
        left
    }

    /// The time begins anew: a person had the reader.
    pub(super) fn wait_for_person(&mut self, now: Instant) {
        self.until = now + LONGEST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_by_time_and_by_count() {
        let start = Instant::now();
        let mut budget = Budget::from(start);
        assert!(budget.spend(start + LONGEST / 2));
        assert!(!budget.spend(start + LONGEST));
        budget.wait_for_person(start + LONGEST);
        assert!(budget.spend(start + LONGEST));
        let mut budget = Budget::from(start);
        assert_eq!((0..2 * EXCHANGES).filter(|_| budget.spend(start)).count(), EXCHANGES as usize);
    }
}
