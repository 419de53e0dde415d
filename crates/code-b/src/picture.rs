//! Pictures as the readers want them: grey and colour, cut out along a quadrilateral, softened, shrunk.
//!
//! Pixels have their centre at whole numbers and a rectangle of `width` pixels begins at 0, as OpenCV has it: the reference
//! pipeline's figures hold for these cuts. Everything here shows the card and is wiped when dropped.

use uketsuke_core::ports::Frame;
use zeroize::Zeroize;

use super::quad::{Point, Quad};

/// One plane of numbers, 0 to 255, rows from the top.
pub struct Plane {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<f32>,
}

impl Drop for Plane {
    fn drop(&mut self) {
        self.pixels.zeroize();
    }
}

impl Plane {
    /// A plane of one tone.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![0.0; width * height] }
    }

    /// One row; empty outside.
    pub fn row(&self, y: usize) -> &[f32] {
        self.pixels.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    fn at(&self, x: isize, y: isize) -> f32 {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.pixels.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The grey of a frame, as broadcast television weighs the colours.
    pub fn grey(frame: &Frame) -> Self {
        let pixels = frame.rgb().as_chunks::<3>().0;
        let grey =
            |[r, g, b]: &[u8; 3]| (0.299 * f32::from(*r) + 0.587 * f32::from(*g) + 0.114 * f32::from(*b)).round();
        Self {
            width: frame.width() as usize,
            height: frame.height() as usize,
            pixels: pixels.iter().map(grey).collect(),
        }
    }

    /// A part of the plane, kept inside it.
    fn cropped(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let rows = (top..top + height).flat_map(|y| self.row(y).iter().skip(left).take(width).copied());
        Self { width, height, pixels: rows.collect() }
    }

    /// Softened by a Gaussian of `sigma` pixels that reaches `reach` pixels to each side, mirrored at the edges.
    pub fn softened(&self, sigma: f32, reach: usize) -> Self {
        let weights: Vec<f32> = (0..=reach).map(|n| (-((n * n) as f32) / (2.0 * sigma * sigma)).exp()).collect();
        let total = weights.iter().skip(1).fold(weights.first().copied().unwrap_or(1.0), |sum, w| sum + 2.0 * w);
        let mirrored = |n: isize, length: usize| {
            let last = (length as isize - 1).max(1);
            let n = n.rem_euclid(2 * last);
            if n > last { 2 * last - n } else { n }
        };
        let pass = |from: &Plane, dx: isize, dy: isize| {
            let mut to = Plane::new(from.width, from.height);
            for y in 0..from.height as isize {
                for x in 0..from.width as isize {
                    let look = |n: isize| from.at(mirrored(x + n * dx, from.width), mirrored(y + n * dy, from.height));
                    let mut sum = look(0) * weights.first().copied().unwrap_or(1.0);
                    for (n, weight) in weights.iter().enumerate().skip(1) {
                        sum += weight * (look(n as isize) + look(-(n as isize)));
                    }
                    if let Some(pixel) = to.pixels.get_mut(y as usize * from.width + x as usize) {
                        *pixel = sum / total;
                    }
                }
            }
            to
        };
        pass(&pass(self, 1, 0), 0, 1)
    }
}

/// Maps the pixels of a cut-out to the picture it is cut from.
struct Cut {
    m: [f32; 9],
}

impl Cut {
    /// The quadrilateral stretched over `width` × `height` pixels (Heckbert 1989, square to quadrilateral).
    fn of(quad: &Quad, width: f32, height: f32) -> Self {
        let [a, b, c, d] = quad.0;
        let (d1, d2, s) = (b - c, d - c, a - b + c - d);
        let det = d1.x * d2.y - d1.y * d2.x;
        let (g, h) = if det.abs() < 1e-9 {
            (0.0, 0.0)
        } else {
            ((s.x * d2.y - s.y * d2.x) / det, (d1.x * s.y - d1.y * s.x) / det)
        };
        let (w, t) = (1.0 / width, 1.0 / height);
        Self {
            m: [
                (b.x - a.x + g * b.x) * w,
                (d.x - a.x + h * d.x) * t,
                a.x,
                (b.y - a.y + g * b.y) * w,
                (d.y - a.y + h * d.y) * t,
                a.y,
                g * w,
                h * t,
                1.0,
            ],
        }
    }

    fn apply(&self, u: f32, v: f32) -> Point {
        let m = &self.m;
        let depth = m[6] * u + m[7] * v + m[8];
        let near = if depth.abs() < 1e-6 { 1e-6 } else { depth };
        Point::new((m[0] * u + m[1] * v + m[2]) / near, (m[3] * u + m[4] * v + m[5]) / near)
    }
}

/// Where a place lies between pixels, kept near the picture whatever the numbers are.
fn whole(value: f32, length: usize) -> (isize, f32) {
    let value = if value.is_finite() { value.clamp(-4.0, length as f32 + 4.0) } else { 0.0 };
    (value.floor() as isize, value - value.floor())
}

/// Weights of four neighbours (Keys 1981 with a = −0.75, as OpenCV has it).
fn cubic(t: f32) -> [f32; 4] {
    const A: f32 = -0.75;
    let far = |x: f32| ((A * x - 5.0 * A) * x + 8.0 * A) * x - 4.0 * A;
    let near = |x: f32| ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0;
    [far(t + 1.0), near(t), near(1.0 - t), far(2.0 - t)]
}

/// The part of a plane under `quad`, `width` × `height` pixels, between four pixels; edges go on.
pub fn cut_linear(plane: &Plane, quad: &Quad, width: usize, height: usize) -> Plane {
    cut_by(plane, quad, width, height, |x, y| {
        let ((x, fx), (y, fy)) = (whole(x, plane.width), whole(y, plane.height));
        let row = |y: isize| plane.at(x, y) + (plane.at(x + 1, y) - plane.at(x, y)) * fx;
        row(y) + (row(y + 1) - row(y)) * fy
    })
}

/// The same between sixteen pixels.
pub fn cut_cubic(plane: &Plane, quad: &Quad, width: usize, height: usize) -> Plane {
    cut_by(plane, quad, width, height, |x, y| {
        let ((x, fx), (y, fy)) = (whole(x, plane.width), whole(y, plane.height));
        let (across, down) = (cubic(fx), cubic(fy));
        let row = |y: isize| across.iter().zip(-1..).map(|(w, n)| w * plane.at(x + n, y)).sum::<f32>();
        let sum: f32 = down.iter().zip(-1..).map(|(w, n)| w * row(y + n)).sum();
        sum.round().clamp(0.0, 255.0)
    })
}

fn cut_by(plane: &Plane, quad: &Quad, width: usize, height: usize, look: impl Fn(f32, f32) -> f32) -> Plane {
    let cut = Cut::of(quad, width as f32, height as f32);
    let mut out = Plane::new(width, height);
    if plane.pixels.is_empty() {
        return out;
    }
    for (v, row) in out.pixels.chunks_mut(width.max(1)).enumerate() {
        for (u, pixel) in row.iter_mut().enumerate() {
            let at = cut.apply(u as f32, v as f32);
            *pixel = look(at.x, at.y);
        }
    }
    out
}

/// The three colours under `quad`, `width` × `height` pixels between sixteen, written as blue, green, red planes by `put`
/// (plane, pixel, value).
pub fn cut_colour(frame: &Frame, quad: &Quad, width: usize, height: usize, mut put: impl FnMut(usize, usize, f32)) {
    let cut = Cut::of(quad, width as f32, height as f32);
    let (columns, rows) = (frame.width() as usize, frame.height() as usize);
    let pixels = frame.rgb().as_chunks::<3>().0;
    for v in 0..height {
        for u in 0..width {
            let at = cut.apply(u as f32, v as f32);
            let ((x, fx), (y, fy)) = (whole(at.x, columns), whole(at.y, rows));
            let (across, down) = (cubic(fx), cubic(fy));
            let mut sum = [0.0f32; 3];
            for (wy, ny) in down.iter().zip(-1..) {
                let row = (y + ny).clamp(0, rows as isize - 1) as usize * columns;
                for (wx, nx) in across.iter().zip(-1..) {
                    let column = (x + nx).clamp(0, columns as isize - 1) as usize;
                    let Some(rgb) = pixels.get(row + column) else { continue };
                    for (sum, value) in sum.iter_mut().zip(rgb) {
                        *sum += wx * wy * f32::from(*value);
                    }
                }
            }
            for (plane, value) in sum.iter().rev().enumerate() {
                put(plane, v * width + u, value.round().clamp(0.0, 255.0));
            }
        }
    }
}

/// The share of this strip that the line reader wants softened first, so that shrinking does not tear strokes.
pub fn softened_for(plane: &Plane, quad: &Quad, strip: usize) -> Option<(Plane, Quad)> {
    let height = quad.height();
    if height <= 1.6 * strip as f32 {
        return None;
    }
    let sigma = 0.35 * height / strip as f32;
    let reach = (sigma * 3.0).round().max(1.0) as usize;
    let (left, top, right, bottom) = quad.bounds();
    let room = reach as f32 + 4.0;
    let from = |value: f32, length: usize| (value - room).floor().clamp(0.0, length as f32 - 1.0) as usize;
    let to = |value: f32, length: usize| (value + room).ceil().clamp(1.0, length as f32) as usize;
    let (x0, y0, x1, y1) =
        (from(left, plane.width), from(top, plane.height), to(right, plane.width), to(bottom, plane.height));
    if x1 <= x0 || y1 <= y0 {
        return None;
    }
    let mut soft = plane.cropped(x0, y0, x1 - x0, y1 - y0).softened(sigma, reach);
    soft.pixels.iter_mut().for_each(|pixel| *pixel = pixel.round());
    let shift = Point::new(x0 as f32, y0 as f32);
    Some((soft, Quad(quad.0.map(|corner| corner - shift))))
}

/// Shrinks or stretches a frame to `width` × `height`, every pixel the mean of what it covers, and hands out blue, green and
/// red by `put` (plane, pixel, value).
pub fn resized(frame: &Frame, width: usize, height: usize, mut put: impl FnMut(usize, usize, f32)) {
    let (columns, rows) = (frame.width() as usize, frame.height() as usize);
    let (sx, sy) = (columns as f32 / width as f32, rows as f32 / height as f32);
    let pixels = frame.rgb().as_chunks::<3>().0;
    let across: Vec<_> = (0..width).map(|u| covered(u, sx, columns)).collect();
    for v in 0..height {
        let (top, bottom, down) = covered(v, sy, rows);
        for (u, (left, right, along)) in across.iter().enumerate() {
            let mut sum = [0.0f32; 3];
            let mut total = 0.0;
            for y in top..=bottom {
                let wy = down.of(y, top, bottom);
                for x in *left..=*right {
                    let weight = wy * along.of(x, *left, *right);
                    let Some(rgb) = pixels.get(y * columns + x) else { continue };
                    total += weight;
                    for (sum, value) in sum.iter_mut().zip(rgb) {
                        *sum += weight * f32::from(*value);
                    }
                }
            }
            for (plane, value) in sum.iter().rev().enumerate() {
                put(plane, v * width + u, (value / total.max(1e-6)).round());
            }
        }
    }
}

/// Weights of the first and the last pixel that a new pixel covers; those between count whole.
#[derive(Clone, Copy)]
struct Share {
    first: f32,
    last: f32,
}

impl Share {
    fn of(self, n: usize, first: usize, last: usize) -> f32 {
        match n {
            n if n == first => self.first,
            n if n == last => self.last,
            _ => 1.0,
        }
    }
}

/// Pixels that the new pixel `n` covers when each is `step` old ones; between two pixels when it stretches.
fn covered(n: usize, step: f32, length: usize) -> (usize, usize, Share) {
    let most = length.saturating_sub(1);
    if step < 1.0 {
        let at = ((n as f32 + 0.5) * step - 0.5).clamp(0.0, most as f32);
        let first = at.floor() as usize;
        let part = at - at.floor();
        return (first, (first + 1).min(most), Share { first: 1.0 - part, last: part });
    }
    let (from, to) = (n as f32 * step, (n as f32 + 1.0) * step);
    let first = from.floor() as usize;
    let last = ((to - 1e-4).ceil() as usize).saturating_sub(1).min(most);
    let share = Share { first: 1.0 - (from - from.floor()), last: to - last as f32 };
    (first.min(most), last, share)
}

/// The value that `percent` of the numbers lie below, between two of them; sorts them.
pub fn percentile(values: &mut [f32], percent: f32) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    let at = (values.len().saturating_sub(1)) as f32 * percent / 100.0;
    let value = |n: usize| values.get(n.min(values.len().saturating_sub(1))).copied().unwrap_or_default();
    let low = value(at.floor() as usize);
    low + (value(at.floor() as usize + 1) - low) * (at - at.floor())
}
