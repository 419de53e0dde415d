//! A wheel with one value in its window and a button on either side that turns it one step.

use iced::widget::{container, row};
use iced::{Length, alignment, border};

use super::button::{Weight, face};
use super::icon::{Icon, icon};
use super::pressable::Pressable;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{GAP_MM, Role, TARGET_MM};

/// `value` between two buttons, or, on a small panel, before one that turns it round and round; `width` pixels altogether.
pub fn wheel(back: Turn, on: Turn, value: String, width: f32, look: Look) -> Element {
    let p = look.palette();
    let side = look.mm(TARGET_MM);
    let window = container(look.at(1.0).centred(Role::Label, value, p.on_accent_soft))
        .center_x(Length::Fill)
        .center_y(Length::Fixed(side))
        .style(move |_| container::Style {
            background: Some(p.accent_soft.into()),
            border: border::rounded(look.mm(2.0)),
            ..container::Style::default()
        });
    row![]
        .push((!look.metrics.compact).then(|| arrow(Icon::Before, back, side, look)))
        .push(window)
        .push(arrow(Icon::After, on, side, look))
        .spacing(look.mm(GAP_MM / 2.0))
        .align_y(alignment::Vertical::Center)
        .width(width)
        .into()
}

/// A button of the wheel: its id and what it sends.
pub type Turn = (&'static str, Message);

fn arrow(kind: Icon, (id, message): Turn, side: f32, look: Look) -> Element {
    let face = face(Weight::Other, true, look);
    let mark = icon(kind, look.mm(9.0), face.text);
    Pressable::new(id, face, mark, Some(message)).size(side, side, side).into()
}
