//! How often and how long the client tries: pure arithmetic, the randomness is given.

use std::time::Duration;

use super::breaker::BreakerRule;
use crate::adapters::identity::Waits;

/// Limits of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// TCP and TLS of one attempt.
    pub connect: Duration,
    /// One attempt as a whole.
    pub attempt: Duration,
    /// All attempts and pauses together.
    pub total: Duration,
    /// Attempts at most.
    pub attempts: u32,
    /// Shortest pause between attempts.
    pub pause_min: Duration,
    /// Longest pause that the client chooses by itself.
    pub pause_max: Duration,
    /// When calls are held back at once.
    pub breaker: BreakerRule,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(8),
            total: Duration::from_secs(20),
            attempts: 3,
            pause_min: Duration::from_millis(300),
            pause_max: Duration::from_secs(2),
            breaker: BreakerRule::USUAL,
        }
    }
}

impl Budgets {
    /// Those of one attempt.
    pub fn waits(&self) -> Waits {
        Waits { connect: self.connect, request: self.attempt }
    }

    /// The pause before the next attempt, or `None` when there must be none: attempts used up, or the pause would
    /// not leave time to try. `random` lies in 0 to 1 and spreads the terminals of a site; a `Retry-After` is a
    /// lower bound.
    pub fn pause(
        &self,
        attempts_made: u32,
        elapsed: Duration,
        retry_after: Option<Duration>,
        random: f64,
    ) -> Option<Duration> {
        if attempts_made >= self.attempts {
            return None;
        }
        let spread = self.pause_max.saturating_sub(self.pause_min).mul_f64(random.clamp(0.0, 1.0));
        let pause = self.pause_min.saturating_add(spread).max(retry_after.unwrap_or_default());
        (elapsed.saturating_add(pause) < self.total).then_some(pause)
    }
}

/// A number from 0 to 1 from the system's randomness; 0.5 when there is none, which only affects spreading.
pub fn random_fraction() -> f64 {
    getrandom::u32().map_or(0.5, |n| f64::from(n) / f64::from(u32::MAX))
}

/// `Retry-After` in seconds; the date form is not used by this contract.
pub fn parse_retry_after(text: &str) -> Option<Duration> {
    text.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGETS: Budgets = Budgets {
        connect: Duration::from_secs(3),
        attempt: Duration::from_secs(8),
        total: Duration::from_secs(20),
        attempts: 3,
        pause_min: Duration::from_millis(300),
        pause_max: Duration::from_millis(2000),
        breaker: BreakerRule::USUAL,
    };

    #[test]
    fn jitter_spans_the_whole_range() {
        let pause = |random| BUDGETS.pause(1, Duration::ZERO, None, random);
        assert_eq!(pause(0.0), Some(Duration::from_millis(300)));
        assert_eq!(pause(0.5), Some(Duration::from_millis(1150)));
        assert_eq!(pause(1.0), Some(Duration::from_millis(2000)));
    }

    #[test]
    fn the_third_attempt_is_the_last() {
        assert!(BUDGETS.pause(2, Duration::ZERO, None, 0.0).is_some());
        assert_eq!(BUDGETS.pause(3, Duration::ZERO, None, 0.0), None);
    }

    #[test]
    fn no_pause_reaches_beyond_the_budget() {
        assert_eq!(BUDGETS.pause(1, Duration::from_millis(19_700), None, 0.0), None);
        assert!(BUDGETS.pause(1, Duration::from_millis(19_699), None, 0.0).is_some());
    }

    #[test]
    fn retry_after_is_honoured_within_the_budget() {
        let after = |secs| BUDGETS.pause(1, Duration::from_secs(8), Some(Duration::from_secs(secs)), 0.0);
        assert_eq!(after(5), Some(Duration::from_secs(5)));
        assert_eq!(after(12), None);
        assert_eq!(after(0), Some(Duration::from_millis(300)));
    }

    #[test]
    fn retry_after_is_seconds() {
        assert_eq!(parse_retry_after(" 3 "), Some(Duration::from_secs(3)));
        assert_eq!(parse_retry_after("Wed, 21 Oct 2026 07:28:00 GMT"), None);
        assert_eq!(parse_retry_after("-1"), None);
    }
}
