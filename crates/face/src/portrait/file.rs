//! Where the codestream lies in a JP2 file, and what the file says of its colours.
//!
//! The decoder is given the bare codestream: palettes, channel tables and profiles of a file are then none of its business, and
//! no box can ask it for more than the limits know of.

use super::PortraitError;

/// A JP2 signature box.
const SIGNATURE: &[u8] = b"\x00\x00\x00\x0CjP  ";

/// How a codestream begins: its first marker and that of its sizes.
const CODESTREAM: &[u8] = b"\xFF\x4F\xFF\x51";

/// Most boxes looked at.
const BOXES: usize = 64;

/// Enumerated colour spaces that need no conversion: RGB and grey.
const COLOURS: [[u8; 4]; 2] = [[0, 0, 0, 16], [0, 0, 0, 17]];

/// The codestream of a file, which may also be a bare one.
pub(super) fn codestream(file: &[u8]) -> Result<&[u8], PortraitError> {
    if file.starts_with(CODESTREAM) {
        return Ok(file);
    }
    if !file.starts_with(SIGNATURE) {
        return Err(PortraitError::Unreadable);
    }
    for found in boxes(file) {
        match found? {
            (b"jp2h", header) => colours(header)?,
            (b"jp2c", stream) if stream.starts_with(CODESTREAM) => return Ok(stream),
            _ => {}
        }
    }
    Err(PortraitError::Unreadable)
}

fn colours(header: &[u8]) -> Result<(), PortraitError> {
    for found in boxes(header) {
        match found? {
            (b"pclr" | b"cmap", _) => return Err(PortraitError::Colours),
            // Method 1 names a space, the others bring a profile, which changes no brightness that matters here.
            (b"colr", [1, _, _, space @ ..]) if !COLOURS.iter().any(|known| space.starts_with(known)) => {
                return Err(PortraitError::Colours);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The boxes of a file or box, by name and content.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = Result<(&[u8; 4], &[u8]), PortraitError>> {
    let mut left = BOXES;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some((found, after)) = left.checked_sub(1).and_then(|fewer| {
            left = fewer;
            one(rest)
        }) else {
            rest = &[];
            return Some(Err(PortraitError::Unreadable));
        };
        rest = after;
        Some(Ok(found))
    })
}

type Box<'a> = (&'a [u8; 4], &'a [u8]);

/// The first box, and what follows it.
fn one(bytes: &[u8]) -> Option<(Box<'_>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (name, rest) = rest.split_first_chunk()?;
    let (content, rest) = match u32::from_be_bytes(*length) {
        0 => (rest, &[][..]),
        1 => {
            let (long, rest) = rest.split_first_chunk()?;
            rest.split_at_checked(usize::try_from(u64::from_be_bytes(*long).checked_sub(16)?).ok()?)?
        }
        short => rest.split_at_checked(usize::try_from(short.checked_sub(8)?).ok()?)?,
    };
    Some(((name, content), rest))
}
