//! Everything that is done with one frame, in the order that spares most work.

use tract_onnx::prelude::TractResult;

use crate::domain::face::Hint;
use crate::ports::Frame;

use super::detect::{Detector, Face};
use super::embed::{Embedder, Embedding};
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
    Poor(Hint, Face),
    /// One good face, and what would make it better still.
    Good(Face, Option<Hint>),
}

/// All networks with the buffers of one thread.
pub struct Analyzer {
    detector: Detector,
    embedder: Embedder,
    texture: Texture,
    landmarker: Landmarker,
}

impl Analyzer {
    /// An analyzer of its own thread.
    pub fn new(models: &Models) -> TractResult<Self> {
        Ok(Self {
            detector: Detector::new(models)?,
            embedder: Embedder::new(models)?,
            texture: Texture::new(models)?,
            landmarker: Landmarker::new(models)?,
        })
    }

    /// The largest face, with the best points that can be had; `None` when there is none.
    pub fn face(&mut self, frame: &Frame) -> TractResult<Option<Face>> {
        match self.detector.find(frame)?.first().copied() {
            Some(coarse) => Ok(Some(self.detector.refine(frame, &coarse)?.unwrap_or(coarse))),
            None => Ok(None),
        }
    }

    /// Looks for exactly one good face. `standing` is the hint shown now.
    pub fn look(&mut self, frame: &Frame, standing: Option<Hint>) -> TractResult<Looked> {
        let faces = self.detector.find(frame)?;
        if let Some(hint) = quality::judge_count(faces) {
            return Ok(Looked::NotOne(hint));
        }
        let Some(coarse) = faces.first().copied() else { return Ok(Looked::NotOne(Hint::NoFace)) };
        let Some(face) = self.detector.refine(frame, &coarse)? else { return Ok(Looked::NotOne(Hint::NoFace)) };
        if let Some(hint) = quality::judge(&quality::measure(frame, &face), standing) {
            return Ok(Looked::Poor(hint, face));
        }
        // A face that the detector sees and the landmarks do not is covered, and by a mask before all else.
        let Some(parts) = self.parts(frame, &face)? else { return Ok(Looked::Poor(Hint::Mask, face)) };
        Ok(match parts.hint(standing) {
            Some(hint) if !parts.usable(standing) => Looked::Poor(hint, face),
            advice => Looked::Good(face, advice),
        })
    }

    /// What quality is judged by, for the command line and tests.
    pub fn cues(&self, frame: &Frame, face: &Face) -> Cues {
        quality::measure(frame, face)
    }

    /// What hides parts of the face; `None` when its landmarks are not found.
    pub fn parts(&mut self, frame: &Frame, face: &Face) -> TractResult<Option<Parts>> {
        Ok(self.landmarker.find(frame, face)?.map(|points| parts::measure(frame, &points)))
    }

    /// The numbers of a face; `None` when its points cannot be aligned.
    pub fn embed(&mut self, frame: &Frame, face: &Face) -> TractResult<Option<Embedding>> {
        self.embedder.embed(frame, face)
    }

    /// The live probability of one frame by its texture, 0 to 1.
    pub fn texture(&mut self, frame: &Frame, face: &Face) -> TractResult<f32> {
        self.texture.live(frame, face)
    }

    /// Both at once; on two threads when `parallel`.
    pub fn embed_and_texture(
        &mut self,
        frame: &Frame,
        face: &Face,
        parallel: bool,
    ) -> TractResult<(Option<Embedding>, f32)> {
        let (embedder, texture) = (&mut self.embedder, &mut self.texture);
        if !parallel {
            return Ok((embedder.embed(frame, face)?, texture.live(frame, face)?));
        }
        std::thread::scope(|scope| {
            let beside = scope.spawn(|| texture.live(frame, face));
            let embedding = embedder.embed(frame, face)?;
            let texture = beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok((embedding, texture))
        })
    }

    /// Overwrites what is left of the last frame in the input buffers.
    pub fn wipe(&mut self) {
        self.detector.wipe();
        self.embedder.wipe();
        self.texture.wipe();
        self.landmarker.wipe();
    }
}
