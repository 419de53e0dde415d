//! The drop folder as its writer sees it: one delivery per check, whole files, nothing left of a failure.

use std::collections::BTreeSet;
use std::fs::File as Lock;
use std::io;
use std::time::Instant;

use jiff::Timestamp;

use crate::adapters::sealed::{lock, make_folder};
use crate::domain::japan;
use crate::domain::staff_news::StaffNews;
use crate::fault_point;
use crate::ports::{HandoffNews, Receipt};

use super::config::DropConfig;
use super::form::File;
use super::ground::{Access, Ground, Thing, group_number};
use super::index::{Beside, Entry, Further, Index, digest};
use super::leftovers::{self, Mark};
use super::lying::Lying;
use super::parcel::Parcel;
use super::pattern::Naming;
use super::placing::{Hand, Prepared};

/// Names tried for one delivery; more taken ones in a row mean that something else is wrong.
const TRIES: u32 = 100;

/// Longest file that is read to know it again.
pub const LONGEST: u64 = 4 << 20;

/// The open folder.
pub struct Store {
    config: DropConfig,
    index: Index,
    mark: Mark,
    access: Access,
    /// Held as long as the store; `None` where the file system knows no locks.
    _lock: Option<Lock>,
}

/// The folders of one delivery, opened for it: a share may be mounted over a path at any time.
pub struct Grounds {
    pub own: Ground,
    pub folder: Ground,
    /// Where what lies beside goes, if not into the same folder.
    pub beside: Option<Ground>,
}

impl Grounds {
    /// Opens them.
    ///
    /// # Errors
    /// The first that cannot be opened.
    pub fn open(config: &DropConfig) -> io::Result<Self> {
        let beside = config.beside_folder.as_deref().map(|path| {
            Ground::open(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
        });
        Ok(Self { own: Ground::open(&config.own)?, folder: Ground::open(&config.folder)?, beside: beside.transpose()? })
    }

    /// Where what lies beside goes.
    pub fn beside(&self) -> &Ground {
        self.beside.as_ref().unwrap_or(&self.folder)
    }
}

/// One file of a delivery under its name.
struct Piece<'a> {
    file: &'a File,
    name: String,
    /// It goes where the twin goes.
    beside: bool,
    /// Its name is not the delivery's with another ending.
    further: bool,
}

impl Store {
    /// Takes the folder, removes what a crash left and reads the index.
    ///
    /// # Errors
    /// The folder is missing, cannot be written, or another program holds it under the same terminal id.
    pub fn open(config: &DropConfig) -> io::Result<Self> {
        let access = access(config)?;
        make_folder(&config.own)?;
        let lock = lock(&config.own).map_err(|error| match error.kind() {
            io::ErrorKind::ResourceBusy => io::Error::new(error.kind(), "another program of this kiosk delivers"),
            _ => error,
        })?;
        let mark = Mark::of(&config.own)?;
        let grounds = Grounds::open(config)?;
        leftovers::remove(config, &grounds, &mark)?;
        let appeared = |entry: &Entry, beside: &[Beside]| leftovers::appeared(config, &grounds, entry, beside);
        let index = Index::open(config.own.join(leftovers::INDEX), config.remember_days, appeared)?;
        Ok(Self { config: config.clone(), index, mark, access, _lock: lock })
    }

    /// Puts one parcel into the folder, or finds that it was put there before.
    ///
    /// # Errors
    /// What the file system says; nothing is left then.
    pub fn deliver(&mut self, parcel: &Parcel) -> io::Result<Receipt> {
        if let Some(entry) = self.index.find(&parcel.check) {
            return Ok(Receipt { file: self.config.folder.join(entry.name()), duplicate: true });
        }
        let grounds = Grounds::open(&self.config)?;
        if let Some(earlier) = parcel.replaces.as_ref().and_then(|check| self.index.find(check)).cloned() {
            if let Some(receipt) = self.write_anew(&grounds, parcel, &earlier)? {
                return Ok(receipt);
            }
            tracing::warn!(
                "something else lies where the first file of this reception lay; its second has another name"
            );
        }
        self.write(&grounds, parcel)
    }

