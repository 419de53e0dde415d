//! What a screen needs to draw itself, besides its data: words, colours, sizes.

use iced::{Color, alignment};

use super::font;
use super::metrics::{Metrics, Role, Shape};
use super::preferences::Preferences;
use super::theme::Palette;
use super::widget::label::Label;
use crate::i18n::Words;

/// Passed by value to every screen and widget.
#[derive(Clone, Copy)]
pub struct Look {
    /// The words of the chosen language.
    pub words: &'static Words,
    /// What the patient set; the words are those of its language.
    pub preferences: Preferences,
    /// Sizes.
    pub metrics: Metrics,
    /// Factor on body text; [`super::widget::fit`] lowers it until everything has room.
    pub factor: f32,
    /// Where a slow picture stands, 0 to 1; `None` when nothing moves.
    pub phase: Option<f32>,
}

impl Look {
    /// The colours.
    pub fn palette(&self) -> Palette {
        self.preferences.theme.palette()
    }

    /// Millimetres in pixels.
    pub fn mm(&self, mm: f32) -> f32 {
        self.metrics.mm(mm)
    }

    /// `compact` on a small panel, else `roomy`, in mm, as pixels.
    pub fn space(&self, roomy: f32, compact: f32) -> f32 {
        self.mm(if self.metrics.compact { compact } else { roomy })
    }

    /// Whether the content stands right of a rail.
    pub fn landscape(&self) -> bool {
        self.metrics.shape == Shape::Landscape
    }

    /// The look of the lower half, where the patient wants everything low and the panel is tall enough.
    pub fn lowered(self) -> Option<Look> {
        let metrics = self.preferences.seated.then(|| self.metrics.lower_half()).flatten()?;
        Some(Look { metrics, ..self })
    }

    /// The same look with another text factor.
    pub fn at(self, factor: f32) -> Look {
        Look { factor, ..self }
    }

    /// The text of `key`.
    pub fn word(&self, key: &str) -> String {
        self.words.get(key)
    }

    /// The pixel size of a text.
    pub fn text_size(&self, role: Role) -> f32 {
        self.metrics.text(role, self.factor)
    }

    /// A text in the colour of what it stands on.
    pub fn text(&self, role: Role, content: impl Into<String>) -> Label {
        let (weight, line_height) = match role {
            Role::Hero | Role::Title => (font::BOLD, 1.35),
            Role::Label => (font::BOLD, 1.3),
            Role::Digit => (font::BOLD, 1.1),
            Role::Chrome => (font::BOLD, 1.25),
            Role::Body | Role::Small => (font::REGULAR, 1.5),
        };
        let font = font::of(self.words.language(), weight);
        Label::new(content.into(), self.text_size(role), line_height, font)
    }

    /// A text in a colour.
    pub fn ink(&self, role: Role, content: impl Into<String>, color: Color) -> Label {
        self.text(role, content).color(color)
    }

    /// A text in the middle of its line.
    pub fn centred(&self, role: Role, content: impl Into<String>, color: Color) -> Label {
        self.ink(role, content, color).align_x(alignment::Horizontal::Center)
    }
}
