//! A5 職員の目視: staff compare; the patient waits.

use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

/// The screen.
pub fn view(look: Look) -> Element {
    Notice::new(Mark::Icon(Icon::Staff, Tone::Calm), look.word("visual-title"))
        .text(look.word("visual-text"))
        .view(look)
}
