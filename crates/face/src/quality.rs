//! Is a frame good, and if not, what one thing would help? Cues are measured, then judged.

use uketsuke_core::domain::face::Hint;
use uketsuke_core::ports::Frame;

use super::detect::Face;

/// A second face counts when it is at least this share of the first one's height; smaller ones are bystanders: people who wait
/// behind a patient reach half.
pub(super) const SECOND_FACE: f32 = 0.6;

/// Face height in frame heights.
const FAR_BELOW: f32 = 0.16;
const NEAR_ABOVE: f32 = 0.85;
/// Share of the box that may lie outside the frame.
const OUTSIDE_ABOVE: f32 = 0.08;
/// Distance of the face's centre from the frame's, in frame widths and heights.
const OFF_CENTRE_ABOVE: f32 = 0.33;
/// Nose from the middle between the eyes, in eye distances; a turn of 25 to 40 degrees, as far as the nose stands out.
const YAW_ABOVE: f32 = 0.36;
/// Place of the nose between the line of the eyes (0) and that of the mouth (1).
const PITCH: std::ops::RangeInclusive<f32> = 0.25..=0.80;
/// Slope of the eye line in degrees as the detector draws it: a head tilted by 30 degrees reads as 11 to 29.
const ROLL_ABOVE: f32 = 10.5;
/// Brightness of the lightest twentieth of the face, 0 to 255. Not its mean: dark skin in good light has a low mean and light
/// places all the same (60 and more), a face in the dark has none.
const DARK_BELOW: f32 = 54.0;
/// Share of the face's pixels that are burnt out.
const BURNT_ABOVE: f32 = 0.25;
/// Brightness of the surroundings above that of the face, when the face is dim. Dark skin before a white wall reaches 126.
const BACKLIGHT_ABOVE: f32 = 140.0;
const BACKLIT_FACE_BELOW: f32 = 100.0;
/// Sharpness: see [`Cues::sharpness`].
const BLURRED_BELOW: f32 = 0.085;

/// While a hint stands, its cue must get better than its line by this factor before it counts as gone.
pub const MARGIN: f32 = 0.08;

/// What was measured on a frame with a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cues {
    /// Face height in frame heights.
    pub height: f32,
    /// Share of the box outside the frame.
    pub outside: f32,
    /// Larger of the two distances of the face's centre from the frame's.
    pub off_centre: f32,
    /// Nose from the middle between the eyes along the eye line, in eye distances; sign says the side.
    pub yaw: f32,
    /// Place of the nose between eyes and mouth.
    pub pitch: f32,
    /// Slope of the eye line in degrees.
    pub roll: f32,
    /// Mean brightness of the face.
    pub brightness: f32,
    /// Brightness that the lightest twentieth of the face exceeds.
    pub highlights: f32,
    /// Share of burnt-out pixels in the face.
    pub burnt: f32,
    /// Mean brightness around the face.
    pub surroundings: f32,
    /// Fine detail over coarse, in the direction that has less of it: see [`sharpness`].
    pub sharpness: f32,
}

/// Measures the frame around `face`.
pub fn measure(frame: &Frame, face: &Face) -> Cues {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let (x, y) = face.centre();
    let [right_eye, left_eye, nose, right_mouth, left_mouth] = face.close;
    let eye_line = (left_eye.0 - right_eye.0, left_eye.1 - right_eye.1);
    let eyes = eye_line.0.hypot(eye_line.1).max(1e-3);
    let along = (eye_line.0 / eyes, eye_line.1 / eyes);
    let between = middle(right_eye, left_eye);
    let to_nose = (nose.0 - between.0, nose.1 - between.1);
    let mouth = middle(right_mouth, left_mouth);
    let to_mouth = (mouth.0 - between.0, mouth.1 - between.1);
    let down = |v: (f32, f32)| v.1 * along.0 - v.0 * along.1;
    let light = Light::of(frame, face);
    Cues {
        height: face.height / height,
        outside: outside_share(face, width, height),
        off_centre: ((x / width - 0.5).abs()).max((y / height - 0.5).abs()),
        yaw: (to_nose.0 * along.0 + to_nose.1 * along.1) / eyes,
        pitch: down(to_nose) / down(to_mouth).max(1e-3),
        roll: eye_line.1.atan2(eye_line.0).to_degrees(),
        brightness: light.face,
        highlights: light.highlights,
        burnt: light.burnt,
        surroundings: light.around,
        sharpness: sharpness(frame, face),
    }
}

