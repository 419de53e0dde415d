//! The card is being looked at.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Picture(Picture::Waiting), look.word("reading-title")).text(look.word("reading-text")).view(look)
}
