//! What a file says of its character code, what its bytes are, and what they can hold.

use encoding_rs::SHIFT_JIS;

/// Label, bytes and repertoire of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, strum::VariantArray)]
pub enum Encoding {
    /// Labelled `Shift_JIS` and nothing but what that name means everywhere, JIS X 0208; the rest becomes ●.
    #[default]
    ShiftJis,
    /// Labelled `Windows-31J`: the vendors' characters too (髙, 﨑, ①).
    Windows31J,
    /// Labelled `Shift_JIS` with the vendors' characters, as Windows takes that label.
    ShiftJisOfWindows,
    /// UTF-8 without byte order mark.
    Utf8,
}

impl Encoding {
    /// As the file names it itself.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::ShiftJis | Encoding::ShiftJisOfWindows => "Shift_JIS",
            Encoding::Windows31J => "Windows-31J",
            Encoding::Utf8 => "UTF-8",
        }
    }

    /// `CharacterCodeIdentifier`.
    pub(super) fn code(self) -> &'static str {
        if self == Encoding::Utf8 { "0" } else { "1" }
    }

    /// Whether a character comes back from the bytes as it went in, at every reader of the label.
    pub(super) fn holds(self, c: char) -> bool {
        match self {
            Encoding::Utf8 => true,
            Encoding::Windows31J | Encoding::ShiftJisOfWindows => bytes_of(c).is_some(),
            Encoding::ShiftJis => bytes_of(c).is_some_and(|bytes| is_everywhere(&bytes)),
        }
    }
}

/// Readers differ about the bytes 5C and 7E (\ or ¥, ~ or ‾), and know no rows beside those of JIS X 0208: 1 to 8 and 16 to 84,
/// led by 81 to 84, 88 to 9F and E0 to EA. Row 13 (led by 87) and what IBM and NEC added is the vendors'.
fn is_everywhere(bytes: &[u8]) -> bool {
    match bytes {
        [byte] => !matches!(byte, 0x5c | 0x7e),
        [lead, _] => matches!(lead, 0x81..=0x84 | 0x88..=0x9f | 0xe0..=0xea),
        _ => false,
    }
}

/// The bytes of a character in CP932, if they read back as it.
fn bytes_of(c: char) -> Option<Vec<u8>> {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    let back = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes);
    (!unmappable && back.as_deref() == Some(text)).then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_repertoire_has_its_size() {
        let size = |encoding: Encoding| (' '..='\u{ffff}').filter(|c| encoding.holds(*c) && !c.is_control()).count();
        // 6,879 of JIS X 0208, 63 half-width kana, 93 of ASCII; the vendors add 388 kanji and 83 signs, and \ and ~.
        let sizes = [Encoding::ShiftJis, Encoding::Windows31J, Encoding::ShiftJisOfWindows].map(size);
        println!("characters held: shift_jis {}, windows-31j {}, shift_jis-windows {}", sizes[0], sizes[1], sizes[2]);
        assert_eq!(sizes[0], 6_879 + 63 + 93);
        assert_eq!(sizes[1], sizes[2]);
    }

    #[test]
    fn vendors_characters_are_in_no_shift_jis() {
        for c in "髙﨑①㈱德彅".chars() {
            assert!(!Encoding::ShiftJis.holds(c) && Encoding::Windows31J.holds(c), "{c}");
        }
        for c in "高崎●ｶ〒～－＼".chars() {
            assert!(Encoding::ShiftJis.holds(c), "{c}");
        }
    }
}
