//! `uketsuke checkin`: one whole reception without a window, over the real adapters.
//!
//! Plays the patient: reacts to each situation as the options say and prints it as one line.

use std::io::{BufRead, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use tracing::Level;
use zeroize::{Zeroize, Zeroizing};

use crate::adapters::camera::Pace;
use crate::adapters::card::pcsc;
use crate::adapters::face::PackChoice;
use crate::config;
use crate::domain::card::Tries;
use crate::domain::code_b::{Entry, Problem};
use crate::domain::consent::{Consent, ConsentAnswer, Scope, ScopeSet};
use crate::domain::failure::{Failure, Route};
use crate::domain::secret::{CodeB, Pin, Secret};
use crate::domain::session::{
    Method, OnScreen, PatientInput, Pause, Rest, Settings, Situation, SituationName, StaffReason, State,
};
use crate::logging;
use crate::ports::Health;
use crate::runtime::{Handle, Input};

use super::wire::{self, CameraPlan, CodeBPlan, Mode, Profile, StaffPlan};
use super::{CliError, Exit, Outcome};

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
    /// all, none, or scopes: pharmaceutical,diagnosis,operation,specificHealthCheckup
    #[arg(long, default_value = "all")]
    consent: String,
    /// Journal of checks under way; beside the identity without it
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Face models; the folder beside the program without it
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// One JSON line per state instead of words
    #[arg(long)]
    json: bool,
}

/// What the patient will type, and how they will answer.
struct Patient {
    method: Method,
    pin: Option<Pin>,
    consent: ScopeSet,
}

/// How the visit ended.
enum End {
    Delivered,
    Stopped(Failure, String),
}

pub fn run(args: &Args) -> Outcome {
    logging::start(Level::WARN);
    let (mut patient, code_b) = prepare(args)?;
    require_reader(args.reader.as_deref())?;
    let journal = args.journal.clone().unwrap_or_else(|| args.identity.join("journal.sqlite"));
    let profile = Profile {
        camera: camera(args.camera.as_deref()),
        code_b: code_b.map_or(CodeBPlan::Typed, CodeBPlan::Known),
        // There is no screen where staff could enter one.
        staff: StaffPlan::File(config::default_path().with_file_name("staff.toml")),
        gateway_url: args.gateway.clone(),
        identity: args.identity.clone(),
        pins: Vec::new(),
        queue: None,
        audit: (journal.with_file_name("audit"), config::AuditLog::default()),
        journal,
        handoff: config::Handoff::into_folder(args.drop.clone()),
        // The command answers for the file in the folder itself.
        spool: None,
        site: None,
        models: PackChoice { models: args.models.clone(), ..PackChoice::default() },
        resolve: true,
    };
    let (reader, trust) =
        (args.reader.clone(), wire::card_trust(&config::Card::default(), &config::Reader::default(), true)?);
    let wired =
        wire::wire(profile, wire::tokio_runtime()?, |outbox| Ok(Arc::new(wire::pcsc_reader(reader, trust, outbox)?)))?;
    let (states, changes) = channel();
    let observer = Box::new(move |state: &State, at: Duration| {
        // The command may have stopped listening once its result is known.
        let _ = states.send((state.clone(), at));
    });
    let running = wired.start(Settings::default(), Mode::Real, Some(observer));
    let end = visit(&running.handle, &changes, &mut patient, args.json);
    running.end()?;
    match end? {
        End::Delivered => Ok(()),
        End::Stopped(failure, cause) => Err(CliError { exit: exit_of(failure), cause, remedy: remedy(failure) }),
    }
}

fn prepare(args: &Args) -> Result<(Patient, Option<CodeB>), CliError> {
    let on_command_line = |secret: &Option<String>| secret.as_deref().is_some_and(|text| text != "-");
    if args.code_b.as_deref() == Some("-") && args.pin.as_deref() == Some("-") {
        return Err(CliError::usage("only one secret can come from standard input", "give the one you need with `-`"));
    }
    let (method, pin, code_b) = match args.method {
        By::Pin => (Method::Pin, Some(digits::<4>("--pin", args.pin.as_deref())?), None),
        By::Face => (Method::Face, None, Some(digits::<14>("--code-b", args.code_b.as_deref())?)),
    };
    if on_command_line(&args.pin) || on_command_line(&args.code_b) {
        super::card::require_test_card(args.reader.as_deref())?;
    }
    Ok((Patient { method, pin, consent: consent(&args.consent)? }, code_b))
}

/// A kiosk waits for its reader; a command says at once that there is none.
fn require_reader(name: Option<&str>) -> Outcome {
    match pcsc::diagnose(name).into_iter().find(|finding| finding.health == Health::Bad) {
        Some(bad) => Err(CliError::missing(format!("{}: {}", bad.subject, bad.detail), bad.remedy)),
        None => Ok(()),
    }
}

