//! R3n: registration is not possible yet; the day and hour from which on it is.

use jiff::civil::DateTime;

use super::{clock, day, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, works_from: Option<DateTime>, look: Look) -> Element {
    let when = works_from.map(|from| {
        let arguments = [("date", day(from.date(), look).into()), ("time", clock(from.time()).into())];
        look.words.with("refused-from", &arguments)
    });
    let notice = Notice::new(Mark::Icon(Icon::Clock, Tone::Care), failure_title(failure, look));
    match when {
        Some(when) => notice.banner(Icon::Clock, Tone::Calm, when),
        None => notice.text(failure_text(failure, look)),
    }
    .text(look.word("refused-today"))
    .button(Button::new("continue", "continue", Weight::Main, Message::Touched(PatientInput::Continue)))
    .code(failure.code())
    .view(look)
}
