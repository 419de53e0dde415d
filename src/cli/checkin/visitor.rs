//! The patient of the arguments: what they touch in each situation, and how the visit ends by it.

use std::time::Duration;

use crate::domain::card::Tries;
use crate::domain::code_b::Entry;
use crate::domain::consent::ScopeSet;
use crate::domain::failure::Failure;
use crate::domain::secret::Pin;
use crate::domain::session::{Method, OnScreen, PatientInput, Pause, ReaderState, Situation, StaffReason, State};

use super::super::CliError;
use super::super::patient::{Hand, Lost, Plan};
use super::report::report;

/// How the visit ended.
pub enum End {
    Delivered,
    Stopped(Failure, String),
}

impl End {
    /// A reader that is pulled takes its card along, and the card service tells of the card first.
    fn seen_after(self, reader: ReaderState) -> Self {
        match (self, reader) {
            (End::Stopped(Failure::CardGone, _), ReaderState::Lost(failure)) => End::Stopped(failure, words(failure)),
            (end, _) => end,
        }
    }
}

/// The patient of the arguments.
pub struct Visitor {
    pub method: Method,
    /// Until it is typed.
    pub pin: Option<Pin>,
    pub consent: ScopeSet,
    pub json: bool,
    /// When the first state was.
    pub begun: Option<Duration>,
    /// How the visit ends, once that is known; its clean-up is waited for.
    pub end: Option<End>,
}

impl From<Lost> for CliError {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::TimedOut => CliError::ended(
                "no card was placed",
                "put the card on the reader; `uketsuke doctor` looks at the devices",
            ),
            Lost::KioskEnded => CliError::missing("the kiosk's task broke off", ""),
            Lost::Touch => CliError::missing("the kiosk took a touch no more", "close other programs, and try again"),
        }
    }
}

impl Plan for Visitor {
    type End = End;
    type Error = CliError;

    fn sees(&mut self, state: &State, at: Duration, _: Hand<'_>) -> Result<Option<End>, CliError> {
        report(state, at - *self.begun.get_or_insert(at), self.json);
        let end = self.end.take_if(|_| state.visit().is_none());
        Ok(end.map(|end| end.seen_after(state.kiosk.reader)))
    }

    fn acts(&mut self, state: &State, hand: Hand<'_>) -> Result<(), CliError> {
        if let OnScreen::Situation(Situation::TypeOnReader { .. }) = state.on_screen()
            && self.pin.take().is_some()
        {
            eprintln!(
                "uketsuke: the reader has a keypad of its own, so --pin is not used: type it there, or add --ignore-keypad"
            );
        }
        if let OnScreen::Situation(Situation::EnterPin { wrong: false, .. }) = state.on_screen() {
            return Ok(self.pin.take().map_or(Ok(()), |pin| hand.types(pin.expose()))?);
        }
        let Some((touch, end)) = self.answer(state) else { return Ok(()) };
        hand.touches(touch)?;
        self.end = self.end.take().or(end);
        Ok(())
    }
}

impl Visitor {
    /// What the patient touches in this situation, and how the visit ends by it.
    fn answer(&self, state: &State) -> Option<(PatientInput, Option<End>)> {
        use PatientInput::{Cancel, Choose, ConsentTo, Continue};
        let stopped = |failure| Some(End::Stopped(failure, words(failure)));
        let because = |failure, cause| Some(End::Stopped(failure, cause));
        let visit = state.reception()?;
        let situation = match state.on_screen() {
            OnScreen::Situation(situation) => situation,
            // It was taken off to be shown, and is put back.
            OnScreen::Pause(Pause::CardAway { .. }) if shown(state) => return None,
            OnScreen::Pause(Pause::CardAway { .. }) => return Some((Cancel, stopped(Failure::CardGone))),
            OnScreen::Pause(_) | OnScreen::Rest(_) => return None,
        };
        Some(match situation {
            Situation::ChooseMethod => {
                let possible = if self.method == Method::Face { visit.face_possible() } else { visit.pin_possible() };
                possible.map_or_else(|failure| (Cancel, stopped(failure)), |()| (Choose(self.method), None))
            }
            Situation::EnterPin { wrong: true, .. } | Situation::PinLastTry { wrong: true } => {
                let tries = tries_left(visit.pin_tries());
                (Cancel, because(Failure::PinWrong, format!("the PIN is wrong; {tries}")))
            }
            Situation::EnterCodeB { entry: Entry { problem: Some(problem), tries, .. } } => {
                let failure = problem.failure();
                (Cancel, because(failure, format!("{}; {}", words(failure), tries_left(*tries))))
            }
            Situation::EnterCodeB { .. } => (
                Cancel,
                because(Failure::CodeBImplausible, "the card's print was not read; give --code-b instead".into()),
            ),
            // Whoever gave the PIN on the command line has decided on its last try.
            Situation::PinLastTry { wrong: false }
            | Situation::ConfirmName
            | Situation::Renewal
            | Situation::AlreadyReceived { .. } => (Continue, None),
            Situation::Consenting => (ConsentTo(self.consent), None),
            Situation::RegisterOffer => (Cancel, None),
            Situation::FaceHelp { failure, .. }
            | Situation::PinLocked { failure, .. }
            | Situation::WrongCard { failure }
            | Situation::RegisterRefused { failure, .. }
            | Situation::Fallback { failure } => (Cancel, stopped(*failure)),
            Situation::Stopped { failure } | Situation::CallStaff { reason: StaffReason::Failure(failure) } => {
                (Continue, stopped(*failure))
            }
            Situation::Done => (Continue, Some(End::Delivered)),
            _ => return None,
        })
    }
}

/// Whether the card is off the reader to be shown to the camera.
fn shown(state: &State) -> bool {
    state.visit().is_some_and(|visit| matches!(visit.at, Situation::ShowCard { .. }))
}

fn tries_left(tries: Tries) -> String {
    match tries {
        Tries::Left(1) => "one try is left".into(),
        Tries::Left(2) => "two tries are left".into(),
        Tries::Left(n) => format!("{n} tries are left"),
        Tries::Blocked => "it is blocked now".into(),
        Tries::Absent => "the card has none".into(),
    }
}

fn words(failure: Failure) -> String {
    format!("{} ({})", failure.slug().replace('-', " "), failure.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_went_with_its_reader_is_a_lost_reader() {
        let stopped = |failure| End::Stopped(failure, words(failure));
        let seen = |end: End, reader| match end.seen_after(reader) {
            End::Stopped(failure, cause) => Some((failure, cause)),
            End::Delivered => None,
        };
        let (gone, lost) = (Failure::CardGone, ReaderState::Lost(Failure::ReaderGone));
        assert_eq!(seen(stopped(gone), lost), Some((Failure::ReaderGone, words(Failure::ReaderGone))));
        assert_eq!(seen(stopped(gone), ReaderState::Ready), Some((gone, words(gone))));
        // What ended the visit before the reader went stays its end.
        assert_eq!(seen(stopped(Failure::PinWrong), lost).map(|(failure, _)| failure), Some(Failure::PinWrong));
        assert_eq!(seen(End::Delivered, lost), None);
    }
}
