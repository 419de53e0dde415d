//! The head: which line was the last one, so that a cut tail is noticed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::adapters::sealed::private;

use super::chain::{Chain, Link, hex, unhex};

/// The last line that was written and synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub number: u64,
    pub last: Link,
}

/// What the head's file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// This, and it is genuine.
    Head(Head),
    /// There is no such file.
    Missing,
    /// It was changed, or is of another key.
    Foreign,
}

fn file(folder: &Path) -> PathBuf {
    folder.join("head")
}

/// Reads the head.
///
/// # Errors
/// What the file system says.
pub fn read(folder: &Path, chain: &Chain) -> io::Result<Found> {
    let text = match fs::read_to_string(file(folder)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(Found::Foreign),
        Err(error) => return Err(error),
    };
    let mut parts = text.split_whitespace();
    let number = parts.next().and_then(|digits| digits.parse().ok());
    let (last, mac) = (parts.next().and_then(unhex), parts.next().and_then(unhex));
    Ok(match (number, last, mac) {
        (Some(number), Some(last), Some(mac)) if chain.head(number, last) == mac => Found::Head(Head { number, last }),
        _ => Found::Foreign,
    })
}

/// Writes the head anew, whole or not at all.
///
/// # Errors
/// What the file system says; the head of before is then still there.
pub fn write(folder: &Path, chain: &Chain, head: Head) -> io::Result<()> {
    let temp = folder.join("head.tmp");
    let mut out = private().create(true).truncate(true).write(true).open(&temp)?;
    writeln!(out, "{} {} {}", head.number, hex(head.last), hex(chain.head(head.number, head.last)))?;
    out.sync_all()?;
    fs::rename(temp, file(folder))
}
