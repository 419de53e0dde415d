//! A4P 代理入力: who types the PIN; the answer goes into the record of the reception.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::pin::EnteredBy;
use crate::domain::session::PatientInput;
use crate::runtime::view::AskWhoEnters;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::{Button, Icon, Weight, fit, tile};

impl Shown for AskWhoEnters {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Identity), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let question = fit(look, alignment::Vertical::Center, |look| {
            let p = look.palette();
            column![
                look.centred(Role::Title, look.word("who-title"), p.ink).width(Length::Fill),
                look.centred(Role::Body, look.word("who-text"), p.ink_soft).width(Length::Fill)
            ]
            .spacing(look.space(5.0, 2.5))
            .into()
        });
        let gap = look.space(6.0, 4.0);
        let look = look.at(look.factor.min(1.25));
        let people = EnteredBy::ALL.map(|person| card(person, look));
        let cards = row(people).spacing(gap);
        let back =
            Button::new("back", "keypad-back", Weight::Quiet, Message::Touched(PatientInput::Back)).icon(Icon::Back);
        column![question, cards, back.view(look)].spacing(gap).into()
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", AskWhoEnters)]
    }
}

fn card(person: EnteredBy, look: Look) -> Element {
    let (id, icon) = match person {
        EnteredBy::Patient => ("who-patient", Icon::Person),
        EnteredBy::Family => ("who-family", Icon::Family),
        EnteredBy::Carer => ("who-carer", Icon::Carer),
    };
    tile::large(id, icon, id, Message::Touched(PatientInput::EnteredBy(person)), look.space(62.0, 42.0), look)
}
