//! The colours: one palette a theme. Screens name a colour by its use and never by its value.

use iced::Color;

/// Colours by use. Every pair of text and surface keeps a contrast of 7:1 (a test computes it).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub page: Color,
    /// Cards, bars, keys.
    pub surface: Color,
    /// A surface while it is pressed.
    pub surface_pressed: Color,
    /// Text.
    pub ink: Color,
    /// Text of lower weight.
    pub ink_soft: Color,
    /// Lines that only divide.
    pub line: Color,
    /// Outlines of what can be pressed.
    pub outline: Color,
    /// The colour of the one main action.
    pub accent: Color,
    /// The same, pressed.
    pub accent_pressed: Color,
    /// Text on it.
    pub on_accent: Color,
    /// A tint of it, under icons.
    pub accent_soft: Color,
    /// Icons and text on the tint.
    pub on_accent_soft: Color,
    /// Something went well: tint and what stands on it.
    pub good_soft: Color,
    /// Text and icons on it.
    pub on_good_soft: Color,
    /// Take care: tint.
    pub care_soft: Color,
    /// Text and icons on it.
    pub on_care_soft: Color,
    /// Stopped, wrong: tint.
    pub stop_soft: Color,
    /// Text and icons on it.
    pub on_stop_soft: Color,
    /// What cannot be pressed now: surface.
    pub off: Color,
    /// Text on it.
    pub on_off: Color,
    /// The training band.
    pub training: Color,
    /// Text on it.
    pub on_training: Color,
    /// The devices and cards in pictures.
    pub device: Color,
    /// Lighter parts of devices.
    pub device_light: Color,
}

/// Which palette. Nothing but colours differs between themes: no size is taken from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Theme {
    /// Light and calm.
    #[default]
    Light,
    /// Light text on dark, for eyes that glare hurts.
    Dark,
    /// White and yellow on black.
    HighContrast,
    /// No colour at all, on a soft grey.
    Grey,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Theme; 4] = [Theme::Light, Theme::Dark, Theme::HighContrast, Theme::Grey];

    /// Its name in file names and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::HighContrast => "high-contrast",
            Theme::Grey => "grey",
        }
    }

    /// Its colours.
    pub fn palette(self) -> Palette {
        match self {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
            Theme::HighContrast => HIGH,
            Theme::Grey => GREY,
        }
    }
}

