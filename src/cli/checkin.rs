//! `uketsuke checkin`: one whole reception without a window, over the real adapters.
//!
//! Plays a patient who does what the options say, and prints each situation as one line.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use tracing::Level;
use zeroize::Zeroizing;

use crate::adapters::camera::Pace;
use crate::adapters::card::pcsc;
use crate::adapters::clock::SystemClock;
use crate::adapters::code_b::Way;
use crate::config::{self, Config};
use crate::domain::card::Tries;
use crate::domain::code_b::{Entry, Problem};
use crate::domain::consent::{Consent, ConsentAnswer, Scope, ScopeSet};
use crate::domain::failure::{Failure, Route};
use crate::domain::secret::{CodeB, Pin, Secret};
use crate::domain::session::{
    Method, OnScreen, PatientInput, Pause, ReaderState, Rest, Situation, SituationName, StaffReason, State,
};
use crate::logging;
use crate::ports::{Diagnose, Finding, Health};

use super::cameras::{CameraPlan, CodeBPlan};
use super::patient::{Hand, Lost, Plan, follow};
use super::wire::{self, Cast, Duty, Mode};
use super::{CliError, Exit, Outcome, secret_input};

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
}

/// How the visit ended.
enum End {
    Delivered,
    Stopped(Failure, String),
}

impl End {
    /// A reader that is pulled takes its card along, and the card service tells of the card first.
    fn seen_after(self, reader: ReaderState) -> Self {
        match (self, reader) {
            (End::Stopped(Failure::CardGone, _), ReaderState::Lost(failure)) => End::Stopped(failure, words(failure)),
            (end, _) => end,
        }
    }
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
        camera: camera(args.camera.as_deref()),
        code_b: match (code_b, &args.card_camera) {
            (Some(code), _) => CodeBPlan::Known(code),
            (None, Some(of_card)) => CodeBPlan::Read(camera(Some(of_card)), Way::Lying),
            (None, None) => CodeBPlan::Typed,
        },
        journal,
        ..Cast::of(&config, Duty::Visit)
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
    let end = follow(&running.handle, &changes, PATIENCE, &mut visitor);
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
        By::Face if args.card_camera.is_some() => (Method::Face, None, None),
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

fn camera(choice: Option<&str>) -> CameraPlan {
    /// The rate at which the people's clips were made.
    const RATE: f32 = 7.0;
    match choice {
        Some(folder) if Path::new(folder).is_dir() => {
            let folder = PathBuf::from(folder);
            CameraPlan::Recorded(Box::new(move || folder.clone()), Pace::Rate(RATE))
        }
        id => CameraPlan::Real(id.map(str::to_owned)),
    }
}

/// The patient of the arguments.
struct Visitor {
    method: Method,
    /// Until it is typed.
    pin: Option<Pin>,
    consent: ScopeSet,
    json: bool,
    /// When the first state was.
    begun: Option<Duration>,
    /// How the visit ends, once that is known; its clean-up is waited for.
    end: Option<End>,
}

impl From<Lost> for CliError {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::TimedOut => CliError::ended(
                "no card was placed",
                "put the card on the reader; `uketsuke doctor` looks at the devices",
            ),
            Lost::KioskEnded => CliError::missing("the kiosk's task broke off", ""),
            Lost::Touch => CliError::missing("the kiosk took a touch no more", "close other programs, and try again"),
        }
    }
}

impl Plan for Visitor {
    type End = End;
    type Error = CliError;

    fn sees(&mut self, state: &State, at: Duration, _: Hand<'_>) -> Result<Option<End>, CliError> {
        report(state, at - *self.begun.get_or_insert(at), self.json);
        let end = self.end.take_if(|_| state.visit().is_none());
        Ok(end.map(|end| end.seen_after(state.kiosk.reader)))
    }

    fn acts(&mut self, state: &State, hand: Hand<'_>) -> Result<(), CliError> {
        if let OnScreen::Situation(Situation::TypeOnReader { .. }) = state.on_screen()
            && self.pin.take().is_some()
        {
            eprintln!(
                "uketsuke: the reader has a keypad of its own, so --pin is not used: type it there, or add --ignore-keypad"
            );
        }
        if let OnScreen::Situation(Situation::EnterPin { wrong: false, .. }) = state.on_screen() {
            return Ok(self.pin.take().map_or(Ok(()), |pin| hand.types(pin.expose()))?);
        }
        let Some((touch, end)) = self.answer(state) else { return Ok(()) };
        hand.touches(touch)?;
        self.end = self.end.take().or(end);
        Ok(())
    }
}

