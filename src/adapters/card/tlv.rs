//! BER-TLV as the card uses it: tags of one or two bytes, definite lengths, 0xFF filler after the last object.

/// Why bytes are no TLV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlvError {
    /// The bytes end inside an object.
    #[error("the data end inside an object")]
    Truncated,
    /// A length in a form that cards do not use.
    #[error("a length is not in the definite form of at most three bytes")]
    Length,
    /// Another tag stands where the file must begin.
    #[error("tag {found:04X} instead of {wanted:04X}")]
    Tag {
        /// What should be there.
        wanted: u16,
        /// What is there.
        found: u16,
    },
    /// An object that the file must hold is not there.
    #[error("there is no object {0:04X}")]
    Missing(u16),
}

/// One object inside the bytes it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// Tag, one or two bytes.
    pub tag: u16,
    pub value: &'a [u8],
    /// Header and value as written.
    pub raw: &'a [u8],
}

/// Reads the header: tag, length of header, length of value.
fn header(bytes: &[u8]) -> Result<(u16, usize, usize), TlvError> {
    let at = |index: usize| bytes.get(index).copied().ok_or(TlvError::Truncated);
    let first = at(0)?;
    let (tag, mut used) =
        if first & 0x1F == 0x1F { (u16::from_be_bytes([first, at(1)?]), 2) } else { (u16::from(first), 1) };
    let length = match at(used)? {
        short @ 0..=0x7F => {
            used += 1;
            usize::from(short)
        }
        long @ 0x81..=0x83 => {
            let count = usize::from(long & 0x0F);
            let digits = bytes.get(used + 1..used + 1 + count).ok_or(TlvError::Truncated)?;
            used += 1 + count;
            digits.iter().fold(0, |n, digit| n << 8 | usize::from(*digit))
        }
        _ => return Err(TlvError::Length),
    };
    Ok((tag, used, length))
}

/// Reads the first object.
///
/// # Errors
/// When the bytes do not hold one whole object.
pub fn first(bytes: &[u8]) -> Result<Tlv<'_>, TlvError> {
    let (tag, used, length) = header(bytes)?;
    let raw = bytes.get(..used + length).ok_or(TlvError::Truncated)?;
    Ok(Tlv { tag, value: raw.get(used..).unwrap_or_default(), raw })
}

/// Every object in a row; filler ends the row.
///
/// # Errors
/// When an object is cut off.
pub fn all(mut bytes: &[u8]) -> Result<Vec<Tlv<'_>>, TlvError> {
    let mut objects = Vec::new();
    while !is_filler(bytes) {
        let object = first(bytes)?;
        bytes = bytes.get(object.raw.len()..).unwrap_or_default();
        objects.push(object);
    }
    Ok(objects)
}

fn is_filler(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0xFF) || bytes.iter().all(|byte| *byte == 0)
}

/// The object of that tag, if there is one.
pub fn find<'a>(objects: &[Tlv<'a>], tag: u16) -> Option<Tlv<'a>> {
    objects.iter().find(|object| object.tag == tag).copied()
}

/// Where the object of that tag begins: at the front or behind a prefix of two bytes (reported for some cards).
fn start(bytes: &[u8], tag: u16) -> Result<usize, TlvError> {
    let found = |at: usize| bytes.get(at..at + 2).map(|b| u16::from_be_bytes([b[0], b[1]]));
    match found(0) {
        Some(front) if front == tag => Ok(0),
        Some(_) if found(2) == Some(tag) => Ok(2),
        Some(front) => Err(TlvError::Tag { wanted: tag, found: front }),
        None => Err(TlvError::Truncated),
    }
}

/// How long the first object is with its header, from its first bytes; whatever its tag.
///
/// # Errors
/// When the bytes end inside the header.
pub fn length(beginning: &[u8]) -> Result<usize, TlvError> {
    let (_, used, length) = header(beginning)?;
    Ok(used + length)
}

/// How long a file with that outer tag is, from its first bytes: prefix, header and value, without filler.
///
/// # Errors
/// When the file does not begin with that tag, or too little of it was read.
pub fn file_length(beginning: &[u8], tag: u16) -> Result<usize, TlvError> {
    let at = start(beginning, tag)?;
    let (_, used, length) = header(beginning.get(at..).unwrap_or_default())?;
    Ok(at + used + length)
}

/// The outer object of a file, whatever prefix and filler lie around it.
///
/// # Errors
/// When the file does not hold that object whole.
pub fn file(bytes: &[u8], tag: u16) -> Result<Tlv<'_>, TlvError> {
    let at = start(bytes, tag)?;
    first(bytes.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: [u8; 11] = [0xFF, 0x20, 0x08, 0xDF, 0x21, 0x01, 0x07, 0xDF, 0x22, 0x01, 0x09];

    #[test]
    fn objects_are_found_by_tag() {
        let outer = file(&FILE, 0xFF20).unwrap();
        let objects = all(outer.value).unwrap();
        assert_eq!(objects.len(), 2);
        assert_eq!(find(&objects, 0xDF22).unwrap().value, [9]);
        assert_eq!(find(&objects, 0xDF22).unwrap().raw, [0xDF, 0x22, 1, 9]);
        assert!(find(&objects, 0xDF29).is_none());
    }

    #[test]
    fn prefix_and_filler_do_not_move_anything() {
        let mut long = vec![0x01, 0x6C];
        long.extend(FILE);
        long.extend([0xFF; 300]);
        assert_eq!(file(&long, 0xFF20).unwrap().value, file(&FILE, 0xFF20).unwrap().value);
        assert_eq!(file_length(&long[..6], 0xFF20), Ok(13));
        assert_eq!(all(&[0xDF, 0x22, 1, 9, 0xFF, 0xFF, 0xFF]).unwrap().len(), 1);
    }

    #[test]
    fn long_lengths_are_read() {
        let mut long = vec![0xFF, 0x20, 0x82, 0x01, 0x04];
        long.extend([5; 260]);
        assert_eq!(file(&long, 0xFF20).unwrap().value.len(), 260);
        assert_eq!(file_length(&long[..7], 0xFF20), Ok(265));
        assert_eq!(first(&[0x91, 0x81, 0x80]), Err(TlvError::Truncated));
    }

    #[test]
    fn broken_data_are_refused() {
        assert_eq!(file(&FILE[..10], 0xFF20), Err(TlvError::Truncated));
        assert_eq!(file(&FILE, 0xFF40), Err(TlvError::Tag { wanted: 0xFF40, found: 0xFF20 }));
        assert_eq!(first(&[0x90, 0x80]), Err(TlvError::Length));
        assert_eq!(first(&[]), Err(TlvError::Truncated));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = all(&bytes);
            let _ = file(&bytes, 0xFF20);
            let _ = file_length(&bytes, 0xFF20);
        }
    }
}
