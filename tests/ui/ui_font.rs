//! The bundled typefaces draw the characters, not whatever the machine has, and each language its own shapes.

use iced::advanced::graphics::text::{cosmic_text, font_system, to_attributes};
use iced::font::Weight;
use uketsuke::i18n::{self, Language, Words};
use uketsuke::ui::font;

use crate::locales::keys;

/// Characters whose shape differs between Japanese and Chinese fonts, and some of names and chrome.
const TELLING: &str = "直骨刃角次 あア髙﨑邉 Aa09 ●";

/// A piece of text and what drew it.
struct Drawn {
    text: String,
    family: String,
    weight: u16,
    glyph: u16,
}

fn shape(text: &str, font: iced::Font) -> Vec<Drawn> {
    font::load();
    let mut system = font_system().write().expect("the font system");
    let system = system.raw();
    let mut buffer = cosmic_text::Buffer::new(system, cosmic_text::Metrics::new(32.0, 48.0));
    buffer.set_text(system, text, &to_attributes(font), cosmic_text::Shaping::Advanced, None);
    buffer.shape_until_scroll(system, false);
    let mut drawn = Vec::new();
    for run in buffer.layout_runs() {
        for glyph in run.glyphs {
            let face = system.db().face(glyph.font_id).expect("a face");
            let family = face.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
            let text = run.text.get(glyph.start..glyph.end).unwrap_or_default().to_owned();
            drawn.push(Drawn { text, family, weight: face.weight.0, glyph: glyph.glyph_id });
        }
    }
    drawn
}

/// Whether a character belongs to the script for which a language has a family of its own.
fn own_script(language: Language, c: char) -> bool {
    match language {
        Language::ZhHans => ('\u{4E00}'..='\u{9FFF}').contains(&c) || "，。、；：？！（）「」".contains(c),
        Language::Ko => ('\u{AC00}'..='\u{D7A3}').contains(&c),
        Language::Ne => ('\u{0900}'..='\u{097F}').contains(&c),
        Language::Vi => c.is_alphabetic() && u32::from(c) < 0x2000,
        _ => c.is_alphabetic(),
    }
}

#[test]
fn the_five_glyphs_come_from_the_named_font() {
    for (weight, number) in [(Weight::Normal, 400), (Weight::Bold, 700)] {
        let drawn = shape(TELLING, iced::Font { weight, ..font::DEFAULT });
        assert!(drawn.len() >= TELLING.chars().count(), "{} glyphs", drawn.len());
        for Drawn { text, family, weight, glyph } in drawn {
            assert_eq!((family.as_str(), weight), (font::FAMILY, number), "{text}");
            assert_ne!(glyph, 0, "{text} has no glyph");
        }
    }
}

/// Every text of every language: bundled fonts alone, in the asked weight, the language's own script in its own family.
#[test]
fn every_word_of_every_language_is_drawn_by_its_font() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        let words = Words::of(language);
        for key in keys(language).into_keys().filter(|key| !i18n::is_for_staff(key)) {
            let text = words.get(&key);
            for weight in [font::REGULAR, font::BOLD] {
                let wanted = font::of(language, weight);
                for drawn in shape(&text, wanted) {
                    faults.extend(fault(language, &key, &drawn, to_attributes(wanted).weight.0));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn fault(language: Language, key: &str, drawn: &Drawn, weight: u16) -> Option<String> {
    let Drawn { text, family, .. } = drawn;
    let visible = text.chars().any(|c| !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{2060}'));
    let own = text.chars().any(|c| own_script(language, c));
    let right =
        if own { family == font::family(language) } else { family == font::family(language) || family == font::FAMILY };
    let wrong = visible && (!right || drawn.glyph == 0 || drawn.weight != weight);
    wrong.then(|| format!("{} {key}: `{text}` is glyph {} of {family} {}", language.tag(), drawn.glyph, drawn.weight))
}

#[test]
fn a_character_without_glyph_would_be_noticed() {
    let drawn = shape("\u{E000}", font::of(Language::ZhHans, font::REGULAR));
    assert!(drawn.iter().all(|drawn| drawn.glyph == 0), "a private character has a glyph");
    let drawn = shape("说", font::of(Language::Ja, font::REGULAR));
    assert!(drawn.iter().all(|drawn| fault(Language::Ja, "planted", drawn, 400).is_some()), "a Chinese letter passes");
}

/// 直 and 骨 look different in Chinese: the two languages take them from different files.
#[test]
fn chinese_and_japanese_have_their_own_shapes() {
    for language in [Language::Ja, Language::ZhHans] {
        let drawn = shape("后", font::of(language, font::BOLD));
        assert!(drawn.iter().all(|drawn| drawn.family == font::FAMILY || language == Language::ZhHans));
    }
    let drawn = shape("确认", font::of(Language::ZhHans, font::BOLD));
    assert_eq!(drawn.iter().map(|drawn| drawn.family.as_str()).collect::<Vec<_>>(), ["Uketsuke Sans SC"; 2]);
}

/// Devanagari joins: क् and ष become one glyph, and the short i moves before its consonant.
#[test]
fn devanagari_is_shaped() {
    let font = font::of(Language::Ne, font::REGULAR);
    assert_eq!(shape("क्ष", font).len(), 1, "the conjunct is one glyph");
    let plain: Vec<u16> = shape("क", font).iter().map(|drawn| drawn.glyph).collect();
    let with_vowel: Vec<u16> = shape("कि", font).iter().map(|drawn| drawn.glyph).collect();
    assert_eq!(with_vowel.get(1), plain.first(), "the vowel sign stands first: {with_vowel:?} after {plain:?}");
}

/// Level 3 and 4 of JIS X 0213 and registered variants, as names have them.
#[test]
fn rare_names_have_glyphs() {
    for name in ["呏鞵", "𠮷野", "葛\u{E0100}飾", "辻\u{E0101}", "髙﨑"] {
        for drawn in shape(name, font::of(Language::Ja, font::BOLD)) {
            assert!(
                drawn.glyph != 0 && [font::FAMILY, font::RARE].contains(&drawn.family.as_str()),
                "{name}: {}",
                drawn.family
            );
        }
    }
}

#[test]
fn the_files_are_the_ones_their_readme_names() {
    use sha2::{Digest, Sha256};
    let readme = include_str!("../../assets/fonts/README.md");
    let mut size = 0;
    for file in font::files() {
        let hash = format!("{:x}", Sha256::digest(&file));
        assert!(readme.contains(&hash), "{hash} is not in assets/fonts/README.md");
        size += file.len();
    }
    assert!(size <= 25 << 19, "{size} bytes of fonts; 12.5 MiB are the most");
}
