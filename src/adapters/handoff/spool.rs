//! Files that wait for the drop folder: one sealed file each, in the order of the receptions.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};

use crate::adapters::sealed::{SealError, Sealer, lock, make_folder};

use super::parcel::Parcel;
use super::place::{Prepared, sync_folder};

const ENDING: &str = "parcel";

/// Of files that cannot be opened.
const ASIDE: &str = "unreadable";

/// Why the spool cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The file system.
    #[error("spool: {0}")]
    Io(#[from] io::Error),
    /// The key, or the sealing with it.
    #[error("spool {0}")]
    Seal(#[from] SealError),
    /// Sealed with another key, or changed.
    #[error("spool: a file was changed or sealed with another key")]
    Foreign,
}

/// One file of the spool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its place in the order.
    number: u64,
    /// When it was kept, to the second.
    pub kept_at: Timestamp,
    /// The check it is of; empty when it cannot be read.
    pub check: String,
}

impl Slip {
    fn name(number: u64, kept_at: Timestamp) -> String {
        format!("{number:012}-{}.{ENDING}", kept_at.as_second())
    }

    fn parse(name: &str) -> Option<Self> {
        let (number, second) = name.strip_suffix(ENDING)?.strip_suffix('.')?.split_once('-')?;
        let kept_at = Timestamp::from_second(second.parse().ok()?).ok()?;
        Some(Self { number: number.parse().ok()?, kept_at, check: String::new() })
    }
}

/// The spool of one kiosk.
pub struct Spool {
    folder: PathBuf,
    sealer: Sealer,
    next: AtomicU64,
    /// Held as long as the spool; `None` where the file system knows no locks.
    _lock: Option<File>,
}

impl Spool {
    /// Opens or makes the spool; with what waits in it, oldest first. What was set aside before that moment is removed.
    ///
    /// # Errors
    /// When the folder or its key cannot be used, or another program holds it.
    pub fn open(folder: &Path, forget_before: Timestamp) -> Result<(Self, VecDeque<Slip>), SpoolError> {
        make_folder(folder)?;
        // Two programs would deliver the same files.
        let lock = lock(folder)?;
        let sealer = Sealer::with_key_file(&folder.with_extension("key"))?;
        remove_unfinished(folder, forget_before)?;
        let mut slips = slips(folder)?;
        let next = AtomicU64::new(slips.last().map_or(1, |slip| slip.number + 1));
        let spool = Self { folder: folder.to_owned(), sealer, next, _lock: lock };
        for slip in &mut slips {
            match spool.load(slip) {
                Ok(parcel) => slip.check = parcel.check,
                Err(error) => tracing::error!(%error, number = slip.number, "a kept file cannot be read"),
            }
        }
        Ok((spool, slips.into()))
    }

    fn path(&self, slip: &Slip) -> PathBuf {
        self.folder.join(Slip::name(slip.number, slip.kept_at))
    }

    /// Keeps a parcel, sealed and synced: from here on it survives a power cut.
    ///
    /// # Errors
    /// When it cannot be written; nothing is left then.
    pub fn keep(&self, parcel: &Parcel, at: Timestamp) -> Result<Slip, SpoolError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let slip = Slip { number, kept_at: at, check: parcel.check.clone() };
        let name = Slip::name(number, at);
        let sealed = self.sealer.seal(&parcel.pack()?, name.as_bytes())?;
        let temp = self.folder.join(format!("{number:012}.tmp"));
        Prepared::write_private(temp, &sealed)?.claim(&self.folder.join(name))?;
        sync_folder(&self.folder);
        Ok(slip)
    }

    /// The parcel of a slip.
    ///
    /// # Errors
    /// When it cannot be read or opened.
    pub fn load(&self, slip: &Slip) -> Result<Parcel, SpoolError> {
        let sealed = fs::read(self.path(slip))?;
        let name = Slip::name(slip.number, slip.kept_at);
        let packed = self.sealer.open(&sealed, name.as_bytes()).ok_or(SpoolError::Foreign)?;
        Parcel::unpack(&packed).ok_or(SpoolError::Foreign)
    }

    /// Forgets a parcel: it was delivered, or given up.
    ///
    /// # Errors
    /// When it cannot be removed; it is then found delivered at the next start.
    pub fn remove(&self, slip: &Slip) -> io::Result<()> {
        fs::remove_file(self.path(slip))?;
        sync_folder(&self.folder);
        Ok(())
    }

    /// Puts a file that cannot be opened aside, so that it does not stand in the way of the others.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn set_aside(&self, slip: &Slip) -> io::Result<()> {
        let path = self.path(slip);
        fs::rename(&path, path.with_extension(ASIDE))
    }
}

