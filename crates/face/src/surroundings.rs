//! Does what is around a face move as one picture? The camera of a kiosk stands still, and so does the room behind a
//! patient; what is shown on a screen in somebody's hands moves with the hands, face and room alike.
//!
//! The frame is made small and grey. Places beside and above the head that have structure in both directions are looked for again
//! near where they were in the first frame of the face. People who walk by, and curtains, move some of them, and not alike.

use uketsuke_core::ports::Frame;
use zeroize::Zeroize;

use super::detect::Face;

/// Width of the small picture.
const WIDTH: usize = 160;

/// Half of a place's side, the step from one to the next, and how far it is looked for, in small pixels.
const HALF: usize = 5;
const STEP: usize = 10;
const REACH: isize = 6;

/// Mean square of the differences of neighbours, in both directions, from which on a place can be found again.
const STRUCTURE: f32 = 25.0;

/// A place was found elsewhere when it fits there so much better than where it was.
const BETTER: f32 = 0.75;

/// Fewest places that say anything, and the share of them that must move alike.
const PLACES: usize = 6;
const ALIKE: f32 = 0.5;

/// How far a place may go beside the median: a hand also turns what it holds, and brings it nearer.
const SPREAD: isize = 2;

/// Fewest of them on either side of the face: a curtain or a door moves alike, but on one side.
const ON_A_SIDE: usize = 2;

/// Frames that must show it: one may be a jolt.
const FRAMES: u32 = 2;

/// The room behind one face, in the first frame of it and in the last; wiped on drop.
#[derive(Default)]
pub struct Surroundings {
    first: Small,
    last: Small,
    /// Where the face was in the first.
    face: Option<Face>,
    carried: u32,
}

/// A frame made small and grey.
#[derive(Default)]
struct Small {
    width: usize,
    height: usize,
    grey: Vec<f32>,
}

impl Small {
    /// Takes over a frame, in the memory it has.
    fn take(&mut self, frame: &Frame) {
        let (width, height) = (frame.width() as usize, frame.height() as usize);
        let step = (width / WIDTH).max(1);
        (self.width, self.height) = (width / step, height / step);
        self.grey.clear();
        for row in frame.rgb().chunks_exact(width * 3 * step).take(self.height) {
            let start = self.grey.len();
            self.grey.resize(start + self.width, 0.0);
            for line in row.chunks_exact(width * 3) {
                let blocks = line.chunks_exact(3 * step);
                for (sum, block) in self.grey.iter_mut().skip(start).zip(blocks) {
                    *sum += block.iter().map(|value| f32::from(*value)).sum::<f32>();
                }
            }
        }
        let share = 1.0 / (3 * step * step) as f32;
        self.grey.iter_mut().for_each(|sum| *sum *= share);
    }

    fn line(&self, x: usize, y: usize) -> &[f32] {
        let start = y * self.width + x;
        self.grey.get(start..start + 2 * HALF + 1).unwrap_or_default()
    }

    /// The lines of the place whose left upper corner is there.
    fn place(&self, x: usize, y: usize) -> impl Iterator<Item = &[f32]> {
        (y..=y + 2 * HALF).map(move |y| self.line(x, y))
    }

    /// The lesser of both directions' mean square differences.
    fn structure(&self, x: usize, y: usize) -> f32 {
        let (mut across, mut down) = (0.0, 0.0);
        for (line, below) in self.place(x, y).zip(self.place(x, y).skip(1)) {
            across += line.windows(2).map(|pair| pair.iter().fold(0.0, |d, v| v - d).powi(2)).sum::<f32>();
            down += line.iter().zip(below).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
        }
        across.min(down) / (4 * HALF * HALF) as f32
    }
}

