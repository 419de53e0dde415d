//! What is heard, sample by sample: one line of speech, any number of signals over it, one loudness.

use std::collections::VecDeque;

use super::clips::{RATE, Samples};

/// Silence between two clips of one announcement, in samples.
const PAUSE: usize = RATE as usize * 35 / 100;
/// How much of the speech is left under a signal.
const UNDER_A_SIGNAL: f32 = 0.4;

/// A clip and how much of it has been heard.
struct Playing {
    samples: Samples,
    at: usize,
}

impl Playing {
    fn next(&mut self) -> Option<f32> {
        let sample = self.samples.get(self.at).copied();
        self.at += 1;
        sample
    }
}

/// See the module. Not bound to any device or clock.
#[derive(Default)]
pub struct Mixer {
    speech: VecDeque<Samples>,
    saying: Option<Playing>,
    pause: usize,
    signals: Vec<Playing>,
    gain: f32,
    /// Where the device's next sample lies between two of ours, for devices with another rate.
    phase: f64,
    between: (f32, f32),
}

impl Mixer {
    /// A mixer with nothing to play.
    pub fn new(gain: f32) -> Mixer {
        Mixer { gain, ..Mixer::default() }
    }

    /// Says these clips in place of what is being said.
    pub fn say(&mut self, clips: Vec<Samples>) {
        (self.speech, self.saying, self.pause) = (clips.into(), None, 0);
    }

    /// Nothing more is said; true when something was.
    pub fn hush(&mut self) -> bool {
        let spoke = self.speaks();
        self.say(Vec::new());
        spoke
    }

    /// Nothing at all is to be heard any more.
    pub fn clear(&mut self) {
        self.hush();
        self.signals.clear();
    }

    /// Adds a signal.
    pub fn signal(&mut self, samples: Samples) {
        self.signals.push(Playing { samples, at: 0 });
    }

    /// From now on this loud.
    pub fn set_gain(&mut self, gain: f32) {
        self.gain = gain;
    }

    /// Whether something is left to be said.
    pub fn speaks(&self) -> bool {
        self.saying.is_some() || !self.speech.is_empty()
    }

    /// Whether nothing is left to be heard.
    pub fn is_idle(&self) -> bool {
        !self.speaks() && self.signals.is_empty()
    }

    fn speech_sample(&mut self) -> f32 {
        if self.pause > 0 {
            self.pause -= 1;
            return 0.0;
        }
        if self.saying.is_none() {
            self.saying = self.speech.pop_front().map(|samples| Playing { samples, at: 0 });
        }
        let Some(playing) = &mut self.saying else { return 0.0 };
        if let Some(sample) = playing.next() {
            return sample;
        }
        self.saying = None;
        self.pause = if self.speech.is_empty() { 0 } else { PAUSE };
        0.0
    }

    fn sample(&mut self) -> f32 {
        let speech = self.speech_sample();
        let under = if self.signals.is_empty() { 1.0 } else { UNDER_A_SIGNAL };
        let mut signals = 0.0;
        self.signals.retain_mut(|playing| match playing.next() {
            Some(sample) => {
                signals += sample;
                true
            }
            None => false,
        });
        ((speech * under + signals) * self.gain).clamp(-1.0, 1.0)
    }

    /// The next sample for a device of `rate` samples a second.
    pub fn next(&mut self, rate: u32) -> f32 {
        self.phase += f64::from(RATE) / f64::from(rate.max(1));
        while self.phase >= 1.0 {
            self.phase -= 1.0;
            self.between = (self.between.1, self.sample());
        }
        let (from, to) = self.between;
        from + (to - from) * self.phase as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clip(level: f32, len: usize) -> Samples {
        vec![level; len].into()
    }

    fn heard(mixer: &mut Mixer, count: usize) -> Vec<f32> {
        (0..count).map(|_| mixer.next(RATE)).collect()
    }

    #[test]
    fn clips_follow_each_other_after_a_pause() {
        let mut mixer = Mixer::new(1.0);
        mixer.say(vec![clip(0.5, 10), clip(0.25, 10)]);
        let all = heard(&mut mixer, PAUSE + 40);
        assert_eq!(all.iter().filter(|s| **s == 0.5).count(), 10);
        assert_eq!(all.iter().filter(|s| **s == 0.25).count(), 10);
        let last_of_first = all.iter().rposition(|s| *s == 0.5).expect("the first");
        let first_of_second = all.iter().position(|s| *s == 0.25).expect("the second");
        assert!(first_of_second - last_of_first > PAUSE);
        assert!(mixer.is_idle());
    }

    #[test]
    fn saying_something_else_breaks_off_and_hush_ends() {
        let mut mixer = Mixer::new(1.0);
        mixer.say(vec![clip(0.5, 1000)]);
        heard(&mut mixer, 10);
        mixer.say(vec![clip(0.25, 1000)]);
        assert!(heard(&mut mixer, 10).iter().skip(1).all(|s| *s == 0.25));
        assert!(mixer.hush() && mixer.is_idle() && !mixer.hush());
        assert!(heard(&mut mixer, 10).iter().skip(1).all(|s| *s == 0.0));
    }

    #[test]
    fn a_signal_lies_over_speech_and_nothing_clips() {
        let mut mixer = Mixer::new(1.0);
        mixer.say(vec![clip(0.5, 1000)]);
        mixer.signal(clip(0.5, 10));
        let all = heard(&mut mixer, 30);
        assert!((all[5] - 0.7).abs() < 1e-6, "{}", all[5]);
        assert!((all[20] - 0.5).abs() < 1e-6, "{}", all[20]);
        mixer.signal(clip(1.0, 10));
        mixer.signal(clip(1.0, 10));
        assert!(heard(&mut mixer, 30).iter().all(|s| s.abs() <= 1.0));
        mixer.set_gain(0.5);
        assert!((heard(&mut mixer, 10)[9] - 0.25).abs() < 1e-6);
    }

    #[test]
    fn another_rate_keeps_the_length() {
        let mut mixer = Mixer::new(1.0);
        mixer.signal(clip(0.5, RATE as usize / 10));
        let mut count = 0;
        while !mixer.is_idle() {
            mixer.next(44_100);
            count += 1;
        }
        assert!((4_400..=4_420).contains(&count), "{count}");
    }
}
