//! Nobody touches anything: go on, take more time, or everything is wiped. Nothing of the visit is shown.

use super::{Data, Facts, Preset, Shown};
use crate::domain::session::PatientInput;
use crate::runtime::Earcon;
use crate::runtime::view::StillThere;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for StillThere {
    fn facts(&self) -> Facts {
        Facts { interrupts: true, signal: Some(Earcon::TimeIsShort), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let touched = Message::Touched;
        Notice::new(Mark::Icon(Icon::Clock, Tone::Care), look.word("still-title"))
            .text(look.words.with("still-text", &[("seconds", self.seconds.into())]))
            .button(Button::new("more-time", "still-more", Weight::Other, touched(PatientInput::MoreTime)))
            .button(Button::new("continue", "continue", Weight::Main, touched(PatientInput::Continue)))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", StillThere { seconds: 30 })]
    }
}
