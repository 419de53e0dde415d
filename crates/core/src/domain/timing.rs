//! Every duration of a reception in one table.

use std::time::Duration;

/// Durations that a site may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Nothing touched: the patient is asked whether they are still there.
    pub idle: Duration,
    /// "Are you still there?" counts down so long before everything is wiped.
    pub still_there: Duration,
    /// A card taken away in the middle may come back within this time.
    pub card_away: Duration,
    /// A failure stays on the screen so long, then the kiosk returns to idle.
    pub notice: Duration,
    /// What to do instead, or "staff are coming", stays on the screen so long.
    pub fallback: Duration,
    /// Staff who have said at the kiosk who they are compare for so long, then their code is asked for again.
    pub by_eye: Duration,
    /// The staff's panel stays open so long without a touch.
    pub panel: Duration,
    /// "Finished" stays so long before the card alarm.
    pub done: Duration,
    /// The card alarm repeats at this distance.
    pub card_alarm: Duration,
    /// A device answers a simple request.
    pub device: Duration,
    /// The patient types the PIN on the reader's own keypad, which gives up earlier by itself.
    pub keypad: Duration,
    /// Code B is looked for, above the reader's own budget of looking at the print.
    pub find_code_b: Duration,
    /// The card is shown to the camera, from taking it off the reader; then code B is typed.
    pub show_card: Duration,
    /// The card face is read.
    pub card_face: Duration,
    /// One face attempt, above the engine's own budget.
    pub face: Duration,
    /// An answer that takes longer than this is said to take longer; 3 to 7 s are usual.
    pub slow: Duration,
    /// One qualification call, above the client's own budget.
    pub check: Duration,
    /// The file for the receipt computer is written.
    pub handoff: Duration,
    /// Everything is wiped and released.
    pub clean_up: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(60),
            still_there: Duration::from_secs(30),
            card_away: Duration::from_secs(30),
            notice: Duration::from_secs(30),
            fallback: Duration::from_secs(120),
            by_eye: Duration::from_secs(30),
            panel: Duration::from_secs(60),
            done: Duration::from_secs(10),
            card_alarm: Duration::from_secs(10),
            device: Duration::from_secs(10),
            keypad: Duration::from_secs(100),
            find_code_b: Duration::from_secs(12),
            show_card: Duration::from_secs(20),
            card_face: Duration::from_secs(30),
            face: Duration::from_secs(25),
            slow: Duration::from_secs(7),
            check: Duration::from_secs(25),
            handoff: Duration::from_secs(10),
            clean_up: Duration::from_secs(5),
        }
    }
}
