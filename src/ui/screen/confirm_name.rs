//! The insurer answered: is this the patient's name? Nothing is handed over before it is confirmed.

use iced::widget::image::Handle;

use super::{name_lines, name_title};
use crate::domain::qualification::PatientName;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(patient: &PatientName, printed: Option<Handle>, look: Look) -> Element {
    let lines = name_lines(patient, printed.is_some(), look);
    let notice = Notice::new(Mark::Icon(Icon::Card, Tone::Calm), name_title(patient, look))
        .titled_as_on_the_card()
        .printed(printed);
    let notice = lines.into_iter().fold(notice, Notice::text);
    let touched = Message::Touched;
    notice
        .banner(Icon::Info, Tone::Calm, look.word("confirm-question"))
        .button(Button::new("not-my-name", "done-not-me", Weight::Other, touched(PatientInput::NotMyName)))
        .button(Button::new("continue", "confirm-yes", Weight::Main, touched(PatientInput::Continue)))
        .view(look)
}
