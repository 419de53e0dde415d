//! The bundled Japanese typeface, always asked for by name: an unnamed font gives 直骨刃角次 Chinese shapes.

use std::borrow::Cow;

use iced::Font;
use iced::font::Weight;

/// The family name inside the files.
pub const FAMILY: &str = "BIZ UDPGothic";

/// Text.
pub const REGULAR: Font = Font::with_name(FAMILY);
/// Titles, labels, digits.
pub const BOLD: Font = Font { weight: Weight::Bold, ..REGULAR };

/// The font files, for iced's settings.
pub fn files() -> Vec<Cow<'static, [u8]>> {
    vec![
        Cow::Borrowed(include_bytes!("../../assets/fonts/BIZUDPGothic-Regular.ttf").as_slice()),
        Cow::Borrowed(include_bytes!("../../assets/fonts/BIZUDPGothic-Bold.ttf").as_slice()),
    ]
}
