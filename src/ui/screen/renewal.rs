//! N1 更新のお知らせ: the certificate ends soon, or is in its grace months; with the days themselves.

use jiff::civil::{Date, date};

use super::{Data, Facts, Preset, Shown, Step, day};
use crate::domain::session::PatientInput;
use crate::domain::validity::grace_end;
use crate::runtime::view::Renewal;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

impl Shown for Renewal {
    fn facts(&self) -> Facts {
        Facts { step: Some(Step::Check), ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let dated =
            |key, date: Option<Date>| date.map(|date| look.words.with(key, &[("date", day(date, look).into())]));
        let (title, first, second) = if self.grace {
            let usable = dated("renewal-usable-until", self.usable_until);
            ("renewal-grace-title", usable, look.word("renewal-grace-text"))
        } else {
            ("renewal-title", dated("renewal-until", self.until), look.word("renewal-text"))
        };
        let mut notice = Notice::new(Mark::Icon(Icon::Clock, Tone::Care), look.word(title));
        if let Some(dated) = first {
            notice = notice.text(dated);
        }
        notice = notice.text(second);
        if self.grace {
            notice = notice.text(look.word("renewal-grace-limit"));
        }
        notice
            .banner(Icon::Check, Tone::Good, look.word("renewal-today"))
            .button(Button::new("close", "close", Weight::Main, Message::Touched(PatientInput::Continue)))
            .view(look)
    }

    fn presets() -> Vec<Preset> {
        let renewal = |grace, until| Renewal { grace, until: Some(until), usable_until: Some(grace_end(until)) };
        vec![Preset::of("", renewal(false, date(2027, 1, 15))), Preset::of("grace", renewal(true, date(2026, 10, 31)))]
    }
}
