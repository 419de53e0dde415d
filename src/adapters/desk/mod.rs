//! Staff at their desk: told through the log, and through the desk's server where the site has one, which also asks.

mod commands;
mod events;
mod health;
mod link;
mod log;
mod outbox;
mod wire;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use self::log::{LogDesk, Words};
pub use self::outbox::MOST;
pub use crate::adapters::identity::StartError;

use self::commands::Commands;
use self::link::{Link, Place};
use self::outbox::{Item, OutboxError};
use self::wire::Run;
use crate::adapters::identity::{self, Credentials, Pins, Waits};
use crate::domain::staff_order::{OrderId, Refusal};
use crate::ports::{self, Clock, DeskReport, Diagnose, Finding, StaffDesk, StaffNotice};

/// Reports that may wait for the disk: more than a kiosk makes in an hour.
const WAITING: usize = 4_096;
/// Reports that are written in one go.
const AT_ONCE: usize = 256;

/// What the link to a desk needs to know.
#[derive(Debug, Clone)]
pub struct LinkConfig {
    /// `https://HOST[:PORT]`.
    pub url: String,
    /// Folder with the terminal's certificate and key.
    pub identity_dir: PathBuf,
    /// Roots to believe about the desk, PEM; `None` believes the gateway's root in the folder.
    pub roots: Option<PathBuf>,
    /// SQLite file of the outbox; its sealing key lies beside it, with the ending `.key`.
    pub outbox: PathBuf,
    /// The pause after the first try that failed, and the longest one.
    pub pauses: [Duration; 2],
}

/// A second, and a minute.
pub const USUAL_PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];

impl LinkConfig {
    /// The credentials that the desk is shown.
    fn credentials(&self) -> Result<Credentials, StartError> {
        let place = identity::Place { folder: self.identity_dir.clone(), roots: self.roots.clone() };
        let waits = Waits { connect: Duration::from_secs(3), request: Duration::from_secs(10) };
        Credentials::load(place, Pins::default(), waits)
    }
}

/// Something on its way to the outbox. What a channel holds keeps what went through it, so it carries where that is.
type Incoming = Box<dyn FnOnce(&Run) -> Result<Item, serde_json::Error> + Send>;

/// A desk's server, told over mutual TLS; what it has not heard waits sealed on the disk.
pub struct DeskLink {
    /// `None` once it ends.
    reports: Option<SyncSender<Incoming>>,
    /// Reports that found no place on their way to the disk.
    lost: Arc<AtomicU64>,
    link: Arc<Link>,
    commands: Arc<Commands>,
    config: LinkConfig,
    tasks: Vec<JoinHandle<()>>,
    writer: Option<std::thread::JoinHandle<()>>,
}

impl DeskLink {
    /// Loads the identity and begins to send what an earlier run left.
    ///
    /// # Errors
    /// When address or identity cannot be used, or there is no thread.
    pub fn start(
        config: LinkConfig,
        runtime: &Handle,
        clock: Arc<dyn Clock>,
        kiosk: ports::Outbox,
    ) -> Result<Self, StartError> {
        let (credentials, base) = (config.credentials()?, identity::address(&config.url, "desk")?);
        let place = Arc::new(Place::new(config.outbox.clone(), Arc::clone(&clock), kiosk.clone()));
        let link = Arc::new(Link {
            place,
            credentials,
            base,
            run: Run::new(),
            clock,
            wake: Notify::new(),
            back: Notify::new(),
            away: AtomicBool::new(false),
            pauses: config.pauses,
        });
        let commands = Arc::new(Commands::new(Arc::clone(&link), kiosk));
        let (reports, incoming) = sync_channel(WAITING);
        let writing = Arc::clone(&link);
        let writer = std::thread::Builder::new().name("desk outbox".into()).spawn(move || write(&writing, &incoming));
        let writer = writer
            .map_err(|error| StartError::new(format!("no thread for the desk: {error}"), "close other programs"))?;
        let tasks = vec![
            runtime.spawn(Arc::clone(&link).send_for_ever()),
            runtime.spawn(Arc::clone(&commands).listen_for_ever()),
        ];
        Ok(Self { reports: Some(reports), lost: Arc::default(), link, commands, config, tasks, writer: Some(writer) })
    }

