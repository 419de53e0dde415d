//! The individual answers once more, before they are sent.

use super::consent_one_by_one::icon;
use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::consent::{ConsentAnswer, Question};
use crate::domain::session::PatientInput;
use crate::runtime::view::ConsentSummary;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Item, Mark, Notice, Tone, Weight};

impl Shown for ConsentSummary {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let line = |(question, answer): &(Question, ConsentAnswer)| {
            let answer = if *answer == ConsentAnswer::Given { "consent-given" } else { "consent-refused" };
            let what = look.word(&format!("consent-{}", question.name()));
            let arguments = [("what", what.into()), ("answer", look.word(answer).into())];
            Item { icon: icon(*question), title: look.words.with("consent-summary-line", &arguments), text: None }
        };
        let touched = Message::Touched;
        Notice::new(Mark::Icon(Icon::Paper, Tone::Calm), look.word("consent-summary-title"))
            .text(look.word("consent-lasts"))
            .items(self.answers.iter().map(line).collect(), false)
            .button(Button::new("back", "consent-change", Weight::Other, touched(PatientInput::Back)))
            .button(Button::new("continue", "consent-send", Weight::Main, touched(PatientInput::Continue)))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let answers = [ConsentAnswer::Given, ConsentAnswer::Refused, ConsentAnswer::Refused];
        vec![Preset::of("", ConsentSummary { answers: Question::ALL.iter().copied().zip(answers).collect() })]
    }
}
