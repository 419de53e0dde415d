//! `uketsuke desk`: the staff's page, who may log in, its certificates.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use super::{CliError, Outcome, gateway, secret_input};
use crate::adapters::audit::{AuditConfig, WriteError, Writer};
use crate::adapters::sealed::make_folder;
use crate::config;
use crate::desk::login::{self, Role};
use crate::desk::settings::Settings;
use crate::desk::store::{SqliteStore, Store, StoreError, User};
use crate::desk::{self, Audit, DeskAct, DeskConfig, StartError};
use crate::listening::Limits;
use crate::listening::tls::{TlsError, TlsFiles};
use crate::ports::{AuditEntry, AuditEvent, Operator};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Serve kiosks and staff until interrupted
    Serve(ServeArgs),
    /// Write a development authority and certificates for one desk and one terminal
    Pki(gateway::PkiArgs),
    /// Who may log in
    #[command(subcommand)]
    User(UserArgs),
}

/// Where the desk's own files are.
#[derive(clap::Args)]
pub struct Place {
    /// Settings of the desk; desk.toml beside the kiosk's settings without it
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Folder of the certificates instead of that of the settings
    #[arg(long, value_name = "DIR")]
    pki: Option<PathBuf>,
    /// Folder of database, keys and audit log instead of that of the settings
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    place: Place,
    /// Address and port instead of those of the settings; port 0 takes a free one
    #[arg(long)]
    listen: Option<SocketAddr>,
}

#[derive(clap::Subcommand)]
pub enum UserArgs {
    /// Let somebody log in, or change password and role; the password is read from standard input
    Set {
        #[command(flatten)]
        place: Place,
        /// The name by which page and audit know them
        name: String,
        /// reception, manager or trainer
        #[arg(long, default_value = "reception", value_parser = role)]
        role: Role,
    },
    /// Everybody who may log in, with the role
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Let somebody log in no more; who is logged in is out
    Remove {
        #[command(flatten)]
        place: Place,
        /// Their name
        name: String,
    },
}

fn role(word: &str) -> Result<Role, String> {
    Role::named(word).ok_or_else(|| format!("{word:?} is neither reception, manager nor trainer"))
}

pub fn run(args: &Args) -> Outcome {
    match args {
        Args::Serve(args) => serve(args),
        Args::Pki(args) => gateway::write_pki(args),
        Args::User(args) => user(args),
    }
}

fn settings(place: &Place) -> Result<Settings, CliError> {
    let usual = config::default_path().with_file_name("desk.toml");
    let file = place.settings.clone().unwrap_or_else(|| usual.clone());
    let mut settings = match (&place.settings, &place.pki, &place.state) {
        (None, Some(pki), Some(state)) if !usual.exists() => Settings::of(pki.clone(), state.clone()),
        _ => Settings::load(&file).map_err(|error| {
            CliError::usage(error.to_string(), "write the settings as in docs/desk.md, or give --pki and --state")
        })?,
    };
    if let Some(pki) = &place.pki {
        settings.pki.clone_from(pki);
    }
    if let Some(state) = &place.state {
        settings.state.clone_from(state);
    }
    Ok(settings)
}

/// Writes acts into the chained log; one that cannot be written is an error.
pub struct Chained(Mutex<Writer>);

impl Chained {
    /// The log below the folder of a desk's state.
    ///
    /// # Errors
    /// When it cannot be written, or another program writes it.
    pub fn open(state: &Path) -> Result<Self, WriteError> {
        let config = AuditConfig::new(state.join("audit"), "desk");
        Ok(Self(Mutex::new(Writer::open(&config, Timestamp::now())?)))
    }
}

impl Audit for Chained {
    fn note(&self, act: &DeskAct) -> Result<(), String> {
        let event = AuditEvent::AtDesk {
            by: act.by.clone(),
            deed: act.deed.name().to_owned(),
            kiosk: act.kiosk.clone(),
            visit: act.reception.clone(),
            why: act.why.clone(),
        };
        let entry = AuditEntry { at: Timestamp::now(), reception: None, operator: Operator::Staff, event };
        self.0.lock().append(&[entry]).map_err(|error| format!("the audit log cannot be written: {error}"))
    }
}

