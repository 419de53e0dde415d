//! Every duration of a reception in one table, in milliseconds.

/// Durations that a site may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Nothing touched: the patient is asked whether they are still there.
    pub idle: u64,
    /// "Are you still there?" counts down so long before everything is wiped.
    pub still_there: u64,
    /// A card taken away in the middle may come back within this time.
    pub card_away: u64,
    /// A failure stays on the screen so long, then the kiosk returns to idle.
    pub notice: u64,
    /// What to do instead, or "staff are coming", stays on the screen so long.
    pub fallback: u64,
    /// "Finished" stays so long before the card alarm.
    pub done: u64,
    /// The card alarm repeats at this distance.
    pub card_alarm: u64,
    /// A device answers a simple request.
    pub device: u64,
    /// The patient types the PIN on the reader's own keypad, which gives up earlier by itself.
    pub keypad: u64,
    /// The card face is read.
    pub card_face: u64,
    /// One face attempt, above the engine's own budget.
    pub face: u64,
    /// An answer that takes longer than this is said to take longer; 3 to 7 s are usual.
    pub slow: u64,
    /// One qualification call, above the client's own budget.
    pub check: u64,
    /// The file for the receipt computer is written.
    pub handoff: u64,
    /// Everything is wiped and released.
    pub clean_up: u64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            idle: 60_000,
            still_there: 30_000,
            card_away: 30_000,
            notice: 30_000,
            fallback: 120_000,
            done: 10_000,
            card_alarm: 10_000,
            device: 10_000,
            keypad: 100_000,
            card_face: 30_000,
            face: 25_000,
            slow: 7_000,
            check: 25_000,
            handoff: 10_000,
            clean_up: 5_000,
        }
    }
}
