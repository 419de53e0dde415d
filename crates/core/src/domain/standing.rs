//! Where the kiosk stands, for staff who see it from afar: derived from what the session does, never from what is typed or
//! shown. Holds no secret and nothing of a patient but what the session itself knows.

use std::time::Duration;

use super::consent::Consent;
use super::face::Hint;
use super::failure::Failure;
use super::ids::{Moment, ReceptionId};
use super::qualification::Authentication;
use super::session::{
    Action, Answer, Effect, Happening, Help, Method, OnScreen, Reception, Rest, Situation, SituationName, StaffReason,
    State,
};
use super::staff_news::StaffNews;
use crate::domain::card::Tries;

/// Where the kiosk stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What is on the screen.
    pub situation: SituationName,
    /// How the patient is identified, once that is chosen.
    pub method: Option<Authentication>,
    /// Face attempts used in this visit.
    pub face_tries: u8,
    /// PIN tries that the card has left; `None` while no card is known, and for one without a PIN.
    pub pin_tries: Option<u8>,
    /// What would help the face attempt.
    pub hint: Option<Hint>,
    /// Why the kiosk stands there.
    pub failure: Option<Failure>,
    /// Staff were called and nobody has come yet.
    pub called: bool,
}

impl Standing {
    /// Where that state stands.
    pub fn of(state: &State) -> Self {
        let (screen, visit) = (state.on_screen(), state.reception());
        Self {
            situation: screen.name(),
            method: visit.and_then(method),
            face_tries: visit.map_or(0, |visit| visit.face_tries),
            pin_tries: visit.and_then(|visit| tries(visit.pin_tries())),
            hint: hint(&screen),
            failure: failure(&screen),
            called: visit.is_some_and(|visit| visit.help == Help::Called),
        }
    }
}

fn method(visit: &Reception) -> Option<Authentication> {
    match visit.method {
        _ if visit.seen_by_staff => Some(Authentication::Visual),
        Some(Method::Face) => Some(Authentication::Face),
        Some(Method::Pin) => Some(Authentication::Pin),
        None => None,
    }
}

fn tries(tries: Tries) -> Option<u8> {
    match tries {
        Tries::Left(left) => Some(left),
        Tries::Blocked => Some(0),
        Tries::Absent => None,
    }
}

fn hint(screen: &OnScreen<'_>) -> Option<Hint> {
    match screen {
        OnScreen::Situation(Situation::FaceCapture { hint, .. } | Situation::FaceHelp { hint, .. }) => *hint,
        _ => None,
    }
}

fn failure(screen: &OnScreen<'_>) -> Option<Failure> {
    match screen {
        OnScreen::Rest(Rest::OutOfOrder { failure }) => Some(*failure),
        OnScreen::Situation(
            Situation::WrongCard { failure }
            | Situation::FaceHelp { failure, .. }
            | Situation::PinLocked { failure, .. }
            | Situation::RegisterRefused { failure, .. }
            | Situation::Fallback { failure }
            | Situation::FallbackAsk { failure, .. }
            | Situation::FallbackShow { failure, .. }
            | Situation::Stopped { failure }
            | Situation::CallStaff { reason: StaffReason::Failure(failure) },
        ) => Some(*failure),
        _ => None,
    }
}

/// Where the file of a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// It waits in the kiosk.
    Waits,
    /// It lies in the drop folder.
    Written,
    /// The receipt computer took it.
    Taken,
    /// It lies there longer than the site allows.
    NotTaken,
    /// It was set aside or removed.
    GivenUp,
}

/// Something that staff afar are to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The kiosk stands elsewhere.
    Stands(Standing),
    /// The insurer answered; who it is, the vault knows.
    Checked {
        /// The card was registered as insurance card in this visit.
        registered_now: bool,
    },
    /// The patient answered what may be looked at.
    Consents(Vec<Consent>),
    /// The file of that check.
    File {
        /// The gateway's name of the check.
        check_id: String,
        /// Where it stands.
        state: FileState,
    },
    /// The visit is over.
    Ended {
        /// The patient was received: the receipt computer has or gets a file.
        received: bool,
        /// Why not, where something failed.
        failure: Option<Failure>,
        /// How long it took.
        took: Duration,
    },
}

/// Follows the session step by step.
#[derive(Debug, Default)]
pub struct Follower {
    /// When the visit began that runs.
    began: Option<Moment>,
    /// Why it ends early, if it does.
    failure: Option<Failure>,
    /// What was said last.
    said: Option<Standing>,
}

/// One step of the session, as it was taken.
#[derive(Clone, Copy)]
pub struct Step<'s> {
    /// When.
    pub at: Moment,
    /// Where the kiosk stood.
    pub before: &'s State,
    /// What happened.
    pub what: &'s Happening,
    /// Where it stands now.
    pub after: &'s State,
    /// What is to be done.
    pub effects: &'s [Effect],
}

impl Follower {
    /// What one step changes for those who look, oldest first, each with its visit.
    pub fn stepped(&mut self, step: Step<'_>) -> Vec<(Option<ReceptionId>, Change)> {
        let Step { at, before, what, after, effects } = step;
        let id = |state: &State| state.reception().map(|visit| visit.id);
        let (old, new) = (id(before), id(after));
        let mut changes: Vec<_> = answered(before, what).into_iter().map(|change| (old, change)).collect();
        changes.extend(effects.iter().filter_map(|effect| self.ordered(effect)).map(|change| (old, change)));
        if old != new {
            if let Some(visit) = before.reception() {
                changes.push((old, self.ended(visit, at)));
            }
            self.began = new.map(|_| at);
            self.failure = None;
        }
        let standing = Standing::of(after);
        if standing.situation == SituationName::Stopped {
            self.failure = self.failure.or(standing.failure);
        }
        if self.said.as_ref() != Some(&standing) || old != new {
            self.said = Some(standing.clone());
            changes.push((new, Change::Stands(standing)));
        }
        changes
    }

    fn ended(&self, visit: &Reception, at: Moment) -> Change {
        let received = visit.settled && visit.check.is_some();
        let began = self.began.unwrap_or(at);
        Change::Ended {
            received,
            failure: self.failure.filter(|_| !received),
            took: at.steady.saturating_sub(began.steady),
        }
    }

    /// What an order of the session means for those who look.
    fn ordered(&mut self, effect: &Effect) -> Option<Change> {
        let Effect::Perform { action, .. } = effect else { return None };
        match action {
            Action::TellStaff(StaffNews::VisitEnded { failure, .. }) => {
                self.failure = Some(*failure);
                None
            }
            Action::Deliver { choices, .. } => Some(Change::Consents(choices.consents.clone())),
            _ => None,
        }
    }
}

/// What an answer means for them; one that nobody waits for any more means nothing.
fn answered(before: &State, what: &Happening) -> Option<Change> {
    let Happening::Ended(id, answer) = what else { return None };
    let pending = before.pending.get(id).filter(|pending| !pending.cancelled)?;
    let file = |state| {
        let check_id = before.reception()?.check.as_ref()?.check_id.clone();
        Some(Change::File { check_id, state })
    };
    match answer {
        Answer::Checked(_) => {
            Some(Change::Checked { registered_now: matches!(pending.action, Action::RegisterCard { .. }) })
        }
        Answer::Delivered => file(FileState::Written),
        Answer::KeptToDeliver(_) => file(FileState::Waits),
        _ => None,
    }
}
