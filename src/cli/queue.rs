//! `uketsuke queue`: patients whom staff received while the service was down.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::Timestamp;
use tracing::Level;
use zeroize::Zeroizing;

use crate::adapters::qualification::contract::SearchReason;
use crate::adapters::qualification::queue::{Ask, Listed, Queue, QueueConfig, QueueError, Round, Seen, State};
use crate::config::Config;
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::japan;
use crate::logging;
use crate::people::insurance::insurer_number_holds;
use crate::ports::{
    Audit, AuditEntry, AuditEvent, Delivery, DeliveryOrder, Handoff, News, Operator, Outbox, QualificationCommand,
    QualificationService, QueueStep, Report, ResumedVisit, StaffDesk, StaffNotice,
};

use super::described::Described;
use super::wire::{self, BackOffice};
use super::{CliError, Outcome, aside};

/// Longest wait for the drop folder or the gateway.
const PATIENCE: Duration = Duration::from_secs(60);

/// Longest text on standard input, in bytes.
const LONGEST: u64 = 16 << 10;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Take a patient in: by insured number, or by name, birth date, sex and address
    #[command(after_help = "\
Never a 12-digit number, a PIN or a certificate. Options are seen by whoever may list processes; `--stdin` reads the same
as JSON instead: {\"insuredNumber\": {\"insurerNumber\": …, \"symbol\": …, \"number\": …, \"branchNumber\": …, \"birthDate\": …}}
or {\"demographics\": {\"name\": …, \"nameKana\": …, \"birthDate\": …, \"sex\": …, \"address\": …, \"reason\": \"systemFailure\"}}.")]
    Add(Box<AddArgs>),
    /// Who waits, since when, and what staff have to look at
    List(ListArgs),
    /// Check now, also what was given up; beside a running kiosk, make it do so. A file that was set aside waits again
    #[command(after_help = "\
Exit codes: 0 everything was handed over; 1 something was not, and is said; 3 the service, the drop folder or the kiosk's disk
cannot be used. Whatever is not handed over stays.")]
    Retry(RetryArgs),
    /// Take an entry out and wipe it
    Drop(DropArgs),
    /// Let something go that was given up: an entry for staff, a file, a record or a store that was set aside
    Discard(DropArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    /// What you saw: certificate (資格確認書), notice (資格情報のお知らせ beside the card), portal (マイナポータル), statement (申立書)
    #[arg(long, value_parser = seen)]
    seen: Seen,
    /// Read who it is as JSON from standard input
    #[arg(long, conflicts_with_all = ["insurer_number", "name"])]
    stdin: bool,
    /// 保険者番号, eight digits, or six in the older form
    #[arg(long, value_name = "DIGITS", requires_all = ["number", "birth_date"], conflicts_with = "name")]
    insurer_number: Option<String>,
    /// 記号, as printed
    #[arg(long)]
    symbol: Option<String>,
    /// 番号, as printed
    #[arg(long)]
    number: Option<String>,
    /// 枝番, one or two digits
    #[arg(long)]
    branch: Option<String>,
    /// 生年月日: 1956-01-25, S31.1.25, 昭和31年1月25日, in any width
    #[arg(long, value_name = "DATE")]
    birth_date: Option<String>,
    /// 氏名
    #[arg(long, requires_all = ["birth_date", "sex", "address"])]
    name: Option<String>,
    /// 氏名カナ: katakana or hiragana, of any width
    #[arg(long)]
    kana: Option<String>,
    /// male, female or notSet; 男, 女 or 未設定
    #[arg(long)]
    sex: Option<String>,
    /// 住所
    #[arg(long)]
    address: Option<String>,
    /// The four facts are searched for because of a disaster and not of a failure
    #[arg(long)]
    disaster: bool,
}

#[derive(clap::Args)]
pub struct ListArgs {
    /// A JSON array instead of lines
    #[arg(long)]
    json: bool,
    /// Also what was written down of the patients
    #[arg(long)]
    personal: bool,
}

#[derive(clap::Args)]
pub struct RetryArgs {
    /// Only this entry, or this file that was set aside
    id: Option<String>,
}

