//! The store of a small site: one file.

use std::path::Path;

use jiff::Timestamp;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::{Entry, Session, Store, StoreError, Tries, User, schema};
use crate::adapters::database;

/// A database in a file.
pub struct SqliteStore(Mutex<Connection>);

impl SqliteStore {
    /// Opens or makes the file; a damaged one is set aside and said so in the log.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let mut opened = database::open(file)?.database;
        schema::bring_up_to_date(&mut opened)?;
        Ok(Self(Mutex::new(opened)))
    }
}

impl Store for SqliteStore {
    fn append(&self, terminal: &str, at: Timestamp, events: &[(u64, Vec<u8>)]) -> Result<u64, StoreError> {
        let mut database = self.0.lock();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let query = "SELECT through FROM kiosks WHERE terminal = ?1";
        let known: Option<i64> = transaction.query_row(query, [terminal], |row| row.get(0)).optional()?;
        let known = known.unwrap_or(0);
        let mut through = known;
        for (number, payload) in events {
            let number = i64::try_from(*number).map_err(|_| StoreError::TooLarge)?;
            if number > through {
                let insert = "INSERT INTO entries (terminal, number, at, payload) VALUES (?1, ?2, ?3, ?4)";
                transaction.execute(insert, params![terminal, number, at.as_millisecond(), payload])?;
                through = number;
            }
        }
        if through > known {
            let keep = "INSERT INTO kiosks (terminal, through) VALUES (?1, ?2)
                        ON CONFLICT (terminal) DO UPDATE SET through = excluded.through";
            transaction.execute(keep, params![terminal, through])?;
        }
        transaction.commit()?;
        u64::try_from(through).map_err(|_| StoreError::TooLarge)
    }

    fn append_act(&self, terminal: &str, at: Timestamp, payload: &[u8]) -> Result<(), StoreError> {
        let insert = "INSERT INTO entries (terminal, at, payload) VALUES (?1, ?2, ?3)";
        self.0.lock().execute(insert, params![terminal, at.as_millisecond(), payload])?;
        Ok(())
    }

    fn after(&self, position: u64, most: u32) -> Result<Vec<Entry>, StoreError> {
        let position = i64::try_from(position).map_err(|_| StoreError::TooLarge)?;
        let database = self.0.lock();
        let query = "SELECT position, terminal, number, at, payload FROM entries WHERE position > ?1 ORDER BY position LIMIT ?2";
        let mut statement = database.prepare_cached(query)?;
        let rows = statement.query_map(params![position, most], entry)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn wipe_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        let database = self.0.lock();
        let gone = database.execute("DELETE FROM entries WHERE at < ?1", [moment.as_millisecond()])?;
        if gone > 0 {
            // What was deleted is overwritten in the file, not in what SQLite keeps beside it.
            database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(gone as u64)
    }

    fn set_user(&self, user: &User) -> Result<(), StoreError> {
        let set = "INSERT INTO users (name, role, hash) VALUES (?1, ?2, ?3)
                   ON CONFLICT (name) DO UPDATE SET role = excluded.role, hash = excluded.hash";
        let mut database = self.0.lock();
        let transaction = database.transaction()?;
        transaction.execute(set, params![user.name, user.role, user.hash])?;
        // Whoever had the old password is out.
        transaction.execute("DELETE FROM sessions WHERE owner = ?1", [&user.name])?;
        Ok(transaction.commit()?)
    }

    fn users(&self) -> Result<Vec<User>, StoreError> {
        let database = self.0.lock();
        let mut statement = database.prepare_cached("SELECT name, role, hash FROM users ORDER BY name")?;
        let user = |row: &Row<'_>| Ok(User { name: row.get(0)?, role: row.get(1)?, hash: row.get(2)? });
        let rows = statement.query_map([], user)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn remove_user(&self, name: &str) -> Result<bool, StoreError> {
        let mut database = self.0.lock();
        let transaction = database.transaction()?;
        transaction.execute("DELETE FROM sessions WHERE owner = ?1", [name])?;
        let gone = transaction.execute("DELETE FROM users WHERE name = ?1", [name])?;
        transaction.commit()?;
        Ok(gone > 0)
    }

    fn begin_session(&self, session: &Session) -> Result<(), StoreError> {
        let insert = "INSERT INTO sessions (id, owner, csrf, began, used) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (began, used) = (session.began.as_millisecond(), session.used.as_millisecond());
        self.0.lock().execute(insert, params![session.id, session.user, session.csrf, began, used])?;
        Ok(())
    }

    fn session(&self, id: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let query = "SELECT owner, csrf, began, used FROM sessions WHERE id = ?1";
        let session = |row: &Row<'_>| {
            let (began, used) = (instant(row.get(2)?), instant(row.get(3)?));
            Ok(Session { id: *id, user: row.get(0)?, csrf: row.get(1)?, began, used })
        };
        Ok(self.0.lock().query_row(query, [id], session).optional()?)
    }

    fn use_session(&self, id: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
        self.0.lock().execute("UPDATE sessions SET used = ?2 WHERE id = ?1", params![id, at.as_millisecond()])?;
        Ok(())
    }

    fn end_session(&self, id: &[u8; 32]) -> Result<(), StoreError> {
        self.0.lock().execute("DELETE FROM sessions WHERE id = ?1", [id])?;
        Ok(())
    }

    fn end_sessions_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        let gone = self.0.lock().execute("DELETE FROM sessions WHERE used < ?1", [moment.as_millisecond()])?;
        Ok(gone as u64)
    }

    fn count_try(&self, whose: &str, at: Timestamp) -> Result<Tries, StoreError> {
        let mut database = self.0.lock();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = last_try(&transaction, whose)?;
        let count = before.map_or(0, |(count, _)| count).saturating_add(1);
        let keep = "INSERT INTO tries (whose, count, last) VALUES (?1, ?2, ?3)
                    ON CONFLICT (whose) DO UPDATE SET count = excluded.count, last = excluded.last";
        transaction.execute(keep, params![whose, count, at.as_millisecond()])?;
        transaction.commit()?;
        Ok(Tries { count, before: before.map(|(_, at)| at) })
    }

    fn tries(&self, whose: &str) -> Result<Option<(u32, Timestamp)>, StoreError> {
        last_try(&self.0.lock(), whose)
    }

    fn forget_tries(&self, whose: &str) -> Result<(), StoreError> {
        self.0.lock().execute("DELETE FROM tries WHERE whose = ?1", [whose])?;
        Ok(())
    }
}

fn last_try(database: &Connection, whose: &str) -> Result<Option<(u32, Timestamp)>, StoreError> {
    let query = "SELECT count, last FROM tries WHERE whose = ?1";
    Ok(database.query_row(query, [whose], |row| Ok((row.get(0)?, instant(row.get(1)?)))).optional()?)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let position: i64 = row.get(0)?;
    let number: Option<i64> = row.get(2)?;
    Ok(Entry {
        position: position.unsigned_abs(),
        terminal: row.get(1)?,
        number: number.map(i64::unsigned_abs),
        at: instant(row.get(3)?),
        payload: row.get(4)?,
    })
}

fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
