//! Quadrilaterals around a line of text, in pixels of the picture.

/// A place in the picture: x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    /// From its two numbers.
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The length of the way from the origin.
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// How far this goes along `other`.
    pub fn dot(self, other: Point) -> f32 {
        self.x * other.x + self.y * other.y
    }

    fn cross(self, other: Point) -> f32 {
        self.x * other.y - self.y * other.x
    }
}

impl std::ops::Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point::new(self.x - other.x, self.y - other.y)
    }
}

impl std::ops::Mul<f32> for Point {
    type Output = Point;
    fn mul(self, times: f32) -> Point {
        Point::new(self.x * times, self.y * times)
    }
}

/// Four corners: upper left, upper right, lower right, lower left, as the text is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// A rectangle about `centre`: `along` and `across` are half its sides; brought into reading order.
    pub fn about(centre: Point, along: Point, across: Point) -> Self {
        let corners =
            [centre - along - across, centre + along - across, centre + along + across, centre - along + across];
        Self(corners).read_left_to_right()
    }

    /// The long side is the reading direction, from left to right; the corners go round clockwise.
    fn read_left_to_right(mut self) -> Self {
        let Self([a, b, c, _]) = self;
        if (c - b).length() > (b - a).length() {
            self.0.rotate_left(1);
        }
        if self.0[1].x < self.0[0].x {
            self.0.rotate_left(2);
        }
        let Self([a, b, _, d]) = self;
        if (b - a).cross(d - a) < 0.0 {
            self.0 = [self.0[3], self.0[2], self.0[1], self.0[0]];
        }
        self
    }

    /// Width and height, each the mean of two sides.
    pub fn size(&self) -> (f32, f32) {
        let [a, b, c, d] = self.0;
        (((b - a).length() + (c - d).length()) / 2.0, ((d - a).length() + (c - b).length()) / 2.0)
    }

    /// Mean of two sides, as [`Quad::size`].
    pub fn height(&self) -> f32 {
        self.size().1
    }

    /// The mean of the corners.
    pub fn centre(&self) -> Point {
        let [a, b, c, d] = self.0;
        (a + b + c + d) * 0.25
    }

    /// Unit vectors along the line and down across it; `None` when the box has no width.
    pub fn axes(&self) -> Option<(Point, Point)> {
        let top = self.0[1] - self.0[0];
        let length = top.length();
        (length > 1e-3).then(|| {
            let along = top * (1.0 / length);
            (along, Point::new(-along.y, along.x))
        })
    }

    /// The band of the box between two parts of its height, 0 the upper edge and 1 the lower.
    pub fn band(&self, from: f32, to: f32) -> Self {
        let [a, b, c, d] = self.0;
        let (left, right) = (d - a, c - b);
        Self([a + left * from, b + right * from, b + right * to, a + left * to])
    }

    /// The part of the box right of `from`, 0 the left edge and 1 the right.
    pub fn right_of(&self, from: f32) -> Self {
        let [a, b, c, d] = self.0;
        Self([a + (b - a) * from, b, c, d + (c - d) * from])
    }

    /// Room on all sides: `across` box heights above and below, `along` box heights left and right.
    pub fn grown(&self, across: f32, along: f32) -> Self {
        let [a, b, c, d] = self.0;
        let down = (d - a + c - b) * 0.5;
        let Some((unit, _)) = self.axes() else { return *self };
        let (v, u) = (down * across, unit * (down.length() * along));
        Self([a - v - u, b - v + u, c + v + u, d + v - u])
    }

    /// The smallest upright rectangle around it: left, top, right, bottom.
    pub fn bounds(&self) -> (f32, f32, f32, f32) {
        let fold = |pick: fn(&Point) -> f32, best: fn(f32, f32) -> f32| {
            self.0.iter().map(pick).reduce(best).unwrap_or_default()
        };
        (fold(|p| p.x, f32::min), fold(|p| p.y, f32::min), fold(|p| p.x, f32::max), fold(|p| p.y, f32::max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upright() -> Quad {
        Quad([Point::new(10.0, 20.0), Point::new(110.0, 20.0), Point::new(110.0, 40.0), Point::new(10.0, 40.0)])
    }

    #[test]
    fn whatever_corner_comes_first_the_line_is_read_from_left_to_right() {
        let (centre, along, across) = (Point::new(60.0, 30.0), Point::new(50.0, 5.0), Point::new(-1.0, 10.0));
        let wanted = Quad::about(centre, along, across);
        assert!(wanted.0[0].x < wanted.0[1].x && wanted.0[0].y < wanted.0[3].y);
        for (a, b) in [(along * -1.0, across), (along, across * -1.0), (across, along), (across * -1.0, along)] {
            let found = Quad::about(centre, a, b);
            for (f, w) in found.0.iter().zip(&wanted.0) {
                assert!((*f - *w).length() < 1e-3, "{found:?} {wanted:?}");
            }
        }
    }

    #[test]
    fn bands_parts_and_room_are_where_they_should_be() {
        let band = upright().band(0.25, 0.5);
        assert_eq!((band.0[0], band.0[2]), (Point::new(10.0, 25.0), Point::new(110.0, 30.0)));
        assert_eq!(upright().right_of(0.8).0[0], Point::new(90.0, 20.0));
        assert_eq!(upright().grown(0.5, 1.0).bounds(), (-10.0, 10.0, 130.0, 50.0));
        assert_eq!(upright().size(), (100.0, 20.0));
    }

    #[test]
    fn a_point_has_no_direction() {
        let nothing = Quad([Point::default(); 4]);
        assert!(nothing.axes().is_none());
        assert_eq!(nothing.grown(0.2, 0.3), nothing);
    }
}
