//! The card was taken away in the middle: put it back to go on.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen; nothing of the visit is shown on it.
pub fn view(seconds: u16, reading: bool, look: Look) -> Element {
    let text = match reading {
        true => look.word("away-reading"),
        false => look.words.with("away-text", &[("seconds", seconds.into())]),
    };
    Notice::new(Mark::Picture(Picture::PlaceCard), look.word("away-title")).text(text).view(look)
}
