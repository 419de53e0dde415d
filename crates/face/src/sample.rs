//! Resampling: any affine part of a frame into the planes a network wants, in one pass.

use uketsuke_core::ports::Frame;

/// Maps output pixels to frame pixels (centres at whole numbers): `x = a·u + b·v + c`, `y = d·u + e·v + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine {
    /// `[a, b, c]`.
    pub x: [f32; 3],
    /// `[d, e, f]`.
    pub y: [f32; 3],
}

impl Affine {
    /// Stretches the rectangle with corner (`left`, `top`) in the frame over an output of `out_width` × `out_height`.
    pub fn rectangle(left: f32, top: f32, width: f32, height: f32, out_width: usize, out_height: usize) -> Self {
        let (sx, sy) = (width / out_width as f32, height / out_height as f32);
        Self { x: [sx, 0.0, left + sx / 2.0 - 0.5], y: [0.0, sy, top + sy / 2.0 - 0.5] }
    }

    /// Where the output pixel (`u`, `v`) lies in the frame.
    pub fn apply(&self, u: f32, v: f32) -> (f32, f32) {
        (self.x[0] * u + self.x[1] * v + self.x[2], self.y[0] * u + self.y[1] * v + self.y[2])
    }
}

/// Most columns of an output that is worked without rotation.
const WIDEST: usize = 1024;

/// The order of the planes a network was trained with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Planes {
    /// Red, green, blue.
    #[default]
    Rgb,
    /// Blue, green, red.
    Bgr,
}

/// Fills `out` (three planes of `width` columns) with the part of `frame` that `map` names, bilinear, 0 to 255.
/// Outside the frame is black. The attack models were trained on pictures shrunk just so, without smoothing.
pub fn sample(frame: &Frame, map: &Affine, width: usize, planes: Planes, out: &mut [f32]) {
    fill(frame, map, width, planes, out, 1);
}

/// As [`sample`], but averages several places where the output is much coarser than the frame.
pub fn sample_smoothly(frame: &Frame, map: &Affine, width: usize, planes: Planes, out: &mut [f32]) {
    fill(frame, map, width, planes, out, taps_per_axis(map));
}

fn fill(frame: &Frame, map: &Affine, width: usize, planes: Planes, out: &mut [f32], taps: usize) {
    let upright = map.x[1] == 0.0 && map.y[0] == 0.0;
    if taps == 1 && upright && width <= WIDEST {
        return fill_upright(frame, map, width, planes, out);
    }
    let plane = out.len() / 3;
    let (first, rest) = out.split_at_mut(plane);
    let (second, third) = rest.split_at_mut(plane);
    let (red, blue) = match planes {
        Planes::Rgb => (first, third),
        Planes::Bgr => (third, first),
    };
    let source = Source { rgb: frame.rgb(), width: frame.width() as i32, height: frame.height() as i32 };
    let columns = red.chunks_mut(width).zip(second.chunks_mut(width)).zip(blue.chunks_mut(width));
    for (v, ((red, green), blue)) in columns.enumerate() {
        for (u, ((r, g), b)) in red.iter_mut().zip(green).zip(blue).enumerate() {
            [*r, *g, *b] = if taps == 1 {
                let (x, y) = map.apply(u as f32, v as f32);
                source.bilinear(x, y)
            } else {
                averaged(&source, map, u as f32, v as f32, taps)
            };
        }
    }
}

/// The same for a map without rotation: where a column of the output lies is found once, not for every row.
fn fill_upright(frame: &Frame, map: &Affine, width: usize, planes: Planes, out: &mut [f32]) {
    let mut places = [None; WIDEST];
    let Some(columns) = places.get_mut(..width) else { return };
    for (u, place) in columns.iter_mut().enumerate() {
        *place = Place::of(map.x[0] * u as f32 + map.x[2], frame.width());
    }
    let plane = out.len() / 3;
    let (first, rest) = out.split_at_mut(plane);
    let (second, third) = rest.split_at_mut(plane);
    let (red, blue) = match planes {
        Planes::Rgb => (first, third),
        Planes::Bgr => (third, first),
    };
    let lines = red.chunks_mut(width).zip(second.chunks_mut(width)).zip(blue.chunks_mut(width));
    for (v, ((red, green), blue)) in lines.enumerate() {
        let row = Place::of(map.y[1] * v as f32 + map.y[2], frame.height());
        let line = |n: u32| frame.rgb().chunks_exact(frame.width() as usize * 3).nth(n as usize).unwrap_or_default();
        let row = row.map(|row| (line(row.first).as_chunks::<3>().0, line(row.second).as_chunks::<3>().0, row.part));
        for (((r, g), b), column) in red.iter_mut().zip(green).zip(blue).zip(columns.iter()) {
            [*r, *g, *b] = match (row, column) {
                (Some((above, below, part)), Some(column)) => {
                    let at =
                        |line: &[[u8; 3]], n: u32| line.get(n as usize).copied().unwrap_or_default().map(f32::from);
                    let left = blend(at(above, column.first), at(below, column.first), part);
                    let right = blend(at(above, column.second), at(below, column.second), part);
                    blend(left, right, column.part)
                }
                _ => [0.0; 3],
            };
        }
    }
}

