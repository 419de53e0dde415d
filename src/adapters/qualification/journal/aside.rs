//! Records that were set aside: nobody asks for them any more, and they stay sealed until staff discard them.

use jiff::Timestamp;

use super::{Journal, JournalError};

/// A record that was set aside: of it nothing but codes can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The idempotency key.
    pub key: String,
    /// What it asked.
    pub kind: String,
    /// When it was first sent.
    pub sent_at: Timestamp,
    /// The gateway's name of the check, once answered.
    pub check_id: Option<String>,
    /// The code of the news that staff were told.
    pub why: String,
}

impl Journal {
    /// Takes a row out of what is asked for, and keeps it as it is until staff discard it. `why` is the code of the news.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_aside(&self, key: &str, why: &str) -> Result<(), JournalError> {
        let both = self.database.unchecked_transaction()?;
        both.execute(
            "INSERT OR REPLACE INTO qualification_set_aside (key, kind, path, created_at, check_id, sealed, why)
             SELECT key, kind, path, created_at, check_id, sealed, ?2 FROM qualification_journal WHERE key = ?1",
            [key, why],
        )?;
        both.execute("DELETE FROM qualification_journal WHERE key = ?1", [key])?;
        Ok(both.commit()?)
    }

    /// What was set aside, oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn aside(&self) -> Result<Vec<Aside>, JournalError> {
        let mut query = self.database.prepare(
            "SELECT key, kind, created_at, check_id, why FROM qualification_set_aside ORDER BY created_at, rowid",
        )?;
        let rows = query.query_map([], |row| {
            let sent_at = Timestamp::from_second(row.get(2)?).unwrap_or(Timestamp::UNIX_EPOCH);
            Ok(Aside { key: row.get(0)?, kind: row.get(1)?, sent_at, check_id: row.get(3)?, why: row.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Removes what was set aside under that key; false when there is none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn discard(&self, key: &str) -> Result<bool, JournalError> {
        let gone = self.database.execute("DELETE FROM qualification_set_aside WHERE key = ?1", [key])? == 1;
        self.database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(gone)
    }
}
