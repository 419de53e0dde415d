//! A2 認証方法の選択: two cards; one that is off says why.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::failure_text;
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::choice;
use crate::ui::widget::{Icon, fit};

/// The screen.
pub fn view(face: Result<(), Failure>, pin: Result<(), Failure>, look: Look) -> Element {
    let title = move |look: Look| {
        let p = look.palette();
        let words = column![look.centred(Role::Title, look.word("choose-title"), p.ink).width(Length::Fill)];
        words
            .push(look.centred(Role::Body, look.word("choose-help"), p.ink_soft).width(Length::Fill))
            .spacing(look.space(5.0, 2.5))
            .into()
    };
    let cards = move |look: Look| {
        let card = |id, icon, label, text, method, possible: Result<(), Failure>| {
            let message = possible
                .map(|()| Message::Touched(PatientInput::Choose(method)))
                .map_err(|failure| failure_text(failure, look));
            choice(id, icon, look.word(label), look.word(text), message, look)
        };
        let face = card("choose-face", Icon::Face, "choose-face", "choose-face-text", Method::Face, face);
        let pin = card("choose-pin", Icon::Keypad, "choose-pin", "choose-pin-text", Method::Pin, pin);
        (face, pin)
    };
    if look.landscape() {
        let (face, pin) = cards(look.at(look.factor.min(1.25)));
        let title = iced::widget::container(fit(look.at(look.factor.min(1.35)), alignment::Vertical::Center, title));
        column![title.height(look.mm(30.0)), row![face, pin].spacing(look.mm(6.0)).height(Length::Fill)]
            .spacing(look.mm(3.0))
            .into()
    } else {
        fit(look, alignment::Vertical::Center, move |look| {
            let (face, pin) = cards(look);
            column![title(look), face, pin].spacing(look.mm(8.0)).into()
        })
    }
}
