//! Lamps: how the parts of every kiosk do, each bad one with its remedy; green as a whole when nothing is wrong.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use maud::html;

use super::guard::Visitor;
use super::layout::page;
use super::now::{may_answer, short};
use super::words::Speech;
use super::{Page, html};
use crate::desk::contract::{Lamp, LampState};

/// The board of lamps.
pub async fn whole(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
) -> Response<Body> {
    let body = desk.desk.look(|board| {
        let kiosks: Vec<_> = board.kiosks().filter(|(_, kiosk)| may_answer(&visitor, kiosk)).collect();
        let silent = |terminal: &str| !desk.desk.is_linked(terminal);
        let well = kiosks.iter().all(|(terminal, kiosk)| {
            !silent(terminal) && !kiosk.lamps.is_empty() && kiosk.lamps.iter().all(|lamp| lamp.state == LampState::Good)
        });
        html! {
            h1 { (speech.say("desk-lamps")) }
            @if well && !kiosks.is_empty() { p.allgood { (speech.say("desk-all-good")) } }
            @for (terminal, kiosk) in &kiosks {
                h2 { (short(terminal)) " " small { (kiosk.version) } }
                @if silent(terminal) {
                    p.alarm { (speech.with("desk-silent", &[("since", kiosk.heard.map(|at| speech.clock(at)).unwrap_or_default().into())])) }
                }
                @if kiosk.lamps.is_empty() { p.quiet { (speech.say("desk-no-lamps")) } }
                ul.lamps {
                    @for lamp in sorted(&kiosk.lamps) {
                        li class=(class(lamp.state)) {
                            b { (lamp.part) } " "
                            span.tag { (speech.say(state_word(lamp.state))) } " " (lamp.words)
                            @if let Some(remedy) = &lamp.remedy { br; (remedy) }
                        }
                    }
                }
            }
        }
    });
    html(StatusCode::OK, page(speech, &speech.say("desk-lamps"), Some(&visitor), desk.blank_seconds, &body))
}

/// Bad ones first.
fn sorted(lamps: &[Lamp]) -> Vec<&Lamp> {
    let mut sorted: Vec<&Lamp> = lamps.iter().collect();
    sorted.sort_by_key(|lamp| match lamp.state {
        LampState::Bad => 0,
        LampState::Doubtful => 1,
        LampState::Good => 2,
    });
    sorted
}

fn class(state: LampState) -> &'static str {
    match state {
        LampState::Good => "lamp good",
        LampState::Doubtful => "lamp doubtful",
        LampState::Bad => "lamp bad",
    }
}

fn state_word(state: LampState) -> &'static str {
    match state {
        LampState::Good => "desk-lamp-good",
        LampState::Doubtful => "desk-lamp-doubtful",
        LampState::Bad => "desk-lamp-bad",
    }
}
