//! Qualification port: REST client with journal, and the wire types.
//!
//! Every check, registration and consent is written to the journal before it is sent and carries one idempotency
//! key on every attempt, so that it is counted once whatever gets lost.

mod breaker;
mod cause;
pub mod contract;
mod errands;
mod health;
pub mod journal;
mod leftovers;
mod link;
pub mod queue;
pub mod retry;
mod service;
mod witness;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

pub use self::breaker::BreakerRule;
use self::journal::{Journal, JournalError};
use self::link::Link;
use self::queue::{QueueConfig, QueueError, Round};
pub use self::retry::Budgets;
pub use self::witness::JournalWitness;
pub use crate::adapters::identity::StartError;
use crate::adapters::identity::{Credentials, Pins, Place};
pub use crate::adapters::signs::Repertoire;
use crate::domain::ids::Ticket;
use crate::domain::staff_news::{StaffNews, Store};
use crate::ports::{Clock, Diagnose, Finding, Outbox, QualificationCommand, QualificationService};

/// What the client needs to know.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// `https://HOST[:PORT]`.
    pub base_url: String,
    /// Directory with the root, the terminal's certificate and its key.
    pub identity_dir: PathBuf,
    /// SHA-256 of the public keys of the roots to believe, in base64 as RFC 7469 writes them; empty believes every root of
    /// the directory.
    pub pins: Vec<String>,
    /// SQLite file of the journal; its sealing key lies beside it, with the ending `.key`.
    pub journal_path: PathBuf,
    /// Facility code to insist on; `None` takes the certificate's.
    pub facility_code: Option<String>,
    /// Terminal id to insist on; `None` takes the certificate's.
    pub terminal_id: Option<String>,
    /// Times and attempts.
    pub budgets: Budgets,
    /// The signs that the file for the receipt computer can hold: texts of answers are made so once, when they come in.
    pub repertoire: Repertoire,
    /// Whether leftovers of an earlier run are resolved: by one client of a journal only.
    pub resolve: bool,
}

/// The client of one gateway.
pub struct QualificationClient {
    inner: Arc<Inner>,
    runtime: Handle,
    background: Vec<JoinHandle<()>>,
}

/// What the tasks share.
struct Inner {
    link: Link,
    facility_code: String,
    terminal_id: String,
    journal: Arc<JournalPlace>,
    clock: Arc<dyn Clock>,
    repertoire: Repertoire,
    outbox: Outbox,
    /// Tickets that can be cancelled.
    running: Mutex<HashMap<Ticket, Running>>,
    /// Keys that a task is sending now.
    in_flight: Mutex<HashSet<String>>,
    /// Answered checks whose reception goes on, with their keys: their rows stay until they are settled.
    open: Mutex<HashMap<String, String>>,
    /// Checks that answered a request of this run, newest last.
    known: Mutex<VecDeque<String>>,
    /// Rows whose outcome is not known.
    pending: watch::Sender<usize>,
    /// Asks the resolver to look again.
    wake: Notify,
    /// The offline queue is to be looked at now.
    queue_wake: Notify,
    /// Checks of the offline queue that were handed on in this run.
    queue_handed: Mutex<HashSet<String>>,
    /// Checks that were settled, of the offline queue or not, since its last round.
    queue_settled: Mutex<Vec<String>>,
}

/// A ticket that is being served.
struct Running {
    stop: Arc<Notify>,
    /// The idempotency key of what was sent for it.
    key: Option<String>,
}

/// The journal, opened when first needed and again after a failure.
struct JournalPlace {
    database: PathBuf,
    key_file: PathBuf,
    open: Mutex<Option<Journal>>,
    /// Where staff hear of a journal that was not whole; a mere look mends none.
    outbox: Option<Outbox>,
}

impl JournalPlace {
    /// Uses the journal on a thread for blocking work, so that a slow disk holds nobody else up.
    async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        use_it: impl FnOnce(&Journal) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let place = Arc::clone(self);
        tokio::task::spawn_blocking(move || place.with_now(use_it)).await.unwrap_or(Err(JournalError::BrokenOff))
    }

    /// The offline queue beside it.
    fn queue(&self) -> PathBuf {
        self.database.with_file_name("queue.sqlite")
    }

    /// Uses the journal on this thread. One that turns out to be damaged is closed, so that the next use sets it aside.
    fn with_now<T>(&self, use_it: impl FnOnce(&Journal) -> Result<T, JournalError>) -> Result<T, JournalError> {
        let mut open = self.open.lock();
        let journal = match open.take() {
            Some(journal) => journal,
            None => self.opened()?,
        };
        let result = use_it(&journal);
        if result.is_ok() {
            *open = Some(journal);
        }
        result
    }

    fn opened(&self) -> Result<Journal, JournalError> {
        let Some(outbox) = &self.outbox else { return Journal::look(&self.database, &self.key_file) };
        let (journal, found) = Journal::open(&self.database, &self.key_file)?;
        if let Some(file) = found.set_aside {
            outbox.tell(StaffNews::StoreSetAside { store: Store::Journal, file });
        }
        if found.key_lost {
            outbox.tell(StaffNews::StoreKeyLost { store: Store::Journal });
        }
        Ok(journal)
    }
}

