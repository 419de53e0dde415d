//! Buttons: one main action, others beside it, quiet ones, and the cards a choice is made with.

use iced::widget::{column, container, row};
use iced::{Length, Padding, alignment};

use super::icon::{Icon, icon};
use super::pressable::{Face, Pressable};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{Role, TARGET_MM};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one main action of the screen.
    Main,
    /// Another way.
    Other,
    /// Rarely needed.
    Quiet,
}

/// A button of a screen.
#[derive(Debug, Clone)]
pub struct Button {
    /// Unique on its screen.
    pub id: &'static str,
    /// The text key of its label.
    pub label: &'static str,
    /// How much it asks for attention.
    pub weight: Weight,
    /// Drawn before the label.
    pub icon: Option<Icon>,
    /// What it sends; off without.
    pub message: Option<Message>,
}

impl Button {
    /// A button that sends `message`.
    pub fn new(id: &'static str, label: &'static str, weight: Weight, message: Message) -> Button {
        Button { id, label, weight, icon: None, message: Some(message) }
    }

    /// With an icon before the label.
    pub fn icon(self, icon: Icon) -> Button {
        Button { icon: Some(icon), ..self }
    }

    /// As an element that fills the width it is given.
    pub fn view(self, look: Look) -> Element {
        let face = face(self.weight, self.message.is_some(), look);
        let role = if self.weight == Weight::Quiet { Role::Body } else { Role::Label };
        let label = look.text(role, look.word(self.label)).align_x(alignment::Horizontal::Center);
        let gap = look.mm(2.5);
        let content: Element = match self.icon {
            Some(kind) => row![icon(kind, look.text_size(role) * 1.25, face.text), label]
                .spacing(gap)
                .align_y(alignment::Vertical::Center)
                .into(),
            None => label.into(),
        };
        let height = if self.weight == Weight::Quiet { look.mm(TARGET_MM) } else { look.space(25.0, TARGET_MM) };
        Pressable::new(self.id, face, content, self.message)
            .size(Length::Fill, Length::Shrink, height)
            .padding(Padding::from([look.mm(2.0), look.mm(4.0)]))
            .into()
    }
}

/// The colours of a button of that weight.
pub fn face(weight: Weight, enabled: bool, look: Look) -> Face {
    let p = look.palette();
    let radius = look.space(5.0, 4.0);
    let plain = Face {
        fill: p.surface,
        pressed: p.surface_pressed,
        text: p.ink,
        outline: p.outline,
        outline_width: look.mm(0.4).max(1.0),
        radius,
    };
    match weight {
        _ if !enabled => Face { fill: p.off, pressed: p.off, text: p.on_off, outline: p.line, ..plain },
        Weight::Main => {
            Face { fill: p.accent, pressed: p.accent_pressed, text: p.on_accent, outline: p.accent, ..plain }
        }
        Weight::Other => Face { text: p.on_accent_soft, outline: p.accent, outline_width: look.mm(0.6), ..plain },
        Weight::Quiet => plain,
    }
}

/// Two buttons side by side, or any number one above the other.
pub fn buttons(list: Vec<Button>, side_by_side: bool, look: Look) -> Element {
    // On a small wide panel the labels stay on one line: their height is the text's room.
    let look = look.at(look.factor.min(if look.landscape() { 1.25 } else { 1.5 }));
    let gap = look.space(5.0, 4.0);
    let views = list.into_iter().map(|button| button.view(look));
    if side_by_side { row(views).spacing(gap).into() } else { column(views).spacing(gap).into() }
}

/// A card to choose between ways: icon, name, what it means; `Err` holds the reason why it is off.
pub fn choice(
    id: &'static str,
    kind: Icon,
    label: String,
    text: String,
    message: Result<Message, String>,
    look: Look,
) -> Element {
    let p = look.palette();
    let face = face(Weight::Other, message.is_ok(), look);
    let (ring, mark) = if message.is_ok() { (p.accent_soft, p.on_accent_soft) } else { (p.off, p.on_off) };
    let disc = disc(kind, look.space(34.0, 24.0), ring, mark);
    let soft = if message.is_ok() { p.ink_soft } else { p.on_off };
    let note = message.as_ref().err().cloned();
    let text = note.unwrap_or(text);
    let name = look.ink(Role::Title, label, if message.is_ok() { p.ink } else { p.on_off });
    let message = message.ok();
    let content: Element = if look.landscape() {
        column![
            disc,
            name.align_x(alignment::Horizontal::Center),
            look.centred(Role::Small, text, soft).width(Length::Fill)
        ]
        .spacing(look.mm(2.5))
        .align_x(alignment::Horizontal::Center)
        .into()
    } else {
        row![disc, column![name, look.ink(Role::Body, text, soft)].spacing(look.mm(2.0)).width(Length::Fill)]
            .spacing(look.mm(8.0))
            .align_y(alignment::Vertical::Center)
            .into()
    };
    Pressable::new(id, face, content, message)
        .size(Length::Fill, if look.landscape() { Length::Fill } else { Length::Shrink }, look.space(58.0, 58.0))
        .padding(Padding::from([look.mm(5.0), look.space(9.0, 5.0)]))
        .into()
}

/// An icon in a tinted disc.
pub fn disc(kind: Icon, size: f32, fill: iced::Color, mark: iced::Color) -> Element {
    container(icon(kind, (size * 0.56).round(), mark))
        .center(size)
        .style(move |_| container::Style {
            background: Some(fill.into()),
            border: iced::border::rounded(size / 2.0),
            ..container::Style::default()
        })
        .into()
}