/// The hint for a frame by how many faces it has, before anything else is measured.
pub fn judge_count(faces: &[Face]) -> Option<Hint> {
    match faces {
        [] => Some(Hint::NoFace),
        [first, second, ..] if second.height >= SECOND_FACE * first.height => Some(Hint::TwoFaces),
        _ => None,
    }
}

/// The most urgent hint; `None` for a good frame. `standing` is the hint shown now: its line is drawn a
/// little stricter so that a cue on the line does not flicker.
pub fn judge(cues: &Cues, standing: Option<Hint>) -> Option<Hint> {
    let stricter = |hint: Hint| if standing == Some(hint) { MARGIN } else { 0.0 };
    let above = |hint: Hint, value: f32, line: f32| (value > line * (1.0 - stricter(hint))).then_some(hint);
    let below = |hint: Hint, value: f32, line: f32| (value < line * (1.0 + stricter(hint))).then_some(hint);
    above(Hint::TooNear, cues.height, NEAR_ABOVE)
        .or_else(|| below(Hint::TooFar, cues.height, FAR_BELOW))
        .or_else(|| above(Hint::OffCentre, cues.outside, OUTSIDE_ABOVE))
        .or_else(|| above(Hint::OffCentre, cues.off_centre, OFF_CENTRE_ABOVE))
        .or_else(|| above(Hint::LookHere, cues.yaw.abs(), YAW_ABOVE))
        .or_else(|| above(Hint::LookHere, cues.pitch, *PITCH.end()))
        .or_else(|| below(Hint::LookHere, cues.pitch, *PITCH.start()))
        // The points of a smeared face lie askew.
        .or_else(|| above(Hint::Tilted, cues.roll.abs(), ROLL_ABOVE).filter(|_| cues.sharpness >= BLURRED_BELOW))
        .or_else(|| {
            let dim = cues.brightness < BACKLIT_FACE_BELOW;
            above(Hint::Backlit, cues.surroundings - cues.brightness, BACKLIGHT_ABOVE).filter(|_| dim)
        })
        .or_else(|| below(Hint::TooDark, cues.highlights, DARK_BELOW))
        .or_else(|| above(Hint::TooBright, cues.burnt, BURNT_ABOVE))
        .or_else(|| below(Hint::Blurred, cues.sharpness, BLURRED_BELOW))
}

fn middle(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
}

fn outside_share(face: &Face, width: f32, height: f32) -> f32 {
    let across = (face.left + face.width).min(width) - face.left.max(0.0);
    let down = (face.top + face.height).min(height) - face.top.max(0.0);
    1.0 - (across.max(0.0) * down.max(0.0)) / (face.width * face.height).max(1e-3)
}

/// Brightness and sharpness from a coarse grid of pixels.
struct Light {
    face: f32,
    highlights: f32,
    burnt: f32,
    around: f32,
}

/// Grid points across the face and across the frame.
const GRID: usize = 48;

impl Light {
    fn of(frame: &Frame, face: &Face) -> Self {
        let (width, height) = (frame.width() as f32, frame.height() as f32);
        // The inner part of the box is skin; the corners are hair and background.
        let inner = (face.left + 0.15 * face.width, face.top + 0.15 * face.height);
        let step = (0.7 * face.width / GRID as f32, 0.7 * face.height / GRID as f32);
        let mut sum = Sums { value: 0.0, burnt: 0, count: 0, levels: [0; 256] };
        for v in 0..GRID {
            for u in 0..GRID {
                let (x, y) = (inner.0 + u as f32 * step.0, inner.1 + v as f32 * step.1);
                let Some(here) = brightness(frame, x, y) else { continue };
                sum.add(here);
            }
        }
        let mut around = (0.0f32, 0u32);
        for v in 0..GRID {
            for u in 0..GRID {
                let (x, y) = (u as f32 * width / GRID as f32, v as f32 * height / GRID as f32);
                let beside = x < face.left || x > face.left + face.width;
                if (beside || y < face.top)
                    && let Some(value) = brightness(frame, x, y)
                {
                    around = (around.0 + value, around.1 + 1);
                }
            }
        }
        let count = sum.count.max(1) as f32;
        let mean = sum.value / count;
        Self {
            face: mean,
            highlights: sum.highlights(),
            burnt: sum.burnt as f32 / count,
            around: if around.1 > 0 { around.0 / around.1 as f32 } else { mean },
        }
    }
}

