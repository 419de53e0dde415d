//! R3w: registration is running.

use super::{Data, Facts, Preset, Shown, Step};
use crate::runtime::view::Registering;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for Registering {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), cancel: false, moves: true, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        Notice::new(Mark::Picture(Picture::Waiting), look.word("registering-title"))
            .text(look.word("registering-text"))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", Registering)]
    }
}
