//! Plays a scenario as its patient would and keeps every screen that was shown.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::adapters::camera::Pace;
use crate::domain::consent::{ConsentAnswer, PrescriptionForm};
use crate::domain::face::Rule;
use crate::domain::pin::EnteredBy;
use crate::domain::session::{Method, OnScreen, PatientInput, Rest, Settings, SituationName, State};
use crate::domain::timing::Timing;
use crate::ports::Frame;
use crate::runtime::{Handle, Input, Screen, View, view_of};
use crate::ui::screen::{facts, name};

use super::scenario::{Deed, Scenario};
use super::{Stage, start};
use crate::cli::CliError;

/// The longest a scenario may take, on a machine that is busy with others.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest a comparison of faces may take: the pictures decide how it ends, not the speed of the machine.
const LOOKING: Duration = Duration::from_secs(60);
/// Seconds at which a pause begins to count down.
const COUNTDOWN: u16 = 30;
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
    let mut deeds: VecDeque<Deed> = scenario.patient.clone().into();
    let (states, changes) = channel();
    let observer = Box::new(move |state: &State, _: Duration| {
        // Nobody listens any more once the scenario is over.
        let _ = states.send(state.clone());
    });
    let settings = scenario.settings()?;
    let idle = scenario.idle_ms.map_or(settings.timing.idle, Duration::from_millis);
    let (done, longer) = (Duration::from_secs(2), LOOKING + Duration::from_secs(10));
    let timing = Timing { done, face: longer, idle, ..settings.timing };
    let face = Rule { budget: LOOKING, ..settings.face };
    let settings = Settings { timing, face, ..settings };
    let (training, running) = start(vec![scenario], Pace::LockStep, settings, Some(observer))?;
    let played = follow(&running.handle, &training.stage(), &changes, &mut deeds);
    training.end(running)?;
    played.map_err(|cause| CliError::ended(format!("scenario {name}: {cause}"), "correct assets/scenarios"))
}

fn follow(
    handle: &Handle,
    stage: &Stage,
    changes: &Receiver<State>,
    deeds: &mut VecDeque<Deed>,
) -> Result<Vec<Shown>, String> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut arrived = false;
    let until = Instant::now() + PATIENCE;
    loop {
        let state = match changes.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(state) => state,
            Err(RecvTimeoutError::Timeout) => return Err("the visit does not come to its end".into()),
            Err(RecvTimeoutError::Disconnected) => return Err("the kiosk ended".into()),
        };
        if state.on_screen().name() == SituationName::OutOfOrder {
            continue;
        }
        let view = view_of(&state, true);
        let waits = waits(&view.screen);
        keep(&mut shown, view, handle);
        match (state.on_screen(), arrived) {
            (OnScreen::Rest(Rest::Idle), false) => {
                arrived = true;
                let inquiry = if deeds.front() == Some(&Deed::Inquire) { deeds.pop_front() } else { None };
                match inquiry {
                    Some(deed) => act(handle, stage, deed)?,
                    None => stage.place_card().map_err(|error| error.cause)?,
                }
            }
            (OnScreen::Rest(Rest::Idle), true) if deeds.is_empty() => return Ok(shown),
            (OnScreen::Rest(Rest::Idle), true) if deeds.front() == Some(&Deed::ComeAgain) => {
                deeds.pop_front();
                stage.place_card().map_err(|error| error.cause)?;
            }
            (OnScreen::Rest(Rest::Idle), true) => return Err(format!("the visit ended before {deeds:?}")),
            (on_screen, _) if waits => {
                let deed = deeds.pop_front().ok_or_else(|| format!("nothing to do at {:?}", on_screen.name()))?;
                act(handle, stage, deed)?;
            }
            _ => {}
        }
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

/// Whether the kiosk waits for the patient here. A pause is answered when it begins; its countdown is nothing new.
fn waits(screen: &Screen) -> bool {
    let begins = match screen {
        Screen::StillThere(it) => it.seconds == COUNTDOWN,
        Screen::CardAway(it) => it.seconds == COUNTDOWN,
        _ => true,
    };
    begins && facts(screen).asks
}

fn act(handle: &Handle, stage: &Stage, deed: Deed) -> Result<(), String> {
    let touch = |input| if handle.send(Input::Patient(input)) { Ok(()) } else { Err("a touch was lost".to_owned()) };
    match deed {
        Deed::Face => touch(PatientInput::Choose(Method::Face)),
        Deed::Pin => touch(PatientInput::Choose(Method::Pin)),
        Deed::Type(digits) => {
            touch(PatientInput::DigitsCleared)?;
            for digit in digits.bytes() {
                if !handle.send(Input::Digit(digit.wrapping_sub(b'0'))) {
                    return Err("a digit was lost".into());
                }
            }
            touch(PatientInput::Confirm)
        }
        Deed::Agree => touch(PatientInput::Consent(ConsentAnswer::Given)),
        Deed::Refuse => touch(PatientInput::Consent(ConsentAnswer::Refused)),
        Deed::GoOn => touch(PatientInput::Continue),
        Deed::Again => touch(PatientInput::Retry),
        Deed::WhoEnters => touch(PatientInput::AskWhoEnters),
        Deed::Family => touch(PatientInput::EnteredBy(EnteredBy::Family)),
        Deed::Stop => touch(PatientInput::Cancel),
        Deed::CallStaff => touch(PatientInput::CallStaff),
        Deed::NotMyName => touch(PatientInput::NotMyName),
        Deed::OneByOne => touch(PatientInput::OneByOne),
        Deed::NextPage => touch(PatientInput::NextPage),
        Deed::Back => touch(PatientInput::Back),
        Deed::Yes => touch(PatientInput::Yes),
        Deed::No => touch(PatientInput::No),
        Deed::Electronic => touch(PatientInput::Prescription(PrescriptionForm::Electronic)),
        Deed::Paper => touch(PatientInput::Prescription(PrescriptionForm::Paper)),
        Deed::MoreTime => touch(PatientInput::MoreTime),
        Deed::DoNothing => Ok(()),
        Deed::TakeCard => {
            stage.take_card();
            Ok(())
        }
        Deed::PutBack | Deed::PlaceCard => stage.place_card().map_err(|error| error.cause),
        Deed::Inquire => touch(PatientInput::Inquire),
        Deed::PutCardOf(person) => stage.place_card_of(&person).map_err(|error| error.cause),
        Deed::ComeAgain => Err("nobody can come again in the middle of a visit".into()),
    }
}
