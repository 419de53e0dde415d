//! Batches and the clinics' own patient numbers.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{KeyScope, Store, store_reply};
use crate::adapters::qualification::contract::{Batch, BatchResults};
use crate::listening::reply::Reply;

/// How long the results of a batch are kept.
const BATCH_LIFE: SignedDuration = SignedDuration::from_hours(24);

impl Store {
    /// Records a batch with its results and stores the answer, all or nothing; forgets batches of yesterday.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish_batch(
        &mut self,
        scope: &KeyScope,
        facility: &str,
        batch: &Batch,
        results: &BatchResults,
        reply: &Reply,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        let unwritable = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
        let status = serde_json::to_vec(batch).map_err(unwritable)?;
        let results = serde_json::to_vec(results).map_err(unwritable)?;
        let transaction = self.0.transaction()?;
        let oldest = (now - BATCH_LIFE).as_millisecond();
        transaction.execute("DELETE FROM batches WHERE created_at < ?1", [oldest])?;
        transaction.execute(
            "INSERT INTO batches (id, facility, created_at, status, results) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![batch.batch_id, facility, now.as_millisecond(), status, results],
        )?;
        store_reply(&transaction, scope, reply)?;
        transaction.commit()
    }

    /// Status and results of a batch of this facility, as written.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn batch(&self, id: &str, facility: &str) -> rusqlite::Result<Option<(Vec<u8>, Vec<u8>)>> {
        let query = "SELECT status, results FROM batches WHERE id = ?1 AND facility = ?2";
        self.0.query_row(query, [id, facility], |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }

    /// Records the clinic's own number of a person and stores the answer, all or nothing.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish_reference(
        &mut self,
        scope: &KeyScope,
        person: &str,
        number: &str,
        reply: &Reply,
    ) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        transaction.execute(
            "INSERT INTO reference_numbers (person, number) VALUES (?1, ?2)
             ON CONFLICT (person) DO UPDATE SET number = excluded.number",
            [person, number],
        )?;
        store_reply(&transaction, scope, reply)?;
        transaction.commit()
    }

    /// The clinic's own number of a person.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn reference_number(&self, person: &str) -> rusqlite::Result<Option<String>> {
        let query = "SELECT number FROM reference_numbers WHERE person = ?1";
        self.0.query_row(query, [person], |row| row.get(0)).optional()
    }
}
