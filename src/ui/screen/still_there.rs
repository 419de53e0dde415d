//! Nobody touches anything: go on, take more time, or everything is wiped.

use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen; nothing of the visit is shown on it.
pub fn view(seconds: u16, look: Look) -> Element {
    let touched = Message::Touched;
    Notice::new(Mark::Icon(Icon::Clock, Tone::Care), look.word("still-title"))
        .text(look.words.with("still-text", &[("seconds", seconds.into())]))
        .button(Button::new("more-time", "still-more", Weight::Other, touched(PatientInput::MoreTime)))
        .button(Button::new("continue", "continue", Weight::Main, touched(PatientInput::Continue)))
        .view(look)
}
