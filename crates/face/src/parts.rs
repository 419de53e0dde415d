//! What hides a part of the face: mask, hat or hair over the brows, light on glasses, closed eyes.
//!
//! Colours are compared with the skin between the lower lids and the nose of the same picture, so neither the colour of
//! the light nor that of the skin matters.

use uketsuke_core::domain::face::Hint;
use uketsuke_core::ports::Frame;

use super::landmarks::{Landmarks, place};
use super::quality::MARGIN;

/// Openness of an eye below which it is closed: blinks reach 0.02 to 0.06, narrow eyes that look at the camera 0.15.
const CLOSED_BELOW: f32 = 0.085;
/// Share of skin in the lower face below which it is covered, unless lips are seen there. Bare faces before poor webcams go
/// down to 0.07, made masks stay near nothing.
const MASK_BELOW: f32 = 0.06;
/// Redness of lips that are seen.
const LIPS_FROM: f32 = 0.03;
/// Share of skin between the brows below which something hides them.
const BROW_BELOW: f32 = 0.25;
/// Share of an eye's surroundings that may mirror light.
const GLARE_ABOVE: f32 = 0.08;

/// Cues about the parts of a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// See [`Landmarks::eyes_open`].
    pub eyes_open: f32,
    /// Share of the place between the brows that looks like skin.
    pub brow_skin: f32,
    /// Share of the lower face that looks like skin.
    pub mouth_skin: f32,
    /// Redness of the lips above that of the lower face around them, in shares of the whole light.
    pub lips: f32,
    /// Share of the brighter eye's surroundings that only mirrored light makes so bright.
    pub glare: f32,
}

impl Parts {
    /// The most urgent hint. `standing` is the hint shown now: its line is drawn a little stricter.
    pub fn hint(&self, standing: Option<Hint>) -> Option<Hint> {
        [Hint::Mask, Hint::BrowHidden, Hint::GlassesGlare, Hint::EyesClosed]
            .into_iter()
            .find(|hint| self.speaks_for(*hint, standing))
    }

    /// Whether a frame can be compared: hidden brows make a match less sure, the others make it worthless.
    pub fn usable(&self, standing: Option<Hint>) -> bool {
        ![Hint::Mask, Hint::GlassesGlare, Hint::EyesClosed].into_iter().any(|hint| self.speaks_for(hint, standing))
    }

    fn speaks_for(&self, hint: Hint, standing: Option<Hint>) -> bool {
        let stricter = if standing == Some(hint) { MARGIN } else { 0.0 };
        let below = |value: f32, line: f32| value < line * (1.0 + stricter);
        match hint {
            Hint::Mask => below(self.mouth_skin, MASK_BELOW) && self.lips < LIPS_FROM,
            Hint::BrowHidden => below(self.brow_skin, BROW_BELOW),
            Hint::GlassesGlare => self.glare > GLARE_ABOVE * (1.0 - stricter),
            Hint::EyesClosed => below(self.eyes_open, CLOSED_BELOW),
            _ => false,
        }
    }
}

/// Measures the parts of a face.
pub fn measure(frame: &Frame, points: &Landmarks) -> Parts {
    let axes = Axes::of(points);
    let skin = Skin::of(frame, &axes);
    let brow = axes.area((0.0, -0.42), (0.18, 0.14));
    let mouth = axes.place(middle(points.at(place::MOUTH[0]), points.at(place::MOUTH[1])));
    let lower = axes.area((mouth.0, mouth.1 + 0.05), (0.45, 0.30));
    let eye = |side: [usize; 6]| {
        let centre = axes.place(middle(points.at(side[0]), points.at(side[1])));
        let area = axes.area(centre, (0.32, 0.22));
        share(frame, &area, |pixel| luma(pixel) > (skin.luma + 30.0).max(225.0))
    };
    let lips = axes.area((mouth.0, mouth.1), (0.22, 0.10));
    let red = |area: &[(f32, f32)]| mean(frame, area, |p| chroma(p).0);
    Parts {
        eyes_open: points.eyes_open(),
        brow_skin: share(frame, &brow, |pixel| skin.like(pixel)),
        mouth_skin: share(frame, &lower, |pixel| skin.like(pixel)),
        lips: red(&lips) - red(&lower),
        glare: eye(place::RIGHT_EYE).max(eye(place::LEFT_EYE)),
    }
}

/// Looks along each side of an area.
const SIDE: usize = 16;

/// Where an area is looked at, in pixels of the frame.
type Area = [(f32, f32); SIDE * SIDE];

/// Places in a face: from the middle between the eyes, along the eye line and down, in eye distances.
struct Axes {
    origin: (f32, f32),
    along: (f32, f32),
}

impl Axes {
    fn of(points: &Landmarks) -> Self {
        let centre = |eye: [usize; 6]| middle(points.at(eye[0]), points.at(eye[1]));
        let (right, left) = (centre(place::RIGHT_EYE), centre(place::LEFT_EYE));
        Self { origin: middle(right, left), along: (left.0 - right.0, left.1 - right.1) }
    }

    fn pixel(&self, (u, v): (f32, f32)) -> (f32, f32) {
        let (ax, ay) = self.along;
        (self.origin.0 + u * ax - v * ay, self.origin.1 + u * ay + v * ax)
    }

