//! A3h うまくいかない時: what helps, in the leaflet's order; never "you are not the person".

use super::{failure_text, failure_title, hint_key};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PatientInput};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Item, Mark, Notice, Tone, Weight};

const HELP: [(Icon, &str); 5] = [
    (Icon::Distance, "face-help-distance"),
    (Icon::Hair, "face-help-hair"),
    (Icon::Mask, "face-help-mask"),
    (Icon::Hat, "face-help-hat"),
    (Icon::Glasses, "face-help-glasses"),
];

/// The screen.
pub fn view(hint: Option<Hint>, may_retry: bool, pin_possible: bool, failure: Failure, look: Look) -> Element {
    let touched = Message::Touched;
    let pin = Button::new("use-pin", "use-pin", Weight::Other, touched(PatientInput::Choose(Method::Pin)));
    let pin = pin.icon(Icon::Keypad);
    if !may_retry {
        return other_ways(pin_possible.then_some(pin), failure, look);
    }
    let items = HELP.map(|(icon, key)| Item { icon, title: look.word(key), text: None });
    let hint = hint.filter(|hint| *hint != Hint::HoldStill);
    let mut notice = Notice::new(Mark::Icon(Icon::Face, Tone::Calm), look.word("face-help-retry-title"));
    if let Some(hint) = hint {
        notice = notice.banner(Icon::Info, Tone::Calm, look.word(hint_key(hint)));
    }
    notice = notice.items(items.into(), false);
    if pin_possible {
        notice = notice.button(pin);
    }
    notice
        .button(Button::new("retry", "retry", Weight::Main, touched(PatientInput::Retry)).icon(Icon::Face))
        .side_by_side()
        .view(look)
}

/// No more tries, or no camera: PIN and staff, one as good as the other.
fn other_ways(pin: Option<Button>, failure: Failure, look: Look) -> Element {
    let texts = match failure {
        // The patient's face was confirmed; only the other side takes none.
        Failure::CheckRefused => vec![look.word("face-help-refused")],
        // It is the kiosk that fails and not the patient; their text speaks of the PIN.
        Failure::CameraGone
        | Failure::CameraNoPicture
        | Failure::CameraBusy
        | Failure::CameraPrivate
        | Failure::FaceModelsInvalid => {
            let advice = pin.is_some().then(|| failure_text(failure, look));
            std::iter::once(failure_title(failure, look)).chain(advice).collect()
        }
        failure => vec![failure_text(failure, look)],
    };
    let staff = Button::new("ask-staff", "call-staff", Weight::Other, Message::Touched(PatientInput::CallStaff));
    let notice = Notice::new(Mark::Icon(Icon::Face, Tone::Calm), look.word("face-help-other-title"));
    let mut notice = texts.into_iter().fold(notice, Notice::text).code(failure.code()).side_by_side();
    let only = pin.is_none();
    if let Some(pin) = pin {
        notice = notice.button(pin);
    }
    let weight = if only { Weight::Main } else { Weight::Other };
    notice.button(Button { weight, ..staff.icon(Icon::Staff) }).view(look)
}
