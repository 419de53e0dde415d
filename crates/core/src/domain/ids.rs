//! Identifiers that everything asynchronous carries, and the time an event happened.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;

/// One patient's visit, counted from 1 since the kiosk started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceptionId(pub u64);

impl ReceptionId {
    /// What the kiosk does for no visit of now carries this.
    pub const NOBODY: Self = Self(0);
}

/// One effect; never used twice while the kiosk runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectId(pub u64);

/// What an answer must show to be believed: the visit and the effect it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    /// The visit that asked.
    pub reception: ReceptionId,
    /// The effect that is answered.
    pub effect: EffectId,
}

/// When an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// By the steady clock, which never goes back and whose zero has no meaning.
    pub steady: Duration,
    /// By the wall clock.
    pub now: Timestamp,
}

impl Moment {
    /// The civil time in Japan (+09:00).
    pub fn civil(&self) -> DateTime {
        super::japan::civil(self.now)
    }
}
