//! How many wrong codes in a row were typed, kept through every restart: counted before a code is compared, so that
//! nobody gains a try by pulling the plug.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::domain::staff::WRONG_AT_MOST;

/// The file that holds the count.
#[derive(Debug, Clone)]
pub struct CountedTries {
    path: PathBuf,
}

impl CountedTries {
    /// Keeps the count in the file at `path`.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Wrong codes in a row so far. A count that cannot be read stands for as many as close the entry.
    pub fn wrong(&self) -> u32 {
        let read = match std::fs::read_to_string(&self.path) {
            Ok(text) => text.trim().parse().map_err(|_| "it holds no number".to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.to_string()),
        };
        read.unwrap_or_else(|cause| {
            tracing::error!("{}: {cause}; the staff entry is closed for a while", self.path.display());
            WRONG_AT_MOST
        })
    }

    /// Puts that count in the place of the one before.
    ///
    /// # Errors
    /// When it cannot be made to last.
    pub fn set(&self, wrong: u32) -> std::io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(wrong.to_string().as_bytes()).and_then(|()| file.as_file().sync_all())?;
        file.persist(&self.path).map(drop).map_err(|error| error.error)
    }
}
