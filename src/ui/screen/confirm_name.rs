//! The insurer answered: is this the patient's name? Nothing is handed over before it is confirmed.

use super::{Data, Facts, Preset, Shown, Step, name_lines, name_title, printed};
use crate::domain::secret::Personal;
use crate::domain::session::PatientInput;
use crate::runtime::view::ConfirmName;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for ConfirmName {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), firm: true, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let patient = &self.patient.0;
        let printed = printed(patient, data);
        let lines = name_lines(patient, printed.is_some(), look);
        let notice = Notice::new(Mark::Icon(Icon::Card, Tone::Calm), name_title(patient, look))
            .titled_as_on_the_card()
            .printed(printed);
        let notice = lines.into_iter().fold(notice, Notice::text);
        let touched = Message::Touched;
        notice
            .banner(Icon::Info, Tone::Calm, look.word("confirm-question"))
            .button(Button::new("not-my-name", "done-not-me", Weight::Other, touched(PatientInput::NotMyName)))
            .button(Button::new("continue", "confirm-yes", Weight::Main, touched(PatientInput::Continue)))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        Preset::named(|patient| ConfirmName { patient: Personal(patient) })
    }
}