/// A secret of `N` digits, from the command line or from standard input.
fn digits<const N: usize>(option: &str, given: Option<&str>) -> Result<Secret<[u8; N]>, CliError> {
    let mut text = Zeroizing::new(match given {
        None => return Err(CliError::usage(format!("{option} is missing"), format!("add {option} -"))),
        Some("-") => {
            let mut text = String::with_capacity(64);
            let read = std::io::stdin().lock().take(64).read_line(&mut text);
            read.map_err(|error| CliError::usage(format!("standard input: {error}"), ""))?;
            text
        }
        Some(text) => text.to_owned(),
    });
    let trimmed = text.trim().as_bytes();
    let found = <[u8; N]>::try_from(trimmed).ok().filter(|digits| digits.iter().all(u8::is_ascii_digit));
    text.zeroize();
    found.map(Secret::new).ok_or_else(|| CliError::usage(format!("{option} is not {N} digits"), ""))
}

fn consent(text: &str) -> Result<ScopeSet, CliError> {
    let all = Scope::ALL.iter().copied().fold(ScopeSet::EMPTY, ScopeSet::with);
    match text {
        "all" => Ok(all),
        "none" => Ok(ScopeSet::EMPTY),
        names => names.split(',').try_fold(ScopeSet::EMPTY, |set, name| {
            Scope::by_name(name).map(|scope| set.with(scope)).ok_or_else(|| {
                let known: Vec<_> = Scope::ALL.iter().map(|scope| scope.name()).collect();
                CliError::usage(format!("no consent scope `{name}`"), format!("all, none, or {}", known.join(",")))
            })
        }),
    }
}

fn camera(choice: Option<&str>) -> CameraPlan {
    /// The rate at which the people's clips were made.
    const RATE: f32 = 7.0;
    match choice {
        Some(folder) if std::path::Path::new(folder).is_dir() => {
            let folder = PathBuf::from(folder);
            CameraPlan::Recorded(Box::new(move || folder.clone()), Pace::Rate(RATE))
        }
        id => CameraPlan::Real(id.map(str::to_owned)),
    }
}

/// Follows the visit to its end and through the tail.
fn visit(
    handle: &Handle,
    changes: &Receiver<(State, Duration)>,
    patient: &mut Patient,
    json: bool,
) -> Result<End, CliError> {
    let mut end = None;
    let mut begun = None;
    let until = std::time::Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(std::time::Instant::now());
        let (state, at) = match changes.recv_timeout(left) {
            Ok(change) => change,
            Err(RecvTimeoutError::Timeout) => {
                return Err(CliError::ended(
                    "no card was placed",
                    "put the card on the reader; `uketsuke doctor` looks at the devices",
                ));
            }
            Err(RecvTimeoutError::Disconnected) => return Err(CliError::missing("the kiosk's task broke off", "")),
        };
        report(&state, at - *begun.get_or_insert(at), json);
        if let Some(end) = end.take_if(|_| state.visit().is_none()) {
            return Ok(end);
        }
        if let Some(outcome) = react(handle, &state, patient) {
            end.get_or_insert(outcome);
        }
    }
}

/// What the patient does in this situation; the end of the visit when it is one.
fn react(handle: &Handle, state: &State, patient: &mut Patient) -> Option<End> {
    let touch = |input| {
        if !handle.send(Input::Patient(input)) {
            tracing::error!("a touch was lost");
        }
    };
    let visit = state.reception()?;
    let situation = match state.on_screen() {
        OnScreen::Situation(situation) => situation,
        OnScreen::Pause(Pause::CardAway { reading: false, .. }) => {
            touch(PatientInput::Cancel);
            return Some(End::Stopped(Failure::CardGone, words(Failure::CardGone)));
        }
        OnScreen::Pause(_) | OnScreen::Rest(_) => return None,
    };
    match situation {
        Situation::ChooseMethod => {
            let possible = if patient.method == Method::Face { visit.face_possible() } else { visit.pin_possible() };
            let Err(failure) = possible else {
                touch(PatientInput::Choose(patient.method));
                return None;
            };
            touch(PatientInput::Cancel);
            Some(End::Stopped(failure, words(failure)))
        }
        Situation::EnterPin { wrong: true, .. } | Situation::PinLastTry { wrong: true } => {
            touch(PatientInput::Cancel);
            let tries = tries_left(visit.pin_tries());
            Some(End::Stopped(Failure::PinWrong, format!("the PIN is wrong; {tries}")))
        }
        // Whoever gave the PIN on the command line has decided.
        Situation::PinLastTry { wrong: false } => {
            touch(PatientInput::Continue);
            None
        }
        Situation::EnterPin { typed: 0, .. } => {
            let pin = patient.pin.take()?;
            for digit in pin.expose() {
                handle.send(Input::Digit(digit - b'0'));
            }
            touch(PatientInput::Confirm);
            None
        }
        Situation::EnterCodeB { entry: Entry { problem: Some(problem), tries, .. } } => {
            touch(PatientInput::Cancel);
            let failure = problem.failure();
            Some(End::Stopped(failure, format!("{}; {}", words(failure), tries_left(*tries))))
        }
        Situation::FaceHelp { failure, .. } | Situation::PinLocked { failure, .. } => {
            touch(PatientInput::Cancel);
            Some(End::Stopped(*failure, words(*failure)))
        }
        Situation::ConfirmName | Situation::Renewal | Situation::AlreadyReceived { .. } => {
            touch(PatientInput::Continue);
            None
        }
        Situation::Consenting => {
            touch(PatientInput::ConsentTo(patient.consent));
            None
        }
        Situation::RegisterOffer => {
            touch(PatientInput::Cancel);
            None
        }
        Situation::Done => {
            touch(PatientInput::Continue);
            Some(End::Delivered)
        }
        Situation::WrongCard { failure } | Situation::RegisterRefused { failure, .. } => {
            touch(PatientInput::Cancel);
            Some(End::Stopped(*failure, words(*failure)))
        }
        Situation::Fallback { failure } => {
            touch(PatientInput::Cancel);
            Some(End::Stopped(*failure, words(*failure)))
        }
        Situation::Stopped { failure } | Situation::CallStaff { reason: StaffReason::Failure(failure) } => {
            touch(PatientInput::Continue);
            Some(End::Stopped(*failure, words(*failure)))
        }
        _ => None,
    }
}

