//! What the desk has not taken yet, and which of its commands were taken here: one SQLite file, sealed payloads, key apart.
//!
//! An event lies here from the moment it happened until the desk says that it keeps it. It gets its number when it is first
//! sent, so that what was dropped before leaves no gap. When there is no room, stages of the kiosk go first, then lamps and
//! news, then what is of a patient; each time the oldest.

#[cfg(test)]
mod tests;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::adapters::database;
use crate::adapters::sealed::{KeyFate, SealError, Sealer};

/// Most events that wait: some seven hours of receptions without a pause.
pub const MOST: u32 = 20_000;
/// Commands that are remembered: those of weeks.
const COMMANDS: u32 = 10_000;

/// Why the outbox cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    #[error("outbox of the desk: {0}")]
    Database(#[from] rusqlite::Error),
    /// The key, or the sealing with it.
    #[error("outbox of the desk, {0}")]
    Seal(#[from] SealError),
    /// The key of an outbox that is there is gone.
    #[error("outbox of the desk: its key is gone")]
    KeyLost,
    /// The thread that used it ended early.
    #[error("outbox of the desk: the work broke off")]
    BrokenOff,
}

/// What may be dropped before what, when there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Where the kiosk stood.
    Stage,
    /// News and lamps.
    News,
    /// Of a patient, and answers to commands.
    Patient,
}

/// One event on its way in.
pub struct Item {
    pub rank: Rank,
    /// An event of the same name that is the newest and not yet sent is not worth keeping beside this one.
    pub replaces: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// The command that it is the answer to.
    pub answers: Option<String>,
    /// The event as it is sent, without its number.
    pub text: Zeroizing<Vec<u8>>,
}

/// One event on its way out.
pub struct Waiting {
    pub number: u64,
    pub text: Zeroizing<Vec<u8>>,
}

/// What was not whole when an outbox was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The name that a damaged database has now.
    pub set_aside: Option<String>,
    /// Sealed events are there, and their key was gone.
    pub key_lost: bool,
}

/// Whether a command is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is carried out now.
    New,
    /// It came before and has no answer yet.
    UnderWay,
    /// It came before and was answered.
    Answered,
}

/// How full it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Events that wait.
    pub waiting: u32,
    /// Since when the oldest does.
    pub oldest: Option<Timestamp>,
    /// Events that were dropped for want of room, or that nobody could take.
    pub dropped: u64,
}

pub struct Outbox {
    database: Connection,
    sealer: Sealer,
    most: u32,
}

impl Outbox {
    /// Opens or creates the database and its key. `now` begins the numbers of a new one, in milliseconds: so they lie above
    /// all that one had which was lost.
    ///
    /// # Errors
    /// When either cannot be read or written.
    pub fn open(file: &Path, now: Timestamp) -> Result<(Self, Found), OutboxError> {
        let (sealer, fate) = Sealer::with_key_file(&file.with_extension("key"))?;
        let database::Opened { database, set_aside } = database::open(file)?;
        let outbox = Self::over(database, sealer, now)?;
        let key_lost = fate == KeyFate::Made && outbox.load()?.waiting > 0;
        Ok((outbox, Found { set_aside, key_lost }))
    }

    /// Opens it for a mere look beside a kiosk, which mends nothing.
    ///
    /// # Errors
    /// When it is damaged, or its key is gone, or either cannot be read or written.
    pub fn look(file: &Path, now: Timestamp) -> Result<Self, OutboxError> {
        if !file.with_extension("key").exists() {
            return Err(OutboxError::KeyLost);
        }
        let (sealer, _) = Sealer::with_key_file(&file.with_extension("key"))?;
        Self::over(database::look(file)?, sealer, now)
    }

