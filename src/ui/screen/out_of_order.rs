//! The closed screen: nobody can be served, never the desktop.

use crate::domain::failure::Failure;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

/// The screen.
pub fn view(failure: Failure, look: Look) -> Element {
    Notice::new(Mark::Icon(Icon::Building, Tone::Care), look.word("out-title"))
        .text(look.word("out-text"))
        .code(failure.code())
        .view(look)
}
