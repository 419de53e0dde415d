//! 状況照会: whether the card is registered as insurance card, in words and with days; what is open can be registered.

use jiff::civil::DateTime;

use super::{Data, Facts, Preset, Shown, clock, day};
use crate::domain::registration::{self, Application, Linkage};
use crate::domain::session::PatientInput;
use crate::runtime::view::RegistrationStatus;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::sample;
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for RegistrationStatus {
    fn facts(&self) -> Facts {
        Facts { cancel: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let status = &self.status;
        let (icon, tone, title, linkage) = match status.linkage {
            Linkage::Completed => (Icon::Check, Tone::Good, "status-title-completed", "status-linkage-completed"),
            Linkage::Preparing => (Icon::Clock, Tone::Calm, "status-title-preparing", "status-linkage-preparing"),
            Linkage::None => (Icon::Card, Tone::Calm, "status-title-none", "status-linkage-none"),
            Linkage::Unknown => (Icon::Info, Tone::Care, "status-title-unclear", "status-linkage-unclear"),
        };
        let application = match status.application {
            Application::None => "status-application-none",
            Application::Accepted => "status-application-accepted",
            Application::Unknown => "status-application-unclear",
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

    fn presets() -> Vec<Preset> {
        let status = |special, application, linkage, registered_at, available_from| {
            let status = registration::RegistrationStatus { application, linkage, registered_at, available_from };
            Preset::of(special, RegistrationStatus { status })
        };
        let spring = DateTime::constant(2026, 4, 10, 9, 30, 0, 0);
        vec![
            status("", Application::Accepted, Linkage::Completed, Some(spring), None),
            status("preparing", Application::Accepted, Linkage::Preparing, None, None),
            status("open", Application::None, Linkage::None, None, None),
            status("not-yet", Application::None, Linkage::None, None, Some(sample::TUESDAY_NOON)),
            status("unclear", Application::Unknown, Linkage::Unknown, None, None),
        ]
    }
}

fn moment(key: &str, at: DateTime, look: Look) -> String {
    look.words.with(key, &[("date", day(at.date(), look).into()), ("time", clock(at.time()).into())])
}
