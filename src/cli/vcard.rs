//! `uketsuke vcard`: a virtual My Number Card that joins a running pcscd.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::adapters::card::virtual_card::{ATR_CONTACT, ATR_CONTACTLESS, Fault, Switches, VirtualCard};
use crate::adapters::card::vpcd::{self, DEFAULT_PORT, LinkEnd, LinkEvent, LinkStop, VpcdOptions};
use crate::domain::japan;
use crate::people::authority::TestAuthority;
use crate::people::{People, PeopleError};

use super::{CliError, Outcome};

/// What the card says at power-on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Atr {
    /// As in a contact reader
    Contact,
    /// As a contactless reader reports a type B card
    Contactless,
}

/// What makes a card forget that a secret was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ForgetsOn {
    /// Selecting an application
    Selection,
    /// A warm reset
    WarmReset,
    /// Nothing but losing power
    PowerDown,
}

#[derive(clap::Args)]
pub struct Args {
    /// Whose card: p01 to p08, or somebody of `--people`
    #[arg(long, value_name = "ID", default_value = "p01")]
    person: String,
    /// A TOML file of people instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// What is wrong with it; may be given more than once
    #[arg(long, value_name = "NAME")]
    fault: Vec<Fault>,
    /// Where pcscd's vpcd driver listens
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Its port: 35963 for the first slot, 35964 for the second
    #[arg(long, default_value_t = DEFAULT_PORT)]
    port: u16,
    /// Write each exchange there, secrets masked
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// What the card says at power-on
    #[arg(long, value_enum, default_value_t = Atr::Contact)]
    atr: Atr,
    /// The day that the certificates are issued for; today unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    trusted_date: Option<Date>,
    /// What makes the card forget verified secrets besides losing power; sources disagree, so both can be had
    #[arg(long, value_enum, value_delimiter = ',', default_value = "selection")]
    forgets_on: Vec<ForgetsOn>,
    /// End when the driver closes the connection instead of joining again
    #[arg(long)]
    once: bool,
}

/// Runs it until interrupted.
pub fn run(args: &Args) -> Outcome {
    let mut card = make(args).map_err(|error| match error {
        PeopleError::Unknown(_) if args.people.is_none() => CliError::usage(error.to_string(), "people are p01 to p08"),
        wrong if args.people.is_some() => CliError::usage(wrong.to_string(), "correct the file of people"),
        other => CliError::ended(other.to_string(), "reinstall the program"),
    })?;
    let mut log = args.log.as_ref().map(File::create).transpose().map_err(|error| {
        CliError::usage(format!("the log cannot be written: {error}"), "choose another place with --log")
    })?;
    let stop = LinkStop::default();
    stop_when_interrupted(stop.clone())?;
    let atr = match args.atr {
        Atr::Contact => ATR_CONTACT,
        Atr::Contactless => ATR_CONTACTLESS,
    };
    let options = VpcdOptions { host: args.host.clone(), port: args.port, atr, once: args.once };
    let (mut unwritable, mut waiting) = (None, false);
    let ended = vpcd::serve(&mut card, &options, &stop, |event| match event {
        LinkEvent::Joined(address) => {
            waiting = false;
            println!("{} lies on the virtual reader at {address}", args.person);
        }
        LinkEvent::Waiting(error) if !waiting => {
            waiting = true;
            eprintln!("uketsuke: no vpcd driver at {}:{} ({error}); waiting for it", args.host, args.port);
        }
        LinkEvent::Waiting(_) => {}
        LinkEvent::Exchanged(exchange) => {
            let written = log.as_mut().map_or(Ok(()), |log| writeln!(log, "{exchange}"));
            if let Err(error) = written {
                unwritable = Some(error);
                stop.stop();
            }
        }
    });
    if let Some(error) = unwritable {
        return Err(CliError::ended(format!("the log cannot be written: {error}"), "make room, or leave --log out"));
    }
    match ended {
        Ok(LinkEnd::CardPulled) => {
            println!("the card was pulled");
            Ok(())
        }
        Ok(LinkEnd::Stopped | LinkEnd::Closed) => Ok(()),
        Err(error) => Err(CliError::missing(
            format!("no vpcd driver at {}:{}: {error}", args.host, args.port),
            "apt install pcscd vsmartcard-vpcd, and start pcscd",
        )),
    }
}

fn make(args: &Args) -> Result<VirtualCard, PeopleError> {
    let people = People::of(args.people.as_deref())?;
    let person = people.by_id(&args.person)?;
    let today = args.trusted_date.unwrap_or_else(|| japan::day(jiff::Timestamp::now()));
    let switches = Switches {
        select_logs_out: args.forgets_on.contains(&ForgetsOn::Selection),
        reset_logs_out: args.forgets_on.contains(&ForgetsOn::WarmReset),
    };
    Ok(VirtualCard::new(&TestAuthority::load()?, person, today, &args.fault)?.with_switches(switches))
}

fn stop_when_interrupted(stop: LinkStop) -> Result<(), CliError> {
    let failed = |error: std::io::Error| CliError::ended(format!("no signal handler: {error}"), "");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    std::thread::Builder::new()
        .name("interrupt".into())
        .spawn(move || match runtime.block_on(tokio::signal::ctrl_c()) {
            Ok(()) => stop.stop(),
            Err(error) => tracing::warn!(%error, "interrupts are not handled"),
        })
        .map_err(failed)?;
    Ok(())
}
