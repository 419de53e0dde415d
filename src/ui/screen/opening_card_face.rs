//! The card face is being read.

use super::{Data, Facts, Preset, Shown, Step};
use crate::runtime::view::OpeningCardFace;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for OpeningCardFace {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Identity), moves: true, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        Notice::new(Mark::Picture(Picture::Waiting), look.word("opening-title"))
            .text(look.word("opening-text"))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", OpeningCardFace)]
    }
}
