//! A4L ロック: what still works, and where the number is reset.

use super::{failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Item, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(failure: Failure, now: bool, face_possible: bool, look: Look) -> Element {
    let mut items = Vec::new();
    if face_possible {
        items.push(Item { icon: Icon::Face, title: look.word("locked-face"), text: None });
    }
    items.push(Item { icon: Icon::Staff, title: look.word("locked-staff"), text: None });
    if failure == Failure::PinBlocked {
        let text = Some(look.word("locked-reset-text"));
        items.push(Item { icon: Icon::Building, title: look.word("locked-reset"), text });
    }
    let weight = if face_possible { Weight::Other } else { Weight::Main };
    let (title, texts) = match (failure, now) {
        (Failure::PinBlocked, true) => (look.word("locked-now-title"), vec![look.word("locked-everywhere")]),
        (Failure::PinBlocked, false) => {
            (failure_title(failure, look), vec![look.word("locked-before"), look.word("locked-everywhere")])
        }
        _ => (failure_title(failure, look), vec![failure_text(failure, look)]),
    };
    let notice = Notice::new(Mark::Icon(Icon::Lock, Tone::Care), title);
    let mut notice = texts
        .into_iter()
        .fold(notice, Notice::text)
        .items(items, false)
        .button(
            Button::new("ask-staff", "call-staff", weight, Message::Touched(PatientInput::CallStaff)).icon(Icon::Bell),
        )
        .code(failure.code());
    if face_possible {
        let message = Message::Touched(PatientInput::Choose(Method::Face));
        notice = notice.button(Button::new("use-face", "use-face", Weight::Main, message).icon(Icon::Face));
    }
    notice.view(look)
}
