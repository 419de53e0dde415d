//! A folder that others write into as well: nothing in it is opened through a link, by a name that could be guessed, or
//! unless it is a plain file, and no opening of it waits for somebody.

#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};

#[cfg(unix)]
pub use unix::{Ground, group_number};
#[cfg(not(unix))]
pub use windows::{Ground, group_number};

/// What lies at a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// Nothing.
    Nothing,
    /// A plain file.
    File {
        /// It belongs to the account of the kiosk.
        own: bool,
    },
    /// A symbolic link, wherever it leads.
    Link,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A folder.
    Folder,
    /// A device, or what this system alone knows.
    Other,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Thing::Nothing => "nothing",
            Thing::File { own: true } => "a file",
            Thing::File { own: false } => "a file of another account",
            Thing::Link => "a symbolic link",
            Thing::Pipe => "a named pipe",
            Thing::Socket => "a socket",
            Thing::Folder => "a folder",
            Thing::Other => "no plain file",
        })
    }
}

/// Who may read what comes out; the account of the kiosk may always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Permission bits, whatever the process masks.
    pub mode: u32,
    /// Number of the group; the folder's own without it.
    pub group: Option<u32>,
}

impl Access {
    /// The kiosk's account alone.
    pub const PRIVATE: Self = Self { mode: 0o600, group: None };
}

/// A name that nobody can foresee.
pub fn unforeseen() -> io::Result<String> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(format!("no randomness: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Ground {
    /// Writes and syncs a new file; nothing is left of a failure.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, else what the file system says.
    pub fn write_new(&self, name: &str, bytes: &[u8], access: Access) -> io::Result<()> {
        let mut file = self.create(name, access)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        drop(file);
        written.inspect_err(|_| {
            if let Err(error) = self.remove(name) {
                tracing::warn!(%error, "a half-written file of the handoff stays until the next start");
            }
        })
    }

    /// What a plain file holds; `None` when there is none, or one longer than `longest` bytes.
    ///
    /// # Errors
    /// What the file system says.
    pub fn read(&self, name: &str, longest: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = self.open_plain(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        File::take(file, longest + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= longest))
    }
}
