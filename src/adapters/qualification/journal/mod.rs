//! What was sent and not yet delivered, so that a power cut neither loses nor doubles a check.
//!
//! A row is written and synced before anything is sent. Its payload is sealed with a key that lies in another
//! file; the row goes away once the answer was delivered. Nothing personal is readable in the database.

mod aside;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use strum::{EnumString, IntoStaticStr};
use zeroize::Zeroizing;

use crate::adapters::database;
use crate::adapters::sealed::{KeyFate, SealError, Sealer};
use crate::domain::staff_news::Request;

pub use aside::Aside;

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("journal: {0}")]
    Database(#[from] rusqlite::Error),
    /// The key, or the sealing with it.
    #[error("journal {0}")]
    Seal(#[from] SealError),
    /// The key of a journal that is there is gone; the kiosk makes a new one with its next request, and tells staff.
    #[error("journal: its key is gone")]
    KeyLost,
    /// The thread that used the journal ended early.
    #[error("journal: the work broke off")]
    BrokenOff,
}

/// What a row asks of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "camelCase")]
pub enum Kind {
    Check,
    Registration,
    Consents,
}

impl Kind {
    /// Its word in database and log.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Its word for staff.
    pub fn request(self) -> Request {
        match self {
            Kind::Check => Request::Check,
            Kind::Registration => Request::Registration,
            Kind::Consents => Request::Consents,
        }
    }
}

/// How far a row has come; a delivered one is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Sent, or about to be; the answer is unknown.
    Sent,
    /// Answered, not yet delivered.
    Answered {
        /// The gateway's name of the check.
        check_id: String,
    },
}

/// A row that an earlier run or a lost answer left behind.
pub struct Leftover {
    /// The idempotency key.
    pub key: String,
    /// What it asks.
    pub kind: Kind,
    /// Path it is sent to.
    pub path: String,
    /// How far it came.
    pub stage: Stage,
    /// When it was first sent.
    pub created_at: Timestamp,
    /// How often its resolution has failed.
    pub tries: u32,
    /// The request body; `None` when the row was changed by someone without the key.
    pub payload: Option<Zeroizing<Vec<u8>>>,
    /// Whether its reception has gone on without the answer; else the program ended in the middle of it.
    pub went_on: bool,
    /// The earlier check whose file this one's replaces.
    pub renews: Option<String>,
}

/// What was not whole when a journal was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The name that a damaged database has now.
    pub set_aside: Option<String>,
    /// Sealed rows are there, and their key was gone.
    pub key_lost: bool,
}

pub struct Journal {
    database: Connection,
    sealer: Sealer,
}

impl Journal {
    /// Opens or creates the database and its key, and says what was not whole. A damaged database is set aside; rows whose
    /// key is gone stay.
    ///
    /// # Errors
    /// When either cannot be read or written.
    pub fn open(database: &Path, key_file: &Path) -> Result<(Self, Found), JournalError> {
        let (sealer, fate) = Sealer::with_key_file(key_file)?;
        let database::Opened { database, set_aside } = database::open(database)?;
        let journal = Self::over(database, sealer)?;
        let key_lost = fate == KeyFate::Made && journal.sealed_rows()? > 0;
        Ok((journal, Found { set_aside, key_lost }))
    }

    /// Opens it for a mere look beside a kiosk, which mends nothing: that is the kiosk's, which tells staff.
    ///
    /// # Errors
    /// When it is damaged, or its key is gone, or either cannot be read or written.
    pub fn look(database: &Path, key_file: &Path) -> Result<Self, JournalError> {
        if !key_file.exists() && database.exists() {
            return Err(JournalError::KeyLost);
        }
        Self::over(database::look(database)?, Sealer::with_key_file(key_file)?.0)
    }

    fn sealed_rows(&self) -> Result<u32, JournalError> {
        let sealed = "SELECT count(*) FROM qualification_journal WHERE length(sealed) > 0";
        Ok(self.database.query_row(sealed, [], |row| row.get(0))?)
    }

