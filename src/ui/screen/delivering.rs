//! Consents and file are on their way.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Picture(Picture::Waiting), look.word("delivering-title"))
        .text(look.word("delivering-text"))
        .view(look)
}
