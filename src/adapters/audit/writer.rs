//! Appends to the files: whole lines, synced, the chain carried over restarts and files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::adapters::sealed::{KeyFate, SealError, load_or_create_key, lock, make_folder, private};
use crate::domain::japan;
use crate::domain::staff_news::StaffNews;
use crate::ports::AuditEntry;

use super::chain::{self, Chain, Link, ORIGIN, hex};
use super::files::{self, LogFile};
use super::head::{self, Found, Head};
use super::line::Line;
use super::log::AuditConfig;
use super::verify;
use super::witness;

/// Why a log cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file system.
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Key(#[from] SealError),
}

/// The open log.
pub struct Writer {
    config: AuditConfig,
    chain: Chain,
    number: u64,
    last: Link,
    open: Option<(LogFile, File, u64)>,
    /// What was not whole when it was opened, until it is told.
    damage: Option<StaffNews>,
    /// Held as long as the log is written; `None` where the file system knows no locks.
    _lock: Option<File>,
}

/// Where the last line stands.
#[derive(Default)]
struct End {
    number: u64,
    last: Link,
    /// What a power cut left of a line, as its hash.
    torn: Option<Link>,
    /// The last file, unless there is none.
    file: Option<LogFile>,
}

impl Writer {
    /// Opens or begins a log, and notes what a power cut or somebody else left of it.
    ///
    /// # Errors
    /// When folder or key cannot be used, or another program writes.
    pub fn open(config: &AuditConfig, at: Timestamp) -> Result<Self, WriteError> {
        make_folder(&config.folder)?;
        // Two writers would break the chain.
        let lock = lock(&config.folder)?;
        let end = End::of(&config.folder)?;
        let (key, fate) = load_or_create_key(&config.key_file)?;
        let chain = Chain::new(key);
        let head = head::read(&config.folder, &chain)?;
        let (furthest, silent) = witness::furthest(&config.witnesses);
        silent.iter().for_each(|cause| tracing::warn!(cause, "a witness of the audit log cannot be asked"));
        let (number, last) = (end.number, end.last);
        let mut writer = Self { config: config.clone(), chain, number, last, open: None, damage: None, _lock: lock };
        let there_before = end.number > 0 || head != Found::Missing || furthest.is_some();
        if !there_before && fate == KeyFate::Made {
            // From the first line on a head that is missing was taken away.
            head::write(&writer.config.folder, &writer.chain, Head { number: 0, last: ORIGIN })?;
            return Ok(writer);
        }
        if let Some(file) = end.file {
            writer.reopen(file)?;
        }
        let known = match head {
            Found::Head(head) => head.number,
            Found::Missing | Found::Foreign => 0,
        };
        let known = furthest.map_or(known, |(number, ..)| known.max(number));
        let damage = Damage {
            torn: end.torn,
            cut_to: Some(known).filter(|known| *known > number),
            new_key: fate == KeyFate::Made,
            no_head: fate == KeyFate::Found && !matches!(head, Found::Head(_)),
        };
        writer.note_damage(at, damage)?;
        Ok(writer)
    }

    fn reopen(&mut self, file: LogFile) -> io::Result<()> {
        let mut open = File::options().append(true).open(&file.path)?;
        let bytes = fs::read(&file.path)?;
        if bytes.last().is_some_and(|byte| *byte != b'\n') {
            open.write_all(b"\n")?;
        }
        let length = open.metadata()?.len();
        self.open = Some((file, open, length));
        Ok(())
    }

    /// A torn line, a cut tail, a lost key and a head that is gone are entries themselves, so that they stay visible.
    fn note_damage(&mut self, at: Timestamp, damage: Damage) -> Result<(), WriteError> {
        let Damage { torn, cut_to, new_key, no_head } = damage;
        if torn.is_none() && cut_to.is_none() && !new_key && !no_head {
            return Ok(());
        }
        let found = self.number;
        // The numbers of lines that are gone are not given again.
        self.number = cut_to.unwrap_or(found);
        if self.open.is_none() {
            self.begin_file(at)?;
        }
        let mut line = Line::new(self.number + 1, at, &self.config.terminal_id, "recovered");
        if let Some(torn) = torn {
            line = line.with("torn", hex(torn));
        }
        if let Some(cut_to) = cut_to {
            line = line.with("cutFrom", found + 1).with("cutTo", cut_to);
        }
        if new_key {
            line = line.with("newKey", true);
        }
        if no_head {
            line = line.with("noHead", true);
        }
        self.append_lines(&[line])?;
        let (torn, cut_off) = (torn.is_some(), cut_to.is_some() || no_head);
        self.damage = Some(StaffNews::AuditDamaged { torn, cut_off, new_key });
        Ok(())
    }

    /// What was not whole when it was opened; once.
    pub fn take_damage(&mut self) -> Option<StaffNews> {
        self.damage.take()
    }

    /// Appends entries and syncs them.
    ///
    /// # Errors
    /// When they cannot be written; none of them is there then.
    pub fn append(&mut self, entries: &[AuditEntry]) -> Result<(), WriteError> {
        let Some(first) = entries.first() else { return Ok(()) };
        let (at, terminal) = (first.at, self.config.terminal_id.clone());
        self.turn(at)?;
        let lines: Vec<Line> =
            (self.number + 1..).zip(entries).map(|(number, entry)| Line::of(number, &terminal, entry)).collect();
        self.append_lines(&lines)
    }

