//! 処方箋発行形態: electronic or on paper.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::consent::PrescriptionForm;
use crate::domain::session::PatientInput;
use crate::runtime::view::ChoosePrescription;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Item, Mark, Notice, Tone, Weight};

impl Shown for ChoosePrescription {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let choice = |id, icon, form| {
            Button::new(id, id, Weight::Other, Message::Touched(PatientInput::Prescription(form))).icon(icon)
        };
        let item = |icon, key: &str| Item { icon, title: look.word(key), text: None };
        Notice::new(Mark::Icon(Icon::Medicine, Tone::Calm), look.word("prescription-title"))
            .items(
                vec![item(Icon::Phone, "prescription-electronic-text"), item(Icon::Paper, "prescription-paper-text")],
                false,
            )
            .button(choice("prescription-paper", Icon::Paper, PrescriptionForm::Paper))
            .button(choice("prescription-electronic", Icon::Phone, PrescriptionForm::Electronic))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", ChoosePrescription)]
    }
}