    /// The same reception with other consents: under the name and the identifier of its first file, also when the
    /// receipt computer has taken that one already. `None` when something else lies there now.
    fn write_anew(&mut self, grounds: &Grounds, parcel: &Parcel, earlier: &Entry) -> io::Result<Option<Receipt>> {
        let name = earlier.name();
        let is_known = |name: &str, sha256: Option<&str>| leftovers::is_known(&grounds.folder, name, sha256);
        if grounds.folder.thing(&name)? != Thing::Nothing && !is_known(&name, earlier.sha256.as_deref())? {
            return Ok(None);
        }
        for further in &earlier.more {
            if is_known(&further.name, Some(&further.sha256))? {
                grounds.folder.remove(&further.name)?;
            }
        }
        let number = self.free_number(grounds, parcel, 2)?;
        let mut pieces = self.pieces(parcel, number);
        for piece in pieces.iter_mut().filter(|piece| !piece.further) {
            piece.name = format!("{}.{}", earlier.stem, piece.file.ending);
        }
        let [folder, beside] = self.hands(grounds);
        let prepared = prepare(&pieces, &folder, &beside)?;
        for (piece, prepared) in pieces.iter().zip(prepared) {
            if piece.further { prepared.claim(&piece.name) } else { prepared.replace(&piece.name) }?;
        }
        grounds.folder.sync();
        let entry = entry_of(parcel, &earlier.stem, &pieces);
        let file = self.config.folder.join(entry.name());
        self.index.done(entry);
        Ok(Some(Receipt { file, duplicate: false }))
    }

    fn write(&mut self, grounds: &Grounds, parcel: &Parcel) -> io::Result<Receipt> {
        let mut number = 1;
        loop {
            number = self.free_number(grounds, parcel, number)?;
            let pieces = self.pieces(parcel, number);
            let entry = entry_of(parcel, &self.stem(parcel, number), &pieces);
            match self.place(grounds, &entry, &pieces) {
                Ok(()) => {
                    let file = self.config.folder.join(entry.name());
                    self.index.done(entry);
                    fault_point::reach("handoff", "noted");
                    return Ok(Receipt { file, duplicate: false });
                }
                Err(error) => {
                    self.index.void(&entry);
                    if error.kind() != io::ErrorKind::AlreadyExists {
                        return Err(error);
                    }
                    number += 1;
                }
            }
        }
    }

    /// The first number from `number` on under which no name of the parcel is taken.
    fn free_number(&self, grounds: &Grounds, parcel: &Parcel, number: u32) -> io::Result<u32> {
        for number in number..=TRIES {
            let taken = |piece: &Piece<'_>| {
                let ground = if piece.beside { grounds.beside() } else { &grounds.folder };
                ground.thing(&piece.name).map(|thing| thing != Thing::Nothing)
            };
            let taken: Vec<bool> = self.pieces(parcel, number).iter().map(taken).collect::<io::Result<_>>()?;
            if !taken.contains(&true) {
                return Ok(number);
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "every file name of this second is taken"))
    }

    fn stem(&self, parcel: &Parcel, number: u32) -> String {
        let (terminal, facility) = (&self.config.terminal_id, &self.config.facility_code);
        let shown = japan::civil(parcel.processed_at);
        self.config.pattern.stem(&Naming { terminal, facility, check: &parcel.check, shown }, number)
    }

    /// The files with their names, the one that the receipt computer waits for last. A second one of an ending has a
    /// name of its own.
    fn pieces<'a>(&self, parcel: &'a Parcel, number: u32) -> Vec<Piece<'a>> {
        let stem = self.stem(parcel, number);
        let named = |file: &'a File| {
            let beside = self.config.is_beside(&file.ending);
            Piece { file, name: format!("{stem}.{}", file.ending), beside, further: false }
        };
        let (mut pieces, mut seen, mut next) = (Vec::new(), BTreeSet::from([&parcel.main.ending]), number);
        for file in parcel.beside.iter().filter(|file| self.config.wants(&file.ending, &parcel.main.ending)) {
            let mut piece = named(file);
            if !seen.insert(&file.ending) {
                next += 1;
                piece.name = format!("{}.{}", self.stem(parcel, next), file.ending);
                piece.further = true;
            }
            pieces.push(piece);
        }
        pieces.push(named(&parcel.main));
        pieces
    }

    fn hands<'a>(&'a self, grounds: &'a Grounds) -> [Hand<'a>; 2] {
        let hand = |folder| Hand {
            own: &grounds.own,
            folder,
            arrival: self.config.arrival,
            access: self.access,
            prefix: self.mark.prefix(),
        };
        [hand(&grounds.folder), hand(grounds.beside())]
    }

    /// Every file is on the disk before the first gets its name; the one that the receipt computer waits for gets it
    /// last.
    fn place(&self, grounds: &Grounds, entry: &Entry, pieces: &[Piece<'_>]) -> io::Result<()> {
        fault_point::reach("handoff", "before-file");
        let [folder, beside] = self.hands(grounds);
        let prepared = prepare(pieces, &folder, &beside)?;
        fault_point::reach("handoff", "file-written");
        let known = pieces.iter().rev().skip(1).map(|p| Beside::of(p.file, p.further.then(|| p.name.clone())));
        self.index.begin(entry, known.collect())?;
        fault_point::reach("handoff", "begun");
        claim(grounds, pieces, prepared)
    }

    /// The delivery of that check.
    pub fn entry(&self, check: &str) -> Option<&Entry> {
        self.index.find(check)
    }

    /// Deliveries whose files still lie there.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn lying(&self) -> io::Result<Vec<Entry>> {
        let names: BTreeSet<_> = Ground::open(&self.config.folder)?.names()?.into_iter().collect();
        let lies = |entry: &&Entry| names.contains(std::ffi::OsStr::new(&entry.name()));
        Ok(self.index.all().iter().filter(lies).cloned().collect())
    }

    /// What staff are told of files that nobody took, and what became of each file that was due to be looked at.
    ///
    /// # Errors
    /// When the folder cannot be opened.
    pub fn look(&self, lying: &mut Lying, now: Instant) -> io::Result<(Option<StaffNews>, Vec<HandoffNews>)> {
        let folder = Ground::open(&self.config.folder)?;
        // What cannot be looked at lies there, as far as anybody knows.
        let lies = |entry: &Entry| folder.thing(&entry.name()).map_or(true, |thing| thing != Thing::Nothing);
        let look = lying.look(now, lies);
        let told = look.too_long.map(|files| StaffNews::FilesNotTaken { files, taken: look.taken });
        let gone = look.gone.into_iter().map(|entry| HandoffNews::Taken { check_id: entry.check });
        let late = look.late.into_iter().map(|entry| HandoffNews::NotTaken { check_id: entry.check });
        let mut news: Vec<_> = gone.chain(late).collect();
        for entry in look.remove {
            match self.remove(&folder, &entry) {
                Ok(true) => news.push(HandoffNews::Removed { check_id: entry.check }),
                Ok(false) => tracing::warn!("a file that nobody took is not the kiosk's any more, and stays"),
                Err(error) => tracing::warn!(%error, "a file that nobody took cannot be removed"),
            }
        }
        Ok((told, news))
    }

    /// Removes what was delivered, if it still is that, and leaves a note.
    fn remove(&self, folder: &Ground, entry: &Entry) -> io::Result<bool> {
        let is_known = |name: &str, sha256| leftovers::is_known(folder, name, sha256);
        if !is_known(&entry.name(), entry.sha256.as_deref())? {
            return Ok(false);
        }
        let minutes = self.config.stay.remove_after.unwrap_or_default().as_secs() / 60;
        let (name, check) = (entry.name(), &entry.check);
        let note = format!("{name} was not taken within {minutes} minutes and was removed (check {check}).\r\n");
        match folder.write_new(&format!("del_{}.txt", entry.stem), note.as_bytes(), self.access) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        for further in &entry.more {
            if is_known(&further.name, Some(&further.sha256))? {
                folder.remove(&further.name)?;
            }
        }
        folder.remove(&name)?;
        folder.sync();
        Ok(true)
    }
}

