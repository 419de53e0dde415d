//! A4 暗証番号: four digits; how many tries are left is said before typing, who types on demand.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Typing, keypad_page};
use crate::domain::card::Tries;
use crate::domain::pin::{self, EnteredBy};
use crate::domain::session::{Method, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::digits::{self, Boxes};
use crate::ui::widget::keypad::{Extra, KeyOrder, Keypad};
use crate::ui::widget::{Button, Icon, Tone, Weight, panel, tile};

/// What the screen shows.
#[derive(Debug, Clone, Copy)]
pub struct Pin {
    /// Digits so far.
    pub typed: u8,
    /// Tries left on the card.
    pub tries: Tries,
    /// The last entry was wrong.
    pub wrong: bool,
    /// The face is another way.
    pub face_possible: bool,
    /// Who types.
    pub entered_by: EnteredBy,
    /// A child's card: a guardian may type.
    pub guardian: bool,
}

/// The screen.
pub fn view(pin: Pin, typing: Typing, look: Look) -> Element {
    let (order, show) = (typing.order, typing.show_key());
    let shuffled = order != KeyOrder::default();
    let keypad = Keypad {
        typed: pin.typed,
        wanted: pin::LENGTH,
        order,
        left: Some(Extra {
            id: "shuffle-keys",
            icon: if shuffled { Icon::Keypad } else { Icon::Shuffle },
            label: if shuffled { "keypad-order" } else { "keypad-shuffle" },
            message: Message::ShuffleKeys,
        }),
        right: Some(show),
    };
    keypad_page(move |look| body(pin, &typing, look), Some(other_ways(pin, look)), keypad, look)
}

fn body(pin: Pin, typing: &Typing, look: Look) -> Element {
    let p = look.palette();
    let landscape = look.landscape();
    let boxes = Boxes {
        from: 0,
        count: pin::LENGTH,
        width: look.space(24.0, 11.4),
        height: look.space(28.0, 15.0),
        gap: look.space(6.0, 2.4),
    };
    let align = if landscape { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
    let line = |role, text, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
    // Once it went wrong, and in large text, only what matters now is said.
    let explain = !pin.wrong && look.factor < 1.4;
    let role = if landscape { Role::Small } else { Role::Body };
    let text = || match pin.entered_by {
        EnteredBy::Patient if pin.guardian => line(role, look.word("pin-guardian"), p.ink_soft),
        EnteredBy::Patient => line(role, look.word("pin-text"), p.ink_soft),
        person => line(role, look.word(&format!("pin-by-{}", person.slug())), p.on_accent_soft),
    };
    column![line(Role::Title, look.word("pin-title"), p.ink)]
        .push(explain.then(text))
        .push(digits::boxes(boxes, pin.typed, typing.seen.as_ref(), look))
        .push(tries_left(pin.tries, pin.wrong, look))
        .spacing(look.space(7.0, 3.5))
        .align_x(align)
        .width(Length::Fill)
        .into()
}

fn other_ways(pin: Pin, look: Look) -> Element {
    let face = pin.face_possible.then_some(("use-face", Icon::Face, "choose-face", PatientInput::Choose(Method::Face)));
    let ways = [face, Some(("who-enters", Icon::People, "pin-proxy", PatientInput::AskWhoEnters))];
    let look = look.at(look.factor.min(1.25));
    let ways = ways.into_iter().flatten().map(|(id, icon, label, input)| {
        let message = Message::Touched(input);
        if look.landscape() {
            tile::small(id, icon, label, message, look)
        } else {
            Button::new(id, label, Weight::Quiet, message).icon(icon).view(look)
        }
    });
    row(ways).spacing(look.space(5.0, 4.0)).into()
}

fn tries_left(tries: Tries, wrong: bool, look: Look) -> Option<Element> {
    let Tries::Left(count) = tries else { return None };
    let counted = |key| look.words.with(key, &[("count", count.into())]);
    let role = if look.landscape() { Role::Small } else { Role::Body };
    Some(match count {
        0 | 1 => panel::banner_of(role, Icon::Care, Tone::Stop, look.word("pin-last"), look),
        _ if wrong => panel::banner_of(role, Icon::Care, Tone::Care, counted("pin-wrong"), look),
        _ => panel::banner(Icon::Info, Tone::Calm, counted("pin-tries"), look),
    })
}
