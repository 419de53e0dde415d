//! Faces and their five points: YuNet, coarse on the whole picture, then fine on a crop around a face. A face that was
//! there a frame before is looked for where it was, which spares the look at the whole picture.

use uketsuke_core::ports::Frame;
use uketsuke_nets::{RunResult, Runner};

use super::models::Models;
use super::sample::{Affine, Planes, sample_smoothly};

/// Candidates below this are noise.
const LEAST_SCORE: f32 = 0.6;

/// Two boxes that overlap more than this are one face.
const SAME_FACE: f32 = 0.3;

/// Side of the fine crop in face sizes: leaves the face about 160 of 320 pixels, where the network is at its best.
const CROP: f32 = 2.0;

/// The same for the rough second look at a face that is followed: about as large in its picture as on the whole one.
const ROUGH_CROP: f32 = 1.6;

/// Side of that look's picture; the network takes any multiple of 32.
pub(super) const ROUGH_SIDE: usize = 160;

/// What the points of the rougher look count beside those of the crop.
const ROUGH_SHARE: f32 = 1.0 / 3.0;

/// Cell sizes of the network's three output grids.
const STRIDES: [usize; 3] = [8, 16, 32];

/// A face in frame pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    pub width: f32,
    pub height: f32,
    /// Right eye, left eye, nose, right and left corner of the mouth; the person's own right comes first.
    pub points: [(f32, f32); 5],
    /// The same as the closest look alone saw them: how a head is held shows best there.
    pub close: [(f32, f32); 5],
    /// How sure the detector is, 0 to 1.
    pub score: f32,
}

impl Face {
    /// The middle of the box.
    pub fn centre(&self) -> (f32, f32) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    /// Intersection over union with another box.
    pub fn overlap(&self, other: &Face) -> f32 {
        let across = (self.left + self.width).min(other.left + other.width) - self.left.max(other.left);
        let down = (self.top + self.height).min(other.top + other.height) - self.top.max(other.top);
        let shared = across.max(0.0) * down.max(0.0);
        let together = self.width * self.height + other.width * other.height - shared;
        if together > 0.0 { shared / together } else { 0.0 }
    }

    fn mapped(mut self, map: &Affine) -> Self {
        let (left, top) = map.apply(self.left, self.top);
        let scale = map.x[0];
        self.points = self.points.map(|(x, y)| map.apply(x, y));
        self.close = self.points;
        Self { left, top, width: self.width * scale, height: self.height * scale, ..self }
    }
}

/// The looks of the detector with their buffers.
pub struct Detector {
    coarse: Runner,
    fine: Runner,
    rough: Runner,
    candidates: Vec<Face>,
}

impl Detector {
    /// A detector of its own thread.
    pub fn new(models: &Models) -> RunResult<Self> {
        Ok(Self {
            coarse: models.detect_coarse.runner()?,
            fine: models.detect_fine.runner()?,
            rough: models.detect_rough.runner()?,
            candidates: Vec::new(),
        })
    }

    /// All faces in the frame, largest first; boxes are good to a few pixels, points are rough.
    pub fn find(&mut self, frame: &Frame) -> RunResult<&[Face]> {
        let (rows, columns) = self.coarse.size();
        let (width, height) = (frame.width() as f32, frame.height() as f32);
        let scale = (width / columns as f32).max(height / rows as f32);
        let map = Affine::rectangle(0.0, 0.0, scale * columns as f32, scale * rows as f32, columns, rows);
        run(&mut self.coarse, frame, &map, &mut self.candidates)?;
        let area = |face: &Face| face.width * face.height;
        self.candidates.sort_unstable_by(|a, b| area(b).total_cmp(&area(a)));
        Ok(&self.candidates)
    }

    /// The same face with points good enough to align; `None` when the close look shows no face there.
    pub fn refine(&mut self, frame: &Frame, face: &Face) -> RunResult<Option<Face>> {
        look_around(&mut self.fine, frame, face, CROP, &mut self.candidates)?;
        Ok(nearest(&self.candidates, face).map(|close| Face { points: evened(&close.points, &face.points), ..close }))
    }

    /// The face that was at `last` in the frame before, with points as good; `None` when it is not there any more, or
    /// when another one of at least `beside` times its height is near it.
    pub fn follow(&mut self, frame: &Frame, last: &Face, beside: f32) -> RunResult<Option<Face>> {
        look_around(&mut self.fine, frame, last, CROP, &mut self.candidates)?;
        let Some(close) = nearest(&self.candidates, last) else { return Ok(None) };
        if self.candidates.iter().any(|other| *other != close && other.height >= beside * close.height) {
            return Ok(None);
        }
        look_around(&mut self.rough, frame, &close, ROUGH_CROP, &mut self.candidates)?;
        let rough = nearest(&self.candidates, &close).unwrap_or(close);
        Ok(Some(Face { points: evened(&close.points, &rough.points), ..close }))
    }

    /// Runs the networks on what their inputs hold.
    pub fn networks_alone(&mut self) -> RunResult<()> {
        self.coarse.run(|_| ())?;
        self.fine.run(|_| ())?;
        self.rough.run(|_| ())?;
        Ok(())
    }

    /// Overwrites what is left of the last picture.
    pub fn wipe(&mut self) {
        self.coarse.wipe();
        self.fine.wipe();
        self.rough.wipe();
        self.candidates.clear();
    }
}

/// Candidates on a square of `times` the face around it.
fn look_around(network: &mut Runner, frame: &Frame, face: &Face, times: f32, faces: &mut Vec<Face>) -> RunResult<()> {
    let (rows, columns) = network.size();
    let side = (face.width.max(face.height) * times).max(16.0);
    let (x, y) = face.centre();
    let map = Affine::rectangle(x - side / 2.0, y - side / 2.0, side, side, columns, rows);
    run(network, frame, &map, faces)
}