impl Visitor {
    /// What the patient touches in this situation, and how the visit ends by it.
    fn answer(&self, state: &State) -> Option<(PatientInput, Option<End>)> {
        use PatientInput::{Cancel, Choose, ConsentTo, Continue};
        let stopped = |failure| Some(End::Stopped(failure, words(failure)));
        let because = |failure, cause| Some(End::Stopped(failure, cause));
        let visit = state.reception()?;
        let situation = match state.on_screen() {
            OnScreen::Situation(situation) => situation,
            OnScreen::Pause(Pause::CardAway { .. }) => return Some((Cancel, stopped(Failure::CardGone))),
            OnScreen::Pause(_) | OnScreen::Rest(_) => return None,
        };
        Some(match situation {
            Situation::ChooseMethod => {
                let possible = if self.method == Method::Face { visit.face_possible() } else { visit.pin_possible() };
                possible.map_or_else(|failure| (Cancel, stopped(failure)), |()| (Choose(self.method), None))
            }
            Situation::EnterPin { wrong: true, .. } | Situation::PinLastTry { wrong: true } => {
                let tries = tries_left(visit.pin_tries());
                (Cancel, because(Failure::PinWrong, format!("the PIN is wrong; {tries}")))
            }
            Situation::EnterCodeB { entry: Entry { problem: Some(problem), tries, .. } } => {
                let failure = problem.failure();
                (Cancel, because(failure, format!("{}; {}", words(failure), tries_left(*tries))))
            }
            Situation::EnterCodeB { .. } => (
                Cancel,
                because(Failure::CodeBImplausible, "the card's print was not read; give --code-b instead".into()),
            ),
            // Whoever gave the PIN on the command line has decided on its last try.
            Situation::PinLastTry { wrong: false }
            | Situation::ConfirmName
            | Situation::Renewal
            | Situation::AlreadyReceived { .. } => (Continue, None),
            Situation::Consenting => (ConsentTo(self.consent), None),
            Situation::RegisterOffer => (Cancel, None),
            Situation::FaceHelp { failure, .. }
            | Situation::PinLocked { failure, .. }
            | Situation::WrongCard { failure }
            | Situation::RegisterRefused { failure, .. }
            | Situation::Fallback { failure } => (Cancel, stopped(*failure)),
            Situation::Stopped { failure } | Situation::CallStaff { reason: StaffReason::Failure(failure) } => {
                (Continue, stopped(*failure))
            }
            Situation::Done => (Continue, Some(End::Delivered)),
            _ => return None,
        })
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

/// Where dates decide, the day that this PC believes in belongs to the cause.
fn with_clock(failure: Failure, cause: String) -> String {
    let by_date = [Failure::GatewayTls, Failure::CertificateEnded, Failure::CertificateUnusable].contains(&failure);
    let clock = SystemClock::new().diagnose().into_iter().next().filter(|_| by_date);
    clock.map_or(cause.clone(), |clock| format!("{cause}; the clock of this PC shows {}", clock.detail))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_went_with_its_reader_is_a_lost_reader() {
        let stopped = |failure| End::Stopped(failure, words(failure));
        let seen = |end: End, reader| match end.seen_after(reader) {
            End::Stopped(failure, cause) => Some((failure, cause, exit_of(failure) == Exit::Missing)),
            End::Delivered => None,
        };
        let (gone, lost) = (Failure::CardGone, ReaderState::Lost(Failure::ReaderGone));
        assert_eq!(seen(stopped(gone), lost), Some((Failure::ReaderGone, words(Failure::ReaderGone), true)));
        assert_eq!(seen(stopped(gone), ReaderState::Ready), Some((gone, words(gone), false)));
        // What ended the visit before the reader went stays its end.
        assert_eq!(seen(stopped(Failure::PinWrong), lost).map(|(failure, ..)| failure), Some(Failure::PinWrong));
        assert_eq!(seen(End::Delivered, lost), None);
    }

    #[test]
    fn the_clock_is_named_before_and_where_dates_decide() {
        let dead = Finding::bad("clock", "1970-01-01 09:00:00: the year cannot be right", "set the date");
        let error = require(&[Finding::good("reader", "one"), dead]).expect_err("a dead battery");
        assert_eq!(error.exit, Exit::Missing);
        assert!(error.cause.starts_with("clock: 1970") && error.remedy == "set the date", "{}", error.cause);
        assert_eq!(require(&[Finding::warning("reader", "slow", "wait")]), Ok(()));
        for failure in [Failure::GatewayTls, Failure::CertificateEnded, Failure::CertificateUnusable] {
            assert!(with_clock(failure, "no".into()).contains("the clock of this PC shows 20"), "{failure:?}");
        }
        assert_eq!(with_clock(Failure::PinWrong, "no".into()), "no");
    }
}
