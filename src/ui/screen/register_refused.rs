//! R3n: registration is not possible yet; when it will be.

use super::{failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, look: Look) -> Element {
    Notice::new(Mark::Icon(Icon::Clock, Tone::Care), failure_title(failure, look))
        .text(failure_text(failure, look))
        .text(look.word("refused-today"))
        .button(Button::new("continue", "continue", Weight::Main, Message::Touched(PatientInput::Continue)))
        .code(failure.code())
        .view(look)
}