    fn place(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (ax, ay) = self.along;
        let (dx, dy) = (x - self.origin.0, y - self.origin.1);
        let square = (ax * ax + ay * ay).max(1e-3);
        ((dx * ax + dy * ay) / square, (dy * ax - dx * ay) / square)
    }

    /// A grid of pixels over the rectangle `half` around `centre`.
    fn area(&self, centre: (f32, f32), half: (f32, f32)) -> Area {
        let step = |n: usize| (n as f32 + 0.5) / SIDE as f32 * 2.0 - 1.0;
        std::array::from_fn(|n| {
            let (i, j) = (step(n % SIDE), step(n / SIDE));
            self.pixel((centre.0 + i * half.0, centre.1 + j * half.1))
        })
    }
}

/// The skin of this face in this light.
struct Skin {
    luma: f32,
    chroma: (f32, f32),
}

impl Skin {
    fn of(frame: &Frame, axes: &Axes) -> Self {
        let places = [((-0.42, 0.30), (0.14, 0.08)), ((0.42, 0.30), (0.14, 0.08)), ((0.0, 0.22), (0.08, 0.12))];
        let areas = places.map(|(centre, half)| axes.area(centre, half));
        let median = |of: &dyn Fn([f32; 3]) -> f32| {
            let mut all = [0.0; 3 * SIDE * SIDE];
            let pixels = areas.iter().flatten().filter_map(|place| rgb(frame, *place));
            let count = all.iter_mut().zip(pixels).map(|(value, pixel)| *value = of(pixel)).count();
            let known = all.get_mut(..count).unwrap_or_default();
            known.sort_unstable_by(f32::total_cmp);
            known.get(count / 2).copied().unwrap_or_default()
        };
        Self { luma: median(&luma), chroma: (median(&|p| chroma(p).0), median(&|p| chroma(p).1)) }
    }

    fn like(&self, pixel: [f32; 3]) -> bool {
        let (r, g) = chroma(pixel);
        let light = luma(pixel) / self.luma.max(1.0);
        (r - self.chroma.0).hypot(g - self.chroma.1) < 0.045 && (0.5..1.7).contains(&light)
    }
}

fn middle(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
}

fn rgb(frame: &Frame, (x, y): (f32, f32)) -> Option<[f32; 3]> {
    if x < 0.0 || y < 0.0 || x >= frame.width() as f32 || y >= frame.height() as f32 {
        return None;
    }
    let place = (y as usize * frame.width() as usize + x as usize) * 3;
    match frame.rgb().get(place..place + 3)? {
        [r, g, b] => Some([*r, *g, *b].map(f32::from)),
        _ => None,
    }
}

fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.299 * r + 0.587 * g + 0.114 * b
}

/// Shares of red and green in the light of a pixel; a little grey is added so that dark noise has no colour.
fn chroma([r, g, b]: [f32; 3]) -> (f32, f32) {
    let sum = r + g + b + 24.0;
    ((r + 8.0) / sum, (g + 8.0) / sum)
}

fn share(frame: &Frame, area: &[(f32, f32)], is: impl Fn([f32; 3]) -> bool) -> f32 {
    mean(frame, area, |pixel| f32::from(u8::from(is(pixel))))
}

fn mean(frame: &Frame, area: &[(f32, f32)], of: impl Fn([f32; 3]) -> f32) -> f32 {
    let (sum, count) =
        area.iter().filter_map(|p| rgb(frame, *p)).fold((0.0, 0u32), |(sum, n), pixel| (sum + of(pixel), n + 1));
    sum / count.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Parts = Parts { eyes_open: 0.3, brow_skin: 0.95, mouth_skin: 0.7, lips: 0.01, glare: 0.0 };

    #[test]
    fn each_part_has_its_hint_and_only_hidden_brows_leave_a_frame_usable() {
        assert_eq!(GOOD.hint(None), None);
        for (parts, hint, usable) in [
            (Parts { mouth_skin: 0.05, ..GOOD }, Some(Hint::Mask), false),
            (Parts { mouth_skin: 0.05, lips: 0.06, ..GOOD }, None, true),
            (Parts { brow_skin: 0.1, ..GOOD }, Some(Hint::BrowHidden), true),
            (Parts { brow_skin: 0.1, eyes_open: 0.01, ..GOOD }, Some(Hint::BrowHidden), false),
            (Parts { glare: 0.2, ..GOOD }, Some(Hint::GlassesGlare), false),
            (Parts { eyes_open: 0.04, ..GOOD }, Some(Hint::EyesClosed), false),
        ] {
            assert_eq!((parts.hint(None), parts.usable(None)), (hint, usable), "{parts:?}");
        }
    }

    #[test]
    fn a_standing_hint_has_a_stricter_line() {
        let on_the_line = Parts { eyes_open: CLOSED_BELOW + 0.002, ..GOOD };
        assert_eq!(on_the_line.hint(None), None);
        assert_eq!(on_the_line.hint(Some(Hint::EyesClosed)), Some(Hint::EyesClosed));
        assert_eq!(on_the_line.hint(Some(Hint::Mask)), None);
    }

    #[test]
    fn places_go_there_and_back() {
        let axes = Axes { origin: (100.0, 80.0), along: (60.0, 10.0) };
        let (u, v) = axes.place(axes.pixel((0.3, -0.4)));
        assert!((u - 0.3).abs() < 1e-5 && (v + 0.4).abs() < 1e-5, "{u} {v}");
    }
}
