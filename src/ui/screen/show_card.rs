//! The card's front before the camera: the camera's picture with a frame for the card, one hint at a time, drawn and written, and the
//! way to typing.

use iced::widget::{column, container, row};
use iced::{Length, alignment};

use super::face_capture::hint_panel;
use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::code_b::PrintHint;
use crate::domain::session::{Method, PatientInput};
use crate::runtime::view::ShowCard;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::Role;
use crate::ui::widget::button::buttons;
use crate::ui::widget::picture::Picture;
use crate::ui::widget::{Button, Icon, Weight, card_frame, fit};

impl Shown for ShowCard {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Identity), camera: true, asks: self.card, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let ShowCard { hint, card, pin_possible } = *self;
        let good = hint == Some(PrintHint::HoldStill);
        // Large text takes its room from the picture.
        let width = (look.space(140.0, 88.0) / look.factor.sqrt()).round();
        let frame = card_frame::preview(data.preview.clone(), width, (width * 0.75).round(), good, look);
        let words = move |look: Look| {
            let p = look.palette();
            let align = if look.landscape() { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
            let line = |role, text: String, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
            let hint = hint_panel(Picture::Print(hint), look.word(hint_key(hint, card)), good, look);
            column![line(Role::Title, look.word("show-title"), p.ink), hint]
                .push(line(Role::Small, look.word("show-privacy"), p.ink_soft))
                .spacing(look.space(5.0, 3.0))
                .width(Length::Fill)
                .into()
        };
        let other = |id, label, icon, input| Button::new(id, label, Weight::Other, Message::Touched(input)).icon(icon);
        let pin = other("use-pin", "use-pin", Icon::Keypad, PatientInput::Choose(Method::Pin));
        let typed = other("type-code-b", "show-type", Icon::Card, PatientInput::TypeCodeB);
        let ways = buttons(pin_possible.then_some(pin).into_iter().chain([typed]).collect(), true, look);
        let shown: Element = if look.landscape() {
            row![container(frame).center_y(Length::Fill), fit(look, alignment::Vertical::Center, words)]
                .spacing(look.mm(7.0))
                .height(Length::Fill)
                .into()
        } else {
            column![container(frame).center_x(Length::Fill), fit(look, alignment::Vertical::Top, words)]
                .spacing(look.mm(6.0))
                .into()
        };
        column![shown, ways].spacing(look.space(6.0, 3.0)).into()
    }

    fn presets() -> Vec<Preset> {
        let show = |special: &str, hint, card| Preset::of(special, ShowCard { hint, card, pin_possible: true });
        let hinted = |hint: &PrintHint| show(&format!("{hint:?}").to_lowercase(), Some(*hint), false);
        let without_pin = ShowCard { hint: None, card: false, pin_possible: false };
        let first = [show("", None, true), Preset::of("without-pin", without_pin)];
        first.into_iter().chain(PrintHint::ALL.iter().map(hinted)).collect()
    }
}

/// The words of a hint; while the card still lies on the reader, taking it comes first.
fn hint_key(hint: Option<PrintHint>, card: bool) -> &'static str {
    match hint {
        None | Some(PrintHint::ShowFront) if card => "show-take",
        None | Some(PrintHint::ShowFront) => "show-front",
        Some(PrintHint::OtherSide) => "show-other-side",
        Some(PrintHint::Nearer) => "show-nearer",
        Some(PrintHint::Farther) => "show-farther",
        Some(PrintHint::Straighter) => "show-straighter",
        Some(PrintHint::Glare) => "show-glare",
        Some(PrintHint::FingerAway) => "show-finger-away",
        Some(PrintHint::HoldStill) => "show-hold-still",
    }
}
