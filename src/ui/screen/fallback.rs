//! F0: the check is impossible; why, who can act, and that the fee does not change.

use super::{failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen; `led` says whether questions follow.
pub fn view(failure: Failure, led: bool, look: Look) -> Element {
    let (id, label) = if led { ("continue", "continue") } else { ("to-desk", "fallback-desk") };
    let mut notice = Notice::new(Mark::Icon(Icon::Network, Tone::Care), failure_title(failure, look))
        .banner(Icon::Check, Tone::Good, look.word("fallback-fee"))
        .text(match failure {
            // How to lay it down was said before.
            Failure::CardUnreadable => look.word("fallback-at-the-counter"),
            failure => failure_text(failure, look),
        });
    if led {
        notice = notice.text(look.word("fallback-led"));
    }
    notice
        .button(Button::new(id, label, Weight::Main, Message::Touched(PatientInput::Continue)))
        .code(failure.code())
        .view(look)
}
