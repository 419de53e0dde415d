//! The port: a thread of its own, so that a full or slow disk holds nobody up.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;

use crate::domain::staff_news::StaffNews;
use crate::ports::{Audit, AuditEntry, AuditWitness, Diagnose, Finding, Outbox};

use super::files;
use super::verify::{self, Verified};
use super::writer::{WriteError, Writer};

/// Entries on their way to the thread.
const ON_THEIR_WAY: usize = 1_024;

/// Entries that wait in memory for a disk that takes none; some hundred receptions.
const WAITING: usize = 10_000;

/// How long the end of the program waits for the last entries.
const FAREWELL: Duration = Duration::from_secs(5);

/// Where and how long the log is kept.
#[derive(Clone)]
pub struct AuditConfig {
    /// Folder of the files.
    pub folder: PathBuf,
    /// File of the key, apart from them.
    pub key_file: PathBuf,
    /// Stands in every line.
    pub terminal_id: String,
    /// Days after which a file may be let go; that is said, and somebody does it.
    pub keep_days: u16,
    /// Who else remembers how far it had come.
    pub witnesses: Vec<Arc<dyn AuditWitness>>,
    /// Bytes after which a new file is begun.
    pub max_bytes: u64,
    /// The pause before a disk that took nothing is tried again.
    pub pause: Duration,
    /// Whether entries are written: by one program of a log only, and not by a mere look.
    pub serve: bool,
}

impl AuditConfig {
    /// A log in that folder, its key beside the folder with the ending `.key`: three years, 8 MiB a file.
    pub fn new(folder: impl Into<PathBuf>, terminal_id: impl Into<String>) -> Self {
        let folder = folder.into();
        Self {
            key_file: folder.with_extension("key"),
            folder,
            terminal_id: terminal_id.into(),
            keep_days: 1_095,
            witnesses: Vec::new(),
            max_bytes: 8 << 20,
            pause: Duration::from_secs(5),
            serve: true,
        }
    }
}

