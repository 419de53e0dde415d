//! A6 資格の照会: what is going on, and that it takes a moment.

use crate::domain::session::CheckStage;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

/// The screen.
pub fn view(stage: CheckStage, look: Look) -> Element {
    let text = match stage {
        CheckStage::Challenge => "checking-challenge",
        CheckStage::Proof => "checking-proof",
        CheckStage::Asking => "checking-asking",
        CheckStage::StillAsking => "checking-still",
    };
    Notice::new(Mark::Picture(Picture::Waiting), look.word("checking-title")).text(look.word(text)).view(look)
}
