//! A0 待機: the invitation. The whole picture can be touched; laying the card down is enough.

use iced::widget::{column, container};
use iced::{Length, Padding, alignment};

use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::{Weight, face};
use crate::ui::widget::pressable::{Face, Pressable};
use crate::ui::widget::{Picture, fit, picture};

/// The screen.
pub fn view(look: Look) -> Element {
    let body = fit(look, alignment::Vertical::Center, hero);
    let plain = face(Weight::Quiet, true, look);
    let face = Face { radius: look.space(8.0, 5.0), ..plain };
    Pressable::new("start", face, container(body).height(Length::Fill), Some(Message::Touched(PatientInput::Start)))
        .size(Length::Fill, Length::Fill, 0.0)
        .padding(Padding::from([look.space(8.0, 4.0), look.space(8.0, 6.0)]))
        .into()
}

fn hero(look: Look) -> Element {
    let p = look.palette();
    let picture = |size: f32| picture::picture(Picture::PlaceCard, size / look.factor.sqrt(), look);
    let touch = || look.word("idle-touch");
    if look.landscape() {
        let words = column![
            look.ink(Role::Body, look.word("app-subtitle"), p.on_accent_soft),
            look.ink(Role::Title, look.word("idle-title"), p.ink),
            look.ink(Role::Small, touch(), p.ink_soft)
        ]
        .spacing(look.mm(4.0))
        .width(Length::Fill);
        iced::widget::row![picture(look.space(130.0, 70.0)), words]
            .spacing(look.mm(8.0))
            .align_y(alignment::Vertical::Center)
            .into()
    } else {
        column![
            look.centred(Role::Body, look.word("app-subtitle"), p.on_accent_soft).width(Length::Fill),
            look.centred(Role::Title, look.word("idle-title"), p.ink).width(Length::Fill),
            picture(look.space(128.0, 84.0)),
            look.centred(Role::Body, touch(), p.ink_soft).width(Length::Fill)
        ]
        .spacing(look.space(9.0, 5.0))
        .align_x(alignment::Horizontal::Center)
        .into()
    }
}
