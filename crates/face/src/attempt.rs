//! One attempt: frames go in, hints and at last the evidence come out. No thread, no clock.

use std::sync::Arc;
use std::time::Duration;

use crate::hint::SteadyHint;
use crate::motion::Track;
use crate::surroundings::Surroundings;
use crate::turn::{Side, Turn};
use uketsuke_core::domain::face::{Evidence, GOOD_FRAMES, Hint, Rule, Signs, Verdict, judge};
use uketsuke_core::ports::Frame;
use uketsuke_nets::RunResult;

use super::analyzer::{Analyzer, Looked, Place, Seen};
use super::detect::Face;
use super::embed::{Embedding, Mean};

/// Frames in a row with the very same pixels after which the picture is taken for frozen: no sensor repeats itself.
const FROZEN_LIMIT: u32 = 8;

/// Boxes of one face in two frames overlap at least so much; less means that the face was changed or lost.
const SAME_PLACE: f32 = 0.2;

/// Cosine of a frame with the mean of those before it; less means that somebody else stepped in.
const SAME_PERSON: f32 = 0.4;

/// Fewest pictures from where the time to a refusal runs: a machine that gets fewer than two a second is given longer.
const LEAST_PICTURES: u32 = 2 * GOOD_FRAMES as u32;

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
    around: Surroundings,
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
    /// Since when the time to a refusal runs. Losing the face does not set it back, so that a picture held unsteadily is refused
    /// as soon as one held still.
    since: Option<Since>,
    steady: SteadyHint,
    counts: Vec<(Hint, u32)>,
}

