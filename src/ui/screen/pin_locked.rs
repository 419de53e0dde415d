//! A4L ロック: what still works, and where the number is reset.

use super::{Data, Facts, Preset, Shown, Step, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PatientInput};
use crate::runtime::Earcon;
use crate::runtime::view::PinLocked;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Item, Mark, Notice, Tone, Weight};

impl Shown for PinLocked {
    fn facts(&self) -> Facts {
        // Calling staff is one of its own ways.
        Facts { step: Some(Step::Identity), staff: false, signal: Some(Earcon::Wrong), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let failure = self.failure;
        let mut items = Vec::new();
        if self.face_possible {
            items.push(Item { icon: Icon::Face, title: look.word("locked-face"), text: None });
        }
        items.push(Item { icon: Icon::Staff, title: look.word("locked-staff"), text: None });
        if failure == Failure::PinBlocked {
            let text = Some(look.word("locked-reset-text"));
            items.push(Item { icon: Icon::Building, title: look.word("locked-reset"), text });
        }
        let (title, texts) = match (failure, self.now) {
            (Failure::PinBlocked, true) => (look.word("locked-now-title"), vec![look.word("locked-everywhere")]),
            (Failure::PinBlocked, false) => {
                (failure_title(failure, look), vec![look.word("locked-before"), look.word("locked-everywhere")])
            }
            _ => (failure_title(failure, look), vec![failure_text(failure, look)]),
        };
        let weight = if self.face_possible { Weight::Other } else { Weight::Main };
        let staff = Button::new("ask-staff", "call-staff", weight, Message::Touched(PatientInput::CallStaff));
        let notice = Notice::new(Mark::Icon(Icon::Lock, Tone::Care), title);
        let notice = texts.into_iter().fold(notice, Notice::text).items(items, false);
        let mut notice = notice.button(staff.icon(Icon::Bell)).code(failure.code());
        if self.face_possible {
            let message = Message::Touched(PatientInput::Choose(Method::Face));
            notice = notice.button(Button::new("use-face", "use-face", Weight::Main, message).icon(Icon::Face));
        }
        notice.view(look)
    }

    fn presets() -> Vec<Preset> {
        let locked = |special, now, face_possible| {
            Preset::of(special, PinLocked { failure: Failure::PinBlocked, now, face_possible })
        };
        vec![locked("", true, true), locked("before", false, true), locked("no-face", false, false)]
    }
}
