//! The reception ended early: cause, what to do, and that nothing was kept.

use super::{failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, look: Look) -> Element {
    let icon = match failure {
        Failure::TimedOut => Icon::Clock,
        Failure::CardGone | Failure::CardUnreadable => Icon::Card,
        _ => Icon::Info,
    };
    Notice::new(Mark::Icon(icon, Tone::Calm), failure_title(failure, look))
        .text(failure_text(failure, look))
        .text(look.word("stopped-nothing-kept"))
        .banner(Icon::Card, Tone::Care, look.word("stopped-take"))
        .button(Button::new("back-to-start", "back-to-start", Weight::Main, Message::Touched(PatientInput::Continue)))
        .code(failure.code())
        .view(look)
}
