//! A patient played by the program: follows a visit state by state and does what a plan says where the kiosk waits.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::domain::session::{PatientInput, State};
use crate::runtime::{Handle, Input, Screen, view_of};
use crate::ui::screen::facts;

/// Seconds at which a pause begins to count down.
const COUNTDOWN: u16 = 30;

/// Why a visit was not followed to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// It took too long.
    TimedOut,
    /// The kiosk ended before it.
    KioskEnded,
    /// The kiosk took a touch no more.
    Touch,
}

/// What a patient does, and when they have come to their end.
pub trait Plan {
    /// What the visit came to.
    type End;
    /// Why it did not come to its end.
    type Error: From<Lost>;

    /// The kiosk is in this state, at that time after its start; the visit is over for the patient when this gives its end.
    ///
    /// # Errors
    /// What keeps the plan from going on.
    fn sees(&mut self, state: &State, at: Duration, hand: Hand<'_>) -> Result<Option<Self::End>, Self::Error>;

    /// The kiosk waits for the patient.
    ///
    /// # Errors
    /// What keeps the plan from going on.
    fn acts(&mut self, state: &State, hand: Hand<'_>) -> Result<(), Self::Error>;
}

/// The patient's hand on the screen.
#[derive(Clone, Copy)]
pub struct Hand<'a> {
    /// The window's end of the kiosk.
    pub kiosk: &'a Handle,
}

impl Hand<'_> {
    /// Touches something.
    ///
    /// # Errors
    /// When the kiosk takes no touch.
    pub fn touches(self, input: PatientInput) -> Result<(), Lost> {
        self.sends(Input::Patient(input))
    }

    /// Types these digits, in ASCII, and confirms them.
    ///
    /// # Errors
    /// When the kiosk takes no touch.
    pub fn types(self, digits: &[u8]) -> Result<(), Lost> {
        digits.iter().try_for_each(|digit| self.sends(Input::Digit(digit.wrapping_sub(b'0'))))?;
        self.touches(PatientInput::Confirm)
    }

    fn sends(self, input: Input) -> Result<(), Lost> {
        if self.kiosk.send(input) { Ok(()) } else { Err(Lost::Touch) }
    }
}

/// Follows the states of a kiosk, for `patience` at most, until the plan comes to its end.
///
/// # Errors
/// As the plan has it.
pub fn follow<P: Plan>(
    kiosk: &Handle,
    states: &Receiver<(State, Duration)>,
    patience: Duration,
    plan: &mut P,
) -> Result<P::End, P::Error> {
    let (hand, until) = (Hand { kiosk }, Instant::now() + patience);
    loop {
        let (state, at) = match states.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(seen) => seen,
            Err(RecvTimeoutError::Timeout) => return Err(Lost::TimedOut.into()),
            Err(RecvTimeoutError::Disconnected) => return Err(Lost::KioskEnded.into()),
        };
        if let Some(end) = plan.sees(&state, at, hand)? {
            return Ok(end);
        }
        if waits(&view_of(&state, false).screen) {
            plan.acts(&state, hand)?;
        }
    }
}

/// Whether the kiosk waits for the patient here. At rest it waits for whoever comes, which is the plan's to see; a pause
/// is answered when it begins, its countdown is nothing new.
fn waits(screen: &Screen) -> bool {
    let begins = match screen {
        Screen::Idle(_) => false,
        Screen::StillThere(it) => it.seconds == COUNTDOWN,
        Screen::CardAway(it) => it.seconds == COUNTDOWN,
        // Hints come while the card is shown.
        Screen::ShowCard(it) => it.hint.is_none(),
        _ => true,
    };
    begins && facts(screen).asks
}