fn blend(from: [f32; 3], to: [f32; 3], part: f32) -> [f32; 3] {
    std::array::from_fn(|n| from[n] + (to[n] - from[n]) * part)
}

/// The two pixels of one axis that a place lies between, and how far it is towards the second.
#[derive(Clone, Copy)]
struct Place {
    first: u32,
    second: u32,
    part: f32,
}

impl Place {
    /// `None` outside.
    fn of(centre: f32, length: u32) -> Option<Self> {
        let last = length as f32 - 1.0;
        if !(centre > -1.0 && centre < last + 1.0) {
            return None;
        }
        let centre = centre.clamp(0.0, last);
        let first = centre as u32;
        Some(Self { first, second: (first + 1).min(length - 1), part: centre - first as f32 })
    }
}

/// Bilinear looks at two pixels an axis, so it is enough down to half size.
fn taps_per_axis(map: &Affine) -> usize {
    let across = map.x[0].hypot(map.y[0]);
    let down = map.x[1].hypot(map.y[1]);
    ((across.max(down) / 2.0 - 0.01).ceil().clamp(1.0, 16.0)) as usize
}

fn averaged(source: &Source, map: &Affine, u: f32, v: f32, taps: usize) -> [f32; 3] {
    let mut sum = [0.0f32; 3];
    for j in 0..taps {
        for i in 0..taps {
            let offset = |n: usize| (n as f32 + 0.5) / taps as f32 - 0.5;
            let (x, y) = map.apply(u + offset(i), v + offset(j));
            let [r, g, b] = source.bilinear(x, y);
            sum = [sum[0] + r, sum[1] + g, sum[2] + b];
        }
    }
    sum.map(|channel| channel / (taps * taps) as f32)
}

struct Source<'f> {
    rgb: &'f [u8],
    width: i32,
    height: i32,
}

impl Source<'_> {
    #[inline(always)]
    fn bilinear(&self, x: f32, y: f32) -> [f32; 3] {
        let (right, bottom) = ((self.width - 1) as f32, (self.height - 1) as f32);
        if !(x > -1.0 && y > -1.0 && x < right + 1.0 && y < bottom + 1.0) {
            return [0.0; 3];
        }
        let (x, y) = (x.clamp(0.0, right), y.clamp(0.0, bottom));
        let (x0, y0) = (x as i32, y as i32);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let at = |x: i32, y: i32| {
            let place = ((y * self.width + x) * 3) as usize;
            self.rgb.get(place..place + 3).unwrap_or(&[0, 0, 0])
        };
        let (a, b, c, d) = (at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1));
        let (wa, wb, wc, wd) = ((1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy);
        let mix = |n: usize| wa * a[n] as f32 + wb * b[n] as f32 + wc * c[n] as f32 + wd * d[n] as f32;
        [mix(0), mix(1), mix(2)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gradient() -> Frame {
        let rgb = (0..8 * 6).flat_map(|n| [(n % 8) as u8 * 10, (n / 8) as u8 * 10, 200]).collect();
        Frame::new(8, 6, rgb).expect("a frame")
    }

    #[test]
    fn the_whole_frame_at_its_size_is_unchanged_and_planes_are_ordered() {
        let map = Affine::rectangle(0.0, 0.0, 8.0, 6.0, 8, 6);
        let mut out = vec![0.0; 3 * 48];
        sample(&gradient(), &map, 8, Planes::Bgr, &mut out);
        assert_eq!((out[0], out[48 + 9], out[96 + 9]), (200.0, 10.0, 10.0));
        sample(&gradient(), &map, 8, Planes::Rgb, &mut out);
        assert_eq!((out[3], out[96]), (30.0, 200.0));
    }

    #[test]
    fn half_size_is_the_mean_of_four() {
        let mut out = vec![0.0; 3 * 12];
        sample(&gradient(), &Affine::rectangle(0.0, 0.0, 8.0, 6.0, 4, 3), 4, Planes::Rgb, &mut out);
        assert_eq!((out[0], out[1], out[12 + 4]), (5.0, 25.0, 25.0));
    }

    #[test]
    fn with_and_without_rotation_agree() {
        // A rotation too small to move anything takes the general way.
        let upright = Affine { x: [0.7, 0.0, -2.3], y: [0.0, 0.9, 1.7] };
        let general = Affine { x: [0.7, 1e-9, -2.3], ..upright };
        let (mut a, mut b) = (vec![7.0; 3 * 12 * 10], vec![9.0; 3 * 12 * 10]);
        sample(&gradient(), &upright, 12, Planes::Bgr, &mut a);
        sample(&gradient(), &general, 12, Planes::Bgr, &mut b);
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-3), "{a:?} {b:?}");
        assert!(a.contains(&0.0) && a.iter().any(|v| *v > 100.0));
    }

    #[test]
    fn eighth_size_averages_everything_and_outside_is_black() {
        let mut out = vec![0.0; 3 * 2];
        sample_smoothly(&gradient(), &Affine::rectangle(0.0, 0.0, 16.0, 6.0, 2, 1), 2, Planes::Rgb, &mut out);
        assert!((out[0] - 35.0).abs() < 1.0, "{out:?}");
        assert_eq!(out[1], 0.0);
    }
}
