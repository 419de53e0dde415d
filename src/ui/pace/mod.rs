//! Whether what comes is a hand's. A reader of codes is a keyboard, a wet panel touches itself: nothing of theirs is
//! entered, and what had been entered before it was known is taken back.
//!
//! A key waits until it is clear that no other follows faster than a hand could; docs/accessibility.md has the limits.

use std::time::{Duration, Instant};

use iced::Point;

/// What comes closer than this was not pressed one after another by a hand.
pub const TOGETHER: Duration = Duration::from_millis(35);
/// A hand is slower than this from key to key, and from the last digit to Enter.
pub const QUICK: Duration = Duration::from_millis(60);
/// Whoever types more digits than are wanted, each sooner than this after the last, reads no screen.
pub const RUSH: Duration = Duration::from_millis(150);
/// So long a machine must be quiet before keys are a hand's again.
pub const QUIET: Duration = Duration::from_millis(300);
/// A touch at the same place so soon after the last was lifted is the panel's bounce.
pub const BOUNCE: Duration = Duration::from_millis(25);

/// Keys that come together and are a machine's.
const CLUSTER: u32 = 3;
/// Quick ones in a row that are a machine's.
const RUN: u32 = 4;
/// Rushed digits in a row that are a machine's once no more are wanted.
const SHORTEST: u32 = 4;

/// What became of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It waits until then.
    Waits(Instant),
    /// It is nothing: two at once, a bounce, or more of a machine's.
    Nothing,
    /// Now it is known that a machine types.
    Machine,
}

/// The pace of keys of type `K`.
#[derive(Debug)]
pub struct Pace<K> {
    last: Option<Instant>,
    waiting: Option<K>,
    /// Keys in a row that came together, quickly, in a rush.
    together: u32,
    quick: u32,
    rush: u32,
    machine: bool,
}

impl<K> Default for Pace<K> {
    fn default() -> Self {
        Pace { last: None, waiting: None, together: 0, quick: 0, rush: 0, machine: false }
    }
}

impl<K: PartialEq> Pace<K> {
    /// A key went down at `at`; `ends` says whether it is one that confirms. Without `key` it counts and does nothing.
    /// What waited for its turn has been taken before.
    pub fn press(&mut self, at: Instant, key: Option<K>, ends: bool) -> Heard {
        let gap = self.last.replace(at).map_or(Duration::MAX, |last| at.saturating_duration_since(last));
        let next = |count: u32, limit: Duration| if gap < limit { count.saturating_add(1) } else { 1 };
        self.together = next(self.together, TOGETHER);
        self.quick = next(self.quick, QUICK);
        self.rush = next(self.rush, RUSH);
        if self.machine && gap < QUIET {
            return Heard::Nothing;
        }
        self.machine = self.together >= CLUSTER || self.quick >= RUN || (ends && self.quick >= CLUSTER);
        let before = self.waiting.take();
        if self.machine {
            return Heard::Machine;
        }
        match (before, self.together) {
            // A worn key makes two contacts of one press; two keys under one finger say nothing.
            (before, 2..) => self.waiting = before.filter(|before| Some(before) == key.as_ref()),
            // No hand confirms as fast as that.
            _ if ends && self.quick > 1 => {}
            _ => self.waiting = key,
        }
        if self.waiting.is_some() { Heard::Waits(at + TOGETHER) } else { Heard::Nothing }
    }

    /// When the key that waits is due.
    pub fn due(&self) -> Option<Instant> {
        self.last.filter(|_| self.waiting.is_some()).map(|last| last + TOGETHER)
    }

    /// The key that is a hand's by now.
    pub fn settled(&mut self, at: Instant) -> Option<K> {
        if self.due().is_some_and(|due| at >= due) { self.waiting.take() } else { None }
    }

    /// A digit came that is not wanted any more; whether a machine typed it and those before it.
    pub fn overrun(&mut self) -> bool {
        self.machine |= self.rush > SHORTEST;
        self.machine
    }
}

/// The pace of touches.
#[derive(Debug, Default)]
pub struct Touches {
    pace: Pace<()>,
    lifted: Option<(Instant, Point)>,
}

impl Touches {
    /// Something touches at `at`; `near` is how far apart two touches of one place are at most.
    pub fn press(&mut self, at: Instant, place: Point, near: f32) -> Heard {
        let bounced = self
            .lifted
            .is_some_and(|(then, there)| at.saturating_duration_since(then) < BOUNCE && there.distance(place) <= near);
        match self.pace.press(at, Some(()), false) {
            Heard::Waits(_) if bounced || self.pace.together > 1 => Heard::Nothing,
            heard => heard,
        }
    }

    /// It was lifted.
    pub fn lift(&mut self, at: Instant, place: Point) {
        self.lifted = Some((at, place));
    }
}

#[cfg(test)]
mod tests;