/// Writes and syncs the files where nobody looks for them.
fn prepare<'a>(pieces: &'a [Piece<'_>], folder: &'a Hand<'a>, beside: &'a Hand<'a>) -> io::Result<Vec<Prepared<'a>>> {
    let hand = |piece: &Piece<'_>| if piece.beside { beside } else { folder };
    pieces.iter().map(|piece| hand(piece).prepare(&piece.file.bytes)).collect()
}

/// Gives the files their names; nothing of them is left when one is taken.
fn claim(grounds: &Grounds, pieces: &[Piece<'_>], prepared: Vec<Prepared<'_>>) -> io::Result<()> {
    let ground = |piece: &Piece<'_>| if piece.beside { grounds.beside() } else { &grounds.folder };
    let mut named = Vec::new();
    for (at, (piece, prepared)) in pieces.iter().zip(prepared).enumerate() {
        if let Err(error) = prepared.claim(&piece.name) {
            named.iter().try_for_each(|piece: &&Piece<'_>| ground(piece).remove(&piece.name))?;
            return Err(error);
        }
        named.push(piece);
        if at + 1 < pieces.len() {
            fault_point::reach("handoff", "beside-named");
        }
    }
    grounds.folder.sync();
    if let Some(beside) = &grounds.beside {
        beside.sync();
    }
    fault_point::reach("handoff", "named");
    Ok(())
}

fn entry_of(parcel: &Parcel, stem: &str, pieces: &[Piece<'_>]) -> Entry {
    let further = |piece: &&Piece<'_>| piece.further;
    let more = pieces.iter().filter(further).map(|p| Further { name: p.name.clone(), sha256: digest(&p.file.bytes) });
    let mut entry = Entry::new(&parcel.check, stem, &parcel.main.ending, Timestamp::now());
    entry.sha256 = Some(digest(&parcel.main.bytes));
    entry.more = more.collect();
    entry
}

/// The rights of what comes out.
///
/// # Errors
/// When there is no such group.
pub fn access(config: &DropConfig) -> io::Result<Access> {
    Ok(Access { mode: config.mode, group: config.group.as_deref().map(group_number).transpose()? })
}
