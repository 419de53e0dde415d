//! Logging to standard error; never a secret, never personal data.

use std::io::IsTerminal;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The variable that sets how much is logged: `error`, `warn`, `info`, `debug` or `trace`.
pub const LEVEL_VARIABLE: &str = "UKETSUKE_LOG";

/// Starts logging: our own lines from `usual` up, those of libraries only when they warn.
pub fn start(usual: Level) {
    let level = std::env::var(LEVEL_VARIABLE).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let targets = Targets::new().with_default(Level::WARN).with_target("uketsuke", level);
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    if tracing_subscriber::registry().with(targets).with(lines).try_init().is_err() {
        // Somebody set it up before: their choice stands.
        tracing::debug!("logging was already running");
    }
}
