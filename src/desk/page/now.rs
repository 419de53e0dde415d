//! Now: each kiosk as a line. Who calls comes first; what is wrong before what is so; what to say, then what to do.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{Response, StatusCode};
use jiff::Timestamp;
use maud::{Markup, html};

use super::guard::Visitor;
use super::layout::{csrf, page};
use super::today::{self, Asked};
use super::words::{Speech, kebab};
use super::{Page, html};
use crate::desk::board::{Given, Kiosk};
use crate::desk::contract::{CommandOutcome, LampState, Stage};

/// Situations in which nobody is received.
const AT_REST: [&str; 3] = ["idle", "outOfOrder", "cardLeft"];
/// Answers that need no more than a press, in the order of use.
const ANSWERS: [&str; 4] = ["anotherTry", "goOnByPin", "oneStepBack", "finishAndWipe"];

/// The page itself.
pub async fn whole(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response<Body> {
    let body = html! {
        div id="now" data-part hx-get="/now" hx-trigger="news" { (kiosks(&desk, speech, &visitor)) }
        @if visitor.role.sees_patients() {
            (today::section(&desk, speech, &visitor, &asked))
        }
    };
    html(StatusCode::OK, page(speech, &speech.say("desk-name"), Some(&visitor), desk.blank_seconds, &body))
}

/// The lines of the kiosks alone.
pub async fn part(
    State(desk): State<Page>,
    Extension(speech): Extension<Speech>,
    Extension(visitor): Extension<Visitor>,
) -> Response<Body> {
    html(StatusCode::OK, kiosks(&desk, speech, &visitor))
}

/// Whether somebody may see and answer a kiosk.
pub fn may_answer(visitor: &Visitor, kiosk: &Kiosk) -> bool {
    visitor.role.sees_patients() || kiosk.stage.as_ref().is_some_and(|stage| stage.training)
}

/// The lines, who calls first.
pub fn kiosks(page: &Page, speech: Speech, visitor: &Visitor) -> Markup {
    let now = page.desk.now();
    page.desk.look(|board| {
        let mut all: Vec<_> = board.kiosks().filter(|(_, kiosk)| may_answer(visitor, kiosk)).collect();
        all.sort_by_key(|(_, kiosk)| {
            kiosk.call.as_ref().map_or((2, None), |call| (usize::from(call.taken_by.is_some()), Some(call.since)))
        });
        html! {
            h1 { (speech.say("desk-now")) }
            @if all.is_empty() { p.quiet { (speech.say("desk-no-kiosk")) } }
            div.kiosks {
                @for (terminal, kiosk) in &all {
                    (line(&Line { terminal, kiosk, now, linked: page.desk.is_linked(terminal) }, speech, visitor))
                }
            }
        }
    })
}

/// One kiosk, to be drawn.
struct Line<'a> {
    terminal: &'a str,
    kiosk: &'a Kiosk,
    now: Timestamp,
    linked: bool,
}

/// The part of a terminal's name that staff know.
pub fn short(terminal: &str) -> &str {
    terminal.rsplit_once('/').map_or(terminal, |(_, id)| id)
}

fn line(line: &Line<'_>, speech: Speech, visitor: &Visitor) -> Markup {
    let Line { terminal, kiosk, .. } = *line;
    let calls = kiosk.call.as_ref().is_some_and(|call| call.taken_by.is_none());
    let stage = kiosk.stage.as_ref();
    html! {
        article.kiosk.call[calls] aria-labelledby={ "k-" (terminal) } {
            h2 id={ "k-" (terminal) } {
                (short(terminal))
                @if let Some(stage) = stage { span.about { (about(stage, speech)) } }
            }
            @if !line.linked { p.alarm { (silent(line, speech)) } }
            @if let Some(stage) = stage {
                p.what {
                    (wrong(line, stage, speech))
                    @if let Some(since) = kiosk.since { " " (seconds(since, line.now)) }
                }
                @if let Some(say) = say(stage, speech) { p.say { (speech.say("desk-say")) " " b { (say) } } }
                @if let Some(paper) = paper(stage, speech) { p.paper { (paper) } }
                p.quiet { (facts(stage, speech)) }
            }
            @if let Some(call) = &kiosk.call {
                p.called {
                    @match &call.taken_by {
                        Some(by) => (speech.with("desk-taken-by", &[("who", by.as_str().into())])),
                        None => (speech.say("desk-calls")),
                    }
                    " " (seconds(call.since, line.now))
                }
            }
            (lamps(kiosk))
            @if let Some(visit) = &kiosk.reception { (answers(terminal, kiosk, visit, speech, visitor)) }
            (outcomes(kiosk, line.now, speech))
        }
    }
}

/// Seconds that count on in the browser.
fn seconds(since: Timestamp, now: Timestamp) -> Markup {
    let gone = now.duration_since(since).as_secs().max(0);
    html! { span.seconds data-seconds=(gone) { (gone / 60) ":" (format!("{:02}", gone % 60)) } }
}

fn silent(line: &Line<'_>, speech: Speech) -> String {
    let since = line.kiosk.heard.map(|at| speech.clock(at)).unwrap_or_default();
    speech.with("desk-silent", &[("since", since.into())])
}

/// Language, size and whether it is training.
fn about(stage: &Stage, speech: Speech) -> String {
    let language = speech.maybe(&format!("desk-language-{}", stage.language)).unwrap_or_else(|| stage.language.clone());
    let mut about = vec![language];
    if stage.text_size > 100 {
        about.push(format!("{}%", stage.text_size));
    }
    if stage.training {
        about.push(speech.say("desk-training"));
    }
    about.join(" / ")
}

