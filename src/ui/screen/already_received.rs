//! This card was received today: when, and what can still be done.

use jiff::civil::Time;

use super::clock;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(at: Time, look: Look) -> Element {
    let touched = Message::Touched;
    Notice::new(Mark::Icon(Icon::Check, Tone::Good), look.word("already-title"))
        .text(look.words.with("already-at", &[("time", clock(at).into())]))
        .text(look.word("already-text"))
        .button(Button::new("renew", "already-renew", Weight::Other, touched(PatientInput::Continue)))
        .button(Button::new("end", "already-end", Weight::Main, touched(PatientInput::Cancel)))
        .view(look)
}
