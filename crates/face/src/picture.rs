//! Picture files for the command line: PNG, JPEG and JPEG 2000.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use uketsuke_core::ports::Frame;

use super::portrait::{self, PortraitError};

/// Longest side read from a file, in pixels.
const LONGEST: u32 = 16_384;

/// Why a picture file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is no PNG or JPEG, or it is damaged.
    #[error("{0} is not a readable picture: {1}")]
    Damaged(PathBuf, image::ImageError),
    /// The file is a JPEG 2000 file that cannot be used.
    #[error("{0}: {1}")]
    Portrait(PathBuf, PortraitError),
}

/// Most memory that decoding a picture may take, in bytes.
const MOST_MEMORY: u64 = 256 << 20;

/// Reads a PNG, JPEG or JPEG 2000 file.
pub fn open_picture(path: &Path) -> Result<Frame, PictureError> {
    let bytes = std::fs::read(path).map_err(|error| PictureError::Unreadable(path.into(), error))?;
    decode_picture(path, &bytes)
}

/// Decodes the `bytes` of a PNG, JPEG or JPEG 2000 file; `path` is what errors name.
pub fn decode_picture(path: &Path, bytes: &[u8]) -> Result<Frame, PictureError> {
    if is_jpeg2000(bytes) {
        return portrait::decode(bytes).map_err(|error| PictureError::Portrait(path.into(), error));
    }
    let damaged = |error| PictureError::Damaged(path.into(), error);
    let mut reader = image::ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| PictureError::Unreadable(path.into(), error))?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(damaged)?.into_rgb8();
    let (width, height) = picture.dimensions();
    Frame::new(width, height, picture.into_raw()).ok_or_else(|| {
        damaged(image::ImageError::Parameter(image::error::ParameterError::from_kind(
            image::error::ParameterErrorKind::DimensionMismatch,
        )))
    })
}

fn is_jpeg2000(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x00\x00\x00\x0CjP  ") || bytes.starts_with(b"\xFF\x4F\xFF\x51")
}
