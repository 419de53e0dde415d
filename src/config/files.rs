//! The sections `[queue]` and `[audit]`: what lies on disks, where, and for how long.

use std::path::PathBuf;

use serde::Deserialize;

use super::place;

/// Offline queue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Queue {
    /// Days on which an entry is tried before it is set aside for staff.
    pub keep_days: u16,
}

impl Default for Queue {
    fn default() -> Self {
        Self { keep_days: 7 }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuditLog {
    /// Its folder; without it `audit` below the state folder. Its key lies beside it unless `key` names another place.
    #[serde(default, deserialize_with = "place::maybe")]
    pub folder: Option<PathBuf>,
    /// The file of its key.
    #[serde(default, deserialize_with = "place::maybe")]
    pub key: Option<PathBuf>,
    /// A file outside that sees how far the log has come.
    #[serde(default, deserialize_with = "place::maybe")]
    pub witness: Option<PathBuf>,
    /// Days after which its files may be let go; nothing removes them by itself.
    pub keep_days: u16,
    /// Mebibytes after which a new file is begun.
    pub max_mib: u16,
}

impl Default for AuditLog {
    fn default() -> Self {
        Self { folder: None, key: None, witness: None, keep_days: 1_095, max_mib: 8 }
    }
}

/// Whether every span lies in its range.
///
/// # Errors
/// The first one that does not.
pub(super) fn check(queue: &Queue, audit: &AuditLog) -> Result<(), &'static str> {
    if !(1..=7_300).contains(&audit.keep_days) || !(1..=1_024).contains(&audit.max_mib) {
        return Err("audit: keep_days lies between 1 and 7300, max_mib between 1 and 1024");
    }
    if !(1..=90).contains(&queue.keep_days) {
        return Err("queue: keep_days lies between 1 and 90");
    }
    Ok(())
}
