//! The keypad: telephone order with a mark on 5, or an order of chance; command keys right of the digits in fixed
//! places, and a key for something rare left and right of the lowest digit.

use iced::widget::{Space, column, container, row, stack};
use iced::{Length, alignment, border};

use super::button::{Weight, face};
use super::icon::{Icon, icon};
use super::pressable::{Face, Pressable, Target};
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{EDGE_MM, GAP_MM, KEY_MM, Role};

/// Names of the digit keys, for tests and keys.
pub const DIGIT_IDS: [&str; 10] =
    ["key-0", "key-1", "key-2", "key-3", "key-4", "key-5", "key-6", "key-7", "key-8", "key-9"];

/// Which digit stands on which key, row by row from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyOrder([u8; 10]);

impl Default for KeyOrder {
    /// As on a telephone.
    fn default() -> Self {
        KeyOrder([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    }
}

impl KeyOrder {
    /// An order drawn with these random numbers.
    pub fn drawn(random: [u32; 9]) -> KeyOrder {
        let KeyOrder(mut order) = KeyOrder::default();
        // Fisher and Yates: every order is as likely as the numbers are even.
        for (left, number) in (2..=order.len()).rev().zip(random) {
            order.swap(left - 1, number as usize % left);
        }
        KeyOrder(order)
    }

    fn digit(self, key: usize) -> u8 {
        self.0.get(key).copied().unwrap_or(0)
    }
}

/// A key beside the lowest digit.
#[derive(Debug, Clone)]
pub struct Extra {
    /// Unique on its screen.
    pub id: &'static str,
    /// Above the label.
    pub icon: Icon,
    /// The text key of its label.
    pub label: &'static str,
    /// What it sends.
    pub message: Message,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Keypad {
    /// Digits that are in.
    pub typed: u8,
    /// Digits that are wanted; with none the keypad is off.
    pub wanted: u8,
    /// Where the digits stand.
    pub order: KeyOrder,
    /// Left of the lowest digit.
    pub left: Option<Extra>,
    /// Right of it.
    pub right: Option<Extra>,
}

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

impl Keypad {
    /// As an element of fixed size.
    pub fn view(self, look: Look) -> Element {
        let s = sizes(look);
        let full = self.typed >= self.wanted;
        let digit = |key: usize| digit_key(self.order.digit(key), self.order == KeyOrder::default(), !full, look, &s);
        let digits = |from: usize| row((from..from + 3).map(digit)).spacing(s.gap);
        let extra = |extra: Option<Extra>| match extra {
            Some(extra) => {
                let Extra { id, icon, label, message } = extra;
                key(id, Some(icon), label, Some(message), s.key, look, &s)
            }
            None => Space::new().width(s.key).height(s.height).into(),
        };
        let (left, right) = (extra(self.left), extra(self.right));
        let keys = column![digits(0), digits(3), digits(6), row![left, digit(9), right].spacing(s.gap)].spacing(s.gap);
        let command = |id, kind, label, input| {
            let message = (self.typed > 0).then_some(Message::Touched(input));
            key(id, kind, label, message, s.command, look, &s)
        };
        let commands = column![
            command("key-erase", Some(Icon::Erase), "keypad-erase", PatientInput::DigitErased),
            command("key-clear", None, "keypad-clear", PatientInput::DigitsCleared),
            confirm(full && self.wanted > 0, look, &s)
        ]
        .spacing(s.gap);
        row![keys, commands].spacing(s.gap).into()
    }
}

fn digit_key(digit: u8, telephone: bool, enabled: bool, look: Look, s: &Sizes) -> Element {
    let p = look.palette();
    let color = if enabled { p.ink } else { p.on_off };
    let number = look.centred(Role::Digit, digit.to_string(), color);
    let content: Element = if digit == 5 && telephone {
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

fn key(
    id: &'static str,
    kind: Option<Icon>,
    label: &'static str,
    message: Option<Message>,
    width: f32,
    look: Look,
    s: &Sizes,
) -> Element {
    let face = Face { radius: look.mm(3.5), ..face(Weight::Quiet, message.is_some(), look) };
    let text = look.text(Role::Chrome, look.word(label)).align_x(alignment::Horizontal::Center);
    let content: Element = match kind {
        // Two lines of larger text leave the icon less.
        Some(kind) => column![icon(kind, look.mm(if look.factor > 1.0 { 6.9 } else { 8.0 }), face.text), text]
            .spacing(look.mm(0.8))
            .align_x(alignment::Horizontal::Center)
            .into(),
        None => text.into(),
    };
    Pressable::new(id, face, content, message)
        .target(Target::Key)
        .size(width, s.height, s.height)
        .padding(look.mm(EDGE_MM))
        .into()
}

fn confirm(full: bool, look: Look, s: &Sizes) -> Element {
    let face = Face { radius: look.mm(3.5), ..face(Weight::Main, full, look) };
    let role = if look.metrics.compact { Role::Chrome } else { Role::Body };
    let content = column![
        icon(Icon::Check, look.space(14.0, 11.0), face.text),
        look.at(1.0)
            .text(role, look.word("keypad-confirm"))
            .font(crate::ui::font::BOLD)
            .align_x(alignment::Horizontal::Center)
    ]
    .spacing(look.mm(1.5))
    .align_x(alignment::Horizontal::Center);
    Pressable::new("key-confirm", face, content, full.then_some(Message::Touched(PatientInput::Confirm)))
        .target(Target::Key)
        .size(s.command, s.height * 2.0 + s.gap, s.height)
        .padding(look.mm(EDGE_MM))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_order_has_each_digit_once(random in proptest::array::uniform9(any::<u32>())) {
            let KeyOrder(mut order) = KeyOrder::drawn(random);
            order.sort_unstable();
            prop_assert_eq!(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }
    }

    #[test]
    fn each_digit_comes_to_each_key() {
        let mut seen = [[false; 10]; 10];
        let mut number = 1u32;
        for _ in 0..2_000 {
            let order = KeyOrder::drawn([(); 9].map(|()| {
                number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                number >> 8
            }));
            (0..10).for_each(|key| seen[key][usize::from(order.digit(key))] = true);
        }
        assert!(seen.iter().flatten().all(|seen| *seen));
    }
}
