//! What would help to read the card: from where its lines stand and how large they are, never from what they say.

use uketsuke_core::domain::code_b::PrintHint;
use uketsuke_core::ports::Frame;

use super::quad::Quad;
use super::reader::Seen;

/// Fewer lines are no card.
const FEWEST: usize = 3;
/// Dates below this many pixels are not read; print of any other kind is smaller.
const SMALL_DATE: f32 = 11.0;
const SMALL_PRINT: f32 = 9.0;
/// Degrees that a line may lean.
const LEANS: f32 = 9.0;
/// Lines at the edge of the picture that make a card too large for it.
const CUT: usize = 2;
/// Pixels from the edge.
const EDGE: f32 = 3.0;
/// So bright in every channel is glare, where it covers this share of the print.
const WHITE: u8 = 252;
const GLARING: f32 = 0.03;

/// Where the lines of a picture stand.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Page {
    /// Median height of a line, in pixels.
    height: f32,
    /// Median lean, in degrees.
    lean: f32,
    /// Lines that touch the edge of the picture.
    cut: usize,
    /// What all of them cover: left, top, right, bottom.
    bounds: (f32, f32, f32, f32),
}

impl Page {
    /// Of these lines in `frame`.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Quad>, frame: &Frame) -> Self {
        let (width, height) = (frame.width() as f32, frame.height() as f32);
        let (mut heights, mut leans, mut page) = (Vec::new(), Vec::new(), Self::default());
        for quad in lines {
            let (left, top, right, bottom) = quad.bounds();
            page.bounds = match heights.is_empty() {
                true => (left, top, right, bottom),
                false => {
                    let (l, t, r, b) = page.bounds;
                    (l.min(left), t.min(top), r.max(right), b.max(bottom))
                }
            };
            heights.push(quad.height());
            leans.extend(quad.axes().map(|(along, _)| along.y.atan2(along.x).to_degrees().abs()));
            page.cut += usize::from(left < EDGE || top < EDGE || right > width - EDGE || bottom > height - EDGE);
        }
        (page.height, page.lean) = (median(heights), median(leans));
        page
    }

    /// The share of what the lines cover that is white as glare is.
    fn glare(&self, frame: &Frame) -> f32 {
        let (left, top, right, bottom) = self.bounds;
        let (mut white, mut all) = (0u32, 0u32);
        let rows = frame.rgb().chunks_exact(3 * frame.width() as usize).enumerate();
        for (_, row) in rows.filter(|(y, _)| (top..bottom).contains(&(*y as f32))) {
            let inside =
                row.as_chunks::<3>().0.iter().enumerate().filter(|(x, _)| (left..right).contains(&(*x as f32)));
            for (_, pixel) in inside {
                all += 1;
                white += u32::from(pixel.iter().all(|channel| *channel >= WHITE));
            }
        }
        white as f32 / all.max(1) as f32
    }
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The hint for one picture.
fn hint(frame: &Frame, seen: &Seen) -> PrintHint {
    let page = &seen.page;
    if seen.lines < FEWEST {
        return PrintHint::ShowFront;
    }
    if page.cut >= CUT {
        return PrintHint::Farther;
    }
    let glaring = || page.glare(frame) >= GLARING;
    let dates = seen.birth.as_ref().zip(seen.expiry.as_ref());
    match dates.map(|(birth, expiry)| birth.height.min(expiry.height)) {
        Some(height) if height < SMALL_DATE => PrintHint::Nearer,
        Some(_) if page.lean > LEANS => PrintHint::Straighter,
        Some(_) if seen.code.is_some() => PrintHint::HoldStill,
        Some(_) if glaring() => PrintHint::Glare,
        Some(_) => PrintHint::FingerAway,
        None if page.height < SMALL_PRINT => PrintHint::Nearer,
        None if page.lean > LEANS => PrintHint::Straighter,
        None if glaring() => PrintHint::Glare,
        None => PrintHint::OtherSide,
    }
}

/// The hints of one look: one that stands for a single picture is passed over, so that nothing flickers.
#[derive(Debug, Default)]
pub struct Hints {
    told: Option<PrintHint>,
    last: Option<PrintHint>,
}

impl Hints {
    /// The hint after this picture, when it is another than before.
    pub fn after(&mut self, frame: &Frame, seen: &Seen) -> Option<PrintHint> {
        self.settle(hint(frame, seen))
    }

    fn settle(&mut self, now: PrintHint) -> Option<PrintHint> {
        let twice = self.last.replace(now) == Some(now);
        let sure = twice || self.told.is_none() || now == PrintHint::HoldStill;
        (sure && self.told.replace(now).is_none_or(|told| told != now)).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::super::dates::{Birth, Expiry};
    use super::super::quad::Point;
    use super::super::reader::Field;
    use super::*;

    fn frame(grey: u8) -> Frame {
        Frame::new(640, 480, vec![grey; 640 * 480 * 3]).expect("a frame")
    }

    /// Four lines of that height that lean by so many degrees.
    fn page(height: f32, degrees: f32, x: f32) -> Page {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let along = Point::new(cos, sin) * 90.0;
        let across = Point::new(-sin, cos) * (height / 2.0);
        let quads: Vec<_> =
            (0..4u8).map(|n| Quad::about(Point::new(x, 150.0 + 40.0 * f32::from(n)), along, across)).collect();
        Page::of(quads.iter(), &frame(128))
    }

    fn seen(page: Page, dates: Option<f32>, code: bool) -> Seen {
        Seen {
            lines: 4,
            page,
            birth: dates.map(|height| Field::<Birth> { height, ..Field::default() }),
            expiry: dates.map(|height| Field::<Expiry> { height, ..Field::default() }),
            code: code.then(Field::default),
        }
    }

    #[test]
    fn each_hint_has_its_picture() {
        let straight = page(16.0, 0.0, 320.0);
        for (seen, wanted) in [
            (Seen::default(), PrintHint::ShowFront),
            (seen(page(16.0, 0.0, 60.0), None, false), PrintHint::Farther),
            (seen(straight, Some(8.0), false), PrintHint::Nearer),
            (seen(page(6.0, 0.0, 320.0), None, false), PrintHint::Nearer),
            (seen(page(16.0, 14.0, 320.0), Some(16.0), true), PrintHint::Straighter),
            (seen(page(16.0, -14.0, 320.0), None, false), PrintHint::Straighter),
            (seen(straight, Some(16.0), false), PrintHint::FingerAway),
            (seen(straight, Some(16.0), true), PrintHint::HoldStill),
            (seen(straight, None, false), PrintHint::OtherSide),
        ] {
            assert_eq!(hint(&frame(128), &seen), wanted);
        }
        // The same under a lamp.
        assert_eq!(hint(&frame(255), &seen(straight, Some(16.0), false)), PrintHint::Glare);
        assert_eq!(hint(&frame(255), &seen(straight, None, false)), PrintHint::Glare);
        assert_eq!(hint(&frame(255), &seen(straight, Some(16.0), true)), PrintHint::HoldStill);
    }

    #[test]
    fn a_hint_stands_until_two_pictures_say_another() {
        use PrintHint::{FingerAway, HoldStill, Nearer, ShowFront};
        let mut hints = Hints::default();
        let told = [ShowFront, Nearer, ShowFront, Nearer, Nearer, Nearer, HoldStill, FingerAway, HoldStill]
            .map(|now| hints.settle(now));
        let wanted = [Some(ShowFront), None, None, None, Some(Nearer), None, Some(HoldStill), None, None];
        assert_eq!(told, wanted);
    }
}
