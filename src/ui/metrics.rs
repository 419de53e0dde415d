//! Sizes in millimetres turned into pixels, so that a key is a finger wide on every panel.

use iced::Size;

const MM_PER_INCH: f32 = 25.4;

/// Smallest height of anything that is pressed, in mm.
pub const TARGET_MM: f32 = 20.0;
/// Smallest side of a keypad key, in mm.
pub const KEY_MM: f32 = 22.0;
/// Smallest gap between two things that are pressed, in mm.
pub const GAP_MM: f32 = 4.0;

/// Least room between a text and the border of what it stands on, in mm.
pub const EDGE_MM: f32 = 0.8;

/// Height that a wide window needs, in mm: that of a 10.1-inch panel.
const LEAST_WINDOW_MM: f32 = 136.0;

/// How the window is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Bars above and below the content.
    Portrait,
    /// A rail left of the content.
    Landscape,
}

/// What a text is for; decides its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one word of the idle screen, the name on the last one.
    Hero,
    /// The question or message of a screen.
    Title,
    /// Instructions.
    Body,
    /// The word on a button.
    Label,
    /// Side remarks.
    Small,
    /// Bars and progress.
    Chrome,
    /// Digits on keys and in boxes.
    Digit,
}

/// The text size the patient chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum TextStep {
    /// 100 %.
    #[default]
    P100,
    /// 125 %.
    P125,
    /// 150 %.
    P150,
    /// 200 %.
    P200,
}

impl TextStep {
    /// Every step, small to large.
    pub const ALL: [TextStep; 4] = [TextStep::P100, TextStep::P125, TextStep::P150, TextStep::P200];

    /// The factor on body text.
    pub fn factor(self) -> f32 {
        match self {
            TextStep::P100 => 1.0,
            TextStep::P125 => 1.25,
            TextStep::P150 => 1.5,
            TextStep::P200 => 2.0,
        }
    }
}

/// The window in millimetres and pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Window size in logical pixels.
    pub size: Size,
    /// How it is divided.
    pub shape: Shape,
    /// A panel on which everything has to be closer together (short side under 160 mm).
    pub compact: bool,
    px_per_mm: f32,
}

impl Metrics {
    /// `diagonal_inch`: what the site measured; otherwise 15.6 inch from 1600 pixels on, 10.1 inch below.
    pub fn new(size: Size, diagonal_inch: Option<f32>) -> Metrics {
        let size = Size::new(size.width.max(1.0), size.height.max(1.0));
        let diagonal_px = size.width.hypot(size.height);
        let usual = if size.width.max(size.height) >= 1600.0 { 15.6 } else { 10.1 };
        let inch = diagonal_inch.filter(|inch| inch.is_finite() && *inch > 1.0).unwrap_or(usual);
        let px_per_mm = diagonal_px / (inch * MM_PER_INCH);
        Metrics {
            size,
            shape: if size.width > size.height { Shape::Landscape } else { Shape::Portrait },
            compact: size.width.min(size.height) / px_per_mm < 160.0,
            px_per_mm,
        }
    }

    /// Millimetres in logical pixels, on whole pixels and never less.
    pub fn mm(&self, mm: f32) -> f32 {
        (mm * self.px_per_mm - 0.01).ceil()
    }

    /// The lower half of a tall panel, as a wide window: what someone seated reaches. `None` where half a panel is no
    /// window, or the panel is wide already.
    pub fn lower_half(&self) -> Option<Metrics> {
        let size = Size::new(self.size.width, (self.size.height / 2.0).floor());
        let room = self.to_mm(size.height) >= LEAST_WINDOW_MM;
        let half = Metrics { size, shape: Shape::Landscape, compact: true, ..*self };
        (self.shape == Shape::Portrait && room).then_some(half)
    }

    /// Logical pixels in millimetres.
    pub fn to_mm(&self, px: f32) -> f32 {
        px / self.px_per_mm
    }

    /// The size of a text at `factor`; what is large already grows less.
    pub fn text(&self, role: Role, factor: f32) -> f32 {
        let (roomy, compact, growth) = match role {
            Role::Hero => (16.5, 11.5, 0.25),
            Role::Title => (10.6, 7.4, 0.5),
            Role::Body => (6.8, 5.6, 1.0),
            Role::Label => (7.6, 6.2, 0.6),
            Role::Small => (5.6, 5.0, 1.0),
            Role::Chrome => (5.2, 4.6, 0.3),
            Role::Digit => (12.5, 11.0, 0.15),
        };
        let mm = if self.compact { compact } else { roomy };
        let grown = if factor > 1.0 { 1.0 + (factor - 1.0) * growth } else { factor };
        mm * self.px_per_mm * grown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_usual_panels_have_their_size() {
        let tall = Metrics::new(Size::new(1080.0, 1920.0), None);
        assert_eq!((tall.shape, tall.compact), (Shape::Portrait, false));
        assert!((tall.to_mm(1080.0) - 194.3).abs() < 0.1, "{}", tall.to_mm(1080.0));
        let wide = Metrics::new(Size::new(1280.0, 800.0), None);
        assert_eq!((wide.shape, wide.compact), (Shape::Landscape, true));
        assert!((wide.to_mm(800.0) - 136.0).abs() < 0.1, "{}", wide.to_mm(800.0));
    }

    #[test]
    fn half_a_tall_panel_is_a_wide_window() {
        let half = Metrics::new(Size::new(1080.0, 1920.0), None).lower_half().expect("half a panel");
        assert_eq!((half.shape, half.size), (Shape::Landscape, Size::new(1080.0, 960.0)));
        for size in [Size::new(1280.0, 800.0), Size::new(800.0, 1280.0), Size::new(1920.0, 1080.0)] {
            assert_eq!(Metrics::new(size, None).lower_half(), None, "{size:?}");
        }
    }

    #[test]
    fn a_measured_panel_wins_and_nonsense_does_not() {
        let size = Size::new(1080.0, 1920.0);
        assert!(Metrics::new(size, Some(21.5)).mm(10.0) < Metrics::new(size, None).mm(10.0));
        assert_eq!(Metrics::new(size, Some(f32::NAN)), Metrics::new(size, None));
    }

    #[test]
    fn text_steps_are_what_they_say_on_body_text() {
        let metrics = Metrics::new(Size::new(1080.0, 1920.0), None);
        let body = |step: TextStep| metrics.text(Role::Body, step.factor());
        assert!((body(TextStep::P200) / body(TextStep::P100) - 2.0).abs() < 0.01);
        assert!(TextStep::ALL.windows(2).all(|pair| body(pair[0]) < body(pair[1])));
    }
}
