//! `uketsuke demo`.

/// Arguments.
#[derive(clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(_args: &Args) -> super::Outcome {
    Err(super::CliError::usage("not built yet", ""))
}
