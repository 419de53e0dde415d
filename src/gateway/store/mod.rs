//! The gateway's memory: challenges, checks, consents, inquiries, registrations and stored answers, in SQLite.

mod bulk;
mod inquiry;
mod schema;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::adapters::qualification::contract::PrescriptionForm;
use crate::listening::reply::Reply;

pub use inquiry::{Awaiting, OpenInquiry};

/// Where an idempotency key is counted: one terminal and one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyScope {
    /// `facility/terminal path`.
    pub scope: String,
    /// The client's key.
    pub key: String,
}

/// What is known of a key.
pub enum KeyState {
    /// New; now marked as running.
    Fresh,
    /// Answered before.
    Replay(Reply),
    /// The first request is still running.
    Running,
    /// Used for another body.
    Reused,
}

/// A check to record.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// UUID.
    pub id: String,
    /// Facility that asked.
    pub facility: String,
    /// Terminal that asked.
    pub terminal: String,
    /// Synthetic person, if the certificate is somebody's.
    pub person: Option<String>,
    /// Whether it can take consents.
    pub takes_consents: bool,
    /// The certificate's standing when it was refused as not registered, for the registration to come.
    pub notices: Vec<String>,
    /// 資格確認日.
    pub check_date: String,
    /// The answer; `None` when refused as not registered.
    pub body: Option<String>,
}

/// A recorded check.
#[derive(Debug, Clone)]
pub struct StoredCheck {
    /// As recorded.
    pub check: NewCheck,
    pub created_at: Timestamp,
}

/// One recorded consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredConsent {
    pub scope: String,
    /// Given or refused.
    pub granted: bool,
    pub granted_at: Timestamp,
}

/// The database.
pub struct Store(Connection);

