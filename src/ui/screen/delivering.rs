//! Consents and file are on their way.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::session::DeliverStage;
use crate::runtime::view::Delivering;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for Delivering {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Consent), cancel: false, moves: true, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        Notice::new(Mark::Picture(Picture::Waiting), look.word("delivering-title"))
            .text(look.word("delivering-text"))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", Delivering { stage: DeliverStage::File })]
    }
}
