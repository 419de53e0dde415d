//! The audit log's witness in the journal's database: what is removed with the log's folder, head and key is still known here.

use std::io;
use std::path::PathBuf;

use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension};

use crate::adapters::database;
use crate::ports::AuditWitness;

/// Remembers in that database how far the audit log had come.
pub struct JournalWitness {
    file: PathBuf,
    open: Mutex<Option<Connection>>,
}

impl JournalWitness {
    /// The database of the journal; a missing one is made with the first line that is told.
    pub fn new(file: PathBuf) -> Self {
        Self { file, open: Mutex::new(None) }
    }

    fn with<T>(&self, use_it: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> io::Result<T> {
        let mut open = self.open.lock();
        let database = match open.take() {
            Some(database) => database,
            None => self.opened().map_err(io::Error::other)?,
        };
        let result = use_it(&database);
        if result.is_ok() {
            *open = Some(database);
        }
        result.map_err(io::Error::other)
    }

    fn opened(&self) -> rusqlite::Result<Connection> {
        let database = database::connect(&self.file)?;
        let table = "CREATE TABLE IF NOT EXISTS audit_witness (one INTEGER PRIMARY KEY CHECK (one = 1), seen TEXT NOT NULL) STRICT";
        database.execute_batch(table)?;
        Ok(database)
    }
}

impl AuditWitness for JournalWitness {
    fn recall(&self) -> io::Result<Option<String>> {
        if !self.file.exists() {
            return Ok(None);
        }
        self.with(|database| {
            database.query_row("SELECT seen FROM audit_witness WHERE one = 1", [], |row| row.get(0)).optional()
        })
    }

    fn remember(&self, said: &str) -> io::Result<()> {
        self.with(|database| {
            database.execute("INSERT OR REPLACE INTO audit_witness (one, seen) VALUES (1, ?1)", [said]).map(drop)
        })
    }

    fn name(&self) -> String {
        "the journal's database".into()
    }
}
