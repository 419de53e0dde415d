//! Which of several readers is ours.

use std::ffi::CString;

/// Words in a name that mark a built-in slot no patient's card goes into.
const BUILT_IN: [&str; 1] = ["SAM"];
/// Words in a name that mark the contactless half of a reader with two.
const CONTACTLESS: [&str; 4] = ["PICC", "CL", "CONTACTLESS", "NFC"];

/// The rule of a site for its reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReaderRule {
    /// The reader's whole name; or a part of it, in which `*` stands for anything. Capitals do not matter.
    pub name: Option<String>,
}

impl ReaderRule {
    /// The rule for that name.
    pub fn named(name: Option<&str>) -> Self {
        Self { name: name.map(str::to_owned) }
    }

    /// The reader of that exact name; else the first that fits, contactless before others. Slots for secure modules count
    /// only when the exact name asks for one.
    pub fn choose<'a>(&self, readers: &'a [CString]) -> Option<&'a CString> {
        let exact = self.name.as_deref().and_then(|name| readers.iter().find(|r| r.to_bytes() == name.as_bytes()));
        let fits = |reader: &&CString| {
            let reader = reader.to_string_lossy();
            !has_word(&reader, &BUILT_IN) && self.name.as_deref().is_none_or(|name| matches(&reader, name))
        };
        let first = || readers.iter().filter(fits).min_by_key(|r| !has_word(&r.to_string_lossy(), &CONTACTLESS));
        exact.or_else(first)
    }
}

fn has_word(name: &str, words: &[&str]) -> bool {
    let mut own = name.split(|c: char| !c.is_ascii_alphanumeric());
    own.any(|own| words.iter().any(|word| own.eq_ignore_ascii_case(word)))
}

/// Whether the pieces between the stars occur in the name in that order.
fn matches(name: &str, pattern: &str) -> bool {
    let name = name.to_lowercase();
    let mut rest = name.as_str();
    pattern.to_lowercase().split('*').all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = rest.get(at + piece.len()..).unwrap_or_default();
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(readers: &[&str], name: Option<&str>) -> Option<String> {
        let readers: Vec<CString> = readers.iter().map(|name| CString::new(*name).unwrap()).collect();
        ReaderRule::named(name).choose(&readers).map(|reader| reader.to_string_lossy().into_owned())
    }

    #[test]
    fn a_reader_is_chosen_by_name_pattern_or_order() {
        let readers = ["Virtual PCD 00 00", "Virtual PCD 00 01", "Virtual PCD"];
        for (name, wanted) in [
            (None, Some(readers[0])),
            (Some("00 01"), Some(readers[1])),
            (Some("Virtual PCD"), Some(readers[2])),
            (Some("virtual*01"), Some(readers[1])),
            (Some("*PCD*"), Some(readers[0])),
            (Some("01*Virtual"), None),
            (Some("Sony"), None),
        ] {
            assert_eq!(chosen(&readers, name).as_deref(), wanted, "{name:?}");
        }
        assert_eq!(chosen(&[], None), None);
    }

    #[test]
    fn slots_for_secure_modules_are_nobodys_reader() {
        let acr = ["ACS ACR1252 Dual Reader SAM 0", "ACS ACR1252 Dual Reader ICC 0", "ACS ACR1252 Dual Reader PICC 0"];
        assert_eq!(chosen(&acr, None).as_deref(), Some(acr[2]), "contactless before contact");
        assert_eq!(chosen(&acr, Some("Reader ICC")).as_deref(), Some(acr[1]));
        assert_eq!(chosen(&acr[..1], None), None);
        assert_eq!(chosen(&acr, Some("SAM")), None);
        assert_eq!(chosen(&acr, Some(acr[0])).as_deref(), Some(acr[0]), "unless its whole name asks for it");
        assert!(chosen(&["SAMSUNG reader"], None).is_some(), "a word, not letters");
    }
}
