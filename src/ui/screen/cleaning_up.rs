//! The one tail of every reception: everything is wiped and released.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Picture(Picture::Waiting), look.word("cleaning-title"))
        .text(look.word("cleaning-text"))
        .view(look)
}
