//! The bundled typefaces. Every text names its family: an unnamed font gives 直骨刃角次 the shapes of another language.
//!
//! They are part of the program, so none can be missing at start; fonts of the machine are the last resort only, for
//! characters of names that no bundled font has.

use std::borrow::Cow;
use std::sync::Once;

use iced::Font;
use iced::advanced::graphics::text::{cosmic_text, font_system, to_attributes};
use iced::font::Weight;

use crate::i18n::Language;

/// The Japanese family: for Japanese words, for names as the card has them, and after the family of every other language.
pub const FAMILY: &str = "BIZ UDPGothic";
/// The family for rare characters of names, which [`FAMILY`] lacks.
pub const RARE: &str = "Uketsuke Sans JP";

/// What a text has that names nothing else.
pub const DEFAULT: Font = Font::with_name(FAMILY);

/// Text.
pub const REGULAR: Weight = Weight::Normal;
/// Titles, labels, digits.
pub const BOLD: Weight = Weight::Bold;

/// The family that draws the words of `language`.
pub fn family(language: Language) -> &'static str {
    match language {
        Language::Ja | Language::JaSimple | Language::En | Language::PtBr | Language::Fil | Language::Id => FAMILY,
        Language::ZhHans => "Uketsuke Sans SC",
        Language::Vi => "Uketsuke Sans Vietnamese",
        Language::Ko => "Uketsuke Sans KR",
        Language::Ne => "Uketsuke Sans Devanagari",
    }
}

/// The font of `language` in a weight.
pub fn of(language: Language, weight: Weight) -> Font {
    Font { weight, ..Font::with_name(family(language)) }
}

macro_rules! bundled {
    ($($file:literal),+ $(,)?) => {
        vec![$(Cow::Borrowed(include_bytes!(concat!("../../assets/fonts/", $file)).as_slice())),+]
    };
}

/// The font files, for iced's settings.
pub fn files() -> Vec<Cow<'static, [u8]>> {
    bundled![
        "BIZUDPGothic-Regular.ttf",
        "BIZUDPGothic-Bold.ttf",
        "UketsukeSansJP-Regular.otf",
        "UketsukeSansJP-Bold.otf",
        "UketsukeSansSC-Regular.otf",
        "UketsukeSansSC-Bold.otf",
        "UketsukeSansKR-Regular.otf",
        "UketsukeSansKR-Bold.otf",
        "UketsukeSansVietnamese-Regular.ttf",
        "UketsukeSansVietnamese-Bold.ttf",
        "UketsukeSansDevanagari-Regular.ttf",
        "UketsukeSansDevanagari-Bold.ttf",
    ]
}

/// Where a character is looked for that the named family lacks, before the machine's own fonts.
struct Bundled;

impl cosmic_text::Fallback for Bundled {
    fn common_fallback(&self) -> &[&'static str] {
        &[FAMILY, RARE, "Uketsuke Sans Vietnamese", "Uketsuke Sans KR", "Uketsuke Sans Devanagari", "Uketsuke Sans SC"]
    }

    fn forbidden_fallback(&self) -> &[&'static str] {
        &[]
    }

    fn script_fallback(&self, _: unicode_script::Script, _: &str) -> &[&'static str] {
        &[]
    }
}

/// Loads the bundled fonts into iced's font system and puts them before the machine's; once.
pub fn load() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| match font_system().write() {
        Ok(mut system) => {
            let raw = system.raw();
            let mut machine = std::mem::take(raw.db_mut());
            // The machine's copy of one of ours would be asked first and may be another version.
            let ours = Language::ALL.map(family);
            let twin = |face: &&cosmic_text::fontdb::FaceInfo| {
                face.families.iter().any(|(name, _)| name == RARE || ours.contains(&name.as_str()))
            };
            let twins: Vec<_> = machine.faces().filter(twin).map(|face| face.id).collect();
            twins.into_iter().for_each(|id| machine.remove_face(id));
            *raw = cosmic_text::FontSystem::new_with_locale_and_db_and_fallback("ja".to_owned(), machine, Bundled);
            files().into_iter().for_each(|file| system.load_font(file));
        }
        Err(_) => tracing::error!("the font system is locked by a thread that died"),
    });
}

/// `text` as the card's fonts can draw it: `mark` stands for every character that none of them has. Characters for private
/// use count among those, since every machine draws its own.
pub fn drawable(text: &str, mark: char) -> String {
    load();
    let Ok(mut system) = font_system().write() else { return text.to_owned() };
    let system = system.raw();
    let mut buffer = cosmic_text::Buffer::new(system, cosmic_text::Metrics::new(16.0, 16.0));
    let attributes = to_attributes(Font { weight: BOLD, ..DEFAULT });
    buffer.set_text(system, text, &attributes, cosmic_text::Shaping::Advanced, None);
    buffer.shape_until_scroll(system, false);
    let runs: Vec<_> = buffer.layout_runs().collect();
    let lacking = |at: usize| {
        let glyphs = runs.iter().flat_map(|run| run.glyphs);
        glyphs.filter(|glyph| (glyph.start..glyph.end).contains(&at)).any(|glyph| glyph.glyph_id == 0)
    };
    let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    text.char_indices().map(|(at, c)| if private(c) || lacking(at) { mark } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_without_glyph_is_marked() {
        assert_eq!(drawable("髙橋　𠮷子", '●'), "髙橋　𠮷子");
        assert_eq!(drawable("葛\u{E0100}城", '●'), "葛\u{E0100}城");
        assert_eq!(drawable("見\u{E000}本", '●'), "見●本");
        assert_eq!(drawable("", '●'), "");
    }
}
