//! What lies on the reader cannot be used; it must be taken off.

use super::{failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Item, Mark, Mistake, Notice, Picture};

/// The screen.
pub fn view(failure: Failure, look: Look) -> Element {
    let item = |icon, key| Item { icon, title: look.word(key), text: None };
    let (mistake, next) = match failure {
        Failure::PhonePlaced => (Mistake::Phone, item(Icon::Card, "wrong-place")),
        Failure::CardUnreadable => (Mistake::Cover, item(Icon::Card, "wrong-place")),
        _ => (Mistake::OtherCard, item(Icon::Card, "wrong-place")),
    };
    Notice::new(Mark::Picture(Picture::Mistake(mistake)), failure_title(failure, look))
        .text(failure_text(failure, look))
        .items(vec![item(Icon::Erase, "wrong-remove"), next], true)
        .code(failure.code())
        .view(look)
}
