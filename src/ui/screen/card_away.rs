//! The card was taken away in the middle, or shown to the camera: put it back to go on. Nothing of the visit is shown.

use super::{Data, Facts, Preset, Shown};
use crate::runtime::Earcon;
use crate::runtime::view::CardAway;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::{Icon, Mark, Notice, Picture, Tone};

impl Shown for CardAway {
    fn facts(&self) -> Facts {
        let signal = match self.shown {
            None => Some(Earcon::Wrong),
            Some(read) => read.then_some(Earcon::Accepted),
        };
        Facts { moves: true, interrupts: true, signal, asks: !self.reading, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let text = match self.reading {
            true => look.word("away-reading"),
            false => look.words.with("away-text", &[("seconds", self.seconds.into())]),
        };
        let mut notice = Notice::new(Mark::Picture(Picture::PlaceCard), look.word("away-title")).text(text);
        if self.shown == Some(true) {
            notice = notice.banner(Icon::Check, Tone::Good, look.word("show-read"));
        }
        notice.view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![
            Preset::of("", CardAway { seconds: 30, reading: false, shown: None }),
            Preset::of("reading", CardAway { seconds: 20, reading: true, shown: None }),
            Preset::of("read", CardAway { seconds: 30, reading: false, shown: Some(true) }),
        ]
    }
}
