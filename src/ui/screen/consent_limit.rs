//! 限度額情報の提供, at sites that still ask (before October 2024 everywhere): the card stays where it is.

use iced::alignment;
use iced::widget::column;

use super::{Data, Facts, Preset, Shown, Step, answers};
use crate::runtime::view::ConsentLimit;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

impl Shown for ConsentLimit {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let notice = Notice::new(Mark::Icon(Icon::Paper, Tone::Calm), look.word("limit-title"))
            .text(look.word("limit-text"))
            .original(&["limit-title", "limit-text"])
            .banner(Icon::Card, Tone::Care, look.word("limit-keep-card"));
        column![
            notice.view(look),
            answers(("consent-refuse", "limit-refuse"), ("consent-give", "limit-give"), self.agree_left, look)
        ]
        .spacing(look.space(6.0, 4.0))
        .align_x(alignment::Horizontal::Center)
        .into()
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", ConsentLimit { agree_left: false })]
    }
}
