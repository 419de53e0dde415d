//! On the way to the fallback that fits: one question, yes or no.

use super::{Data, Facts, Preset, Shown};
use crate::domain::failure::Failure;
use crate::domain::session::{FallbackQuestion, PatientInput};
use crate::runtime::view::FallbackAsk;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for FallbackAsk {
    fn facts(&self) -> Facts {
        Facts { cancel: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let (icon, key) = match self.question {
            FallbackQuestion::Certificate => (Icon::Paper, "fallback-ask-certificate"),
            FallbackQuestion::Phone => (Icon::Phone, "fallback-ask-phone"),
            FallbackQuestion::Notice => (Icon::Paper, "fallback-ask-notice"),
            FallbackQuestion::BeenHere => (Icon::Building, "fallback-ask-been-here"),
        };
        let button = |id, weight, input| Button::new(id, id, weight, Message::Touched(input));
        Notice::new(Mark::Icon(icon, Tone::Calm), look.word(key))
            .text(look.word(&format!("{key}-text")))
            .button(button("back", Weight::Quiet, PatientInput::Back))
            .button(button("no", Weight::Other, PatientInput::No))
            .button(button("yes", Weight::Other, PatientInput::Yes))
            .side_by_side()
            .code(self.failure.code())
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let failure = Failure::GatewayTimeout;
        let ask = |special, question| Preset::of(special, FallbackAsk { failure, question });
        vec![
            ask("phone", FallbackQuestion::Phone),
            ask("notice", FallbackQuestion::Notice),
            ask("been-here", FallbackQuestion::BeenHere),
            ask("certificate", FallbackQuestion::Certificate),
        ]
    }
}