impl Store {
    /// Opens a file, or memory; forgets requests that were running when the gateway last stopped.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(file: Option<&Path>) -> rusqlite::Result<Self> {
        let mut database = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        database.busy_timeout(std::time::Duration::from_secs(2))?;
        database.pragma_update(None, "journal_mode", "WAL")?;
        schema::bring_up_to_date(&mut database)?;
        database.execute("DELETE FROM idempotency WHERE status IS NULL", [])?;
        Ok(Self(database))
    }

    /// Records a fresh challenge; forgets challenges and inquiries after a day, idempotency keys after two.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_challenge(
        &self,
        id: &str,
        nonce: &[u8],
        (facility, terminal): (&str, &str),
        now: Timestamp,
        expires_at: Timestamp,
    ) -> rusqlite::Result<()> {
        const DAY: i64 = 86_400_000;
        self.0.execute("DELETE FROM challenges WHERE expires_at < ?1", [now.as_millisecond() - DAY])?;
        self.0.execute("DELETE FROM idempotency WHERE created_at < ?1", [now.as_millisecond() - 2 * DAY])?;
        self.0.execute("DELETE FROM inquiries WHERE created_at < ?1", [now.as_millisecond() - DAY])?;
        self.0.execute(
            "INSERT INTO challenges (id, nonce, facility, terminal, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, nonce, facility, terminal, expires_at.as_millisecond()],
        )?;
        Ok(())
    }

    /// The nonce of a challenge that this terminal may still use.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn nonce(
        &self,
        id: &str,
        (facility, terminal): (&str, &str),
        now: Timestamp,
    ) -> rusqlite::Result<Option<Vec<u8>>> {
        let query = "SELECT nonce FROM challenges
                     WHERE id = ?1 AND facility = ?2 AND terminal = ?3 AND used = 0 AND expires_at > ?4";
        self.0.query_row(query, params![id, facility, terminal, now.as_millisecond()], |row| row.get(0)).optional()
    }

    /// Looks a key up and, when it is new, marks it as running.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, scope: &KeyScope, fingerprint: &[u8], now: Timestamp) -> rusqlite::Result<KeyState> {
        let transaction = self.0.transaction()?;
        let query = "SELECT fingerprint, status, location, body FROM idempotency WHERE scope = ?1 AND key = ?2";
        let found = transaction
            .query_row(query, params![scope.scope, scope.key], |row| {
                let known: Vec<u8> = row.get(0)?;
                let status: Option<u16> = row.get(1)?;
                let (location, body): (Option<String>, Option<Vec<u8>>) = (row.get(2)?, row.get(3)?);
                Ok((known, status.map(|status| Reply::stored(status, location, body.unwrap_or_default()))))
            })
            .optional()?;
        let state = match found {
            Some((known, _)) if known != fingerprint => KeyState::Reused,
            Some((_, Some(reply))) => KeyState::Replay(reply),
            Some((_, None)) => KeyState::Running,
            None => {
                transaction.execute(
                    "INSERT INTO idempotency (scope, key, fingerprint, created_at) VALUES (?1, ?2, ?3, ?4)",
                    params![scope.scope, scope.key, fingerprint, now.as_millisecond()],
                )?;
                KeyState::Fresh
            }
        };
        transaction.commit()?;
        Ok(state)
    }

    /// Forgets a running key whose request had no effect.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn abandon(&self, scope: &KeyScope) -> rusqlite::Result<()> {
        let query = "DELETE FROM idempotency WHERE scope = ?1 AND key = ?2 AND status IS NULL";
        self.0.execute(query, params![scope.scope, scope.key])?;
        Ok(())
    }

    /// Uses the challenge up, if there is one, records the check and stores the answer, all or nothing; false when the
    /// challenge was used up meanwhile.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish_check(
        &mut self,
        scope: &KeyScope,
        challenge_id: Option<&str>,
        check: Option<&NewCheck>,
        reply: &Reply,
        now: Timestamp,
    ) -> rusqlite::Result<bool> {
        let transaction = self.0.transaction()?;
        if let Some(id) = challenge_id
            && !use_challenge(&transaction, id)?
        {
            return Ok(false);
        }
        if let Some(check) = check {
            insert_check(&transaction, challenge_id, check, now)?;
        }
        store_reply(&transaction, scope, reply)?;
        transaction.commit()?;
        Ok(true)
    }

    /// A check of this facility.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn check(&self, id: &str, facility: &str) -> rusqlite::Result<Option<StoredCheck>> {
        self.one_check("WHERE id = ?1 AND facility = ?2", params![id, facility])
    }

    /// The check of this terminal that was refused as not registered under that challenge.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn refused_check(
        &self,
        challenge_id: &str,
        (facility, terminal): (&str, &str),
    ) -> rusqlite::Result<Option<StoredCheck>> {
        let clause = "WHERE challenge_id = ?1 AND facility = ?2 AND terminal = ?3 AND body IS NULL";
        self.one_check(clause, params![challenge_id, facility, terminal])
    }

    fn one_check(&self, clause: &str, values: &[&dyn rusqlite::ToSql]) -> rusqlite::Result<Option<StoredCheck>> {
        let columns = "id, facility, terminal, person, takes_consents, notices, check_date, created_at, body";
        let query = format!("SELECT {columns} FROM checks {clause}");
        let read = |row: &rusqlite::Row<'_>| {
            let notices: String = row.get(5)?;
            let check = NewCheck {
                id: row.get(0)?,
                facility: row.get(1)?,
                terminal: row.get(2)?,
                person: row.get(3)?,
                takes_consents: row.get(4)?,
                notices: notices.split_whitespace().map(str::to_owned).collect(),
                check_date: row.get(6)?,
                body: row.get(8)?,
            };
            Ok(StoredCheck { check, created_at: instant(row.get(7)?) })
        };
        self.0.query_row(&query, values, read).optional()
    }

    /// The consents of a check, by scope.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn consents(&self, check_id: &str) -> rusqlite::Result<Vec<StoredConsent>> {
        let mut query =
            self.0.prepare("SELECT scope, granted, granted_at FROM consents WHERE check_id = ?1 ORDER BY scope")?;
        let rows = query.query_map([check_id], |row| {
            Ok(StoredConsent { scope: row.get(0)?, granted: row.get(1)?, granted_at: instant(row.get(2)?) })
        })?;
        rows.collect()
    }

    /// The form of prescription chosen with the consents of a check.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn prescription(&self, check_id: &str) -> rusqlite::Result<Option<PrescriptionForm>> {
        let query = "SELECT paper_prescription FROM checks WHERE id = ?1";
        let paper: Option<bool> = self.0.query_row(query, [check_id], |row| row.get(0))?;
        Ok(paper.map(|paper| if paper { PrescriptionForm::Paper } else { PrescriptionForm::Electronic }))
    }

    /// Records the consents of a check, all or nothing.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add_consents(
        &mut self,
        check_id: &str,
        consents: &[StoredConsent],
        prescription: Option<PrescriptionForm>,
    ) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        let paper = prescription.map(|form| form == PrescriptionForm::Paper);
        transaction.execute("UPDATE checks SET paper_prescription = ?2 WHERE id = ?1", params![check_id, paper])?;
        for consent in consents {
            transaction.execute(
                "INSERT INTO consents (check_id, scope, granted, granted_at) VALUES (?1, ?2, ?3, ?4)",
                params![check_id, consent.scope, consent.granted, consent.granted_at.as_millisecond()],
            )?;
        }
        transaction.commit()
    }

    /// How many checks have an answer, how many consents and registrations are recorded.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn counts(&self) -> rusqlite::Result<(u32, u32, u32)> {
        let query = "SELECT (SELECT count(*) FROM checks WHERE body IS NOT NULL), (SELECT count(*) FROM consents),
                     (SELECT count(*) FROM registrations)";
        self.0.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }
}

/// Uses a challenge up; false when it was before.
fn use_challenge(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<bool> {
    Ok(transaction.execute("UPDATE challenges SET used = 1 WHERE id = ?1 AND used = 0", [id])? == 1)
}

fn insert_check(
    transaction: &Transaction<'_>,
    challenge_id: Option<&str>,
    check: &NewCheck,
    now: Timestamp,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO checks (id, challenge_id, facility, terminal, person, takes_consents, notices, check_date, created_at, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            check.id,
            challenge_id,
            check.facility,
            check.terminal,
            check.person,
            check.takes_consents,
            check.notices.join(" "),
            check.check_date,
            now.as_millisecond(),
            check.body
        ],
    )?;
    Ok(())
}

fn store_reply(transaction: &Transaction<'_>, scope: &KeyScope, reply: &Reply) -> rusqlite::Result<()> {
    transaction.execute(
        "UPDATE idempotency SET status = ?3, location = ?4, body = ?5 WHERE scope = ?1 AND key = ?2",
        params![scope.scope, scope.key, reply.status, reply.location, reply.body],
    )?;
    Ok(())
}

fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests;