/// The first face at its place, or the turn that was asked for.
#[derive(Clone, Copy)]
struct Since {
    /// By the clock of the attempt.
    time: u64,
    /// Frames that were seen before.
    seen: u32,
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
            around: Surroundings::default(),
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
    pub fn step(&mut self, analyzer: &mut Analyzer, frame: &Arc<Frame>, now: u64) -> RunResult<Step> {
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
                self.follow(frame, &seen);
                if hint.is_of_quality() {
                    self.at_its_place(now);
                }
                self.asked_turn(seen.yaw, now).filter(|_| hint == Hint::LookHere).unwrap_or(hint)
            }
            Looked::Good(seen, advice) => self.good_frame(analyzer, frame, (seen, advice), now)?,
        };
        let done = self.outcome(&self.template, now).is_some();
        Ok(Step { hint: self.note(hint, now), progress: self.progress(now), done })
    }

    /// What the frames so far say.
    pub fn evidence(&self) -> Evidence {
        self.evidence_against(&self.template)
    }

    /// The evidence at `now`, had the card this template; `None` while more frames help. Nothing else of an attempt depends
    /// on the template, so that one attempt tells the end of those with other cards too.
    pub fn outcome(&self, template: &Embedding, now: u64) -> Option<Evidence> {
        let evidence = self.evidence_against(template);
        let over = self.is_late(now) || self.has_enough() && self.frozen >= FROZEN_LIMIT;
        (over || judge(&evidence, &self.rule).verdict == Verdict::Match).then_some(evidence)
    }

    fn evidence_against(&self, template: &Embedding) -> Evidence {
        Evidence {
            score: self.mean.cosine(template).unwrap_or(0.0),
            liveness: self.rule.liveness(&self.signs()),
            good_frames: self.mean.count(),
            seen_frames: self.seen,
            main_hint: self.main_hint(),
        }
    }

    /// What the frames so far say of life.
    pub fn signs(&self) -> Signs {
        Signs {
            texture: self.texture / self.mean.count().max(1) as f32,
            parallax: self.parallax,
            flat: self.flat,
            blinked: self.track.blinked(),
            carried: self.around.are_carried(),
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
    ) -> RunResult<Hint> {
        self.follow(frame, &seen);
        self.at_its_place(now);
        let Some(texture) = analyzer.embed_and_texture(frame, &seen.face, &mut self.last)? else {
            return Ok(Hint::LookHere);
        };
        if self.mean.cosine(&self.last).is_some_and(|cosine| cosine < SAME_PERSON) {
            self.start_anew();
            self.follow(frame, &seen);
        }
        self.mean.add(&self.last, 1.0);
        self.texture += texture;
        Ok(self.asked_turn(seen.yaw, now).or(advice).unwrap_or(Hint::KeepLooking))
    }

    /// Adds to the movement; starts anew when the face cannot be the one of the frame before.
    fn follow(&mut self, frame: &Frame, seen: &Seen) {
        if self.last_face.is_some_and(|last| last.overlap(&seen.face) < SAME_PLACE) {
            self.start_anew();
        }
        self.last_face = Some(seen.face);
        self.around.see(frame, &seen.face);
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
            self.since = Some(Since { time: now, seen: self.seen });
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
        self.around.clear();
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

    /// A face that could be compared as soon as it is seen better: from here on a refusal comes in time.
    fn at_its_place(&mut self, now: u64) {
        self.since.get_or_insert(Since { time: now, seen: self.seen });
    }

    fn waited(&self, now: u64) -> Duration {
        self.since.map_or(Duration::ZERO, |since| Duration::from_millis(now.saturating_sub(since.time)))
    }

    fn is_late(&self, now: u64) -> bool {
        let pictures = self.since.map_or(0, |since| self.seen - since.seen);
        self.waited(now) >= self.rule.refuse_after && pictures >= LEAST_PICTURES
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
    const BEAT: u64 = 200;

    /// An analyzer, the template of p02's card, eight frames of p01 and one of nobody.
    fn room() -> (Rule, Analyzer, Embedding, Vec<Arc<Frame>>, Arc<Frame>) {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let choice = PackChoice { models: Some(home.join("models")), ..PackChoice::default() };
        let pack = Pack::open(&choice).expect("the pack");
        let mut analyzer = Analyzer::new(&Models::load(&pack).expect("the networks")).expect("an analyzer");
        let card = portrait::decode(&std::fs::read(home.join("assets/people/p02/portrait.jp2")).expect("a portrait"));
        let template = analyzer.template(&card.expect("a picture")).expect("a run").expect("a face");
        let clip = (0..8)
            .map(|at| open_picture(&home.join(format!("assets/people/p01/clip/{at:03}.jpg"))).expect("a frame"))
            .map(Arc::new)
            .collect();
        let empty = Arc::new(Frame::new(640, 480, vec![90; 640 * 480 * 3]).expect("a frame"));
        (pack.rule(Rule::default()), analyzer, template, clip, empty)
    }

    #[test]
    fn a_face_that_is_lost_again_and_again_is_refused_in_time() {
        let (rule, mut analyzer, template, clip, empty) = room();
        // So many frames of somebody else, then two of nobody: with three the five good ones never come together.
        for shown in [8, 3] {
            let mut attempt = Attempt::new(rule, template.clone(), Side::Left, &analyzer);
            let refused = (0..75).find(|beat| {
                let frame = clip.get(beat % (shown + 2)).filter(|_| beat % (shown + 2) < shown).unwrap_or(&empty);
                attempt.step(&mut analyzer, frame, *beat as u64 * BEAT).expect("a run").done
            });
            let refused = refused.map(|beat| Duration::from_millis(beat as u64 * BEAT));
            assert!(judge(&attempt.evidence(), &rule).verdict != Verdict::Match);
            assert!(refused.is_some_and(|at| at < Duration::from_secs(5)), "{shown}: refused after {refused:?}");
        }
    }

    #[test]
    fn whoever_is_not_at_the_place_yet_is_waited_for_and_so_is_a_slow_machine() {
        let (rule, mut analyzer, template, clip, empty) = room();
        let mut attempt = Attempt::new(rule, template.clone(), Side::Left, &analyzer);
        let small = image::imageops::thumbnail(
            &image::RgbImage::from_raw(640, 480, clip[0].rgb().to_vec()).expect("a picture"),
            160,
            120,
        );
        let mut wall = image::RgbImage::from_pixel(640, 480, image::Rgb([90; 3]));
        image::imageops::overlay(&mut wall, &small, 240, 180);
        let far = Arc::new(Frame::new(640, 480, wall.into_raw()).expect("a frame"));
        for (beat, frame) in [&empty, &far].into_iter().cycle().take(40).enumerate() {
            let step = attempt.step(&mut analyzer, frame, beat as u64 * BEAT).expect("a run");
            assert!(!step.done, "refused after {beat} frames");
        }
        let mut slow = Attempt::new(rule, template, Side::Left, &analyzer);
        let refused = (0..).find(|n| slow.step(&mut analyzer, &clip[n % 8], *n as u64 * 1_000).expect("a run").done);
        assert_eq!(refused, Some(LEAST_PICTURES as usize));
    }
}
