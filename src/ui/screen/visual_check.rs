//! A5 職員の目視: staff compare and say here what they see.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::session::PatientInput;
use crate::runtime::view::VisualCheck;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for VisualCheck {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Identity), staff: false, firm: true, ..Facts::default() }
    }

    /// Staff who stand at the kiosk read Japanese, whatever language the patient chose.
    fn view(&self, _: &Data, look: Look) -> Element {
        let mark = Mark::Icon(Icon::Staff, Tone::Calm);
        let button = |id, weight, input| Button::new(id, id, weight, Message::Touched(input));
        Notice::new(mark, look.word("visual-here-title"))
            .text(look.word("visual-here-text"))
            .original(&["visual-here-title", "visual-not-same", "visual-same"])
            .button(button("visual-not-same", Weight::Other, PatientInput::No).icon(Icon::Cross))
            .button(button("visual-same", Weight::Other, PatientInput::Yes).icon(Icon::Check))
            .side_by_side()
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", VisualCheck)]
    }
}
