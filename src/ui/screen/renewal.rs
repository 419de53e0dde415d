//! N1 更新のお知らせ: the certificate ends soon, or is in its grace months.

use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::widget::{Button, Icon, Mark, Notice, Tone, Weight};

/// The screen.
pub fn view(grace: bool, look: Look) -> Element {
    let (title, text) =
        if grace { ("renewal-grace-title", "renewal-grace-text") } else { ("renewal-title", "renewal-text") };
    let mut notice = Notice::new(Mark::Icon(Icon::Clock, Tone::Care), look.word(title)).text(look.word(text)).banner(
        Icon::Check,
        Tone::Good,
        look.word("renewal-today"),
    );
    if grace {
        notice = notice.text(look.word("renewal-grace-limit"));
    }
    notice.button(Button::new("close", "close", Weight::Main, Message::Touched(PatientInput::Continue))).view(look)
}
