//! A4 with a reader that has a keypad of its own: where to type, what follows, and that this screen shows none of it.

use crate::domain::card::Tries;
use crate::domain::pin::EnteredBy;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::panel::Item;
use crate::ui::widget::picture::Picture;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

/// The screen.
pub fn view(tries: Tries, wrong: bool, entered_by: EnteredBy, look: Look) -> Element {
    let item = |icon, key: &str| Item { icon, title: look.word(key), text: None };
    let who = match entered_by {
        EnteredBy::Patient => look.word("pin-text"),
        person => look.word(&format!("pin-by-{}", person.slug())),
    };
    let mut notice = Notice::new(Mark::Picture(Picture::ReaderKeys), look.word("reader-pin-title"));
    if let Tries::Left(left) = tries {
        let counted = |key| look.words.with(key, &[("count", left.into())]);
        notice = match left {
            0 | 1 => notice.banner(Icon::Care, Tone::Stop, look.word("pin-last")),
            _ if wrong => notice.banner(Icon::Care, Tone::Care, counted("pin-wrong")),
            _ => notice.text(who).banner(Icon::Info, Tone::Calm, counted("pin-tries")),
        };
    }
    let steps = vec![
        item(Icon::Keypad, "reader-pin-digits"),
        item(Icon::Check, "reader-pin-enter"),
        item(Icon::Leave, "reader-pin-cancel"),
    ];
    notice.items(steps, false).view(look)
}
