//! The same where folders have no handles for this: by path, with what the system can refuse by itself.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Access, Thing};

/// A folder.
#[derive(Debug)]
pub struct Ground(PathBuf);

/// There are no groups of this kind here: rights come from the folder.
///
/// # Errors
/// Always.
pub fn group_number(group: &str) -> io::Result<u32> {
    let why = format!("`group` ({group:?}) is for Linux; give the receipt computer's account rights on the folder");
    Err(io::Error::new(io::ErrorKind::Unsupported, why))
}

impl Ground {
    /// The folder at a path.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() { Ok(Self(path.to_owned())) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// A new file, empty and open for writing; until it is closed nobody else can open it.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, else what the file system says.
    pub fn create(&self, name: &str, _: Access) -> io::Result<File> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
        options.open(self.0.join(name))
    }

    /// A plain file, open for reading; `None` when anything else or nothing lies there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open_plain(&self, name: &str) -> io::Result<Option<File>> {
        let is_file = matches!(self.thing(name)?, Thing::File { .. });
        if is_file { File::open(self.0.join(name)).map(Some) } else { Ok(None) }
    }

    /// What lies at a name; whose it is, is not known.
    ///
    /// # Errors
    /// What the file system says.
    pub fn thing(&self, name: &str) -> io::Result<Thing> {
        let found = match fs::symlink_metadata(self.0.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Thing::Nothing),
            found => found?,
        };
        Ok(match found.file_type() {
            kind if kind.is_symlink() => Thing::Link,
            kind if kind.is_dir() => Thing::Folder,
            kind if kind.is_file() => Thing::File { own: true },
            _ => Thing::Other,
        })
    }

    /// Whether a plain file lies there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn is_own_alone(&self, name: &str) -> io::Result<bool> {
        Ok(matches!(self.thing(name)?, Thing::File { .. }))
    }

    /// Gives a file of the folder `from` a further name here.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, else what the file system says.
    pub fn link(&self, from: &Self, old: &str, name: &str) -> io::Result<()> {
        fs::hard_link(from.0.join(old), self.0.join(name))
    }

    /// Renames a file of the folder, never over anything.
    ///
    /// # Errors
    /// `AlreadyExists` when anything lies at the name, else what the file system says.
    pub fn rename_new(&self, old: &str, name: &str) -> io::Result<()> {
        // The system's own renaming writes over files; names of this kiosk are its own, so looking first is enough.
        if self.thing(name)? != Thing::Nothing {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(self.0.join(old), self.0.join(name))
    }

    /// Moves a file of the folder `from` over what lies at the name here.
    ///
    /// # Errors
    /// What the file system says.
    pub fn replace(&self, from: &Self, old: &str, name: &str) -> io::Result<()> {
        fs::rename(from.0.join(old), self.0.join(name))
    }

    /// Removes a name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// Every name of the folder.
    ///
    /// # Errors
    /// What the file system says.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        fs::read_dir(&self.0)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
    }

    /// The system does that by itself.
    pub fn sync(&self) {}
}
