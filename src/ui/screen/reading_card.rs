//! The card is being looked at.

use super::{Data, Facts, Preset, Shown, Step};
use crate::runtime::Earcon;
use crate::runtime::view::ReadingCard;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for ReadingCard {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Card), moves: true, signal: Some(Earcon::CardSeen), asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        Notice::new(Mark::Picture(Picture::Waiting), look.word("reading-title"))
            .text(look.word("reading-text"))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", ReadingCard)]
    }
}