fn remove_unfinished(folder: &Path, forget_before: Timestamp) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
        let kept_at =
            || Slip::parse(&path.with_extension(ENDING).file_name()?.to_string_lossy()).map(|slip| slip.kept_at);
        let old = ending == ASIDE && kept_at().is_none_or(|kept_at| kept_at < forget_before);
        if ending == "tmp" || old {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn slips(folder: &Path) -> io::Result<Vec<Slip>> {
    let mut slips = Vec::new();
    for entry in fs::read_dir(folder)? {
        slips.extend(Slip::parse(&entry?.file_name().to_string_lossy()));
    }
    slips.sort_by_key(|slip| slip.number);
    Ok(slips)
}

/// How many files wait there and how old the oldest is, for a mere look beside a running kiosk.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn survey(folder: &Path, now: Timestamp) -> io::Result<(usize, SignedDuration)> {
    let slips = match slips(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        slips => slips?,
    };
    let oldest = slips.iter().map(|slip| slip.kept_at).min().unwrap_or(now);
    Ok((slips.len(), now.duration_since(oldest)))
}

#[cfg(test)]
mod tests {
    use super::super::form::File;
    use super::*;

    fn parcel(check: &str) -> Parcel {
        let file = |ending: &str, text: &str| File { ending: ending.into(), bytes: text.as_bytes().to_vec().into() };
        let (main, beside) = (file("xml", "<a>佐倉\n</a>"), vec![file("json", "佐倉")]);
        Parcel { check: check.into(), replaces: None, processed_at: Timestamp::UNIX_EPOCH, main, beside }
    }

    #[test]
    fn what_waits_comes_back_in_order_and_is_sealed() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let (spool, waiting) = Spool::open(&folder, Timestamp::UNIX_EPOCH).expect("opened");
        assert!(waiting.is_empty());
        for check in ["b", "a", "c"] {
            spool.keep(&parcel(check), Timestamp::UNIX_EPOCH).expect("kept");
        }
        assert!(matches!(Spool::open(&folder, Timestamp::UNIX_EPOCH), Err(SpoolError::Io(_))), "one program at a time");
        drop(spool);
        let (spool, waiting) = Spool::open(&folder, Timestamp::UNIX_EPOCH).expect("opened again");
        assert_eq!(waiting.iter().map(|slip| slip.check.as_str()).collect::<Vec<_>>(), ["b", "a", "c"]);
        let first = spool.load(&waiting[0]).expect("loaded");
        assert!(first.main == parcel("b").main && first.beside == parcel("b").beside);
        assert_eq!(survey(&folder, Timestamp::UNIX_EPOCH).expect("a look").0, 3);
        for entry in fs::read_dir(&folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            let bytes = fs::read(&path).expect("read");
            assert!(!bytes.windows(6).any(|w| w == "佐倉".as_bytes()));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600, "{path:?}");
            }
        }
        spool.remove(&waiting[0]).expect("removed");
        drop(spool);
        assert_eq!(Spool::open(&folder, Timestamp::UNIX_EPOCH).expect("opened").1.len(), 2);
    }

    #[test]
    fn a_changed_or_swapped_file_is_noticed_and_can_be_set_aside() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let (spool, _) = Spool::open(&folder, Timestamp::UNIX_EPOCH).expect("opened");
        let slips = ["a", "b"].map(|check| spool.keep(&parcel(check), Timestamp::UNIX_EPOCH).expect("kept"));
        fs::copy(spool.path(&slips[1]), spool.path(&slips[0])).expect("exchanged");
        assert!(matches!(spool.load(&slips[0]), Err(SpoolError::Foreign)));
        spool.set_aside(&slips[0]).expect("set aside");
        drop(spool);
        let (_, waiting) = Spool::open(&folder, Timestamp::UNIX_EPOCH).expect("opened");
        assert_eq!(waiting.iter().map(|slip| slip.check.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn what_was_set_aside_does_not_stay_for_ever() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let (spool, _) = Spool::open(&folder, Timestamp::UNIX_EPOCH).expect("opened");
        let day = |n: i64| Timestamp::from_second(n * 86_400).expect("a day");
        for n in [1, 2] {
            let slip = spool.keep(&parcel("a"), day(n)).expect("kept");
            spool.set_aside(&slip).expect("set aside");
        }
        drop(spool);
        drop(Spool::open(&folder, day(2)).expect("opened"));
        let aside = |n: i64| folder.join(format!("{n:012}-{}.unreadable", n * 86_400)).exists();
        assert_eq!([aside(1), aside(2)], [false, true]);
    }

    #[test]
    fn a_look_at_no_spool_finds_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        assert_eq!(
            survey(&home.path().join("none"), Timestamp::UNIX_EPOCH).expect("a look"),
            (0, SignedDuration::ZERO)
        );
    }
}