    fn over(database: Connection, sealer: Sealer) -> Result<Self, JournalError> {
        database.execute_batch(
            "CREATE TABLE IF NOT EXISTS qualification_journal (
                key TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                path TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('sent', 'answered')),
                created_at INTEGER NOT NULL,
                tries INTEGER NOT NULL DEFAULT 0,
                check_id TEXT,
                sealed BLOB NOT NULL,
                went_on INTEGER NOT NULL DEFAULT 0,
                renews TEXT
            ) STRICT;
            CREATE TABLE IF NOT EXISTS qualification_set_aside (
                key TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                path TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                check_id TEXT,
                sealed BLOB NOT NULL,
                why TEXT NOT NULL
            ) STRICT",
        )?;
        bring_up_to_date(&database)?;
        Ok(Self { database, sealer })
    }

    /// Writes and syncs one row before its request is sent. `renews` is the earlier check whose file this one's replaces.
    ///
    /// # Errors
    /// When it cannot be written: then nothing may be sent.
    pub fn begin(
        &self,
        key: &str,
        kind: Kind,
        path: &str,
        payload: &[u8],
        at: Timestamp,
        renews: Option<&str>,
    ) -> Result<(), JournalError> {
        let sealed = self.sealer.seal(payload, associated(key, kind, path).as_bytes())?;
        self.database.execute(
            "INSERT INTO qualification_journal (key, kind, path, state, created_at, sealed, renews) VALUES (?1, ?2, ?3, 'sent', ?4, ?5, ?6)",
            params![key, kind.name(), path, at.as_second(), sealed, renews],
        )?;
        Ok(())
    }

    /// Notes that the gateway has answered; the payload is not needed any more.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn answered(&self, key: &str, check_id: &str) -> Result<(), JournalError> {
        self.database.execute(
            "UPDATE qualification_journal SET state = 'answered', check_id = ?2, sealed = x'' WHERE key = ?1",
            params![key, check_id],
        )?;
        Ok(())
    }

    /// Notes that the reception has gone on without the answer: what comes of it is for staff.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn went_on_without(&self, key: &str) -> Result<(), JournalError> {
        self.database.execute("UPDATE qualification_journal SET went_on = 1 WHERE key = ?1", [key])?;
        Ok(())
    }

    /// Removes a row: delivered, refused for good, or given up.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn done(&self, key: &str) -> Result<(), JournalError> {
        self.database.execute("DELETE FROM qualification_journal WHERE key = ?1", [key])?;
        self.forget()
    }

    /// Removes the answered row of that check, whatever became of it; how many there were.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn settle(&self, check_id: &str) -> Result<usize, JournalError> {
        let answered = "DELETE FROM qualification_journal WHERE state = 'answered' AND check_id = ?1";
        let settled = self.database.execute(answered, [check_id])?;
        self.forget()?;
        Ok(settled)
    }

    /// Leaves nothing of what was removed on the disk: the file of recent writes keeps every page as it once was, and the
    /// key lies beside it.
    fn forget(&self) -> Result<(), JournalError> {
        // Who looks at the journal at this moment holds it open; the next one that ends takes both away.
        let held: i64 = self.database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if held != 0 {
            tracing::debug!("another program looks at the journal; what was removed goes with the next one");
        }
        Ok(())
    }

    /// Counts one more failed resolution and gives the new count.
    ///
    /// # Errors
    /// When it cannot be written or there is no such row.
    pub fn count_try(&self, key: &str) -> Result<u32, JournalError> {
        Ok(self.database.query_row(
            "UPDATE qualification_journal SET tries = tries + 1 WHERE key = ?1 RETURNING tries",
            [key],
            |row| row.get(0),
        )?)
    }

    /// Every row, oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn leftovers(&self) -> Result<Vec<Leftover>, JournalError> {
        let mut query = self.database.prepare(
            "SELECT key, kind, path, state, created_at, tries, check_id, sealed, went_on, renews FROM qualification_journal ORDER BY created_at, rowid",
        )?;
        let rows = query.query_map([], |row| {
            let (key, kind, path): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (state, created_at, tries): (String, i64, u32) = (row.get(3)?, row.get(4)?, row.get(5)?);
            let (check_id, sealed, went_on): (Option<String>, Vec<u8>, bool) = (row.get(6)?, row.get(7)?, row.get(8)?);
            let known: Option<Kind> = kind.parse().ok();
            let stage = match state.as_str() {
                "answered" => Stage::Answered { check_id: check_id.unwrap_or_default() },
                _ => Stage::Sent,
            };
            let payload = known.and_then(|kind| self.sealer.open(&sealed, associated(&key, kind, &path).as_bytes()));
            let created_at = Timestamp::from_second(created_at).unwrap_or(Timestamp::UNIX_EPOCH);
            let kind = known.unwrap_or(Kind::Check);
            Ok(Leftover { key, kind, path, stage, created_at, tries, payload, went_on, renews: row.get(9)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Proves that a row can be written, and leaves none.
    ///
    /// # Errors
    /// When it cannot.
    pub fn probe(&self) -> Result<(), JournalError> {
        self.database.execute_batch(
            "BEGIN IMMEDIATE;
             INSERT INTO qualification_journal (key, kind, path, state, created_at, sealed) VALUES ('probe', '', '', 'sent', 0, x'');
             ROLLBACK",
        )?;
        Ok(())
    }
}

/// Adds what a journal of an earlier version lacks.
fn bring_up_to_date(database: &Connection) -> Result<(), JournalError> {
    let known = "SELECT count(*) FROM pragma_table_info('qualification_journal') WHERE name = ?1";
    for (name, form) in [("went_on", "INTEGER NOT NULL DEFAULT 0"), ("renews", "TEXT")] {
        if database.query_row(known, [name], |row| row.get::<_, u32>(0))? == 0 {
            database.execute_batch(&format!("ALTER TABLE qualification_journal ADD COLUMN {name} {form}"))?;
        }
    }
    Ok(())
}

/// Ties a payload to its row, so that rows cannot be swapped.
fn associated(key: &str, kind: Kind, path: &str) -> String {
    format!("{key}\n{}\n{path}", kind.name())
}

#[cfg(test)]
mod tests;
