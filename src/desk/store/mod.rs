//! What a desk keeps: the log of the day, people who may log in, their sessions, how often somebody guessed.
//!
//! One trait, an adapter for the small site (SQLite in a file) and one for several servers. What is of patients comes here sealed
//! and goes at the end of the day. The log is all there is of a day: the page's board is folded from it.
//! Calls block: servers make them on threads for blocking work.

mod schema;
mod sqlite;

use jiff::Timestamp;

pub use self::sqlite::SqliteStore;

/// Why the store does not serve.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A value that no table can hold.
    #[error("a number is too large to be kept")]
    TooLarge,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place; rises, and none is given twice.
    pub position: u64,
    /// The kiosk that it is of.
    pub terminal: String,
    /// The kiosk's own number of it; `None` for what was done at the desk.
    pub number: Option<u64>,
    /// When the desk took it in.
    pub at: Timestamp,
    /// Sealed.
    pub payload: Vec<u8>,
}

/// Somebody who may log in.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Names the person in the audit and on the page.
    pub name: String,
    /// By the name of the closed list.
    pub role: String,
    /// Argon2id, in the PHC form.
    pub hash: String,
}

/// One log-in.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of what the browser holds.
    pub id: [u8; 32],
    /// Whose it is; empty before anybody has logged in.
    pub user: String,
    /// What forms must bring along.
    pub csrf: String,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used by hand.
    pub used: Timestamp,
}

/// How often somebody guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// Wrong ones in a row, this one among them.
    pub count: u32,
    /// When the one before was.
    pub before: Option<Timestamp>,
}

/// What a desk keeps.
pub trait Store: Send + Sync {
    /// Takes a kiosk's events in, each once: those with a number that was kept before are left out. The highest number kept
    /// of that kiosk.
    ///
    /// # Errors
    /// When they cannot be kept; none of them is then.
    fn append(&self, terminal: &str, at: Timestamp, events: &[(u64, Vec<u8>)]) -> Result<u64, StoreError>;

    /// Adds what was done at the desk.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn append_act(&self, terminal: &str, at: Timestamp, payload: &[u8]) -> Result<(), StoreError>;

    /// The entries after a place, at most so many, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    fn after(&self, position: u64, most: u32) -> Result<Vec<Entry>, StoreError>;

    /// Removes what was taken in before a moment; how many. Numbers of kiosks stay known.
    ///
    /// # Errors
    /// When it cannot be removed.
    fn wipe_before(&self, moment: Timestamp) -> Result<u64, StoreError>;

    /// Adds somebody, or changes role and password.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn set_user(&self, user: &User) -> Result<(), StoreError>;

    /// Everybody, by name.
    ///
    /// # Errors
    /// When they cannot be read.
    fn users(&self) -> Result<Vec<User>, StoreError>;

    /// Takes somebody out, with the sessions; false when nobody has the name.
    ///
    /// # Errors
    /// When it cannot be written.
    fn remove_user(&self, name: &str) -> Result<bool, StoreError>;

    /// Begins a session.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn begin_session(&self, session: &Session) -> Result<(), StoreError>;

    /// The session with that name.
    ///
    /// # Errors
    /// When it cannot be read.
    fn session(&self, id: &[u8; 32]) -> Result<Option<Session>, StoreError>;

    /// Notes that a session was used.
    ///
    /// # Errors
    /// When it cannot be written.
    fn use_session(&self, id: &[u8; 32], at: Timestamp) -> Result<(), StoreError>;

    /// Ends a session.
    ///
    /// # Errors
    /// When it cannot be written.
    fn end_session(&self, id: &[u8; 32]) -> Result<(), StoreError>;

    /// Ends every session that was last used before a moment.
    ///
    /// # Errors
    /// When it cannot be written.
    fn end_sessions_before(&self, moment: Timestamp) -> Result<u64, StoreError>;

    /// Counts a try before it is judged, so that nobody gains one by a restart.
    ///
    /// # Errors
    /// When it cannot be counted; then nothing may be tried.
    fn count_try(&self, whose: &str, at: Timestamp) -> Result<Tries, StoreError>;

    /// Wrong ones in a row and when the last was, without counting.
    ///
    /// # Errors
    /// When it cannot be read.
    fn tries(&self, whose: &str) -> Result<Option<(u32, Timestamp)>, StoreError>;

    /// Begins to count anew.
    ///
    /// # Errors
    /// When it cannot be written.
    fn forget_tries(&self, whose: &str) -> Result<(), StoreError>;
}
