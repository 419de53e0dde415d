//! C-all 包括同意: one question, two answers of the same weight; refusing is fine.

use iced::widget::{column, row};
use iced::{Length, alignment};

use crate::domain::consent::ConsentAnswer;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::buttons;
use crate::ui::widget::{Button, Icon, Item, Tone, Weight, fit, panel};

/// The screen.
pub fn view(look: Look) -> Element {
    let answer = |id, label, icon, answer| {
        Button::new(id, label, Weight::Other, Message::Touched(PatientInput::Consent(answer))).icon(icon)
    };
    let answers = vec![
        answer("consent-refuse", "consent-refuse", Icon::Cross, ConsentAnswer::Refused),
        answer("consent-give", "consent-give", Icon::Check, ConsentAnswer::Given),
    ];
    column![fit(look, alignment::Vertical::Center, question), buttons(answers, true, look)]
        .spacing(look.space(7.0, 4.0))
        .into()
}

fn question(look: Look) -> Element {
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
    if look.landscape() && look.factor < 1.4 {
        let words = column![
            look.ink(Role::Title, look.word("consent-title"), p.ink),
            look.ink(Role::Body, look.word("consent-text"), p.ink),
            fine
        ]
        .spacing(look.mm(3.0))
        .width(Length::FillPortion(4));
        return row![words, column![panel::list(items, false, look)].width(Length::FillPortion(3))]
            .spacing(look.mm(6.0))
            .align_y(alignment::Vertical::Center)
            .into();
    }
    let centre = alignment::Horizontal::Center;
    column![
        look.ink(Role::Title, look.word("consent-title"), p.ink).align_x(centre).width(Length::Fill),
        look.ink(Role::Body, look.word("consent-text"), p.ink).align_x(centre).width(Length::Fill),
        panel::list(items, false, look),
        fine
    ]
    .spacing(look.space(6.0, 2.5))
    .align_x(centre)
    .into()
}
