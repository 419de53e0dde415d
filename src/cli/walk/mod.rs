//! `uketsuke walk`: every scenario, or every screen, through the real window code without a window, as PNG files and
//! contact sheets.

mod sheet;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use image::{DynamicImage, RgbaImage};
use parking_lot::Mutex;

use self::sheet::Sheet;

use super::CliError;
use super::training::play::play;
use super::training::scenario::{self, Scenario};
use crate::i18n::Language;
use crate::ports::Frame;
use crate::runtime::{Screen, View};
use crate::ui::headless::{self, Shot, ShotError, Stage};
use crate::ui::metrics::TextStep;
use crate::ui::preferences::Preferences;
use crate::ui::sample::Preset;
use crate::ui::screen::{self, Data};
use crate::ui::theme::Theme;

/// The upright panel of 15.6 inches and the small one of 10.1.
const PANELS: [(u32, u32); 2] = [(1080, 1920), (1280, 800)];

#[derive(clap::Args)]
pub struct Args {
    /// Where the pictures go: DIR/LANGUAGE/WIDTHxHEIGHT/SCENARIO/NN-SCREEN.png
    #[arg(long, value_name = "DIR")]
    screenshots: Option<PathBuf>,
    /// Where one contact sheet per language goes: every picture once, by the name under which it came first
    #[arg(long, value_name = "DIR")]
    sheet: Option<PathBuf>,
    /// Only this scenario
    #[arg(long, value_name = "NAME", conflicts_with = "screens")]
    scenario: Option<String>,
    /// Every screen with sample data instead of scenarios; with a value, those whose name contains it
    #[arg(long, value_name = "PART", num_args = 0..=1, default_missing_value = "")]
    screens: Option<String>,
    /// Every language on both panels, 1080x1920 and 1280x800
    #[arg(long)]
    all: bool,
    /// Window size, may be given several times [default: 1080x1920]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Vec<(u32, u32)>,
    /// Language tag, may be given several times [default: ja]
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

impl Args {
    fn sizes(&self) -> Vec<(u32, u32)> {
        match self.size.as_slice() {
            [] if self.all => PANELS.to_vec(),
            [] => PANELS[..1].to_vec(),
            given => given.to_vec(),
        }
    }

    fn languages(&self) -> Vec<Language> {
        match self.language.as_slice() {
            [] if self.all => Language::ALL.to_vec(),
            [] => vec![Language::default()],
            given => given.to_vec(),
        }
    }

