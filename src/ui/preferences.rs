//! What a patient sets for themselves: one value, the same for every screen, gone when the reception ends.

use super::metrics::TextStep;
use super::theme::Theme;
use crate::i18n::Language;
use crate::runtime::Volume;

/// Everything a patient can set. The site says what a visit begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Preferences {
    /// The language of the words.
    pub language: Language,
    /// The size of the text.
    pub text: TextStep,
    /// The colours.
    pub theme: Theme,
    /// Everything that is pressed stands low, within reach from a wheelchair.
    pub seated: bool,
    /// Nothing moves.
    pub calm: bool,
    /// Screens are spoken, where there is speech in the language.
    pub speech: bool,
    /// How loud.
    pub volume: Volume,
}

/// One thing a patient changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named as the fields of Preferences")]
pub enum Change {
    Language(Language),
    Text(TextStep),
    Theme(Theme),
    Seated(bool),
    Calm(bool),
    Speech(bool),
    Volume(Volume),
    /// Spoken from now on, in that language.
    Spoken(Language),
}

impl Preferences {
    /// These with one change.
    pub fn with(self, change: Change) -> Preferences {
        match change {
            Change::Language(language) => Preferences { language, ..self },
            Change::Text(text) => Preferences { text, ..self },
            Change::Theme(theme) => Preferences { theme, ..self },
            Change::Seated(seated) => Preferences { seated, ..self },
            Change::Calm(calm) => Preferences { calm, ..self },
            Change::Speech(speech) => Preferences { speech, ..self },
            Change::Volume(volume) => Preferences { volume, ..self },
            Change::Spoken(language) => Preferences { language, speech: true, ..self },
        }
    }
}
