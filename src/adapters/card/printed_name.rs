//! The small pictures of the card face: 1-bit PNG of a name as it is printed, with glyphs that no font has.

use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use zeroize::Zeroize;

use crate::domain::secret::{PrintedName, Secret};

/// Largest side in pixels; those known are 320 and 32. What comes from a card may be anything.
const LARGEST: u32 = 1_024;
/// Most memory that decoding may take, in bytes: the largest picture in four channels of 8 bits, twice.
const MOST_MEMORY: u64 = 8 << 20;
/// Darker than this is ink when empty margins are cut off.
const INK: u8 = 64;

/// The picture without its margins; `None` when it is none, empty or too large.
pub(super) fn read(png: &[u8]) -> Option<PrintedName> {
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LARGEST), Some(LARGEST));
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut picture = match reader.decode() {
        Ok(DynamicImage::ImageLuma8(picture)) => picture,
        Ok(other) => other.into_luma8(),
        Err(_) => {
            // What the decoder says could quote the picture.
            tracing::warn!(bytes = png.len(), "a picture of the card face cannot be read");
            return None;
        }
    };
    picture.pixels_mut().for_each(|pixel| pixel.0[0] = 255 - pixel.0[0]);
    let print = cut(&picture);
    picture.into_raw().zeroize();
    print
}

/// The part with ink in it.
fn cut(picture: &GrayImage) -> Option<PrintedName> {
    let inked = || picture.enumerate_pixels().filter(|(.., pixel)| pixel.0[0] >= INK);
    let (left, right) = (inked().map(|(x, ..)| x).min()?, inked().map(|(x, ..)| x).max()?);
    let (top, bottom) = (inked().map(|(_, y, _)| y).min()?, inked().map(|(_, y, _)| y).max()?);
    let part = image::imageops::crop_imm(picture, left, top, right - left + 1, bottom - top + 1).to_image();
    PrintedName::new(part.width(), part.height(), Secret::new(part.into_raw()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, ink: impl Fn(u32, u32) -> bool) -> Vec<u8> {
        let picture = GrayImage::from_fn(width, height, |x, y| image::Luma([if ink(x, y) { 0 } else { 255 }]));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).expect("it can be written");
        bytes.into_inner()
    }

    #[test]
    fn margins_are_cut_off() {
        let print = read(&png(40, 20, |x, y| (3..=9).contains(&x) && (5..=6).contains(&y))).expect("a picture");
        assert_eq!((print.width(), print.height()), (7, 2));
        assert!(print.ink().iter().all(|ink| *ink == 255));
        assert_eq!(format!("{print:?}"), "<printed name>");
    }

    #[test]
    fn what_is_no_picture_or_shows_nothing_is_none() {
        assert!(read(b"").is_none() && read(b"no PNG").is_none());
        assert!(read(&png(40, 20, |_, _| false)).is_none(), "an empty picture");
        assert!(read(&png(LARGEST + 1, 1, |_, _| true)).is_none(), "too large");
        assert!(read(&png(1, LARGEST + 1, |_, _| true)).is_none(), "too high");
        let whole = png(40, 20, |x, _| x > 3);
        assert!(whole.get(..whole.len() / 2).is_some_and(|half| read(half).is_none()), "half a picture");
    }

    #[test]
    fn every_built_in_card_shows_a_name() {
        for person in crate::people::all().expect("they are good") {
            let print = read(person.pictures().name).expect("a name");
            assert!(print.width() > print.height(), "{}", person.id);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes: Vec<u8>) {
            let _ = read(&bytes);
            bytes.splice(0..0, *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
            let _ = read(&bytes);
        }
    }
}
