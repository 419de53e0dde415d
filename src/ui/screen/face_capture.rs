//! A3 顔認証: the patient's own mirrored picture in an oval whose ring fills, and one hint at a time, drawn and written.

use iced::widget::{column, container, row};
use iced::{Length, alignment};

use super::{Data, Facts, Preset, Shown, Step, hint_key};
use crate::domain::face::Hint;
use crate::runtime::view::FaceCapture;
use crate::runtime::{Screen, View};
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;
use crate::ui::widget::panel::{self, Tone};
use crate::ui::widget::picture::{Picture, picture};
use crate::ui::widget::{camera, fit};

impl Shown for FaceCapture {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Identity), camera: true, asks: false, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let FaceCapture { hint, attempt, progress } = *self;
        let good = hint == Some(Hint::KeepLooking);
        // Large text takes its room from the picture.
        let height = (look.space(148.0, 90.0) / look.factor.sqrt()).round();
        let oval = camera::preview(data.preview.clone(), (height * 0.8).round(), height, progress, good, look);
        let words = move |look: Look| {
            let p = look.palette();
            let landscape = look.landscape();
            let align = if landscape { alignment::Horizontal::Left } else { alignment::Horizontal::Center };
            let line = |role, text: String, color| look.ink(role, text, color).align_x(align).width(Length::Fill);
            let small = match attempt {
                0 | 1 => look.word("face-text"),
                count => look.words.with("face-attempt", &[("count", count.into())]),
            };
            let hint = hint_panel(Picture::Hint(hint), look.word(hint.map_or("hint-none", hint_key)), good, look);
            column![line(Role::Title, look.word("face-title"), p.ink), hint]
                .push(line(Role::Body, small, p.ink_soft))
                .push(line(Role::Small, look.word("face-privacy"), p.ink_soft))
                .spacing(look.space(5.0, 3.5))
                .width(Length::Fill)
                .into()
        };
        if look.landscape() {
            row![container(oval).center_y(Length::Fill), fit(look, alignment::Vertical::Center, words)]
                .spacing(look.mm(7.0))
                .into()
        } else {
            column![container(oval).center_x(Length::Fill), fit(look, alignment::Vertical::Top, words)]
                .spacing(look.mm(6.0))
                .into()
        }
    }

    fn presets() -> Vec<Preset> {
        let capture =
            |special: &str, hint, attempt, progress| Preset::of(special, FaceCapture { hint, attempt, progress });
        let hinted = |hint: &Hint| {
            let progress = if *hint == Hint::KeepLooking { 40 } else { 0 };
            capture(&format!("{hint:?}").to_lowercase(), Some(*hint), 1, progress)
        };
        let first = [capture("", None, 1, 0), capture("second-try", Some(Hint::KeepLooking), 2, 60)];
        first.into_iter().chain(Hint::ALL.iter().map(hinted)).collect()
    }
}

/// Whether the two show the same words, and differ at most in the ring round the patient's face.
pub fn differs_by_drawing(a: &View, b: &View) -> bool {
    let ringless = |view: &View| match &view.screen {
        Screen::FaceCapture(it) => View { screen: FaceCapture { progress: 0, ..it.clone() }.into(), ..*view },
        _ => view.clone(),
    };
    ringless(a) == ringless(b)
}

/// The hint's picture beside its words, in a place of its own that does not move from hint to hint.
pub(super) fn hint_panel(drawn: Picture, words: String, good: bool, look: Look) -> Element {
    let tone = if good { Tone::Good } else { Tone::Calm };
    let (_, color) = panel::tone(tone, look);
    let size = look.space(36.0, 22.0) / look.factor.max(1.0).sqrt();
    let role = if look.landscape() { Role::Body } else { Role::Label };
    let words = look.ink(role, words, color).font(crate::ui::font::BOLD);
    let content = row![picture(drawn, size, look), words.width(Length::Fill)]
        .spacing(look.space(7.0, 3.5))
        .align_y(alignment::Vertical::Center);
    panel::tinted_across(content, tone, look)
}
