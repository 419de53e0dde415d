//! Draws on a canvas in units of a small grid, so that icons and pictures are written as numbers on paper.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

use iced::widget::canvas::{
    Cache, Fill, Frame, Geometry, LineCap, LineJoin, Path, Stroke, path::Arc, path::Builder, stroke,
};
use iced::{Color, Point, Radians, Rectangle, Renderer, Size, Vector, border};

/// A drawing that is kept until what it shows changes. The software renderer redraws exactly the canvas then, while it
/// takes a drawing that is not kept for changed every time and misses the width of its lines.
#[derive(Default)]
pub struct Sheet {
    kept: Cache,
    of: Cell<Option<u64>>,
}

impl Sheet {
    /// Draws anew when `shown` is not what it was.
    pub fn draw(
        &self,
        shown: impl Hash,
        renderer: &Renderer,
        bounds: Rectangle,
        draw: impl FnOnce(&mut Frame),
    ) -> Vec<Geometry> {
        let mut hasher = DefaultHasher::new();
        shown.hash(&mut hasher);
        let of = Some(hasher.finish());
        if self.of.replace(of) != of {
            self.kept.clear();
        }
        vec![self.kept.draw(renderer, bounds.size(), draw)]
    }
}

/// A colour as something that can be compared and hashed.
pub fn bits(color: Color) -> [u8; 4] {
    color.into_rgba8()
}

/// A pen over one frame; lengths are grid units.
pub struct Pen<'f> {
    frame: &'f mut Frame,
    unit: f32,
    /// Colour of the next lines and areas.
    pub color: Color,
    /// Width of the next lines.
    pub width: f32,
}

impl<'f> Pen<'f> {
    /// A pen whose grid has `units` across the frame's shorter side, centred.
    pub fn centred(frame: &'f mut Frame, units: f32, color: Color) -> Pen<'f> {
        let side = frame.width().min(frame.height());
        let (dx, dy) = ((frame.width() - side) / 2.0, (frame.height() - side) / 2.0);
        frame.translate(Vector::new(dx, dy));
        Pen { frame, unit: side / units, color, width: 1.8 }
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point::new(x * self.unit, y * self.unit)
    }

    fn stroke(&mut self, path: &Path) {
        let stroke = Stroke {
            style: stroke::Style::Solid(self.color),
            width: self.width * self.unit,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        self.frame.stroke(path, stroke);
    }

    /// Lines from point to point.
    pub fn lines(&mut self, points: &[(f32, f32)]) {
        let path = Path::new(|builder| self.trace(builder, points));
        self.stroke(&path);
    }

    fn trace(&self, builder: &mut Builder, points: &[(f32, f32)]) {
        for (i, (x, y)) in points.iter().enumerate() {
            if i == 0 {
                builder.move_to(self.point(*x, *y));
            } else {
                builder.line_to(self.point(*x, *y));
            }
        }
    }

    /// The outline of a circle.
    pub fn ring(&mut self, x: f32, y: f32, radius: f32) {
        self.stroke(&Path::circle(self.point(x, y), radius * self.unit));
    }

    /// A filled circle.
    pub fn dot(&mut self, x: f32, y: f32, radius: f32) {
        self.frame.fill(&Path::circle(self.point(x, y), radius * self.unit), self.color);
    }

    /// Part of a circle's outline; angles in degrees, clockwise from the right.
    pub fn arc(&mut self, x: f32, y: f32, radius: f32, from: f32, to: f32) {
        let arc = Arc {
            center: self.point(x, y),
            radius: radius * self.unit,
            start_angle: Radians(from.to_radians()),
            end_angle: Radians(to.to_radians()),
        };
        self.stroke(&Path::new(|builder| builder.arc(arc)));
    }

    /// A filled part of a circle, closed by its chord.
    pub fn segment(&mut self, x: f32, y: f32, radius: f32, from: f32, to: f32) {
        let arc = Arc {
            center: self.point(x, y),
            radius: radius * self.unit,
            start_angle: Radians(from.to_radians()),
            end_angle: Radians(to.to_radians()),
        };
        let path = Path::new(|builder| {
            builder.arc(arc);
            builder.close();
        });
        self.frame.fill(&path, self.color);
    }

    fn rounded(&self, x: f32, y: f32, width: f32, height: f32, radius: f32) -> Path {
        let size = Size::new(width * self.unit, height * self.unit);
        Path::rounded_rectangle(self.point(x, y), size, border::radius(radius * self.unit))
    }

    /// The outline of a rectangle with round corners.
    pub fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32) {
        let path = self.rounded(x, y, width, height, radius);
        self.stroke(&path);
    }

    /// A rectangle with round corners.
    pub fn block(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32) {
        let path = self.rounded(x, y, width, height, radius);
        self.frame.fill(&path, Fill::from(self.color));
    }

    /// Draws with other colour, leaving this pen's as it was.
    pub fn with(&mut self, color: Color, draw: impl FnOnce(&mut Pen<'_>)) {
        let mut pen = Pen { frame: self.frame, unit: self.unit, color, width: self.width };
        draw(&mut pen);
    }

    /// Draws moved by grid units and turned by degrees.
    pub fn moved(&mut self, x: f32, y: f32, degrees: f32, draw: impl FnOnce(&mut Pen<'_>)) {
        let (unit, color, width) = (self.unit, self.color, self.width);
        self.frame.with_save(|frame| {
            frame.translate(Vector::new(x * unit, y * unit));
            frame.rotate(degrees.to_radians());
            draw(&mut Pen { frame, unit, color, width });
        });
    }
}
