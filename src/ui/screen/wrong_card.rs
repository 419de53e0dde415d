//! What lies on the reader cannot be used; it must be taken off.

use super::{failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Item, Mark, Notice, Picture};

/// The screen.
pub fn view(failure: Failure, look: Look) -> Element {
    let next = match failure {
        Failure::CardUnreadable => Item { icon: Icon::Card, title: look.word("place-cover"), text: None },
        _ => Item { icon: Icon::Card, title: look.word("wrong-place"), text: None },
    };
    Notice::new(Mark::Picture(Picture::TakeCard), failure_title(failure, look))
        .text(failure_text(failure, look))
        .items(vec![Item { icon: Icon::Erase, title: look.word("wrong-remove"), text: None }, next], true)
        .code(failure.code())
        .view(look)
}
