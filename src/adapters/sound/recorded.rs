//! A sound device that plays nothing and remembers what would have been heard: for training without a loudspeaker and
//! for tests.

use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use super::clips::{ClipError, Clips};
use crate::ports::{Audible, Clip, Diagnose, Earcon, Finding, Sound, SoundCommand, SoundEvent, SoundOutbox, Volume};

/// So many things are remembered, and then the newest.
const LONGEST: usize = 10_000;

/// One thing that would have been heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A clip of speech, this loud.
    Speech(Clip, Volume),
    /// A signal, this loud.
    Signal(Earcon, Volume),
    /// Speech was broken off.
    Hush,
}

/// See the module. Cheap to clone; clones are the same device.
#[derive(Clone)]
pub struct RecordedSound {
    clips: Arc<Result<Clips, ClipError>>,
    outbox: SoundOutbox,
    tape: Arc<Mutex<Tape>>,
}

#[derive(Default)]
struct Tape {
    heard: Vec<Heard>,
    volume: Volume,
}

impl RecordedSound {
    /// Clips are looked up in `folder`, so that one that is missing is noticed.
    pub fn new(folder: impl Into<PathBuf>, outbox: SoundOutbox) -> RecordedSound {
        RecordedSound { clips: Arc::new(Clips::open(folder)), outbox, tape: Arc::default() }
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock()
    }

    fn note(&self, heard: impl FnOnce(Volume) -> Heard) {
        let mut tape = self.tape();
        let heard = heard(tape.volume);
        tape.heard.push(heard);
        let excess = tape.heard.len().saturating_sub(LONGEST);
        tape.heard.drain(..excess);
    }

    /// What would have been heard since the last look, the newest things last.
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.tape().heard)
    }

    fn exists(&self, name: &'static str) -> bool {
        let missing = match &*self.clips {
            Ok(clips) => clips.check(name).err().map(|error| error.to_string()),
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = &missing {
            self.outbox.send(SoundEvent::Unplayable(name, why.clone()));
        }
        missing.is_none()
    }
}

impl Sound for RecordedSound {
    fn submit(&self, command: SoundCommand) {
        match command {
            SoundCommand::Say(clips) => {
                for clip in clips.into_iter().filter(|clip| self.exists(clip.0)) {
                    self.note(|volume| Heard::Speech(clip, volume));
                    self.outbox.send(SoundEvent::Saying(clip));
                }
                self.outbox.send(SoundEvent::Said);
            }
            SoundCommand::Signal(earcon) => {
                if self.exists(earcon.file()) {
                    self.note(|volume| Heard::Signal(earcon, volume));
                    self.outbox.send(SoundEvent::Signalled(earcon));
                }
            }
            SoundCommand::Hush => {
                self.note(|_| Heard::Hush);
                self.outbox.send(SoundEvent::BrokenOff);
            }
            SoundCommand::Volume(volume) => self.tape().volume = volume,
        }
    }

    fn audible(&self) -> Audible {
        Audible::Yes
    }
}

impl Diagnose for RecordedSound {
    fn diagnose(&self) -> Vec<Finding> {
        let device = Finding::warning("sound", "is recorded, not played", "only for training and tests");
        vec![device, Clips::finding(&self.clips)]
    }
}
