//! R2: the terms of use in short; staff have the full text.

use super::go_on_or_stop;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Item, Mark, Notice, Tone};

/// The screen.
pub fn view(look: Look) -> Element {
    let item = |icon, key| Item { icon, title: look.word(key), text: None };
    let notice = Notice::new(Mark::Icon(Icon::Paper, Tone::Calm), look.word("terms-title"))
        .text(look.word("terms-apply"))
        .items(
            vec![item(Icon::Building, "terms-1"), item(Icon::Check, "terms-2"), item(Icon::Staff, "terms-full")],
            false,
        );
    go_on_or_stop(notice, "terms-agree").view(look)
}
