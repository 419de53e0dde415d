//! Where lines of text are: the detector's map of the whole picture, and boxes around its islands (Liao et al. 2020, DB).

use uketsuke_core::ports::Frame;
use uketsuke_nets::{Network, RunResult, Runner};
use zeroize::{Zeroize, Zeroizing};

use super::picture::resized;
use super::quad::{Point, Quad};

/// Columns of the detector's input; more find no more lines, fewer lose small ones.
pub const COLUMNS: usize = 640;
/// Rows of its input, for pictures of 16 to 9 and of 4 to 3.
pub const ROWS: [usize; 2] = [352, 480];

/// What the detector was trained with: mean and deviation of blue, green, red, in parts of one.
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// From here on a pixel of the map belongs to text.
const TEXT: f32 = 0.3;
/// An island must be so sure in the mean.
const SURE: f32 = 0.5;
/// The map shows a core of each line: its box is let out by area × this / circumference.
const LET_OUT: f32 = 1.5;
/// An island thinner than this, in pixels of the map, is noise.
const THINNEST: f32 = 2.0;
/// More islands than a card can have lines are no card; the rest is not looked at.
const MOST: usize = 200;

/// Finds lines; keeps its buffers.
pub struct Finder {
    looks: Vec<Runner>,
    seen: Vec<bool>,
    island: Vec<(usize, usize)>,
}

impl Finder {
    /// `networks` are the detector made ready for each of [`ROWS`].
    pub fn new(networks: &[Network]) -> RunResult<Self> {
        let looks = networks.iter().map(Network::runner).collect::<RunResult<_>>()?;
        Ok(Self { looks, seen: Vec::new(), island: Vec::new() })
    }

    /// Boxes around lines, in pixels of the frame.
    pub fn find(&mut self, frame: &Frame) -> RunResult<Vec<Quad>> {
        let wanted = frame.height() as f32 * COLUMNS as f32 / frame.width() as f32;
        let off = |runner: &Runner| (runner.size().0 as f32 - wanted).abs();
        let Some(look) = self.looks.iter_mut().min_by(|a, b| off(a).total_cmp(&off(b))) else { return Ok(Vec::new()) };
        let (rows, columns) = look.size();
        let plane = rows * columns;
        let outputs = look.run(|input| {
            resized(frame, columns, rows, |channel, pixel, value| {
                let normal = MEAN.iter().zip(&DEVIATION).nth(channel).map_or(0.0, |(m, d)| (value / 255.0 - m) / d);
                if let Some(to) = input.get_mut(channel * plane + pixel) {
                    *to = normal;
                }
            });
        })?;
        let map = Zeroizing::new(outputs.first().cloned().unwrap_or_default());
        look.wipe();
        let scale = Point::new(frame.width() as f32 / columns as f32, frame.height() as f32 / rows as f32);
        let boxes = self.islands(&map, columns, rows, scale);
        Ok(boxes)
    }

    /// Overwrites what is left of the last picture.
    pub fn wipe(&mut self) {
        self.looks.iter_mut().for_each(Runner::wipe);
        self.seen.zeroize();
        self.island.clear();
    }

    fn islands(&mut self, map: &[f32], columns: usize, rows: usize, scale: Point) -> Vec<Quad> {
        self.seen.clear();
        self.seen.resize(columns * rows, false);
        let mut boxes = Vec::new();
        for start in 0..map.len().min(columns * rows) {
            if boxes.len() >= MOST {
                break;
            }
            let fresh = map.get(start).is_some_and(|p| *p > TEXT) && self.seen.get(start) == Some(&false);
            if fresh && let Some(quad) = self.island(map, columns, rows, start) {
                boxes.push(Quad(quad.0.map(|p| Point::new(p.x * scale.x, p.y * scale.y))));
            }
        }
        boxes
    }

    /// Everything that hangs together with `start`, as a box; `None` when it is too thin or too unsure.
    fn island(&mut self, map: &[f32], columns: usize, rows: usize, start: usize) -> Option<Quad> {
        let Self { seen, island, .. } = self;
        island.clear();
        island.push((start % columns, start / columns));
        *seen.get_mut(start)? = true;
        let (mut next, mut sum) = (0, 0.0f32);
        while let Some(&(x, y)) = island.get(next) {
            next += 1;
            sum += map.get(y * columns + x).copied().unwrap_or_default();
            for ny in y.saturating_sub(1)..=(y + 1).min(rows - 1) {
                for nx in x.saturating_sub(1)..=(x + 1).min(columns - 1) {
                    let at = ny * columns + nx;
                    if map.get(at).is_some_and(|p| *p > TEXT) && seen.get(at) == Some(&false) {
                        if let Some(mark) = seen.get_mut(at) {
                            *mark = true;
                        }
                        island.push((nx, ny));
                    }
                }
            }
        }
        if sum / (island.len() as f32) < SURE {
            return None;
        }
        let (centre, along, across) = smallest_rectangle(island)?;
        let (a, b) = (2.0 * along.length(), 2.0 * across.length());
        if a.min(b) < THINNEST {
            return None;
        }
        let out = a * b * LET_OUT / (2.0 * (a + b));
        let longer = |half: Point| half * ((half.length() + out) / half.length());
        Some(Quad::about(centre, longer(along), longer(across)))
    }
}

