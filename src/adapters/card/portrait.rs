//! Decodes the portrait for `uketsuke card photo`.

use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};
use zeroize::Zeroizing;

use crate::ports::Frame;

/// Largest side of a portrait that is decoded; a card holds a few hundred pixels.
const LARGEST_SIDE: u32 = 2048;

/// Why a portrait cannot be shown. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PortraitError {
    /// Not a JPEG 2000 file, or a damaged one.
    #[error("the portrait is not a readable JPEG 2000 picture")]
    Unreadable,
    /// Larger than any portrait.
    #[error("the portrait claims {0}x{1} pixels")]
    Size(u32, u32),
    /// Not one grey component.
    #[error("the portrait has {0} colour components instead of one")]
    Colours(usize),
}

/// Decodes a grey JP2 portrait; the frame has three equal channels.
///
/// # Errors
/// When it is no grey JPEG 2000 picture of a sensible size.
pub fn decode(jp2: &[u8]) -> Result<Frame, PortraitError> {
    let image = Image::new(jp2, &DecodeSettings::default()).map_err(|_| PortraitError::Unreadable)?;
    let (width, height) = (image.width(), image.height());
    if width > LARGEST_SIDE || height > LARGEST_SIDE {
        return Err(PortraitError::Size(width, height));
    }
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(|_| PortraitError::Unreadable)?;
    if decoded.components().len() != 1 {
        return Err(PortraitError::Colours(decoded.components().len()));
    }
    let grey = Zeroizing::new(decoded.data_u8());
    Frame::new(width, height, grey.iter().flat_map(|level| [*level; 3]).collect()).ok_or(PortraitError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_synthetic_portrait_decodes() {
        for person in crate::people::all().unwrap() {
            let frame = decode(person.portrait()).unwrap();
            assert_eq!((frame.width(), frame.height()), (192, 240), "{}", person.id);
        }
    }

    #[test]
    fn garbage_is_refused() {
        assert_eq!(decode(b"no picture").err(), Some(PortraitError::Unreadable));
    }
}
