//! A6 資格の照会: what is going on, and that it takes a moment.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::session::{CheckStage, Method};
use crate::runtime::view::Checking;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for Checking {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), moves: true, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let text = match self.stage {
            CheckStage::Challenge => "checking-challenge",
            CheckStage::Proof => "checking-proof",
            CheckStage::Asking => "checking-asking",
            CheckStage::StillAsking => "checking-still",
        };
        Notice::new(Mark::Picture(Picture::Waiting), look.word("checking-title")).text(look.word(text)).view(look)
    }

    fn presets() -> Vec<Preset> {
        let checking = |special, stage| Preset::of(special, Checking { stage, method: Some(Method::Pin) });
        vec![
            checking("proof", CheckStage::Proof),
            checking("asking", CheckStage::Asking),
            checking("still", CheckStage::StillAsking),
        ]
    }
}
