//! A4 with a reader that has a keypad of its own: where to type, what follows, and that this screen shows none of it.

use super::{Data, Facts, Preset, Shown, Step};
use crate::domain::card::Tries;
use crate::domain::pin::EnteredBy;
use crate::runtime::Earcon;
use crate::runtime::view::TypeOnReader;
use crate::ui::look::Look;
use crate::ui::message::Element;
use crate::ui::widget::panel::Item;
use crate::ui::widget::picture::Picture;
use crate::ui::widget::{Icon, Mark, Notice, Tone};

impl Shown for TypeOnReader {
    fn facts(&self) -> Facts {
        let signal = self.wrong.then_some(Earcon::Wrong);
        // The reader waits for the digits: its own key ends that.
        Facts { step: Some(Step::Identity), cancel: false, signal, asks: false, ..Facts::default() }
    }

    fn view(&self, _: &Data, look: Look) -> Element {
        let item = |icon, key: &str| Item { icon, title: look.word(key), text: None };
        let who = match self.entered_by {
            EnteredBy::Patient => look.word("pin-text"),
            person => look.word(&format!("pin-by-{}", person.slug())),
        };
        let mut notice = Notice::new(Mark::Picture(Picture::ReaderKeys), look.word("reader-pin-title"));
        if let Tries::Left(left) = self.tries {
            let counted = |key| look.words.with(key, &[("count", left.into())]);
            notice = match left {
                0 | 1 => notice.banner(Icon::Care, Tone::Stop, look.word("pin-last")),
                _ if self.wrong => notice.banner(Icon::Care, Tone::Care, counted("pin-wrong")),
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

    fn presets() -> Vec<Preset> {
        let entered_by = EnteredBy::Patient;
        vec![
            Preset::of("", TypeOnReader { tries: Tries::Left(3), wrong: false, entered_by }),
            Preset::of("wrong", TypeOnReader { tries: Tries::Left(2), wrong: true, entered_by }),
        ]
    }
}
