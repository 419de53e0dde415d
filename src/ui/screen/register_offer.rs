//! R1: the card must be registered as insurance card; go on?

use super::{Data, Facts, Preset, Shown, Step, go_on_or_stop};
use crate::runtime::view::RegisterOffer;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

impl Shown for RegisterOffer {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), cancel: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let notice = Notice::new(Mark::Icon(Icon::Card, Tone::Calm), look.word("register-title"))
            .text(look.word("register-question"))
            .text(look.word("register-time"));
        go_on_or_stop(notice, "continue").view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![Preset::of("", RegisterOffer)]
    }
}
