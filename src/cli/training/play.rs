//! Plays a scenario as its patient would and keeps every screen that was shown.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::adapters::camera::Pace;
use crate::cli::CliError;
use crate::cli::patient::{Hand, Lost, Plan, follow};
use crate::domain::consent::{ConsentAnswer, PrescriptionForm};
use crate::domain::face::Rule;
use crate::domain::pin::EnteredBy;
use crate::domain::session::{Method, PatientInput, Settings, SituationName, State};
use crate::domain::timing::Timing;
use crate::ports::Frame;
use crate::runtime::{Handle, View, view_of};
use crate::ui::screen::{facts, name};

use super::scenario::{Deed, Scenario};
use super::{Stage, start};

/// The longest a scenario may take, on a machine that is busy with others.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest a comparison of faces may take: the pictures decide how it ends, not the speed of the machine.
pub(super) const LOOKING: Duration = Duration::from_secs(60);
/// How long the camera may take to its first picture.
const FIRST_FRAME: Duration = Duration::from_secs(5);

/// One screen of a visit.
pub struct Shown {
    /// What was shown.
    pub view: View,
    /// The camera's picture on it.
    pub frame: Option<Arc<Frame>>,
}

/// Plays `scenario` from an idle kiosk back to an idle kiosk.
pub fn play(scenario: Scenario) -> Result<Vec<Shown>, CliError> {
    let name = scenario.name.clone();
    let deeds: VecDeque<Deed> = scenario.patient.clone().into();
    let (states, changes) = channel();
    let observer = Box::new(move |state: &State, at: Duration| {
        // Nobody listens any more once the scenario is over.
        let _ = states.send((state.clone(), at));
    });
    let settings = scenario.settings()?;
    let idle = scenario.idle_ms.map_or(settings.timing.idle, Duration::from_millis);
    let (done, longer) = (Duration::from_secs(2), LOOKING + Duration::from_secs(10));
    let timing = Timing { done, face: longer, find_code_b: longer, show_card: LOOKING, idle, ..settings.timing };
    let face = Rule { budget: LOOKING, ..settings.face };
    let settings = Settings { timing, face, ..settings };
    let (training, running) = start(vec![scenario], Pace::LockStep, settings, Some(observer))?;
    let mut script = Script { stage: training.stage(), deeds, arrived: false, shown: Vec::new() };
    let played = follow(&running.handle, &changes, PATIENCE, &mut script);
    drop(script);
    training.end(running)?;
    played.map_err(|cause| CliError::ended(format!("scenario {name}: {cause}"), "correct assets/scenarios"))
}

/// The patient of a scenario, one deed for each screen that waits.
struct Script {
    stage: Arc<Stage>,
    deeds: VecDeque<Deed>,
    /// The kiosk was idle before.
    arrived: bool,
    shown: Vec<Shown>,
}

impl From<Lost> for String {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::TimedOut => "the visit does not come to its end".into(),
            Lost::KioskEnded => "the kiosk ended".into(),
            Lost::Touch => "a touch was lost".into(),
        }
    }
}

impl Plan for Script {
    type End = Vec<Shown>;
    type Error = String;

    fn sees(&mut self, state: &State, _: Duration, hand: Hand<'_>) -> Result<Option<Vec<Shown>>, String> {
        if state.on_screen().name() == SituationName::OutOfOrder {
            return Ok(None);
        }
        keep(&mut self.shown, view_of(state, true), hand.kiosk);
        if state.on_screen().name() != SituationName::Idle {
            return Ok(None);
        }
        match (std::mem::replace(&mut self.arrived, true), self.deeds.front()) {
            (false, Some(Deed::Inquire)) => self.acts(state, hand)?,
            (false, _) => self.place_card()?,
            (true, None) => return Ok(Some(std::mem::take(&mut self.shown))),
            (true, Some(Deed::ComeAgain)) => {
                self.deeds.pop_front();
                self.place_card()?;
            }
            (true, Some(_)) => return Err(format!("the visit ended before {:?}", self.deeds)),
        }
        Ok(None)
    }

    fn acts(&mut self, state: &State, hand: Hand<'_>) -> Result<(), String> {
        let deed = self.deeds.pop_front();
        let deed = deed.ok_or_else(|| format!("nothing to do at {:?}", state.on_screen().name()))?;
        Ok(hand.touches(match deed {
            Deed::Face => PatientInput::Choose(Method::Face),
            Deed::Pin => PatientInput::Choose(Method::Pin),
            Deed::Type(digits) => {
                hand.touches(PatientInput::DigitsCleared)?;
                return Ok(hand.types(digits.as_bytes())?);
            }
            Deed::Agree => PatientInput::Consent(ConsentAnswer::Given),
            Deed::Refuse => PatientInput::Consent(ConsentAnswer::Refused),
            Deed::GoOn => PatientInput::Continue,
            Deed::Again => PatientInput::Retry,
            Deed::WhoEnters => PatientInput::AskWhoEnters,
            Deed::Family => PatientInput::EnteredBy(EnteredBy::Family),
            Deed::Stop => PatientInput::Cancel,
            Deed::CallStaff => PatientInput::CallStaff,
            Deed::NotMyName => PatientInput::NotMyName,
            Deed::OneByOne => PatientInput::OneByOne,
            Deed::NextPage => PatientInput::NextPage,
            Deed::Back => PatientInput::Back,
            Deed::Yes => PatientInput::Yes,
            Deed::No => PatientInput::No,
            Deed::Electronic => PatientInput::Prescription(PrescriptionForm::Electronic),
            Deed::Paper => PatientInput::Prescription(PrescriptionForm::Paper),
            Deed::MoreTime => PatientInput::MoreTime,
            Deed::Inquire => PatientInput::Inquire,
            Deed::DoNothing => return Ok(()),
            Deed::TakeCard => {
                self.stage.take_card();
                return Ok(());
            }
            Deed::PutBack | Deed::PlaceCard => return self.place_card(),
            Deed::PutCardOf(person) => return self.stage.place_card_of(&person).map_err(|error| error.cause),
            Deed::ComeAgain => return Err("nobody can come again in the middle of a visit".into()),
        })?)
    }
}

impl Script {
    fn place_card(&self) -> Result<(), String> {
        self.stage.place_card().map_err(|error| error.cause)
    }
}

/// Keeps the screen; one that only changes its digits stays one screen.
fn keep(shown: &mut Vec<Shown>, view: View, handle: &Handle) {
    let facts = facts(&view.screen);
    let same = shown.last().is_some_and(|last| name(&last.view.screen) == name(&view.screen));
    let frame = facts.camera.then(|| handle.preview().borrow().clone()).flatten();
    let frame = frame.and_then(|slot| slot.wait_newer(0, FIRST_FRAME)).map(|(_, frame)| frame);
    match shown.last_mut() {
        Some(last) if same && facts.typed.is_some_and(|typed| typed > 0) => last.view = view,
        _ => shown.push(Shown { view, frame }),
    }
}