    fn shot(&self, language: Language, size: (u32, u32)) -> Shot {
        let (text, theme, seated) = (self.text, self.theme, self.seated);
        Shot { size, preferences: Preferences { language, text, theme, seated, calm: true, ..Preferences::default() } }
    }
}

pub fn run(args: &Args) -> super::Outcome {
    if args.screenshots.is_none() && args.sheet.is_none() {
        return Err(CliError::usage("nowhere to put the pictures", "give --screenshots DIR, --sheet DIR or both"));
    }
    let camera = args.camera_picture.as_deref().map(camera_picture).transpose()?;
    crate::logging::start(tracing::Level::ERROR);
    let pictures = match &args.screens {
        Some(part) => samples(part, camera.as_ref())?,
        None => played(scenarios(args.scenario.as_deref())?, camera.as_ref())?,
    };
    for language in args.languages() {
        let mut sheet = Sheet::default();
        for size in args.sizes() {
            eprintln!("drawing {} pictures: {}, {}x{}", pictures.len(), language.tag(), size.0, size.1);
            let shot = args.shot(language, size);
            let place = args.screenshots.as_ref().map(|root| place(root, &shot));
            let small = each(pictures.iter().collect(), |picture| {
                let pixels = picture.pixels(shot).map_err(drawing)?;
                if let Some(place) = &place {
                    picture.write(&pixels, place)?;
                }
                args.sheet.as_ref().map(|_| sheet::small(&picture.title, pixels, shot)).transpose().map_err(drawing)
            })?;
            sheet.block(small.into_iter().flatten().collect());
        }
        if let Some(root) = &args.sheet {
            let file = root.join(format!("{}.png", language.tag()));
            let whole = sheet.whole();
            write(&file, &headless::encode(whole.as_raw(), whole.dimensions()).map_err(drawing)?)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

/// A picture of the walk. Most screens look the same in many scenarios: such a one is drawn once.
struct Picture {
    /// The lines over it on the contact sheet.
    title: Vec<String>,
    data: Data,
    /// Where it goes, under the folder of language and size.
    files: Vec<PathBuf>,
}

impl Picture {
    fn pixels(&self, shot: Shot) -> Result<RgbaImage, ShotError> {
        let pixels = Stage::new(&self.data, shot)?.pixels();
        RgbaImage::from_raw(shot.size.0, shot.size.1, pixels).ok_or(ShotError::Size)
    }

    fn write(&self, pixels: &RgbaImage, place: &Path) -> Result<(), CliError> {
        let png = headless::encode(pixels.as_raw(), pixels.dimensions()).map_err(drawing)?;
        self.files.iter().try_for_each(|file| write(&place.join(file), &png))
    }
}

fn place(root: &Path, shot: &Shot) -> PathBuf {
    let (width, height) = shot.size;
    root.join(shot.preferences.language.tag()).join(format!("{width}x{height}"))
}

fn samples(part: &str, camera: Option<&Frame>) -> Result<Vec<Picture>, CliError> {
    let presets: Vec<Preset> = crate::ui::presets().into_iter().filter(|preset| preset.name.contains(part)).collect();
    if presets.is_empty() {
        let names: Vec<String> = crate::ui::presets().into_iter().map(|preset| preset.name).collect();
        return Err(CliError::usage("no screen has that name", format!("names: {}", names.join(" "))));
    }
    let picture = |(number, preset): (usize, Preset)| {
        let looking = screen::facts(&preset.data.view.screen).camera;
        let preview = camera.filter(|_| looking).map(crate::ui::mirrored);
        let (title, files) = (vec![preset.name.clone()], vec![numbered(number, &preset.name)]);
        Picture { title, files, data: Data { preview, ..preset.data } }
    };
    Ok(presets.into_iter().enumerate().map(picture).collect())
}

fn scenarios(wanted: Option<&str>) -> Result<Vec<Scenario>, CliError> {
    let all = scenario::all()?;
    let names: Vec<String> = all.iter().map(|s| s.name.clone()).collect();
    let wanted: Vec<_> = all.into_iter().filter(|s| wanted.is_none_or(|name| *name == s.name)).collect();
    if wanted.is_empty() {
        return Err(CliError::usage("there is no such scenario", format!("scenarios: {}", names.join(" "))));
    }
    Ok(wanted)
}

/// Plays the scenarios; what they show in their order.
fn played(scenarios: Vec<Scenario>, camera: Option<&Frame>) -> Result<Vec<Picture>, CliError> {
    let (count, done) = (scenarios.len(), AtomicUsize::new(0));
    let visits = each(scenarios, |scenario| {
        let name = scenario.name.clone();
        let shown = play(scenario)?;
        eprintln!("{} of {count}: {name}, {} screens", done.fetch_add(1, Ordering::Relaxed) + 1, shown.len());
        Ok((name, shown))
    })?;
    let mut pictures: Vec<Picture> = Vec::new();
    for (scenario, shown) in visits {
        for (number, shown) in shown.into_iter().enumerate() {
            let screen = screen::name(&shown.view.screen).to_owned();
            let file = Path::new(&scenario).join(numbered(number, &screen));
            // Which reception it is shows nowhere.
            let view = View { reception: None, ..shown.view };
            let same = |picture: &&mut Picture| {
                shown.frame.is_none() && picture.data.preview.is_none() && picture.data.view == view
            };
            if let Some(picture) = pictures.iter_mut().find(same) {
                picture.files.push(file);
                continue;
            }
            let preview = shown.frame.as_deref().map(|frame| match view.screen {
                Screen::ShowCard(_) => crate::ui::mirrored_card(frame),
                _ => crate::ui::mirrored(camera.unwrap_or(frame)),
            });
            let data = Data { preview, ..Data::of(view) };
            pictures.push(Picture { title: vec![scenario.clone(), screen], data, files: vec![file] });
        }
    }
    Ok(pictures)
}

fn numbered(number: usize, screen: &str) -> PathBuf {
    format!("{:02}-{screen}.png", number + 1).into()
}

/// Does `work` to every item, one at a time on each core; the outcomes are in the order of the items.
fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> Result<R, CliError> + Sync) -> Result<Vec<R>, CliError> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().next();
    let some = || {
        let mut done = Vec::new();
        while let Some((number, item)) = next() {
            done.push((number, work(item)?));
        }
        Ok(done)
    };
    let done = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        let ended = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(broke_off())));
        ended.collect::<Result<Vec<_>, CliError>>()
    })?;
    let done: BTreeMap<usize, R> = done.into_iter().flatten().collect();
    Ok(done.into_values().collect())
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

fn broke_off() -> CliError {
    CliError::ended("a thread of the walk broke off", "report this, with what stands above")
}
