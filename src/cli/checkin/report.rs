//! One line for each situation.

use std::time::Duration;

use crate::domain::card::Tries;
use crate::domain::code_b::{Entry, Problem};
use crate::domain::consent::{Consent, ConsentAnswer};
use crate::domain::failure::Failure;
use crate::domain::session::{OnScreen, Rest, Situation, SituationName, StaffReason, State};

/// Prints where the visit stands, as words or as one JSON line.
pub fn report(state: &State, time: Duration, json: bool) {
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let name = format!("{:?}", state.on_screen().name());
    if !json {
        println!("{:>7} ms  {name}", ms);
        return;
    }
    let mut line = serde_json::json!({
        "ms": ms,
        "state": name,
        "reception": state.reception().map(|r| r.id.0),
    });
    if let Some(fields) = line.as_object_mut() {
        details(state, fields);
    }
    println!("{line}");
}

/// What a reader of the line needs beside the name; nothing personal.
fn details(state: &State, fields: &mut serde_json::Map<String, serde_json::Value>) {
    match state.on_screen() {
        OnScreen::Situation(Situation::EnterPin { tries: Tries::Left(n), wrong, .. }) => {
            fields.insert("triesLeft".into(), (*n).into());
            fields.insert("wrong".into(), (*wrong).into());
        }
        OnScreen::Situation(Situation::EnterCodeB { entry: Entry { tries: Tries::Left(n), .. } }) => {
            fields.insert("triesLeft".into(), (*n).into());
        }
        OnScreen::Situation(Situation::Checking { stage }) => {
            fields.insert("stage".into(), format!("{stage:?}").into());
        }
        OnScreen::Situation(Situation::Delivering { stage }) => {
            fields.insert("stage".into(), format!("{stage:?}").into());
        }
        _ => {}
    }
    if let Some(failure) = failure_of(state.on_screen()) {
        fields.insert("failure".into(), failure.slug().into());
        fields.insert("code".into(), failure.code().into());
    }
    if state.on_screen().name() == SituationName::Done {
        let given = |c: &&Consent| c.answer == ConsentAnswer::Given;
        let consents = state.reception().into_iter().flat_map(|r| r.choices.consents.iter().filter(given));
        let names: Vec<_> = consents.map(|c| c.scope.name()).collect();
        fields.insert("consents".into(), names.into());
    }
}

fn failure_of(on_screen: OnScreen) -> Option<Failure> {
    let situation = match on_screen {
        OnScreen::Rest(Rest::OutOfOrder { failure }) => return Some(*failure),
        OnScreen::Rest(_) | OnScreen::Pause(_) => return None,
        OnScreen::Situation(situation) => situation,
    };
    match situation {
        Situation::WrongCard { failure }
        | Situation::FaceHelp { failure, .. }
        | Situation::PinLocked { failure, .. }
        | Situation::RegisterRefused { failure, .. }
        | Situation::Fallback { failure }
        | Situation::Stopped { failure }
        | Situation::CallStaff { reason: StaffReason::Failure(failure) } => Some(*failure),
        Situation::EnterCodeB { entry } => entry.problem.map(Problem::failure),
        _ => None,
    }
}
