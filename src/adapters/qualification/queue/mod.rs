//! The offline queue: patients whom staff received without an online check, to be checked once the service is back.
//!
//! An entry holds what stands on another certificate, or name, birth date, sex and address; never a PIN, a certificate of
//! a card or a 12-digit number. It lies sealed and synced in a database of its own, is asked for in the order of arrival
//! under one idempotency key, and is wiped once its file was handed over. One that was tried on more days than the site
//! allows is set aside, and wiped when staff discard it: never by the clock alone. What became of it stays as a row of
//! snapshots that are only ever added and say nothing of anybody.

mod entry;
mod recheck;
mod store;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::ports::Finding;

pub use entry::{Ask, EntryError, Seen};
pub use recheck::Round;
pub use store::{Listed, Queue, QueueError, State, Word};

/// How the queue is kept.
#[derive(Debug, Clone)]
pub struct QueueConfig {
    /// SQLite file; its sealing key lies beside it, with the ending `.key`.
    pub database: PathBuf,
    /// Days on which an entry is tried before it is set aside; days that the gateway's time confirms.
    pub keep_days: u16,
    /// Between two looks of the running kiosk.
    pub look_every: std::time::Duration,
}

impl QueueConfig {
    /// The queue in that file: a week, a look every half minute.
    pub fn new(database: impl Into<PathBuf>) -> Self {
        Self { database: database.into(), keep_days: 7, look_every: std::time::Duration::from_secs(30) }
    }
}

/// The line of `doctor`: how many wait, and since when.
pub fn finding(database: &Path, now: Timestamp) -> Finding {
    if !database.exists() {
        return Finding::good("queue", "nobody waits for a check");
    }
    let entries = match Queue::open(database).and_then(|queue| queue.list()) {
        Ok(entries) => entries,
        Err(error) => {
            return Finding::bad(
                "queue",
                error.to_string(),
                "Give the account of the kiosk all rights on its state folder.",
            );
        }
    };
    let for_staff = entries.iter().filter(|e| e.state.is_for_staff()).count();
    let Some(oldest) = entries.first() else { return Finding::good("queue", "nobody waits for a check") };
    let minutes = now.duration_since(oldest.added_at).as_mins().max(0);
    let detail = format!("{} entries, the oldest {minutes} min old, {for_staff} of them for staff", entries.len());
    Finding::warning(
        "queue",
        detail,
        "The running kiosk checks them when the service is back; see `uketsuke queue list`.",
    )
}
