//! What editors, mail programs and shells do to the text of a certificate or key, undone.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};
use zeroize::Zeroizing;

/// The text of a file, in the signs that PEM is written in; lines end in `\n`. `None` when it is no text.
pub(super) fn readable(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = decoded(bytes)?;
    // Nothing below makes a sign longer, so the text never moves and leaves no copy behind.
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\r' => {
                signs.next_if_eq(&'\n');
                plain.push('\n');
            }
            '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => plain.push(' '),
            _ if is_invisible(sign) => {}
            _ if is_dash(sign) => plain.push('-'),
            '\u{ff01}'..='\u{ff5e}' => plain.extend(char::from_u32(u32::from(sign) - 0xFEE0)),
            _ => plain.push(sign),
        }
    }
    Some(plain)
}

/// The characters of a file in any of the codes that Japanese PCs write.
fn decoded(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let utf16 = match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => unmarked_utf16(bytes),
    };
    if let Some(code) = utf16 {
        let (text, _, broken) = code.decode(bytes);
        return (!broken).then(|| Zeroizing::new(text.into_owned()));
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Zeroizing::new(text.to_owned()));
    }
    let (text, _, broken) = SHIFT_JIS.decode(bytes);
    let text = if broken || has_western_dashes(bytes) { WINDOWS_1252.decode(bytes).0 } else { text };
    Some(Zeroizing::new(text.into_owned()))
}

/// Two dashes of a western PC are one kanji in CP932, so they are told by the word behind them.
fn has_western_dashes(bytes: &[u8]) -> bool {
    let dashes = |before: &[u8]| matches!(before, [.., 0x96 | 0x97] | [.., 0x96 | 0x97, b'-']);
    bytes.windows(7).enumerate().any(|(at, word)| {
        word.strip_prefix(b"-").unwrap_or(word).starts_with(b"BEGIN") && bytes.get(..at).is_some_and(dashes)
    })
}

/// Text of two bytes a sign is told by every second byte of most pairs being zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let most = |place: usize| pairs.iter().filter(|pair| pair.get(place) == Some(&0)).count() * 2 > pairs.len();
    match (rest.is_empty(), most(1), most(0)) {
        (true, true, false) => Some(UTF_16LE),
        (true, false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Takes no room on a screen: marks of byte order, of direction and of where a word may break.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// What word processors and input methods write for a hyphen.
fn is_dash(sign: char) -> bool {
    matches!(
        sign,
        '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30fc}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{ff70}'
    )
}
