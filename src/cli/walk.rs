//! `uketsuke walk`: every scenario, or every screen, through the real window code without a window, as PNG files and
//! contact sheets.

use std::path::{Path, PathBuf};

use image::imageops::{FilterType, resize};
use image::{DynamicImage, GenericImage, Rgba, RgbaImage};

use super::CliError;
use super::training::play::play;
use super::training::scenario::{self, Scenario};
use crate::i18n::Language;
use crate::ports::Frame;
use crate::ui::headless::{self, Shot, Stage};
use crate::ui::metrics::TextStep;
use crate::ui::preferences::Preferences;
use crate::ui::preset::{self, Preset};
use crate::ui::screen::Data;
use crate::ui::theme::Theme;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// Where the pictures go: DIR/LANGUAGE/WIDTHxHEIGHT/SCENARIO/NN-SCREEN.png
    #[arg(long, value_name = "DIR")]
    screenshots: Option<PathBuf>,
    /// Where one contact sheet per language and size goes
    #[arg(long, value_name = "DIR")]
    sheet: Option<PathBuf>,
    /// Only this scenario
    #[arg(long, value_name = "NAME", conflicts_with = "screens")]
    scenario: Option<String>,
    /// Every screen with sample data instead of scenarios; with a value, those whose name contains it
    #[arg(long, value_name = "PART", num_args = 0..=1, default_missing_value = "")]
    screens: Option<String>,
    /// Window size, may be given several times [default: 1080x1920 and 1280x800]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Vec<(u32, u32)>,
    /// Language tag, may be given several times [default: every language]
    #[arg(long, value_name = "TAG", value_parser = language)]
    language: Vec<Language>,
    /// Text size in percent: 100, 125, 150 or 200
    #[arg(long, value_name = "PERCENT", value_parser = text, default_value = "100")]
    text: TextStep,
    /// Colours: light, dark, high-contrast or grey
    #[arg(long, value_name = "NAME", value_parser = theme, default_value = "light")]
    theme: Theme,
    /// Everything that is pressed stands low
    #[arg(long)]
    seated: bool,
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

fn theme(name: &str) -> Result<Theme, String> {
    Theme::ALL
        .into_iter()
        .find(|theme| theme.name() == name)
        .ok_or_else(|| format!("there are {}", Theme::ALL.map(Theme::name).join(", ")))
}

/// Runs it.
pub fn run(args: &Args) -> super::Outcome {
    if args.screenshots.is_none() && args.sheet.is_none() {
        return Err(CliError::usage("nowhere to put the pictures", "give --screenshots DIR, --sheet DIR or both"));
    }
    let camera = args.camera_picture.as_deref().map(camera_picture).transpose()?;
    let sizes = if args.size.is_empty() { vec![(1080, 1920), (1280, 800)] } else { args.size.clone() };
    let languages = if args.language.is_empty() { Language::ALL.to_vec() } else { args.language.clone() };
    let rolls = rolls(args, camera.as_ref())?;
    crate::logging::start(tracing::Level::ERROR);
    let mut count = 0;
    for language in languages {
        for size in &sizes {
            let preferences = Preferences {
                language,
                text: args.text,
                theme: args.theme,
                seated: args.seated,
                calm: true,
                ..Preferences::default()
            };
            let shot = Shot { size: *size, preferences };
            count += draw(args, &rolls, shot)?;
        }
    }
    eprintln!("{count} pictures");
    Ok(())
}

/// Screens that belong together: a played scenario, or all samples.
struct Roll {
    /// Folder of its pictures; none for samples.
    folder: Option<String>,
    screens: Vec<(String, Data)>,
}

fn rolls(args: &Args, camera: Option<&Frame>) -> Result<Vec<Roll>, CliError> {
    if let Some(part) = &args.screens {
        return Ok(vec![samples(part, camera)?]);
    }
    let all = scenario::all()?;
    let names: Vec<String> = all.iter().map(|s| s.name.clone()).collect();
    let wanted: Vec<_> =
        all.into_iter().filter(|s| args.scenario.as_ref().is_none_or(|name| *name == s.name)).collect();
    if wanted.is_empty() {
        return Err(CliError::usage("there is no such scenario", format!("scenarios: {}", names.join(" "))));
    }
    wanted.into_iter().map(|scenario| played(scenario, camera)).collect()
}

fn samples(part: &str, camera: Option<&Frame>) -> Result<Roll, CliError> {
    let presets: Vec<Preset> = preset::all().into_iter().filter(|preset| preset.name.contains(part)).collect();
    if presets.is_empty() {
        let names: Vec<String> = preset::all().into_iter().map(|preset| preset.name).collect();
        return Err(CliError::usage("no screen has that name", format!("names: {}", names.join(" "))));
    }
    let data = |preset: Preset| {
        let looking = matches!(preset.view.screen, crate::runtime::Screen::FaceCapture { .. });
        let preview = camera.filter(|_| looking).map(crate::ui::mirrored);
        (preset.name.clone(), Data { preview, ..preset.data() })
    };
    Ok(Roll { folder: None, screens: presets.into_iter().map(data).collect() })
}

fn played(scenario: Scenario, camera: Option<&Frame>) -> Result<Roll, CliError> {
    eprintln!("playing {} …", scenario.name);
    let name = scenario.name.clone();
    let screens = play(scenario)?.into_iter().map(|shown| {
        let preview = shown.frame.as_deref().map(|frame| crate::ui::mirrored(camera.unwrap_or(frame)));
        (crate::ui::screen::name(&shown.view.screen).to_owned(), Data { preview, ..Data::of(shown.view) })
    });
    Ok(Roll { folder: Some(name), screens: screens.collect() })
}

/// Draws every screen of every roll; says how many.
fn draw(args: &Args, rolls: &[Roll], shot: Shot) -> Result<usize, CliError> {
    let (width, height) = shot.size;
    let place = PathBuf::from(shot.preferences.language.tag()).join(format!("{width}x{height}"));
    let mut thumbnails = Vec::new();
    let mut count = 0;
    for roll in rolls {
        let folder = roll.folder.as_ref().map_or_else(|| place.clone(), |folder| place.join(folder));
        for (number, (name, data)) in roll.screens.iter().enumerate() {
            let pixels = Stage::new(data, shot).map_err(drawing)?.pixels();
            if let Some(root) = &args.screenshots {
                let file = root.join(&folder).join(format!("{:02}-{name}.png", number + 1));
                write(&file, &headless::encode(&pixels, shot.size).map_err(drawing)?)?;
            }
            if args.sheet.is_some()
                && let Some(full) = RgbaImage::from_raw(width, height, pixels)
            {
                thumbnails.push(resize(&full, width / 4, height / 4, FilterType::Triangle));
            }
            count += 1;
        }
    }
    if let Some(folder) = &args.sheet {
        let sheet = contact_sheet(&thumbnails, if width > height { 5 } else { 8 });
        let png = headless::encode(sheet.as_raw(), sheet.dimensions()).map_err(drawing)?;
        write(&folder.join(format!("{}-{width}x{height}.png", shot.preferences.language.tag())), &png)?;
    }
    Ok(count)
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
