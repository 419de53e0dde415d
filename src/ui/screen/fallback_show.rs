//! F1 to F5: what to show or do at the counter, in one plain instruction.

use super::{Data, Facts, Preset, Shown, with_fee};
use crate::domain::failure::Failure;
use crate::domain::session::{FallbackWay, PatientInput};
use crate::runtime::view::FallbackShow;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for FallbackShow {
    fn facts(&self) -> Facts {
        Facts { cancel: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let (icon, key) = match self.way {
            FallbackWay::Portal => (Icon::Phone, "fallback-show-portal"),
            FallbackWay::Notice => (Icon::Paper, "fallback-show-notice"),
            FallbackWay::Spoken => (Icon::Speak, "fallback-show-spoken"),
            FallbackWay::Form => (Icon::Pencil, "fallback-show-form"),
            FallbackWay::Certificate => (Icon::Paper, "fallback-show-certificate"),
            FallbackWay::Staff => (Icon::Staff, "fallback-show-staff"),
        };
        let touched = Message::Touched;
        let notice = Notice::new(Mark::Icon(icon, Tone::Calm), look.word(key)).text(look.word(&format!("{key}-text")));
        with_fee(notice, self.failure, look)
            .button(Button::new("back", "back", Weight::Quiet, touched(PatientInput::Back)))
            .button(Button::new("to-desk", "fallback-desk", Weight::Main, touched(PatientInput::Continue)))
            .side_by_side()
            .code(self.failure.code())
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let show = |special, way, failure| Preset::of(special, FallbackShow { failure, way });
        let (line, card) = (Failure::GatewayTimeout, Failure::NotRegistered);
        vec![
            show("portal", FallbackWay::Portal, line),
            show("notice", FallbackWay::Notice, line),
            show("spoken", FallbackWay::Spoken, line),
            show("form", FallbackWay::Form, line),
            show("certificate", FallbackWay::Certificate, card),
            show("staff", FallbackWay::Staff, card),
        ]
    }
}
