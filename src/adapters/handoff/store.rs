//! The drop folder as its writer sees it: one delivery per check, whole files, nothing left of a failure.

use std::fs::{self, TryLockError};
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::japan;
use crate::fault_point;
use crate::ports::Receipt;

use super::config::DropConfig;
use super::form::File;
use super::index::{Beside, Entry, Index};
use super::parcel::Parcel;
use super::pattern::Naming;
use super::place::{Prepared, sync_folder};

/// Names tried for one delivery; more taken ones in a row mean that something else is wrong.
const TRIES: u32 = 100;

/// The open folder.
pub struct Store {
    config: DropConfig,
    index: Index,
    /// Held as long as the store; `None` where the file system knows no locks.
    _lock: Option<fs::File>,
}

/// A file of this kiosk that no receipt computer looks at.
pub fn own_file(config: &DropConfig, suffix: &str) -> PathBuf {
    config.folder.join(format!(".uketsuke-{}.{suffix}", config.terminal_id))
}

impl Store {
    /// Takes the folder, removes what a crash left and reads the index.
    ///
    /// # Errors
    /// The folder is missing, cannot be written, or another program holds it under the same terminal id.
    pub fn open(config: &DropConfig) -> io::Result<Self> {
        let lock = lock(config)?;
        remove_leftovers(config)?;
        let since = forgotten_before(config, Timestamp::now());
        let index = Index::open(own_file(config, "index"), since, |entry, beside| appeared(config, entry, beside))?;
        Ok(Self { config: config.clone(), index, _lock: lock })
    }

    /// Puts one parcel into the folder, or finds that it was put there before.
    ///
    /// # Errors
    /// What the file system says; nothing is left then.
    pub fn deliver(&mut self, parcel: &Parcel) -> io::Result<Receipt> {
        if let Some(entry) = self.index.find(&parcel.check) {
            return Ok(Receipt { file: self.file(&entry.stem, &entry.ending), duplicate: true });
        }
        match parcel.replaces.as_ref().and_then(|check| self.index.find(check)).cloned() {
            Some(earlier) => self.write_anew(parcel, &earlier),
            None => self.write(parcel),
        }
    }

    /// The same reception with other consents: under the name and the identifier of its first file, also when the
    /// receipt computer has taken that one already.
    fn write_anew(&mut self, parcel: &Parcel, earlier: &Entry) -> io::Result<Receipt> {
        let stem = &earlier.stem;
        let (main, beside) = self.prepare(parcel)?;
        for (file, prepared) in parcel.beside.iter().zip(beside) {
            prepared.replace(&self.file(stem, &file.ending))?;
        }
        let file = self.file(stem, &parcel.main.ending);
        main.replace(&file)?;
        sync_folder(&self.config.folder);
        self.index.done(Entry::new(&parcel.check, stem, &parcel.main.ending, Timestamp::now()));
        Ok(Receipt { file, duplicate: false })
    }

    fn file(&self, stem: &str, ending: &str) -> PathBuf {
        file(&self.config, stem, ending)
    }

    fn write(&mut self, parcel: &Parcel) -> io::Result<Receipt> {
        let (config, shown) = (&self.config, japan::civil(parcel.processed_at));
        let (terminal, facility, check) = (config.terminal_id.clone(), config.facility_code.clone(), &parcel.check);
        let naming = Naming { terminal: &terminal, facility: &facility, check, shown };
        for number in 1..=TRIES {
            let stem = self.config.pattern.stem(&naming, number);
            if parcel.files().any(|file| fs::symlink_metadata(self.file(&stem, &file.ending)).is_ok()) {
                continue;
            }
            let entry = Entry::new(&parcel.check, &stem, &parcel.main.ending, Timestamp::now());
            match self.place(&entry, parcel) {
                Ok(file) => {
                    self.index.done(entry);
                    fault_point::reach("handoff", "noted");
                    return Ok(Receipt { file, duplicate: false });
                }
                Err(error) => {
                    self.index.void(&entry);
                    if error.kind() != io::ErrorKind::AlreadyExists {
                        return Err(error);
                    }
                }
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "every file name of this minute is taken"))
    }

    /// Every file is on the disk before the first gets its name; the one that the receipt computer waits for gets it
    /// last.
    fn place(&self, entry: &Entry, parcel: &Parcel) -> io::Result<PathBuf> {
        fault_point::reach("handoff", "before-file");
        let prepared = self.prepare(parcel)?;
        fault_point::reach("handoff", "file-written");
        self.index.begin(entry, parcel.beside.iter().map(Beside::of).collect())?;
        fault_point::reach("handoff", "begun");
        self.claim(entry, parcel, prepared)
    }

    /// Writes and syncs the files under names that nobody watches.
    fn prepare(&self, parcel: &Parcel) -> io::Result<(Prepared, Vec<Prepared>)> {
        let one = |file: &File| Prepared::write(own_file(&self.config, &format!("{}.tmp", file.ending)), &file.bytes);
        Ok((one(&parcel.main)?, parcel.beside.iter().map(one).collect::<io::Result<_>>()?))
    }

    /// Gives the files their names; nothing of them is left when one is taken.
    fn claim(&self, entry: &Entry, parcel: &Parcel, prepared: (Prepared, Vec<Prepared>)) -> io::Result<PathBuf> {
        let (main, beside) = prepared;
        let (name, mut named) = (self.file(&entry.stem, &entry.ending), Vec::new());
        let claimed = parcel.beside.iter().zip(beside).try_for_each(|(file, prepared)| {
            let name = self.file(&entry.stem, &file.ending);
            prepared.claim(&name)?;
            named.push(name);
            fault_point::reach("handoff", "beside-named");
            Ok(())
        });
        if let Err(error) = claimed.and_then(|()| main.claim(&name)) {
            named.iter().try_for_each(fs::remove_file)?;
            return Err(error);
        }
        sync_folder(&self.config.folder);
        fault_point::reach("handoff", "named");
        Ok(name)
    }
}

fn file(config: &DropConfig, stem: &str, ending: &str) -> PathBuf {
    config.folder.join(format!("{stem}.{ending}"))
}

fn forgotten_before(config: &DropConfig, now: Timestamp) -> Timestamp {
    let days = jiff::SignedDuration::from_hours(24 * i64::from(config.remember_days));
    now.checked_sub(days).unwrap_or(Timestamp::MIN)
}

/// Two writers under one terminal id would remove each other's temporary files.
fn lock(config: &DropConfig) -> io::Result<Option<fs::File>> {
    let file = fs::File::options().create(true).truncate(false).write(true).open(own_file(config, "lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::ResourceBusy, "another program delivers under this terminal id"))
        }
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

fn remove_leftovers(config: &DropConfig) -> io::Result<()> {
    let ours = format!(".uketsuke-{}.", config.terminal_id);
    for entry in fs::read_dir(&config.folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&ours) && name.ends_with(".tmp") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether the file of an interrupted delivery is there; if not, those of its own beside it are removed.
fn appeared(config: &DropConfig, entry: &Entry, beside: &[Beside]) -> io::Result<bool> {
    if fs::symlink_metadata(file(config, &entry.stem, &entry.ending)).is_ok() {
        return Ok(true);
    }
    for beside in beside {
        let name = file(config, &entry.stem, &beside.ending);
        if fs::read(&name).is_ok_and(|bytes| beside.holds(&bytes, &entry.check)) {
            fs::remove_file(name)?;
        }
    }
    Ok(false)
}
