//! Whose chart: what a row shows, and choosing one of the candidates.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use maud::{Markup, html};

use super::acts::carry_out;
use super::guard::{Fields, Visitor};
use super::layout::csrf;
use super::today::{self, Asked};
use super::words::Speech;
use super::{Page, plain, see};
use crate::adapters::qualification::contract::WireTime;
use crate::desk::board::Patient;
use crate::desk::charts::{Whose, is_reference};
use crate::desk::contract::{Command, CommandName, ReferenceNumber};
use crate::desk::record::{Act, Record};
use crate::desk::{Deed, DeskAct};

/// Seconds for which the registration of a number is worth something: the kiosk may be busy or off.
const LIFE: u16 = 3_600;

/// The cell of a row.
pub fn cell(page: &Page, patient: &Patient, speech: Speech, visitor: &Visitor) -> Markup {
    let copied = |number: &str| html! { button.copy type="button" data-copy=(number) title=(speech.say("desk-copy")) { (number) } };
    let whose = patient.checked.as_ref().map_or(Whose::NoList, |checked| page.charts.whose(checked));
    match (patient.chart_number(), whose) {
        (Some(number), Whose::NotInList) if patient.chart.is_none() => {
            html! { (copied(number)) br; small { (speech.say("desk-chart-not-in-list")) } }
        }
        (Some(number), _) => copied(number),
        (None, Whose::Candidates(numbers)) if numbers.is_empty() => {
            html! { small { (speech.say("desk-chart-nobody")) } }
        }
        (None, Whose::Candidates(numbers)) => html! {
            small { (speech.with("desk-chart-candidates", &[("count", numbers.len().into())])) }
            form method="post" action="/chart" hx-post="/chart" hx-target="#today" hx-include="#q" {
                (csrf(visitor))
                input type="hidden" name="kiosk" value=(patient.terminal);
                input type="hidden" name="visit" value=(patient.reception);
                @for number in numbers { button name="number" value=(number) { (number) } " " }
            }
        },
        (None, _) => html! { "—" },
    }
}

/// Somebody says whose chart it is: the row knows, and the number goes to the gateway by way of the kiosk.
pub async fn choose(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
    Extension(fields): Extension<Fields>,
    headers: HeaderMap,
) -> Response<Body> {
    if !visitor.role.sees_patients() {
        return plain(StatusCode::FORBIDDEN);
    }
    let (kiosk, reception, number) =
        (fields.get("kiosk").to_owned(), fields.get("visit").to_owned(), fields.get("number").to_owned());
    // Only what the list offers for this patient can be chosen.
    let check_id = desk.desk.look(|board| {
        let checked = board.patient_of(&kiosk, &reception)?.checked.as_ref()?;
        let offered = matches!(desk.charts.whose(checked), Whose::Candidates(numbers) if numbers.contains(&number));
        offered.then(|| checked.check_id.clone())
    });
    let Some(check_id) = check_id else { return plain(StatusCode::NOT_FOUND) };
    let act = DeskAct::by(&visitor.name, Deed::ChartChosen).in_visit(&kiosk, &reception);
    let mut records =
        vec![Record::Act { by: visitor.name.clone(), reception, act: Act::ChartChosen { number: number.clone() } }];
    if is_reference(&number) {
        let command = Command {
            id: uuid::Uuid::new_v4().to_string(),
            reception: None,
            by: visitor.name.clone(),
            at: WireTime(desk.desk.now()),
            valid_seconds: LIFE,
            name: CommandName::RegisterReference(ReferenceNumber { check_id, number }),
        };
        records.push(Record::Command { command: Box::new(command) });
    }
    if let Err(refusal) = carry_out(&desk, act, kiosk, records).await {
        return refusal;
    }
    if headers.contains_key("hx-request") {
        let asked = Query(Asked { q: fields.get("q").into() });
        return today::part(State(desk), Extension(speech), Extension(visitor), asked).await;
    }
    see("/")
}
