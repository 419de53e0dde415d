//! Z1 職員呼出: staff are coming; once they are there, they can say so.

use super::{Data, Facts, Preset, Shown, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::{PatientInput, StaffReason};
use crate::runtime::view::CallStaff;
use crate::runtime::{Earcon, Screen};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for CallStaff {
    fn facts(&self) -> Facts {
        Facts { staff: false, interrupts: true, signal: Some(Earcon::StaffCalled), ..Facts::default() }
    }

    /// From their code staff come back: that they are called was said before. That somebody comes is news.
    fn signals(&self, from: &Screen, other: bool) -> bool {
        let news = matches!(from, Screen::CallStaff(before) if self.coming && !before.coming);
        news || other && !matches!(from, Screen::EnterStaffCode(_))
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let notice = match self.reason {
            // A card left behind has its own screen, which says that staff come.
            StaffReason::Asked | StaffReason::CardLeft => {
                let (icon, title) =
                    if self.coming { (Icon::Staff, "staff-coming-title") } else { (Icon::Bell, "staff-title") };
                Notice::new(Mark::Icon(icon, Tone::Calm), look.word(title)).text(look.word("staff-text"))
            }
            StaffReason::Failure(failure) => {
                Notice::new(Mark::Icon(Icon::Staff, Tone::Calm), failure_title(failure, look))
                    .text(failure_text(failure, look))
                    .text(look.word(if self.coming { "staff-coming-title" } else { "staff-text" }))
                    .code(failure.code())
            }
        };
        let enter = || {
            let message = Message::Touched(PatientInput::StaffHere);
            Button::new("staff-here", "staff-here", Weight::Quiet, message).icon(Icon::Staff)
        };
        let notice = if self.staff_entry { notice.button(enter()) } else { notice };
        let go_on = Button::new("go-on", "staff-go-on", Weight::Other, Message::Touched(PatientInput::Continue));
        if self.go_on { notice.button(go_on) } else { notice }.view(look)
    }

    fn presets() -> Vec<Preset> {
        let called = |special, reason, mine: bool, coming| {
            Preset::of(special, CallStaff { reason, staff_entry: mine, coming, go_on: mine })
        };
        let wrong_name = StaffReason::Failure(Failure::WrongName);
        vec![
            called("asked", StaffReason::Asked, true, false),
            called("coming", StaffReason::Asked, true, true),
            called("wrong-name", wrong_name, false, false),
            called("wrong-name-coming", wrong_name, false, true),
        ]
    }
}
