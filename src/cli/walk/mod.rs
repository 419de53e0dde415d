//! `uketsuke walk`: every scenario, or every screen, through the real window code without a window, as PNG files and
//! contact sheets.

mod sheet;

use std::path::{Path, PathBuf};

use image::DynamicImage;

use super::CliError;
use super::training::play::play;
use super::training::scenario::{self, Scenario};
use crate::i18n::Language;
use crate::ports::Frame;
use crate::ui::headless::{self, Shot};
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
    /// Where one contact sheet per language goes: every screen with sample data, or what one scenario showed
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
    crate::logging::start(tracing::Level::ERROR);
    let shot = |language, size| {
        let (text, theme, seated) = (args.text, args.theme, args.seated);
        let preferences = Preferences { language, text, theme, seated, calm: true, ..Preferences::default() };
        Shot { size, preferences }
    };
    if let Some(root) = &args.screenshots {
        let rolls = rolls(args, camera.as_ref())?;
        let mut count = 0;
        for language in &languages {
            for size in &sizes {
                count += draw(root, &rolls, shot(*language, *size))?;
            }
        }
        eprintln!("{count} pictures");
    }
    if let Some(root) = &args.sheet {
        let rolls = match &args.scenario {
            Some(_) => rolls(args, camera.as_ref())?,
            None => vec![samples(args.screens.as_deref().unwrap_or_default(), camera.as_ref())?],
        };
        for language in languages {
            let shots: Vec<Shot> = sizes.iter().map(|size| shot(language, *size)).collect();
            let sheet = sheet::sheet(&rolls, &shots).map_err(drawing)?;
            let png = headless::encode(sheet.as_raw(), sheet.dimensions()).map_err(drawing)?;
            write(&root.join(format!("{}.png", language.tag())), &png)?;
        }
    }
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
        let looking = matches!(preset.view.screen, crate::runtime::Screen::FaceCapture(_));
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
fn draw(root: &Path, rolls: &[Roll], shot: Shot) -> Result<usize, CliError> {
    let (width, height) = shot.size;
    let place = root.join(shot.preferences.language.tag()).join(format!("{width}x{height}"));
    let mut count = 0;
    for roll in rolls {
        let folder = roll.folder.as_ref().map_or_else(|| place.clone(), |folder| place.join(folder));
        for (number, (name, data)) in roll.screens.iter().enumerate() {
            let png = headless::png(data, shot).map_err(drawing)?;
            write(&folder.join(format!("{:02}-{name}.png", number + 1)), &png)?;
            count += 1;
        }
    }
    Ok(count)
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
