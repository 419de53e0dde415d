//! Contact sheets: every picture of one language small and with its name, one block for each window size.

use image::imageops::FilterType;
use image::{DynamicImage, Rgba, RgbaImage};

use crate::ui::font;
use crate::ui::headless::{Shot, ShotError, Stage};
use crate::ui::widget::label::Label;

/// How many times smaller a picture is.
const SMALLER: u32 = 5;
/// Pixels between pictures.
const GAP: u32 = 14;
/// Height of a line of a name, and of its letters.
const LINE: u32 = 18;
const LETTERS: f32 = 13.0;
/// About as wide as a sheet becomes.
const WIDTH: u32 = 2_300;
const GREY: Rgba<u8> = Rgba([0x8A, 0x94, 0x9A, 0xFF]);

/// A sheet that grows by a block for each window size.
#[derive(Default)]
pub struct Sheet {
    blocks: Vec<RgbaImage>,
}

/// A picture as it stands on the sheet: small, under the lines of its name.
///
/// # Errors
/// When the name cannot be drawn.
pub fn small(name: &[String], picture: RgbaImage, shot: Shot) -> Result<RgbaImage, ShotError> {
    let (width, height) = (picture.width() / SMALLER, picture.height() / SMALLER);
    let picture = DynamicImage::from(picture).resize_exact(width, height, FilterType::Triangle).into_rgba8();
    let lines = name.iter().map(|line| text(line, width, shot)).collect::<Result<Vec<_>, _>>()?;
    let mut cell = RgbaImage::from_pixel(width, height + lines.iter().map(RgbaImage::height).sum::<u32>(), GREY);
    let mut y = 0;
    for part in lines.iter().chain([&picture]) {
        put(&mut cell, part, 0, y);
        y += part.height();
    }
    Ok(cell)
}

impl Sheet {
    /// Adds pictures of one size below the others.
    pub fn block(&mut self, pictures: Vec<RgbaImage>) {
        let Some((width, height)) = pictures.first().map(RgbaImage::dimensions) else { return };
        let count = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
        let columns = (WIDTH / (width + GAP)).clamp(1, count);
        let (across, down) = (width + GAP, height + GAP);
        let mut block = RgbaImage::from_pixel(GAP + columns * across, GAP + count.div_ceil(columns) * down, GREY);
        for (i, picture) in (0..count).zip(pictures) {
            put(&mut block, &picture, GAP + (i % columns) * across, GAP + (i / columns) * down);
        }
        self.blocks.push(block);
    }

    /// All blocks.
    pub fn whole(&self) -> RgbaImage {
        let width = self.blocks.iter().map(RgbaImage::width).max().unwrap_or(1);
        let height = self.blocks.iter().map(RgbaImage::height).sum::<u32>().max(1);
        let mut sheet = RgbaImage::from_pixel(width, height, GREY);
        let mut y = 0;
        for block in &self.blocks {
            put(&mut sheet, block, 0, y);
            y += block.height();
        }
        sheet
    }
}

fn text(line: &str, width: u32, shot: Shot) -> Result<RgbaImage, ShotError> {
    let label = Label::new(line.to_owned(), LETTERS, 1.3, font::DEFAULT);
    let pixels = Stage::of(label.into(), Shot { size: (width, LINE), ..shot })?.pixels();
    RgbaImage::from_raw(width, LINE, pixels).ok_or(ShotError::Size)
}

/// Row by row, which an unoptimised build does fast. Everything is placed inside by its size; what was not would be missing.
fn put(on: &mut RgbaImage, what: &RgbaImage, x: u32, y: u32) {
    let bytes = |pixels: u32| 4 * pixels as usize;
    let (across, row) = (bytes(on.width()), bytes(what.width()));
    let places = on.chunks_exact_mut(across).skip(y as usize);
    for (place, row) in places.zip(what.chunks_exact(row)) {
        if let Some(place) = place.get_mut(bytes(x)..).and_then(|rest| rest.get_mut(..row.len())) {
            place.copy_from_slice(row);
        }
    }
}
