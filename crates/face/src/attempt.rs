//! One attempt: frames go in, hints and at last the evidence come out. No thread, no clock.

use std::sync::Arc;
use std::time::Duration;

use tract_onnx::prelude::TractResult;

use crate::hint::SteadyHint;
use crate::motion::Track;
use crate::turn::{Side, Turn};
use uketsuke_core::domain::face::{Evidence, GOOD_FRAMES, Hint, Rule, Signs, Verdict, judge};
use uketsuke_core::ports::Frame;

use super::analyzer::{Analyzer, Looked, Place, Seen};
use super::detect::Face;
use super::embed::{Embedding, Mean};

/// Frames in a row with the very same pixels after which the picture is taken for frozen: no sensor repeats itself.
const FROZEN_LIMIT: u32 = 8;

/// Boxes of one face in two frames overlap at least so much; less means that the face was changed or lost.
const SAME_PLACE: f32 = 0.2;

/// Cosine of a frame with the mean of those before it; less means that somebody else stepped in.
const SAME_PERSON: f32 = 0.4;

/// What one frame changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// A new hint to show.
    pub hint: Option<Hint>,
    /// How much of what is needed was seen, in percent.
    pub progress: u8,
    /// Nothing more is needed.
    pub done: bool,
}

/// The state of one attempt. The evidence is drawn from the good frames of one face that was never lost from sight; losing
/// it starts anew, so that nobody can move for a picture or be swapped for one.
pub struct Attempt {
    rule: Rule,
    template: Embedding,
    /// The face in all good frames, and the one of the last.
    mean: Mean,
    last: Embedding,
    /// Sum of the frames' texture liveness.
    texture: f32,
    track: Track,
    /// What was seen once of this face stays seen.
    parallax: bool,
    flat: bool,
    turn: Turn,
    asked: bool,
    /// The time for a turn was given; a face that is lost and found does not get it again.
    granted: bool,
    /// Where the face was, for the detector; `last_face` is what the evidence so far is of.
    place: Place,
    last_face: Option<Face>,
    last_frame: Option<Arc<Frame>>,
    frozen: u32,
    seen: u32,
    /// Since when the time to a refusal runs: the first good frame, or the turn that was asked for. Losing the face does not
    /// set it back, so that a picture held unsteadily is refused as soon as one held still.
    since: Option<u64>,
    steady: SteadyHint,
    counts: Vec<(Hint, u32)>,
}

impl Attempt {
    /// An attempt by `rule` against `template`, which asks for a turn to `side` where liveness needs one.
    pub fn new(rule: Rule, template: Embedding, side: Side, analyzer: &Analyzer) -> Self {
        let (mean, last) = (Mean::new(analyzer.empty_embedding()), analyzer.empty_embedding());
        Self {
            rule,
            template,
            mean,
            last,
            texture: 0.0,
            track: Track::default(),
            parallax: false,
            flat: false,
            turn: Turn::new(side),
            asked: false,
            granted: false,
            place: Place::default(),
            last_face: None,
            last_frame: None,
            frozen: 0,
            seen: 0,
            since: None,
            steady: SteadyHint::default(),
            counts: Vec::new(),
        }
    }

    /// Looks at the next frame, seen at `now` (milliseconds of any monotonic clock).
    pub fn step(&mut self, analyzer: &mut Analyzer, frame: &Arc<Frame>, now: u64) -> TractResult<Step> {
        self.seen += 1;
        let same = self.last_frame.as_ref().is_some_and(|last| last.rgb() == frame.rgb());
        self.frozen = if same { self.frozen + 1 } else { 0 };
        self.last_frame = Some(frame.clone());
        let hint = match analyzer.look(frame, self.steady.shown(), &mut self.place)? {
            Looked::NotOne(hint) => {
                self.start_anew();
                hint
            }
            Looked::Poor(hint, seen) => {
                self.follow(&seen);
                self.asked_turn(seen.yaw, now).filter(|_| hint == Hint::LookHere).unwrap_or(hint)
            }
            Looked::Good(seen, advice) => self.good_frame(analyzer, frame, (seen, advice), now)?,
        };
        Ok(Step { hint: self.note(hint, now), progress: self.progress(now), done: self.is_done(now) })
    }

    /// What the frames so far say.
    pub fn evidence(&self) -> Evidence {
        Evidence {
            score: self.mean.cosine(&self.template).unwrap_or(0.0),
            liveness: self.rule.liveness(&self.signs()),
            good_frames: self.mean.count(),
            seen_frames: self.seen,
            main_hint: self.main_hint(),
        }
    }

    fn signs(&self) -> Signs {
        Signs {
            texture: self.texture / self.mean.count().max(1) as f32,
            parallax: self.parallax,
            flat: self.flat,
            blinked: self.track.blinked(),
            turned: self.asked && self.turn.is_done(),
            frozen: self.frozen >= FROZEN_LIMIT,
        }
    }