    /// Notes that so many entries were lost, because there was no room for them for too long.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note_lost(&mut self, count: u64, at: Timestamp) -> Result<(), WriteError> {
        self.turn(at)?;
        let line = Line::new(self.number + 1, at, &self.config.terminal_id, "entriesLost").with("count", count);
        self.append_lines(&[line])
    }

    fn append_lines(&mut self, lines: &[Line]) -> Result<(), WriteError> {
        let (mut number, mut last, mut text) = (self.number, self.last, String::new());
        for line in lines {
            let body = line.text();
            last = self.chain.link(last, &body);
            number += 1;
            text.push_str(&chain::join(&body, last));
        }
        let Some((named, file, length)) = &mut self.open else {
            return Err(io::Error::from(io::ErrorKind::NotFound).into());
        };
        if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_data()) {
            // Half of it may be there. A handle that only appends cannot cut it off on Windows.
            File::options().write(true).open(&named.path)?.set_len(*length)?;
            return Err(error.into());
        }
        *length += text.len() as u64;
        (self.number, self.last) = (number, last);
        let head = Head { number, last };
        head::write(&self.config.folder, &self.chain, head)?;
        for witness in &self.config.witnesses {
            if let Err(error) = witness.remember(&witness::said(head)) {
                tracing::warn!(%error, witness = witness.name(), "a witness of the audit log was not told");
            }
        }
        Ok(())
    }

    /// A new day or a full file begins a new one. Old ones stay until somebody lets them go: the clock alone removes nothing.
    fn turn(&mut self, at: Timestamp) -> Result<(), WriteError> {
        let turns = self
            .open
            .as_ref()
            .is_none_or(|(file, _, length)| file.day != japan::day(at) || *length >= self.config.max_bytes);
        if turns {
            self.begin_file(at)?;
        }
        Ok(())
    }

    fn begin_file(&mut self, at: Timestamp) -> Result<(), WriteError> {
        let before = files::all(&self.config.folder)?.last().map_or(0, |file| file.number);
        let file = LogFile::new(&self.config.folder, before + 1, japan::day(at));
        let open = private().append(true).create_new(true).open(&file.path)?;
        let old = self.open.replace((file.clone(), open, 0));
        sync_folder(&self.config.folder);
        let line = Line::new(self.number + 1, at, &self.config.terminal_id, "opened").with("prev", hex(self.last));
        self.append_lines(&[line]).inspect_err(|_| {
            self.open = old;
            if let Err(error) = fs::remove_file(&file.path) {
                tracing::warn!(%error, "an empty file of the audit log stays");
            }
        })
    }

    /// Lets the oldest files go, up to the one of that number, which a line notes with the breaks that stood in them; how many.
    ///
    /// # Errors
    /// When it cannot be noted: then they stay.
    pub fn retire(&mut self, up_to_file: u64, at: Timestamp) -> Result<usize, WriteError> {
        let open = self.open.as_ref().map_or(0, |(file, ..)| file.number);
        let all = files::all(&self.config.folder)?;
        // Only from the front, so that the rest stays one piece.
        let old: Vec<_> = all.iter().take_while(|file| file.number <= up_to_file && file.number < open).collect();
        let Some(newest) = old.last() else { return Ok(0) };
        let up_to = last_line(&newest.path)?.0;
        let breaks = verify::breaks_of(&all, &self.chain, newest.number)?;
        let line = Line::new(self.number + 1, at, &self.config.terminal_id, "retired");
        let line = line.with("files", old.len()).with("upTo", up_to).with("breaks", breaks);
        self.append_lines(&[line])?;
        for file in &old {
            fs::remove_file(&file.path)?;
        }
        Ok(old.len())
    }
}

/// What was not whole.
struct Damage {
    /// What a power cut left of a line.
    torn: Option<Link>,
    /// Lines up to that number are gone.
    cut_to: Option<u64>,
    /// The key was gone.
    new_key: bool,
    /// The head was gone, changed, or of another key.
    no_head: bool,
}

impl End {
    fn of(folder: &Path) -> io::Result<Self> {
        let files = files::all(folder)?;
        let mut end = Self { last: ORIGIN, file: files.last().cloned(), ..Self::default() };
        for (index, file) in files.iter().rev().enumerate() {
            let (number, last, torn) = last_line(&file.path)?;
            if index == 0 {
                end.torn = torn;
            }
            if number > 0 {
                (end.number, end.last) = (number, last);
                break;
            }
        }
        Ok(end)
    }
}

/// Number and link of the last whole line of a file, and the hash of what follows it.
fn last_line(path: &PathBuf) -> io::Result<(u64, Link, Option<Link>)> {
    let bytes = fs::read(path)?;
    let body = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let mut torn = None;
    for (index, raw) in body.split(|byte| *byte == b'\n').rev().enumerate() {
        let parts = std::str::from_utf8(raw).ok().and_then(|line| {
            let (text, link) = chain::split(line)?;
            let members: serde_json::Value = serde_json::from_str(&text).ok()?;
            Some((members.get("n")?.as_u64()?, link))
        });
        match parts {
            Some((number, link)) => return Ok((number, link, torn)),
            None if index == 0 && !raw.is_empty() => torn = Some(Sha256::digest(raw).into()),
            None => {}
        }
    }
    Ok((0, ORIGIN, torn))
}

/// Makes the names of the folder durable, where the system can.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Err(error) = File::open(folder).and_then(|f| f.sync_all()) {
        tracing::warn!(%error, "the folder of the audit log cannot be synced");
    }
    #[cfg(not(unix))]
    let _ = folder;
}
