//! The map between two views of a plane, by least squares.

use super::{POINTS, Shape};

/// Unknowns of a homography whose last number is one.
const UNKNOWNS: usize = 8;

/// Root mean square distance, in pixels of `to`, that the best homography of `from` onto `to` leaves.
/// `None` when the points span no area or are no numbers.
pub fn residual(from: &Shape, to: &Shape) -> Option<f32> {
    let ((p, _), (q, scale)) = (normalised(from)?, normalised(to)?);
    let h = solve(equations(&p, &q))?;
    let square: f64 = p
        .iter()
        .zip(&q)
        .map(|((x, y), (u, v))| {
            let w = h[6] * x + h[7] * y + 1.0;
            let (a, b) = ((h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w);
            (a - u).powi(2) + (b - v).powi(2)
        })
        .sum();
    let distance = (square / POINTS as f64).sqrt() * scale;
    distance.is_finite().then_some(distance as f32)
}

/// The points about their mean, at a mean distance of one from it, and that distance.
fn normalised(shape: &Shape) -> Option<([(f64, f64); POINTS], f64)> {
    let points = shape.map(|(x, y)| (f64::from(x), f64::from(y)));
    let count = POINTS as f64;
    let (sx, sy) = points.iter().fold((0.0, 0.0), |(sx, sy), p| (sx + p.0, sy + p.1));
    let centred = points.map(|(x, y)| (x - sx / count, y - sy / count));
    let scale = centred.iter().map(|(x, y)| x.hypot(*y)).sum::<f64>() / count;
    (scale.is_finite() && scale > 1e-6).then(|| (centred.map(|(x, y)| (x / scale, y / scale)), scale))
}

/// Rows of the normal equations, the right side last.
type System = [[f64; UNKNOWNS + 1]; UNKNOWNS];

/// Each pair gives two linear equations in the eight numbers; their squares are summed.
fn equations(p: &[(f64, f64)], q: &[(f64, f64)]) -> System {
    let mut system = System::default();
    for ((x, y), (u, v)) in p.iter().zip(q) {
        for row in [[*x, *y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, *u], [0.0, 0.0, 0.0, *x, *y, 1.0, -v * x, -v * y, *v]]
        {
            for (line, factor) in system.iter_mut().zip(row) {
                line.iter_mut().zip(row).for_each(|(sum, value)| *sum += factor * value);
            }
        }
    }
    system
}

/// Gauss elimination with the largest pivot; `None` when the system is singular.
fn solve(mut system: System) -> Option<[f64; UNKNOWNS]> {
    for column in 0..UNKNOWNS {
        let pivot = (column..UNKNOWNS).max_by(|a, b| system[*a][column].abs().total_cmp(&system[*b][column].abs()))?;
        system.swap(column, pivot);
        let head = system[column];
        if head[column].abs() <= 1e-9 || head[column].is_nan() {
            return None;
        }
        for (n, line) in system.iter_mut().enumerate() {
            if n != column {
                let factor = line[column] / head[column];
                line.iter_mut().zip(head).for_each(|(value, above)| *value -= factor * above);
            }
        }
    }
    let mut solution = [0.0; UNKNOWNS];
    for (n, value) in solution.iter_mut().enumerate() {
        *value = system[n][UNKNOWNS] / system[n][n];
    }
    Some(solution)
}
