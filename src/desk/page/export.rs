//! The day as a file for a spreadsheet, and as a page for paper.

use std::fmt::Write;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use maud::html;

use super::guard::Visitor;
use super::layout::page;
use super::today::{age, file_word, found};
use super::words::Speech;
use super::{Page, html, plain};
use crate::desk::board::{Patient, Reason};
use crate::desk::{Deed, DeskAct};

const COLUMNS: [&str; 9] = ["time", "kana", "name", "age", "chart", "insurance", "share", "file", "do"];

/// The cells of one row.
fn cells(patient: &Patient, why: &[Reason], speech: Speech) -> [String; 9] {
    let checked = patient.checked.as_ref();
    let validity = |word: &String| speech.maybe(&format!("desk-validity-{word}")).unwrap_or_else(|| word.clone());
    let why: Vec<String> = why.iter().map(|reason| speech.reason(reason)[0].clone()).collect();
    [
        speech.clock(patient.arrived),
        checked.and_then(|checked| checked.kana.clone()).unwrap_or_default(),
        checked.map(|checked| checked.name.clone()).unwrap_or_default(),
        age(patient).map(|years| years.to_string()).unwrap_or_default(),
        patient.chart_number().unwrap_or_default().to_owned(),
        checked.map(|checked| validity(&checked.validity)).unwrap_or_default(),
        checked.and_then(|checked| checked.copayment_percent).map(|percent| format!("{percent}%")).unwrap_or_default(),
        patient.file.map(|file| speech.say(file_word(file.state))).unwrap_or_default(),
        why.join(" / "),
    ]
}

async fn noted(page: &Page, visitor: &Visitor) -> Result<(), Response<Body>> {
    if !visitor.role.sees_patients() {
        return Err(plain(StatusCode::FORBIDDEN));
    }
    let act = DeskAct::by(&visitor.name, Deed::ListTaken);
    let audit = std::sync::Arc::clone(&page.audit);
    match tokio::task::spawn_blocking(move || audit.note(&act)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(plain(StatusCode::SERVICE_UNAVAILABLE)),
    }
}

/// The list as CSV; UTF-8 with a mark, as spreadsheets expect it.
pub async fn csv(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
) -> Response<Body> {
    if let Err(refusal) = noted(&desk, &visitor).await {
        return refusal;
    }
    let now = desk.desk.now();
    let mut text = String::from('\u{feff}');
    let heads = COLUMNS.map(|column| speech.say(&format!("desk-column-{column}")));
    line(&mut text, &heads);
    desk.desk.look(|board| {
        for (patient, why) in found(board, "", now) {
            line(&mut text, &cells(patient, &why, speech));
        }
    });
    let mut response = Response::new(Body::from(text));
    let fields = response.headers_mut();
    fields.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    fields.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"today.csv\""));
    response
}

fn line(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", defused(cell).replace('"', "\"\""))).collect();
    // Writing into a text does not fail.
    let _ = write!(text, "{}\r\n", cells.join(","));
}

/// A cell that a spreadsheet could take for a formula gets a mark in front, whatever space or sign hides its beginning.
fn defused(cell: &str) -> String {
    let plain: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let first = plain.trim_start().chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%'));
    if formula { format!("'{plain}") } else { plain }
}

/// The list for paper.
pub async fn print(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
) -> Response<Body> {
    if let Err(refusal) = noted(&desk, &visitor).await {
        return refusal;
    }
    let now = desk.desk.now();
    let title = format!("{} {}", speech.say("desk-today"), speech.day(crate::domain::japan::day(now)));
    let body = desk.desk.look(|board| {
        html! {
            h1 { (title) }
            table.paper {
                thead { tr { @for column in COLUMNS { th scope="col" { (speech.say(&format!("desk-column-{column}"))) } } } }
                tbody { @for (patient, why) in found(board, "", now) { tr { @for cell in cells(patient, &why, speech) { td { (cell) } } } } }
            }
        }
    });
    html(StatusCode::OK, page(speech, &title, Some(&visitor), desk.blank_seconds, &body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_out() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1"] {
            assert!(defused(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(defused("ミホン　ハナコ"), "ミホン　ハナコ");
        let mut text = String::new();
        line(&mut text, &["a\",\"=b".into(), "c\nd".into()]);
        assert_eq!(text, "\"a\"\",\"\"=b\",\"c d\"\r\n");
    }
}
