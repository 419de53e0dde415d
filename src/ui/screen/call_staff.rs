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

    /// From their code staff come back: that they are called was said before.
    fn signals(&self, from: &Screen, other: bool) -> bool {
        other && !matches!(from, Screen::EnterStaffCode(_))
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let notice = match self.reason {
            // A card left behind has its own screen, which says that staff come.
            StaffReason::Asked | StaffReason::CardLeft => {
                Notice::new(Mark::Icon(Icon::Bell, Tone::Calm), look.word("staff-title")).text(look.word("staff-text"))
            }
            StaffReason::Failure(failure) => {
                Notice::new(Mark::Icon(Icon::Staff, Tone::Calm), failure_title(failure, look))
                    .text(failure_text(failure, look))
                    .text(look.word("staff-text"))
                    .code(failure.code())
            }
        };
        let enter = || {
            let message = Message::Touched(PatientInput::StaffHere);
            Button::new("staff-here", "staff-here", Weight::Quiet, message).icon(Icon::Staff)
        };
        if self.staff_entry { notice.button(enter()) } else { notice }.view(look)
    }

    fn presets() -> Vec<Preset> {
        let wrong_name = StaffReason::Failure(Failure::WrongName);
        vec![
            Preset::of("asked", CallStaff { reason: StaffReason::Asked, staff_entry: true }),
            Preset::of("wrong-name", CallStaff { reason: wrong_name, staff_entry: false }),
        ]
    }
}
