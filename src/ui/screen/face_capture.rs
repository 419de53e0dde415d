//! A3 顔認証: the patient's own mirrored picture in an oval and one hint at a time.

use iced::widget::{column, container, image, row};
use iced::{Length, alignment};

use super::{hint_icon, hint_key};
use crate::domain::face::Hint;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::metrics::Role;
use crate::ui::widget::{Icon, Tone, camera, fit, panel};

/// The screen.
pub fn view(hint: Option<Hint>, attempt: u8, progress: u8, picture: Option<image::Handle>, look: Look) -> Element {
    let good = hint == Some(Hint::HoldStill);
    // Large text takes its room from the picture.
    let height = (look.space(150.0, 96.0) / look.factor.sqrt()).round();
    let oval = camera::preview(picture, (height * 0.8).round(), height, progress, good, look);
    let words = move |look: Look| {
        let p = look.palette();
        let icon = hint.map_or(Icon::Info, hint_icon);
        let tone = if good { Tone::Good } else { Tone::Calm };
        let title = look.ink(Role::Title, look.word("face-title"), p.ink);
        let hint = panel::banner(icon, tone, look.word(hint.map_or("hint-none", hint_key)), look);
        let small = look.ink(Role::Small, look.word("face-privacy"), p.ink_soft);
        let count = (attempt > 1).then(|| {
            let text = look.words.with("face-attempt", &[("count", attempt.into())]);
            look.ink(Role::Small, text, p.ink_soft)
        });
        let text = look.ink(Role::Body, look.word("face-text"), p.ink_soft);
        if look.landscape() {
            column![title, hint, text, small].push(count).spacing(look.mm(4.0)).into()
        } else {
            let centre = alignment::Horizontal::Center;
            column![title.align_x(centre), hint, text.align_x(centre), small.align_x(centre)]
                .push(count)
                .spacing(look.mm(4.5))
                .width(Length::Fill)
                .align_x(centre)
                .into()
        }
    };
    if look.landscape() {
        row![container(oval).center_y(Length::Fill), fit(look, alignment::Vertical::Center, words)]
            .spacing(look.mm(7.0))
            .into()
    } else {
        column![container(oval).center_x(Length::Fill), fit(look, alignment::Vertical::Top, words)]
            .spacing(look.mm(7.0))
            .into()
    }
}
