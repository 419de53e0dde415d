//! The sections `[handoff]`, `[queue]` and `[audit]`: what lies on disks, where, and for how long.

use std::path::PathBuf;

use serde::Deserialize;

/// Files for the receipt computer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handoff {
    /// Drop folder.
    pub folder: PathBuf,
    /// Character code of the XML.
    #[serde(default)]
    pub encoding: Encoding,
    /// Whether a JSON twin lies beside each XML.
    #[serde(default = "super::yes")]
    pub json: bool,
    /// File names; the official pattern without it.
    pub pattern: Option<String>,
    /// Days for which a delivered check is remembered, so that it is never delivered again.
    #[serde(default = "remember_days")]
    pub remember_days: u16,
    /// Days for which a file waits in the kiosk for a drop folder that does not take it.
    #[serde(default = "spool_days")]
    pub spool_days: u16,
}

impl Handoff {
    /// Shift_JIS with a JSON twin and official names, in that folder.
    pub fn into_folder(folder: PathBuf) -> Self {
        let (encoding, pattern) = (Encoding::default(), None);
        let (remember_days, spool_days) = (remember_days(), spool_days());
        Self { folder, encoding, json: true, pattern, remember_days, spool_days }
    }
}

fn remember_days() -> u16 {
    30
}

fn spool_days() -> u16 {
    7
}

/// Character code of the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Encoding {
    /// CP932.
    #[default]
    #[serde(rename = "shift_jis")]
    ShiftJis,
    #[serde(rename = "utf-8")]
    Utf8,
}

/// Offline queue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Queue {
    /// Days after which an entry is wiped, whatever became of it.
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
    pub folder: Option<PathBuf>,
    /// The file of its key.
    pub key: Option<PathBuf>,
    /// Days for which its files are kept.
    pub keep_days: u16,
    /// Mebibytes after which a new file is begun.
    pub max_mib: u16,
}

impl Default for AuditLog {
    fn default() -> Self {
        Self { folder: None, key: None, keep_days: 1_095, max_mib: 8 }
    }
}

/// Whether every span lies in its range.
///
/// # Errors
/// The first one that does not.
pub(super) fn check(handoff: &Handoff, queue: &Queue, audit: &AuditLog) -> Result<(), &'static str> {
    if !(1..=3650).contains(&handoff.remember_days) || !(1..=365).contains(&handoff.spool_days) {
        return Err("handoff: remember_days lies between 1 and 3650, spool_days between 1 and 365");
    }
    if !(1..=7_300).contains(&audit.keep_days) || !(1..=1_024).contains(&audit.max_mib) {
        return Err("audit: keep_days lies between 1 and 7300, max_mib between 1 and 1024");
    }
    if !(1..=90).contains(&queue.keep_days) {
        return Err("queue: keep_days lies between 1 and 90");
    }
    Ok(())
}
