//! The card face is being read.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Picture(Picture::Waiting), look.word("opening-title")).text(look.word("opening-text")).view(look)
}
