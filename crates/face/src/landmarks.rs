//! 478 points of one face: MediaPipe's landmark network on a crop turned so that the eyes are level.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::motion::{POINTS, Shape};
use uketsuke_core::ports::Frame;
use uketsuke_nets::{RunResult, Runner};

use super::detect::Face;
use super::models::Models;
use super::sample::{Affine, Planes, sample_smoothly};

/// Points of a face.
pub const COUNT: usize = 478;

/// Side of the crop in sizes of the face box, as the network was trained.
const CROP: f32 = 1.5;

/// Logit of the network's own certainty that it sees a face; less is no face.
const LEAST_PRESENCE: f32 = 0.0;

/// Points by what they lie on; numbers are those of the network.
pub mod place {
    /// Right eye: outer and inner corner, two of the upper lid, the two below them.
    pub const RIGHT_EYE: [usize; 6] = [33, 133, 160, 158, 144, 153];
    /// Left eye, likewise.
    pub const LEFT_EYE: [usize; 6] = [263, 362, 387, 385, 373, 380];
    /// Corners of the mouth, right and left.
    pub const MOUTH: [usize; 2] = [61, 291];
    /// What only a turning head moves: eye corners, nose, cheeks, forehead, brows, temples; no lids, lips or chin.
    pub const SOLID: [usize; super::POINTS] =
        [33, 133, 362, 263, 1, 4, 6, 168, 197, 195, 98, 327, 50, 280, 10, 151, 9, 70, 105, 300, 334, 234, 454];
}

/// The points in frame pixels, depth in the same unit; wiped on drop.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Landmarks([(f32, f32, f32); COUNT]);

impl Landmarks {
    /// Point `n` in the frame; the origin for a number that is none.
    pub fn at(&self, n: usize) -> (f32, f32) {
        self.0.get(n).map_or((0.0, 0.0), |p| (p.0, p.1))
    }

    /// The points by which movement is judged.
    pub fn shape(&self) -> Shape {
        place::SOLID.map(|n| self.at(n))
    }

    /// How far the lids of an eye stand apart, over its width; the larger of two measures along the lid.
    /// About 0.3 wide open, below 0.1 closed.
    fn openness(&self, eye: [usize; 6]) -> f32 {
        let [outer, inner, upper_a, upper_b, lower_a, lower_b] = eye.map(|n| self.at(n));
        let distance = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1);
        (distance(upper_a, lower_a) + distance(upper_b, lower_b)) / (2.0 * distance(outer, inner).max(1e-3))
    }

    /// The openness of the more open eye: both must close to count as closed, and a turned head hides one.
    pub fn eyes_open(&self) -> f32 {
        self.openness(place::RIGHT_EYE).max(self.openness(place::LEFT_EYE))
    }
}

/// The network with its buffers.
pub struct Landmarker {
    network: Runner,
}

impl Landmarker {
    /// A landmarker of its own thread.
    pub fn new(models: &Models) -> RunResult<Self> {
        Ok(Self { network: models.landmarks.runner()? })
    }

    /// The points of `face`; `None` when the network sees no face there.
    pub fn find(&mut self, frame: &Frame, face: &Face) -> RunResult<Option<Landmarks>> {
        let (rows, columns) = self.network.size();
        let Some(map) = crop(face, rows, columns) else { return Ok(None) };
        let outputs = self.network.run(|input| {
            sample_smoothly(frame, &map, columns, Planes::Rgb, input);
            input.iter_mut().for_each(|value| *value /= 255.0);
        })?;
        let part = |n: usize| outputs.get(n).map_or(&[][..], Vec::as_slice);
        let (points, presence) = (part(0), part(1));
        let seen = presence.first().is_some_and(|logit| *logit > LEAST_PRESENCE);
        let scale = map.x[0].hypot(map.y[0]);
        let (points, _) = points.as_chunks::<3>();
        let Ok(points) = <&[[f32; 3]; COUNT]>::try_from(points) else { return Ok(None) };
        if !seen || points.iter().flatten().any(|value| !value.is_finite()) {
            return Ok(None);
        }
        Ok(Some(Landmarks(points.map(|[x, y, z]| {
            let (x, y) = map.apply(x, y);
            (x, y, z * scale)
        }))))
    }

    /// Runs the networks on what their inputs hold.
    pub fn networks_alone(&mut self) -> RunResult<()> {
        self.network.run(|_| ())?;
        Ok(())
    }

    /// Overwrites what is left of the last face.
    pub fn wipe(&mut self) {
        self.network.wipe();
    }
}

/// The square around the face, turned with its eyes; `None` when the eyes coincide.
fn crop(face: &Face, rows: usize, columns: usize) -> Option<Affine> {
    let [right, left, ..] = face.points;
    let (dx, dy) = (left.0 - right.0, left.1 - right.1);
    let eyes = dx.hypot(dy);
    if !(eyes.is_finite() && eyes > 1.0) {
        return None;
    }
    let side = face.width.max(face.height) * CROP;
    let (cos, sin) = (dx / eyes * side / columns as f32, dy / eyes * side / rows as f32);
    let (x, y) = face.centre();
    let (u, v) = (columns as f32 / 2.0, rows as f32 / 2.0);
    Some(Affine { x: [cos, -sin, x - cos * u + sin * v], y: [sin, cos, y - sin * u - cos * v] })
}
