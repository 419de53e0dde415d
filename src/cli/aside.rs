//! What was set aside: files for the receipt computer, records of requests, damaged stores. Staff let them go, nobody else.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::adapters::handoff::spool;
use crate::adapters::qualification::journal::{Aside, Journal};
use crate::adapters::sealed::set_aside_folder;
use crate::config::Config;
use crate::domain::japan;

use super::CliError;

/// Where a kiosk keeps it.
pub struct Place {
    state: PathBuf,
}

/// One thing that was set aside.
pub struct Item {
    /// What `discard` calls it.
    pub name: String,
    /// What it is, for a line.
    pub what: String,
}

fn unusable(what: &str, error: &dyn std::fmt::Display) -> CliError {
    CliError::missing(format!("{what}: {error}"), "run it with the kiosk's account, and see that its disk has room")
}

fn shown(at: Timestamp) -> String {
    japan::civil(at).strftime("%Y-%m-%d %H:%M").to_string()
}

impl Place {
    pub fn of(config: &Config) -> Self {
        Self { state: config.state.folder.clone() }
    }

    fn spool(&self) -> PathBuf {
        self.state.join("spool")
    }

    /// Files, and receptions that are to be announced.
    fn spools(&self) -> [(PathBuf, &'static str); 2] {
        let announced = self.state.join("handoff/announce");
        [(self.spool(), "a file for the receipt computer"), (announced, "a reception to be announced")]
    }

    fn journal(&self) -> Result<Option<Journal>, CliError> {
        let file = self.state.join("journal.sqlite");
        if !file.exists() {
            return Ok(None);
        }
        let opened = Journal::look(&file, &file.with_extension("key"));
        opened.map(Some).map_err(|error| unusable("journal", &error))
    }

    /// Everything that was set aside.
    pub fn list(&self) -> Result<Vec<Item>, CliError> {
        let mut items = Vec::new();
        for (folder, what) in self.spools() {
            for (name, slip) in spool::aside(&folder).map_err(|error| unusable("spool", &error))? {
                items.push(Item { name, what: format!("{what}, kept {}", shown(slip.kept_at)) });
            }
        }
        if let Some(journal) = self.journal()? {
            let records = journal.aside().map_err(|error| unusable("journal", &error))?;
            items.extend(records.into_iter().map(record));
        }
        for name in damaged(&self.spool()) {
            items.push(Item { name, what: "a damaged store".into() });
        }
        Ok(items)
    }

    /// Puts a file back among those that wait; false when there is none of that name.
    pub fn take_back(&self, name: &str) -> Result<bool, CliError> {
        self.in_one_spool(|folder| spool::take_back(folder, name))
    }

    fn in_one_spool(&self, does: impl Fn(&Path) -> std::io::Result<bool>) -> Result<bool, CliError> {
        for (folder, _) in self.spools() {
            if does(&folder).map_err(|error| unusable("spool", &error))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Lets it go for good; false when there is nothing of that name.
    pub fn discard(&self, name: &str) -> Result<bool, CliError> {
        if self.in_one_spool(|folder| spool::discard(folder, name))? {
            return Ok(true);
        }
        if let Some(journal) = self.journal()?
            && journal.discard(name).map_err(|error| unusable("journal", &error))?
        {
            return Ok(true);
        }
        if !damaged(&self.spool()).iter().any(|known| known == name) {
            return Ok(false);
        }
        let folder = set_aside_folder(&self.spool());
        for ending in ["", "-wal", "-shm"] {
            let file = folder.join(format!("{name}{ending}"));
            if file.exists() {
                std::fs::remove_file(file).map_err(|error| unusable("set aside", &error))?;
            }
        }
        Ok(true)
    }
}

fn record(aside: Aside) -> Item {
    let Aside { key, kind, sent_at, check_id, why } = aside;
    let check = check_id.map(|id| format!(", check {id}")).unwrap_or_default();
    Item { name: key, what: format!("the record of a {kind}, sent {}{check}, {why}", shown(sent_at)) }
}

/// Databases that could not be read.
fn damaged(store: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(set_aside_folder(store)).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> =
        names.filter(|name| name.contains(".sqlite") && !name.ends_with("-wal") && !name.ends_with("-shm")).collect();
    names.sort();
    names
}
