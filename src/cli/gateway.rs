//! `uketsuke gateway`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::{CliError, Outcome};
use crate::adapters::qualification::contract::Mode;
use crate::domain::japan;
use crate::gateway::card_proof::CardTrust;
use crate::gateway::settings::{self, Fault, Settings, Special};
use crate::gateway::{self, GatewayConfig, GatewayError, pki};
use crate::listening::tls::TlsError;
use crate::people::{People, PeopleError, authority::TestAuthority};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Write a development authority and certificates for one gateway and one terminal
    Pki(PkiArgs),
    /// Serve the contract over mutual TLS until interrupted
    Serve(ServeArgs),
    /// List the synthetic people
    People(PeopleArgs),
}

#[derive(clap::Args)]
pub struct PkiArgs {
    /// Directory to write into; serves `gateway serve --pki` and `checkin --identity`
    dir: PathBuf,
    /// 医療機関等コード of the terminal's certificate, ten digits
    #[arg(long, default_value = "1310000001")]
    facility: String,
    /// Terminal id of the terminal's certificate
    #[arg(long, default_value = "T001")]
    terminal: String,
    /// Names and addresses of the gateway
    #[arg(long, value_delimiter = ',', default_value = "localhost,127.0.0.1")]
    host: Vec<String>,
    /// Replace what is there
    #[arg(long)]
    force: bool,
    /// Issue only this certificate anew, server or terminal, below the authority that is there
    #[arg(long, value_name = "LEAF", conflicts_with = "force")]
    renew: Option<pki::Leaf>,
    /// Put this certificate, server or terminal, on the list of revoked ones; both sides read the list when they start
    #[arg(long, value_name = "LEAF", conflicts_with_all = ["force", "renew"])]
    revoke: Option<pki::Leaf>,
}

#[derive(clap::Args)]
pub struct ServeArgs {
    /// Address and port; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Directory written by `gateway pki`
    #[arg(long)]
    pki: PathBuf,
    /// Database file; without it everything is forgotten at the end
    #[arg(long)]
    db: Option<PathBuf>,
    /// Believe cards of the test authority, whose keys are public
    #[arg(long, default_value_t = true, action = clap::ArgAction::Set, value_name = "BOOL")]
    trust_test_cards: bool,
    /// Scripted fault ROUTE=KIND[*TIMES], such as check=hang or check=upstream-failed*2; may be repeated
    #[arg(long, value_name = "FAULT")]
    fault: Vec<Fault>,
    /// Special answer PERSON=WORD, such as p05=superseded or p06=not-yet; may be repeated
    #[arg(long, value_name = "SPECIAL")]
    person: Vec<Special>,
    /// normal, degraded, maintenance or disaster
    #[arg(long, default_value = "normal", value_parser = settings::mode)]
    mode: Mode,
    /// A TOML file of people and insurances instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// Requests a second that one terminal may make, 0 for no limit
    #[arg(long, default_value_t = 20, value_name = "N")]
    rate_limit: u32,
}

#[derive(clap::Args)]
pub struct PeopleArgs {
    /// A JSON array
    #[arg(long)]
    json: bool,
    /// A TOML file of people and insurances instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
}

pub fn run(args: &Args) -> Outcome {
    match args {
        Args::Pki(args) => write_pki(args),
        Args::Serve(args) => serve(args),
        Args::People(args) => list_people(args),
    }
}

pub fn write_pki(args: &PkiArgs) -> Outcome {
    let order = pki::Order {
        facility_code: args.facility.clone(),
        terminal_id: args.terminal.clone(),
        hosts: args.host.clone(),
        today: japan::day(Timestamp::now()),
        force: args.force,
    };
    let written = match (args.renew, args.revoke) {
        (Some(leaf), _) => pki::renew(&args.dir, leaf, &order),
        (_, Some(leaf)) => pki::revoke(&args.dir, leaf, order.today),
        (None, None) => pki::write(&args.dir, &order),
    };
    let written = written.map_err(|error| {
        let remedy = match error {
            pki::PkiError::Exists(_) => "choose another directory, or add --force to replace all certificates and keys",
            pki::PkiError::Write(..) => "choose a directory that this account may write",
            pki::PkiError::Read(..) => "write certificates with `uketsuke gateway pki DIR` first",
            _ => "",
        };
        CliError::usage(error.to_string(), remedy)
    })?;
    for path in written {
        println!("{}", path.display());
    }
    Ok(())
}

