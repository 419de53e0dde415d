//! The map between two views that only shifts, turns in the picture's plane and resizes, by least squares.

use super::{POINTS, Shape};

/// Root mean square distance, in pixels of `to`, that the best similarity of `from` onto `to` leaves.
/// `None` when the points coincide or are no numbers.
pub fn residual(from: &Shape, to: &Shape) -> Option<f32> {
    let (p, q) = (centred(from), centred(to));
    let (mut real, mut imaginary, mut spread) = (0.0, 0.0, 0.0);
    for ((x, y), (u, v)) in p.iter().zip(&q) {
        real += x * u + y * v;
        imaginary += x * v - y * u;
        spread += x * x + y * y;
    }
    let (a, b) = (real / spread, imaginary / spread);
    let square: f64 =
        p.iter().zip(&q).map(|((x, y), (u, v))| (a * x - b * y - u).powi(2) + (b * x + a * y - v).powi(2)).sum();
    let distance = (square / POINTS as f64).sqrt();
    (spread > 1e-6 && distance.is_finite()).then_some(distance as f32)
}

fn centred(shape: &Shape) -> [(f64, f64); POINTS] {
    let points = shape.map(|(x, y)| (f64::from(x), f64::from(y)));
    let (sx, sy) = points.iter().fold((0.0, 0.0), |(sx, sy), p| (sx + p.0, sy + p.1));
    points.map(|(x, y)| (x - sx / POINTS as f64, y - sy / POINTS as f64))
}