fn serve(args: &ServeArgs) -> Outcome {
    let mut settings = settings(&args.place)?;
    if let Some(listen) = args.listen {
        settings.listen = listen;
    }
    let settings =
        settings.checked().map_err(|error| CliError::usage(error.to_string(), "correct the settings of the desk"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| CliError::missing(format!("no runtime: {error}"), ""))?;
    // Somebody else may have set up the log already; then theirs is used.
    let _ = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_target(false).try_init();
    runtime.block_on(serve_until_stopped(settings))
}

async fn serve_until_stopped(settings: Settings) -> Outcome {
    let remedy = "run this as the desk's account, and see that no other desk uses the folder";
    let unusable = |error: String| CliError::missing(format!("{}: {error}", settings.state.display()), remedy);
    make_folder(&settings.state).map_err(|error| unusable(error.to_string()))?;
    let audit = Chained::open(&settings.state).map_err(|error| unusable(error.to_string()))?;
    let config = DeskConfig {
        listen: settings.listen,
        tls: TlsFiles::in_folder(&settings.pki),
        state: settings.state.clone(),
        keep_days: settings.keep_days,
        limits: Limits::default(),
        rate_limit: Some(settings.rate_limit).filter(|limit| *limit > 0),
        audit: Arc::new(audit),
        lock: SignedDuration::from_mins(settings.lock_minutes.into()),
        blank_seconds: settings.blank_seconds,
        charts: settings.charts.clone(),
        metrics: settings.metrics,
        now: Arc::new(Timestamp::now),
    };
    let running = desk::serve(config).await.map_err(|error| start_error(&error))?;
    println!("https://{}", running.addr);
    gateway::stop_signal().await.map_err(|error| CliError::missing(format!("signals: {error}"), ""))?;
    running.stop(Duration::from_secs(10)).await;
    Ok(())
}

fn start_error(error: &StartError) -> CliError {
    let cause = error.to_string();
    match error {
        StartError::Tls(TlsError::File(file)) => CliError::usage(cause, file.remedy.as_str()),
        StartError::Tls(_) => CliError::usage(cause, "write certificates with `uketsuke desk pki DIR`"),
        StartError::Listen(..) => CliError::missing(cause, "choose a free port with --listen"),
        StartError::State(..) | StartError::Seal(_) | StartError::Store(_) | StartError::Desk(_) => {
            CliError::missing(cause, "let the desk's account read and write the folder of its state")
        }
    }
}

fn user(args: &UserArgs) -> Outcome {
    match args {
        UserArgs::Set { place, name, role } => {
            named(name)?;
            let password = password(name)?;
            let hash = login::hash(&password).map_err(|error| CliError::missing(error.to_string(), ""))?;
            let user = User { name: name.clone(), role: role.name().to_owned(), hash };
            store(place)?.set_user(&user).map_err(|error| unreadable(&error))
        }
        UserArgs::List { place } => {
            for user in store(place)?.users().map_err(|error| unreadable(&error))? {
                println!("{}\t{}", user.name, user.role);
            }
            Ok(())
        }
        UserArgs::Remove { place, name } => {
            if store(place)?.remove_user(name).map_err(|error| unreadable(&error))? {
                return Ok(());
            }
            Err(CliError::usage(format!("nobody is called {name}"), "see `uketsuke desk user list`"))
        }
    }
}

fn store(place: &Place) -> Result<SqliteStore, CliError> {
    let state = settings(place)?.state;
    let made = make_folder(&state);
    made.map_err(|error| CliError::missing(format!("{}: {error}", state.display()), "choose another folder"))?;
    SqliteStore::open(&state.join(desk::DATABASE)).map_err(|error| unreadable(&error))
}

fn unreadable(error: &StoreError) -> CliError {
    CliError::missing(error.to_string(), "run this as the desk's account")
}

fn named(name: &str) -> Outcome {
    let fits = (1..=40).contains(&name.chars().count()) && name.trim() == name && !name.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(CliError::usage("a name has 1 to 40 letters", "give another one")) }
}

/// The password on standard input: not an argument, which whoever may list processes sees.
fn password(name: &str) -> Result<zeroize::Zeroizing<Vec<u8>>, CliError> {
    if std::io::stdin().is_terminal() {
        eprintln!("The password, then Enter:");
    }
    let password = secret_input::line()?;
    let wrong = |cause: &str| Err(CliError::usage(cause, "give another password on standard input"));
    match std::str::from_utf8(&password) {
        Err(_) => wrong("the password is not UTF-8"),
        Ok(text) if text.chars().count() < login::SHORTEST => wrong("a password has at least 10 letters"),
        Ok(text) if text.len() > login::LONGEST_PASSWORD => wrong("a password has at most 63 bytes"),
        Ok(text) if text.contains(name) => wrong("the password holds the name"),
        Ok(_) => Ok(password),
    }
}