/// What is wrong, else where it stands.
fn wrong(line: &Line<'_>, stage: &Stage, speech: Speech) -> String {
    if let Some((title, _)) = stage.failure.as_deref().and_then(|code| speech.failure(code)) {
        return title;
    }
    let called = line.kiosk.call.as_ref().and_then(|call| call.code.as_deref());
    let told = line.kiosk.news.iter().rev().find(|told| Some(told.notice.code.as_str()) == called);
    if let Some([what, _]) = told.and_then(|told| speech.news(told)) {
        return what;
    }
    speech.maybe(&format!("desk-at-{}", stage.situation)).unwrap_or_else(|| stage.situation.clone())
}

/// What to say aloud next: what the patient is told, else what helps in this situation.
fn say(stage: &Stage, speech: Speech) -> Option<String> {
    let hint = stage.hint.as_deref().and_then(|hint| speech.hint(hint));
    hint.or_else(|| speech.maybe(&format!("desk-say-{}", stage.situation)))
}

/// What to do or which paper to ask for.
fn paper(stage: &Stage, speech: Speech) -> Option<String> {
    let remedy = stage.failure.as_deref().and_then(|code| speech.failure(code)).map(|(_, remedy)| remedy);
    remedy.or_else(|| speech.maybe(&format!("desk-paper-{}", stage.situation)))
}

fn facts(stage: &Stage, speech: Speech) -> String {
    let mut facts = Vec::new();
    if let Some(method) = stage.method.as_deref().and_then(|method| speech.maybe(&format!("desk-method-{method}"))) {
        facts.push(method);
    }
    if stage.face_tries > 0 {
        facts.push(speech.with("desk-face-tries", &[("count", stage.face_tries.into())]));
    }
    if let Some(tries) = stage.pin_tries {
        facts.push(speech.with("desk-pin-tries", &[("count", tries.into())]));
    }
    facts.extend(stage.failure.clone());
    facts.join("　")
}

fn lamps(kiosk: &Kiosk) -> Markup {
    let bad = kiosk.lamps.iter().filter(|lamp| lamp.state == LampState::Bad);
    html! {
        @for lamp in bad {
            p.alarm { (lamp.part) ": " (lamp.words) " " (lamp.remedy.as_deref().unwrap_or_default()) }
        }
    }
}

fn answers(terminal: &str, kiosk: &Kiosk, visit: &str, speech: Speech, visitor: &Visitor) -> Markup {
    let rest = kiosk.stage.as_ref().is_some_and(|stage| AT_REST.contains(&stage.situation.as_str()));
    let coming = kiosk.call.as_ref().is_some_and(|call| call.taken_by.is_none());
    let calm = kiosk.call.is_none() && kiosk.stage.as_ref().is_none_or(|stage| stage.failure.is_none());
    let eye = format!(
        "/eye?{}",
        form_urlencoded::Serializer::new(String::new())
            .append_pair("kiosk", terminal)
            .append_pair("visit", visit)
            .finish()
    );
    let form = html! {
        form.answers method="post" action="/command" hx-post="/command" hx-target="#now" {
            (csrf(visitor))
            input type="hidden" name="kiosk" value=(terminal);
            input type="hidden" name="visit" value=(visit);
            @if coming { button.main name="do" value="coming" id={ "coming-" (terminal) } accesskey="1" { (speech.say("desk-do-coming")) } }
            @for answer in ANSWERS {
                button name="do" value=(answer) id={ (answer) "-" (terminal) } { (speech.say(&format!("desk-do-{answer}"))) }
            }
            a.button href=(eye) { (speech.say("desk-do-seenByEye")) }
        }
    };
    html! {
        @if !rest && calm {
            details id={ "answers-" (terminal) } { summary { (speech.say("desk-answers")) } (form) }
        } @else if !rest {
            (form)
        }
    }
}

/// What became of the last answers in this visit.
fn outcomes(kiosk: &Kiosk, now: Timestamp, speech: Speech) -> Markup {
    let of_visit = |given: &&Given| given.command.reception.is_some() && given.command.reception == kiosk.reception;
    let last: Vec<_> = kiosk.commands.iter().rev().filter(of_visit).take(3).collect();
    html! {
        @if !last.is_empty() {
            ul.outcomes aria-live="polite" {
                @for given in last {
                    li {
                        (speech.clock(given.at)) " " (given.command.by) " "
                        (speech.say(&format!("desk-do-{}", super::acts::word(&given.command.name))))
                        ": " (outcome(given, now, speech))
                    }
                }
            }
        }
    }
}

fn outcome(given: &Given, now: Timestamp, speech: Speech) -> String {
    match &given.outcome {
        Some(CommandOutcome::Done) => speech.say("desk-outcome-done"),
        Some(CommandOutcome::Stale) => speech.say("desk-outcome-stale"),
        Some(CommandOutcome::Refused { reason }) => {
            let why =
                speech.maybe(&format!("refusal-{}", kebab(reason))).unwrap_or_else(|| speech.say("desk-refused-other"));
            speech.with("desk-outcome-refused", &[("why", why.into())])
        }
        None if given.seconds_left(now) == 0 => speech.say("desk-outcome-unheard"),
        None => speech.say("desk-outcome-waits"),
    }
}
