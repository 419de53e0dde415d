//! `uketsuke walk`: every screen through the real window code without a window, as PNG files and contact sheets.

use std::path::{Path, PathBuf};

use image::imageops::{FilterType, resize};
use image::{DynamicImage, GenericImage, Rgba, RgbaImage};

use super::CliError;
use crate::i18n::Language;
use crate::ports::Frame;
use crate::ui::headless::{self, Shot, Stage};
use crate::ui::metrics::TextStep;
use crate::ui::preset::{self, Preset};
use crate::ui::screen::Data;
use crate::ui::theme::Contrast;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Where the pictures go: DIR/LANGUAGE/WIDTHxHEIGHT/NN-NAME.png
    #[arg(long, value_name = "DIR")]
    screenshots: Option<PathBuf>,
    /// Where one contact sheet per language and size goes
    #[arg(long, value_name = "DIR")]
    sheet: Option<PathBuf>,
    /// Only screens whose name contains this
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Window size, may be given several times [default: 1080x1920 and 1280x800]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Vec<(u32, u32)>,
    /// Language tag, may be given several times [default: every language]
    #[arg(long, value_name = "TAG", value_parser = language)]
    language: Vec<Language>,
    /// Text size in percent: 100, 125, 150 or 200
    #[arg(long, value_name = "PERCENT", value_parser = text, default_value = "100")]
    text: TextStep,
    /// White and yellow on black
    #[arg(long)]
    high_contrast: bool,
    /// A picture that stands for the camera's on the face screens (PNG or JPEG)
    #[arg(long, value_name = "FILE")]
    camera_picture: Option<PathBuf>,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("{text} is not like 1080x1920, each side 320 to 7680");
    let (width, height) = text.split_once('x').ok_or_else(wrong)?;
    match (width.parse(), height.parse()) {
        (Ok(w @ 320..=7680), Ok(h @ 320..=7680)) => Ok((w, h)),
        _ => Err(wrong()),
    }
}

fn language(tag: &str) -> Result<Language, String> {
    Language::by_tag(tag)
        .ok_or_else(|| format!("there is no locale {tag}; there are {}", Language::ALL.map(Language::tag).join(", ")))
}

fn text(percent: &str) -> Result<TextStep, String> {
    let named = |step: &TextStep| format!("{}", (step.factor() * 100.0).round());
    TextStep::ALL.into_iter().find(|step| named(step) == percent).ok_or_else(|| "100, 125, 150 or 200".to_owned())
}

/// Runs it.
pub fn run(args: &Args) -> super::Outcome {
    if args.screenshots.is_none() && args.sheet.is_none() {
        return Err(CliError::usage("nowhere to put the pictures", "give --screenshots DIR, --sheet DIR or both"));
    }
    let wanted = |preset: &Preset| args.scenario.as_ref().is_none_or(|part| preset.name.contains(part.as_str()));
    let presets: Vec<Preset> = preset::all().into_iter().filter(wanted).collect();
    if presets.is_empty() {
        let names: Vec<String> = preset::all().into_iter().map(|preset| preset.name).collect();
        return Err(CliError::usage("no screen has that name", format!("names: {}", names.join(" "))));
    }
    let camera = args.camera_picture.as_deref().map(camera_picture).transpose()?;
    let sizes = if args.size.is_empty() { vec![(1080, 1920), (1280, 800)] } else { args.size.clone() };
    let languages = if args.language.is_empty() { Language::ALL.to_vec() } else { args.language.clone() };
    let contrast = if args.high_contrast { Contrast::High } else { Contrast::Light };
    let mut count = 0;
    for language in languages {
        for size in &sizes {
            let shot = Shot { text: args.text, contrast, ..Shot::new(*size, language) };
            count += walk(args, &presets, shot, camera.as_ref())?;
        }
    }
    eprintln!("{count} pictures");
    Ok(())
}

fn walk(args: &Args, presets: &[Preset], shot: Shot, camera: Option<&Frame>) -> Result<usize, CliError> {
    let (width, height) = shot.size;
    let place = format!("{}/{width}x{height}", shot.language.tag());
    let mut thumbnails = Vec::new();
    for (number, preset) in presets.iter().enumerate() {
        let looking = matches!(preset.view.screen, crate::runtime::Screen::FaceCapture { .. });
        let preview = camera.filter(|_| looking).map(crate::ui::mirrored);
        let data = Data { view: preset.view.clone(), preview, dock: None };
        let pixels = Stage::new(&data, shot).map_err(drawing)?.pixels();
        if let Some(folder) = &args.screenshots {
            let file = folder.join(&place).join(format!("{:02}-{}.png", number + 1, preset.name));
            write(&file, &headless::encode(&pixels, shot.size).map_err(drawing)?)?;
        }
        if args.sheet.is_some()
            && let Some(full) = RgbaImage::from_raw(width, height, pixels)
        {
            thumbnails.push(resize(&full, width / 4, height / 4, FilterType::Triangle));
        }
    }
    if let Some(folder) = &args.sheet {
        let sheet = contact_sheet(&thumbnails, if width > height { 5 } else { 8 });
        let png = headless::encode(sheet.as_raw(), sheet.dimensions()).map_err(drawing)?;
        write(&folder.join(format!("{}-{width}x{height}.png", shot.language.tag())), &png)?;
    }
    Ok(presets.len())
}

fn contact_sheet(thumbnails: &[RgbaImage], columns: u32) -> RgbaImage {
    const GAP: u32 = 16;
    let (width, height) = thumbnails.first().map_or((1, 1), RgbaImage::dimensions);
    let count = u32::try_from(thumbnails.len()).unwrap_or(u32::MAX);
    let (columns, rows) = (columns.min(count.max(1)), count.div_ceil(columns).max(1));
    let grey = Rgba([0x8A, 0x94, 0x9A, 0xFF]);
    let mut sheet = RgbaImage::from_pixel(GAP + columns * (width + GAP), GAP + rows * (height + GAP), grey);
    for (i, thumbnail) in (0..count).zip(thumbnails) {
        let (x, y) = (GAP + (i % columns) * (width + GAP), GAP + (i / columns) * (height + GAP));
        // Every thumbnail has the size of the first, so it lies inside the sheet.
        let _ = sheet.copy_from(thumbnail, x, y);
    }
    sheet
}

fn camera_picture(file: &Path) -> Result<Frame, CliError> {
    let wrong = |cause: String| CliError::usage(format!("{}: {cause}", file.display()), "give a PNG or JPEG file");
    let picture: DynamicImage = image::open(file).map_err(|error| wrong(error.to_string()))?;
    let rgb = picture.into_rgb8();
    let (width, height) = rgb.dimensions();
    Frame::new(width, height, rgb.into_raw()).ok_or_else(|| wrong("the picture is empty".to_owned()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(file, bytes))
        .map_err(|error| CliError::usage(format!("{}: {error}", file.display()), "choose a folder that can be written"))
}

fn drawing(error: headless::ShotError) -> CliError {
    CliError::missing(error.to_string(), "the software renderer is part of the program; report this")
}
