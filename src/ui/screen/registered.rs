//! R3: registration is complete.

use crate::domain::session::{PatientInput, Purpose};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(purpose: Purpose, look: Look) -> Element {
    let touched = Message::Touched(PatientInput::Continue);
    let on = match purpose {
        Purpose::Reception => Button::new("get-qualification", "registered-next", Weight::Main, touched),
        Purpose::Inquiry => Button::new("end", "status-end", Weight::Main, touched),
    };
    Notice::new(Mark::Icon(Icon::Check, Tone::Good), look.word("registered-title")).button(on).view(look)
}