impl QualificationClient {
    /// Loads the identity, opens the journal and starts to resolve what an earlier run left behind.
    ///
    /// A journal that cannot be opened does not stop the start: calls then answer `JournalUnwritable` and
    /// `diagnose` says why.
    ///
    /// # Errors
    /// When the URL, the identity or the configured facility or terminal cannot be used.
    pub fn start(
        config: ClientConfig,
        runtime: Handle,
        clock: Arc<dyn Clock>,
        outbox: Outbox,
    ) -> Result<Self, StartError> {
        let pins = Pins::parse(&config.pins)?;
        let credentials = Credentials::load(Place::folder(config.identity_dir), pins, config.budgets.waits())?;
        let loaded = credentials.now();
        agrees("facility code", config.facility_code.as_deref(), &loaded.facility_code)?;
        agrees("terminal id", config.terminal_id.as_deref(), &loaded.terminal_id)?;
        let link = Link::new(&config.base_url, credentials, config.budgets, Arc::clone(&clock))?;
        let inner = Arc::new(Inner {
            link,
            facility_code: loaded.facility_code.clone(),
            terminal_id: loaded.terminal_id.clone(),
            journal: Arc::new(JournalPlace {
                key_file: config.journal_path.with_extension("key"),
                database: config.journal_path,
                open: Mutex::new(None),
                outbox: config.resolve.then(|| outbox.clone()),
            }),
            clock,
            repertoire: config.repertoire,
            outbox,
            running: Mutex::default(),
            in_flight: Mutex::default(),
            open: Mutex::default(),
            known: Mutex::default(),
            pending: watch::Sender::new(0),
            wake: Notify::new(),
            queue_wake: Notify::new(),
            queue_handed: Mutex::default(),
            queue_settled: Mutex::default(),
        });
        inner.count_at_start();
        let background = if config.resolve {
            vec![
                runtime.spawn(Arc::clone(&inner).resolve_for_ever()),
                runtime.spawn(Arc::clone(&inner).tell_ends_daily()),
            ]
        } else {
            Vec::new()
        };
        Ok(Self { inner, runtime, background })
    }

    /// Checks the offline queue from now on, whenever something is due and the service is there.
    pub fn serve_queue(&mut self, config: QueueConfig) {
        self.background.push(self.runtime.spawn(Arc::clone(&self.inner).recheck_for_ever(config)));
    }

    /// Checks the offline queue once, now.
    ///
    /// # Errors
    /// When it cannot be used, or another program checks it.
    pub async fn check_queue(&self, config: &QueueConfig) -> Result<Round, QueueError> {
        self.inner.round_of(config, None).await.map(|(_, round)| round)
    }

    /// How many sent requests have an unknown outcome; the client resolves them by itself when the gateway answers.
    pub fn pending(&self) -> watch::Receiver<usize> {
        self.inner.pending.subscribe()
    }

    /// Facility code and terminal id of the identity in use.
    pub fn identity(&self) -> (&str, &str) {
        (&self.inner.facility_code, &self.inner.terminal_id)
    }
}

fn agrees(what: &str, configured: Option<&str>, certified: &str) -> Result<(), StartError> {
    match configured {
        Some(configured) if configured != certified => Err(StartError::new(
            format!("the configured {what} {configured} is not the certificate's, {certified}"),
            "correct the configuration or use the identity directory of this terminal",
        )),
        _ => Ok(()),
    }
}

impl Drop for QualificationClient {
    fn drop(&mut self) {
        self.background.iter().for_each(JoinHandle::abort);
    }
}

impl QualificationService for QualificationClient {
    fn submit(&self, ticket: Ticket, command: QualificationCommand) {
        let stop = Arc::new(Notify::new());
        self.inner.running.lock().insert(ticket, Running { stop: Arc::clone(&stop), key: None });
        self.runtime.spawn(Arc::clone(&self.inner).serve(ticket, command, stop));
    }

    fn cancel(&self, ticket: Ticket) {
        if let Some(running) = self.inner.running.lock().get(&ticket) {
            running.stop.notify_one();
        }
    }

    fn forget(&self) {
        self.inner.link.credentials().let_go();
    }
}

impl Diagnose for QualificationClient {
    fn diagnose(&self) -> Vec<Finding> {
        health::diagnose(&self.inner, &self.runtime)
    }
}
