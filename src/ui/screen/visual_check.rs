//! A5 職員の目視: staff compare; the patient waits, or staff answer here.

use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen; `here` when staff stand at the kiosk, who read Japanese whatever language the patient chose.
pub fn view(here: bool, look: Look) -> Element {
    let mark = Mark::Icon(Icon::Staff, Tone::Calm);
    if !here {
        return Notice::new(mark, look.word("visual-title")).text(look.word("visual-text")).view(look);
    }
    let button = |id, weight, input| Button::new(id, id, weight, Message::Touched(input));
    Notice::new(mark, look.word("visual-here-title"))
        .text(look.word("visual-here-text"))
        .original(&["visual-here-title", "visual-not-same", "visual-same"])
        .button(button("visual-not-same", Weight::Other, PatientInput::No).icon(Icon::Cross))
        .button(button("visual-same", Weight::Other, PatientInput::Yes).icon(Icon::Check))
        .side_by_side()
        .view(look)
}
