//! The window: whole flows by finger and by keys, layout, pictures, words, sounds.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod finger;
mod locales;
mod ui_flow;
mod ui_font;
mod ui_golden;
mod ui_keys;
mod ui_layout;
mod ui_speech;
mod ui_touch;
