//! From what cameras send to RGB: YUYV and NV12 by the BT.601 formulas, MJPEG through zune-jpeg once it is
//! known to be whole.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use zeroize::Zeroizing;

use crate::ports::Frame;

use super::mjpeg;

/// Largest side taken from a camera's JPEG.
const LONGEST: usize = 4096;

/// Most pixels taken from a camera: a little more than 4K.
pub(super) const MOST_PIXELS: usize = 9 << 20;

/// Pixel formats that can be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pixels {
    /// Two pixels in four bytes: brightness, blue, brightness, red.
    Yuyv,
    /// A plane of brightness, then a plane of blue and red for every four pixels.
    Nv12,
    /// Brightness alone.
    Grey,
    /// JPEG.
    Mjpeg,
}

/// Converts one picture; `None` when the bytes do not make one of that size.
pub fn to_rgb(pixels: Pixels, width: u32, height: u32, bytes: &[u8]) -> Option<Frame> {
    match pixels {
        Pixels::Yuyv => yuyv(width, height, bytes),
        Pixels::Nv12 => nv12(width, height, bytes),
        Pixels::Grey => grey(width, height, bytes),
        Pixels::Mjpeg => jpeg(bytes),
    }
}

/// True when the picture is black or one flat colour, as behind a shutter.
pub fn is_blank(frame: &Frame) -> bool {
    let sampled = frame.rgb().iter().step_by(37);
    let (darkest, brightest) = sampled.fold((u8::MAX, 0), |(low, high), v| (low.min(*v), high.max(*v)));
    brightest < 20 || brightest - darkest.min(brightest) < 6
}

fn yuyv(width: u32, height: u32, bytes: &[u8]) -> Option<Frame> {
    let pixels = usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?;
    let used = bytes.get(..pixels.checked_mul(2)?).filter(|_| pixels <= MOST_PIXELS)?;
    let mut rgb = Vec::with_capacity(pixels * 3);
    for [y0, u, y1, v] in used.as_chunks::<4>().0 {
        rgb.extend_from_slice(&pixel(*y0, *u, *v));
        rgb.extend_from_slice(&pixel(*y1, *u, *v));
    }
    Frame::new(width, height, rgb)
}

fn nv12(width: u32, height: u32, bytes: &[u8]) -> Option<Frame> {
    let (columns, rows) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let pixels = columns.checked_mul(rows)?;
    let (brightness, colours) = bytes.split_at_checked(pixels)?;
    if columns % 2 != 0 || colours.len() < columns * rows.div_ceil(2) {
        return None;
    }
    let mut rgb = Vec::with_capacity(pixels * 3);
    for (row, line) in brightness.chunks_exact(columns.max(1)).enumerate() {
        let start = row / 2 * columns;
        let pairs = colours.get(start..start + columns)?.as_chunks::<2>().0;
        for ([y0, y1], [u, v]) in line.as_chunks::<2>().0.iter().zip(pairs) {
            rgb.extend_from_slice(&pixel(*y0, *u, *v));
            rgb.extend_from_slice(&pixel(*y1, *u, *v));
        }
    }
    Frame::new(width, height, rgb)
}

fn grey(width: u32, height: u32, bytes: &[u8]) -> Option<Frame> {
    let pixels = usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?;
    let used = bytes.get(..pixels).filter(|_| pixels <= MOST_PIXELS)?;
    Frame::new(width, height, used.iter().flat_map(|y| [*y; 3]).collect())
}

fn jpeg(bytes: &[u8]) -> Option<Frame> {
    let whole = Zeroizing::new(mjpeg::whole(bytes)?);
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .set_max_width(LONGEST)
        .set_max_height(LONGEST);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(whole.as_slice()), options);
    decoder.decode_headers().ok()?;
    let info = decoder.info()?;
    if usize::from(info.width) * usize::from(info.height) > MOST_PIXELS {
        return None;
    }
    let rgb = decoder.decode().ok()?;
    Frame::new(u32::from(info.width), u32::from(info.height), rgb)
}

/// One pixel of limited-range BT.601, in 8-bit fixed point.
fn pixel(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (298 * (i32::from(y) - 16), i32::from(u) - 128, i32::from(v) - 128);
    let channel = |value: i32| ((value + 128) >> 8).clamp(0, 255) as u8;
    [channel(y + 409 * v), channel(y - 100 * u - 208 * v), channel(y + 516 * u)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuyv_gives_the_known_colours() {
        let white_black = to_rgb(Pixels::Yuyv, 2, 1, &[235, 128, 16, 128]).expect("a frame");
        assert_eq!(white_black.rgb(), [255, 255, 255, 0, 0, 0]);
        let red = to_rgb(Pixels::Yuyv, 2, 1, &[81, 90, 81, 240]).expect("a frame");
        assert!(red.rgb()[0] > 250 && red.rgb()[1] < 5 && red.rgb()[2] < 5, "{:?}", red.rgb());
    }

    #[test]
    fn nv12_takes_one_colour_for_four_pixels() {
        let frame = to_rgb(Pixels::Nv12, 2, 2, &[235, 16, 16, 235, 128, 128]).expect("a frame");
        assert_eq!(frame.rgb(), [255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]);
    }

    #[test]
    fn too_few_bytes_are_no_frame() {
        assert!(to_rgb(Pixels::Yuyv, 4, 4, &[0; 31]).is_none());
        assert!(to_rgb(Pixels::Nv12, 4, 4, &[0; 23]).is_none());
        assert!(to_rgb(Pixels::Nv12, 3, 2, &[0; 64]).is_none());
        assert!(to_rgb(Pixels::Yuyv, u32::MAX, u32::MAX, &[0; 8]).is_none());
        assert!(to_rgb(Pixels::Mjpeg, 4, 4, b"\xFF\xD8\xFF\xE0garbage").is_none());
        assert!(to_rgb(Pixels::Mjpeg, 4, 4, &[]).is_none());
    }

    #[test]
    fn a_covered_lens_is_blank_and_a_picture_is_not() {
        let flat = |v: u8| Frame::new(64, 48, vec![v; 64 * 48 * 3]).expect("a frame");
        assert!(is_blank(&flat(0)) && is_blank(&flat(9)) && is_blank(&flat(128)));
        let picture = (0..64 * 48 * 3).map(|n| (n % 251) as u8).collect();
        assert!(!is_blank(&Frame::new(64, 48, picture).expect("a frame")));
    }
}