/// How badly two places fit, however bright each is.
fn misfit(a: &Small, from: (usize, usize), b: &Small, to: (usize, usize)) -> f32 {
    let pairs = || {
        let lines = a.place(from.0, from.1).zip(b.place(to.0, to.1));
        lines.flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| a - b))
    };
    let count = ((2 * HALF + 1) * (2 * HALF + 1)) as f32;
    let mean = pairs().sum::<f32>() / count;
    pairs().map(|difference| (difference - mean).abs()).sum::<f32>() / count
}

impl Surroundings {
    /// Takes the next frame of a face.
    pub fn see(&mut self, frame: &Frame, face: &Face) {
        let Some(first) = self.face else {
            self.first.take(frame);
            self.face = Some(*face);
            return;
        };
        self.last.take(frame);
        if (self.first.width, self.first.height) == (self.last.width, self.last.height) {
            let scale = self.last.width as f32 / frame.width() as f32;
            self.carried += u32::from(self.moved_as_one([&first, face], scale));
        }
    }

    /// Whether the room moved with what shows the face.
    pub fn are_carried(&self) -> bool {
        self.carried >= FRAMES
    }

    /// Forgets everything, as when the face was lost.
    pub fn clear(&mut self) {
        self.wipe();
        (self.face, self.carried) = (None, 0);
    }

    fn moved_as_one(&self, faces: [&Face; 2], scale: f32) -> bool {
        let (mut moves, mut seen) = (Vec::with_capacity(64), 0);
        let reach = REACH.unsigned_abs();
        let end = |size: usize| size.saturating_sub(2 * HALF + 1 + reach);
        for y in (reach..end(self.first.height)).step_by(STEP) {
            for x in (reach..end(self.first.width)).step_by(STEP) {
                let middle = ((x + HALF) as f32 / scale, (y + HALF) as f32 / scale);
                if faces.iter().any(|face| is_of_person(face, middle)) || self.first.structure(x, y) < STRUCTURE {
                    continue;
                }
                seen += 1;
                let left = middle.0 < faces[0].left + faces[0].width / 2.0;
                moves.extend(self.moved(x, y).map(|shift| (left, shift)));
            }
        }
        if seen < PLACES {
            return false;
        }
        let Some((right, down)) = median(&moves) else { return false };
        let alike = moves.iter().filter(|(_, (x, y))| (x - right).abs().max((y - down).abs()) <= SPREAD);
        let (left, all) = alike.fold((0, 0), |(left, all), (is_left, _)| (left + usize::from(*is_left), all + 1));
        left.min(all - left) >= ON_A_SIDE && all as f32 >= ALIKE * seen as f32
    }

    /// Where a place of the first frame went; `None` when it fits best, or nearly so, where it was.
    fn moved(&self, x: usize, y: usize) -> Option<(isize, isize)> {
        let at = |right: isize, down: isize| {
            let to = (x.checked_add_signed(right)?, y.checked_add_signed(down)?);
            Some((misfit(&self.first, (x, y), &self.last, to), (right, down)))
        };
        let here = at(0, 0)?.0;
        let shifts = (-REACH..=REACH).flat_map(|down| (-REACH..=REACH).map(move |right| (right, down)));
        let (best, shift) = shifts.filter_map(|(right, down)| at(right, down)).min_by(|a, b| a.0.total_cmp(&b.0))?;
        (shift != (0, 0) && best < BETTER * here).then_some(shift)
    }

    fn wipe(&mut self) {
        self.first.grey.zeroize();
        self.last.grey.zeroize();
    }
}

