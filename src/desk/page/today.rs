//! Today: a row a patient. What needs somebody stands on top with its reason; everybody else folds away.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{Response, StatusCode};
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use serde::Deserialize;

use super::guard::Visitor;
use super::layout::csrf;
use super::words::Speech;
use super::{Page, html, plain};
use crate::desk::board::{Board, Patient, Reason, Weight, reasons};
use crate::desk::charts::folded;
use crate::desk::contract::FileState;
use crate::domain::japan;

/// What is looked for.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// Kana, name or chart number, or a part of them.
    #[serde(default)]
    pub q: String,
}

/// The rows alone.
pub async fn part(
    State(page): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response<Body> {
    if !visitor.role.sees_patients() {
        return plain(StatusCode::FORBIDDEN);
    }
    html(StatusCode::OK, rows(&page, speech, &visitor, &asked))
}

/// The rows with what looks for them.
pub fn section(page: &Page, speech: Speech, visitor: &Visitor, asked: &Asked) -> Markup {
    html! {
        section aria-labelledby="today-title" {
            div.tools {
                h1 id="today-title" { (speech.say("desk-today")) }
                form role="search" method="get" action="/" hx-get="/today" hx-target="#today" hx-trigger="submit, input delay:300ms" {
                    label { (speech.say("desk-search")) " " input type="search" name="q" id="q" value=(asked.q) autocomplete="off" accesskey="s"; }
                }
                a.button href="/today.csv" { (speech.say("desk-csv")) }
                a.button href="/print" { (speech.say("desk-print")) }
            }
            div id="today" data-part hx-get="/today" hx-include="#q" hx-trigger="news" { (rows(page, speech, visitor, asked)) }
        }
    }
}

/// Everybody who fits, split into who needs somebody and who does not.
fn rows(page: &Page, speech: Speech, visitor: &Visitor, asked: &Asked) -> Markup {
    let now = page.desk.now();
    page.desk.look(|board| {
        let found = found(board, &asked.q, now);
        let (open, done): (Vec<_>, Vec<_>) = found.into_iter().rev().partition(|(patient, why)| needs_somebody(patient, why));
        html! {
            p.count { (speech.with("desk-count", &[("open", open.len().into()), ("all", (open.len() + done.len()).into())])) }
            @if !open.is_empty() { (table(page, &open, speech, visitor)) }
            @if !done.is_empty() {
                details id="folded" open[!asked.q.is_empty()] {
                    summary { (speech.with("desk-folded", &[("count", done.len().into())])) }
                    (table(page, &done, speech, visitor))
                }
            }
        }
    })
}

/// Whose row somebody must look at.
pub fn needs_somebody(patient: &Patient, why: &[Reason]) -> bool {
    patient.settled.is_none() && why.iter().any(|reason| reason.weight() != Weight::Note)
}

/// Rows in order of arrival, with what they ask for, that hold what is looked for.
pub fn found<'a>(board: &'a Board, looked_for: &str, now: Timestamp) -> Vec<(&'a Patient, Vec<Reason>)> {
    let looked_for = folded(looked_for);
    let holds = |patient: &&Patient| {
        let checked = patient.checked.as_ref();
        let texts = [checked.and_then(|c| c.kana.as_deref()), checked.map(|c| c.name.as_str()), patient.chart_number()];
        looked_for.is_empty() || texts.into_iter().flatten().any(|text| folded(text).contains(&looked_for))
    };
    board.patients().iter().filter(holds).map(|patient| (patient, reasons(patient, now))).collect()
}

fn table(page: &Page, rows: &[(&Patient, Vec<Reason>)], speech: Speech, visitor: &Visitor) -> Markup {
    html! {
        table {
            thead { tr {
                @for column in ["time", "name", "chart", "do", "insurance"] { th scope="col" { (speech.say(&format!("desk-column-{column}"))) } }
            } }
            tbody { @for (patient, why) in rows { (row(page, patient, why, speech, visitor)) } }
        }
    }
}

