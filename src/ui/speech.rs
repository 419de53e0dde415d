//! What is said and signalled: a screen's own texts, whose clips are looked up by the text itself. A text without a clip,
//! as every name, date of birth or digit is, cannot be said.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::Preferences;
use super::outline::{Outline, Stop};
use super::screen;
use crate::clip_list;
use crate::i18n::Language;
use crate::runtime::{Audible, Clip, Earcon, Screen, Sound, SoundCommand};

/// The clips by what they say.
#[derive(Debug, Default)]
pub struct Index {
    by_text: HashMap<(&'static str, &'static str), Clip>,
    by_key: HashMap<(&'static str, &'static str), Clip>,
    /// Texts with something in them that has no clip, such as a date: their parts before, between and after it.
    by_shape: Vec<(&'static str, Vec<&'static str>, Clip)>,
}

/// What stands for such a thing in the manifest.
const BLANK: char = '\u{FFFC}';

/// Whether `text` consists of these parts with anything between them.
fn has_shape(text: &str, parts: &[&str]) -> bool {
    let [first, middle @ .., last] = parts else { return false };
    let Some(mut rest) = text.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    middle.iter().all(|part| {
        let found = rest.split_once(part);
        rest = found.map_or(rest, |(_, after)| after);
        found.is_some()
    })
}

impl Index {
    /// That of the committed clips.
    pub fn shipped() -> &'static Index {
        static INDEX: OnceLock<Index> = OnceLock::new();
        INDEX.get_or_init(|| {
            let clips = clip_list::listed().unwrap_or_else(|error| {
                tracing::error!("the list of clips cannot be read, so nothing is said: {error}");
                &[]
            });
            let mut index = Index::default();
            for clip in clips {
                if let (Some(language), Some(key), Some(text), Some(name)) =
                    (&clip.language, &clip.key, &clip.text, clip.file.strip_suffix(".opus"))
                {
                    if text.contains(BLANK) {
                        index.by_shape.push((language, text.split(BLANK).collect(), Clip(name)));
                    } else {
                        index.by_text.entry((language, text)).or_insert(Clip(name));
                    }
                    index.by_key.insert((language, key), Clip(name));
                }
            }
            index
        })
    }

    /// Whether there are clips in `language`.
    pub fn speaks(&self, language: Language) -> bool {
        self.by_key.keys().any(|(spoken, _)| *spoken == language.tag())
    }

    /// The clips of what the screen says, line by line; nothing for a line that has none.
    pub fn clips(&self, language: Language, text: &str) -> Vec<Clip> {
        let tag = language.tag();
        let shaped = |text: &str| {
            let mut shapes = self.by_shape.iter();
            shapes.find(|(spoken, parts, _)| *spoken == tag && has_shape(text, parts)).map(|(.., clip)| *clip)
        };
        let find = |text: &str| self.by_text.get(&(tag, text)).copied().or_else(|| shaped(text));
        find(text).map_or_else(|| text.lines().filter_map(find).collect(), |clip| vec![clip])
    }

    /// The clips of something that can be pressed: its texts, or what is said for a picture.
    pub fn label(&self, language: Language, stop: &Stop) -> Vec<Clip> {
        let texts: Vec<Clip> = stop.label.iter().flat_map(|text| self.clips(language, text)).collect();
        let picture = || self.phrase(language, &format!("speech-{}", stop.id()));
        if texts.is_empty() { picture().into_iter().collect() } else { texts }
    }

    /// The clip of a phrase that is only spoken.
    fn phrase(&self, language: Language, key: &str) -> Option<Clip> {
        self.by_key.get(&(language.tag(), key)).copied()
    }
}

/// Speaks for the window. What is said is chosen here and nowhere else.
pub struct Speaker {
    sound: Option<Arc<dyn Sound>>,
    preferences: Preferences,
    screen: Option<u64>,
    /// What of the present screen has been said.
    said: Vec<Clip>,
    focus: Option<(&'static str, Vec<Clip>)>,
    /// Said before the next screen.
    first: Option<Clip>,
    /// The whole present screen, to be said again.
    whole: Vec<Clip>,
}

impl Speaker {
    /// Speaks through `sound`; without it, nothing is heard.
    pub fn new(sound: Option<Arc<dyn Sound>>, preferences: Preferences) -> Speaker {
        let speaker =
            Speaker { sound, preferences, screen: None, said: Vec::new(), focus: None, first: None, whole: Vec::new() };
        speaker.submit(SoundCommand::Volume(preferences.volume));
        speaker
    }

    fn submit(&self, command: SoundCommand) {
        if let Some(sound) = &self.sound {
            sound.submit(command);
        }
    }

