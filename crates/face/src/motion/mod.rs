//! Does a face move as a solid head does, or only as a picture of one?
//!
//! However a flat picture is shifted, turned, brought nearer or tilted, its points move by one homography (the map between two
//! views of a plane). A living head does not: nose, brows, cheeks and temples lie at different depths. The track
//! keeps landmarks of the last [`WINDOW`] frames and measures what the best homography from the oldest to each later one
//! leaves unexplained, in units of the eye distance. Points of lids, lips and chin are left out: a print that is bent or spoken behind
//! moves them first.
//!
//! Measured by simulation (15 portraits as prints seen through a pinhole camera, 14 frames with noise): held still 0.009,
//! moved by hand 0.011, tilted by 28 degrees 0.019, by 30 degrees close to the lens 0.027 at most; the recorded heads, which turn by ten
//! degrees, 0.048 and more over 20 frames, 0.022 (median 0.057) over 8. Of real webcam clips of people who sit still five of 15
//! stay below 0.034, which says nothing; of 55 printed photographs moved and bent before the same webcams five do not.
//! A picture bent around the face, a mask and a
//! screen that shows a film of a moving head are not told by this: it is an aid beside the texture networks, not a proof.

mod homography;
mod similarity;

/// Landmarks that a shape has.
pub const POINTS: usize = 23;

/// Points in frame pixels: outer and inner corner of the right eye, inner and outer corner of the left eye, then nose, brows,
/// forehead, cheeks and temples in an order that stays.
pub type Shape = [(f32, f32); POINTS];

/// Frames that the track remembers.
pub const WINDOW: usize = 20;

/// Fewest frames that say anything.
pub const LEAST: usize = 5;

/// Unexplained movement that a flat picture reaches: counts as no motion.
pub const STILL_AT: f32 = 0.022;

/// Unexplained movement of a head that moves.
pub const MOVING_AT: f32 = 0.034;

/// The same when the eyes were also seen to close and open, which no print does.
pub const MOVING_AT_WITH_BLINK: f32 = 0.028;

/// Change of arrangement from which on a movement can be told to be that of a sheet: shifts, turns in the plane and coming
/// nearer do not count.
pub const FLAT_FROM: f32 = 0.03;

/// A sheet's change is at least so many times what its best homography leaves. Real heads reach 2.0, tilted sheets 1.8 to 5.0: what
/// is below says nothing.
pub const FLAT_RATIO: f32 = 2.5;

/// The share of frames that may show more movement than the one that is reported: single wild points do not count.
const TRUSTED: f32 = 0.8;

/// Openness of eyes that are open, and of eyes that are closed.
const OPEN_FROM: f32 = 0.17;
const CLOSED_BELOW: f32 = 0.085;

/// The points of the last frames of one face; wiped on drop.
pub struct Track {
    shapes: [Shape; WINDOW],
    filled: usize,
    next: usize,
    blink: Blink,
}

/// How far a blink has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Blink {
    #[default]
    Unknown,
    Open,
    Closed,
    Done,
}

impl Default for Track {
    fn default() -> Self {
        Self { shapes: [Shape::default(); WINDOW], filled: 0, next: 0, blink: Blink::default() }
    }
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

    /// Takes how far the eyes of the next frame are open, over their width.
    pub fn see_eyes(&mut self, open: f32) {
        self.blink = match self.blink {
            Blink::Unknown if open >= OPEN_FROM => Blink::Open,
            Blink::Open if open < CLOSED_BELOW => Blink::Closed,
            Blink::Closed if open >= OPEN_FROM => Blink::Done,
            same => same,
        };
    }

