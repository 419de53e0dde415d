//! The card's portrait: a JPEG 2000 file, as a rule grey, of a size only its header tells.
//!
//! Decoding begins only when what the file asks for is within limits ([`limits`]).

mod file;
mod limits;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};
use zeroize::Zeroizing;

use uketsuke_core::ports::Frame;

/// Largest file taken: no file of a card is longer. A portrait is a few kilobytes.
const MOST_BYTES: usize = 64 << 10;

/// Why a portrait cannot be used. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PortraitError {
    /// More bytes than any portrait has.
    #[error("the portrait is too large a file")]
    TooLarge,
    /// Not a JPEG 2000 file, or one that is damaged.
    #[error("the portrait is not a readable JPEG 2000 file")]
    Unreadable,
    /// Outside the sizes that make sense.
    #[error("the portrait measures {0}×{1} pixels, which is not usable")]
    Size(u32, u32),
    /// Its headers ask for more of this than a portrait needs; it was not decoded.
    #[error("the portrait asks for more {0} than a portrait needs")]
    Demands(&'static str),
    /// Neither grey nor RGB.
    #[error("the portrait is neither grey nor RGB")]
    Colours,
}

/// Decodes a JP2 file (or bare codestream) to RGB; grey gives three equal channels.
pub fn decode(jp2: &[u8]) -> Result<Frame, PortraitError> {
    if jp2.len() > MOST_BYTES {
        return Err(PortraitError::TooLarge);
    }
    let stream = file::codestream(jp2)?;
    let (width, height) = limits::check(stream)?;
    // The decoder is safe code, but an index out of bounds on a hostile file must not end the kiosk.
    let decoded = catch_unwind(AssertUnwindSafe(|| decode_checked(stream, width, height)));
    decoded.unwrap_or(Err(PortraitError::Unreadable))
}

fn decode_checked(stream: &[u8], width: u32, height: u32) -> Result<Frame, PortraitError> {
    let settings = DecodeSettings { strict: true, ..DecodeSettings::default() };
    let image = Image::new(stream, &settings).map_err(|_| PortraitError::Unreadable)?;
    if (image.width(), image.height()) != (width, height) {
        return Err(PortraitError::Unreadable);
    }
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(|_| PortraitError::Unreadable)?;
    let pixels = u64::from(width) * u64::from(height);
    let channels = decoded.components().len();
    if channels == 0 || decoded.components().iter().any(|component| component.samples().len() as u64 != pixels) {
        return Err(PortraitError::Unreadable);
    }
    let samples = Zeroizing::new(decoded.data_u8());
    // A fourth channel, or a second of grey, is transparency.
    let rgb = samples.chunks_exact(channels).flat_map(|pixel| match pixel {
        [grey] | [grey, _] => [*grey; 3],
        [r, g, b, ..] => [*r, *g, *b],
        [] => [0; 3],
    });
    Frame::new(width, height, rgb.collect()).ok_or(PortraitError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTRAIT: &[u8] = include_bytes!("../../../../assets/people/p03/portrait.jp2");

    #[test]
    fn a_grey_portrait_has_the_size_of_its_header() {
        let frame = decode(PORTRAIT).expect("a portrait");
        assert_eq!((frame.width(), frame.height()), (192, 240));
        assert!(frame.rgb().as_chunks::<3>().0.iter().all(|[r, g, b]| r == g && g == b));
        assert!(frame.rgb().iter().any(|v| *v > 150) && frame.rgb().iter().any(|v| *v < 60));
    }

    #[test]
    fn what_is_no_portrait_is_refused() {
        assert_eq!(decode(&[]).err(), Some(PortraitError::Unreadable));
        assert_eq!(decode(&[0xFF; 3000]).err(), Some(PortraitError::Unreadable));
        assert_eq!(decode(b"\xFF\xD8\xFF\xE0 a JPEG of the older kind").err(), Some(PortraitError::Unreadable));
        assert_eq!(decode(&vec![0; MOST_BYTES + 1]).err(), Some(PortraitError::TooLarge));
    }

    #[test]
    fn no_truncated_or_changed_portrait_panics() {
        for length in (0..PORTRAIT.len()).step_by(97) {
            let _ = decode(&PORTRAIT[..length]);
        }
        let mut changed = PORTRAIT.to_vec();
        for place in (0..PORTRAIT.len()).step_by(41) {
            changed[place] ^= 0x55;
            let _ = decode(&changed);
            changed[place] ^= 0x55;
        }
        assert!(decode(&PORTRAIT[..100]).is_err());
    }

    #[test]
    fn a_header_that_promises_a_huge_picture_is_refused_before_decoding() {
        let siz = PORTRAIT.windows(2).position(|w| w == [0xFF, 0x51]).expect("the size marker");
        let mut huge = PORTRAIT.to_vec();
        huge[siz + 6..siz + 10].copy_from_slice(&60_000u32.to_be_bytes());
        huge[siz + 10..siz + 14].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(decode(&huge).is_err());
    }
}
