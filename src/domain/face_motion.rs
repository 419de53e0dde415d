//! Does a face move as a solid head does, or only as a picture of one? And how that folds into liveness.
//!
//! A flat picture that is shifted, turned in its plane, brought nearer or gently tilted maps the five points of a face by
//! nearly one affine transform. A living head does not: the nose moves against the eyes when it turns, the
//! mouth moves when it speaks or smiles, the lids close. The track keeps the points of the last [`WINDOW`] frames
//! and measures what no affine transform of their mean shape explains, in units of the eye distance.
//!
//! Measured (two-step YuNet points, 640×480): pictures standing still with sensor noise up to 0.011, shifted and
//! turned in the plane up to 0.011, tilted by hand up to 0.015; recorded people turning their head by ten degrees from 0.022.
//! A large picture tilted strongly near the camera passes: this is an aid beside the texture networks, not a proof.

/// Five points in frame pixels: right eye, left eye, nose, right and left corner of the mouth (the person's own right first).
pub type Shape = [(f32, f32); 5];

/// Frames that the track remembers.
pub const WINDOW: usize = 20;

/// Fewest frames that say anything.
pub const LEAST: usize = 5;

/// Shape change that a still picture reaches by noise: counts as no motion.
pub const STILL_AT: f32 = 0.012;

/// Shape change of a head that moves.
pub const MOVING_AT: f32 = 0.018;

/// The points of the last frames of one face; wiped on drop.
#[derive(Default)]
pub struct Track {
    shapes: [Shape; WINDOW],
    filled: usize,
    next: usize,
}

impl Track {
    /// Adds the points of the next frame, forgetting the oldest when full.
    pub fn push(&mut self, shape: Shape) {
        if let Some(place) = self.shapes.get_mut(self.next) {
            *place = shape;
        }
        self.next = (self.next + 1) % WINDOW;
        self.filled = (self.filled + 1).min(WINDOW);
    }

