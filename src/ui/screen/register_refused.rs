//! R3n: registration is not possible yet; the day and hour from which on it is.

use super::{Data, Facts, Preset, Shown, Step, clock, day, failure_text, failure_title};
use crate::domain::failure::Failure;
use crate::domain::session::{PatientInput, Purpose};
use crate::runtime::view::RegisterRefused;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::sample;
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for RegisterRefused {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), cancel: false, ..Facts::default() }
    }

    fn view(&self, data: &Data, look: Look) -> Element {
        let when = self.works_from.map(|from| {
            let arguments = [("date", day(from.date(), look).into()), ("time", clock(from.time()).into())];
            look.words.with("refused-from", &arguments)
        });
        let notice = Notice::new(Mark::Icon(Icon::Clock, Tone::Care), failure_title(self.failure, look));
        let notice = match when {
            Some(when) => notice.banner(Icon::Clock, Tone::Calm, when),
            None => notice.text(failure_text(self.failure, look)),
        };
        let button = |id, label| Button::new(id, label, Weight::Main, Message::Touched(PatientInput::Continue));
        match data.view.purpose {
            Purpose::Reception => notice.text(look.word("refused-today")).button(button("continue", "continue")),
            Purpose::Inquiry => notice.button(button("end", "status-end")),
        }
        .code(self.failure.code())
        .view(look)
    }

    fn presets() -> Vec<Preset> {
        let refused = |works_from| RegisterRefused { failure: Failure::RegistrationNotYet, works_from };
        vec![
            Preset::of("", refused(Some(sample::TUESDAY_NOON))),
            Preset::of("no-date", refused(None)),
            Preset::of("inquiry", refused(Some(sample::TUESDAY_NOON))).for_inquiry(),
        ]
    }
}
