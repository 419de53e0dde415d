//! Keeps the hint that a patient reads steady: one at a time, never flickering, whatever the rate of frames.

use uketsuke_core::domain::face::Hint;

/// A hint stays at least so long, in milliseconds: nobody reads faster.
pub const LEAST_SHOWN: u64 = 800;

/// A new hint must hold so long before it replaces the one shown, in milliseconds.
const DWELL: u64 = 300;

/// Closed eyes must hold so long: a blink takes up to 400 ms.
const DWELL_EYES: u64 = 900;

/// The hint shown goes when no frame has spoken for it for so long, even if no other one holds.
const STALE: u64 = 700;

/// The hint shown and the one that may follow. Times are milliseconds of any monotonic clock.
#[derive(Debug, Clone, Default)]
pub struct SteadyHint {
    shown: Option<Shown>,
    candidate: Option<(Hint, u64)>,
    changes: u32,
}

#[derive(Debug, Clone, Copy)]
struct Shown {
    hint: Hint,
    since: u64,
    supported: u64,
}

impl SteadyHint {
    /// The hint shown now.
    pub fn shown(&self) -> Option<Hint> {
        self.shown.map(|shown| shown.hint)
    }

    /// How often the hint has changed, the first one included.
    pub fn changes(&self) -> u32 {
        self.changes
    }

    /// Takes what the frame at `now` asks for; gives the hint to show when it changes.
    pub fn next(&mut self, hint: Hint, now: u64) -> Option<Hint> {
        let since = match self.candidate {
            Some((candidate, since)) if candidate == hint => since,
            _ => now,
        };
        self.candidate = Some((hint, since));
        let dwell = if hint == Hint::EyesClosed { DWELL_EYES } else { DWELL };
        let held = now.saturating_sub(since) >= dwell;
        let change = match self.shown.as_mut() {
            None => held || hint != Hint::EyesClosed,
            Some(shown) if shown.hint == hint => {
                shown.supported = now;
                false
            }
            Some(shown) => {
                let stale = now.saturating_sub(shown.supported) >= STALE && hint != Hint::EyesClosed;
                now.saturating_sub(shown.since) >= LEAST_SHOWN && (held || stale)
            }
        };
        change.then(|| {
            self.shown = Some(Shown { hint, since: now, supported: now });
            self.changes += 1;
            hint
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds one hint every `step` milliseconds from time zero; gives the times and hints of the changes.
    fn feed(hints: impl IntoIterator<Item = Hint>, step: u64) -> Vec<(u64, Hint)> {
        let mut steady = SteadyHint::default();
        let times = hints.into_iter().zip((0u64..).step_by(step as usize));
        times.filter_map(|(hint, now)| steady.next(hint, now).map(|hint| (now, hint))).collect()
    }

    #[test]
    fn the_first_hint_comes_at_once_and_another_after_it_held() {
        let hints = [[Hint::TooFar; 10].as_slice(), &[Hint::KeepLooking; 10]].concat();
        assert_eq!(feed(hints, 100), [(0, Hint::TooFar), (1300, Hint::KeepLooking)]);
    }

    #[test]
    fn a_blink_is_never_shown_and_closed_eyes_are() {
        let blink = [[Hint::KeepLooking; 10].as_slice(), &[Hint::EyesClosed; 4], &[Hint::KeepLooking; 10]].concat();
        assert_eq!(feed(blink.clone(), 100), [(0, Hint::KeepLooking)]);
        assert_eq!(feed(blink.into_iter().skip(10), 100), [(400, Hint::KeepLooking)], "nor as the very first");
        let closed = [[Hint::KeepLooking; 10].as_slice(), &[Hint::EyesClosed; 12]].concat();
        assert_eq!(feed(closed, 100), [(0, Hint::KeepLooking), (1900, Hint::EyesClosed)]);
    }

    #[test]
    fn the_rate_of_frames_does_not_matter() {
        let at = |step: u64| {
            let frames = (2_000 / step) as usize;
            feed(std::iter::repeat_n(Hint::TooFar, frames).chain(std::iter::repeat_n(Hint::TooDark, frames)), step)
        };
        let changes: Vec<Vec<Hint>> = [20, 33, 143].map(|step| at(step).into_iter().map(|(_, h)| h).collect()).into();
        assert!(changes.iter().all(|hints| *hints == [Hint::TooFar, Hint::TooDark]), "{changes:?}");
    }

    #[test]
    fn frames_of_two_minds_change_no_faster_than_one_can_read() {
        let mind = |n: usize| if n.is_multiple_of(2) { Hint::TooDark } else { Hint::Backlit };
        assert_eq!(feed((0..100).map(mind), 33), [(0, Hint::TooDark)], "both speak: the first stays");
        let restless = (0..300).map(|n| Hint::ALL[n * 7 % Hint::ALL.len()]);
        let changes = feed(restless, 33);
        assert!(changes.windows(2).all(|pair| pair[1].0 - pair[0].0 >= LEAST_SHOWN), "{changes:?}");
    }

    #[test]
    fn a_hint_that_nothing_speaks_for_goes() {
        let mind = |n: usize| if n.is_multiple_of(2) { Hint::TooDark } else { Hint::Backlit };
        let changes = feed([Hint::TooFar].into_iter().chain((0..40).map(mind)), 100);
        assert_eq!(changes[0], (0, Hint::TooFar));
        assert_eq!(changes[1].0, LEAST_SHOWN);
    }
}