    fn over(database: Connection, sealer: Sealer, now: Timestamp) -> Result<Self, OutboxError> {
        database.execute_batch(
            "CREATE TABLE IF NOT EXISTS event (
                place INTEGER PRIMARY KEY,
                number INTEGER UNIQUE,
                rank INTEGER NOT NULL,
                replaces TEXT,
                at INTEGER NOT NULL,
                sealed BLOB NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS count (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                place INTEGER NOT NULL,
                number INTEGER NOT NULL,
                dropped INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS command (
                n INTEGER PRIMARY KEY AUTOINCREMENT,
                id TEXT NOT NULL UNIQUE,
                answered INTEGER NOT NULL DEFAULT 0
            ) STRICT;",
        )?;
        database.execute("INSERT OR IGNORE INTO count VALUES (1, 0, ?1, 0)", [now.as_millisecond()])?;
        Ok(Self { database, sealer, most: MOST })
    }

    /// With room for so many events.
    #[cfg(test)]
    pub fn with_room_for(self, most: u32) -> Self {
        Self { most, ..self }
    }

    /// Takes events in, synced, in their order; how many had to go for them.
    ///
    /// # Errors
    /// When they cannot be written: then none of them is kept.
    pub fn put(&mut self, items: &[Item]) -> Result<u64, OutboxError> {
        let all = self.database.transaction()?;
        for item in items {
            if let Some(command) = &item.answers {
                all.execute("UPDATE command SET answered = 1 WHERE id = ?1", [command])?;
            }
            if let Some(name) = &item.replaces {
                all.execute(
                    "DELETE FROM event WHERE number IS NULL AND replaces = ?1 AND place = (SELECT max(place) FROM event)",
                    [name],
                )?;
            }
            let place: i64 =
                all.query_row("UPDATE count SET place = place + 1 RETURNING place", [], |row| row.get(0))?;
            let sealed = self.sealer.seal(&item.text, bound(place).as_bytes())?;
            all.execute(
                "INSERT INTO event (place, rank, replaces, at, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![place, item.rank as i64, item.replaces, item.at.as_second(), sealed],
            )?;
        }
        let dropped = make_room(&all, self.most)?;
        all.commit()?;
        Ok(dropped)
    }

    /// The oldest events, at most so many and so many bytes, but one at least; they are numbered from now on. What cannot be
    /// opened any more is dropped.
    ///
    /// # Errors
    /// When they cannot be read, or the numbers not written.
    pub fn batch(&mut self, most: usize, bytes: usize) -> Result<Vec<Waiting>, OutboxError> {
        let all = self.database.transaction()?;
        let mut batch: Vec<Waiting> = Vec::new();
        {
            let mut query = all.prepare("SELECT place, number, sealed FROM event ORDER BY place LIMIT ?1")?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let rows = query.query_map([most], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Vec<u8>>(2)?))
            })?;
            let mut size = 0;
            for row in rows {
                let (place, number, sealed) = row?;
                let Some(text) = self.sealer.open(&sealed, bound(place).as_bytes()) else {
                    all.execute("DELETE FROM event WHERE place = ?1", [place])?;
                    all.execute("UPDATE count SET dropped = dropped + 1", [])?;
                    continue;
                };
                size += text.len() + ROOM_FOR_NUMBER;
                if size > bytes && !batch.is_empty() {
                    break;
                }
                let number = match number {
                    Some(number) => number,
                    None => number_of(&all, place)?,
                };
                batch.push(Waiting { number: u64::try_from(number).unwrap_or_default(), text });
            }
        }
        all.commit()?;
        Ok(batch)
    }

    /// The desk keeps everything up to that number; how many wait no more.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget(&mut self, through: u64) -> Result<usize, OutboxError> {
        let through = i64::try_from(through).unwrap_or(i64::MAX);
        let gone = self.database.execute("DELETE FROM event WHERE number <= ?1", [through])?;
        if self.load()?.waiting == 0 {
            // What was removed must not stay readable in the write-ahead log. Who looks at this moment holds it open.
            self.database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(gone)
    }

    /// The highest number that was ever given.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn highest(&self) -> Result<u64, OutboxError> {
        let number: i64 = self.database.query_row("SELECT number FROM count", [], |row| row.get(0))?;
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// The desk knows numbers that this outbox never gave: it goes on above them, and what waits is numbered anew.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn go_on_above(&mut self, number: u64) -> Result<(), OutboxError> {
        let all = self.database.transaction()?;
        all.execute("UPDATE event SET number = NULL", [])?;
        all.execute("UPDATE count SET number = max(number, ?1)", [i64::try_from(number).unwrap_or(i64::MAX)])?;
        Ok(all.commit()?)
    }

    /// Drops one event that the desk refuses to take.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn give_up(&mut self, number: u64) -> Result<(), OutboxError> {
        let all = self.database.transaction()?;
        all.execute("DELETE FROM event WHERE number = ?1", [i64::try_from(number).unwrap_or(i64::MAX)])?;
        all.execute("UPDATE count SET dropped = dropped + 1", [])?;
        Ok(all.commit()?)
    }

    /// Notes, synced, that a command came; only a new one may be carried out.
    ///
    /// # Errors
    /// When it cannot be written: then it must not be carried out.
    pub fn take(&mut self, id: &str) -> Result<Taken, OutboxError> {
        let known = self.database.query_row("SELECT answered FROM command WHERE id = ?1", [id], |row| row.get(0));
        match known.optional()? {
            Some(true) => return Ok(Taken::Answered),
            Some(false) => return Ok(Taken::UnderWay),
            None => {}
        }
        let both = self.database.transaction()?;
        both.execute("INSERT INTO command (id) VALUES (?1)", [id])?;
        both.execute("DELETE FROM command WHERE n <= (SELECT max(n) FROM command) - ?1", [COMMANDS])?;
        both.commit()?;
        Ok(Taken::New)
    }

    /// Commands that an earlier run took and did not answer.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn unanswered(&self) -> Result<Vec<String>, OutboxError> {
        let mut query = self.database.prepare("SELECT id FROM command WHERE answered = 0 ORDER BY n")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How full it is.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn load(&self) -> Result<Load, OutboxError> {
        let load =
            self.database.query_row("SELECT count(*), min(at), (SELECT dropped FROM count) FROM event", [], |row| {
                let (waiting, oldest, dropped): (u32, Option<i64>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let oldest = oldest.and_then(|second| Timestamp::from_second(second).ok());
                Ok(Load { waiting, oldest, dropped: u64::try_from(dropped).unwrap_or_default() })
            })?;
        Ok(load)
    }
}

