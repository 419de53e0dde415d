//! The desk without HTTP: takes events and acts into the log, folds the board, tells everybody that something is new.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;
use zeroize::Zeroizing;

use super::Now;
use super::board::Board;
use super::contract::Batch;
use super::record::{self, Record};
use super::store::{Store, StoreError};
use crate::adapters::sealed::{SealError, Sealer};
use crate::domain::japan;

/// Entries that are read at once.
const PAGE: u32 = 500;

/// Why something cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key or the cipher.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A record cannot be written down.
    #[error("a record cannot be written")]
    Record,
}

/// The board and how far the log was folded into it.
#[derive(Default)]
struct Folded {
    board: Board,
    position: u64,
}

/// A desk at work.
pub struct Desk {
    store: Arc<dyn Store>,
    sealer: Sealer,
    folded: Mutex<Folded>,
    /// Kiosks whose stream of commands is open here, and how many.
    streams: Mutex<BTreeMap<String, usize>>,
    news: watch::Sender<u64>,
    now: Now,
    keep_days: u8,
}

impl Desk {
    /// A desk over a store; what lies there of today is folded.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn new(store: Arc<dyn Store>, sealer: Sealer, now: Now, keep_days: u8) -> Result<Self, DeskError> {
        let desk = Self {
            store,
            sealer,
            folded: Mutex::default(),
            streams: Mutex::default(),
            news: watch::Sender::new(0),
            now,
            keep_days,
        };
        desk.wipe()?;
        desk.catch_up()?;
        Ok(desk)
    }

    /// What time it is here.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// How far the log was folded: entries since the desk began.
    pub fn position(&self) -> u64 {
        self.folded.lock().position
    }

    /// Wakes whenever the board has changed.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Looks at the board.
    pub fn look<T>(&self, look: impl FnOnce(&Board) -> T) -> T {
        look(&self.folded.lock().board)
    }

    /// Keeps a kiosk's events; the highest number that is kept of it.
    ///
    /// # Errors
    /// When they cannot be kept; none of them is then.
    pub fn take(&self, terminal: &str, batch: Batch) -> Result<u64, DeskError> {
        let version = batch.version;
        let seal = |event: super::contract::Numbered| {
            let number = event.number;
            let record = Record::Kiosk { version: version.clone(), event: Box::new(event) };
            Ok((number, self.sealed(terminal, Some(number), &record)?))
        };
        let events = batch.events.into_iter().map(seal).collect::<Result<Vec<_>, DeskError>>()?;
        let through = self.store.append(terminal, self.now(), &events)?;
        self.catch_up()?;
        Ok(through)
    }

    /// Keeps what was done at the desk.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn act(&self, terminal: &str, record: &Record) -> Result<(), DeskError> {
        let payload = self.sealed(terminal, None, record)?;
        self.store.append_act(terminal, self.now(), &payload)?;
        self.catch_up()
    }

    fn sealed(&self, terminal: &str, number: Option<u64>, record: &Record) -> Result<Vec<u8>, DeskError> {
        let text = Zeroizing::new(serde_json::to_vec(record).map_err(|_| DeskError::Record)?);
        Ok(self.sealer.seal(&text, &record::bound(terminal, number))?)
    }

    /// Folds what the log has more than the board: of this server or, where several share a store, of another.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn catch_up(&self) -> Result<(), DeskError> {
        let mut folded = self.folded.lock();
        let before = folded.position;
        self.fold(&mut folded)?;
        let changed = folded.position != before;
        drop(folded);
        if changed {
            self.news.send_modify(|revision| *revision += 1);
        }
        Ok(())
    }

    fn fold(&self, folded: &mut MutexGuard<'_, Folded>) -> Result<(), DeskError> {
        loop {
            let entries = self.store.after(folded.position, PAGE)?;
            if entries.is_empty() {
                return Ok(());
            }
            for entry in entries {
                folded.position = entry.position;
                let text = self.sealer.open(&entry.payload, &record::bound(&entry.terminal, entry.number));
                let record = text.as_ref().and_then(|text| serde_json::from_slice(text).ok());
                match record {
                    Some(record) => folded.board.fold(&entry.terminal, entry.at, record),
                    None => tracing::error!(
                        position = entry.position,
                        "an entry was sealed with another key, changed, or is of a newer version; it is left out"
                    ),
                }
            }
        }
    }

    /// Removes what is older than the site keeps, and folds the rest anew. How many entries are gone.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn wipe(&self) -> Result<u64, DeskError> {
        let today = japan::day(self.now());
        let first = today.checked_sub(i64::from(self.keep_days.saturating_sub(1)).days()).unwrap_or(today);
        let moment = japan::OFFSET.to_timestamp(first.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN);
        let gone = self.store.wipe_before(moment)?;
        if gone > 0 {
            tracing::info!(gone, "what was kept of earlier days is wiped");
            let mut folded = self.folded.lock();
            *folded = Folded::default();
            self.fold(&mut folded)?;
            drop(folded);
            self.news.send_modify(|revision| *revision += 1);
        }
        Ok(gone)
    }

    /// Whether a kiosk's stream of commands is open here.
    pub fn is_linked(&self, terminal: &str) -> bool {
        self.streams.lock().contains_key(terminal)
    }

    /// Notes that a kiosk's stream is open, as long as what is given back lives.
    pub fn linked(self: &Arc<Self>, terminal: &str) -> Linked {
        *self.streams.lock().entry(terminal.to_owned()).or_default() += 1;
        self.news.send_modify(|revision| *revision += 1);
        Linked { desk: Arc::clone(self), terminal: terminal.to_owned() }
    }
}

/// An open stream of commands.
pub struct Linked {
    desk: Arc<Desk>,
    terminal: String,
}

impl Drop for Linked {
    fn drop(&mut self) {
        let mut streams = self.desk.streams.lock();
        if let Some(count) = streams.get_mut(&self.terminal) {
            *count -= 1;
            if *count == 0 {
                streams.remove(&self.terminal);
            }
        }
        drop(streams);
        self.desk.news.send_modify(|revision| *revision += 1);
    }
}
