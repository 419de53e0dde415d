//! Files of the kiosk's own folders that appear whole or not at all, and never over another one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::adapters::sealed::private;

/// A file written and synced under a name nobody watches; removed again unless it is claimed.
pub struct Prepared {
    temp: PathBuf,
    claimed: bool,
}

impl Prepared {
    /// Writes `bytes` to `temp`, which must lie in the kiosk's own folder, the one of the later name.
    ///
    /// # Errors
    /// What the file system says; nothing is left then.
    pub fn write_private(temp: PathBuf, bytes: &[u8]) -> io::Result<Self> {
        let file = private().create(true).truncate(true).write(true).open(&temp)?;
        Self::fill(temp, file, |file| file.write_all(bytes))
    }

    fn fill(temp: PathBuf, mut file: File, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<Self> {
        // From here on dropping it removes the file.
        let prepared = Self { temp, claimed: false };
        fill(&mut file)?;
        file.sync_all()?;
        Ok(prepared)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// `AlreadyExists` when the name is taken, else what the file system says; nothing is left in either case.
    pub fn claim(self, name: &Path) -> io::Result<()> {
        match fs::hard_link(&self.temp, name) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // No hard links here (FAT, some shares): the name is this kiosk's alone, so looking first is enough.
            Err(_) => {}
        }
        if fs::symlink_metadata(name).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.replace(name)
    }

    /// Gives the file its name, over a file that had it.
    ///
    /// # Errors
    /// What the file system says; the other file is then still there.
    pub fn replace(mut self, name: &Path) -> io::Result<()> {
        fs::rename(&self.temp, name)?;
        self.claimed = true;
        Ok(())
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if !self.claimed
            && let Err(error) = fs::remove_file(&self.temp)
        {
            tracing::warn!(%error, "a temporary file of the handoff stays until the next start");
        }
    }
}

/// Makes the names of a folder durable, where the system can.
pub fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Err(error) = File::open(folder).and_then(|f| f.sync_all()) {
        tracing::warn!(%error, "the drop folder cannot be synced");
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let mut names: Vec<_> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_taken_name_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = folder.path().join("a.xml");
        fs::write(&name, "old").expect("written");
        let prepared = Prepared::write_private(folder.path().join(".t.tmp"), b"new").expect("prepared");
        assert_eq!(prepared.claim(&name).expect_err("taken").kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&name).expect("read"), b"old");
        assert_eq!(names(folder.path()), ["a.xml"]);
    }

    #[test]
    fn a_full_disk_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let temp = folder.path().join(".t.tmp");
        let full = Prepared::fill(temp.clone(), File::create(&temp).expect("made"), |file| {
            file.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(full.is_err());
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn a_claimed_file_is_the_only_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let prepared = Prepared::write_private(folder.path().join(".t.tmp"), b"new").expect("prepared");
        prepared.claim(&folder.path().join("a.xml")).expect("claimed");
        assert_eq!(names(folder.path()), ["a.xml"]);
        assert_eq!(fs::read(folder.path().join("a.xml")).expect("read"), b"new");
    }
}
