//! A4 暗証番号: four digits; how many tries are left is said before typing, who types on demand.

use iced::widget::{column, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, Typing, keypad_page};
use crate::domain::card::Tries;
use crate::domain::pin::{self, EnteredBy};
use crate::domain::session::{Method, PatientInput};
use crate::runtime::Earcon;
use crate::runtime::view::EnterPin;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::digits::{self, Boxes};
use crate::ui::widget::keypad::{Extra, KeyOrder, Keypad};
use crate::ui::widget::{Button, Icon, Tone, Weight, panel, tile};

impl Shown for EnterPin {
    fn facts(&self) -> Facts {
        let signal = self.wrong.then_some(Earcon::Wrong);
        Facts { step: Some(Step::Identity), typed: Some(self.typed), signal, asks: self.typed == 0, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let (it, typing) = (self.clone(), data.typing.clone());
        let shuffled = typing.order != KeyOrder::default();
        let keypad = Keypad {
            typed: it.typed,
            wanted: pin::LENGTH,
            order: typing.order,
            left: Some(Extra {
                id: "shuffle-keys",
                icon: if shuffled { Icon::Keypad } else { Icon::Shuffle },
                label: if shuffled { "keypad-order" } else { "keypad-shuffle" },
                message: Message::ShuffleKeys,
            }),
            right: Some(typing.show_key()),
        };
        keypad_page(move |look| body(&it, &typing, look), Some(other_ways(self, look)), keypad, look)
    }

    fn presets() -> Vec<Preset> {
        let usual = EnterPin {
            typed: 0,
            tries: Tries::Left(3),
            wrong: false,
            face_possible: true,
            entered_by: EnteredBy::Patient,
            guardian: false,
        };
        let pin = |special, typed| Preset::of(special, EnterPin { typed, ..usual.clone() });
        let missed =
            |special, left, wrong| Preset::of(special, EnterPin { tries: Tries::Left(left), wrong, ..usual.clone() });
        vec![
            pin("", 0),
            pin("typing", 2),
            pin("full", 4),
            pin("shown", 3).typed(b"123"),
            pin("shuffled", 1).shuffled([3, 1, 4, 1, 5, 9, 2, 6, 5]),
            missed("wrong", 2, true),
            missed("last", 1, true),
            Preset::of("family", EnterPin { entered_by: EnteredBy::Family, ..usual.clone() }),
            Preset::of("child", EnterPin { face_possible: false, guardian: true, ..usual.clone() }),
            pin("machine", 0).after_a_machine(),
        ]
    }
}

fn body(it: &EnterPin, typing: &Typing, look: Look) -> Element {
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
    let explain = !it.wrong && !typing.machine && look.factor < 1.4;
    let role = if landscape { Role::Small } else { Role::Body };
    let text = || match it.entered_by {
        EnteredBy::Patient if it.guardian => line(role, look.word("pin-guardian"), p.ink_soft),
        EnteredBy::Patient => line(role, look.word("pin-text"), p.ink_soft),
        person => line(role, look.word(&format!("pin-by-{}", person.slug())), p.on_accent_soft),
    };
    column![line(Role::Title, look.word("pin-title"), p.ink)]
        .push(explain.then(text))
        .push(digits::boxes(boxes, it.typed, typing.seen.as_ref(), look))
        .push(typing.machine_note(look).or_else(|| tries_left(it.tries, it.wrong, look)))
        .spacing(look.space(7.0, 3.5))
        .align_x(align)
        .width(Length::Fill)
        .into()
}

fn other_ways(it: &EnterPin, look: Look) -> Element {
    let face = it.face_possible.then_some(("use-face", Icon::Face, "choose-face", PatientInput::Choose(Method::Face)));
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