/// The candidate in the place of `face`.
fn nearest(candidates: &[Face], face: &Face) -> Option<Face> {
    let same = candidates.iter().filter(|candidate| candidate.overlap(face) > SAME_FACE);
    same.max_by(|a, b| a.overlap(face).total_cmp(&b.overlap(face))).copied()
}

fn run(network: &mut Runner, frame: &Frame, map: &Affine, faces: &mut Vec<Face>) -> RunResult<()> {
    let (_, columns) = network.size();
    let outputs = network.run(|input| sample_smoothly(frame, map, columns, Planes::Bgr, input))?;
    faces.clear();
    for (level, stride) in STRIDES.into_iter().enumerate() {
        let part = |kind: usize| outputs.get(kind * STRIDES.len() + level).map_or(&[][..], Vec::as_slice);
        let grid = Grid { class: part(0), object: part(1), boxes: part(2), points: part(3) };
        decode(&grid, stride, columns / stride, faces);
    }
    suppress(faces);
    faces.iter_mut().for_each(|face| *face = face.mapped(map));
    Ok(())
}

/// The four outputs of one grid.
struct Grid<'o> {
    class: &'o [f32],
    object: &'o [f32],
    boxes: &'o [f32],
    points: &'o [f32],
}

/// The points of two looks at one face: each look errs by some pixels, and seldom in the same direction.
fn evened(close: &[(f32, f32); 5], rough: &[(f32, f32); 5]) -> [(f32, f32); 5] {
    let between = |a: f32, b: f32| a + (b - a) * ROUGH_SHARE;
    std::array::from_fn(|n| (between(close[n].0, rough[n].0), between(close[n].1, rough[n].1)))
}

/// Adds the faces of one grid, in pixels of the network's input.
fn decode(grid: &Grid, stride: usize, columns: usize, faces: &mut Vec<Face>) {
    let (boxes, points) = (grid.boxes.as_chunks::<4>().0, grid.points.as_chunks::<10>().0);
    let cells = grid.class.iter().zip(grid.object).zip(boxes).zip(points).enumerate();
    for (cell, (((class, object), shape), marks)) in cells {
        let score = (class.clamp(0.0, 1.0) * object.clamp(0.0, 1.0)).sqrt();
        if !score.is_finite() || score < LEAST_SCORE || shape.iter().chain(marks).any(|value| !value.is_finite()) {
            continue;
        }
        let (stride, column, row) = (stride as f32, (cell % columns) as f32, (cell / columns) as f32);
        let (width, height) = (shape[2].exp() * stride, shape[3].exp() * stride);
        let mut face = Face {
            left: (column + shape[0]) * stride - width / 2.0,
            top: (row + shape[1]) * stride - height / 2.0,
            width,
            height,
            points: Default::default(),
            close: Default::default(),
            score,
        };
        for (point, mark) in face.points.iter_mut().zip(marks.as_chunks::<2>().0) {
            *point = ((column + mark[0]) * stride, (row + mark[1]) * stride);
        }
        faces.push(face);
    }
}

/// Keeps the surest of every group of overlapping boxes.
fn suppress(faces: &mut Vec<Face>) {
    faces.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept = 0;
    for n in 0..faces.len() {
        let candidate = faces[n];
        if faces[..kept].iter().all(|face| face.overlap(&candidate) <= SAME_FACE) {
            faces[kept] = candidate;
            kept += 1;
        }
    }
    faces.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(left: f32, score: f32) -> Face {
        Face { left, top: 0.0, width: 10.0, height: 10.0, points: Default::default(), close: Default::default(), score }
    }

    #[test]
    fn overlapping_boxes_leave_the_surest() {
        let mut faces = vec![face(0.0, 0.7), face(1.0, 0.9), face(30.0, 0.65), face(2.0, 0.8)];
        suppress(&mut faces);
        assert_eq!(faces.iter().map(|f| f.left).collect::<Vec<_>>(), [1.0, 30.0]);
    }

    #[test]
    fn touching_boxes_are_two_faces() {
        let mut faces = vec![face(0.0, 0.7), face(10.0, 0.9)];
        suppress(&mut faces);
        assert_eq!(faces.len(), 2);
        assert_eq!(faces[0].overlap(&faces[1]), 0.0);
    }

    #[test]
    fn a_cell_becomes_a_box_with_points() {
        let mut faces = Vec::new();
        let mut boxes = [0.0; 8];
        boxes[4..].copy_from_slice(&[0.5, 0.25, 2.0f32.ln(), 3.0f32.ln()]);
        let mut points = [0.0; 20];
        points[10..12].copy_from_slice(&[-0.5, 1.0]);
        let grid = Grid { class: &[0.1, 0.81], object: &[0.9, 1.0], boxes: &boxes, points: &points };
        decode(&grid, 8, 2, &mut faces);
        let [found] = faces[..] else { panic!("one face expected: {faces:?}") };
        assert!((found.score - 0.9).abs() < 1e-6);
        assert!((found.left - (12.0 - 8.0)).abs() < 1e-4 && (found.top - (2.0 - 12.0)).abs() < 1e-4);
        assert_eq!(found.points[0], (4.0, 8.0));
    }

    #[test]
    fn numbers_that_are_none_are_no_face() {
        let mut faces = Vec::new();
        let grid = Grid { class: &[f32::NAN], object: &[1.0], boxes: &[0.0; 4], points: &[0.0; 10] };
        decode(&grid, 8, 1, &mut faces);
        let grid = Grid { class: &[1.0], object: &[1.0], boxes: &[f32::NAN; 4], points: &[0.0; 10] };
        decode(&grid, 8, 1, &mut faces);
        assert!(faces.is_empty());
    }
}
