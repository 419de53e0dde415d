//! Registrations, and inquiries that found a card unregistered: what they said may be followed by a registration.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{KeyScope, NewCheck, Store, instant, store_reply, use_challenge};
use crate::listening::reply::Reply;

/// An inquiry that found a card unregistered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInquiry {
    /// The challenge that the card answered.
    pub challenge_id: String,
    /// Whose card.
    pub person: String,
    pub created_at: Timestamp,
}

/// What a registration ends.
pub enum Awaiting<'a> {
    /// A check that was refused as not registered, with its answer.
    Check(&'a NewCheck),
    /// An inquiry that found the card unregistered.
    Inquiry(&'a OpenInquiry),
}

impl Store {
    /// Uses the challenge up, keeps in mind whose unregistered card asked, and stores the answer, all or nothing; false
    /// when the challenge was used up meanwhile.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish_inquiry(
        &mut self,
        scope: &KeyScope,
        (facility, terminal): (&str, &str),
        inquiry: &OpenInquiry,
        reply: &Reply,
    ) -> rusqlite::Result<bool> {
        let transaction = self.0.transaction()?;
        if !use_challenge(&transaction, &inquiry.challenge_id)? {
            return Ok(false);
        }
        transaction.execute(
            "INSERT INTO inquiries (challenge_id, facility, terminal, person, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![inquiry.challenge_id, facility, terminal, inquiry.person, inquiry.created_at.as_millisecond()],
        )?;
        store_reply(&transaction, scope, reply)?;
        transaction.commit()?;
        Ok(true)
    }

    /// The inquiry of this terminal under that challenge, as long as no registration followed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_inquiry(
        &self,
        challenge_id: &str,
        (facility, terminal): (&str, &str),
    ) -> rusqlite::Result<Option<OpenInquiry>> {
        let query = "SELECT person, created_at FROM inquiries
                     WHERE challenge_id = ?1 AND facility = ?2 AND terminal = ?3 AND registered = 0";
        let read = |row: &rusqlite::Row<'_>| {
            let (person, created_at) = (row.get(0)?, instant(row.get(1)?));
            Ok(OpenInquiry { challenge_id: challenge_id.to_owned(), person, created_at })
        };
        self.0.query_row(query, params![challenge_id, facility, terminal], read).optional()
    }

    /// Records a registration, ends what waited for it and stores the answer, all or nothing; false when it was ended
    /// meanwhile.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish_registration(
        &mut self,
        scope: &KeyScope,
        terms_version: &str,
        awaiting: &Awaiting<'_>,
        reply: &Reply,
        now: Timestamp,
    ) -> rusqlite::Result<bool> {
        let transaction = self.0.transaction()?;
        let (ended, person) = match awaiting {
            Awaiting::Check(check) => {
                let query = "UPDATE checks SET body = ?2, takes_consents = ?3 WHERE id = ?1 AND body IS NULL";
                let ended = transaction.execute(query, params![check.id, check.body, check.takes_consents])?;
                (ended, check.person.as_ref())
            }
            Awaiting::Inquiry(inquiry) => {
                let query = "UPDATE inquiries SET registered = 1 WHERE challenge_id = ?1 AND registered = 0";
                (transaction.execute(query, [&inquiry.challenge_id])?, Some(&inquiry.person))
            }
        };
        if ended != 1 {
            return Ok(false);
        }
        transaction.execute(
            "INSERT OR IGNORE INTO registrations (person, registered_at, terms_version) VALUES (?1, ?2, ?3)",
            params![person, now.as_millisecond(), terms_version],
        )?;
        store_reply(&transaction, scope, reply)?;
        transaction.commit()?;
        Ok(true)
    }

    /// Whether the person's card was registered here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_registered(&self, person: &str) -> rusqlite::Result<bool> {
        self.0.query_row("SELECT count(*) FROM registrations WHERE person = ?1", [person], |row| {
            Ok(row.get::<_, i64>(0)? > 0)
        })
    }

    /// When the person's card was registered here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn registered_at(&self, person: &str) -> rusqlite::Result<Option<Timestamp>> {
        let query = "SELECT registered_at FROM registrations WHERE person = ?1";
        self.0.query_row(query, [person], |row| row.get(0).map(instant)).optional()
    }
}
