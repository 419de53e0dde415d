//! The card was taken away in the middle: put it back to go on. Nothing of the visit is shown.

use super::{Data, Facts, Preset, Shown};
use crate::runtime::Earcon;
use crate::runtime::view::CardAway;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Mark, Notice, Picture};

impl Shown for CardAway {
    fn facts(&self) -> Facts {
        Facts { moves: true, interrupts: true, signal: Some(Earcon::Wrong), asks: !self.reading, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let text = match self.reading {
            true => look.word("away-reading"),
            false => look.words.with("away-text", &[("seconds", self.seconds.into())]),
        };
        Notice::new(Mark::Picture(Picture::PlaceCard), look.word("away-title")).text(text).view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![
            Preset::of("", CardAway { seconds: 30, reading: false }),
            Preset::of("reading", CardAway { seconds: 20, reading: true }),
        ]
    }
}
