//! One more wrong PIN would block it: staff instead, the face instead, or going on with open eyes.

use crate::domain::session::{Method, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(wrong: bool, face_possible: bool, look: Look) -> Element {
    let touched = Message::Touched;
    let mut notice = Notice::new(Mark::Icon(Icon::Care, Tone::Care), look.word("last-try-title"));
    if wrong {
        notice = notice.text(look.word("last-try-wrong"));
    }
    notice = notice
        .text(look.word("last-try-left"))
        .banner(Icon::Lock, Tone::Stop, look.word("last-try-warning"))
        .button(Button::new("enter-anyway", "last-try-anyway", Weight::Other, touched(PatientInput::Continue)));
    if face_possible {
        let message = touched(PatientInput::Choose(Method::Face));
        notice = notice.button(Button::new("use-face", "choose-face", Weight::Other, message).icon(Icon::Face));
    }
    notice
        .button(
            Button::new("ask-staff", "last-try-staff", Weight::Main, touched(PatientInput::CallStaff)).icon(Icon::Bell),
        )
        .view(look)
}
