//! The visit is over and its card still lies on the reader: nothing of the visit is shown.

use super::{Data, Facts, Preset, Shown};
use crate::domain::session::STAFF_ALARM;
use crate::runtime::view::CardLeft;
use crate::runtime::{Earcon, Screen};
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::picture::Picture;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

impl Shown for CardLeft {
    fn facts(&self) -> Facts {
        let signal = match self.alarms {
            0 => Earcon::TakeCard,
            1 => Earcon::TakeCardAgain,
            _ => Earcon::TakeCardLoud,
        };
        Facts { cancel: false, interrupts: true, signal: Some(signal), asks: self.alarms == 0, ..Facts::default() }
    }

    /// At each alarm.
    fn signals(&self, from: &Screen, _: bool) -> bool {
        !matches!(from, Screen::CardLeft(before) if before.alarms == self.alarms)
    }

    /// From the first alarm on it says so louder, from the third on that staff are called.
    fn view(&self, _: &Data, look: Look) -> Element {
        let notice =
            Notice::new(Mark::Picture(Picture::TakeCard), look.word("done-take")).text(look.word("done-take-text"));
        let notice = if self.alarms < STAFF_ALARM { notice } else { notice.text(look.word("staff-title")) };
        let louder = |notice: Notice| notice.banner(Icon::Bell, Tone::Care, look.word("done-left"));
        if self.alarms == 0 { notice } else { louder(notice) }.view(look)
    }

    fn presets() -> Vec<Preset> {
        let left = |special, alarms| Preset::of(special, CardLeft { alarms }).at_rest();
        vec![left("", 0), left("alarm", 1), left("staff", 3)]
    }
}