    /// Forgets everything, as when the face was lost.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Frames remembered.
    pub fn len(&self) -> usize {
        self.filled
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// What no affine transform explains: root mean square over points and frames, in eye distances.
    /// `None` with fewer than [`LEAST`] frames or points that span no area.
    pub fn shape_change(&self) -> Option<f32> {
        let shapes = self.shapes.get(..self.filled).filter(|s| s.len() >= LEAST)?;
        let centred: Vec<Shape> = shapes.iter().map(centre).collect();
        let mean = mean_shape(&centred);
        let eyes = distance(mean[0], mean[1]);
        let inverse = inverse_spread(&mean)?;
        if eyes <= f32::EPSILON {
            return None;
        }
        let sum: f32 = centred.iter().map(|shape| affine_residual(shape, &mean, inverse)).sum();
        let change = (sum / (5 * centred.len()) as f32).sqrt() / eyes;
        change.is_finite().then_some(change)
    }

    /// How surely a solid head moved: 0 for a still picture, 1 for a moving head. 0 while too little was seen.
    pub fn motion(&self) -> f32 {
        motion_of(self.shape_change().unwrap_or(0.0))
    }
}

impl Drop for Track {
    fn drop(&mut self) {
        for point in self.shapes.as_flattened_mut() {
            zeroize::Zeroize::zeroize(&mut point.0);
            zeroize::Zeroize::zeroize(&mut point.1);
        }
    }
}

/// Maps a shape change to 0 … 1, smoothly between [`STILL_AT`] and [`MOVING_AT`].
pub fn motion_of(shape_change: f32) -> f32 {
    let t = ((shape_change - STILL_AT) / (MOVING_AT - STILL_AT)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Liveness of an attempt: the texture networks' mean, as far as the head was seen to move. Both must hold.
pub fn liveness(texture: f32, motion: f32) -> f32 {
    texture.clamp(0.0, 1.0) * motion.clamp(0.0, 1.0)
}

fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn centre(shape: &Shape) -> Shape {
    let (sx, sy) = shape.iter().fold((0.0, 0.0), |(sx, sy), p| (sx + p.0, sy + p.1));
    shape.map(|(x, y)| (x - sx / 5.0, y - sy / 5.0))
}

fn mean_shape(shapes: &[Shape]) -> Shape {
    let mut mean = Shape::default();
    for shape in shapes {
        for (m, p) in mean.iter_mut().zip(shape) {
            m.0 += p.0 / shapes.len() as f32;
            m.1 += p.1 / shapes.len() as f32;
        }
    }
    mean
}

/// The inverse of the 2×2 matrix Σ q qᵀ as (xx, xy, yy); `None` when all points lie on a line.
fn inverse_spread(q: &Shape) -> Option<(f32, f32, f32)> {
    let (xx, xy, yy) =
        q.iter().fold((0.0f32, 0.0f32, 0.0f32), |(xx, xy, yy), p| (xx + p.0 * p.0, xy + p.0 * p.1, yy + p.1 * p.1));
    let determinant = xx * yy - xy * xy;
    (determinant > 1e-3 * xx * yy && determinant.is_finite())
        .then(|| (yy / determinant, -xy / determinant, xx / determinant))
}

/// Squared distance left after the best affine map of `q` onto `p` (both centred).
fn affine_residual(p: &Shape, q: &Shape, (ixx, ixy, iyy): (f32, f32, f32)) -> f32 {
    let cross = p
        .iter()
        .zip(q)
        .fold([0.0f32; 4], |c, (p, q)| [c[0] + p.0 * q.0, c[1] + p.0 * q.1, c[2] + p.1 * q.0, c[3] + p.1 * q.1]);
    let a = (cross[0] * ixx + cross[1] * ixy, cross[0] * ixy + cross[1] * iyy);
    let b = (cross[2] * ixx + cross[3] * ixy, cross[2] * ixy + cross[3] * iyy);
    p.iter()
        .zip(q)
        .map(|(p, q)| {
            let (dx, dy) = (p.0 - a.0 * q.0 - a.1 * q.1, p.1 - b.0 * q.0 - b.1 * q.1);
            dx * dx + dy * dy
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Shape = [(100.0, 100.0), (180.0, 101.0), (141.0, 150.0), (110.0, 190.0), (172.0, 191.0)];

    fn track(frames: usize, change: impl Fn(usize, Shape) -> Shape) -> Track {
        let mut track = Track::default();
        for n in 0..frames {
            track.push(change(n, FACE));
        }
        track
    }

    #[test]
    fn a_still_picture_does_not_move() {
        assert_eq!(track(20, |_, face| face).motion(), 0.0);
    }

    #[test]
    fn a_picture_moved_in_its_plane_does_not_move() {
        let carried = track(20, |n, face| {
            let (angle, scale) = ((n as f32 * 0.7).sin() * 0.1, 1.0 + 0.05 * (n as f32).cos());
            face.map(|(x, y)| {
                let (u, v) = (scale * 0.95 * x + 7.0 * n as f32, scale * y);
                (u * angle.cos() - v * angle.sin(), u * angle.sin() + v * angle.cos())
            })
        });
        assert!(carried.shape_change().expect("enough frames") < STILL_AT / 2.0);
        assert_eq!(carried.motion(), 0.0);
    }

    #[test]
    fn a_turning_head_moves() {
        let turning = track(20, |n, mut face| {
            face[2].0 += 6.0 * (n as f32 * 0.5).sin();
            face
        });
        assert_eq!(turning.motion(), 1.0, "{:?}", turning.shape_change());
    }

    #[test]
    fn too_few_or_degenerate_points_say_nothing() {
        assert_eq!(track(LEAST - 1, |_, face| face).shape_change(), None);
        assert_eq!(track(20, |_, face| face.map(|(x, _)| (x, x))).shape_change(), None);
        assert_eq!(track(20, |_, face| face.map(|_| (f32::NAN, 0.0))).shape_change(), None);
    }

    #[test]
    fn both_cues_must_hold() {
        assert_eq!(liveness(1.0, 0.0), 0.0);
        assert_eq!(liveness(0.1, 1.0), 0.1);
        assert!(motion_of(0.015) > 0.49 && motion_of(0.015) < 0.51);
    }
}
