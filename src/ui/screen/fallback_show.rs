//! F1 to F5: what to show or do at the counter, in one plain instruction.

use crate::domain::failure::Failure;
use crate::domain::session::{FallbackWay, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, way: FallbackWay, look: Look) -> Element {
    let (icon, key) = match way {
        FallbackWay::Portal => (Icon::Phone, "fallback-show-portal"),
        FallbackWay::Notice => (Icon::Paper, "fallback-show-notice"),
        FallbackWay::Spoken => (Icon::Speak, "fallback-show-spoken"),
        FallbackWay::Form => (Icon::Pencil, "fallback-show-form"),
        FallbackWay::Certificate => (Icon::Paper, "fallback-show-certificate"),
        FallbackWay::Staff => (Icon::Staff, "fallback-show-staff"),
    };
    let touched = Message::Touched;
    Notice::new(Mark::Icon(icon, Tone::Calm), look.word(key))
        .text(look.word(&format!("{key}-text")))
        .banner(Icon::Check, Tone::Good, look.word("fallback-fee"))
        .button(Button::new("back", "back", Weight::Quiet, touched(PatientInput::Back)))
        .button(Button::new("to-desk", "fallback-desk", Weight::Main, touched(PatientInput::Continue)))
        .side_by_side()
        .code(failure.code())
        .view(look)
}
