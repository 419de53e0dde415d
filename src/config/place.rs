//! Paths and files as people write them: taken as they stand, or refused with what to write instead.

use std::path::{Path, PathBuf};

use encoding_rs::{EUC_JP, SHIFT_JIS};
use serde::de::{Deserialize, Deserializer, Error};

/// A path; for `deserialize_with`.
pub(super) fn one<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
    path(&String::deserialize(from)?).map_err(D::Error::custom)
}

/// The same, where there may be none.
pub(super) fn maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PathBuf>, D::Error> {
    one(from).map(Some)
}

/// The same in a list.
pub(super) fn many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
    let all = Vec::<String>::deserialize(from)?;
    all.iter().map(|text| path(text)).collect::<Result<_, _>>().map_err(D::Error::custom)
}

/// What every refusal ends with.
pub(super) const EXAMPLE: &str = if cfg!(windows) {
    r"write the whole path in single quotes, as in 'C:\uketsuke\face' or '\\server\share\face'"
} else {
    "write the whole path in single quotes, as in '/srv/uketsuke'"
};

/// Signs that take no room on the screen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The path of that text.
fn path(text: &str) -> Result<PathBuf, String> {
    let wrong = |why: &str| Err(format!("{why}; {EXAMPLE}"));
    if let Some(c) = text.chars().find(|c| c.is_control()) {
        return wrong(&format!(
            "{} in a path: in double quotes a backslash and a letter stand for another sign",
            sign(c)
        ));
    }
    if text.chars().any(is_unseen) {
        return wrong("a sign that cannot be seen in a path");
    }
    let parts = || text.split(['/', '\\']);
    if text.trim() != text || parts().any(|part| part.trim() != part) {
        return wrong("a space at the beginning or the end of a name in a path");
    }
    if text.starts_with(['"', '\'', '“', '”', '「', '『', '‘']) {
        return wrong("quotes inside the quotes of a path");
    }
    if text.contains("://") {
        return wrong("no address is taken here, only the path of a folder or file");
    }
    if text.starts_with('~') || parts().any(is_variable) {
        return wrong("~ and variables are not filled in");
    }
    if !Path::new(text).is_absolute() {
        let of_windows = !cfg!(windows) && is_of_windows(text);
        return wrong(if of_windows { "this is a path of Windows" } else { "this is not the whole path" });
    }
    if cfg!(windows) {
        refused_by_windows(text)?;
    }
    Ok(PathBuf::from(text))
}

fn sign(c: char) -> String {
    match c {
        '\t' => "a tab (from \\t)".into(),
        '\n' => "a line break (from \\n)".into(),
        '\r' => "a line break (from \\r)".into(),
        '\u{8}' => "a control sign (from \\b)".into(),
        '\u{c}' => "a control sign (from \\f)".into(),
        '\u{1b}' => "a control sign (from \\e)".into(),
        c => format!("the control sign U+{:04X}", u32::from(c)),
    }
}

/// `$NAME`, `${NAME}` or `%NAME%`.
fn is_variable(part: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '(' | ')');
    let unix =
        part.strip_prefix('$').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{'));
    let inner = part.strip_prefix('%').and_then(|rest| rest.split_once('%')).map(|(name, _)| name);
    unix || inner.is_some_and(|name| !name.is_empty() && name.chars().all(is_name))
}

fn is_of_windows(text: &str) -> bool {
    let mut chars = text.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':');
    (drive && matches!(chars.next(), Some('\\' | '/'))) || text.starts_with("\\\\")
}

/// What Windows takes for something else, or not at all.
fn refused_by_windows(text: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("{why}; {EXAMPLE}"));
    let rest = text.strip_prefix(r"\\?\").unwrap_or(text);
    let rest = if rest.as_bytes().get(1) == Some(&b':') { rest.get(2..).unwrap_or_default() } else { rest };
    if rest.contains(['<', '>', ':', '"', '|', '?', '*']) {
        return wrong("a sign that Windows refuses in names");
    }
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    for part in rest.split(['/', '\\']).filter(|part| !part.is_empty()) {
        if part.ends_with('.') && part != "." && part != ".." {
            return wrong("a dot at the end of a name, which Windows leaves out");
        }
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        if DEVICES.contains(&stem.as_str()) {
            return wrong("a name that Windows keeps for a device");
        }
    }
    Ok(())
}

/// The text of a file, which must be UTF-8; a byte order mark in front is what some editors write.
///
/// # Errors
/// The name of the character code that it is in instead.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, &'static str> {
    let is_utf_32 = bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]);
    if is_utf_32 {
        return Err("UTF-32");
    }
    // Without a mark every other byte of what a settings file begins with is nothing.
    let halves = matches!(bytes.get(..4), Some([0, a, 0, b] | [a, 0, b, 0]) if *a != 0 && *b != 0);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || halves {
        return Err("UTF-16");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map_or(bytes.clone(), <[u8]>::to_vec);
    match String::from_utf8(bytes) {
        Ok(text) if text.contains("\u{1b}$") => Err("ISO-2022-JP"),
        Ok(text) => Ok(text),
        Err(error) => {
            let is = |code: &'static encoding_rs::Encoding| {
                code.decode_without_bom_handling_and_without_replacement(error.as_bytes()).is_some()
            };
            // Most of the second can be read as the third as well, hardly anything the other way round.
            Err(if is(EUC_JP) {
                "EUC-JP"
            } else if is(SHIFT_JIS) {
                "Shift_JIS (CP932)"
            } else {
                "no text"
            })
        }
    }
}

/// What to say beside an error of the grammar on a line with a backslash in double quotes.
pub(super) fn about_backslashes(text: &str, at: Option<std::ops::Range<usize>>) -> Option<String> {
    let start = at?.start.min(text.len());
    let line = text.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(line..)?.lines().next()?;
    let (_, quoted) = line.split_once('"')?;
    quoted.contains('\\').then(|| format!("in double quotes a backslash begins another sign; {EXAMPLE}"))
}
