//! Boxes that show how many digits are in, never which.

use iced::widget::{Space, container, row};
use iced::{Length, border};

use crate::ui::look::Look;
use crate::ui::message::Element;

/// `count` boxes of `width` × `height` pixels, the first `typed` of them filled, the next one marked; none of either
/// when typing has not come to them.
pub fn boxes(count: u8, typed: Option<u8>, width: f32, height: f32, gap: f32, look: Look) -> Element {
    row((0..count).map(|i| one(typed.is_some_and(|n| i < n), typed == Some(i), width, height, look)))
        .spacing(gap)
        .into()
}

fn one(filled: bool, next: bool, width: f32, height: f32, look: Look) -> Element {
    let p = look.palette();
    let size = (width.min(height) * 0.42).round();
    let dot = container(Space::new().width(size).height(size)).style(move |_| container::Style {
        background: filled.then(|| p.ink.into()),
        border: border::rounded(size / 2.0),
        ..container::Style::default()
    });
    let (line, thick) = if next { (p.accent, look.mm(0.9)) } else { (p.outline, look.mm(0.4)) };
    let fill = if next { p.accent_soft } else { p.surface };
    container(dot)
        .center_x(Length::Fixed(width))
        .center_y(Length::Fixed(height))
        .style(move |_| container::Style {
            background: Some(fill.into()),
            border: border::rounded(look.mm(2.0)).color(line).width(thick.max(1.0)),
            ..container::Style::default()
        })
        .into()
}
