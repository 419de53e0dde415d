//! The frame of every page.

use maud::{DOCTYPE, Markup, html};

use super::guard::Visitor;
use super::words::Speech;

/// What the vendored script may do: no code from texts, no styles of its own, this host alone.
const HTMX: &str = r#"{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0}"#;

/// A whole page.
pub fn page(speech: Speech, title: &str, visitor: Option<&Visitor>, blank_seconds: u32, body: &Markup) -> Markup {
    let live = visitor.is_some();
    html! {
        (DOCTYPE)
        html lang=(speech.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="htmx-config" content=(HTMX);
                title { (title) }
                link rel="stylesheet" href="/assets/desk.css";
                script src="/assets/htmx.js" defer {}
                script src="/assets/desk.js" defer {}
            }
            body data-blank=[visitor.map(|_| blank_seconds)] data-csrf=[visitor.map(|visitor| visitor.csrf.as_str())] data-live[live] {
                a.skip href="#main" { (speech.say("desk-skip")) }
                @if let Some(visitor) = visitor { (top(speech, visitor)) }
                main id="main" { (body) }
                div id="cover" hidden { p { (speech.say("desk-covered")) } }
            }
        }
    }
}

fn top(speech: Speech, visitor: &Visitor) -> Markup {
    html! {
        header {
            nav aria-label=(speech.say("desk-name")) {
                a href="/" { (speech.say("desk-name")) }
                a href="/lamps" { (speech.say("desk-lamps")) }
            }
            button type="button" id="sound" data-on=(speech.say("desk-sound-on")) aria-pressed="false" { (speech.say("desk-sound-off")) }
            form method="post" action="/logout" {
                (csrf(visitor))
                button { (visitor.name) " " (speech.say("desk-log-out")) }
            }
        }
    }
}

/// The field that every form brings along.
pub fn csrf(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name="csrf" value=(visitor.csrf); }
}
