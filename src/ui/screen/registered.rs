//! R3: registration is complete.

use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Icon(Icon::Check, Tone::Good), look.word("registered-title"))
        .button(Button::new(
            "get-qualification",
            "registered-next",
            Weight::Main,
            Message::Touched(PatientInput::Continue),
        ))
        .view(look)
}
