//! Sound: speech made of committed clips, and short signals. Commands go in, events come out; nothing waits for sound.

use std::sync::Arc;

use strum::{IntoStaticStr, VariantArray};

/// A clip of speech: its file below the folder of the clips, without the ending, as in `ja/pin-title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clip(pub &'static str);

/// A short signal, the same in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "kebab-case", prefix = "earcon/")]
pub enum Earcon {
    /// A card was seen.
    CardSeen,
    /// A key or a button was taken; the same for all ten digits.
    Accepted,
    /// The focus has moved.
    Focus,
    /// What was entered did not fit.
    Wrong,
    /// The reception is complete.
    Done,
    /// The card is to be taken.
    #[strum(serialize = "take-card-1")]
    TakeCard,
    /// The card still lies there.
    #[strum(serialize = "take-card-2")]
    TakeCardAgain,
    /// The card lies there although it was asked for again and again.
    #[strum(serialize = "take-card-3")]
    TakeCardLoud,
    /// Staff were called.
    StaffCalled,
    /// Time is running out.
    TimeIsShort,
}

impl Earcon {
    /// Every signal.
    pub const ALL: &'static [Earcon] = Earcon::VARIANTS;

    /// Its file below the folder of the clips, without the ending.
    pub fn file(self) -> &'static str {
        self.into()
    }
}

/// Loudness in equal steps for the ear, 1 to [`Volume::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Volume(u8);

impl Default for Volume {
    fn default() -> Self {
        Volume(3)
    }
}

impl Volume {
    /// The loudest step.
    pub const MAX: u8 = 5;
    /// Decibels between two steps.
    const STEP_DB: f32 = 6.0;

    /// The step of that number; `None` outside 1 to [`Volume::MAX`].
    pub fn new(step: u8) -> Option<Volume> {
        (1..=Self::MAX).contains(&step).then_some(Volume(step))
    }

    /// The number of the step.
    pub fn step(self) -> u8 {
        self.0
    }

    /// One step louder; `None` at the loudest.
    pub fn louder(self) -> Option<Volume> {
        Volume::new(self.0 + 1)
    }

    /// One step softer; `None` at the softest.
    pub fn softer(self) -> Option<Volume> {
        Volume::new(self.0 - 1)
    }

    /// What samples are multiplied by.
    pub fn gain(self) -> f32 {
        10_f32.powf(-Self::STEP_DB * f32::from(Self::MAX - self.0) / 20.0)
    }
}

/// What is to be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoundCommand {
    /// These clips one after the other, in place of what is being said.
    Say(Vec<Clip>),
    /// A signal, beside what is being said.
    Signal(Earcon),
    /// Nothing more is said.
    Hush,
    /// From now on this loud.
    Volume(Volume),
}

/// Where sound comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Output {
    /// The loudspeaker: signals, and speech where no headphones are set up.
    Speaker,
    /// The headphones that alone carry speech where a site sets them up.
    Headphones,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoundEvent {
    /// A clip begins.
    Saying(Clip),
    /// A signal begins.
    Signalled(Earcon),
    /// Everything has been said.
    Said,
    /// What was being said was broken off.
    BrokenOff,
    /// This clip or signal cannot be played, and why.
    Unplayable(&'static str, String),
    /// No sound comes out there, and why.
    Lost(Output, String),
    /// Sound comes out there again.
    Back(Output),
}

/// Where an adapter sends its events; cheap to clone, callable from any thread.
#[derive(Clone)]
pub struct SoundOutbox(Arc<dyn Fn(SoundEvent) + Send + Sync>);

impl SoundOutbox {
    /// An outbox that hands every event to `deliver`, which must not block for long.
    pub fn new(deliver: impl Fn(SoundEvent) + Send + Sync + 'static) -> Self {
        Self(Arc::new(deliver))
    }

    /// Sends one event.
    pub fn send(&self, event: SoundEvent) {
        (self.0)(event);
    }
}

/// What can be heard of this kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audible {
    /// Sound comes out, as far as is known.
    Yes,
    /// The last attempt found no device.
    NoDevice,
    /// The site has switched sound off.
    Off,
}

/// Sound.
pub trait Sound: super::Diagnose + Send + Sync {
    /// Queues one command; never blocks. Without a device nothing is heard and nothing else happens.
    fn submit(&self, command: SoundCommand);

    /// Whether speech can be heard now.
    fn audible(&self) -> Audible;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volume_has_ends_and_never_amplifies() {
        let loudest = Volume::new(Volume::MAX).expect("a step");
        assert_eq!((Volume::new(0), Volume::new(Volume::MAX + 1)), (None, None));
        assert_eq!((loudest.louder(), Volume::new(1).and_then(Volume::softer)), (None, None));
        assert!((loudest.gain() - 1.0).abs() < 1e-6);
        let softer = loudest.softer().expect("a step");
        assert!((softer.gain() - 0.501).abs() < 1e-3, "6 dB halve the amplitude: {}", softer.gain());
    }
}
