//! Alignment: the similarity transform that brings five points onto the template of the recogniser.

use super::detect::Face;
use super::sample::Affine;

/// Side of the aligned face in pixels, as the template below has it.
const SIDE: f32 = 112.0;

/// Where SFace (as all of its family) expects the five points in its 112×112 input.
const TEMPLATE: [(f32, f32); 5] =
    [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)];

/// The map from the pixels of an aligned face of `side` by `side` to frame pixels; `None` when the points coincide or
/// are no numbers.
pub fn map_to_frame(face: &Face, side: usize) -> Option<Affine> {
    let zoom = side as f32 / SIDE;
    similarity(&TEMPLATE.map(|(x, y)| (x * zoom, y * zoom)), &face.points)
}

/// The same face as slightly other points would align it: smaller, larger, higher, lower. The mean of what these looks give
/// errs less than one.
pub fn looks(face: &Face) -> [Face; 5] {
    let (x, y) = mean(&face.points);
    [(1.0, 0.0), (0.95, 0.0), (1.05, 0.0), (1.0, 0.02), (1.0, -0.02)].map(|(zoom, down)| {
        let moved = |(px, py): (f32, f32)| (x + (px - x) * zoom, y + (py - y) * zoom + down * face.height);
        Face { points: face.points.map(moved), ..*face }
    })
}

/// Least-squares similarity without reflection from `from` to `to` (Umeyama 1991; in the plane it is one
/// complex factor and a shift).
fn similarity(from: &[(f32, f32); 5], to: &[(f32, f32); 5]) -> Option<Affine> {
    let (from_mean, to_mean) = (mean(from), mean(to));
    let (mut real, mut imaginary, mut spread) = (0.0f32, 0.0f32, 0.0f32);
    for (p, q) in from.iter().zip(to) {
        let (px, py) = (p.0 - from_mean.0, p.1 - from_mean.1);
        let (qx, qy) = (q.0 - to_mean.0, q.1 - to_mean.1);
        real += px * qx + py * qy;
        imaginary += px * qy - py * qx;
        spread += px * px + py * py;
    }
    let (a, b) = (real / spread, imaginary / spread);
    let size = a.hypot(b);
    (size.is_finite() && size > 1e-3).then(|| Affine {
        x: [a, -b, to_mean.0 - a * from_mean.0 + b * from_mean.1],
        y: [b, a, to_mean.1 - b * from_mean.0 - a * from_mean.1],
    })
}

fn mean(points: &[(f32, f32); 5]) -> (f32, f32) {
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0, y + p.1));
    (x / 5.0, y / 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_scaled_shifted_template_is_found_exactly() {
        let (angle, scale) = (0.3f32, 1.7f32);
        let truth = Affine {
            x: [scale * angle.cos(), -scale * angle.sin(), 200.0],
            y: [scale * angle.sin(), scale * angle.cos(), 90.0],
        };
        let found = similarity(&TEMPLATE, &TEMPLATE.map(|(x, y)| truth.apply(x, y))).expect("a map");
        for (f, t) in found.x.iter().chain(&found.y).zip(truth.x.iter().chain(&truth.y)) {
            assert!((f - t).abs() < 1e-3, "{found:?} {truth:?}");
        }
    }

    #[test]
    fn a_mirrored_face_is_not_reflected() {
        let mirrored = TEMPLATE.map(|(x, y)| (112.0 - x, y));
        let found = similarity(&TEMPLATE, &mirrored).expect("a map");
        assert!(found.x[0] * found.y[1] - found.x[1] * found.y[0] > 0.0);
    }

    #[test]
    fn the_looks_lie_evenly_about_the_face() {
        let none = Default::default();
        let face = Face { left: 0.0, top: 0.0, width: 100.0, height: 120.0, points: TEMPLATE, close: none, score: 0.9 };
        let looks = looks(&face);
        assert_eq!(looks[0].points, face.points);
        for (n, point) in TEMPLATE.iter().enumerate() {
            let middle = looks.iter().fold((0.0, 0.0), |(x, y), look| (x + look.points[n].0, y + look.points[n].1));
            assert!((middle.0 / 5.0 - point.0).abs() < 1e-3 && (middle.1 / 5.0 - point.1).abs() < 1e-3);
        }
    }

    #[test]
    fn coinciding_points_have_no_map() {
        assert!(similarity(&TEMPLATE, &[(5.0, 5.0); 5]).is_none());
        assert!(similarity(&TEMPLATE, &[(f32::NAN, 5.0); 5]).is_none());
    }
}
