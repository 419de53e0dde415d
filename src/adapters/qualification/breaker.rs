//! The circuit breaker: after several transport failures in a row nobody waits for a gateway that is gone.
//!
//! Pure: the time is given. While it is open, calls fail at once; now and then one may ask the service's status, and an
//! answer of any kind closes it again.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::cause::Cause;

/// When it opens, and how often the gateway is looked for then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerRule {
    /// So many transport failures open it …
    pub failures: usize,
    /// … when they lie within this time.
    pub within: Duration,
    /// Time between two looks at the service's status.
    pub probe_every: Duration,
}

impl BreakerRule {
    /// Five failures in a minute; a look every fifteen seconds.
    pub const USUAL: Self = Self { failures: 5, within: Duration::from_secs(60), probe_every: Duration::from_secs(15) };
}

/// Whether a call may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// It may.
    Free,
    /// The service's status is to be asked for first; this caller alone may do so now.
    Probe,
    /// Not now; what the last attempt ran into.
    Blocked(Cause),
}

/// The breaker of one gateway.
#[derive(Debug)]
pub struct Breaker {
    rule: BreakerRule,
    failures: VecDeque<Instant>,
    /// What opened it, and when the status was last asked for.
    open: Option<(Cause, Instant)>,
}

impl Breaker {
    /// A closed one.
    pub fn new(rule: BreakerRule) -> Self {
        Self { rule, failures: VecDeque::new(), open: None }
    }

    /// Whether a call may go out now. `Probe` takes the turn of this moment.
    pub fn pass(&mut self, now: Instant) -> Pass {
        match &mut self.open {
            None => Pass::Free,
            Some((_, asked)) if now.duration_since(*asked) >= self.rule.probe_every => {
                *asked = now;
                Pass::Probe
            }
            Some((cause, _)) => Pass::Blocked(*cause),
        }
    }

    /// The gateway has answered, whatever it said. True when that closes the breaker.
    pub fn answered(&mut self) -> bool {
        self.failures.clear();
        self.open.take().is_some()
    }

    /// No answer came. True when that opens the breaker.
    pub fn failed(&mut self, cause: Cause, now: Instant) -> bool {
        if let Some((known, _)) = &mut self.open {
            *known = cause;
            return false;
        }
        self.failures.push_back(now);
        let recent = |at: &Instant| now.duration_since(*at) <= self.rule.within;
        while self.failures.front().is_some_and(|at| !recent(at)) {
            self.failures.pop_front();
        }
        if self.failures.len() < self.rule.failures {
            return false;
        }
        self.failures.clear();
        self.open = Some((cause, now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Clock(Instant, Breaker);

    impl Clock {
        fn new() -> Self {
            Self(Instant::now(), Breaker::new(BreakerRule::USUAL))
        }

        fn at(&self, seconds: u64) -> Instant {
            self.0 + Duration::from_secs(seconds)
        }

        fn fail(&mut self, seconds: u64) -> bool {
            let at = self.at(seconds);
            self.1.failed(Cause::Refused, at)
        }

        fn pass(&mut self, seconds: u64) -> Pass {
            let at = self.at(seconds);
            self.1.pass(at)
        }
    }

    #[test]
    fn the_fifth_failure_in_a_minute_opens_it() {
        let mut clock = Clock::new();
        assert!(!(0..4).any(|second| clock.fail(second)));
        assert_eq!(clock.pass(4), Pass::Free);
        assert!(clock.fail(59));
        assert_eq!(clock.pass(60), Pass::Blocked(Cause::Refused));
    }

    #[test]
    fn failures_of_a_slow_day_do_not_open_it() {
        let mut clock = Clock::new();
        assert!(!(0..20).any(|n| clock.fail(n * 20)));
        assert_eq!(clock.pass(400), Pass::Free);
    }

    #[test]
    fn an_answer_in_between_starts_the_count_anew() {
        let mut clock = Clock::new();
        assert!(!(0..4).any(|second| clock.fail(second)));
        assert!(!clock.1.answered());
        assert!(!clock.fail(5));
    }

    #[test]
    fn while_open_one_caller_in_fifteen_seconds_may_look() {
        let mut clock = Clock::new();
        assert!((0..5).any(|_| clock.fail(0)));
        assert_eq!(clock.pass(14), Pass::Blocked(Cause::Refused));
        assert_eq!(clock.pass(15), Pass::Probe);
        assert_eq!(clock.pass(16), Pass::Blocked(Cause::Refused));
        let at = clock.at(17);
        assert!(!clock.1.failed(Cause::NoAnswer, at));
        assert_eq!(clock.pass(29), Pass::Blocked(Cause::NoAnswer));
        assert_eq!(clock.pass(30), Pass::Probe);
        assert!(clock.1.answered());
        assert_eq!(clock.pass(31), Pass::Free);
    }
}
