//! Audit port: lines of JSON, each bound to the one before by a keyed hash.
//!
//! Lines of JSON and no database: they are only ever appended, any tool reads them, a vendor can copy a day of them, and
//! a damaged byte costs one line. Each line carries HMAC-SHA-256 over the hash before it and its own text. Whoever has
//! not the key, which lies in a file of its own, can neither change, swap nor remove a line; a sealed head beside the
//! files remembers the last one, so that a cut tail is noticed. Files change with the day and with their size, and the
//! chain goes on from one to the next. No file goes by itself: somebody lets the oldest go, which itself is an entry. What was
//! ever gone of lines, head or key stays a break for ever, and witnesses elsewhere have seen how far the log had come.

mod chain;
mod files;
mod head;
mod line;
mod log;
#[cfg(test)]
mod tests;
mod verify;
mod witness;
mod writer;

pub use log::{AuditConfig, AuditLog, AuditStartError};
pub use verify::{Break, Verified, VerifyError, lines, newest, verify};
pub use witness::FileWitness;
pub use writer::{WriteError, Writer};
