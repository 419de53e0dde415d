//! R1: the card must be registered as insurance card; go on?

use super::go_on_or_stop;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

/// The screen.
pub fn view(look: Look) -> Element {
    let notice = Notice::new(Mark::Icon(Icon::Card, Tone::Calm), look.word("register-title"))
        .text(look.word("register-question"))
        .text(look.word("register-time"));
    go_on_or_stop(notice, "continue").view(look)
}
