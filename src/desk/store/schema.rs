//! The tables of SQLite, and how a file of an earlier version gets them.

use rusqlite::{Connection, Error, ffi};

/// One step a version; a step that has been published never changes.
const STEPS: [&str; 1] = [FIRST];

const FIRST: &str = "
CREATE TABLE entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT, terminal TEXT NOT NULL, number INTEGER, at INTEGER NOT NULL, payload BLOB NOT NULL,
    UNIQUE (terminal, number)
) STRICT;
CREATE INDEX entries_at ON entries (at);
CREATE TABLE kiosks (terminal TEXT PRIMARY KEY, through INTEGER NOT NULL) STRICT;
CREATE TABLE users (name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE sessions (
    id BLOB PRIMARY KEY, owner TEXT NOT NULL, csrf TEXT NOT NULL, began INTEGER NOT NULL, used INTEGER NOT NULL
) STRICT;
CREATE TABLE tries (whose TEXT PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
";

/// Carries out the steps that the file has not seen, each whole or not at all.
pub(super) fn bring_up_to_date(database: &mut Connection) -> rusqlite::Result<()> {
    let seen: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if seen as usize > STEPS.len() {
        let reason = format!("the file is of version {seen}, this program knows {}", STEPS.len());
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_MISMATCH), Some(reason)));
    }
    for (version, step) in (1..).zip(STEPS).filter(|(version, _)| *version > seen) {
        let transaction = database.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}
