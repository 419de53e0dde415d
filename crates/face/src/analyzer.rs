//! Everything that is done with one frame, in the order that spares most work.

use crate::motion::Shape;
use uketsuke_core::domain::face::Hint;
use uketsuke_core::ports::Frame;
use uketsuke_nets::{RunResult, Threads};

use super::align;
use super::detect::{Detector, Face};
use super::embed::{Embedder, Embedding, Mean};
use super::landmarks::Landmarker;
use super::liveness::Texture;
use super::models::Models;
use super::parts::{self, Parts};
use super::quality::{self, Cues};

/// What a frame showed.
pub enum Looked {
    /// No face, or more than one.
    NotOne(Hint),
    /// One face that is not good enough to compare.
    Poor(Hint, Seen),
    /// One good face, and what would make it better still.
    Good(Seen, Option<Hint>),
}

/// A face and what movement is judged by.
#[derive(Clone, Copy)]
pub struct Seen {
    pub face: Face,
    /// Nose from the middle between the eyes, in eye distances; positive to the person's left.
    pub yaw: f32,
    /// How far the eyes are open and where the solid points lie; `None` where that was not looked at.
    pub shape: Option<(f32, Shape)>,
}

/// The whole picture is looked at in every so many-th frame; in between a face is looked for where it was. Somebody who
/// comes beside it is seen so much later: a tenth of a second at 30 frames a second.
const WHOLE_EVERY: u32 = 4;

/// Where the one face of the frame before was.
#[derive(Default, Clone, Copy)]
pub struct Place {
    last: Option<Face>,
    /// Frames since the whole picture was looked at.
    since: u32,
}

/// All networks with the buffers of one thread.
pub struct Analyzer {
    detector: Detector,
    embedder: Embedder,
    texture: Texture,
    landmarker: Landmarker,
    /// Two threads; without it the caller does everything.
    threads: Threads,
}

impl Analyzer {
    /// An analyzer that works on the thread of its caller alone.
    pub fn new(models: &Models) -> RunResult<Self> {
        Self::with_threads(models, 1)
    }

    /// An analyzer that may use so many threads; more than two are of no use to it.
    pub fn with_threads(models: &Models, threads: usize) -> RunResult<Self> {
        Ok(Self {
            threads: Threads::new("face", threads)?,
            detector: Detector::new(models)?,
            embedder: Embedder::new(models)?,
            texture: Texture::new(models)?,
            landmarker: Landmarker::new(models)?,
        })
    }

    /// The face that a picture of one person is about, large and near the middle, with the best points that can be had;
    /// `None` when there is none.
    pub fn face(&mut self, frame: &Frame) -> RunResult<Option<Face>> {
        let detector = &mut self.detector;
        self.threads.spread(|| {
            let weight = |face: &Face| prominence(frame, face);
            let faces = detector.find(frame)?;
            let surest = faces.iter().map(|face| face.score).fold(0.0, f32::max);
            let sure = faces.iter().filter(|face| face.score > surest - DOUBTFUL);
            let foremost = sure.max_by(|a, b| weight(a).total_cmp(&weight(b)));
            match foremost.copied() {
                Some(coarse) => Ok(Some(detector.refine(frame, &coarse)?.unwrap_or(coarse))),
                None => Ok(None),
            }
        })
    }

    /// The one face of a frame, looked for first where it was in the frame before, else what is wrong.
    pub fn follow(&mut self, frame: &Frame, place: &mut Place) -> RunResult<Result<Face, Hint>> {
        let detector = &mut self.detector;
        let Place { last, since } = std::mem::take(place);
        self.threads.spread(|| {
            if let Some(last) = last.filter(|_| since + 1 < WHOLE_EVERY)
                && let Some(face) = detector.follow(frame, &last, quality::SECOND_FACE)?
            {
                *place = Place { last: Some(face), since: since + 1 };
                return Ok(Ok(face));
            }
            let faces = detector.find(frame)?;
            if let Some(hint) = quality::judge_count(faces) {
                return Ok(Err(hint));
            }
            let Some(coarse) = faces.first().copied() else { return Ok(Err(Hint::NoFace)) };
            let Some(face) = detector.refine(frame, &coarse)? else { return Ok(Err(Hint::NoFace)) };
            *place = Place { last: Some(face), since: 0 };
            Ok(Ok(face))
        })
    }

    /// Looks for exactly one good face. `standing` is the hint shown now, `place` where the face was in the frame before.
    pub fn look(&mut self, frame: &Frame, standing: Option<Hint>, place: &mut Place) -> RunResult<Looked> {
        let face = match self.follow(frame, place)? {
            Ok(face) => face,
            Err(hint) => return Ok(Looked::NotOne(hint)),
        };
        let cues = quality::measure(frame, &face);
        let mut seen = Seen { face, yaw: cues.yaw, shape: None };
        let hint = quality::judge(&cues, standing);
        // Light that could be better makes a match less sure, not worthless.
        let (light, poor) = match hint {
            Some(Hint::TooDark | Hint::TooBright | Hint::Backlit) => (hint, None),
            poor => (None, poor),
        };
        // A head turned away is no frame to compare but the best proof of a head; in bad light points wander.
        if let Some(hint) = poor.filter(|hint| !matches!(hint, Hint::LookHere | Hint::Tilted)) {
            return Ok(Looked::Poor(hint, seen));
        }
        let landmarker = &mut self.landmarker;
        let points = self.threads.spread(|| landmarker.find(frame, &face))?;
        seen.shape = points.as_ref().map(|points| (points.eyes_open(), points.shape()));
        if let Some(hint) = poor {
            return Ok(Looked::Poor(hint, seen));
        }
        // A face that the detector sees and the landmarks do not is covered, and by a mask before all else.
        let Some(points) = points else { return Ok(Looked::Poor(Hint::Mask, seen)) };
        let parts = parts::measure(frame, &points);
        Ok(match parts.hint(standing) {
            Some(hint) if !parts.usable(standing) => Looked::Poor(hint, seen),
            advice => Looked::Good(seen, light.or(advice)),
        })
    }

