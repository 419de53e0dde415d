//! The bundled typeface draws the characters, not whatever the machine has.
#![allow(clippy::expect_used, reason = "the helpers of a test may fail it")]

use iced::advanced::graphics::text::{cosmic_text, font_system};
use uketsuke::ui::{font, headless};

/// Characters whose shape differs between Japanese and Chinese fonts, and some of names and chrome.
const TELLING: &str = "直骨刃角次 あア髙﨑邉 Aa09 ●";

#[test]
fn the_five_glyphs_come_from_the_named_font() {
    headless::load_fonts();
    let mut system = font_system().write().expect("the font system");
    let system = system.raw();
    for weight in [cosmic_text::Weight::NORMAL, cosmic_text::Weight::BOLD] {
        let mut buffer = cosmic_text::Buffer::new(system, cosmic_text::Metrics::new(32.0, 48.0));
        let attrs = cosmic_text::Attrs::new().family(cosmic_text::Family::Name(font::FAMILY)).weight(weight);
        buffer.set_text(system, TELLING, &attrs, cosmic_text::Shaping::Advanced, None);
        buffer.shape_until_scroll(system, false);
        let glyphs: Vec<_> = buffer.layout_runs().flat_map(|run| run.glyphs.to_vec()).collect();
        assert!(glyphs.len() >= TELLING.chars().count(), "{} glyphs", glyphs.len());
        for glyph in glyphs {
            let of = &TELLING[glyph.start..glyph.end];
            let face = system.db().face(glyph.font_id).expect("a face");
            let families: Vec<&str> = face.families.iter().map(|(name, _)| name.as_str()).collect();
            assert!(families.contains(&font::FAMILY), "{of} is drawn by {families:?}");
            assert_eq!(face.weight.0, weight.0, "{of}");
            assert_ne!(glyph.glyph_id, 0, "{of} has no glyph");
        }
    }
}

#[test]
fn the_files_are_the_ones_their_readme_names() {
    use sha2::{Digest, Sha256};
    let readme = include_str!("../assets/fonts/README.md");
    for file in font::files() {
        let hash: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(readme.contains(&hash), "{hash} is not in assets/fonts/README.md");
    }
}
