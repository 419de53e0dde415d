//! The window: screens, design system, themes. Shows the view, sends touches, takes all words from `locales`.
//!
//! It decides nothing about the reception and holds no secret: digits leave it one by one.

pub mod app;
mod clock;
mod dock;
mod fit_window;
pub mod font;
pub mod headless;
pub mod keys;
pub mod look;
pub mod message;
pub mod metrics;
pub mod outline;
pub mod overlay;
pub mod pace;
pub mod preferences;
mod preview;
pub mod sample;
pub mod screen;
pub mod speech;
pub mod theme;
mod typeface;
pub mod widget;

pub use app::{App, UiError, UiOptions, run};
pub use clock::Clock;
pub use dock::{Dock, DockInput, DockView};
pub use fit_window::{Fit, Monitor};
pub use overlay::Overlay;
pub use preferences::{Change, Preferences};
pub use preview::{mirrored, mirrored_card, printed};
pub use typeface::TypefaceError;

/// Every screen and panel with sample data, in the order of a visit.
pub fn presets() -> Vec<sample::Preset> {
    screen::presets().into_iter().chain(overlay::presets()).collect()
}