fn row(page: &Page, patient: &Patient, why: &[Reason], speech: Speech, visitor: &Visitor) -> Markup {
    html! {
        tr {
            td { (speech.clock(patient.arrived)) }
            td { (named(patient, speech)) }
            td {
                (super::charts::cell(page, patient, speech, visitor))
            }
            td { (why_of(patient, why, speech)) (settle(patient, why, speech, visitor)) }
            td { (insurance(patient, speech)) }
        }
    }
}

fn named(patient: &Patient, speech: Speech) -> Markup {
    let Some(checked) = &patient.checked else { return html! { span.quiet { (speech.say("desk-nobody")) } } };
    let (first, second) = match &checked.kana {
        Some(kana) => (kana, Some(&checked.name)),
        None => (&checked.name, None),
    };
    html! {
        button.copy.name type="button" data-copy=(first) title=(speech.say("desk-copy")) { (first) }
        br;
        small {
            @if let Some(name) = second { (name) "　" }
            @if let Some(age) = age(patient) { (speech.with("desk-age", &[("years", age.into())])) "　" }
            (speech.maybe(&format!("desk-sex-{}", checked.sex)).unwrap_or_default())
        }
    }
}

/// Years on the day of the visit.
pub fn age(patient: &Patient) -> Option<i16> {
    let birth = patient.checked.as_ref()?.birth_date?.0;
    let day = japan::day(patient.arrived);
    let years = day.year() - birth.year();
    let had = birth.checked_add(i32::from(years).years()).is_ok_and(|birthday| birthday <= day);
    Some(if had { years } else { years - 1 })
}

fn why_of(patient: &Patient, why: &[Reason], speech: Speech) -> Markup {
    html! {
        @for reason in why {
            @let [what, to_do] = speech.reason(reason);
            p.why {
                span class=(match reason.weight() { Weight::Act => "tag act", Weight::Say => "tag say", Weight::Note => "tag note" }) { (what) }
                " " (to_do)
                @if let Reason::NotReceived(Some(code)) = reason { " " small { (code) } }
            }
        }
        @if let Some(by) = &patient.settled { p.quiet { (speech.with("desk-settled-by", &[("who", by.as_str().into())])) } }
    }
}

fn settle(patient: &Patient, why: &[Reason], speech: Speech, visitor: &Visitor) -> Markup {
    let (done, word) = if patient.settled.is_some() { ("no", "desk-unsettle") } else { ("yes", "desk-settle") };
    html! {
        @if patient.settled.is_some() || needs_somebody(patient, why) {
            form method="post" action="/settle" hx-post="/settle" hx-target="#today" hx-include="#q" {
                (csrf(visitor))
                input type="hidden" name="kiosk" value=(patient.terminal);
                input type="hidden" name="visit" value=(patient.reception);
                button name="done" value=(done) { (speech.say(word)) }
            }
        }
    }
}

fn insurance(patient: &Patient, speech: Speech) -> Markup {
    let Some(checked) = &patient.checked else { return html! { "—" } };
    let validity =
        speech.maybe(&format!("desk-validity-{}", checked.validity)).unwrap_or_else(|| checked.validity.clone());
    html! {
        span class=(if checked.validity == "valid" { "tag good" } else { "tag act" }) { (validity) }
        @if let Some(percent) = checked.copayment_percent { " " (speech.with("desk-copayment", &[("tenths", (percent / 10).into())])) }
        @if let Some(file) = patient.file { br; small { (speech.say(file_word(file.state))) } }
    }
}

/// The words for where a file stands.
pub fn file_word(state: FileState) -> &'static str {
    match state {
        FileState::Waits => "desk-file-waits",
        FileState::Written => "desk-file-written",
        FileState::Taken => "desk-file-taken",
        FileState::NotTaken => "desk-file-not-taken",
        FileState::GivenUp => "desk-file-given-up",
    }
}
