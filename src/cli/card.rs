//! `uketsuke card`.

/// Arguments.
#[derive(clap::Subcommand)]
pub enum Args {}

/// Runs it.
pub fn run(_args: &Args) -> super::Outcome {
    Err(super::CliError::usage("not built yet", ""))
}
