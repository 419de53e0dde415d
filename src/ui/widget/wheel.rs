//! A wheel with one value in its window and a button on either side that turns it one step.

use iced::widget::{container, row};
use iced::{Length, alignment, border};

use super::button::{Weight, face};
use super::icon::{Icon, icon};
use super::pressable::Pressable;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{GAP_MM, Role, TARGET_MM};

/// `value` between the buttons `ids`, which send `back` and `on`; `width` pixels altogether.
pub fn wheel(ids: [&'static str; 2], value: String, back: Message, on: Message, width: f32, look: Look) -> Element {
    let p = look.palette();
    let (side, gap) = (look.mm(TARGET_MM), look.mm(GAP_MM / 2.0));
    let window = container(look.centred(Role::Label, value, p.on_accent_soft))
        .center_x(Length::Fill)
        .center_y(Length::Fixed(side))
        .style(move |_| container::Style {
            background: Some(p.accent_soft.into()),
            border: border::rounded(look.mm(2.0)),
            ..container::Style::default()
        });
    let [first, last] = ids;
    row![arrow(first, Icon::Before, back, side, look), window, arrow(last, Icon::After, on, side, look)]
        .spacing(gap)
        .align_y(alignment::Vertical::Center)
        .width(width)
        .into()
}

fn arrow(id: &'static str, kind: Icon, message: Message, side: f32, look: Look) -> Element {
    let face = face(Weight::Other, true, look);
    let mark = icon(kind, look.mm(9.0), face.text);
    Pressable::new(id, face, mark, Some(message)).size(side, side, side).into()
}
