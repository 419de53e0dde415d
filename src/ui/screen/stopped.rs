//! The reception ended early: cause, what to do, and that nothing was kept.

use super::{Data, Facts, Preset, Shown, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::PatientInput;
use crate::runtime::Earcon;
use crate::runtime::view::Stopped;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for Stopped {
    fn facts(&self) -> Facts {
        Facts { cancel: false, interrupts: true, signal: Some(Earcon::Wrong), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let failure = self.failure;
        let icon = match failure {
            Failure::TimedOut => Icon::Clock,
            Failure::CardGone | Failure::CardUnreadable => Icon::Card,
            _ => Icon::Info,
        };
        let touched = Message::Touched;
        let notice = Notice::new(Mark::Icon(icon, Tone::Calm), failure_title(failure, look))
            .text(failure_text(failure, look))
            .text(look.word("stopped-nothing-kept"));
        let notice = if self.card { notice.banner(Icon::Card, Tone::Care, look.word("stopped-take")) } else { notice };
        notice
            .button(Button::new("back-to-start", "back-to-start", Weight::Main, touched(PatientInput::Continue)))
            .code(failure.code())
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let stopped = |special, failure, card| Preset::of(special, Stopped { failure, card });
        vec![
            stopped("card-gone", Failure::CardGone, false),
            stopped("timed-out", Failure::TimedOut, true),
            stopped("swapped", Failure::CardSwapped, true),
        ]
    }
}
