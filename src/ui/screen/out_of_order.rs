//! The closed screen: nobody can be served, never the desktop.

use super::{Data, Facts, Preset, Shown};
use crate::domain::failure::Failure;
use crate::runtime::view::OutOfOrder;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

impl Shown for OutOfOrder {
    fn facts(&self) -> Facts {
        Facts { staff: false, cancel: false, interrupts: true, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        Notice::new(Mark::Icon(Icon::Building, Tone::Care), look.word("out-title"))
            .text(look.word("out-text"))
            .code(self.failure.code())
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", OutOfOrder { failure: Failure::ReaderGone }).at_rest()]
    }
}