    /// Whether the eyes were seen open, closed and open again.
    pub fn blinked(&self) -> bool {
        self.blink == Blink::Done
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

    /// The movement that no homography explains, in eye distances.
    /// `None` with fewer than [`LEAST`] frames or points that span no area.
    pub fn shape_change(&self) -> Option<f32> {
        self.unexplained(homography::residual)
    }

    /// Whether the points changed their arrangement, as a turn or a tilt does, and one homography explains nearly all of it.
    pub fn is_flat(&self) -> bool {
        let (Some(left), Some(change)) = (self.shape_change(), self.unexplained(similarity::residual)) else {
            return false;
        };
        change >= FLAT_FROM && change >= FLAT_RATIO * left
    }

    /// What is left of the movement from the oldest frame to most of the later ones, in eye distances.
    fn unexplained(&self, residual: impl Fn(&Shape, &Shape) -> Option<f32>) -> Option<f32> {
        let oldest = if self.filled < WINDOW { 0 } else { self.next };
        let frames: Vec<&Shape> = (0..self.filled).filter_map(|n| self.shapes.get((oldest + n) % WINDOW)).collect();
        let (first, later) = frames.split_first().filter(|_| self.filled >= LEAST)?;
        let mut changes: Vec<f32> = later.iter().filter_map(|shape| residual(first, shape)).collect();
        changes.sort_by(f32::total_cmp);
        let trusted = ((changes.len() as f32 * TRUSTED) as usize).min(changes.len().checked_sub(1)?);
        let change = changes.get(trusted)? / eye_distance(first);
        change.is_finite().then_some(change)
    }

    /// How surely a solid head moved: 0 for a flat picture, 1 for a moving head. 0 while too little was seen.
    pub fn motion(&self) -> f32 {
        motion_of(self.shape_change().unwrap_or(0.0), self.blinked())
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

/// Maps an unexplained movement to 0 … 1, smoothly from [`STILL_AT`] to the line of a moving head.
pub fn motion_of(shape_change: f32, blinked: bool) -> f32 {
    let moving = if blinked { MOVING_AT_WITH_BLINK } else { MOVING_AT };
    let t = ((shape_change - STILL_AT) / (moving - STILL_AT)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn eye_distance(shape: &Shape) -> f32 {
    let [a, b, c, d, ..] = shape;
    ((a.0 + b.0 - c.0 - d.0) / 2.0).hypot((a.1 + b.1 - c.1 - d.1) / 2.0).max(f32::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head in eye distances: right, down, towards the camera.
    const HEAD: [[f32; 3]; POINTS] = [
        [-0.72, 0.0, -0.1],
        [-0.3, 0.02, 0.0],
        [0.3, 0.02, 0.0],
        [0.72, 0.0, -0.1],
        [0.0, 0.75, 0.45],
        [0.0, 0.65, 0.4],
        [0.0, 0.1, 0.12],
        [0.0, 0.0, 0.08],
        [0.0, 0.4, 0.25],
        [0.0, 0.55, 0.33],
        [-0.2, 0.8, 0.2],
        [0.2, 0.8, 0.2],
        [-0.65, 0.55, 0.0],
        [0.65, 0.55, 0.0],
        [0.0, -0.95, 0.0],
        [0.0, -0.45, 0.1],
        [0.0, -0.25, 0.1],
        [-0.85, -0.3, -0.1],
        [-0.6, -0.38, 0.05],
        [0.85, -0.3, -0.1],
        [0.6, -0.38, 0.05],
        [-1.05, 0.15, -0.7],
        [1.05, 0.15, -0.7],
    ];

    /// The head, `relief` times as deep, turned and nodded by degrees, seen from `far` eye distances.
    fn seen(relief: f32, turn: f32, nod: f32, far: f32) -> Shape {
        let ((sin, cos), (up, level)) = (turn.to_radians().sin_cos(), nod.to_radians().sin_cos());
        HEAD.map(|[x, y, z]| {
            let z = z * relief;
            let (x, z) = (x * cos + z * sin, z * cos - x * sin);
            let (y, z) = (y * level + z * up, z * level - y * up);
            (320.0 + 80.0 * far * x / (far - z), 240.0 + 80.0 * far * y / (far - z))
        })
    }

    fn track(frames: usize, shape: impl Fn(f32) -> Shape) -> Track {
        let mut track = Track::default();
        (0..frames).for_each(|n| track.push(shape(n as f32)));
        track
    }

    #[test]
    fn a_still_picture_does_not_move() {
        assert_eq!(track(20, |_| seen(1.0, 0.0, 0.0, 8.0)).motion(), 0.0);
    }

    #[test]
    fn a_picture_moved_and_tilted_in_any_way_does_not_move() {
        let tilted = track(20, |n| seen(0.0, 35.0 * (n * 0.7).sin(), 20.0 * (n * 0.5).cos(), 4.0 + (n * 0.3).sin()));
        assert!(tilted.shape_change().expect("enough frames") < STILL_AT / 10.0, "{:?}", tilted.shape_change());
        assert_eq!(tilted.motion(), 0.0);
    }

    #[test]
    fn a_tilted_picture_is_flat_and_no_head_is_nor_what_only_shifts() {
        assert!(track(20, |n| seen(0.0, 30.0 * (n * 0.7).sin(), 10.0, 4.0)).is_flat());
        for degrees in [0.0f32, 2.0, 5.0, 10.0, 16.0, 25.0] {
            assert!(!track(20, |n| seen(1.0, degrees * (n * 0.5).sin(), 0.0, 8.0)).is_flat(), "{degrees}");
            assert!(!track(20, |n| seen(1.0, 0.0, degrees * (n * 0.5).sin(), 8.0)).is_flat(), "{degrees}");
        }
        let shifted = track(20, |n| seen(0.0, 0.0, 0.0, 8.0).map(|(x, y)| (1.1 * x + 3.0 * n, 1.1 * y - n)));
        assert!(!shifted.is_flat() && shifted.motion() == 0.0, "a picture that only shifts says nothing");
    }

    #[test]
    fn a_turning_head_moves() {
        let turning = track(20, |n| seen(1.0, 16.0 * (n * 0.5).sin(), 0.0, 8.0));
        assert_eq!(turning.motion(), 1.0, "{:?}", turning.shape_change());
        let nodding = track(20, |n| seen(1.0, 0.0, 16.0 * (n * 0.5).sin(), 8.0));
        assert!(nodding.motion() > 0.5, "{:?}", nodding.shape_change());
    }

    /// Why the act that is asked for is a turn: to come nearer moves a face no more than a print moves in a hand.
    #[test]
    fn coming_nearer_shows_less_of_a_head_than_a_small_turn() {
        const EYES_CM: f32 = 6.3;
        let change = |from: Shape, to: Shape| {
            track(LEAST, |n| if n == 0.0 { from } else { to }).shape_change().expect("enough frames")
        };
        let nearer = |from: f32, to: f32| {
            let unexplained = change(seen(1.0, 0.0, 0.0, from / EYES_CM), seen(1.0, 0.0, 0.0, to / EYES_CM));
            println!("from {from} to {to} cm: {unexplained:.4}");
            unexplained
        };
        // At 20 cm a face no longer fits a webcam's picture.
        assert!(nearer(60.0, 40.0) < STILL_AT && nearer(50.0, 30.0) < STILL_AT && nearer(60.0, 20.0) < MOVING_AT);
        for degrees in [10.0, 16.0, 20.0] {
            let unexplained = change(seen(1.0, 0.0, 0.0, 8.0), seen(1.0, degrees, 0.0, 8.0));
            println!("turned by {degrees} degrees: {unexplained:.4}");
            assert!(unexplained > 2.0 * nearer(50.0, 30.0));
        }
    }

    #[test]
    fn one_wild_frame_is_no_motion() {
        let wild = track(20, |n| if n == 7.0 { seen(1.0, 15.0, 0.0, 8.0) } else { seen(1.0, 0.0, 0.0, 8.0) });
        assert_eq!(wild.motion(), 0.0);
    }

    #[test]
    fn too_few_or_degenerate_points_say_nothing() {
        assert_eq!(track(LEAST - 1, |_| seen(1.0, 0.0, 0.0, 8.0)).shape_change(), None);
        assert_eq!(track(20, |_| seen(1.0, 0.0, 0.0, 8.0).map(|(x, _)| (x, x))).shape_change(), None);
        assert_eq!(track(20, |_| [(f32::NAN, 0.0); POINTS]).shape_change(), None);
    }

    #[test]
    fn a_blink_is_open_closed_open_and_lowers_the_line_above_every_print() {
        let mut track = Track::default();
        for open in [0.05, 0.3, 0.12, 0.05, 0.03] {
            track.see_eyes(open);
            assert!(!track.blinked());
        }
        track.see_eyes(0.25);
        assert!(track.blinked());
        assert!(motion_of(0.027, true) < 1.0 && motion_of(0.03, true) == 1.0 && motion_of(0.03, false) < 1.0);
        track.clear();
        assert!(!track.blinked());
    }
}
