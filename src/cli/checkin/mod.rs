//! `uketsuke checkin`: one whole reception without a window, over the real adapters.
//!
//! Plays a patient who does what the options say, and prints each situation as one line.

mod report;
mod visitor;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use tracing::Level;
use zeroize::Zeroizing;

use crate::adapters::camera::Pace;
use crate::adapters::card::pcsc;
use crate::adapters::clock::SystemClock;
use crate::adapters::code_b::Way;
use crate::config::{self, Config};
use crate::domain::consent::{Scope, ScopeSet};
use crate::domain::failure::{Failure, Route};
use crate::domain::secret::{CodeB, Secret};
use crate::domain::session::{Method, State};
use crate::logging;
use crate::ports::{Diagnose, Finding, Health};

use super::cameras::{CameraPlan, CodeBPlan};
use super::patient::follow;
use super::wire::{self, Cast, Duty, Mode};
use super::{CliError, Exit, Outcome, secret_input};
use visitor::{End, Visitor};

/// How long the whole visit may take before the command gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// How the patient is identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    Face,
    Pin,
}

#[derive(clap::Args)]
#[command(after_help = "\
Exit codes: 0 the file lies in the drop folder; 1 no reception, the reason is printed; 2 wrong use; 3 a device or
service is missing.

Example, with a running pcscd, `uketsuke vcard --person p03` and `uketsuke gateway serve --pki pki`:
  uketsuke checkin --reader 'Virtual PCD 00 00' --camera assets/people/p03/clip --method face --code-b - \\
      --gateway https://localhost:8443 --identity pki --drop drop --consent all --json")]
pub struct Args {
    /// PC/SC name of the reader, or a part of it; the first one without it
    #[arg(long)]
    reader: Option<String>,
    /// Number or name of a camera, or a folder of frames (played at 7 frames a second)
    #[arg(long)]
    camera: Option<String>,
    /// How the patient is identified
    #[arg(long)]
    method: By,
    /// 照合番号B, fourteen digits; `-` reads it from standard input. On the command line only for cards of the test authority
    #[arg(long, value_name = "DIGITS|-")]
    code_b: Option<String>,
    /// Number or name of a camera that looks at the card, or a folder of frames: code B is read from the print
    #[arg(long, value_name = "DIR|INDEX", conflicts_with = "code_b")]
    card_camera: Option<String>,
    /// The card's front is shown to the same camera, which reads code B from it; of a folder, the pictures in its folder `card`
    /// are seen first, then those in `clip`
    #[arg(long, conflicts_with_all = ["code_b", "card_camera"])]
    show_card: bool,
    /// Four-digit PIN; `-` reads it from standard input. On the command line only for cards of the test authority
    #[arg(long, value_name = "DIGITS|-")]
    pin: Option<String>,
    /// The gateway, https://HOST:PORT
    #[arg(long, value_name = "URL")]
    gateway: String,
    /// Folder of root, terminal certificate and key
    #[arg(long, value_name = "DIR")]
    identity: PathBuf,
    /// Folder for the receipt computer's files
    #[arg(long, value_name = "DIR")]
    drop: PathBuf,
    /// Folder for a lossless JSON twin of the file
    #[arg(long, value_name = "DIR")]
    twin: Option<PathBuf>,
    #[arg(long, default_value = "all", help = format!("all, none, or scopes: {}", scopes()))]
    consent: String,
    /// Journal of checks under way; beside the identity without it
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Type the PIN here although the reader has a keypad of its own
    #[arg(long)]
    ignore_keypad: bool,
    /// Face models; the folder beside the program without it
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// One JSON line per state instead of words
    #[arg(long)]
    json: bool,
    /// So many visits in a row in one process, each with a line of its own for the PIN, and files spooled as a kiosk spools
    /// them; for long trials
    #[arg(long, hide = true, value_name = "NUMBER", conflicts_with = "code_b")]
    visits: Option<u32>,
}

