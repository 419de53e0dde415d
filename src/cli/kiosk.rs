//! `uketsuke`: the kiosk, full screen, with its settings.

use std::path::PathBuf;
use std::sync::Arc;

use tracing::Level;

use crate::adapters::display;
use crate::i18n::Language;
use crate::logging;
use crate::ports::AuditEvent;
use crate::ui::{self, UiError, UiOptions};

use super::wire::{self, Cast, Duty, Mode};
use super::{CliError, Outcome, exposed};

#[derive(clap::Args)]
pub struct Args {
    /// Settings file instead of the system's
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// In a window instead of over the whole panel
    #[arg(long)]
    windowed: bool,
}

pub fn run(args: &Args) -> Outcome {
    logging::start(Level::INFO);
    super::keep_off_disk();
    let config = wire::load_config(args.config.clone())?;
    exposed::refuse(&config)?;
    find_display()?;
    let Some(language) = Language::by_tag(&config.site.language) else {
        let known = Language::ALL.map(Language::tag).join(", ");
        let cause = format!("site: there is no language {}", config.site.language);
        return Err(CliError::usage(cause, format!("choose one of {known}")));
    };
    let settings = wire::settings(&config)?;
    let (name, trust) = (config.reader.name.clone(), wire::card_trust(&config.card, &config.reader, false)?);
    let wired = wire::wire(&config, Cast::of(&config, Duty::Kiosk), wire::tokio_runtime()?, |outbox, day| {
        Ok(Arc::new(wire::pcsc_reader(name, trust, outbox, day)?))
    })?;
    wired.record(AuditEvent::ConfigLoaded { sha256: wire::config_digest(args.config.clone()) });
    let running = wired.start(settings, Mode::Real, None);
    let options = UiOptions {
        fullscreen: config.screen.fullscreen && !args.windowed,
        size: config.size(),
        language,
        diagonal_inch: config.screen.diagonal_inches,
        reduced_motion: config.screen.reduced_motion,
        shuffle_keypad: config.screen.shuffle_keypad,
        hide_pointer: config.screen.fullscreen && !args.windowed,
        sound: super::sound::of(&config.sound)?,
        speech: config.sound.speech,
        volume: config.sound.volume(),
        ..UiOptions::default()
    };
    let shown = ui::run(running.handle.clone(), options);
    let ended = running.end();
    shown.map_err(no_window)?;
    ended
}

/// What to do when no window can be opened.
const NO_DISPLAY: &str =
    "start it in a graphical session (DISPLAY or WAYLAND_DISPLAY); `uketsuke walk` draws without one";

/// A window needs a display.
pub fn find_display() -> Outcome {
    display::reachable().map_err(|error| CliError::missing(error.to_string(), NO_DISPLAY))
}

/// The window could not be opened.
pub fn no_window(error: UiError) -> CliError {
    let remedy = match error {
        UiError::Window(_) => NO_DISPLAY,
        UiError::Typeface(_) => "the program is damaged: install it again",
    };
    CliError::missing(error.to_string(), remedy)
}
