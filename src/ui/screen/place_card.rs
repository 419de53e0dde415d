//! A1 カード設置: how the card is laid down, and what goes wrong most often, crossed out.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step};
use crate::runtime::view::PlaceCard;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;
use crate::ui::widget::picture::{Picture, picture};
use crate::ui::widget::{Mistake, fit};

const MISTAKES: [(Mistake, &str); 3] =
    [(Mistake::Cover, "place-no-cover"), (Mistake::Back, "place-no-back"), (Mistake::TwoCards, "place-no-two")];

impl Shown for PlaceCard {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Card), moves: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        fit(look, alignment::Vertical::Center, |look| if look.landscape() { wide(look) } else { tall(look) })
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", PlaceCard), Preset::of("inquiry", PlaceCard).for_inquiry()]
    }
}

fn tall(look: Look) -> Element {
    let p = look.palette();
    let shrink = look.factor.max(1.0).sqrt();
    column![
        look.centred(Role::Title, look.word("place-title"), p.ink).width(Length::Fill),
        picture(Picture::PlaceCard, look.space(112.0, 62.0) / shrink, look),
        look.centred(Role::Body, look.word("place-side"), p.ink_soft).width(Length::Fill),
        mistakes(look.space(44.0, 30.0) / shrink, look)
    ]
    .spacing(look.space(7.0, 4.0))
    .align_x(alignment::Horizontal::Center)
    .into()
}

fn wide(look: Look) -> Element {
    let p = look.palette();
    let shrink = look.factor.max(1.0);
    let words = column![
        look.ink(Role::Title, look.word("place-title"), p.ink),
        look.ink(Role::Body, look.word("place-side"), p.ink_soft),
        mistakes(look.space(40.0, 26.0) / shrink, look)
    ]
    .spacing(look.mm(4.0))
    .width(Length::Fill);
    row![picture(Picture::PlaceCard, look.space(110.0, 66.0) / shrink, look), words]
        .spacing(look.mm(7.0))
        .align_y(alignment::Vertical::Center)
        .into()
}

fn mistakes(size: f32, look: Look) -> Element {
    let p = look.palette();
    let one = |(mistake, key)| -> Element {
        let name = look.at(look.factor.min(1.25)).centred(Role::Chrome, look.word(key), p.ink).width(Length::Fill);
        column![picture(Picture::Mistake(mistake), size, look), name]
            .spacing(look.mm(1.5))
            .align_x(alignment::Horizontal::Center)
            .width(Length::Fill)
            .into()
    };
    row(MISTAKES.map(one)).spacing(look.mm(4.0)).into()
}