#[derive(clap::Args)]
pub struct DropArgs {
    /// Its name, as `queue list` shows it
    id: String,
}

fn seen(word: &str) -> Result<Seen, String> {
    Seen::by_name(word).ok_or_else(|| format!("there are {}", Seen::NAMES.join(", ")))
}

pub fn run(args: &Args, config: Option<PathBuf>) -> Outcome {
    logging::start(Level::ERROR);
    let config = wire::load_config(config)?;
    let (place, aside) = (wire::queue_config(&config), aside::Place::of(&config));
    match args {
        Args::Add(args) => add(args, &place),
        Args::List(args) => list(args, &place.database, &aside),
        Args::Retry(args) => retry(args, &place, &config, &aside),
        Args::Drop(args) => drop_entry(args, &place.database),
        Args::Discard(args) => discard(args, &place.database, &aside),
    }
}

fn unusable(error: &QueueError) -> CliError {
    CliError::missing(error.to_string(), "run it with the kiosk's account, and see that its disk has room")
}

fn open(database: &Path) -> Result<Queue, CliError> {
    Queue::open(database).map_err(|error| unusable(&error))
}

fn add(args: &AddArgs, place: &QueueConfig) -> Outcome {
    let now = Timestamp::now();
    let today = japan::day(now);
    let ask = described(args)?.ask(today)?;
    ask.check(today).map_err(|error| CliError::usage(error.to_string(), "correct it and add it again"))?;
    if let Ask::InsuredNumber(asked) = &ask
        && !insurer_number_holds(&asked.insurer_number)
    {
        return Err(CliError::usage(
            "the check digit of the insurer number is wrong",
            "compare it with the certificate",
        ));
    }
    let id = open(&place.database)?.add(&ask, args.seen, now).map_err(|error| unusable(&error))?;
    println!("{id}");
    Ok(())
}

fn described(args: &AddArgs) -> Result<Described, CliError> {
    if args.stdin {
        return from_stdin();
    }
    let missing = || CliError::usage("nobody is described", "give --insurer-number … or --name …, or --stdin");
    let birth_date = args.birth_date.clone().ok_or_else(missing)?;
    if let (Some(insurer_number), Some(number)) = (&args.insurer_number, &args.number) {
        return Ok(Described::InsuredNumber {
            insurer_number: insurer_number.clone(),
            symbol: args.symbol.clone(),
            number: number.clone(),
            branch_number: args.branch.clone(),
            birth_date,
        });
    }
    let (Some(name), Some(sex), Some(address)) = (&args.name, &args.sex, &args.address) else { return Err(missing()) };
    Ok(Described::Demographics {
        name: name.clone(),
        name_kana: args.kana.clone(),
        birth_date,
        sex: sex.clone(),
        address: address.clone(),
        reason: if args.disaster { SearchReason::Disaster } else { SearchReason::SystemFailure },
    })
}

/// What serde says of it could quote a name, so only the place is told.
fn from_stdin() -> Result<Described, CliError> {
    let mut text = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| CliError::usage(format!("standard input: {error}"), ""))?;
    serde_json::from_str(&text).map_err(|error| {
        let cause = format!("standard input, line {} column {}: not as described", error.line(), error.column());
        CliError::usage(cause, "see `uketsuke queue add --help`; other members are refused")
    })
}

fn list(args: &ListArgs, database: &Path, aside: &aside::Place) -> Outcome {
    let entries =
        if database.exists() { open(database)?.list().map_err(|error| unusable(&error))? } else { Vec::new() };
    let (items, now) = (aside.list()?, Timestamp::now());
    if args.json {
        let rows = entries.iter().map(|entry| row(entry, now, args.personal));
        let items =
            items.iter().map(|item| serde_json::json!({ "id": item.name, "state": "setAside", "what": item.what }));
        println!("{}", serde_json::Value::Array(rows.chain(items).collect()));
        return Ok(());
    }
    if entries.is_empty() && items.is_empty() {
        println!("nobody waits");
        return Ok(());
    }
    for entry in &entries {
        let Listed { id, kind, seen, tries, detail, .. } = entry;
        let minutes = now.duration_since(entry.added_at).as_mins();
        println!("{id}  {}  {kind}  seen: {seen}  {minutes} min  {tries} tries  {detail}", entry.state.name());
        if args.personal {
            println!("    {}", personal(entry));
        }
    }
    for item in &items {
        println!("{}  setAside  {}", item.name, item.what);
    }
    let for_staff = entries.iter().filter(|e| e.state.is_for_staff()).count();
    println!("{} entries, {for_staff} of them for staff; {} other things set aside", entries.len(), items.len());
    Ok(())
}

