//! The queue's database.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use strum::{EnumString, IntoStaticStr};

use super::entry::{Ask, Seen};
use crate::adapters::database;
use crate::adapters::sealed::{KeyFate, SealError, Sealer};
use crate::ports::QueueStep;

/// Tries after which an entry is for staff.
pub const MAX_TRIES: u32 = 5;

/// The pause after the first try that failed; it doubles with each.
const PAUSE: i64 = 60;

/// Why the queue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error("offline queue: {0}")]
    Database(#[from] rusqlite::Error),
    /// The key, or the sealing with it.
    #[error("offline queue {0}")]
    Seal(#[from] SealError),
    /// The payload is none of ours.
    #[error("offline queue: {0}")]
    Payload(#[from] serde_json::Error),
    /// Another program checks the queue.
    #[error("offline queue: another program checks it")]
    Busy(std::io::Error),
}

/// How an entry stands. A state follows another; none is ever changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "camelCase")]
pub enum State {
    /// Staff saw something that lets them bill provisionally.
    Provisional,
    /// Captured, to be checked when the service is back.
    OfflineQueued,
    /// The insurer's answer is valid; its file is on its way.
    Verified,
    /// The file was handed over: nothing of the patient is kept.
    Delivered,
    /// Another person, another insurer or none: staff.
    Mismatch,
    /// Could not be checked five times: staff.
    GivenUp,
    /// Tried on more days than the site allows: kept, and not asked for any more until staff say what becomes of it.
    SetAside,
    /// Staff took it out.
    Dropped,
    /// Staff have seen that it was given up, and let it go.
    Discarded,
    /// Too old: wiped, by versions before this one.
    Expired,
}

impl State {
    /// Its word.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it waits for staff and for nobody else.
    pub fn is_for_staff(self) -> bool {
        matches!(self, State::Mismatch | State::GivenUp | State::SetAside)
    }
}

/// One entry as it stands.
pub struct Listed {
    /// Its name, a UUID, which is also its idempotency key.
    pub id: String,
    /// `insuredNumber` or `demographics`.
    pub kind: String,
    /// What staff saw.
    pub seen: String,
    /// When it was taken in.
    pub added_at: Timestamp,
    /// Tries that failed.
    pub tries: u32,
    /// When it may be tried again.
    pub next_at: Timestamp,
    /// The gateway's name of its check, once answered.
    pub check_id: Option<String>,
    /// How it stands.
    pub state: State,
    /// Why, in a word: a validity or the code of a failure.
    pub detail: String,
    /// Whether the log was told of it.
    pub told: bool,
    /// Whom to ask for; `None` when it was changed or sealed with another key.
    pub ask: Option<Ask>,
}

pub struct Queue {
    database: Connection,
    sealer: Sealer,
}

/// What a command or an opening left for the program that checks the queue, which tells staff and keeps the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// What became of something under that name.
    Step(String, QueueStep),
    /// The key was gone: entries stay, and cannot be read.
    KeyLost,
    /// The database was damaged and has this name now.
    SetAside(String),
}

fn bound(id: &str, kind: &str) -> String {
    format!("{id}\n{kind}")
}

impl Queue {
    /// Opens or creates the database and its key.
    ///
    /// # Errors
    /// When either cannot be read or written.
    pub fn open(file: &Path) -> Result<Self, QueueError> {
        let (sealer, fate) = Sealer::with_key_file(&file.with_extension("key"))?;
        let database::Opened { database, set_aside } = database::open(file)?;
        database.execute_batch(
            "CREATE TABLE IF NOT EXISTS queue_entry (
                place INTEGER PRIMARY KEY AUTOINCREMENT,
                id TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL,
                seen TEXT NOT NULL,
                added_at INTEGER NOT NULL,
                tries INTEGER NOT NULL DEFAULT 0,
                next_at INTEGER NOT NULL DEFAULT 0,
                check_id TEXT,
                told INTEGER NOT NULL DEFAULT 0,
                sealed BLOB NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS queue_snapshot (
                n INTEGER PRIMARY KEY AUTOINCREMENT,
                entry TEXT NOT NULL,
                state TEXT NOT NULL,
                detail TEXT NOT NULL,
                at INTEGER NOT NULL
            ) STRICT;
            CREATE TRIGGER IF NOT EXISTS queue_snapshot_stays BEFORE UPDATE ON queue_snapshot
                BEGIN SELECT RAISE(ABORT, 'a snapshot is never changed'); END;
            CREATE TRIGGER IF NOT EXISTS queue_snapshot_is_kept BEFORE DELETE ON queue_snapshot
                BEGIN SELECT RAISE(ABORT, 'a snapshot is never removed'); END;
            CREATE TABLE IF NOT EXISTS queue_day (
                entry TEXT NOT NULL,
                day TEXT NOT NULL,
                PRIMARY KEY (entry, day)
            ) STRICT;
            CREATE TABLE IF NOT EXISTS queue_step (
                n INTEGER PRIMARY KEY AUTOINCREMENT,
                entry TEXT NOT NULL,
                step TEXT NOT NULL
            ) STRICT;",
        )?;
        let entries: u32 = database.query_row("SELECT count(*) FROM queue_entry", [], |row| row.get(0))?;
        let queue = Self { database, sealer };
        if let Some(file) = set_aside {
            queue.leave("set-aside", &file)?;
        }
        if fate == KeyFate::Made && entries > 0 {
            queue.leave("key-lost", "")?;
        }
        Ok(queue)
    }

    /// Notes that an entry was tried on a day that is known for sure.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn tried_on(&self, id: &str, day: Date) -> Result<(), QueueError> {
        self.database
            .execute("INSERT OR IGNORE INTO queue_day (entry, day) VALUES (?1, ?2)", params![id, day.to_string()])?;
        Ok(())
    }

    /// Stops asking for every entry that was tried on more days than that; it stays as it is. Their names.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_aside(&self, days: u16, at: Timestamp) -> Result<Vec<String>, QueueError> {
        let mut query = self.database.prepare("SELECT entry FROM queue_day GROUP BY entry HAVING count(*) > ?1")?;
        let old = query.query_map([days], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let entries = self.list()?.into_iter();
        let open = entries.filter(|entry| entry.state == State::OfflineQueued && old.contains(&entry.id));
        let ids: Vec<_> = open.map(|entry| entry.id).collect();
        ids.iter().try_for_each(|id| self.note(id, State::SetAside, "days", at))?;
        Ok(ids)
    }

    /// Leaves word of what staff did, for the audit log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn leave_word(&self, name: &str, step: QueueStep) -> Result<(), QueueError> {
        self.leave(if step == QueueStep::Dropped { "dropped" } else { "discarded" }, name)
    }

    fn leave(&self, step: &str, name: &str) -> Result<(), QueueError> {
        self.database.execute("INSERT INTO queue_step (entry, step) VALUES (?1, ?2)", [name, step])?;
        Ok(())
    }

    /// What was left, oldest first; each once.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn take_words(&self) -> Result<Vec<Word>, QueueError> {
        let mut query = self.database.prepare("DELETE FROM queue_step RETURNING n, entry, step")?;
        let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        let mut rows: Vec<(i64, String, String)> = rows.collect::<Result<_, _>>()?;
        rows.sort_by_key(|row| row.0);
        let word = |(_, name, step): (_, String, String)| match step.as_str() {
            "key-lost" => Word::KeyLost,
            "set-aside" => Word::SetAside(name),
            "dropped" => Word::Step(name, QueueStep::Dropped),
            _ => Word::Step(name, QueueStep::Discarded),
        };
        Ok(rows.into_iter().map(word).collect())
    }

    /// Takes an entry in, synced; gives its name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, ask: &Ask, seen: Seen, at: Timestamp) -> Result<String, QueueError> {
        let id = uuid::Uuid::new_v4().to_string();
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(ask)?);
        let sealed = self.sealer.seal(&plain, bound(&id, ask.kind()).as_bytes())?;
        let both = self.database.transaction()?;
        both.execute(
            "INSERT INTO queue_entry (id, kind, seen, added_at, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, ask.kind(), seen.name(), at.as_second(), sealed],
        )?;
        for state in [State::Provisional, State::OfflineQueued] {
            both.execute(SNAPSHOT, params![id, state.name(), seen.name(), at.as_second()])?;
        }
        both.commit()?;
        Ok(id)
    }

    /// Every entry, in the order of arrival.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>, QueueError> {
        let mut query = self.database.prepare(
            "SELECT id, kind, seen, added_at, tries, next_at, check_id, told, sealed, \
             (SELECT state || ' ' || detail FROM queue_snapshot WHERE entry = id ORDER BY n DESC LIMIT 1) \
             FROM queue_entry ORDER BY place",
        )?;
        let time = |second: i64| Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
        let rows = query.query_map([], |row| {
            let (id, kind, sealed): (String, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(8)?);
            let plain = self.sealer.open(&sealed, bound(&id, &kind).as_bytes());
            let last: Option<String> = row.get(9)?;
            let (state, detail) = last.as_deref().and_then(|last| last.split_once(' ')).unwrap_or_default();
            Ok(Listed {
                ask: plain.and_then(|plain| serde_json::from_slice(&plain).ok()),
                state: state.parse().unwrap_or(State::OfflineQueued),
                detail: detail.to_owned(),
                seen: row.get(2)?,
                added_at: time(row.get(3)?),
                tries: row.get(4)?,
                next_at: time(row.get(5)?),
                check_id: row.get(6)?,
                told: row.get(7)?,
                id,
                kind,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The states of one entry, oldest first: also of one that is gone.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn snapshots(&self, id: &str) -> Result<Vec<State>, QueueError> {
        let mut query = self.database.prepare("SELECT state FROM queue_snapshot WHERE entry = ?1 ORDER BY n")?;
        let rows = query.query_map([id], |row| row.get::<_, String>(0))?;
        let words = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(words.iter().filter_map(|word| word.parse().ok()).collect())
    }

    fn note(&self, id: &str, state: State, detail: &str, at: Timestamp) -> Result<(), QueueError> {
        self.database.execute(SNAPSHOT, params![id, state.name(), detail, at.as_second()])?;
        Ok(())
    }

    /// Notes that the log was told of the entry.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn told(&self, id: &str) -> Result<(), QueueError> {
        self.database.execute("UPDATE queue_entry SET told = 1 WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Notes the answer to an entry.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn answered(&self, id: &str, check_id: &str, valid: bool, word: &str, at: Timestamp) -> Result<(), QueueError> {
        self.database.execute("UPDATE queue_entry SET check_id = ?2 WHERE id = ?1", params![id, check_id])?;
        self.note(id, if valid { State::Verified } else { State::Mismatch }, word, at)
    }

    /// Counts a try that failed; after the last one the entry is for staff. Gives the count.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn failed(&self, id: &str, code: &str, at: Timestamp) -> Result<u32, QueueError> {
        let tries: u32 = self.database.query_row(
            "UPDATE queue_entry SET tries = tries + 1, next_at = ?2 + (?3 << tries) WHERE id = ?1 RETURNING tries",
            params![id, at.as_second(), PAUSE],
            |row| row.get(0),
        )?;
        let state = if tries >= MAX_TRIES { State::GivenUp } else { State::OfflineQueued };
        self.note(id, state, code, at)?;
        Ok(tries)
    }

    /// Gives an entry up for staff at once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn give_up(&self, id: &str, why: &str, at: Timestamp) -> Result<(), QueueError> {
        self.note(id, State::GivenUp, why, at)
    }

    /// Makes entries due again, also those that were given up; one, or all. How many.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn make_due(&self, id: Option<&str>, at: Timestamp) -> Result<usize, QueueError> {
        let mut count = 0;
        for entry in self.list()?.into_iter().filter(|entry| id.is_none_or(|id| entry.id == id)) {
            if matches!(entry.state, State::OfflineQueued | State::GivenUp | State::SetAside) {
                self.database.execute("UPDATE queue_entry SET tries = 0, next_at = 0 WHERE id = ?1", [&entry.id])?;
                self.database.execute("DELETE FROM queue_day WHERE entry = ?1", [&entry.id])?;
                self.note(&entry.id, State::OfflineQueued, "again", at)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Wipes an entry; its snapshots stay. False when there is none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn wipe(&mut self, id: &str, last: State, at: Timestamp) -> Result<bool, QueueError> {
        let both = self.database.transaction()?;
        let gone = both.execute("DELETE FROM queue_entry WHERE id = ?1", [id])? == 1;
        if gone {
            both.execute("DELETE FROM queue_day WHERE entry = ?1", [id])?;
            both.execute(SNAPSHOT, params![id, last.name(), "-", at.as_second()])?;
        }
        both.commit()?;
        // What was deleted must not stay readable in the write-ahead log.
        self.database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(gone)
    }

    /// The entry of that check, if it is one's.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_check(&self, check_id: &str) -> Result<Option<String>, QueueError> {
        let found =
            self.database.query_row("SELECT id FROM queue_entry WHERE check_id = ?1", [check_id], |row| row.get(0));
        Ok(found.optional()?)
    }
}

const SNAPSHOT: &str = "INSERT INTO queue_snapshot (entry, state, detail, at) VALUES (?1, ?2, ?3, ?4)";
