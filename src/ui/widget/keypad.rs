//! The keypad: telephone order, a mark on 5, command keys right of the digits in fixed places.

use iced::widget::{Space, column, container, row, stack};
use iced::{Length, alignment, border};

use super::button::{Weight, face};
use super::icon::{Icon, icon};
use super::pressable::{Face, Pressable, Target};
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{GAP_MM, KEY_MM, Role};

/// Names of the digit keys, for tests and keys.
pub const DIGIT_IDS: [&str; 10] =
    ["key-0", "key-1", "key-2", "key-3", "key-4", "key-5", "key-6", "key-7", "key-8", "key-9"];

struct Sizes {
    key: f32,
    command: f32,
    height: f32,
    gap: f32,
}

fn sizes(look: Look) -> Sizes {
    Sizes {
        key: look.space(33.0, KEY_MM + 0.4),
        command: look.space(38.0, 27.0),
        height: look.space(24.5, KEY_MM + 0.2),
        gap: look.space(GAP_MM + 0.5, GAP_MM + 0.1),
    }
}

/// Pixels from the left digit to the right command.
pub fn width(look: Look) -> f32 {
    let s = sizes(look);
    3.0 * s.key + s.command + 3.0 * s.gap
}

/// The keypad; `typed` of `wanted` digits are in.
pub fn keypad(typed: u8, wanted: u8, look: Look) -> Element {
    let s = sizes(look);
    let full = typed >= wanted;
    let digits = |list: [u8; 3]| row(list.map(|digit| digit_key(digit, !full, look, &s))).spacing(s.gap);
    let blank = || Space::new().width(s.key).height(s.height);
    let left = column![
        digits([1, 2, 3]),
        digits([4, 5, 6]),
        digits([7, 8, 9]),
        row![blank(), digit_key(0, !full, look, &s), blank()].spacing(s.gap)
    ]
    .spacing(s.gap);
    let some = typed > 0;
    let right = column![
        command("key-erase", Some(Icon::Erase), "keypad-erase", some.then_some(PatientInput::DigitErased), look, &s),
        command("key-clear", None, "keypad-clear", some.then_some(PatientInput::DigitsCleared), look, &s),
        confirm(full, look, &s)
    ]
    .spacing(s.gap);
    row![left, right].spacing(s.gap).into()
}

fn digit_key(digit: u8, enabled: bool, look: Look, s: &Sizes) -> Element {
    let p = look.palette();
    let color = if enabled { p.ink } else { p.on_off };
    let number = look.centred(Role::Digit, digit.to_string(), color);
    let content: Element = if digit == 5 {
        // The raised dot of a telephone keypad, drawn: it tells the middle at a glance.
        let dot = container(Space::new().width(look.mm(1.6)).height(look.mm(1.6))).style(move |_| container::Style {
            background: Some(color.into()),
            border: border::rounded(look.mm(0.8)),
            ..container::Style::default()
        });
        stack![
            container(number).center(Length::Fill),
            container(dot).center_x(Length::Fill).align_bottom(Length::Fill).padding(look.mm(1.6))
        ]
        .width(s.key)
        .height(s.height)
        .into()
    } else {
        number.into()
    };
    let id = DIGIT_IDS.get(usize::from(digit)).copied().unwrap_or("key");
    let face = Face { radius: look.mm(3.5), ..face(Weight::Quiet, enabled, look) };
    Pressable::new(id, face, content, enabled.then_some(Message::Digit(digit)))
        .target(Target::Key)
        .size(s.key, s.height, s.height)
        .into()
}

fn command(
    id: &'static str,
    kind: Option<Icon>,
    label: &'static str,
    input: Option<PatientInput>,
    look: Look,
    s: &Sizes,
) -> Element {
    let face = Face { radius: look.mm(3.5), ..face(Weight::Quiet, input.is_some(), look) };
    let text = look.text(Role::Chrome, look.word(label)).align_x(alignment::Horizontal::Center);
    let content: Element = match kind {
        Some(kind) => column![icon(kind, look.mm(8.0), face.text), text]
            .spacing(look.mm(0.8))
            .align_x(alignment::Horizontal::Center)
            .into(),
        None => text.into(),
    };
    Pressable::new(id, face, content, input.map(Message::Touched))
        .target(Target::Key)
        .size(s.command, s.height, s.height)
        .into()
}

fn confirm(full: bool, look: Look, s: &Sizes) -> Element {
    let face = Face { radius: look.mm(3.5), ..face(Weight::Main, full, look) };
    let content = column![
        icon(Icon::Check, look.space(14.0, 11.0), face.text),
        look.text(Role::Label, look.word("keypad-confirm")).align_x(alignment::Horizontal::Center)
    ]
    .spacing(look.mm(1.5))
    .align_x(alignment::Horizontal::Center);
    Pressable::new("key-confirm", face, content, full.then_some(Message::Touched(PatientInput::Confirm)))
        .target(Target::Key)
        .size(s.command, s.height * 2.0 + s.gap, s.height)
        .into()
}
