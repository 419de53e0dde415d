//! Contact sheets: every screen of one language small and with its name, one block for each window size.

use image::imageops::{FilterType, resize};
use image::{GenericImage, Rgba, RgbaImage};

use super::Roll;
use crate::ui::font;
use crate::ui::headless::{Shot, ShotError, Stage};
use crate::ui::screen::Data;
use crate::ui::widget::label::Label;

/// How many times smaller a screen is.
const SMALLER: u32 = 4;
/// Pixels between screens.
const GAP: u32 = 14;
/// Height of a name, and of its letters.
const NAME: u32 = 22;
const LETTERS: f32 = 14.0;
/// About as wide as a sheet becomes.
const WIDTH: u32 = 2_300;
const GREY: Rgba<u8> = Rgba([0x8A, 0x94, 0x9A, 0xFF]);

/// The sheet of one language: a block for each of `shots`, which differ in size.
///
/// # Errors
/// When a screen cannot be drawn.
pub fn sheet(rolls: &[Roll], shots: &[Shot]) -> Result<RgbaImage, ShotError> {
    let blocks = shots.iter().map(|shot| block(rolls, *shot)).collect::<Result<Vec<_>, _>>()?;
    let width = blocks.iter().map(RgbaImage::width).max().unwrap_or(1);
    let height = blocks.iter().map(RgbaImage::height).sum();
    let mut sheet = RgbaImage::from_pixel(width, height, GREY);
    let mut y = 0;
    for block in blocks {
        put(&mut sheet, &block, 0, y);
        y += block.height();
    }
    Ok(sheet)
}

fn block(rolls: &[Roll], shot: Shot) -> Result<RgbaImage, ShotError> {
    let (width, height) = (shot.size.0 / SMALLER, shot.size.1 / SMALLER);
    let screens: Vec<(String, &Data)> = rolls.iter().flat_map(named).collect();
    let count = u32::try_from(screens.len()).unwrap_or(u32::MAX);
    let columns = (WIDTH / (width + GAP)).clamp(1, count.max(1));
    let cell = (width + GAP, height + NAME + GAP);
    let rows = count.div_ceil(columns);
    let mut block = RgbaImage::from_pixel(GAP + columns * cell.0, GAP + rows * cell.1, GREY);
    for (i, (name, data)) in (0..count).zip(screens) {
        let (x, y) = (GAP + (i % columns) * cell.0, GAP + (i / columns) * cell.1);
        let pixels = Stage::new(data, shot)?.pixels();
        let full = RgbaImage::from_raw(shot.size.0, shot.size.1, pixels).ok_or(ShotError::Size)?;
        put(&mut block, &title(&name, width, shot)?, x, y);
        put(&mut block, &resize(&full, width, height, FilterType::Triangle), x, y + NAME);
    }
    Ok(block)
}

/// A roll's screens with the names under which they are found.
fn named(roll: &Roll) -> impl Iterator<Item = (String, &Data)> {
    roll.screens.iter().map(move |(screen, data)| match &roll.folder {
        Some(folder) => (format!("{folder}: {screen}"), data),
        None => (screen.clone(), data),
    })
}

fn title(name: &str, width: u32, shot: Shot) -> Result<RgbaImage, ShotError> {
    let label = Label::new(name.to_owned(), LETTERS, 1.3, font::DEFAULT);
    let pixels = Stage::of(label.into(), Shot { size: (width, NAME), ..shot })?.pixels();
    RgbaImage::from_raw(width, NAME, pixels).ok_or(ShotError::Size)
}

/// Everything is placed inside by its size; a part that was not would only be missing.
fn put(on: &mut RgbaImage, what: &RgbaImage, x: u32, y: u32) {
    if on.copy_from(what, x, y).is_err() {
        tracing::error!(x, y, "a part of the contact sheet lies outside it");
    }
}