    /// Whether this kiosk can be heard.
    pub fn audible(&self) -> Audible {
        self.sound.as_ref().map_or(Audible::Off, |sound| sound.audible())
    }

    fn speaks(&self) -> bool {
        self.preferences.speech && Index::shipped().speaks(self.preferences.language)
    }

    /// The patient has set something, or the next patient begins anew.
    pub fn prefer(&mut self, now: Preferences) {
        let before = std::mem::replace(&mut self.preferences, now);
        if before.volume != now.volume {
            self.submit(SoundCommand::Volume(now.volume));
        }
        if (before.speech, before.language) != (now.speech, now.language) {
            // The screen is said from its beginning in the new way, or nothing more.
            self.screen = None;
            self.first = None;
            if !before.speech && self.speaks() {
                self.first = Index::shipped().phrase(now.language, "speech-begins");
            }
            self.hush();
        }
    }

    /// Ends what is being said.
    pub fn hush(&self) {
        self.submit(SoundCommand::Hush);
    }

    /// Gives a signal.
    pub fn signal(&self, earcon: Earcon) {
        self.submit(SoundCommand::Signal(earcon));
    }

    /// A digit was typed: the same for all ten.
    pub fn digit(&self) {
        self.signal(Earcon::Accepted);
        self.phrase("speech-digit");
    }

    /// One digit or all were taken back.
    pub fn erased(&self) {
        self.signal(Earcon::Accepted);
        self.phrase("speech-erased");
    }

    /// What was pressed does nothing now.
    pub fn refused(&self) {
        self.signal(Earcon::Wrong);
        self.phrase("speech-off");
    }

    fn phrase(&self, key: &str) {
        if self.speaks() {
            self.submit(SoundCommand::Say(
                Index::shipped().phrase(self.preferences.language, key).into_iter().collect(),
            ));
        }
    }

    /// Says the whole screen again.
    pub fn repeat(&self) {
        if self.speaks() {
            self.submit(SoundCommand::Say(self.whole.clone()));
        }
    }

    /// The reception went on from one screen to another.
    pub fn moved(&self, from: &Screen, to: &Screen) {
        if let Some(earcon) = screen::signal(from, to) {
            self.signal(earcon);
        }
    }

    /// The window shows this; what of it is new is said.
    pub fn shown(&mut self, screen: u64, outline: &Outline, focus: Option<&Stop>) {
        if !self.speaks() {
            return;
        }
        let new_screen = self.screen.replace(screen) != Some(screen);
        let texts = self.say_all(&outline.texts);
        let before = std::mem::replace(&mut self.said, texts.clone());
        let focus = focus.map(|stop| (stop.id(), Index::shipped().label(self.preferences.language, stop)));
        let moved = self.focus != focus && !new_screen;
        self.focus = focus;
        self.whole = texts.iter().copied().chain(self.choices(outline)).collect();
        let mut say: Vec<Clip> = if new_screen {
            self.first.take().into_iter().chain(self.whole.iter().copied()).collect()
        } else {
            texts.into_iter().filter(|clip| !before.contains(clip)).collect()
        };
        if let (true, Some((id, label))) = (moved, &self.focus) {
            say.extend(label);
            if outline.stop(id).is_some_and(|stop| !stop.enabled()) {
                say.extend(Index::shipped().phrase(self.preferences.language, "speech-off"));
            }
            self.signal(Earcon::Focus);
        }
        if !say.is_empty() || new_screen {
            self.submit(SoundCommand::Say(say));
        }
    }

    fn say_all<'a>(&self, texts: impl IntoIterator<Item = &'a String>) -> Vec<Clip> {
        let language = self.preferences.language;
        texts.into_iter().flat_map(|text| Index::shipped().clips(language, text)).collect()
    }

    /// What can be chosen; the keypad is known by its place and not read out.
    fn choices(&self, outline: &Outline) -> Vec<Clip> {
        let own = outline.stops().filter(|stop| stop.in_content && stop.enabled() && !stop.id().starts_with("key-"));
        own.flat_map(|stop| Index::shipped().label(self.preferences.language, stop)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_a_text_leaves_its_shape() {
        let parts = ["until ", ", from ", ""];
        assert!(has_shape("until 3 May, from noon", &parts));
        for other in ["until 3 May", "from noon", "", "Until 3 May, from noon"] {
            assert!(!has_shape(other, &parts), "{other}");
        }
    }

    #[test]
    fn no_shape_is_so_short_that_a_name_could_have_it() {
        for (language, parts, clip) in &Index::shipped().by_shape {
            let fixed: usize = parts.iter().map(|part| part.chars().count()).sum();
            assert!(fixed >= 5, "{language} {}: {parts:?}", clip.0);
        }
    }
}
