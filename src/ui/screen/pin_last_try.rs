//! One more wrong PIN would block it: staff instead, the face instead, or going on with open eyes.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::session::{Method, PatientInput};
use crate::runtime::Earcon;
use crate::runtime::view::PinLastTry;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for PinLastTry {
    fn facts(&self) -> Facts {
        let signal = self.wrong.then_some(Earcon::Wrong);
        // Calling staff is one of its own ways.
        Facts { step: Some(Step::Identity), staff: false, signal, firm: true, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let touched = Message::Touched;
        let mut notice = Notice::new(Mark::Icon(Icon::Care, Tone::Care), look.word("last-try-title"));
        if self.wrong {
            notice = notice.text(look.word("last-try-wrong"));
        }
        notice = notice
            .text(look.word("last-try-left"))
            .banner(Icon::Lock, Tone::Stop, look.word("last-try-warning"))
            .button(Button::new("enter-anyway", "last-try-anyway", Weight::Other, touched(PatientInput::Continue)));
        if self.face_possible {
            let message = touched(PatientInput::Choose(Method::Face));
            notice = notice.button(Button::new("use-face", "choose-face", Weight::Other, message).icon(Icon::Face));
        }
        let staff = Button::new("ask-staff", "last-try-staff", Weight::Main, touched(PatientInput::CallStaff));
        notice.button(staff.icon(Icon::Bell)).view(look)
    }

    fn presets() -> Vec<Preset> {
        vec![
            Preset::of("", PinLastTry { wrong: true, face_possible: true }),
            Preset::of("before", PinLastTry { wrong: false, face_possible: false }),
        ]
    }
}
