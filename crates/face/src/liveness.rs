//! Print and screen attacks from the texture of one frame: the MiniFASNet pair.

use uketsuke_core::ports::Frame;
use uketsuke_nets::{RunResult, Runner};

use super::detect::Face;
use super::models::Models;
use super::sample::{Affine, Planes, sample};

/// The crops of the two networks, in sizes of the face box.
const NEAR: f32 = 2.7;
const FAR: f32 = 4.0;

/// Place of the live class in the output.
const LIVE: usize = 1;

/// Both attack models with their buffers.
pub struct Texture {
    near: Runner,
    far: Runner,
}

impl Texture {
    /// Attack models of their own thread.
    pub fn new(models: &Models) -> RunResult<Self> {
        Ok(Self { near: models.live_near.runner()?, far: models.live_far.runner()? })
    }

    /// The mean of both networks' live probability, 0 to 1. Needs the whole frame with its background.
    pub fn live(&mut self, frame: &Frame, face: &Face) -> RunResult<f32> {
        Ok((live(&mut self.near, frame, face, NEAR)? + live(&mut self.far, frame, face, FAR)?) / 2.0)
    }

    /// Runs the networks on what their inputs hold.
    pub fn networks_alone(&mut self) -> RunResult<()> {
        self.near.run(|_| ())?;
        self.far.run(|_| ())?;
        Ok(())
    }

    /// Overwrites what is left of the last frame.
    pub fn wipe(&mut self) {
        self.near.wipe();
        self.far.wipe();
    }
}

fn live(network: &mut Runner, frame: &Frame, face: &Face, scale: f32) -> RunResult<f32> {
    let (rows, columns) = network.size();
    let (left, top, width, height) = crop(frame.width() as f32, frame.height() as f32, face, scale);
    let map = Affine::rectangle(left, top, width, height, columns, rows);
    let outputs = network.run(|input| sample(frame, &map, columns, Planes::Bgr, input))?;
    Ok(outputs.first().and_then(|shares| shares.get(LIVE)).copied().filter(|p| p.is_finite()).unwrap_or(0.0))
}

/// The box enlarged about its centre, at most as large as the frame, shifted (not cut) until it lies inside.
/// Left, top, width, height in whole pixels.
fn crop(width: f32, height: f32, face: &Face, scale: f32) -> (f32, f32, f32, f32) {
    let scale = scale.min((width - 1.0) / face.width).min((height - 1.0) / face.height);
    let (w, h) = (face.width * scale, face.height * scale);
    let (x, y) = face.centre();
    let left = (x - w / 2.0).min(width - 1.0 - w).max(0.0);
    let top = (y - h / 2.0).min(height - 1.0 - h).max(0.0);
    let (right, bottom) = ((left + w).floor(), (top + h).floor());
    let (left, top) = (left.floor(), top.floor());
    (left, top, right - left + 1.0, bottom - top + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(left: f32, top: f32, side: f32) -> Face {
        Face { left, top, width: side, height: side, points: Default::default(), close: Default::default(), score: 1.0 }
    }

    #[test]
    fn a_face_in_the_middle_is_enlarged_about_its_centre() {
        assert_eq!(crop(640.0, 480.0, &face(300.0, 200.0, 100.0), 2.0), (250.0, 150.0, 201.0, 201.0));
    }

    #[test]
    fn a_face_at_the_edge_shifts_the_crop_inside() {
        let (left, top, width, height) = crop(640.0, 480.0, &face(600.0, 0.0, 100.0), 2.0);
        assert_eq!((left, top, left + width, top + height), (439.0, 0.0, 640.0, 201.0));
    }

    #[test]
    fn a_large_face_takes_no_more_than_the_frame() {
        let (left, top, width, height) = crop(640.0, 480.0, &face(100.0, 40.0, 400.0), 4.0);
        assert!(left >= 0.0 && top >= 0.0 && left + width <= 640.0 && top + height <= 480.0);
        assert_eq!(height, 480.0);
    }
}