/// Bytes of a number in a request, with its name.
const ROOM_FOR_NUMBER: usize = 32;

/// Ties a payload to its place, so that two of them cannot be exchanged.
fn bound(place: i64) -> String {
    format!("desk event {place}")
}

fn number_of(all: &rusqlite::Transaction<'_>, place: i64) -> rusqlite::Result<i64> {
    let number = all.query_row("UPDATE count SET number = number + 1 RETURNING number", [], |row| row.get(0))?;
    all.execute("UPDATE event SET number = ?2 WHERE place = ?1", [place, number])?;
    Ok(number)
}

/// Drops what may go first until the rest fits; how many went. What has a number may be at the desk already and stays.
fn make_room(all: &rusqlite::Transaction<'_>, most: u32) -> rusqlite::Result<u64> {
    let there: u32 = all.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
    let over = there.saturating_sub(most);
    if over == 0 {
        return Ok(0);
    }
    let gone = all.execute(
        "DELETE FROM event WHERE place IN (SELECT place FROM event WHERE number IS NULL ORDER BY rank, place LIMIT ?1)",
        [over],
    )?;
    let gone = u64::try_from(gone).unwrap_or_default();
    all.execute("UPDATE count SET dropped = dropped + ?1", [i64::try_from(gone).unwrap_or_default()])?;
    Ok(gone)
}
