//! Looks at start whether every typeface that texts ask for is there: a window without letters must say why, not open.

use std::collections::BTreeSet;

use iced::advanced::graphics::text::cosmic_text::fontdb::Database;
use iced::advanced::graphics::text::font_system;

use super::font;
use crate::i18n::Language;

/// Why a text could not be drawn as it was made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TypefaceError {
    /// A file of the program's own fonts cannot be read.
    #[error("font number {number} of the program cannot be read")]
    Unreadable {
        /// Its place in the list, from 1.
        number: usize,
    },
    /// A typeface that texts ask for by name is in none of the files.
    #[error("the typeface {family} is missing")]
    Missing {
        /// Its name.
        family: &'static str,
    },
    /// The font system cannot be changed any more.
    #[error("the font system is locked by a thread that died")]
    Locked,
}

/// Loads the fonts and looks whether all of them are there. Calling it again changes nothing.
///
/// # Errors
/// When a font file is broken or a typeface that is asked for by name is missing.
pub fn load() -> Result<(), TypefaceError> {
    for (number, file) in (1..).zip(font::files()) {
        let mut alone = Database::new();
        alone.load_font_data(file.into_owned());
        if alone.is_empty() {
            return Err(TypefaceError::Unreadable { number });
        }
    }
    font::load();
    let mut system = font_system().write().map_err(|_| TypefaceError::Locked)?;
    let wanted = Language::ALL.map(font::family);
    has(system.raw().db(), &wanted).and_then(|()| has(system.raw().db(), &[font::RARE]))
}

fn has(fonts: &Database, wanted: &[&'static str]) -> Result<(), TypefaceError> {
    let families: BTreeSet<&str> =
        fonts.faces().flat_map(|face| face.families.iter().map(|(name, _)| name.as_str())).collect();
    match wanted.iter().find(|family| !families.contains(**family)) {
        Some(family) => Err(TypefaceError::Missing { family }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::advanced::graphics::text::cosmic_text::fontdb::{FaceInfo, Source};

    #[test]
    fn the_typefaces_are_ours_and_there() {
        assert_eq!(load(), Ok(()));
        assert_eq!(load(), Ok(()), "a second time changes nothing");
        let mut system = font_system().write().expect("the font system");
        let ours = |face: &&FaceInfo| face.families.iter().any(|(name, _)| name == font::FAMILY);
        let files: Vec<_> = system.raw().db().faces().filter(ours).map(|face| face.source.clone()).collect();
        assert!(files.len() == 2 && files.iter().all(|source| matches!(source, Source::Binary(_))), "{files:?}");
    }

    #[test]
    fn a_missing_typeface_is_named() {
        let missing = has(&Database::new(), &["No Such Typeface"]);
        assert_eq!(missing.expect_err("none").to_string(), "the typeface No Such Typeface is missing");
    }
}
