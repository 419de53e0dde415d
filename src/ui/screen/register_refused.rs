//! R3n: registration is not possible yet; the day and hour from which on it is.

use jiff::civil::DateTime;

use super::{clock, day, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::{PatientInput, Purpose};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, works_from: Option<DateTime>, purpose: Purpose, look: Look) -> Element {
    let when = works_from.map(|from| {
        let arguments = [("date", day(from.date(), look).into()), ("time", clock(from.time()).into())];
        look.words.with("refused-from", &arguments)
    });
    let notice = Notice::new(Mark::Icon(Icon::Clock, Tone::Care), failure_title(failure, look));
    let notice = match when {
        Some(when) => notice.banner(Icon::Clock, Tone::Calm, when),
        None => notice.text(failure_text(failure, look)),
    };
    let button = |id, label| Button::new(id, label, Weight::Main, Message::Touched(PatientInput::Continue));
    match purpose {
        Purpose::Reception => notice.text(look.word("refused-today")).button(button("continue", "continue")),
        Purpose::Inquiry => notice.button(button("end", "status-end")),
    }
    .code(failure.code())
    .view(look)
}
