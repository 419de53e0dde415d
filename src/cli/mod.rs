//! The command line: one file per subcommand, exit codes, errors with cause and remedy.

mod aside;
mod audit;
mod cameras;
mod card;
mod checkin;
mod demo;
mod described;
mod desk;
mod doctor;
mod exposed;
mod face;
mod gateway;
mod handoff;
mod installed;
mod kiosk;
mod pages;
mod patient;
mod queue;
mod secret_input;
mod setup;
mod sound;
mod staff;
mod training;
mod vcard;
mod walk;
mod wire;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};

use crate::adapters::guard;

/// How a command ended, as the process exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// Ended without a reception, for a reason the patient or staff can act on.
    Ended = 1,
    /// Wrong use of the command line or the configuration.
    Usage = 2,
    /// A device or service is missing.
    Missing = 3,
}

/// Why a command stopped, for the person at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// The exit code.
    pub exit: Exit,
    pub cause: String,
    /// What to do about it.
    pub remedy: String,
}

impl CliError {
    /// Wrong use.
    pub fn usage(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, cause: cause.into(), remedy: remedy.into() }
    }

    /// A device or service is missing.
    pub fn missing(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { exit: Exit::Missing, cause: cause.into(), remedy: remedy.into() }
    }

    /// Ended without the result asked for.
    pub fn ended(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { exit: Exit::Ended, cause: cause.into(), remedy: remedy.into() }
    }
}

/// What every subcommand returns.
pub type Outcome = Result<(), CliError>;

#[derive(Parser)]
#[command(name = "uketsuke", version, about = "Reception kiosk for the My Number insurance card", long_about = None)]
struct Cli {
    #[command(flatten)]
    kiosk: kiosk::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// The kiosk in training mode: virtual card, recorded camera, own gateway
    Demo(demo::Args),
    /// One whole reception without a window, over real devices
    Checkin(checkin::Args),
    /// Every scenario through the real screens without a window, as PNG files
    Walk(walk::Args),
    /// Check reader, card service, camera, models, certificates, gateway, drop folder, clock, audit log, fonts
    Doctor(doctor::Args),
    /// Ask for what a site must say, try it, write the settings
    Setup(setup::Args),
    /// Verify or show the audit log
    #[command(subcommand)]
    Audit(audit::Args),
    /// Look at the card on a reader
    #[command(subcommand)]
    Card(card::Args),
    /// Patients whom staff received while the service was down
    #[command(subcommand)]
    Queue(queue::Args),
    /// Who may act as staff at the kiosk's screen, and their codes
    #[command(subcommand)]
    Staff(staff::Args),
    /// A virtual My Number Card that joins a running pcscd through vpcd
    Vcard(vcard::Args),
    /// Compare faces, look for attacks, see which hint a picture gets
    #[command(subcommand)]
    Face(face::Args),
    /// The staff's page: kiosks, calls, today's patients
    #[command(subcommand)]
    Desk(desk::Args),
    /// The reference gateway and its certificates
    #[command(subcommand)]
    Gateway(gateway::Args),
    /// Manual pages and shell completions of this program, for packages
    #[command(hide = true)]
    Pages(pages::Args),
}

/// The arguments; says what is wrong with them without the digits in them, which may be a PIN in the wrong place.
fn arguments() -> Cli {
    Cli::try_parse().unwrap_or_else(|mut error| {
        for kind in [ContextKind::InvalidArg, ContextKind::InvalidValue] {
            let given = error.get(kind).map(ToString::to_string).unwrap_or_default();
            let many = given.chars().filter(char::is_ascii_digit).count() >= 4;
            if many && !given.starts_with('-') {
                error.insert(kind, ContextValue::String("…".into()));
                error.remove(ContextKind::Suggested);
            }
        }
        error.exit()
    })
}

/// Keeps the memory of a program that holds patients' data off the disk, or says that the system does not let it.
fn keep_off_disk() {
    if let Err(refused) = guard::keep_off_disk() {
        tracing::warn!(remedy = refused.remedy, "{} {}", refused.subject, refused.detail);
    }
}

/// Parses the arguments, runs the command, prints an error with its remedy, gives the exit code.
pub fn main() -> ExitCode {
    for refused in guard::shut() {
        eprintln!("uketsuke: {} {}\n  remedy: {}", refused.subject, refused.detail, refused.remedy);
    }
    let cli = arguments();
    let outcome = match cli.command {
        None => kiosk::run(&cli.kiosk),
        Some(Command::Demo(args)) => demo::run(&args),
        Some(Command::Checkin(args)) => checkin::run(&args),
        Some(Command::Walk(args)) => walk::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args, cli.kiosk.config),
        Some(Command::Setup(args)) => setup::run(&args, cli.kiosk.config),
        Some(Command::Audit(args)) => audit::run(&args, cli.kiosk.config),
        Some(Command::Card(args)) => card::run(&args),
        Some(Command::Queue(args)) => queue::run(&args, cli.kiosk.config),
        Some(Command::Staff(args)) => staff::run(&args, cli.kiosk.config),
        Some(Command::Vcard(args)) => vcard::run(&args),
        Some(Command::Face(args)) => face::run(&args),
        Some(Command::Desk(args)) => desk::run(&args),
        Some(Command::Gateway(args)) => gateway::run(&args),
        Some(Command::Pages(args)) => pages::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::from(Exit::Done as u8),
        Err(error) => {
            eprintln!("uketsuke: {}", error.cause);
            if !error.remedy.is_empty() {
                eprintln!("  remedy: {}", error.remedy);
            }
            ExitCode::from(error.exit as u8)
        }
    }
}
