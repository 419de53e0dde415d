//! The tables, and how a file of an earlier version gets them.

use rusqlite::{Connection, Error, ffi};

/// One step a version; a step that has been published never changes.
pub(super) const STEPS: [&str; 3] = [FIRST, WITHOUT_CARD, INQUIRIES];

const FIRST: &str = "
CREATE TABLE IF NOT EXISTS challenges (
    id TEXT PRIMARY KEY, nonce BLOB NOT NULL, facility TEXT NOT NULL, terminal TEXT NOT NULL,
    expires_at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS checks (
    id TEXT PRIMARY KEY, challenge_id TEXT NOT NULL UNIQUE, facility TEXT NOT NULL, terminal TEXT NOT NULL,
    person TEXT, takes_consents INTEGER NOT NULL, notices TEXT NOT NULL, check_date TEXT NOT NULL,
    created_at INTEGER NOT NULL, body TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS consents (
    check_id TEXT NOT NULL REFERENCES checks (id), scope TEXT NOT NULL, granted INTEGER NOT NULL,
    granted_at INTEGER NOT NULL, PRIMARY KEY (check_id, scope)
) STRICT;
CREATE TABLE IF NOT EXISTS registrations (
    person TEXT PRIMARY KEY, registered_at INTEGER NOT NULL, terms_version TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS idempotency (
    scope TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL, created_at INTEGER NOT NULL,
    status INTEGER, location TEXT, body BLOB, PRIMARY KEY (scope, key)
) STRICT;
";

/// Checks without a card have no challenge; batches, the clinics' own numbers, forms of prescription.
const WITHOUT_CARD: &str = "
CREATE TABLE checks_2 (
    id TEXT PRIMARY KEY, challenge_id TEXT UNIQUE, facility TEXT NOT NULL, terminal TEXT NOT NULL,
    person TEXT, takes_consents INTEGER NOT NULL, notices TEXT NOT NULL, check_date TEXT NOT NULL,
    created_at INTEGER NOT NULL, body TEXT, paper_prescription INTEGER
) STRICT;
INSERT INTO checks_2 SELECT *, NULL FROM checks;
DROP TABLE checks;
ALTER TABLE checks_2 RENAME TO checks;
CREATE TABLE batches (
    id TEXT PRIMARY KEY, facility TEXT NOT NULL, created_at INTEGER NOT NULL, status BLOB NOT NULL, results BLOB NOT NULL
) STRICT;
CREATE TABLE reference_numbers (person TEXT PRIMARY KEY, number TEXT NOT NULL) STRICT;
";

/// Inquiries that found a card unregistered, for the registration that may follow.
const INQUIRIES: &str = "
CREATE TABLE inquiries (
    challenge_id TEXT PRIMARY KEY, facility TEXT NOT NULL, terminal TEXT NOT NULL, person TEXT NOT NULL,
    created_at INTEGER NOT NULL, registered INTEGER NOT NULL DEFAULT 0
) STRICT;
";

/// Carries out the steps that the file has not seen, each whole or not at all.
pub(super) fn bring_up_to_date(database: &mut Connection) -> rusqlite::Result<()> {
    let seen: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let steps = (1..).zip(STEPS);
    if seen as usize > STEPS.len() {
        let reason = format!("the file is of version {seen}, this program knows {}", STEPS.len());
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_MISMATCH), Some(reason)));
    }
    // A table that is replaced is dropped for a moment while others point at it.
    database.pragma_update(None, "foreign_keys", "OFF")?;
    for (version, step) in steps.filter(|(version, _)| *version > seen) {
        let transaction = database.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    database.pragma_update(None, "foreign_keys", "ON")
}
