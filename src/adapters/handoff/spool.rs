//! Files that wait for the drop folder: one sealed file each, in the order of the receptions.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::adapters::sealed::{KeyFate, SealError, Sealer, lock, make_folder, set_aside, set_aside_folder};

use parking_lot::Mutex;

use super::parcel::Parcel;
use super::place::{Prepared, sync_folder};

const ENDING: &str = "parcel";

/// The file of the days on which the drop folder took nothing.
const DAYS: &str = "days";

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

/// A day on which the drop folder took nothing, and the last file that waited then.
type RefusedOn = (Date, u64);

/// The spool of one kiosk.
pub struct Spool {
    folder: PathBuf,
    sealer: Sealer,
    next: AtomicU64,
    refused: Mutex<Vec<RefusedOn>>,
    /// Files are there, and their key was gone.
    key_lost: bool,
    /// Held as long as the spool; `None` where the file system knows no locks.
    _lock: Option<File>,
}

impl Spool {
    /// Opens or makes the spool; with what waits in it, oldest first.
    ///
    /// # Errors
    /// When the folder or its key cannot be used, or another program holds it.
    pub fn open(folder: &Path) -> Result<(Self, VecDeque<Slip>), SpoolError> {
        make_folder(folder)?;
        // Two programs would deliver the same files.
        let lock = lock(folder)?;
        let (sealer, fate) = Sealer::with_key_file(&folder.with_extension("key"))?;
        remove_unfinished(folder)?;
        let mut slips = slips(folder)?;
        let key_lost = fate == KeyFate::Made && !slips.is_empty();
        let refused = read_days(&folder.join(DAYS));
        // A number is never given twice: what was set aside and what was noted of a day go by it.
        let taken = slips.iter().map(|slip| slip.number).chain(refused.iter().map(|(_, last)| *last));
        let taken = taken.chain(aside(folder)?.iter().map(|(_, slip)| slip.number)).max();
        let next = AtomicU64::new(taken.map_or(1, |number| number + 1));
        let spool =
            Self { folder: folder.to_owned(), sealer, next, refused: Mutex::new(refused), key_lost, _lock: lock };
        for slip in &mut slips {
            match spool.load(slip) {
                Ok(parcel) => slip.check = parcel.check,
                Err(error) => tracing::error!(%error, number = slip.number, "a kept file cannot be read"),
            }
        }
        Ok((spool, slips.into()))
    }

    /// Whether files waited whose key was gone when the spool was opened.
    pub fn key_lost(&self) -> bool {
        self.key_lost
    }

    /// Notes that the drop folder took nothing on that day, whatever waits until `last`.
    ///
    /// # Errors
    /// When it cannot be written; the day then does not count.
    pub fn refused_on(&self, day: Date, last: &Slip) -> io::Result<()> {
        let mut refused = self.refused.lock();
        match refused.iter_mut().find(|(known, _)| *known == day) {
            Some((_, until)) if *until >= last.number => return Ok(()),
            Some((_, until)) => *until = last.number,
            None => refused.push((day, last.number)),
        }
        let text: String = refused.iter().map(|(day, last)| format!("{day} {last}\n")).collect();
        Prepared::write_private(self.folder.join("days.tmp"), text.as_bytes())?.replace(&self.folder.join(DAYS))
    }

    /// On how many days it was tried in vain.
    pub fn days_tried(&self, slip: &Slip) -> usize {
        self.refused.lock().iter().filter(|(_, last)| *last >= slip.number).count()
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

    /// Sets a file aside, sealed as it is, so that it does not stand in the way of the others.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn set_aside(&self, slip: &Slip) -> io::Result<()> {
        let name = format!("{PREFIX}{}", Slip::name(slip.number, slip.kept_at));
        set_aside(&self.folder, &self.path(slip), &name)?;
        sync_folder(&self.folder);
        Ok(())
    }
}

/// What the files of a spool are called where they were set aside.
const PREFIX: &str = "spool-";

/// The files of that spool that were set aside, under their names there.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn aside(folder: &Path) -> io::Result<Vec<(String, Slip)>> {
    let entries = match fs::read_dir(set_aside_folder(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let slip = name.strip_prefix(PREFIX).and_then(Slip::parse);
        found.extend(slip.map(|slip| (name, slip)));
    }
    found.sort_by_key(|(_, slip)| slip.number);
    Ok(found)
}

/// Puts what was set aside back into the spool, for the next start of the kiosk; false when there is no such file.
///
/// # Errors
/// When it cannot be moved.
pub fn take_back(folder: &Path, name: &str) -> io::Result<bool> {
    let Some((_, slip)) = aside(folder)?.into_iter().find(|(known, _)| known == name) else { return Ok(false) };
    let back = folder.join(Slip::name(slip.number, slip.kept_at));
    fs::hard_link(set_aside_folder(folder).join(name), &back)?;
    fs::remove_file(set_aside_folder(folder).join(name))?;
    Ok(true)
}

/// Removes what was set aside for good; false when there is no such file.
///
/// # Errors
/// When it cannot be removed.
pub fn discard(folder: &Path, name: &str) -> io::Result<bool> {
    if !aside(folder)?.iter().any(|(known, _)| known == name) {
        return Ok(false);
    }
    fs::remove_file(set_aside_folder(folder).join(name))?;
    Ok(true)
}

fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("tmp") => fs::remove_file(path)?,
            // As versions before this one left what they could not open.
            Some("unreadable") => {
                let name = path.with_extension(ENDING).file_name().map(|name| name.to_string_lossy().into_owned());
                set_aside(folder, &path, &format!("{PREFIX}{}", name.unwrap_or_default())).map(drop)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The days of that file; a line that is none counts for nothing.
fn read_days(file: &Path) -> Vec<RefusedOn> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let day = |line: &str| {
        let (day, last) = line.split_once(' ')?;
        Some((day.parse().ok()?, last.trim().parse().ok()?))
    };
    text.lines().filter_map(day).collect()
}

fn slips(folder: &Path) -> io::Result<Vec<Slip>> {
    let mut slips = Vec::new();
    for entry in fs::read_dir(folder)? {
        slips.extend(Slip::parse(&entry?.file_name().to_string_lossy()));
    }
    slips.sort_by_key(|slip| slip.number);
    Ok(slips)
}

/// When the newest file there was kept, by the clock of then.
pub fn newest(folder: &Path) -> Option<Timestamp> {
    slips(folder).ok()?.into_iter().map(|slip| slip.kept_at).max()
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
        let (spool, waiting) = Spool::open(&folder).expect("opened");
        assert!(waiting.is_empty());
        for check in ["b", "a", "c"] {
            spool.keep(&parcel(check), Timestamp::UNIX_EPOCH).expect("kept");
        }
        assert!(matches!(Spool::open(&folder), Err(SpoolError::Io(_))), "one program at a time");
        drop(spool);
        let (spool, waiting) = Spool::open(&folder).expect("opened again");
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
        assert_eq!(Spool::open(&folder).expect("opened").1.len(), 2);
    }

    #[test]
    fn a_changed_or_swapped_file_is_noticed_and_can_be_set_aside() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let (spool, _) = Spool::open(&folder).expect("opened");
        let slips = ["a", "b"].map(|check| spool.keep(&parcel(check), Timestamp::UNIX_EPOCH).expect("kept"));
        fs::copy(spool.path(&slips[1]), spool.path(&slips[0])).expect("exchanged");
        assert!(matches!(spool.load(&slips[0]), Err(SpoolError::Foreign)));
        spool.set_aside(&slips[0]).expect("set aside");
        drop(spool);
        let (_, waiting) = Spool::open(&folder).expect("opened");
        assert_eq!(waiting.iter().map(|slip| slip.check.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn what_was_set_aside_stays_until_somebody_discards_it() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let (spool, _) = Spool::open(&folder).expect("opened");
        let day = |n: i64| Timestamp::from_second(n * 86_400).expect("a day");
        for n in [1, 2, 30_000] {
            let slip = spool.keep(&parcel("a"), day(n)).expect("kept");
            spool.set_aside(&slip).expect("set aside");
        }
        drop(spool);
        drop(Spool::open(&folder).expect("opened"));
        let names = || aside(&folder).expect("a look").into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let all = names();
        assert_eq!(all.len(), 3);
        assert!(discard(&folder, &all[0]).expect("removed") && !discard(&folder, &all[0]).expect("gone"));
        assert!(!discard(&folder, "../spool.key").expect("no such file"));
        assert!(take_back(&folder, &all[1]).expect("back") && !take_back(&folder, "nothing").expect("none"));
        let (spool, waiting) = Spool::open(&folder).expect("opened");
        assert_eq!((waiting.len(), waiting[0].check.as_str(), names().len()), (1, "a", 1));
        assert!(spool.keep(&parcel("b"), day(3)).expect("kept").number > 3, "no number is given twice");
    }

    #[test]
    fn days_count_for_what_waited_on_them_and_once_each() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let (spool, _) = Spool::open(&folder).expect("opened");
        let [first, second] = ["a", "b"].map(|check| spool.keep(&parcel(check), Timestamp::UNIX_EPOCH).expect("kept"));
        let day = |n| jiff::civil::date(2026, 12, n);
        for (n, last) in [(1, &first), (1, &first), (2, &second), (2, &first), (3, &second)] {
            spool.refused_on(day(n), last).expect("noted");
        }
        drop(spool);
        let (spool, _) = Spool::open(&folder).expect("opened again");
        assert_eq!([spool.days_tried(&first), spool.days_tried(&second)], [3, 2]);
        let third = spool.keep(&parcel("c"), Timestamp::UNIX_EPOCH).expect("kept");
        assert_eq!(spool.days_tried(&third), 0);
    }

    #[test]
    fn a_lost_key_is_seen_where_files_wait_and_nowhere_else() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("spool");
        let lose = || fs::remove_file(folder.with_extension("key")).expect("removed");
        assert!(!Spool::open(&folder).expect("made").0.key_lost());
        lose();
        let (spool, _) = Spool::open(&folder).expect("opened");
        assert!(!spool.key_lost(), "nothing waits");
        spool.keep(&parcel("a"), Timestamp::UNIX_EPOCH).expect("kept");
        drop(spool);
        lose();
        let (spool, waiting) = Spool::open(&folder).expect("opened");
        assert!(spool.key_lost() && waiting.len() == 1 && waiting[0].check.is_empty());
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
