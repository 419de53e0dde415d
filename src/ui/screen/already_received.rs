//! This card was received today: when, and what can still be done.

use jiff::civil::Time;

use super::{Data, Facts, Preset, Shown, clock};
use crate::domain::session::PatientInput;
use crate::runtime::view::AlreadyReceived;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for AlreadyReceived {
    fn facts(&self) -> Facts {
        Facts { cancel: false, firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let touched = Message::Touched;
        Notice::new(Mark::Icon(Icon::Check, Tone::Good), look.word("already-title"))
            .text(look.words.with("already-at", &[("time", clock(self.at).into())]))
            .text(look.word("already-text"))
            .button(Button::new("renew", "already-renew", Weight::Other, touched(PatientInput::Continue)))
            .button(Button::new("end", "already-end", Weight::Main, touched(PatientInput::Cancel)))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", AlreadyReceived { at: Time::constant(9, 5, 0, 0) })]
    }
}
