//! A4 暗証番号: four digits; how many tries are left is said before typing.

use iced::widget::column;
use iced::{Length, alignment};

use super::keypad_page;
use crate::domain::card::Tries;
use crate::domain::session::{Method, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::{Button, Icon, Tone, Weight, digits, panel};

/// The screen.
pub fn view(typed: u8, tries: Tries, wrong: bool, face_possible: bool, look: Look) -> Element {
    let body = move |look: Look| {
        let p = look.palette();
        let landscape = look.landscape();
        let boxes =
            digits::boxes(4, Some(typed), look.space(24.0, 11.4), look.space(28.0, 15.0), look.space(6.0, 2.4), look);
        let align = if landscape { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
        let line = |role, text, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
        // Once it went wrong, and in large text, only what matters now is said.
        let explain = !wrong && look.factor < 1.4;
        let text = || line(if landscape { Role::Small } else { Role::Body }, look.word("pin-text"), p.ink_soft);
        column![line(Role::Title, look.word("pin-title"), p.ink)]
            .push(explain.then(text))
            .push(boxes)
            .push(tries_left(tries, wrong, look))
            .spacing(look.space(7.0, 3.5))
            .align_x(align)
            .width(Length::Fill)
            .into()
    };
    let face = face_possible.then(|| {
        let message = Message::Touched(PatientInput::Choose(Method::Face));
        Button::new("use-face", "use-face", Weight::Quiet, message).icon(Icon::Face)
    });
    keypad_page(body, face, typed, 4, look)
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
