//! Staff say who they are with their code, so that they can act at the kiosk. What they type is never shown.

use iced::widget::column;
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Typing, keypad_page};
use crate::domain::session::PatientInput;
use crate::domain::staff::{self, CodeEntry};
use crate::runtime::view::EnterStaffCode;
use crate::runtime::{Earcon, Screen};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::digits::{self, Boxes};
use crate::ui::widget::keypad::{Extra, Keypad};
use crate::ui::widget::{Icon, Tone, original, panel};

impl Shown for EnterStaffCode {
    fn facts(&self) -> Facts {
        let refused = matches!(self.entry, CodeEntry::Wrong | CodeEntry::Closed) && self.typed == 0;
        let signal = refused.then_some(Earcon::Wrong);
        let asks = self.typed == 0 && self.entry != CodeEntry::Checking;
        Facts { staff: false, asks, typed: Some(self.typed), signal, ..Facts::default() }
    }

    /// When a code was looked at, not when staff come again to a closed entry.
    fn signals(&self, from: &Screen, _: bool) -> bool {
        matches!(from, Screen::EnterStaffCode(before) if before.entry == CodeEntry::Checking)
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let keypad = Keypad {
            typed: self.typed,
            wanted: if self.entry.takes_digits() { staff::LENGTH } else { 0 },
            order: data.typing.order,
            left: Some(Extra {
                id: "back",
                icon: Icon::Back,
                label: "keypad-back",
                message: Message::Touched(PatientInput::Back),
            }),
            right: None,
        };
        let (it, typing, training) = (self.clone(), data.typing.clone(), data.view.training);
        keypad_page(move |look| body(&it, &typing, training, look), None, keypad, look)
    }

    fn presets() -> Vec<Preset> {
        let code = |special, typed, entry| Preset::of(special, EnterStaffCode { typed, entry });
        vec![
            code("", 2, CodeEntry::Open),
            code("wrong", 0, CodeEntry::Wrong),
            code("closed", 0, CodeEntry::Closed),
            code("machine", 0, CodeEntry::Open).after_a_machine(),
        ]
    }
}

/// In training it also says which code is right there.
fn body(it: &EnterStaffCode, typing: &Typing, training: bool, look: Look) -> Element {
    let p = look.palette();
    let landscape = look.landscape();
    let align = if landscape { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
    let line = |role, text: String, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
    let role = if landscape { Role::Small } else { Role::Body };
    let boxes = Boxes {
        from: 0,
        count: staff::LENGTH,
        width: look.space(16.0, 7.6),
        height: look.space(20.0, 11.0),
        gap: look.space(3.0, 1.0),
    };
    let banner = match it.entry {
        CodeEntry::Open => training.then_some((Icon::Info, Tone::Calm, "staff-entry-training")),
        CodeEntry::Wrong => Some((Icon::Care, Tone::Care, "staff-entry-wrong")),
        CodeEntry::Checking => None,
        CodeEntry::Closed => Some((Icon::Lock, Tone::Stop, "staff-entry-closed")),
    };
    column![line(Role::Title, look.word("staff-entry-title"), p.ink)]
        .push(original::original(&["staff-entry-title"], &[], look))
        .push(digits::boxes(boxes, it.typed, None, look))
        .push(
            typing
                .machine_note(look)
                .or_else(|| banner.map(|(icon, tone, key)| panel::banner_of(role, icon, tone, look.word(key), look))),
        )
        .spacing(look.space(7.0, 3.5))
        .align_x(align)
        .width(Length::Fill)
        .into()
}
