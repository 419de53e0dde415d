//! The one tail of every reception: everything is wiped and released.

use super::{Data, Facts, Preset, Shown};
use crate::runtime::view::CleaningUp;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for CleaningUp {
    fn facts(&self) -> Facts {
        Facts { staff: false, cancel: false, moves: true, interrupts: true, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        Notice::new(Mark::Picture(Picture::Waiting), look.word("cleaning-title"))
            .text(look.word("cleaning-text"))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", CleaningUp)]
    }
}
