//! N1 更新のお知らせ: the certificate ends soon, or is in its grace months; with the days themselves.

use jiff::civil::Date;

use super::day;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen: `until` is the certificate's last day, `usable_until` that of its grace months.
pub fn view(grace: bool, until: Option<Date>, usable_until: Option<Date>, look: Look) -> Element {
    let dated = |key, date: Option<Date>| date.map(|date| look.words.with(key, &[("date", day(date, look).into())]));
    let (title, first, second) = if grace {
        ("renewal-grace-title", dated("renewal-usable-until", usable_until), look.word("renewal-grace-text"))
    } else {
        ("renewal-title", dated("renewal-until", until), look.word("renewal-text"))
    };
    let mut notice = Notice::new(Mark::Icon(Icon::Clock, Tone::Care), look.word(title));
    if let Some(dated) = first {
        notice = notice.text(dated);
    }
    notice = notice.text(second);
    if grace {
        notice = notice.text(look.word("renewal-grace-limit"));
    }
    notice
        .banner(Icon::Check, Tone::Good, look.word("renewal-today"))
        .button(Button::new("close", "close", Weight::Main, Message::Touched(PatientInput::Continue)))
        .view(look)
}
