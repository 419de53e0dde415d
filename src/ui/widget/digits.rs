//! Boxes that show how many digits are in, and which only while the patient wants to see them.

use iced::widget::{Space, container, row};
use iced::{Length, border};

use crate::runtime::Glimpse;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;

/// A row of boxes for digits `from` to `from + count` of what is typed.
#[derive(Debug, Clone, Copy)]
pub struct Boxes {
    /// Place of the first digit.
    pub from: u8,
    /// How many boxes.
    pub count: u8,
    /// Pixels.
    pub width: f32,
    /// Pixels.
    pub height: f32,
    /// Pixels between two boxes.
    pub gap: f32,
}

/// The boxes; `typed` digits are in altogether, the next place is marked. With `seen` the digits themselves are shown,
/// each as a text of its own: no string of the window holds two of them.
pub fn boxes(row_of: Boxes, typed: u8, seen: Option<&Glimpse>, look: Look) -> Element {
    let one = |place: u8| {
        let content = match seen.and_then(|seen| seen.digit(usize::from(place))) {
            _ if place >= typed => Content::Empty,
            Some(digit) => Content::Digit(digit),
            None => Content::Dot,
        };
        one(content, place == typed, row_of, look)
    };
    row((row_of.from..row_of.from + row_of.count).map(one)).spacing(row_of.gap).into()
}

enum Content {
    Empty,
    Dot,
    Digit(u8),
}

fn one(content: Content, next: bool, boxes: Boxes, look: Look) -> Element {
    let p = look.palette();
    let (width, height) = (boxes.width, boxes.height);
    let size = (width.min(height) * 0.42).round();
    let inside: Element = match content {
        Content::Empty => Space::new().into(),
        Content::Dot => container(Space::new().width(size).height(size))
            .style(move |_| container::Style {
                background: Some(p.ink.into()),
                border: border::rounded(size / 2.0),
                ..container::Style::default()
            })
            .into(),
        Content::Digit(digit) => {
            let digit = look.at(1.0).centred(Role::Digit, digit.to_string(), p.ink);
            digit.size((height * 0.62).min(width * 1.1)).into()
        }
    };
    let (line, thick) = if next { (p.accent, look.mm(0.9)) } else { (p.outline, look.mm(0.4)) };
    let fill = if next { p.accent_soft } else { p.surface };
    container(inside)
        .center_x(Length::Fixed(width))
        .center_y(Length::Fixed(height))
        .style(move |_| container::Style {
            background: Some(fill.into()),
            border: border::rounded(look.mm(2.0)).color(line).width(thick.max(1.0)),
            ..container::Style::default()
        })
        .into()
}