    fn good_frame(
        &mut self,
        analyzer: &mut Analyzer,
        frame: &Frame,
        (seen, advice): (Seen, Option<Hint>),
        now: u64,
    ) -> TractResult<Hint> {
        self.follow(&seen);
        let Some(texture) = analyzer.embed_and_texture(frame, &seen.face, &mut self.last)? else {
            return Ok(Hint::LookHere);
        };
        if self.mean.cosine(&self.last).is_some_and(|cosine| cosine < SAME_PERSON) {
            self.start_anew();
            self.follow(&seen);
        }
        self.mean.add(&self.last, 1.0);
        self.texture += texture;
        self.since.get_or_insert(now);
        Ok(self.asked_turn(seen.yaw, now).or(advice).unwrap_or(Hint::KeepLooking))
    }

    /// Adds to the movement; starts anew when the face cannot be the one of the frame before.
    fn follow(&mut self, seen: &Seen) {
        if self.last_face.is_some_and(|last| last.overlap(&seen.face) < SAME_PLACE) {
            self.start_anew();
        }
        self.last_face = Some(seen.face);
        if let Some((eyes_open, shape)) = seen.shape {
            self.track.push(shape);
            self.track.see_eyes(eyes_open);
            self.parallax |= self.track.motion() >= 1.0;
            self.flat |= self.track.is_flat();
        }
    }

    /// Asks for a turn once enough frames leave liveness in doubt; what the patient is to do for it.
    fn asked_turn(&mut self, yaw: f32, now: u64) -> Option<Hint> {
        if !self.has_enough() || !self.rule.needs_an_act(&self.signs()) {
            return None;
        }
        self.asked = true;
        if !std::mem::replace(&mut self.granted, true) {
            self.since = Some(now);
        }
        self.turn.see(yaw);
        self.turn.hint()
    }

    fn has_enough(&self) -> bool {
        self.mean.count() as usize >= GOOD_FRAMES
    }

    fn start_anew(&mut self) {
        self.mean.clear();
        self.texture = 0.0;
        self.track.clear();
        (self.parallax, self.flat, self.asked) = (false, false, false);
        self.turn.restart();
        self.last_face = None;
    }

    /// Six tenths are the frames that are needed at least, the rest the time that is left; in steps the eye can follow.
    fn progress(&self, now: u64) -> u8 {
        let frames = (self.mean.count() as f32 / GOOD_FRAMES as f32).min(1.0);
        let time = self.waited(now).div_duration_f32(self.rule.refuse_after);
        (frames * 6.0 + time.clamp(0.0, 1.0) * 3.0) as u8 * 10
    }

    fn waited(&self, now: u64) -> Duration {
        self.since.map_or(Duration::ZERO, |since| Duration::from_millis(now.saturating_sub(since)))
    }

    /// Done as soon as it is a match; else more frames help until it is time to refuse.
    fn is_done(&self, now: u64) -> bool {
        let matched = || judge(&self.evidence(), &self.rule).verdict == Verdict::Match;
        let late = self.waited(now) >= self.rule.refuse_after || self.frozen >= FROZEN_LIMIT;
        self.has_enough() && (late || matched())
    }

    fn note(&mut self, hint: Hint, now: u64) -> Option<Hint> {
        match self.counts.iter_mut().find(|(counted, _)| *counted == hint) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((hint, 1)),
        }
        self.steady.next(hint, now)
    }

    fn main_hint(&self) -> Option<Hint> {
        let troubles = self.counts.iter().filter(|(hint, _)| *hint != Hint::KeepLooking);
        troubles.max_by_key(|(_, count)| *count).map(|(hint, _)| *hint)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::models::Models;
    use super::super::pack::{Pack, PackChoice};
    use super::super::picture::open_picture;
    use super::super::portrait;
    use super::*;

    /// Milliseconds from one frame to the next.
    const BEAT: u64 = 100;

    #[test]
    fn a_face_that_is_lost_again_and_again_is_refused_in_time() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let choice = PackChoice { models: Some(home.join("models")), ..PackChoice::default() };
        let pack = Pack::open(&choice).expect("the pack");
        let mut analyzer = Analyzer::new(&Models::load(&pack).expect("the networks")).expect("an analyzer");
        let card = portrait::decode(&std::fs::read(home.join("assets/people/p02/portrait.jp2")).expect("a portrait"));
        let template = analyzer.template(&card.expect("a picture")).expect("a run").expect("a face");
        let clip: Vec<Arc<Frame>> = (0..10)
            .map(|at| open_picture(&home.join(format!("assets/people/p01/clip/{at:03}.jpg"))).expect("a frame"))
            .map(Arc::new)
            .collect();
        let empty = Arc::new(Frame::new(640, 480, vec![90; 640 * 480 * 3]).expect("a frame"));

        let rule = pack.rule(Rule::default());
        let mut attempt = Attempt::new(rule, template, Side::Left, &analyzer);
        let refused = (0..150).find(|beat| {
            // Eight frames of somebody else, then two of nobody.
            let frame = clip.get((beat % 10) as usize).filter(|_| beat % 10 < 8).unwrap_or(&empty);
            attempt.step(&mut analyzer, frame, beat * BEAT).expect("a run").done
        });
        let refused = refused.map(|beat| Duration::from_millis(beat * BEAT));
        assert!(judge(&attempt.evidence(), &rule).verdict != Verdict::Match);
        let longest = rule.refuse_after + Duration::from_secs(2);
        assert!(refused.is_some_and(|at| at <= longest), "refused after {refused:?}");
    }
}
