//! The visit is over and its card still lies on the reader: nothing of the visit is shown.

use crate::domain::session::STAFF_ALARM;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::picture::Picture;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

/// The screen; from the first alarm on it says so louder, from the third on that staff are called.
pub fn view(alarms: u8, look: Look) -> Element {
    let notice =
        Notice::new(Mark::Picture(Picture::TakeCard), look.word("done-take")).text(look.word("done-take-text"));
    let notice = if alarms < STAFF_ALARM { notice } else { notice.text(look.word("staff-title")) };
    if alarms == 0 { notice } else { notice.banner(Icon::Bell, Tone::Care, look.word("done-left")) }.view(look)
}
