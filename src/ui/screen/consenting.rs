//! C-all 包括同意: one question, two answers of the same weight; refusing is fine.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, answers, beside_answers};
use crate::domain::consent::Wording;
use crate::domain::session::PatientInput;
use crate::i18n::Language;
use crate::runtime::view::Consenting;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::{Button, Icon, Item, Tone, Weight, fit, original, panel};

/// What the question is about.
const ITEMS: [&str; 4] = ["consent-visits", "consent-medicine", "consent-surgery", "consent-checkup"];

impl Shown for Consenting {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let wording = self.wording;
        // Beside an original there is no room for larger words on the buttons of a wide window.
        let full = look.landscape() && look.words.language() != Language::Ja;
        let wanted = look;
        let look = if full { look.at(look.factor.min(1.0)) } else { look };
        let one_by_one =
            Button::new("one-by-one", "consent-one-by-one", Weight::Quiet, Message::Touched(PatientInput::OneByOne));
        let answers =
            answers(("consent-refuse", "consent-refuse"), ("consent-give", "consent-give"), self.agree_left, look);
        column![
            fit(wanted, alignment::Vertical::Center, move |look| question(wording, look)),
            beside_answers(Some(one_by_one), answers, look)
        ]
        .spacing(look.space(6.0, 4.0))
        .into()
    }

    fn presets() -> Vec<Preset> {
        vec![
            Preset::of("", Consenting { wording: Wording::Statement, agree_left: false }),
            Preset::of("question", Consenting { wording: Wording::Question, agree_left: true }),
        ]
    }
}

fn question(wording: Wording, look: Look) -> Element {
    let p = look.palette();
    let item =
        |icon, key, text: Option<&str>| Item { icon, title: look.word(key), text: text.map(|key| look.word(key)) };
    let items = vec![
        item(Icon::Visit, "consent-visits", None),
        item(Icon::Medicine, "consent-medicine", None),
        item(Icon::Surgery, "consent-surgery", None),
        item(Icon::Checkup, "consent-checkup", Some("consent-checkup-age")),
    ];
    let fine = panel::banner(Icon::Info, Tone::Calm, look.word("consent-refuse-fine"), look);
    let statement = format!("consent-{}-all", wording.name());
    let original = original(&[&statement], &ITEMS, look);
    if look.landscape() && look.factor < 1.4 {
        let words = column![
            look.ink(Role::Title, look.word("consent-title"), p.ink),
            look.ink(Role::Body, look.word(&format!("consent-{}-all", wording.name())), p.ink),
            fine
        ]
        .spacing(look.mm(if original.is_some() { 1.5 } else { 3.0 }))
        .width(Length::FillPortion(4));
        let both = row![words, column![panel::list(items, false, look)].width(Length::FillPortion(3))]
            .spacing(look.mm(6.0))
            .align_y(alignment::Vertical::Center);
        return column![both].push(original).spacing(look.mm(1.0)).into();
    }
    let centre = alignment::Horizontal::Center;
    column![
        look.ink(Role::Title, look.word("consent-title"), p.ink).align_x(centre).width(Length::Fill),
        look.ink(Role::Body, look.word(&format!("consent-{}-all", wording.name())), p.ink)
            .align_x(centre)
            .width(Length::Fill),
        panel::list(items, false, look),
        fine
    ]
    .push(original)
    .spacing(look.space(6.0, 2.5))
    .align_x(centre)
    .into()
}
