//! The design system: screens are put together from these parts and style nothing by hand.

pub mod button;
pub mod camera;
pub mod card_frame;
pub mod card_picture;
pub mod chrome;
pub mod digits;
pub mod fit;
pub mod hint_picture;
pub mod icon;
pub mod keypad;
pub mod label;
pub mod notice;
pub mod option;
pub mod original;
pub mod pages;
pub mod panel;
mod pen;
pub mod picture;
pub mod pressable;
pub mod print;
mod print_picture;
pub mod surface;
pub mod tile;
pub mod wheel;
mod wrapped;

pub use button::{Button, Weight};
pub use card_picture::Mistake;
pub use fit::fit;
pub use icon::Icon;
pub use notice::{Mark, Notice};
pub use original::original;
pub use pages::pages;
pub use panel::{Item, Tone};
pub use picture::Picture;
