//! What lies on the reader cannot be used; it must be taken off.

use super::{Data, Facts, Preset, Shown, Step, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::runtime::Earcon;
use crate::runtime::view::WrongCard;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Item, Mark, Mistake, Notice, Picture};

impl Shown for WrongCard {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Card), moves: true, signal: Some(Earcon::Wrong), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let item = |icon, key| Item { icon, title: look.word(key), text: None };
        let mistake = match self.failure {
            Failure::PhonePlaced => Mistake::Phone,
            Failure::CardUnreadable => Mistake::Cover,
            _ => Mistake::OtherCard,
        };
        Notice::new(Mark::Picture(Picture::Mistake(mistake)), failure_title(self.failure, look))
            .text(failure_text(self.failure, look))
            .items(vec![item(Icon::Erase, "wrong-remove"), item(Icon::Card, "wrong-place")], true)
            .code(self.failure.code())
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![
            Preset::of("other-card", WrongCard { failure: Failure::NotMyNumberCard }),
            Preset::of("unreadable", WrongCard { failure: Failure::CardUnreadable }),
        ]
    }
}
