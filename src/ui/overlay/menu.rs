//! The three panels as choices, for panels on which the trainer's controls take the room of the tool row.

use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::overlay::Overlay;
use crate::ui::widget::option::{Choice, Sample, choices};

/// The choices.
pub fn view(look: Look) -> Element {
    let ids = ["menu-language", "menu-display", "menu-sound"];
    let all = Overlay::TOOLS.into_iter().zip(ids).map(|(overlay, id)| Choice {
        id,
        label: look.word(overlay.label()),
        sample: Sample::Icon(overlay.icon()),
        chosen: false,
        message: Message::Open(overlay),
    });
    choices(all.collect(), 3, look)
}
