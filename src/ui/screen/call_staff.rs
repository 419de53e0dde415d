//! Z1 職員呼出: staff are coming.

use super::{failure_text, failure_title};
use crate::domain::session::StaffReason;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Picture, Tone};

/// The screen.
pub fn view(reason: StaffReason, look: Look) -> Element {
    match reason {
        StaffReason::Asked => {
            Notice::new(Mark::Icon(Icon::Bell, Tone::Calm), look.word("staff-title")).text(look.word("staff-text"))
        }
        StaffReason::Failure(failure) => Notice::new(Mark::Icon(Icon::Staff, Tone::Calm), failure_title(failure, look))
            .text(failure_text(failure, look))
            .text(look.word("staff-text"))
            .code(failure.code()),
        StaffReason::CardLeft => Notice::new(Mark::Picture(Picture::TakeCard), look.word("staff-card-left-title"))
            .text(look.word("staff-card-left-text")),
    }
    .view(look)
}