fn serve(args: &ServeArgs) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| CliError::missing(format!("no runtime: {error}"), ""))?;
    // Somebody else may have set up the log already; then theirs is used.
    let _ = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_target(false).try_init();
    runtime.block_on(serve_until_stopped(args))
}

async fn serve_until_stopped(args: &ServeArgs) -> Outcome {
    let people = args.person.iter().map(|special| (special.person.clone(), special.say.clone())).collect();
    let config = GatewayConfig {
        listen: args.listen,
        pki_dir: args.pki.clone(),
        database: args.db.clone(),
        trust_test_cards: args.trust_test_cards,
        settings: Settings {
            mode: args.mode,
            faults: args.fault.clone(),
            people,
            rate_limit: Some(args.rate_limit).filter(|n| *n > 0),
            ..Settings::default()
        },
        people_file: args.people.clone(),
        now: Arc::new(Timestamp::now),
    };
    let running = gateway::serve(config).await.map_err(|error| start_error(&error))?;
    println!("https://{}", running.addr);
    stop_signal().await.map_err(|error| CliError::missing(format!("signals: {error}"), ""))?;
    running.stop(Duration::from_secs(10)).await;
    Ok(())
}

fn start_error(error: &GatewayError) -> CliError {
    let cause = error.to_string();
    match error {
        GatewayError::Tls(TlsError::File(file)) => CliError::usage(cause, file.remedy.as_str()),
        GatewayError::Tls(_) => CliError::usage(cause, "write certificates with `uketsuke gateway pki DIR`"),
        GatewayError::Listen(..) => CliError::missing(cause, "choose a free port with --listen"),
        GatewayError::Database(_) => CliError::missing(cause, "choose a file that this account may write with --db"),
        GatewayError::People(_) => CliError::usage(cause, "correct the file of people"),
        GatewayError::Nobody(_) => CliError::usage(cause, ""),
    }
}

#[cfg(unix)]
pub async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
pub async fn stop_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// One person, for people and programs that use the demo.
#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    kana: String,
    birth: String,
    sex: &'static str,
    address: String,
    code_b: String,
    pin: String,
    card_until: String,
    certificate_until: Option<String>,
    insurer: Option<String>,
    registered: bool,
}

fn list_people(args: &PeopleArgs) -> Outcome {
    let rows = rows(args.people.as_deref()).map_err(|error| {
        let remedy = if args.people.is_some() { "correct the file of people" } else { "install the program again" };
        CliError::usage(error.to_string(), remedy)
    })?;
    if args.json {
        let text = serde_json::to_string_pretty(&rows).map_err(|error| CliError::ended(error.to_string(), ""))?;
        println!("{text}");
        return Ok(());
    }
    println!("id\tname\tkana\tbirth\tcode B\tPIN\tinsurer\tregistered");
    for row in rows {
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            row.id,
            row.name,
            row.kana,
            row.birth,
            row.code_b,
            row.pin,
            row.insurer.as_deref().unwrap_or("-"),
            row.registered
        );
    }
    Ok(())
}

fn rows(file: Option<&Path>) -> Result<Vec<Row>, PeopleError> {
    let (authority, today) = (TestAuthority::load()?, japan::day(Timestamp::now()));
    let trust = CardTrust::test_cards(&authority, today)?;
    let known = People::of(file)?;
    let insurance_of = |id: &str| known.insurances().iter().find(|insurance| insurance.person == id);
    known
        .all()
        .iter()
        .cloned()
        .map(|person| {
            let certificate = authority.auth_certificate(&person, today)?;
            let insurance = insurance_of(&person.id);
            Ok(Row {
                code_b: person.code_b(),
                sex: person.sex.printed(),
                birth: person.birth.to_string(),
                card_until: person.card_until.to_string(),
                certificate_until: trust.certificate(&certificate).ok().map(|found| found.last_day.to_string()),
                id: person.id,
                name: person.name,
                kana: person.kana,
                address: person.address,
                pin: person.pin,
                insurer: insurance.map(|insurance| insurance.insurer_name.clone()),
                registered: insurance.is_some_and(|insurance| insurance.registered),
            })
        })
        .collect()
}
