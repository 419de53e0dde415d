//! `uketsuke demo`: the kiosk in training mode, with a picker of scenarios for staff.

use std::sync::Arc;

use tracing::Level;

use crate::adapters::camera::Pace;
use crate::adapters::display;
use crate::config;
use crate::i18n::Language;
use crate::logging;
use crate::ui::{self, Dock, Fit, UiOptions};

use super::training::{self, scenario};
use super::{CliError, Outcome};

/// The rate at which the people's clips were made.
const RATE: f32 = 7.0;
/// Slowest and fastest rate at which a clip is played.
const RATES: std::ops::RangeInclusive<f32> = 1.0..=60.0;

#[derive(clap::Args)]
#[command(after_help = "\
The band at the top is the trainer's: it puts the virtual card on the reader and takes it off, and goes on to the next
scenario. Keys: F2 card, F3 scenario. Every synthetic person's PIN is 1234.")]
pub struct Args {
    /// The scenario to begin with
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// The panel in pixels, such as 1280x800; without it 1080x1920, as large as the monitor allows
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(u32, u32)>,
    /// The kiosk's language, a tag such as en or zh-Hans
    #[arg(long, value_name = "TAG", default_value = "ja", value_parser = language)]
    language: Language,
    /// Borderless over the whole panel
    #[arg(long)]
    fullscreen: bool,
    /// No animation
    #[arg(long)]
    reduced_motion: bool,
    /// Pictures a second of the recorded camera, 1 to 60
    #[arg(long, value_name = "N", default_value_t = RATE, value_parser = rate)]
    camera_rate: f32,
    /// Face matching also asks for a turn of the head, as [face] active in the settings
    #[arg(long)]
    face_turn: bool,
}

fn rate(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|rate| RATES.contains(rate)).ok_or_else(|| format!("{text} is not a number from 1 to 60"))
}

fn size(text: &str) -> Result<(u32, u32), String> {
    config::parse_size(text).ok_or_else(|| format!("{text} is not like 1080x1920"))
}

fn language(tag: &str) -> Result<Language, String> {
    Language::by_tag(tag).ok_or_else(|| format!("there are {}", Language::ALL.map(Language::tag).join(", ")))
}

pub fn run(args: &Args) -> Outcome {
    logging::start(Level::INFO);
    super::kiosk::find_display()?;
    let mut scenarios = scenario::all()?;
    if let Some(name) = &args.scenario {
        let Some(at) = scenarios.iter().position(|s| s.name == *name) else {
            let names: Vec<_> = scenarios.iter().map(|s| s.name.as_str()).collect();
            return Err(CliError::usage(format!("no scenario {name}"), format!("scenarios: {}", names.join(" "))));
        };
        scenarios.rotate_left(at);
    }
    // The site of the scenario to begin with; the others are played at the same one.
    let mut settings = scenarios.first().map(scenario::Scenario::settings).transpose()?.unwrap_or_default();
    settings.face.active = args.face_turn;
    let (training, running) = training::start(scenarios, Pace::Rate(args.camera_rate), settings, None)?;
    eprintln!("training mode: files for the receipt computer appear in {}", training.drop_folder().display());
    let dock: Arc<dyn Dock> = training.stage();
    let options = UiOptions {
        fullscreen: args.fullscreen,
        size: args.size,
        fit: (!args.fullscreen).then(|| Fit { work_area: display::work_area(), at_most: args.size.is_some() }),
        language: args.language,
        reduced_motion: args.reduced_motion,
        dock: Some(dock),
        sound: Some(super::sound::training()?),
        ..UiOptions::default()
    };
    let shown = ui::run(running.handle.clone(), options);
    let ended = training.end(running);
    shown.map_err(super::kiosk::no_window)?;
    ended
}
