//! The files of a log: `audit-000001-20261120.jsonl`, numbered, with the day in Japan on which each was begun.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    /// Its place in the order.
    pub number: u64,
    /// The day it was begun.
    pub day: Date,
    /// Where it lies.
    pub path: PathBuf,
}

impl LogFile {
    /// The file of that number and day.
    pub fn new(folder: &Path, number: u64, day: Date) -> Self {
        let name = format!("audit-{number:06}-{:04}{:02}{:02}.jsonl", day.year(), day.month(), day.day());
        Self { number, day, path: folder.join(name) }
    }

    fn parse(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_prefix("audit-")?.strip_suffix(".jsonl")?;
        let (number, day) = name.split_once('-')?;
        let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i16>().ok();
        let (month, of_month) = (i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?);
        Some(Self { number: number.parse().ok()?, day: Date::new(part(0..4)?, month, of_month).ok()?, path })
    }
}

/// All files of a log, oldest first; none when the folder is missing.
///
/// # Errors
/// What the file system says.
pub fn all(folder: &Path) -> io::Result<Vec<LogFile>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        files.extend(LogFile::parse(entry?.path()));
    }
    files.sort_by_key(|file| file.number);
    Ok(files)
}
