//! Trims a box that is too high to the band of text across its middle: the detector's boxes around small print are loose.

use super::picture::{Plane, cut_linear, percentile};
use super::quad::Quad;

/// Rows that a box is looked at with.
const ROWS: usize = 32;
/// Lines lower than this, in pixels, are left as they are.
const LOWEST: f32 = 8.0;
/// Strokes must stand out from what is beside them by this factor.
const CLEAR: f32 = 2.0;
/// Part of the way from the quietest tenth to the busiest row from where on a row is text.
const BUSY: f32 = 0.3;
/// A band of fewer rows is a rule or a stain.
const FEWEST: usize = 8;
/// Room left around the band, in its heights.
const ROOM: f32 = 0.16;

/// The same box without what lies above and below its text.
pub fn tighten(grey: &Plane, quad: &Quad) -> Quad {
    let (width, height) = quad.size();
    if height < LOWEST {
        return *quad;
    }
    let columns = (width / height * ROWS as f32).clamp(16.0, 480.0) as usize;
    let strip = cut_linear(grey, quad, columns, ROWS).softened(0.8, 3);
    // Strokes change along the line; the edge of the portrait does not.
    let change = |row: &[f32]| row.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f32>();
    let rough: Vec<f32> = (0..ROWS).map(|y| change(strip.row(y)) / (columns - 1) as f32).collect();
    let near = |y: usize| rough.get(y).copied().unwrap_or_default();
    let energy: Vec<f32> = (0..ROWS)
        .map(|y| 0.25 * near(y.saturating_sub(1)) + 0.5 * near(y) + 0.25 * near((y + 1).min(ROWS - 1)))
        .collect();
    let Some((from, to)) = band(&energy) else { return *quad };
    let room = ROOM * (to - from + 1) as f32;
    let part = |row: f32| (row / ROWS as f32).clamp(0.0, 1.0);
    quad.band(part(from as f32 - room), part(to as f32 + 1.0 + room))
}

/// First and last row of the busy band nearest to the middle.
fn band(energy: &[f32]) -> Option<(usize, usize)> {
    let low = percentile(&mut energy.to_vec(), 10.0);
    let high = energy.iter().copied().fold(f32::MIN, f32::max);
    if high < CLEAR * low + 1.0 {
        return None;
    }
    let busy = |y: usize| energy.get(y).is_some_and(|e| *e > low + BUSY * (high - low));
    let middle = (0..ROWS).filter(|y| busy(*y)).min_by_key(|y| y.abs_diff(ROWS / 2))?;
    let from = (0..middle).rev().take_while(|y| busy(*y)).last().unwrap_or(middle);
    let to = (middle + 1..ROWS).take_while(|y| busy(*y)).last().unwrap_or(middle);
    (to - from + 1 >= FEWEST).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quad::Point;

    fn upright(left: f32, top: f32, right: f32, bottom: f32) -> Quad {
        Quad([Point::new(left, top), Point::new(right, top), Point::new(right, bottom), Point::new(left, bottom)])
    }

    #[test]
    fn a_loose_box_closes_on_its_text() {
        let mut grey = Plane::new(300, 100);
        grey.pixels.fill(220.0);
        for y in 40..56 {
            for x in (20..280).filter(|x| x % 8 < 4) {
                grey.pixels[y * 300 + x] = 40.0;
            }
        }
        let tight = tighten(&grey, &upright(10.0, 24.0, 290.0, 72.0));
        let (_, top, _, bottom) = tight.bounds();
        assert!((34.0..41.0).contains(&top) && (55.0..63.0).contains(&bottom), "{top} {bottom}");
    }

    #[test]
    fn an_empty_box_and_a_low_one_stay() {
        let grey = Plane::new(300, 100);
        for quad in [upright(10.0, 24.0, 290.0, 72.0), upright(10.0, 24.0, 290.0, 30.0)] {
            assert_eq!(tighten(&grey, &quad), quad);
        }
    }
}
