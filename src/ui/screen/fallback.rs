//! F0: the check is impossible; the fee does not change, and the ways F1 to F4 in their order.

use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Item, Mark, Notice, Tone, Weight};

use super::failure_title;

/// The screen.
pub fn view(failure: Failure, look: Look) -> Element {
    let item = |icon, key: &str| Item { icon, title: look.word(key), text: Some(look.word(&format!("{key}-text"))) };
    Notice::new(Mark::Icon(Icon::Network, Tone::Care), failure_title(failure, look))
        .banner(Icon::Check, Tone::Good, look.word("fallback-fee"))
        .text(look.word("fallback-how"))
        .items(
            vec![
                item(Icon::Phone, "fallback-portal"),
                item(Icon::Paper, "fallback-paper"),
                item(Icon::Speak, "fallback-spoken"),
                item(Icon::Pencil, "fallback-form"),
            ],
            true,
        )
        .button(Button::new("to-desk", "fallback-desk", Weight::Main, Message::Touched(PatientInput::Continue)))
        .code(failure.code())
        .view(look)
}
