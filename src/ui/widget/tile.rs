//! Buttons with the picture above the words: small ones for what is rarely needed, large ones to choose between people.

use iced::widget::column;
use iced::{Length, Padding, alignment};

use super::button::{Weight, disc, face};
use super::icon::{Icon, icon};
use super::pressable::Pressable;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{Role, TARGET_MM};

/// A small tile; `label` is a text key.
pub fn small(id: &'static str, kind: Icon, label: &str, message: Message, look: Look) -> Element {
    let face = face(Weight::Quiet, true, look);
    let text = look.text(Role::Chrome, look.word(label)).align_x(alignment::Horizontal::Center);
    let content =
        column![icon(kind, look.mm(7.5), face.text), text].spacing(look.mm(0.6)).align_x(alignment::Horizontal::Center);
    Pressable::new(id, face, content, Some(message))
        .size(Length::Fill, Length::Shrink, look.mm(TARGET_MM))
        .padding(look.mm(1.0))
        .into()
}

/// A large tile, `height` pixels at least; `label` is a text key.
pub fn large(id: &'static str, kind: Icon, label: &str, message: Message, height: f32, look: Look) -> Element {
    // They share a row: their place does not grow with the text.
    let look = look.at(look.factor.min(1.0));
    let p = look.palette();
    let face = face(Weight::Other, true, look);
    let size = (height * 0.52).round();
    let content = column![
        disc(kind, size, p.accent_soft, p.on_accent_soft),
        look.centred(Role::Label, look.word(label), p.ink).width(Length::Fill)
    ]
    .spacing(look.space(4.0, 2.0))
    .align_x(alignment::Horizontal::Center);
    Pressable::new(id, face, content, Some(message))
        .size(Length::Fill, Length::Shrink, height)
        .padding(Padding::from([look.mm(2.5), look.mm(3.0)]))
        .into()
}
