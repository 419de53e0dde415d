//! Z1 職員呼出: staff are coming; once they are there, they can say so.

use super::{failure_text, failure_title};
use crate::domain::session::{PatientInput, StaffReason};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen; with `staff_entry` staff can enter their code.
pub fn view(reason: StaffReason, staff_entry: bool, look: Look) -> Element {
    let notice = match reason {
        // A card left behind has its own screen, which says that staff come.
        StaffReason::Asked | StaffReason::CardLeft => {
            Notice::new(Mark::Icon(Icon::Bell, Tone::Calm), look.word("staff-title")).text(look.word("staff-text"))
        }
        StaffReason::Failure(failure) => Notice::new(Mark::Icon(Icon::Staff, Tone::Calm), failure_title(failure, look))
            .text(failure_text(failure, look))
            .text(look.word("staff-text"))
            .code(failure.code()),
    };
    let enter = || {
        let message = Message::Touched(PatientInput::StaffHere);
        Button::new("staff-here", "staff-here", Weight::Quiet, message).icon(Icon::Staff)
    };
    if staff_entry { notice.button(enter()) } else { notice }.view(look)
}
