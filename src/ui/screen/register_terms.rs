//! R2: the terms of use in short; staff have the full text.

use super::go_on_or_stop;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

/// The screen.
pub fn view(look: Look) -> Element {
    let notice = Notice::new(Mark::Icon(Icon::Paper, Tone::Calm), look.word("terms-title"))
        .text(look.word("terms-apply"))
        .text(look.word("terms-accept"))
        .banner(Icon::Info, Tone::Calm, look.word("terms-full"));
    go_on_or_stop(notice, "terms-agree").view(look)
}