impl Drop for Surroundings {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// Head with hair, neck and shoulders, and all that is below.
fn is_of_person(face: &Face, (x, y): (f32, f32)) -> bool {
    let (centre, top) = (face.left + face.width / 2.0, face.top - 0.5 * face.height);
    let beside = if y > face.top + 0.9 * face.height { 2.0 } else { 1.0 };
    y > top && (x - centre).abs() < beside * face.width
}

fn median(moves: &[(bool, (isize, isize))]) -> Option<(isize, isize)> {
    let of = |mut values: Vec<isize>| {
        values.sort_unstable();
        values.get(values.len() / 2).copied()
    };
    of(moves.iter().map(|(_, at)| at.0).collect()).zip(of(moves.iter().map(|(_, at)| at.1).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face {
        left: 240.0,
        top: 160.0,
        width: 140.0,
        height: 180.0,
        points: [(0.0, 0.0); 5],
        close: [(0.0, 0.0); 5],
        score: 0.9,
    };

    /// A wall of squares of many greys, seen after it moved; a grey head before it that moved as well.
    fn room(wall: (i32, i32), head: (i32, i32), noise: i32) -> Frame {
        let mut seed = 7u32;
        let rgb = (0..480 * 640).flat_map(|n: i32| {
            let (x, y) = (n % 640, n / 640);
            let (u, v) = ((x - wall.0).div_euclid(28), (y - wall.1).div_euclid(28));
            let on_head = ((x - head.0 - 310).pow(2) + (y - head.1 - 250).pow(2)) < 110 * 110;
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grey = if on_head { 120 } else { (u * 7_919 + v * 104_729).rem_euclid(151) + 40 };
            [(grey + (seed >> 16) as i32 % (2 * noise + 1) - noise) as u8; 3]
        });
        Frame::new(640, 480, rgb.collect()).expect("a frame")
    }

    fn carried(frames: impl IntoIterator<Item = ((i32, i32), (i32, i32))>) -> bool {
        let mut around = Surroundings::default();
        frames.into_iter().for_each(|(wall, head)| around.see(&room(wall, head, 6), &FACE));
        around.are_carried()
    }

    #[test]
    fn a_room_that_moves_with_the_face_is_carried() {
        assert!(carried([((0, 0), (0, 0)), ((5, 2), (5, 2)), ((9, 3), (9, 3)), ((13, 4), (13, 4))]));
        assert!(carried([((0, 0), (0, 0)), ((-6, 5), (0, 0)), ((-9, 8), (0, 0))]), "whatever the face in it does");
    }

    #[test]
    fn a_head_that_moves_before_a_room_is_not_nor_is_one_jolt() {
        assert!(!carried((0..12).map(|n| ((0, 0), (4 * n, n)))));
        assert!(!carried((0..12).map(|n| (if n == 5 { (9, 0) } else { (0, 0) }, (0, 0)))));
        assert!(!carried((0..12).map(|_| ((0, 0), (0, 0)))), "noise alone");
    }

    #[test]
    fn a_bare_wall_and_what_goes_by_say_nothing() {
        let bare = Frame::new(640, 480, vec![140; 640 * 480 * 3]).expect("a frame");
        let mut around = Surroundings::default();
        (0..6).for_each(|_| around.see(&bare, &FACE));
        assert!(!around.are_carried());
        for n in 0..8 {
            let mut rgb = room((0, 0), (0, 0), 2).rgb().to_vec();
            // Somebody walks through the left third.
            for (place, pixel) in rgb.chunks_exact_mut(3).enumerate() {
                let x = (place % 640) as i32;
                if (x - 20 - 12 * n).abs() < 60 {
                    pixel.fill(((x - 12 * n) * 37 % 200) as u8);
                }
            }
            around.see(&Frame::new(640, 480, rgb).expect("a frame"), &FACE);
        }
        assert!(!around.are_carried());
        around.clear();
        assert!(!around.are_carried());
    }

    #[test]
    fn a_curtain_on_one_side_of_a_bare_wall_is_a_curtain() {
        let mut around = Surroundings::default();
        for n in 0..8 {
            let mut rgb = room((3 * n, 0), (0, 0), 2).rgb().to_vec();
            for (place, pixel) in rgb.chunks_exact_mut(3).enumerate() {
                if place % 640 > 200 {
                    pixel.fill(180);
                }
            }
            around.see(&Frame::new(640, 480, rgb).expect("a frame"), &FACE);
        }
        assert!(!around.are_carried());
    }
}
