//! One attempt: frames go in, hints and at last the evidence come out. No thread, no clock.

use std::collections::VecDeque;
use std::sync::Arc;

use tract_onnx::prelude::TractResult;

use crate::hint::SteadyHint;
use crate::motion::{self, Track};
use crate::turn::Turn;
use uketsuke_core::domain::face::{Evidence, GOOD_FRAMES, Hint};
use uketsuke_core::ports::Frame;

use super::analyzer::{Analyzer, Looked, Place, Seen};
use super::detect::Face;
use super::embed::Embedding;

/// Good frames after which a head that has not moved is taken for a picture: five seconds at 30 a second.
const STILL_LIMIT: u32 = 150;

/// Once enough frames are compared, only every so many-th good frame is, until the head has moved.
const SPARSE: u32 = 4;

/// Frames in a row with the very same pixels after which the picture is taken for frozen: no sensor repeats itself.
const FROZEN_LIMIT: u32 = 8;

/// Good frames without motion before the patient is asked to move.
const ASK_TO_MOVE_AFTER: u32 = 15;

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

/// The state of one attempt. The evidence is drawn from the last good frames of one face that was never lost
/// from sight; losing it starts anew, so that nobody can move for a picture or be swapped for one.
#[derive(Default)]
pub struct Attempt {
    /// The last compared frames: embedding and texture liveness.
    recent: VecDeque<(Embedding, f32)>,
    /// The one that was let go last: its memory serves the next frame.
    spare: Option<Embedding>,
    track: Track,
    turn: Option<Turn>,
    /// Where the face was, for the detector; `last_face` is what the evidence so far is of.
    place: Place,
    last_face: Option<Face>,
    last_frame: Option<Arc<Frame>>,
    frozen: u32,
    good: u32,
    seen: u32,
    steady: SteadyHint,
    counts: Vec<(Hint, u32)>,
}

impl Attempt {
    /// An attempt that also asks for `turn`.
    pub fn asking(turn: Option<Turn>) -> Self {
        Self { turn, ..Self::default() }
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
                self.asked_turn(seen.yaw).filter(|_| hint == Hint::LookHere).unwrap_or(hint)
            }
            Looked::Good(seen, advice) => self.good_frame(analyzer, frame, (seen, advice))?,
        };
        Ok(Step { hint: self.note(hint, now), progress: self.progress(), done: self.is_done() })
    }

    /// What the frames so far say against the portrait's `template`.
    pub fn evidence(&self, template: &Embedding) -> Evidence {
        let frames = self.recent.len();
        let score = template.cosine_with_mean(self.recent.iter().map(|(embedding, _)| embedding));
        let texture = self.recent.iter().fold(0.0, |sum, (_, live)| sum + live) / frames.max(1) as f32;
        Evidence {
            score: score.unwrap_or(0.0),
            liveness: if self.turned() { motion::liveness(texture, self.motion()) } else { 0.0 },
            good_frames: frames as u32,
            seen_frames: self.seen,
            main_hint: self.main_hint(),
        }
    }

    /// How surely the head moved, 0 to 1.
    pub fn motion(&self) -> f32 {
        if self.frozen >= FROZEN_LIMIT { 0.0 } else { self.track.motion() }
    }

    fn good_frame(
        &mut self,
        analyzer: &mut Analyzer,
        frame: &Frame,
        (seen, advice): (Seen, Option<Hint>),
    ) -> TractResult<Hint> {
        self.follow(&seen);
        self.good += 1;
        let turned_before = self.turned();
        let turn_hint = self.asked_turn(seen.yaw);
        let just_turned = self.turned() != turned_before;
        // The frame that completes the motion is always compared, so nobody can move first and be swapped then.
        let moved = self.motion() >= 1.0 && self.turned();
        let wanted = self.recent.len() < GOOD_FRAMES || moved || just_turned || self.good.is_multiple_of(SPARSE);
        if wanted && !self.compare(analyzer, frame, seen)? {
            return Ok(Hint::LookHere);
        }
        let too_still = self.good > ASK_TO_MOVE_AFTER && self.motion() < 1.0;
        let still = too_still.then_some(Hint::MoveALittle);
        Ok(turn_hint.or(still).or(advice).unwrap_or(Hint::HoldStill))
    }

    /// Adds the frame to the evidence; false when its points cannot be aligned.
    fn compare(&mut self, analyzer: &mut Analyzer, frame: &Frame, seen: Seen) -> TractResult<bool> {
        let mut embedding = self.spare.take().unwrap_or_else(|| analyzer.empty_embedding());
        let Some(texture) = analyzer.embed_and_texture(frame, &seen.face, &mut embedding)? else {
            self.spare = Some(embedding);
            return Ok(false);
        };
        let before = embedding.cosine_with_mean(self.recent.iter().map(|(embedding, _)| embedding));
        if before.is_some_and(|cosine| cosine < SAME_PERSON) {
            self.start_anew();
            self.follow(&seen);
        }
        if self.recent.len() == GOOD_FRAMES {
            self.spare = self.recent.pop_front().map(|(embedding, _)| embedding);
        }
        self.recent.push_back((embedding, texture));
        Ok(true)
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
        }
    }

    /// The asked turn sees the next frame, once enough frames are compared; what the patient is to do for it.
    fn asked_turn(&mut self, yaw: f32) -> Option<Hint> {
        let turn = self.turn.as_mut().filter(|_| self.recent.len() == GOOD_FRAMES)?;
        turn.see(yaw);
        turn.hint()
    }

    /// Whether no turn is asked for, or it is done.
    fn turned(&self) -> bool {
        self.turn.as_ref().is_none_or(Turn::is_done)
    }

    fn start_anew(&mut self) {
        self.recent.clear();
        self.track.clear();
        if let Some(turn) = self.turn.as_mut() {
            turn.restart();
        }
        self.last_face = None;
        self.good = 0;
    }

    /// Half of it is the frames to compare, half the motion; in steps that the eye can follow.
    fn progress(&self) -> u8 {
        let frames = self.recent.len() as f32 / GOOD_FRAMES as f32;
        let seen = (frames.clamp(0.0, 1.0) + self.motion().clamp(0.0, 1.0)) * 5.0;
        seen as u8 * 10
    }

    fn is_done(&self) -> bool {
        let gave_up = self.good >= STILL_LIMIT || self.frozen >= FROZEN_LIMIT;
        self.recent.len() == GOOD_FRAMES && (gave_up || self.motion() >= 1.0 && self.turned())
    }

    fn note(&mut self, hint: Hint, now: u64) -> Option<Hint> {
        match self.counts.iter_mut().find(|(counted, _)| *counted == hint) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((hint, 1)),
        }
        self.steady.next(hint, now)
    }

    fn main_hint(&self) -> Option<Hint> {
        let troubles = self.counts.iter().filter(|(hint, _)| *hint != Hint::HoldStill);
        troubles.max_by_key(|(_, count)| *count).map(|(hint, _)| *hint)
    }
}
