//! R3: registration is complete.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::session::{PatientInput, Purpose};
use crate::runtime::view::Registered;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for Registered {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), cancel: false, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let touched = Message::Touched(PatientInput::Continue);
        let on = match data.view.purpose {
            Purpose::Reception => Button::new("get-qualification", "registered-next", Weight::Main, touched),
            Purpose::Inquiry => Button::new("end", "status-end", Weight::Main, touched),
        };
        Notice::new(Mark::Icon(Icon::Check, Tone::Good), look.word("registered-title")).button(on).view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", Registered), Preset::of("inquiry", Registered).for_inquiry()]
    }
}