const fn rgb(hex: u32) -> Color {
    Color::from_rgb8((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const LIGHT: Palette = Palette {
    page: rgb(0xF3F6F7),
    surface: rgb(0xFFFFFF),
    surface_pressed: rgb(0xDFEAED),
    ink: rgb(0x13222B),
    ink_soft: rgb(0x3A4B56),
    line: rgb(0xD3DDE2),
    outline: rgb(0x6A7D88),
    accent: rgb(0x065A6B),
    accent_pressed: rgb(0x04414E),
    on_accent: rgb(0xFFFFFF),
    accent_soft: rgb(0xDCEEF1),
    on_accent_soft: rgb(0x064655),
    good_soft: rgb(0xDDF1E4),
    on_good_soft: rgb(0x0E4A2C),
    care_soft: rgb(0xFDEFCF),
    on_care_soft: rgb(0x553800),
    stop_soft: rgb(0xFCE4E1),
    on_stop_soft: rgb(0x7E1616),
    off: rgb(0xE7ECEE),
    on_off: rgb(0x3A4852),
    training: rgb(0xFFD447),
    on_training: rgb(0x2A2000),
    device: rgb(0x33444F),
    device_light: rgb(0xB9C8CF),
};

const DARK: Palette = Palette {
    page: rgb(0x0E1519),
    surface: rgb(0x17222A),
    surface_pressed: rgb(0x2C3D48),
    ink: rgb(0xF3F7F9),
    ink_soft: rgb(0xCBD7DE),
    line: rgb(0x3B4A55),
    outline: rgb(0x8FA3AF),
    accent: rgb(0x7FD3E4),
    accent_pressed: rgb(0xB9EAF3),
    on_accent: rgb(0x06222A),
    accent_soft: rgb(0x12333C),
    on_accent_soft: rgb(0xA5E3F0),
    good_soft: rgb(0x0F301E),
    on_good_soft: rgb(0x9DE8BB),
    care_soft: rgb(0x382B06),
    on_care_soft: rgb(0xFFDE8A),
    stop_soft: rgb(0x421717),
    on_stop_soft: rgb(0xFFC8C2),
    off: rgb(0x1F2A31),
    on_off: rgb(0xBAC6CD),
    training: rgb(0xFFD447),
    on_training: rgb(0x2A2000),
    device: rgb(0x566975),
    device_light: rgb(0xA9B9C2),
};

const GREY: Palette = Palette {
    page: rgb(0xDADADA),
    surface: rgb(0xE8E8E8),
    surface_pressed: rgb(0xC6C6C6),
    ink: rgb(0x161616),
    ink_soft: rgb(0x303030),
    line: rgb(0xB4B4B4),
    outline: rgb(0x5C5C5C),
    accent: rgb(0x2A2A2A),
    accent_pressed: rgb(0x000000),
    on_accent: rgb(0xF4F4F4),
    accent_soft: rgb(0xCECECE),
    on_accent_soft: rgb(0x202020),
    good_soft: rgb(0xE4E4E4),
    on_good_soft: rgb(0x1C1C1C),
    care_soft: rgb(0xC8C8C8),
    on_care_soft: rgb(0x161616),
    stop_soft: rgb(0xBDBDBD),
    on_stop_soft: rgb(0x111111),
    off: rgb(0xD0D0D0),
    on_off: rgb(0x333333),
    training: rgb(0xB8B8B8),
    on_training: rgb(0x101010),
    device: rgb(0x3E3E3E),
    device_light: rgb(0xB0B0B0),
};

const HIGH: Palette = Palette {
    page: rgb(0x000000),
    surface: rgb(0x000000),
    surface_pressed: rgb(0x3A3A00),
    ink: rgb(0xFFFFFF),
    ink_soft: rgb(0xFFFFFF),
    line: rgb(0x8A8A8A),
    outline: rgb(0xFFFFFF),
    accent: rgb(0xFFE45C),
    accent_pressed: rgb(0xFFFFFF),
    on_accent: rgb(0x000000),
    accent_soft: rgb(0x1E1E1E),
    on_accent_soft: rgb(0xFFE45C),
    good_soft: rgb(0x06240F),
    on_good_soft: rgb(0x9CF5B8),
    care_soft: rgb(0x2B2200),
    on_care_soft: rgb(0xFFE45C),
    stop_soft: rgb(0x360909),
    on_stop_soft: rgb(0xFFC2BC),
    off: rgb(0x1E1E1E),
    on_off: rgb(0xC9C9C9),
    training: rgb(0xFFE45C),
    on_training: rgb(0x000000),
    device: rgb(0x5E5E5E),
    device_light: rgb(0xBDBDBD),
};

/// The theme iced keeps for what no widget of ours draws.
pub fn iced_theme(theme: Theme) -> iced::Theme {
    let palette = theme.palette();
    iced::Theme::custom(
        theme.name(),
        iced::theme::Palette {
            background: palette.page,
            text: palette.ink,
            primary: palette.accent,
            success: palette.on_good_soft,
            warning: palette.on_care_soft,
            danger: palette.on_stop_soft,
        },
    )
}

/// The page colour as the window's background.
pub fn style(theme: Theme) -> iced::theme::Style {
    let palette = theme.palette();
    iced::theme::Style { background_color: palette.page, text_color: palette.ink }
}

/// Relative luminance of sRGB, 0 to 1 (WCAG 2.2).
fn luminance(color: Color) -> f32 {
    let linear = |c: f32| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.2).
pub fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stands_out_seven_to_one() {
        for mode in Theme::ALL {
            let p = mode.palette();
            let pairs = [
                ("ink on page", p.ink, p.page),
                ("ink on surface", p.ink, p.surface),
                ("ink on pressed surface", p.ink, p.surface_pressed),
                ("soft ink on page", p.ink_soft, p.page),
                ("soft ink on surface", p.ink_soft, p.surface),
                ("on accent", p.on_accent, p.accent),
                ("on pressed accent", p.on_accent, p.accent_pressed),
                ("on accent tint", p.on_accent_soft, p.accent_soft),
                ("accent text on surface", p.on_accent_soft, p.surface),
                ("on good", p.on_good_soft, p.good_soft),
                ("on care", p.on_care_soft, p.care_soft),
                ("on stop", p.on_stop_soft, p.stop_soft),
                ("on training", p.on_training, p.training),
                ("on what is off", p.on_off, p.off),
                ("chosen", p.on_accent_soft, p.accent_soft),
                ("accent text on page", p.on_accent_soft, p.page),
            ];
            for (name, text, under) in pairs {
                let ratio = contrast(text, under);
                assert!(ratio >= 7.0, "{mode:?} {name}: {ratio:.2}");
            }
            let edges = [
                ("outline on page", p.outline, p.page),
                ("outline on surface", p.outline, p.surface),
                ("accent on page", p.accent, p.page),
                ("accent on surface", p.accent, p.surface),
                ("accent on its tint", p.accent, p.accent_soft),
                ("device on page", p.device, p.page),
            ];
            for (name, edge, under) in edges {
                let ratio = contrast(edge, under);
                assert!(ratio >= 3.0, "{mode:?} {name}: {ratio:.2}");
            }
        }
    }
}
