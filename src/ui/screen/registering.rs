//! R3w: registration is running.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Picture(Picture::Waiting), look.word("registering-title"))
        .text(look.word("registering-text"))
        .view(look)
}
