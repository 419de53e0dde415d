//! 個別同意: one question of several, two answers of the same weight, and the way back.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, answers, beside_answers};
use crate::domain::consent::{ConsentAnswer, Question, Wording};
use crate::domain::session::PatientInput;
use crate::runtime::view::ConsentOneByOne;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::disc;
use crate::ui::widget::{Button, Icon, Tone, Weight, fit, original, panel};

impl Shown for ConsentOneByOne {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let it = self.clone();
        let refuse = if it.question == Question::Checkup { "consent-refuse-under-40" } else { "consent-refuse" };
        let back = Button::new("back", "back", Weight::Quiet, Message::Touched(PatientInput::Back));
        let back = it.back.then_some(back);
        let answers = answers(("consent-refuse", refuse), ("consent-give", "consent-give"), it.agree_left, look);
        column![
            fit(look, alignment::Vertical::Center, move |look| question(&it, look)),
            beside_answers(back, answers, look)
        ]
        .spacing(look.space(6.0, 4.0))
        .into()
    }

    fn presets() -> Vec<Preset> {
        let first = ConsentOneByOne {
            question: Question::Records,
            number: 1,
            of: 3,
            chosen: None,
            back: true,
            wording: Wording::Statement,
            agree_left: false,
        };
        let (records, chosen) = (first.clone(), Some(ConsentAnswer::Given));
        let surgery = ConsentOneByOne { question: Question::Surgery, number: 2, chosen, ..first.clone() };
        let checkup = ConsentOneByOne { question: Question::Checkup, number: 3, ..first.clone() };
        let older = ConsentOneByOne { back: false, wording: Wording::Question, agree_left: true, ..first };
        vec![
            Preset::of("records", records),
            Preset::of("surgery", surgery),
            Preset::of("checkup", checkup),
            Preset::of("older-leaflet", older),
        ]
    }
}

/// The icon of a question.
pub(super) fn icon(question: Question) -> Icon {
    match question {
        Question::Records => Icon::Medicine,
        Question::Surgery => Icon::Surgery,
        Question::Checkup => Icon::Checkup,
    }
}

fn question(it: &ConsentOneByOne, look: Look) -> Element {
    let p = look.palette();
    let (fill, color) = panel::tone(Tone::Calm, look);
    let number = [("number", it.number.into()), ("of", it.of.into())];
    let align = if look.landscape() { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
    let line = |role, text: String, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
    let (wording, name) = (it.wording.name(), it.question.name());
    let over_40 = it.question == Question::Checkup;
    let chosen = it.chosen.and_then(|answer| match answer {
        ConsentAnswer::Given => Some("consent-given"),
        ConsentAnswer::Refused => Some("consent-refused"),
        ConsentAnswer::NotAsked | ConsentAnswer::NotAnswered => None,
    });
    let words = column![line(Role::Small, look.words.with("consent-number", &number), p.ink_soft)]
        .push(over_40.then(|| line(Role::Body, look.word("consent-over-40"), p.on_accent_soft)))
        .push(line(Role::Title, look.word("consent-title"), p.ink))
        .push(line(Role::Body, look.word(&format!("consent-{wording}-{name}")), p.ink))
        .push(line(Role::Body, look.word(&format!("consent-{wording}-use")), p.ink_soft))
        .push(chosen.map(|key| {
            let text = look.words.with("consent-chosen", &[("answer", look.word(key).into())]);
            panel::banner(Icon::Info, Tone::Calm, text, look)
        }))
        .spacing(look.space(5.0, 2.5))
        .align_x(align)
        .width(Length::Fill);
    let keys = [format!("consent-{wording}-{name}"), format!("consent-{wording}-use")];
    let [statement, used] = &keys;
    let original = original(&[statement, used], &[], look);
    let mark = (look.factor < 1.4).then(|| disc(icon(it.question), look.space(40.0, 26.0), fill, color));
    if look.landscape() {
        let words = column![words].push(original).spacing(look.mm(2.0));
        row![].push(mark).push(words).spacing(look.mm(6.0)).align_y(alignment::Vertical::Center).into()
    } else {
        column![].push(mark).push(words).push(original).spacing(look.space(6.0, 4.0)).align_x(align).into()
    }
}