fn personal(entry: &Listed) -> serde_json::Value {
    entry.ask.as_ref().and_then(|ask| serde_json::to_value(ask).ok()).unwrap_or_default()
}

fn row(entry: &Listed, now: Timestamp, with_person: bool) -> serde_json::Value {
    let mut row = serde_json::json!({
        "id": entry.id,
        "state": entry.state.name(),
        "kind": entry.kind,
        "seen": entry.seen,
        "minutes": now.duration_since(entry.added_at).as_mins(),
        "tries": entry.tries,
        "detail": entry.detail,
        "checkId": entry.check_id,
    });
    if let (true, Some(members)) = (with_person, row.as_object_mut()) {
        members.insert("person".into(), personal(entry));
    }
    row
}

fn drop_entry(args: &DropArgs, database: &Path) -> Outcome {
    let mut queue = open(database)?;
    if !queue.wipe(&args.id, State::Dropped, Timestamp::now()).map_err(|error| unusable(&error))? {
        return Err(nothing_called(&args.id));
    }
    queue.leave_word(&args.id, QueueStep::Dropped).map_err(|error| unusable(&error))?;
    println!("taken out and wiped; the audit log has it with the next round of the kiosk");
    Ok(())
}

fn nothing_called(id: &str) -> CliError {
    CliError::usage(format!("there is nothing called {id}"), "see `uketsuke queue list`")
}

/// Only what was given up, so that nobody lets go by mistake what is still on its way.
fn discard(args: &DropArgs, database: &Path, aside: &aside::Place) -> Outcome {
    let mut queue = open(database)?;
    let entries = queue.list().map_err(|error| unusable(&error))?;
    let gone = match entries.iter().find(|entry| entry.id == args.id) {
        Some(entry) if !entry.state.is_for_staff() => {
            let cause = format!("{} is still being checked ({})", args.id, entry.state.name());
            return Err(CliError::usage(cause, "`uketsuke queue drop` takes it out all the same"));
        }
        Some(_) => queue.wipe(&args.id, State::Discarded, Timestamp::now()).map_err(|error| unusable(&error))?,
        None => aside.discard(&args.id)?,
    };
    if !gone {
        return Err(nothing_called(&args.id));
    }
    queue.leave_word(&args.id, QueueStep::Discarded).map_err(|error| unusable(&error))?;
    println!("discarded; the audit log has it with the next round of the kiosk");
    Ok(())
}

fn retry(args: &RetryArgs, place: &QueueConfig, config: &Config, aside: &aside::Place) -> Outcome {
    if let Some(id) = &args.id
        && aside.take_back(id)?
    {
        println!("{id} waits for the receipt computer again; the kiosk delivers it when it starts next");
        return Ok(());
    }
    let due =
        open(&place.database)?.make_due(args.id.as_deref(), Timestamp::now()).map_err(|error| unusable(&error))?;
    if due == 0 && args.id.is_some() {
        return Err(CliError::usage("there is no such entry that could be checked", "see `uketsuke queue list`"));
    }
    let (tell, told) = channel();
    let desk = wire::desk();
    let outbox = Outbox::new(move |report| match report {
        Report::News(News::Staff(news)) => desk.tell(StaffNotice { at: Timestamp::now(), reception: None, news }),
        // The command may have ended.
        report => drop(tell.send(report)),
    });
    let office = wire::back_office(config, outbox)?;
    let round = match office.tokio.block_on(office.qualification.check_queue(place)) {
        Err(QueueError::Busy(_)) => {
            println!("{due} entries are due; the running kiosk checks them within {} s", place.look_every.as_secs());
            return Ok(());
        }
        round => round.map_err(|error| unusable(&error))?,
    };
    let handed = hand_over(&office, &told)?;
    // What was handed over is wiped by the next round.
    office.tokio.block_on(office.qualification.check_queue(place)).map_err(|error| unusable(&error))?;
    record_steps(&office, told.try_iter());
    tell_round(round, handed)
}

