//! The drop folder as its writer sees it: one delivery per check, whole files, nothing left of a failure.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::PathBuf;

use crate::domain::failure::Failure;
use crate::domain::qualification::Validity;
use crate::fault_point;
use crate::ports::{DeliveryOrder, Receipt};

use super::config::DropConfig;
use super::document::document;
use super::index::{Entry, Index};
use super::names::JAPAN;
use super::place::{Prepared, sync_folder};
use super::{json, xml};

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
        let index = Index::open(own_file(config, "index"), |entry| appeared(config, entry))?;
        Ok(Self { config: config.clone(), index, _lock: lock })
    }

    /// Whether that may be handed over at all, whatever the folder is like.
    ///
    /// # Errors
    /// `NotConfirmed` unless the answer is valid, `GatewayAnswerInvalid` when it is valid without any insurance or id.
    pub fn accepts(order: &DeliveryOrder) -> Result<(), Failure> {
        if order.answer.validity != Validity::Valid {
            return Err(Failure::NotConfirmed);
        }
        if order.answer.qualifications.is_empty() || order.answer.check_id.is_empty() {
            return Err(Failure::GatewayAnswerInvalid);
        }
        Ok(())
    }

    /// Writes one accepted delivery, or finds the earlier one.
    ///
    /// # Errors
    /// `HandoffUnwritable` when it cannot be written; nothing is left then.
    pub fn deliver(&mut self, order: &DeliveryOrder) -> Result<Receipt, Failure> {
        if let Some(entry) = self.index.find(&order.answer.check_id) {
            return Ok(Receipt { file: self.file(&entry.stem, "xml"), duplicate: true });
        }
        let earlier = order.replaces.as_ref().and_then(|check| self.index.find(check)).cloned();
        let written = match earlier {
            Some(earlier) => self.write_anew(order, &earlier),
            None => self.write(order),
        };
        written.map_err(|error| super::drop_folder::unwritable(&error))
    }

    /// The same reception with other consents: under the name and the identifier of its first file, also when the
    /// receipt computer has taken that one already.
    fn write_anew(&mut self, order: &DeliveryOrder, earlier: &Entry) -> io::Result<Receipt> {
        let tree = document(order, &self.config.facility_code, self.config.encoding);
        let xml = Prepared::write(own_file(&self.config, "xml.tmp"), &xml::bytes(&tree, self.config.encoding)?)?;
        if self.config.json_twin {
            let twin = json::bytes(order, &self.config)?;
            let twin = Prepared::write(own_file(&self.config, "json.tmp"), &twin)?;
            twin.replace(&self.file(&earlier.stem, "json"))?;
        }
        let file = self.file(&earlier.stem, "xml");
        xml.replace(&file)?;
        sync_folder(&self.config.folder);
        self.index.done(Entry { check: order.answer.check_id.clone(), stem: earlier.stem.clone() });
        Ok(Receipt { file, duplicate: false })
    }

    fn file(&self, stem: &str, extension: &str) -> PathBuf {
        self.config.folder.join(format!("{stem}.{extension}"))
    }

    fn write(&mut self, order: &DeliveryOrder) -> io::Result<Receipt> {
        let tree = document(order, &self.config.facility_code, self.config.encoding);
        let xml = xml::bytes(&tree, self.config.encoding)?;
        let twin = self.config.json_twin.then(|| json::bytes(order, &self.config)).transpose()?;
        let shown = JAPAN.to_datetime(order.answer.processed_at);
        for number in 1..=TRIES {
            let stem = self.config.pattern.stem(&self.config.terminal_id, shown, number);
            let taken = |extension| fs::symlink_metadata(self.file(&stem, extension)).is_ok();
            if taken("xml") || taken("json") {
                continue;
            }
            let entry = Entry { check: order.answer.check_id.clone(), stem };
            match self.place(&entry, &xml, twin.as_deref()) {
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
    fn place(&self, entry: &Entry, xml: &[u8], twin: Option<&[u8]>) -> io::Result<PathBuf> {
        fault_point::reach("handoff", "before-file");
        let prepared = Prepared::write(own_file(&self.config, "xml.tmp"), xml)?;
        let twin = twin.map(|bytes| Prepared::write(own_file(&self.config, "json.tmp"), bytes)).transpose()?;
        fault_point::reach("handoff", "file-written");
        self.index.begin(entry)?;
        fault_point::reach("handoff", "begun");
        let (name, twin_name) = (self.file(&entry.stem, "xml"), self.file(&entry.stem, "json"));
        let has_twin = twin.is_some();
        if let Some(twin) = twin {
            twin.claim(&twin_name)?;
            fault_point::reach("handoff", "twin-named");
        }
        if let Err(error) = prepared.claim(&name) {
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