struct Sums {
    value: f32,
    burnt: u32,
    count: u32,
    /// How many pixels have each brightness.
    levels: [u32; 256],
}

impl Sums {
    fn add(&mut self, here: f32) {
        self.value += here;
        self.burnt += u32::from(here > 250.0);
        self.count += 1;
        if let Some(level) = self.levels.get_mut(here as usize) {
            *level += 1;
        }
    }

    /// The brightness that one pixel in twenty exceeds.
    fn highlights(&self) -> f32 {
        let mut above = self.count / 20;
        let level = self.levels.iter().rposition(|count| match above.checked_sub(*count) {
            Some(left) => {
                above = left;
                false
            }
            None => true,
        });
        level.unwrap_or_default() as f32
    }
}

/// Cells across the inner face that sharpness is measured on, so that the face's size does not matter.
const CELLS: usize = 64;

/// Cells over which a coarse difference is taken.
const COARSE: usize = 8;

/// Second differences of neighbouring cells over differences of distant ones, along rows and along columns; the
/// smaller of both, because a movement blurs one direction only. Sharp faces have 0.11 and more, a face 200 pixels high that
/// moved by 11 pixels or is out of focus by three has less than 0.08.
fn sharpness(frame: &Frame, face: &Face) -> f32 {
    let (left, top) = (face.left + 0.15 * face.width, face.top + 0.15 * face.height);
    let step = (0.7 * face.width / CELLS as f32, 0.7 * face.height / CELLS as f32);
    // Two looks a direction per cell even out the noise of single pixels.
    let cell = |u: usize, v: usize| {
        let place = |n: usize, part: f32, step: f32| (n as f32 + part) * step;
        [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
            .into_iter()
            .map(|(a, b)| brightness(frame, left + place(u, a, step.0), top + place(v, b, step.1)).unwrap_or_default())
            .sum::<f32>()
    };
    let rows: [[f32; CELLS]; CELLS] = std::array::from_fn(|v| std::array::from_fn(|u| cell(u, v)));
    let columns: [[f32; CELLS]; CELLS] =
        std::array::from_fn(|u| rows.map(|row| row.get(u).copied().unwrap_or_default()));
    detail(&rows).min(detail(&columns))
}

/// Fine over coarse differences along lines.
fn detail(lines: &[[f32; CELLS]]) -> f32 {
    let (mut fine, mut coarse) = (0.0f32, 0.0f32);
    for line in lines {
        for window in line.windows(3) {
            if let [a, b, c] = window {
                fine += (2.0 * b - a - c).abs();
            }
        }
        coarse += line.iter().zip(line.iter().skip(COARSE)).map(|(a, b)| (a - b).abs()).sum::<f32>();
    }
    let per = |sum: f32, gap: usize| sum / (CELLS - gap) as f32;
    per(fine, 2) / per(coarse, COARSE).max(1.0)
}

fn brightness(frame: &Frame, x: f32, y: f32) -> Option<f32> {
    if x < 0.0 || y < 0.0 || x >= frame.width() as f32 || y >= frame.height() as f32 {
        return None;
    }
    let place = (y as usize * frame.width() as usize + x as usize) * 3;
    match frame.rgb().get(place..place + 3)? {
        [r, g, b] => Some(0.299 * f32::from(*r) + 0.587 * f32::from(*g) + 0.114 * f32::from(*b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Cues = Cues {
        height: 0.4,
        outside: 0.0,
        off_centre: 0.1,
        yaw: 0.05,
        pitch: 0.5,
        roll: 2.0,
        brightness: 130.0,
        highlights: 180.0,
        burnt: 0.0,
        surroundings: 120.0,
        sharpness: 0.15,
    };

    fn face(height: f32) -> Face {
        Face {
            left: 0.0,
            top: 0.0,
            width: height,
            height,
            points: Default::default(),
            close: Default::default(),
            score: 0.9,
        }
    }

    #[test]
    fn each_cue_has_its_hint() {
        assert_eq!(judge(&GOOD, None), None);
        for (cues, hint) in [
            (Cues { height: 0.9, ..GOOD }, Hint::TooNear),
            (Cues { height: 0.1, ..GOOD }, Hint::TooFar),
            (Cues { outside: 0.2, ..GOOD }, Hint::OffCentre),
            (Cues { off_centre: 0.4, ..GOOD }, Hint::OffCentre),
            (Cues { yaw: -0.5, ..GOOD }, Hint::LookHere),
            (Cues { pitch: 0.1, ..GOOD }, Hint::LookHere),
            (Cues { pitch: 0.9, ..GOOD }, Hint::LookHere),
            (Cues { roll: -30.0, ..GOOD }, Hint::Tilted),
            (Cues { brightness: 60.0, surroundings: 215.0, ..GOOD }, Hint::Backlit),
            (Cues { brightness: 30.0, highlights: 40.0, surroundings: 30.0, ..GOOD }, Hint::TooDark),
            (Cues { burnt: 0.5, ..GOOD }, Hint::TooBright),
            (Cues { sharpness: 0.05, ..GOOD }, Hint::Blurred),
        ] {
            assert_eq!(judge(&cues, None), Some(hint), "{cues:?}");
        }
    }

    /// The five points of a head, in eye distances (right, down, towards the camera), turned and nodded by degrees.
    fn turned_head(turn: f32, nod: f32) -> Face {
        const HEAD: [[f32; 3]; 5] =
            [[-0.5, 0.0, 0.0], [0.5, 0.0, 0.0], [0.0, 0.62, 0.45], [-0.38, 1.12, 0.12], [0.38, 1.12, 0.12]];
        let ((sin, cos), (up, level)) = (turn.to_radians().sin_cos(), nod.to_radians().sin_cos());
        let points = HEAD.map(|[x, y, z]| {
            let (x, z) = (x * cos + z * sin, z * cos - x * sin);
            (320.0 + 80.0 * x, 200.0 + 80.0 * (y * level + z * up))
        });
        Face { left: 220.0, top: 120.0, width: 200.0, height: 240.0, points, close: points, score: 0.9 }
    }

    #[test]
    fn heads_that_turn_or_nod_too_far_are_asked_to_look_here() {
        let rgb = (0..640 * 480).flat_map(|n| [(60 + n % 997 * 7919 % 150) as u8; 3]).collect();
        let frame = Frame::new(640, 480, rgb).expect("a frame");
        let hint = |turn, nod| judge(&measure(&frame, &turned_head(turn, nod)), None);
        for degrees in [0.0f32, 5.0, 10.0, 15.0] {
            assert_eq!((hint(degrees, 0.0), hint(-degrees, 0.0)), (None, None), "{degrees}");
        }
        for degrees in [40.0, 42.0, 44.0, 46.0, 50.0, 55.0] {
            let looks = Some(Hint::LookHere);
            assert_eq!((hint(degrees, 0.0), hint(-degrees, 0.0)), (looks, looks), "{degrees}");
        }
        assert_eq!((hint(0.0, 45.0), hint(0.0, -60.0)), (Some(Hint::LookHere), Some(Hint::LookHere)));
    }

    #[test]
    fn the_most_urgent_hint_comes_first_and_a_standing_one_has_a_stricter_line() {
        assert_eq!(judge(&Cues { height: 0.9, highlights: 10.0, ..GOOD }, None), Some(Hint::TooNear));
        let on_the_line = Cues { height: NEAR_ABOVE - 0.01, ..GOOD };
        assert_eq!(judge(&on_the_line, None), None);
        assert_eq!(judge(&on_the_line, Some(Hint::TooNear)), Some(Hint::TooNear));
        assert_eq!(judge(&on_the_line, Some(Hint::TooFar)), None);
    }

    #[test]
    fn dark_skin_in_good_light_is_neither_dark_nor_backlit() {
        for (brightness, highlights, surroundings) in [(38.0, 60.0, 128.0), (46.0, 70.0, 172.0), (60.0, 85.0, 166.0)] {
            let cues = Cues { brightness, highlights, surroundings, ..GOOD };
            assert_eq!(judge(&cues, None), None, "{cues:?}");
        }
    }

    #[test]
    fn a_bystander_is_no_second_face() {
        assert_eq!(judge_count(&[]), Some(Hint::NoFace));
        assert_eq!(judge_count(&[face(200.0), face(60.0)]), None);
        assert_eq!(judge_count(&[face(200.0), face(150.0)]), Some(Hint::TwoFaces));
    }
}
