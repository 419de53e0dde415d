//! Every language in its own words and script.

use crate::i18n::{Language, Words};
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::preferences::Change;
use crate::ui::widget::option::{Choice, Sample, choices};

/// The choices.
pub fn view(look: Look) -> Element {
    let all = Language::ALL.into_iter().zip(IDS).map(|(language, id)| Choice {
        id,
        label: Words::of(language).get("language-name"),
        sample: Sample::Language(language),
        chosen: look.preferences.language == language,
        message: Message::Prefer(Change::Language(language)),
    });
    choices(all.collect(), if look.landscape() { 4 } else { 2 }, look)
}

/// Names for tests and keys, in the order of [`Language::ALL`].
const IDS: [&str; 10] = [
    "language-0",
    "language-1",
    "language-2",
    "language-3",
    "language-4",
    "language-5",
    "language-6",
    "language-7",
    "language-8",
    "language-9",
];