/// What became of the files of one round.
#[derive(Debug, Clone, Copy, Default)]
struct Handed {
    /// They lie in the drop folder.
    over: usize,
    /// They wait in the kiosk for it.
    kept: usize,
}

fn record(office: &BackOffice, event: AuditEvent) {
    office.audit.record(AuditEntry { at: Timestamp::now(), reception: None, operator: Operator::Staff, event });
}

/// Puts what became of entries into the audit log; gives the visits that are to be handed over.
fn record_steps(office: &BackOffice, reports: impl Iterator<Item = Report>) -> Vec<ResumedVisit> {
    let mut visits = Vec::new();
    for report in reports {
        match report {
            Report::News(News::Resumed(visit)) => visits.push(*visit),
            Report::News(News::Queue { entry, step }) => record(office, AuditEvent::Queue { entry, step }),
            _ => {}
        }
    }
    visits
}

/// Hands over what the round confirmed, and settles it.
fn hand_over(office: &BackOffice, told: &Receiver<Report>) -> Result<Handed, CliError> {
    let mut handed = Handed::default();
    for visit in record_steps(office, told.try_iter()) {
        match deliver(office, told, visit)? {
            Some(Delivery::Done(_)) => handed.over += 1,
            Some(Delivery::Kept { .. }) => handed.kept += 1,
            None => {}
        }
    }
    Ok(handed)
}

/// How it was handed over; `None` when nothing could be written.
fn deliver(office: &BackOffice, told: &Receiver<Report>, visit: ResumedVisit) -> Result<Option<Delivery>, CliError> {
    let ResumedVisit { answer, choices, consented_at, .. } = visit;
    let check_id = answer.check_id.clone();
    let ticket = |effect| Ticket { reception: ReceptionId::NOBODY, effect: EffectId(effect) };
    let order = DeliveryOrder { answer, choices, consented_at, entered_by: None, replaces: None };
    office.handoff.submit(ticket(1), order);
    let delivery = loop {
        match wait(told)? {
            Report::Answered(answered, outcome) if answered == ticket(1) => {
                break outcome.ok().and_then(|reply| reply.try_as_handoff());
            }
            _ => continue,
        }
    };
    if delivery.is_some() {
        office.qualification.submit(ticket(2), QualificationCommand::Settle { check_id, delivered: true });
        while !matches!(wait(told)?, Report::Answered(answered, _) if answered == ticket(2)) {}
    }
    Ok(delivery)
}

fn wait(told: &Receiver<Report>) -> Result<Report, CliError> {
    told.recv_timeout(PATIENCE)
        .map_err(|_| CliError::missing("no answer from drop folder or journal", "run `uketsuke doctor`"))
}

fn tell_round(round: Round, handed: Handed) -> Outcome {
    let Round { verified, mismatched, failed, waiting, set_aside, closed } = round;
    let Handed { over, kept } = handed;
    let stuck = verified.saturating_sub(over + kept);
    println!("{over} handed over, {mismatched} not confirmed, {failed} failed, {waiting} wait");
    for (count, what) in [
        (kept, "confirmed: the file waits in the kiosk for the drop folder"),
        (stuck, "confirmed: the file could not be written and is tried again at the next start"),
        (
            if closed { 0 } else { waiting },
            "wait: a search by name is answered only while the service runs in its mode for outages",
        ),
        (set_aside, "set aside after too many days: see `uketsuke queue list`, then `retry ID` or `discard ID`"),
    ] {
        if count > 0 {
            println!("{count} {what}");
        }
    }
    if closed {
        return Err(CliError::missing("the service is closed or cannot be reached", "wait, and see `uketsuke doctor`"));
    }
    if stuck > 0 {
        return Err(CliError::missing("not every file could be written", "see `uketsuke doctor`"));
    }
    if mismatched + failed + set_aside + kept + waiting > 0 {
        return Err(CliError::ended("not everybody could be handed over", "see `uketsuke queue list`"));
    }
    Ok(())
}
