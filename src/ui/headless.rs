//! The window without a window: the real screens through iced's software renderer, as pixels or PNG, at 1×.

use std::task::{Context, Poll, Waker};

use iced::advanced::renderer::Headless;
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Layout, Renderer as _, layout, mouse, renderer};
use iced::{Pixels, Rectangle, Size};

use super::look::Look;
use super::message::Element;
use super::metrics::{Metrics, TextStep};
use super::preferences::Preferences;
use super::screen::{self, Data};
use super::theme::{self, Theme};
use super::{app, font};
use crate::i18n::{Language, Words};

/// What the patient chose, and the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shot {
    /// Window size in pixels.
    pub size: (u32, u32),
    /// What the patient set.
    pub preferences: Preferences,
}

/// Why no picture came out.
#[derive(Debug, thiserror::Error)]
pub enum ShotError {
    /// The renderer does not start.
    #[error("the software renderer does not start; unset ICED_BACKEND")]
    Renderer,
    /// The size has no pixels.
    #[error("a picture needs at least one pixel each way")]
    Size,
    /// PNG could not be written.
    #[error("the picture cannot be written as PNG: {0}")]
    Png(#[from] image::ImageError),
}

impl Shot {
    /// Light colours, normal text.
    pub fn new(size: (u32, u32), language: Language) -> Shot {
        Shot { size, preferences: Preferences { language, ..Preferences::default() } }
    }

    /// The same with another text size.
    pub fn text(self, text: TextStep) -> Shot {
        Shot { preferences: Preferences { text, ..self.preferences }, ..self }
    }

    /// The same in other colours.
    pub fn theme(self, theme: Theme) -> Shot {
        Shot { preferences: Preferences { theme, ..self.preferences }, ..self }
    }

    /// The same for someone seated.
    pub fn seated(self) -> Shot {
        Shot { preferences: Preferences { seated: true, ..self.preferences }, ..self }
    }

    /// The look these choices give; nothing moves.
    pub fn look(&self) -> Look {
        Look {
            words: Words::of(self.preferences.language),
            preferences: self.preferences,
            metrics: Metrics::new(self.logical(), None),
            factor: self.preferences.text.factor(),
            phase: None,
        }
    }

    fn logical(&self) -> Size {
        Size::new(self.size.0 as f32, self.size.1 as f32)
    }
}

/// A screen that has been laid out.
pub struct Stage {
    element: Element,
    tree: Tree,
    node: layout::Node,
    renderer: iced::Renderer,
    shot: Shot,
}

impl Stage {
    /// Lays `data` out as the window would.
    ///
    /// # Errors
    /// When the renderer does not start or the size is empty.
    pub fn new(data: &Data, shot: Shot) -> Result<Stage, ShotError> {
        Stage::of(app::surface(screen::view(data, shot.look()), data, None, false).into(), shot)
    }

    /// Lays anything out in the same way.
    ///
    /// # Errors
    /// When the renderer does not start or the size is empty.
    pub fn of(mut element: Element, shot: Shot) -> Result<Stage, ShotError> {
        if shot.size.0 == 0 || shot.size.1 == 0 {
            return Err(ShotError::Size);
        }
        font::load();
        let renderer = at_once(<iced::Renderer as Headless>::new(font::DEFAULT, Pixels(16.0), Some("tiny-skia")))
            .ok_or(ShotError::Renderer)?;
        let mut tree = Tree::new(&element);
        // As iced does for a new window: what a widget builds in layout is compared once more.
        tree.diff(&element);
        let limits = layout::Limits::new(Size::ZERO, shot.logical());
        let node = element.as_widget_mut().layout(&mut tree, &renderer, &limits);
        Ok(Stage { element, tree, node, renderer, shot })
    }

    /// Lets `operation` see every widget.
    pub fn operate(&mut self, operation: &mut dyn Operation) {
        self.element.as_widget_mut().operate(&mut self.tree, Layout::new(&self.node), &self.renderer, operation);
    }

    /// The pixels, RGBA, rows from the top.
    pub fn pixels(&mut self) -> Vec<u8> {
        let bounds = Rectangle::with_size(self.shot.logical());
        let style = theme::style(self.shot.preferences.theme);
        self.renderer.reset(bounds);
        self.element.as_widget().draw(
            &self.tree,
            &mut self.renderer,
            &theme::iced_theme(self.shot.preferences.theme),
            &renderer::Style { text_color: style.text_color },
            Layout::new(&self.node),
            mouse::Cursor::Unavailable,
            &bounds,
        );
        self.renderer.screenshot(Size::new(self.shot.size.0, self.shot.size.1), 1.0, style.background_color)
    }
}

/// `data` as a PNG file.
///
/// # Errors
/// When the renderer does not start, the size is empty or PNG fails.
pub fn png(data: &Data, shot: Shot) -> Result<Vec<u8>, ShotError> {
    let pixels = Stage::new(data, shot)?.pixels();
    encode(&pixels, shot.size)
}

/// RGBA pixels as a PNG file.
///
/// # Errors
/// When the pixels do not fit the size.
pub fn encode(rgba: &[u8], size: (u32, u32)) -> Result<Vec<u8>, ShotError> {
    use image::ImageEncoder;
    let mut out = Vec::new();
    image::codecs::png::PngEncoder::new(&mut out).write_image(rgba, size.0, size.1, image::ExtendedColorType::Rgba8)?;
    Ok(out)
}

/// Loads the bundled fonts into iced's font system, once.
pub fn load_fonts() {
    font::load();
}

/// The outcome of a future that never waits; `None` when it would have to.
fn at_once<T>(future: impl Future<Output = Option<T>>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => None,
    }
}