fn tries_left(tries: Tries) -> String {
    match tries {
        Tries::Left(1) => "one try is left".into(),
        Tries::Left(2) => "two tries are left".into(),
        Tries::Left(n) => format!("{n} tries are left"),
        Tries::Blocked => "it is blocked now".into(),
        Tries::Absent => "the card has none".into(),
    }
}

fn words(failure: Failure) -> String {
    format!("{} ({})", failure.slug().replace('-', " "), failure.code())
}

fn remedy(failure: Failure) -> String {
    format!("see {} in docs/failure-codes.md", failure.code())
}

fn exit_of(failure: Failure) -> Exit {
    if failure.route() == Route::OutOfOrder { Exit::Missing } else { Exit::Ended }
}

fn report(state: &State, time: Duration, json: bool) {
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let name = format!("{:?}", state.on_screen().name());
    if !json {
        println!("{:>7} ms  {name}", ms);
        return;
    }
    let mut line = serde_json::json!({
        "ms": ms,
        "state": name,
        "reception": state.reception().map(|r| r.id.0),
    });
    if let Some(fields) = line.as_object_mut() {
        details(state, fields);
    }
    println!("{line}");
}

/// What a reader of the line needs beside the name; nothing personal.
fn details(state: &State, fields: &mut serde_json::Map<String, serde_json::Value>) {
    match state.on_screen() {
        OnScreen::Situation(Situation::EnterPin { tries: Tries::Left(n), wrong, .. }) => {
            fields.insert("triesLeft".into(), (*n).into());
            fields.insert("wrong".into(), (*wrong).into());
        }
        OnScreen::Situation(Situation::EnterCodeB { entry: Entry { tries: Tries::Left(n), .. } }) => {
            fields.insert("triesLeft".into(), (*n).into());
        }
        OnScreen::Situation(Situation::Checking { stage }) => {
            fields.insert("stage".into(), format!("{stage:?}").into());
        }
        OnScreen::Situation(Situation::Delivering { stage }) => {
            fields.insert("stage".into(), format!("{stage:?}").into());
        }
        _ => {}
    }
    if let Some(failure) = failure_of(state.on_screen()) {
        fields.insert("failure".into(), failure.slug().into());
        fields.insert("code".into(), failure.code().into());
    }
    if state.on_screen().name() == SituationName::Done {
        let given = |c: &&Consent| c.answer == ConsentAnswer::Given;
        let consents = state.reception().into_iter().flat_map(|r| r.choices.consents.iter().filter(given));
        let names: Vec<_> = consents.map(|c| c.scope.name()).collect();
        fields.insert("consents".into(), names.into());
    }
}

fn failure_of(on_screen: OnScreen) -> Option<Failure> {
    let situation = match on_screen {
        OnScreen::Rest(Rest::OutOfOrder { failure }) => return Some(*failure),
        OnScreen::Rest(_) | OnScreen::Pause(_) => return None,
        OnScreen::Situation(situation) => situation,
    };
    match situation {
        Situation::WrongCard { failure }
        | Situation::FaceHelp { failure, .. }
        | Situation::PinLocked { failure, .. }
        | Situation::RegisterRefused { failure, .. }
        | Situation::Fallback { failure }
        | Situation::Stopped { failure }
        | Situation::CallStaff { reason: StaffReason::Failure(failure) } => Some(*failure),
        Situation::EnterCodeB { entry } => entry.problem.map(Problem::failure),
        _ => None,
    }
}
