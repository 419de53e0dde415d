//! A0 待機: the invitation. The whole picture can be touched; laying the card down is enough.

use iced::widget::{column, container};
use iced::{Length, Padding, alignment};

use super::{Data, Facts, Preset, Shown};
use crate::domain::session::PatientInput;
use crate::runtime::view::Idle;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::{Button, Weight, face};
use crate::ui::widget::pressable::{Face, Pressable};
use crate::ui::widget::{Icon, Picture, fit, picture};

impl Shown for Idle {
    fn facts(&self) -> Facts {
        Facts { cancel: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let invitation = invitation(self.inquiry, look);
        if !self.inquiry {
            return invitation;
        }
        let ask = Button::new("inquire", "idle-inquire", Weight::Quiet, Message::Touched(PatientInput::Inquire));
        let ask = ask.icon(Icon::Paper).view(look.at(look.factor.min(1.25)));
        column![container(invitation).height(Length::Fill), ask].spacing(look.space(6.0, 4.0)).into()
    }

    fn presets() -> Vec<Preset> {
        let idle = |special, inquiry| Preset::of(special, Idle { inquiry }).at_rest();
        vec![idle("", false), idle("training", false).training(), idle("inquiry", true)]
    }
}

fn invitation(inquiry: bool, look: Look) -> Element {
    let body = fit(look, alignment::Vertical::Center, move |look| hero(inquiry, look));
    let plain = face(Weight::Quiet, true, look);
    let face = Face { radius: look.space(8.0, 5.0), ..plain };
    Pressable::new("start", face, container(body).height(Length::Fill), Some(Message::Touched(PatientInput::Start)))
        .size(Length::Fill, Length::Fill, 0.0)
        .padding(Padding::from([look.space(8.0, 4.0), look.space(8.0, 6.0)]))
        .into()
}

fn hero(inquiry: bool, look: Look) -> Element {
    let p = look.palette();
    let picture = |size: f32| picture::picture(Picture::PlaceCard, size / look.factor.max(1.0).sqrt(), look);
    let touch = || look.word("idle-touch");
    if look.landscape() {
        let words = column![
            look.ink(Role::Body, look.word("app-subtitle"), p.on_accent_soft),
            look.ink(Role::Title, look.word("idle-title"), p.ink),
            look.ink(Role::Small, touch(), p.ink_soft)
        ]
        .spacing(look.mm(4.0))
        .width(Length::Fill);
        iced::widget::row![picture(if inquiry { look.space(104.0, 60.0) } else { look.space(130.0, 70.0) }), words]
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
