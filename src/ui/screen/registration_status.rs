//! 状況照会: whether the card is registered as insurance card, in words and with days; what is open can be registered.

use jiff::civil::DateTime;

use super::{clock, day};
use crate::domain::registration::{Application, Linkage, RegistrationStatus};
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(status: &RegistrationStatus, look: Look) -> Element {
    let (icon, tone, title) = match status.linkage {
        Linkage::Completed => (Icon::Check, Tone::Good, "status-title-completed"),
        Linkage::Preparing => (Icon::Clock, Tone::Calm, "status-title-preparing"),
        Linkage::None => (Icon::Card, Tone::Calm, "status-title-none"),
        Linkage::Unknown => (Icon::Info, Tone::Care, "status-title-unclear"),
    };
    let application = match status.application {
        Application::None => "status-application-none",
        Application::Accepted => "status-application-accepted",
        Application::Unknown => "status-application-unclear",
    };
    let linkage = match status.linkage {
        Linkage::None => "status-linkage-none",
        Linkage::Preparing => "status-linkage-preparing",
        Linkage::Completed => "status-linkage-completed",
        Linkage::Unknown => "status-linkage-unclear",
    };
    let mut notice =
        Notice::new(Mark::Icon(icon, tone), look.word(title)).text(look.word(application)).text(look.word(linkage));
    if let Some(at) = status.registered_at {
        notice = notice.text(moment("status-registered-at", at, look));
    }
    if let Some(from) = status.available_from {
        notice = notice.banner(Icon::Clock, Tone::Care, moment("refused-from", from, look));
    }
    let touched = Message::Touched;
    if status.may_register() {
        return notice
            .button(Button::new("end", "status-end", Weight::Other, touched(PatientInput::Cancel)))
            .button(Button::new("apply", "status-apply", Weight::Main, touched(PatientInput::Continue)))
            .side_by_side()
            .view(look);
    }
    notice.button(Button::new("end", "status-end", Weight::Main, touched(PatientInput::Continue))).view(look)
}

fn moment(key: &str, at: DateTime, look: Look) -> String {
    look.words.with(key, &[("date", day(at.date(), look).into()), ("time", clock(at.time()).into())])
}
