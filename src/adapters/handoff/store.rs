//! The drop folder as its writer sees it: one delivery per check, whole files, nothing left of a failure.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::japan;
use crate::fault_point;
use crate::ports::Receipt;

use super::config::DropConfig;
use super::index::{Entry, Index};
use super::json;
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
    _lock: Option<File>,
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
        let index = Index::open(own_file(config, "index"), since, |entry| appeared(config, entry))?;
        Ok(Self { config: config.clone(), index, _lock: lock })
    }

    /// Puts one parcel into the folder, or finds that it was put there before.
    ///
    /// # Errors
    /// What the file system says; nothing is left then.
    pub fn deliver(&mut self, parcel: &Parcel) -> io::Result<Receipt> {
        if let Some(entry) = self.index.find(&parcel.check) {
            return Ok(Receipt { file: self.file(&entry.stem, "xml"), duplicate: true });
        }
        match parcel.replaces.as_ref().and_then(|check| self.index.find(check)).cloned() {
            Some(earlier) => self.write_anew(parcel, &earlier),
            None => self.write(parcel),
        }
    }

    /// The same reception with other consents: under the name and the identifier of its first file, also when the
    /// receipt computer has taken that one already.
    fn write_anew(&mut self, parcel: &Parcel, earlier: &Entry) -> io::Result<Receipt> {
        let (xml, twin) = self.prepare(parcel)?;
        if let Some(twin) = twin {
            twin.replace(&self.file(&earlier.stem, "json"))?;
        }
        let file = self.file(&earlier.stem, "xml");
        xml.replace(&file)?;
        sync_folder(&self.config.folder);
        self.index.done(Entry::new(&parcel.check, &earlier.stem, Timestamp::now()));
        Ok(Receipt { file, duplicate: false })
    }

    fn file(&self, stem: &str, extension: &str) -> PathBuf {
        self.config.folder.join(format!("{stem}.{extension}"))
    }

    fn write(&mut self, parcel: &Parcel) -> io::Result<Receipt> {
        let (config, shown) = (&self.config, japan::civil(parcel.processed_at));
        let (terminal, facility, check) = (config.terminal_id.clone(), config.facility_code.clone(), &parcel.check);
        let naming = Naming { terminal: &terminal, facility: &facility, check, shown };
        for number in 1..=TRIES {
            let stem = self.config.pattern.stem(&naming, number);
            let taken = |extension| fs::symlink_metadata(self.file(&stem, extension)).is_ok();
            if taken("xml") || taken("json") {
                continue;
            }
            let entry = Entry::new(&parcel.check, &stem, Timestamp::now());
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

    /// Both files are on the disk before the first gets its name; the XML file, which the receipt computer waits
    /// for, gets it last.
    fn place(&self, entry: &Entry, parcel: &Parcel) -> io::Result<PathBuf> {
        fault_point::reach("handoff", "before-file");
        let (xml, twin) = self.prepare(parcel)?;
        fault_point::reach("handoff", "file-written");
        self.index.begin(entry)?;
        fault_point::reach("handoff", "begun");
        self.claim(entry, xml, twin)
    }

    /// Writes and syncs the files under names that nobody watches.
    fn prepare(&self, parcel: &Parcel) -> io::Result<(Prepared, Option<Prepared>)> {
        let xml = Prepared::write(own_file(&self.config, "xml.tmp"), &parcel.xml)?;
        let twin = parcel.twin.as_ref();
        let twin = twin.map(|bytes| Prepared::write(own_file(&self.config, "json.tmp"), bytes)).transpose()?;
        Ok((xml, twin))
    }

    /// Gives the files their names.
    fn claim(&self, entry: &Entry, xml: Prepared, twin: Option<Prepared>) -> io::Result<PathBuf> {
        let (name, twin_name) = (self.file(&entry.stem, "xml"), self.file(&entry.stem, "json"));
        let has_twin = twin.is_some();
        if let Some(twin) = twin {
            twin.claim(&twin_name)?;
            fault_point::reach("handoff", "twin-named");
        }
        if let Err(error) = xml.claim(&name) {
            if has_twin {
                fs::remove_file(&twin_name)?;
            }
            return Err(error);
        }
        sync_folder(&self.config.folder);
        fault_point::reach("handoff", "named");
        Ok(name)
    }
}

fn forgotten_before(config: &DropConfig, now: Timestamp) -> Timestamp {
    let days = jiff::SignedDuration::from_hours(24 * i64::from(config.remember_days));
    now.checked_sub(days).unwrap_or(Timestamp::MIN)
}

/// Two writers under one terminal id would remove each other's temporary files.
fn lock(config: &DropConfig) -> io::Result<Option<File>> {
    let file = File::options().create(true).truncate(false).write(true).open(own_file(config, "lock"))?;
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

/// Whether the XML file of an interrupted delivery is there; if not, its twin is removed.
fn appeared(config: &DropConfig, entry: &Entry) -> io::Result<bool> {
    let file = |extension| config.folder.join(format!("{}.{extension}", entry.stem));
    if fs::symlink_metadata(file("xml")).is_ok() {
        return Ok(true);
    }
    let twin = fs::read(file("json")).ok();
    let value = twin.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let is_ours = |v: serde_json::Value| v.get(json::CHECK_ID).and_then(|id| id.as_str()) == Some(&entry.check);
    if value.is_some_and(is_ours) {
        fs::remove_file(file("json"))?;
    }
    Ok(false)
}
