//! What staff do at the page: each is noted with who and why, then goes to the kiosk, whose core decides.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use maud::html;
use serde::Deserialize;
use strum::VariantArray;

use super::guard::{Fields, Visitor};
use super::layout::{csrf, page};
use super::now::{kiosks, may_answer, short};
use super::today::{self, Asked};
use super::words::Speech;
use super::{Page, html, plain, see};
use crate::adapters::qualification::contract::WireTime;
use crate::desk::contract::{Approval, Command, CommandName};
use crate::desk::record::{Act, Record};
use crate::desk::{Deed, DeskAct};
use crate::domain::staff_order::WhyByEye;

/// Seconds for which an answer is worth something.
const LIFE: u16 = 60;

/// The name of a command, as forms and texts have it.
pub fn word(name: &CommandName) -> &'static str {
    match name {
        CommandName::Coming => "coming",
        CommandName::SeenByEye(_) => "seenByEye",
        CommandName::AnotherTry => "anotherTry",
        CommandName::GoOnByPin => "goOnByPin",
        CommandName::OneStepBack => "oneStepBack",
        CommandName::FinishAndWipe => "finishAndWipe",
        CommandName::RegisterReference(_) => "registerReference",
        CommandName::AskQueueAgain => "askQueueAgain",
    }
}

/// What a form asks for; `None` when it is nothing that can be asked so.
fn asked(fields: &Fields) -> Option<CommandName> {
    Some(match fields.get("do") {
        "coming" => CommandName::Coming,
        "anotherTry" => CommandName::AnotherTry,
        "goOnByPin" => CommandName::GoOnByPin,
        "oneStepBack" => CommandName::OneStepBack,
        "finishAndWipe" => CommandName::FinishAndWipe,
        "seenByEye" => {
            let reason: &str = fields.get("reason").parse::<WhyByEye>().ok()?.into();
            // Without the tick nothing is said for the person.
            let person_and_card_here = fields.get("here") == "yes";
            CommandName::SeenByEye(
                person_and_card_here.then(|| Approval { person_and_card_here, reason: reason.into() })?,
            )
        }
        _ => return None,
    })
}

/// Which visit at which kiosk.
#[derive(Deserialize)]
pub struct Visit {
    kiosk: String,
    visit: String,
}

/// The form for a check by eye: what is to be seen, ticked, and why.
pub async fn eye(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
    Query(at): Query<Visit>,
) -> Response<Body> {
    let known = desk.desk.look(|board| {
        board
            .kiosk_named(&at.kiosk)
            .is_some_and(|kiosk| may_answer(&visitor, kiosk) && kiosk.reception.as_deref() == Some(&at.visit))
    });
    if !known {
        return see("/");
    }
    let body = html! {
        form.eye method="post" action="/command" {
            h1 { (short(&at.kiosk)) " " (speech.say("desk-do-seenByEye")) }
            (csrf(&visitor))
            input type="hidden" name="kiosk" value=(at.kiosk);
            input type="hidden" name="visit" value=(at.visit);
            p { (speech.say("desk-eye-how")) }
            label.tick { input type="checkbox" name="here" value="yes" required autofocus; " " (speech.say("desk-eye-here")) }
            fieldset {
                legend { (speech.say("desk-eye-why")) }
                @for reason in WhyByEye::VARIANTS.iter().map(<&str>::from) {
                    label.tick { input type="radio" name="reason" value=(reason) required; " " (speech.say(&format!("desk-eye-{reason}"))) }
                }
            }
            button.main name="do" value="seenByEye" { (speech.say("desk-eye-yes")) }
            a.button href="/" { (speech.say("desk-back")) }
        }
    };
    html(StatusCode::OK, page(speech, &speech.say("desk-do-seenByEye"), Some(&visitor), desk.blank_seconds, &body))
}

/// Asks something of a kiosk.
pub async fn command(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
    Extension(fields): Extension<Fields>,
    headers: HeaderMap,
) -> Response<Body> {
    let (kiosk, visit) = (fields.get("kiosk").to_owned(), fields.get("visit").to_owned());
    let Some(name) = asked(&fields) else { return plain(StatusCode::UNPROCESSABLE_ENTITY) };
    let allowed = desk.desk.look(|board| board.kiosk_named(&kiosk).map(|found| may_answer(&visitor, found)));
    match allowed {
        Some(true) if !visit.is_empty() => {}
        Some(true) | None => return plain(StatusCode::NOT_FOUND),
        Some(false) => return plain(StatusCode::FORBIDDEN),
    }
    let why = if let CommandName::SeenByEye(approval) = &name { Some(approval.reason.clone()) } else { None };
    let deed = Deed::Asked(word(&name));
    let act = DeskAct { why, ..DeskAct::by(&visitor.name, deed).in_visit(&kiosk, &visit) };
    let command = Command {
        id: uuid::Uuid::new_v4().to_string(),
        reception: Some(visit),
        by: visitor.name.clone(),
        at: WireTime(desk.desk.now()),
        valid_seconds: LIFE,
        name,
    };
    if let Err(refusal) = carry_out(&desk, act, kiosk, vec![Record::Command { command: Box::new(command) }]).await {
        return refusal;
    }
    if headers.contains_key("hx-request") { html(StatusCode::OK, kiosks(&desk, speech, &visitor)) } else { see("/") }
}

/// Says that a row needs nobody any more, or does after all.
pub async fn settle(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
    Extension(fields): Extension<Fields>,
    headers: HeaderMap,
) -> Response<Body> {
    if !visitor.role.sees_patients() {
        return plain(StatusCode::FORBIDDEN);
    }
    let (kiosk, reception) = (fields.get("kiosk").to_owned(), fields.get("visit").to_owned());
    if desk.desk.look(|board| board.patient_of(&kiosk, &reception).is_none()) {
        return plain(StatusCode::NOT_FOUND);
    }
    let done = fields.get("done") == "yes";
    let deed = if done { Deed::Settled } else { Deed::Unsettled };
    let act = DeskAct::by(&visitor.name, deed).in_visit(&kiosk, &reception);
    let records = vec![Record::Act { by: visitor.name.clone(), reception, act: Act::Settled { done } }];
    if let Err(refusal) = carry_out(&desk, act, kiosk, records).await {
        return refusal;
    }
    if headers.contains_key("hx-request") {
        return today::part(
            State(desk),
            Extension(speech),
            Extension(visitor),
            Query(Asked { q: fields.get("q").into() }),
        )
        .await;
    }
    see("/")
}

/// Notes an act, then does it; what cannot be noted is not done.
pub async fn carry_out(page: &Page, act: DeskAct, kiosk: String, records: Vec<Record>) -> Result<(), Response<Body>> {
    let (desk, audit) = (Arc::clone(&page.desk), Arc::clone(&page.audit));
    let done = tokio::task::spawn_blocking(move || {
        audit.note(&act)?;
        records.iter().try_for_each(|record| desk.act(&kiosk, record)).map_err(|error| error.to_string())
    });
    let failed = match done.await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(failed)) => failed,
        Err(error) => error.to_string(),
    };
    tracing::error!(failed, "an act of staff was not carried out");
    Err(plain(StatusCode::SERVICE_UNAVAILABLE))
}
