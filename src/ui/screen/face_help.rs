//! A3h うまくいかない時: what helps, in the leaflet's order; never "you are not the person".

use super::{failure_text, hint_icon, hint_key};
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
    let touched = |input| Message::Touched(input);
    let pin = |weight| {
        Button::new("use-pin", "use-pin", weight, touched(PatientInput::Choose(Method::Pin))).icon(Icon::Keypad)
    };
    if !may_retry {
        let notice = Notice::new(Mark::Icon(Icon::Face, Tone::Calm), look.word("face-help-other-title"))
            .text(failure_text(failure, look))
            .code(failure.code());
        let staff =
            |weight| Button::new("ask-staff", "call-staff", weight, touched(PatientInput::CallStaff)).icon(Icon::Bell);
        return if pin_possible {
            notice.button(staff(Weight::Other)).button(pin(Weight::Main)).view(look)
        } else {
            notice.button(staff(Weight::Main)).view(look)
        };
    }
    let items = HELP.map(|(icon, key)| Item { icon, title: look.word(key), text: None });
    let mut notice = Notice::new(Mark::Icon(Icon::Face, Tone::Calm), look.word("face-help-retry-title"));
    if let Some(hint) = hint.filter(|hint| *hint != Hint::HoldStill) {
        notice = notice.banner(hint_icon(hint), Tone::Calm, look.word(hint_key(hint)));
    }
    notice = notice.items(items.into(), false);
    if pin_possible {
        notice = notice.button(pin(Weight::Other));
    }
    notice
        .button(Button::new("retry", "retry", Weight::Main, touched(PatientInput::Retry)).icon(Icon::Face))
        .side_by_side()
        .view(look)
}