    /// What quality is judged by, for the command line and tests.
    pub fn cues(&self, frame: &Frame, face: &Face) -> Cues {
        quality::measure(frame, face)
    }

    /// How far the eyes are open and where the solid points lie, for the command line.
    pub fn shape(&mut self, frame: &Frame, face: &Face) -> RunResult<Option<(f32, Shape)>> {
        Ok(self.landmarker.find(frame, face)?.map(|points| (points.eyes_open(), points.shape())))
    }

    /// What hides parts of the face; `None` when its landmarks are not found.
    pub fn parts(&mut self, frame: &Frame, face: &Face) -> RunResult<Option<Parts>> {
        Ok(self.landmarker.find(frame, face)?.map(|points| parts::measure(frame, &points)))
    }

    /// The numbers of a face; `None` when its points cannot be aligned.
    pub fn embed(&mut self, frame: &Frame, face: &Face) -> RunResult<Option<Embedding>> {
        let mut embedding = self.embedder.empty();
        let (mut first, mut others) = self.embedder.split(&mut embedding);
        let (first, others) = self.threads.both(|| first.embed(frame, face), || others.embed(frame, face));
        Ok((first? && others?).then_some(embedding))
    }

    /// The numbers of the face that a portrait is about, the mean of several looks at it; `None` when there is none.
    pub fn template(&mut self, portrait: &Frame) -> RunResult<Option<Embedding>> {
        let Some(face) = self.face(portrait)? else { return Ok(None) };
        let mut mean = Mean::new(self.embedder.empty());
        for look in align::looks(&face) {
            if let Some(numbers) = self.embed(portrait, &look)? {
                mean.add(&numbers, 1.0);
            }
        }
        Ok(mean.direction())
    }

    /// The live probability of one frame by its texture, 0 to 1.
    pub fn texture(&mut self, frame: &Frame, face: &Face) -> RunResult<f32> {
        self.texture.live(frame, face)
    }

    /// Writes the numbers of `face` into `embedding` and gives the live probability; `None` when the points cannot be
    /// aligned. With a second thread the first recogniser runs beside everything else.
    pub fn embed_and_texture(
        &mut self,
        frame: &Frame,
        face: &Face,
        embedding: &mut Embedding,
    ) -> RunResult<Option<f32>> {
        let texture = &mut self.texture;
        let (mut first, mut others) = self.embedder.split(embedding);
        let beside = || RunResult::Ok((others.embed(frame, face)?, texture.live(frame, face)?));
        let (first, beside) = self.threads.both(|| first.embed(frame, face), beside);
        let (others, live) = beside?;
        Ok((first? && others).then_some(live))
    }

    /// Room for the numbers of a face.
    pub fn empty_embedding(&self) -> Embedding {
        self.embedder.empty()
    }

    /// Runs every network once on what its input holds, and nothing else: what the network runtime alone takes.
    pub fn networks_alone(&mut self) -> RunResult<()> {
        self.detector.networks_alone()?;
        self.embedder.networks_alone()?;
        self.texture.networks_alone()?;
        self.landmarker.networks_alone()
    }

    /// Overwrites what is left of the last frame in the input buffers.
    pub fn wipe(&mut self) {
        self.detector.wipe();
        self.embedder.wipe();
        self.texture.wipe();
        self.landmarker.wipe();
    }
}

/// How far below the surest face of a picture another one's score may lie, for it to be one at all.
const DOUBTFUL: f32 = 0.2;

/// The area of a face, less by its distance from the middle of the frame; nothing in a corner.
fn prominence(frame: &Frame, face: &Face) -> f32 {
    let (right, down) = (frame.width() as f32 / 2.0, frame.height() as f32 / 2.0);
    let (x, y) = face.centre();
    face.width * face.height * (1.0 - (x - right).hypot(y - down) / right.hypot(down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_faces_of_one_size_the_one_in_the_middle_is_meant() {
        let frame = Frame::new(200, 200, vec![0; 200 * 200 * 3]).expect("a frame");
        let none = Default::default();
        let face = |left, top, width| Face { left, top, width, height: width, points: none, close: none, score: 0.9 };
        let weight = |face: Face| prominence(&frame, &face);
        assert!(weight(face(70.0, 70.0, 60.0)) > weight(face(138.0, 60.0, 62.0)));
        assert!(weight(face(40.0, 40.0, 110.0)) > weight(face(85.0, 85.0, 30.0)));
    }
}