/// The thread of the log could not be started.
#[derive(Debug, thiserror::Error)]
#[error("the audit thread cannot be started: {0}")]
pub struct AuditStartError(#[from] std::io::Error);

/// The audit log of one kiosk.
pub struct AuditLog {
    config: AuditConfig,
    entries: Option<SyncSender<AuditEntry>>,
    lost: Arc<AtomicU64>,
    ended: Mutex<Receiver<()>>,
}

impl AuditLog {
    /// Starts the writing thread. A disk that cannot be written does not stop the start: staff are told through
    /// `outbox`, and entries wait.
    ///
    /// # Errors
    /// When there is no thread.
    pub fn start(config: AuditConfig, outbox: Outbox) -> Result<Self, AuditStartError> {
        let (entries, received) = sync_channel(ON_THEIR_WAY);
        let (end, ended) = sync_channel(1);
        let lost = Arc::new(AtomicU64::new(0));
        let ended = Mutex::new(ended);
        if !config.serve {
            return Ok(Self { config, entries: None, lost, ended });
        }
        let scribe = Scribe {
            config: config.clone(),
            outbox,
            writer: None,
            waiting: VecDeque::new(),
            lost: Arc::clone(&lost),
            in_trouble: false,
        };
        std::thread::Builder::new().name("audit".into()).spawn(move || {
            scribe.run(&received);
            // Nobody waits for it when the program ends in a hurry.
            let _ = end.send(());
        })?;
        Ok(Self { config, entries: Some(entries), lost, ended })
    }
}

impl Audit for AuditLog {
    fn record(&self, entry: AuditEntry) {
        let Some(entries) = &self.entries else { return };
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = entries.try_send(entry) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for AuditLog {
    fn drop(&mut self) {
        if self.entries.take().is_none() {
            return;
        }
        let ended = self.ended.get_mut();
        if ended.recv_timeout(FAREWELL).is_err() {
            tracing::warn!("the audit log was still being written when the program ended");
        }
    }
}

struct Scribe {
    config: AuditConfig,
    outbox: Outbox,
    writer: Option<Writer>,
    waiting: VecDeque<AuditEntry>,
    /// Entries for which there was no room any more.
    lost: Arc<AtomicU64>,
    in_trouble: bool,
}

impl Scribe {
    fn run(mut self, received: &Receiver<AuditEntry>) {
        loop {
            let next = if self.waiting.is_empty() {
                received.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                received.recv_timeout(self.config.pause)
            };
            let last = match next {
                Ok(entry) => {
                    self.wait_in_line(entry);
                    false
                }
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => true,
            };
            received.try_iter().for_each(|entry| self.wait_in_line(entry));
            let written = self.write();
            self.say(written);
            if last {
                return;
            }
        }
    }

    fn wait_in_line(&mut self, entry: AuditEntry) {
        if self.waiting.len() < WAITING {
            self.waiting.push_back(entry);
        } else {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn write(&mut self) -> Result<(), WriteError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if self.writer.is_none() {
            self.writer = Some(Writer::open(&self.config, Timestamp::now())?);
        }
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if let Some(damage) = writer.take_damage() {
            self.outbox.tell(damage);
        }
        let written = writer.append(self.waiting.make_contiguous());
        if written.is_err() {
            // Opened anew, with a look at what is there.
            self.writer = None;
            return written;
        }
        self.waiting.clear();
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            writer.note_lost(lost, Timestamp::now()).inspect_err(|_| {
                self.lost.fetch_add(lost, Ordering::Relaxed);
            })?;
        }
        Ok(())
    }

    /// Staff hear of trouble once, and once of its end.
    fn say(&mut self, written: Result<(), WriteError>) {
        match written {
            Err(error) if !self.in_trouble => {
                tracing::error!(%error, waiting = self.waiting.len(), "the audit log cannot be written");
                self.in_trouble = true;
                self.outbox.tell(StaffNews::AuditUnwritable);
            }
            Err(error) => tracing::warn!(%error, waiting = self.waiting.len(), "the audit log still cannot be written"),
            Ok(()) if self.in_trouble => {
                self.in_trouble = false;
                self.outbox.tell(StaffNews::AuditWrittenAgain);
            }
            Ok(()) => {}
        }
    }
}

impl Diagnose for AuditLog {
    fn diagnose(&self) -> Vec<Finding> {
        let shown = self.config.folder.display();
        let finding = match verify::verify(&self.config) {
            Err(error) => Finding::bad(
                "audit",
                format!("{shown}: {error}"),
                "Give the account of the kiosk the right to read the log and its key; a lost key comes back only from a backup.",
            ),
            Ok(verified) => judge(&verified, &shown.to_string()),
        };
        std::iter::once(finding).chain(self.to_let_go()).collect()
    }
}

impl AuditLog {
    /// Files that the site wanted for fewer days than lie between them and the newest one.
    fn to_let_go(&self) -> Option<Finding> {
        let files = files::all(&self.config.folder).ok()?;
        let newest = files.last()?.day;
        let oldest = newest.saturating_sub(jiff::Span::new().days(i64::from(self.config.keep_days)));
        let old = files.iter().take_while(|file| file.day < oldest).count();
        let last = files.get(old.checked_sub(1)?)?;
        let detail =
            format!("{old} files of the log are older than {} days, as its own dates say", self.config.keep_days);
        let remedy = format!("Stop the kiosk and run `uketsuke audit discard --up-to {}` if they may go.", last.number);
        Some(Finding::warning("audit", detail, remedy))
    }
}

fn judge(verified: &Verified, shown: &str) -> Finding {
    if let Some(first) = verified.breaks.first() {
        let place = if first.line > 0 { format!(" line {}", first.line) } else { String::new() };
        let more = verified.breaks.len() - 1;
        let detail = format!("{shown}: the chain breaks at {}{place}: {} ({more} more breaks)", first.file, first.what);
        let remedy = "Keep a copy of the folder, find out who could write there, and see `uketsuke audit verify`.";
        return Finding::bad("audit", detail, remedy);
    }
    let half = if verified.half_line { ", the last one half written" } else { "" };
    Finding::good("audit", format!("{} lines in {} files hold{half}", verified.lines, verified.files))
}
