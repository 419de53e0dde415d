//! On the way to the fallback that fits: one question, yes or no.

use crate::domain::failure::Failure;
use crate::domain::session::{FallbackQuestion, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, question: FallbackQuestion, look: Look) -> Element {
    let (icon, key) = match question {
        FallbackQuestion::Certificate => (Icon::Paper, "fallback-ask-certificate"),
        FallbackQuestion::Phone => (Icon::Phone, "fallback-ask-phone"),
        FallbackQuestion::Notice => (Icon::Paper, "fallback-ask-notice"),
        FallbackQuestion::BeenHere => (Icon::Building, "fallback-ask-been-here"),
    };
    let button = |id, weight, input| Button::new(id, id, weight, Message::Touched(input));
    Notice::new(Mark::Icon(icon, Tone::Calm), look.word(key))
        .text(look.word(&format!("{key}-text")))
        .button(button("back", Weight::Quiet, PatientInput::Back))
        .button(button("no", Weight::Other, PatientInput::No))
        .button(button("yes", Weight::Other, PatientInput::Yes))
        .side_by_side()
        .code(failure.code())
        .view(look)
}
