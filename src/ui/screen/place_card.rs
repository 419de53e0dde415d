//! A1 カード設置: how the card is laid down.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Item, Mark, Notice, Picture};

/// The screen.
pub fn view(look: Look) -> Element {
    let item = |icon, key| Item { icon, title: look.word(key), text: None };
    Notice::new(Mark::Picture(Picture::PlaceCard), look.word("place-title"))
        .items(vec![item(Icon::Card, "place-cover"), item(Icon::Face, "place-side")], false)
        .view(look)
}
