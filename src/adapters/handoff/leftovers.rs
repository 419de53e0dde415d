//! What an earlier run left: temporary files, half deliveries, and the files of versions before this one.

use std::io;
use std::path::Path;

use crate::adapters::sealed::private;

use super::config::DropConfig;
use super::ground::{Access, Ground, Thing, unforeseen};
use super::index::{Beside, Entry, digest};
use super::placing::{Arrival, TEMPORARY};
use super::store::{Grounds, LONGEST};

/// The list of deliveries, in the kiosk's own folder.
pub const INDEX: &str = "index";

/// The kiosk's sign in temporary names, in its own folder.
const MARK: &str = "mark";

/// Longest list that a version before this one can have left.
const LONGEST_INDEX: u64 = 64 << 20;

/// What this kiosk's temporary names in a shared folder start with: known to it alone, so that it removes no others.
pub struct Mark(String);

impl Mark {
    /// The sign that is kept in that folder of the kiosk's own, made when it is missing.
    ///
    /// # Errors
    /// When its own folder cannot be used.
    pub fn of(own: &Path) -> io::Result<Self> {
        let own = Ground::open(own)?;
        let known = own.read(MARK, 64)?.and_then(|bytes| String::from_utf8(bytes).ok());
        let sign = match known.filter(|sign| sign.len() == 24 && sign.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(sign) => sign,
            None => {
                let sign = unforeseen()?;
                if own.thing(MARK)? != Thing::Nothing {
                    own.remove(MARK)?;
                }
                own.write_new(MARK, sign.as_bytes(), Access::PRIVATE)?;
                sign
            }
        };
        Ok(Self(format!(".uketsuke-{sign}-")))
    }

    /// What its temporary names start with.
    pub fn prefix(&self) -> &str {
        &self.0
    }
}

/// Removes temporary files of earlier runs, and takes over what versions before this one kept in the drop folder.
///
/// # Errors
/// What the file system says.
pub fn remove(config: &DropConfig, grounds: &Grounds, mark: &Mark) -> io::Result<()> {
    for name in names(&grounds.own)?.filter(|name| name.ends_with(TEMPORARY)) {
        grounds.own.remove(&name)?;
    }
    for folder in std::iter::once(&grounds.folder).chain(&grounds.beside) {
        for name in names(folder)?.filter(|name| name.starts_with(mark.prefix()) && name.ends_with(TEMPORARY)) {
            if matches!(folder.thing(&name)?, Thing::File { .. }) {
                folder.remove(&name)?;
            }
        }
    }
    from_before(config, &grounds.folder)
}

/// Earlier versions kept index, lock and temporary files in the drop folder, under these names. They could be foreseen, so
/// only a plain file of this account with no second name is believed to be one.
fn from_before(config: &DropConfig, folder: &Ground) -> io::Result<()> {
    let old = |suffix: &str| format!(".uketsuke-{}.{suffix}", config.terminal_id);
    let index = config.own.join(INDEX);
    if !index.exists()
        && folder.is_own_alone(&old("index"))?
        && let Some(bytes) = folder.read(&old("index"), LONGEST_INDEX)?
    {
        let file = private().create_new(true).write(true).open(&index);
        file.and_then(|mut file| io::Write::write_all(&mut file, &bytes))?;
    }
    for suffix in ["index", "lock", "xml.tmp", "json.tmp", "index.tmp", "index.index.tmp", "probe.tmp"] {
        let name = old(suffix);
        if folder.is_own_alone(&name)? {
            folder.remove(&name)?;
        }
    }
    Ok(())
}

fn names(folder: &Ground) -> io::Result<impl Iterator<Item = String>> {
    Ok(folder.names()?.into_iter().filter_map(|name| name.into_string().ok()))
}

/// Whether the file at a name is one that was delivered: by what it holds, or, where that was not noted, by its account.
///
/// # Errors
/// What the file system says.
pub fn is_known(folder: &Ground, name: &str, sha256: Option<&str>) -> io::Result<bool> {
    match sha256 {
        Some(sha256) => Ok(folder.read(name, LONGEST)?.is_some_and(|bytes| digest(&bytes) == sha256)),
        None => Ok(folder.thing(name)? == Thing::File { own: true }),
    }
}

/// Whether the file of an interrupted delivery is there; if not, those of its own beside it are removed.
///
/// # Errors
/// What the file system says.
pub fn appeared(config: &DropConfig, grounds: &Grounds, entry: &Entry, beside: &[Beside]) -> io::Result<bool> {
    let name = entry.name();
    if is_known(&grounds.folder, &name, entry.sha256.as_deref())? {
        return Ok(true);
    }
    // Of a file that is written under its name a part can be there.
    if config.arrival == Arrival::Write && grounds.folder.is_own_alone(&name)? {
        grounds.folder.remove(&name)?;
    }
    for beside in beside {
        let name = beside.name.clone().unwrap_or_else(|| format!("{}.{}", entry.stem, beside.ending));
        let folder = if config.is_beside(&beside.ending) { grounds.beside() } else { &grounds.folder };
        if folder.read(&name, LONGEST)?.is_some_and(|bytes| beside.holds(&bytes, &entry.check)) {
            folder.remove(&name)?;
        }
    }
    Ok(false)
}
