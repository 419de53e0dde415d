//! A3h うまくいかない時: what helps, in the leaflet's order; never "you are not the person".

use super::{Data, Facts, Preset, Shown, Step, failure_text, failure_title, hint_key};
use crate::domain::face::Hint;
use crate::domain::failure::Failure;
use crate::domain::session::{Method, PatientInput};
use crate::runtime::Earcon;
use crate::runtime::view::FaceHelp;
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

impl Shown for FaceHelp {
    fn facts(&self) -> Facts {
        // Without another try, calling staff is one of its own ways.
        let (staff, signal) = (self.may_retry, Some(Earcon::Wrong));
        Facts { step: Some(Step::Identity), staff, signal, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let touched = Message::Touched;
        let pin = Button::new("use-pin", "use-pin", Weight::Other, touched(PatientInput::Choose(Method::Pin)));
        let pin = pin.icon(Icon::Keypad);
        if !self.may_retry {
            return other_ways(self.pin_possible.then_some(pin), self.failure, look);
        }
        let items = HELP.map(|(icon, key)| Item { icon, title: look.word(key), text: None });
        let hint = self.hint.filter(|hint| *hint != Hint::KeepLooking);
        let mut notice = Notice::new(Mark::Icon(Icon::Face, Tone::Calm), look.word("face-help-retry-title"));
        if let Some(hint) = hint {
            notice = notice.banner(Icon::Info, Tone::Calm, look.word(hint_key(hint)));
        }
        notice = notice.items(items.into(), false);
        if self.pin_possible {
            notice = notice.button(pin);
        }
        notice
            .button(Button::new("retry", "retry", Weight::Main, touched(PatientInput::Retry)).icon(Icon::Face))
            .side_by_side()
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let retry = |special, hint, pin_possible| {
            let (hint, failure) = (Some(hint), Failure::FaceNotConfirmed);
            Preset::of(special, FaceHelp { hint, may_retry: true, pin_possible, failure })
        };
        let over = |special, pin_possible, failure| {
            Preset::of(special, FaceHelp { hint: None, may_retry: false, pin_possible, failure })
        };
        vec![
            retry("", Hint::TooNear, true),
            retry("face-only-card", Hint::GlassesGlare, false),
            over("no-more", true, Failure::FaceNotConfirmed),
            over("staff-only", false, Failure::FaceNotConfirmed),
            over("no-camera", true, Failure::CameraGone),
            over("refused", true, Failure::CheckRefused),
        ]
    }
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
        | Failure::CameraFormat
        | Failure::FaceModelsInvalid
        | Failure::StepTimedOut => {
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