pub fn run(args: &Args) -> Outcome {
    logging::start(Level::WARN);
    super::keep_off_disk();
    let (mut visitor, code_b) = prepare(args)?;
    // By a wrong day every card and every gateway looks expired.
    require(&SystemClock::new().diagnose())?;
    require(&pcsc::diagnose(args.reader.as_deref()))?;
    let journal = args.journal.clone().unwrap_or_else(|| args.identity.join("journal.sqlite"));
    let config = config(args, &journal);
    let cast = Cast {
        camera: if args.show_card { shown_first(args.camera.as_deref()) } else { camera(args.camera.as_deref()) },
        code_b: match (code_b, &args.card_camera) {
            (Some(code), _) => CodeBPlan::Known(code),
            (None, Some(of_card)) => CodeBPlan::Read(camera(Some(of_card)), Way::Lying),
            (None, None) if args.show_card => CodeBPlan::OneCamera(Way::Shown),
            (None, None) => CodeBPlan::Typed,
        },
        journal,
        // In a row, each visit leaves its file to the spool.
        ..Cast::of(&config, if args.visits.is_some() { Duty::Training } else { Duty::Visit })
    };
    let (reader, trust) = (config.reader.name.clone(), wire::card_trust(&config.card, &config.reader, true)?);
    let wired = wire::wire(&config, cast, wire::tokio_runtime()?, |outbox, day| {
        Ok(Arc::new(wire::pcsc_reader(reader, trust, outbox, day)?))
    })?;
    let (states, changes) = channel();
    let observer = Box::new(move |state: &State, at: Duration| {
        // The command may have stopped listening once its result is known.
        let _ = states.send((state.clone(), at));
    });
    // Without staff codes: there is no screen where staff could enter one.
    let settings = config.settings(wire::face_rule(&config));
    let settings = settings.map_err(|error| CliError::usage(error.to_string(), ""))?;
    let running = wired.start(settings, Mode::Real, Some(observer));
    let mut end = follow(&running.handle, &changes, PATIENCE, &mut visitor);
    for _ in 1..args.visits.unwrap_or(1) {
        // Whatever became of the one before, which its lines say; without another PIN the row ends.
        let Ok((next, _)) = prepare(args) else { break };
        visitor = next;
        end = follow(&running.handle, &changes, PATIENCE, &mut visitor);
    }
    running.end()?;
    match end? {
        End::Delivered => Ok(()),
        End::Stopped(failure, cause) => {
            Err(CliError { exit: exit_of(failure), cause: with_clock(failure, cause), remedy: remedy(failure) })
        }
    }
}

/// The settings that the arguments stand for; the kiosk's own files lie beside the journal.
fn config(args: &Args, journal: &Path) -> Config {
    let gateway = config::Gateway { url: args.gateway.clone(), identity: args.identity.clone(), pins: Vec::new() };
    let state = journal.parent().unwrap_or(Path::new("")).to_owned();
    let handoff = config::Handoff { twin: args.twin.clone(), ..config::Handoff::into_folder(args.drop.clone()) };
    Config {
        reader: config::Reader { name: args.reader.clone(), ignore_keypad: args.ignore_keypad },
        models: config::Models { folder: args.models.clone() },
        ..Config::usual(gateway, handoff, state)
    }
}

fn prepare(args: &Args) -> Result<(Visitor, Option<CodeB>), CliError> {
    let on_command_line = |secret: &Option<String>| secret.as_deref().is_some_and(|text| text != "-");
    if args.code_b.as_deref() == Some("-") && args.pin.as_deref() == Some("-") {
        return Err(CliError::usage("only one secret can come from standard input", "give the one you need with `-`"));
    }
    let (method, pin, code_b) = match args.method {
        By::Pin => (Method::Pin, Some(digits::<4>("--pin", args.pin.as_deref())?), None),
        By::Face if args.card_camera.is_some() || args.show_card => (Method::Face, None, None),
        By::Face => (Method::Face, None, Some(digits::<14>("--code-b", args.code_b.as_deref())?)),
    };
    if on_command_line(&args.pin) || on_command_line(&args.code_b) {
        super::card::require_test_card(args.reader.as_deref())?;
    }
    let consent = consent(&args.consent)?;
    Ok((Visitor { method, pin, consent, json: args.json, begun: None, end: None }, code_b))
}

/// A kiosk waits for what is missing; a command says at once what it is.
fn require(findings: &[Finding]) -> Outcome {
    match findings.iter().find(|finding| finding.health == Health::Bad) {
        Some(bad) => Err(CliError::missing(format!("{}: {}", bad.subject, bad.detail), bad.remedy.clone())),
        None => Ok(()),
    }
}