/// The rectangle of least area around the points: its centre and half its sides. One of its sides lies on the hull (Freeman and
/// Shapira 1975).
fn smallest_rectangle(points: &mut [(usize, usize)]) -> Option<(Point, Point, Point)> {
    let hull = hull(points);
    let edges = hull.iter().zip(hull.iter().cycle().skip(1));
    let mut best: Option<(f32, Point, Point, Point)> = None;
    for (from, to) in edges {
        let edge = *to - *from;
        if edge.length() < 1e-3 {
            continue;
        }
        let u = edge * (1.0 / edge.length());
        let v = Point::new(-u.y, u.x);
        let reach = |axis: Point| {
            hull.iter().map(|p| p.dot(axis)).fold((f32::MAX, f32::MIN), |(lo, hi), d| (lo.min(d), hi.max(d)))
        };
        let ((u0, u1), (v0, v1)) = (reach(u), reach(v));
        let area = (u1 - u0) * (v1 - v0);
        if best.is_none_or(|(least, ..)| area < least) {
            let centre = u * ((u0 + u1) / 2.0) + v * ((v0 + v1) / 2.0);
            best = Some((area, centre, u * ((u1 - u0) / 2.0), v * ((v1 - v0) / 2.0)));
        }
    }
    best.map(|(_, centre, along, across)| (centre, along, across))
}

/// The convex hull (Andrew 1979). Sorts the points.
fn hull(points: &mut [(usize, usize)]) -> Vec<Point> {
    points.sort_unstable();
    let turn = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let half = |order: &mut dyn Iterator<Item = &(usize, usize)>| {
        let mut chain: Vec<Point> = Vec::new();
        for &(x, y) in order {
            let p = Point::new(x as f32, y as f32);
            while let [.., a, b] = chain[..]
                && turn(a, b, p) <= 0.0
            {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut lower = half(&mut points.iter());
    lower.extend(half(&mut points.iter().rev()));
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        Finder { looks: Vec::new(), seen: Vec::new(), island: Vec::new() }
    }

    /// A bar of `length` × `thick` about (40, 30) of an 80 × 60 map, turned by `angle`.
    fn bar(length: f32, thick: f32, angle: f32, tone: f32) -> Vec<f32> {
        let (sin, cos) = angle.sin_cos();
        let inside = |n: usize| {
            let (x, y) = ((n % 80) as f32 - 40.0, (n / 80) as f32 - 30.0);
            (x * cos + y * sin).abs() <= length / 2.0 && (y * cos - x * sin).abs() <= thick / 2.0
        };
        (0..80 * 60).map(|n| if inside(n) { tone } else { 0.0 }).collect()
    }

    #[test]
    fn a_turned_bar_gets_its_box() {
        for angle in [0.0f32, 0.2, -0.25] {
            let boxes = finder().islands(&bar(40.0, 8.0, angle, 0.9), 80, 60, Point::new(2.0, 2.0));
            let [found] = boxes[..] else { panic!("one box: {boxes:?}") };
            let (along, _) = found.axes().expect("a direction");
            assert!((along.y.atan2(along.x) - angle).abs() < 0.06, "{angle}: {along:?}");
            assert!((found.centre() - Point::new(80.0, 60.0)).length() < 2.0);
            // 40 × 8 let out by 40·8·1.5/96 = 5 on each side, twice as large in the picture.
            let (width, height) = found.size();
            assert!((width - 100.0).abs() < 6.0 && (height - 36.0).abs() < 6.0, "{width} {height}");
        }
    }

    #[test]
    fn the_unsure_and_the_thin_are_no_lines() {
        let scale = Point::new(1.0, 1.0);
        assert!(finder().islands(&bar(40.0, 8.0, 0.0, 0.45), 80, 60, scale).is_empty());
        assert!(finder().islands(&bar(40.0, 0.5, 0.0, 0.9), 80, 60, scale).is_empty());
        assert!(finder().islands(&vec![f32::NAN; 80 * 60], 80, 60, scale).is_empty());
        assert!(finder().islands(&[], 80, 60, scale).is_empty());
    }

    #[test]
    fn a_picture_of_nothing_but_text_ends() {
        let checks: Vec<f32> = (0..640 * 480).map(|n| f32::from(u8::from(n % 8 < 4 && n / 640 % 8 < 4))).collect();
        assert_eq!(finder().islands(&checks, 640, 480, Point::new(1.0, 1.0)).len(), MOST);
    }
}