    fn take(&self, incoming: Incoming) {
        let Some(reports) = &self.reports else { return };
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = reports.try_send(incoming)
            && self.lost.fetch_add(1, Ordering::Relaxed) == 0
        {
            tracing::error!("the disk does not keep up: the desk will not hear of everything");
        }
    }
}

/// Writes what comes, as much at once as lies there.
fn write(link: &Link, incoming: &Receiver<Incoming>) {
    while let Ok(first) = incoming.recv() {
        let more = incoming.try_iter().take(AT_ONCE - 1);
        let items: Result<Vec<Item>, _> = std::iter::once(first).chain(more).map(|item| item(&link.run)).collect();
        let put = items.map_err(|error| error.to_string()).and_then(|items| {
            let put = link.place.with_now(|outbox| outbox.put(&items));
            // A damaged outbox has been closed: the next one is new.
            let again = |_: OutboxError| link.place.with_now(|outbox| outbox.put(&items));
            put.or_else(again).map_err(|error| error.to_string())
        });
        match put {
            Ok(0) => {}
            Ok(dropped) => tracing::warn!(dropped, "the outbox of the desk is full; the oldest stages and news went"),
            Err(error) => tracing::error!(error, "the desk will not hear of everything"),
        }
        link.wake.notify_one();
    }
}

impl StaffDesk for DeskLink {
    fn tell(&self, notice: StaffNotice) {
        self.take(Box::new(move |run| wire::notice(run, &notice)));
    }

    fn follows(&self) -> bool {
        true
    }

    fn answer(&self, order: OrderId, outcome: Result<(), Refusal>) {
        let Some(command) = self.commands.answered(order) else { return };
        let at = self.link.now();
        self.take(Box::new(move |run| wire::answer(run, at, &command, wire::outcome(outcome))));
    }

    fn show(&self, report: Box<DeskReport>) {
        self.take(Box::new(move |run| wire::report(run, *report)));
    }
}

impl Drop for DeskLink {
    /// What was told is on the disk when this returns; sending ends at once.
    fn drop(&mut self) {
        self.reports = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!("the thread of the desk's outbox broke off");
        }
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Diagnose for DeskLink {
    fn diagnose(&self) -> Vec<Finding> {
        let mut findings = health::at(&self.config, self.link.now());
        let lost = self.lost.load(Ordering::Relaxed);
        if lost > 0 {
            let detail = format!("{lost} events never came to the disk since the program started");
            findings.push(Finding::warning("desk outbox", detail, "see that the kiosk's disk works and has room"));
        }
        findings
    }
}

/// Looks at a desk without a kiosk: its address, the credentials, what waits.
pub fn diagnose(config: &LinkConfig, now: jiff::Timestamp) -> Vec<Finding> {
    health::at(config, now)
}

/// Two desks, each told everything.
pub struct Both<A, B>(pub A, pub B);

impl<A: StaffDesk, B: StaffDesk> StaffDesk for Both<A, B> {
    fn tell(&self, notice: StaffNotice) {
        self.0.tell(notice.clone());
        self.1.tell(notice);
    }

    fn answer(&self, order: OrderId, outcome: Result<(), Refusal>) {
        self.0.answer(order, outcome);
        self.1.answer(order, outcome);
    }

    fn follows(&self) -> bool {
        self.0.follows() || self.1.follows()
    }

    fn show(&self, report: Box<DeskReport>) {
        match (self.0.follows(), self.1.follows()) {
            (true, true) => {
                self.0.show(report.clone());
                self.1.show(report);
            }
            (true, false) => self.0.show(report),
            (false, true) => self.1.show(report),
            (false, false) => {}
        }
    }
}

impl<A: StaffDesk, B: StaffDesk> Diagnose for Both<A, B> {
    fn diagnose(&self) -> Vec<Finding> {
        self.0.diagnose().into_iter().chain(self.1.diagnose()).collect()
    }
}