/// A secret of `N` digits, from the command line or from standard input.
fn digits<const N: usize>(option: &str, given: Option<&str>) -> Result<Secret<[u8; N]>, CliError> {
    let text = match given {
        None => return Err(CliError::usage(format!("{option} is missing"), format!("add {option} -"))),
        Some("-") => secret_input::line()?,
        Some(text) => Zeroizing::new(text.as_bytes().to_vec()),
    };
    let found = Some(text.trim_ascii()).filter(|digits| digits.iter().all(u8::is_ascii_digit));
    found.and_then(Secret::copied).ok_or_else(|| CliError::usage(format!("{option} is not {N} digits"), ""))
}

fn consent(text: &str) -> Result<ScopeSet, CliError> {
    let all = Scope::ALL.iter().copied().fold(ScopeSet::EMPTY, ScopeSet::with);
    match text {
        "all" => Ok(all),
        "none" => Ok(ScopeSet::EMPTY),
        names => names.split(',').try_fold(ScopeSet::EMPTY, |set, name| {
            Scope::by_name(name).map(|scope| set.with(scope)).ok_or_else(|| {
                CliError::usage(format!("no consent scope `{name}`"), format!("all, none, or {}", scopes()))
            })
        }),
    }
}

/// Every scope, as the option names them.
fn scopes() -> String {
    Scope::ALL.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(",")
}

/// The rate at which the people's clips were made.
const RATE: f32 = 7.0;

/// A camera that sees a card when it is opened first, and then a face.
fn shown_first(choice: Option<&str>) -> CameraPlan {
    let Some(folder) = choice.map(PathBuf::from).filter(|folder| folder.is_dir()) else { return camera(choice) };
    let seen = AtomicBool::new(false);
    let next = move || folder.join(if seen.swap(true, Ordering::Relaxed) { "clip" } else { "card" });
    CameraPlan::Recorded(Box::new(next), Pace::Rate(RATE))
}

fn camera(choice: Option<&str>) -> CameraPlan {
    match choice {
        Some(folder) if Path::new(folder).is_dir() => {
            let folder = PathBuf::from(folder);
            CameraPlan::Recorded(Box::new(move || folder.clone()), Pace::Rate(RATE))
        }
        id => CameraPlan::Real(id.map(str::to_owned)),
    }
}

/// Where dates decide, the day that this PC believes in belongs to the cause.
fn with_clock(failure: Failure, cause: String) -> String {
    let by_date = [Failure::GatewayTls, Failure::ClockWrong, Failure::CertificateEnded, Failure::CertificateUnusable];
    let by_date = by_date.contains(&failure);
    let clock = SystemClock::new().diagnose().into_iter().next().filter(|_| by_date);
    clock.map_or(cause.clone(), |clock| format!("{cause}; the clock of this PC shows {}", clock.detail))
}

fn remedy(failure: Failure) -> String {
    format!("see {} in docs/failure-codes.md", failure.code())
}

fn exit_of(failure: Failure) -> Exit {
    if failure.route() == Route::OutOfOrder { Exit::Missing } else { Exit::Ended }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_named_before_and_where_dates_decide() {
        let dead = Finding::bad("clock", "1970-01-01 09:00:00: the year cannot be right", "set the date");
        let error = require(&[Finding::good("reader", "one"), dead]).expect_err("a dead battery");
        assert_eq!(error.exit, Exit::Missing);
        assert!(error.cause.starts_with("clock: 1970") && error.remedy == "set the date", "{}", error.cause);
        assert_eq!(require(&[Finding::warning("reader", "slow", "wait")]), Ok(()));
        assert_eq!((exit_of(Failure::ReaderGone), exit_of(Failure::CardGone)), (Exit::Missing, Exit::Ended));
        for failure in [Failure::GatewayTls, Failure::CertificateEnded, Failure::CertificateUnusable] {
            assert!(with_clock(failure, "no".into()).contains("the clock of this PC shows 20"), "{failure:?}");
        }
        assert_eq!(with_clock(Failure::PinWrong, "no".into()), "no");
    }
}
