//! Reads a log back and says where its chain breaks.

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::adapters::sealed::{SealError, load_key};

use super::chain::{self, Chain, Link, ORIGIN, unhex};
use super::files::{self, LogFile};
use super::head::{self, Found};
use super::log::AuditConfig;
use super::witness;

/// A place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// Name of the file; `head` for what no line can show.
    pub file: String,
    /// Line in the file, from 1; 0 for the file as a whole.
    pub line: usize,
    pub what: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    pub files: usize,
    /// Lines that hold.
    pub lines: u64,
    /// The last line's end is missing: it is being written, or a power cut tore it and the next start notes that.
    pub half_line: bool,
    /// Where the chain breaks, oldest first.
    pub breaks: Vec<Break>,
}

/// Why a log cannot be verified at all.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The files cannot be read.
    #[error("audit log: {0}")]
    Io(#[from] io::Error),
    /// Without the key nothing can be said.
    #[error("audit log {0}")]
    Key(#[from] SealError),
}

/// Verifies every file of a log, and that everything is there that anybody has seen of it. What is gone is a break, be it a
/// line, a file, the head, the key or all of them.
///
/// # Errors
/// When files or key are there and cannot be read.
pub fn verify(config: &AuditConfig) -> Result<Verified, VerifyError> {
    // Witnesses and head first: a running kiosk may write on meanwhile, so the lines may be ahead of them but not behind.
    let (furthest, silent) = witness::furthest(&config.witnesses);
    let folder = &config.folder;
    let (key, no_key) = match load_key(&config.key_file) {
        Err(SealError::Key(error)) if error.kind() == io::ErrorKind::NotFound => (vec![0].into(), true),
        key => (key?, false),
    };
    let chain = Chain::new(key);
    let head = head::read(folder, &chain)?;
    let files = files::all(folder)?;
    if files.is_empty() && no_key && head == Found::Missing && furthest.is_none() && silent.is_empty() {
        return Ok(Verified::default());
    }
    let mut walk = Walk::new(&chain, furthest.as_ref().map(|(number, link, _)| (*number, *link)));
    for (index, file) in files.iter().enumerate() {
        walk.gap_before(file, index.checked_sub(1).and_then(|before| files.get(before)));
        walk.file(file, index + 1 == files.len())?;
    }
    if no_key {
        // Every line would be of another key: once is enough.
        walk.verified.breaks.clear();
        walk.verified.lines = 0;
        walk.at("key", "is missing: nothing can be said of any line".into());
    }
    walk.ends(head, no_key);
    walk.seen(furthest);
    silent.into_iter().for_each(|cause| walk.at("witness", format!("cannot be asked: {cause}")));
    walk.verified.files = files.len();
    Ok(walk.verified)
}

/// How many breaks stand in the files up to that number.
///
/// # Errors
/// When they cannot be read.
pub fn breaks_of(files: &[LogFile], chain: &Chain, up_to: u64) -> io::Result<usize> {
    let mut walk = Walk::new(chain, None);
    for file in files.iter().filter(|file| file.number <= up_to) {
        walk.file(file, false)?;
    }
    Ok(walk.verified.breaks.len())
}

/// The lines of every file of a log as they stand, oldest first.
///
/// # Errors
/// When a file cannot be read.
pub fn lines(folder: &Path) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    for file in files::all(folder)? {
        lines.extend(String::from_utf8_lossy(&fs::read(file.path)?).lines().map(str::to_owned));
    }
    Ok(lines)
}

/// When the newest line was written, by the clock of then.
pub fn newest(folder: &Path) -> Option<Timestamp> {
    let last = files::all(folder).ok()?.pop()?;
    let text = fs::read(last.path).ok()?;
    let line = String::from_utf8_lossy(&text).lines().rev().find_map(Parts::of)?;
    line.word("at")?.parse().ok()
}

struct Walk<'a> {
    chain: &'a Chain,
    verified: Verified,
    /// Number and link of the line before.
    last: Option<(u64, Link)>,
    /// Number of the first line of all.
    first: Option<u64>,
    /// Up to which number lines were let go.
    retired: u64,
    /// A line that somebody else has seen.
    witnessed: Option<(u64, Link)>,
}

/// A line taken apart.
struct Parts {
    text: String,
    link: Link,
    number: u64,
    members: Value,
}

impl Parts {
    fn of(line: &str) -> Option<Self> {
        let (text, link) = chain::split(line)?;
        let members: Value = serde_json::from_str(&text).ok()?;
        let number = members.get("n")?.as_u64()?;
        Some(Self { text, link, number, members })
    }

    fn word(&self, member: &str) -> Option<&str> {
        self.members.get(member)?.as_str()
    }
}

impl<'a> Walk<'a> {
    fn new(chain: &'a Chain, witnessed: Option<(u64, Link)>) -> Self {
        Self { chain, verified: Verified::default(), last: None, first: None, retired: 0, witnessed }
    }

    /// What no line can show.
    fn at(&mut self, place: &str, what: String) {
        self.verified.breaks.push(Break { file: place.into(), line: 0, what });
    }

    /// What the log itself notes of lines, head or key that were gone: it stays a break for ever.
    fn noted(&mut self, file: &LogFile, line: usize, parts: &Parts) {
        let number = |member: &str| parts.members.get(member).and_then(Value::as_u64);
        let yes = |member: &str| parts.members.get(member).and_then(Value::as_bool) == Some(true);
        let at = parts.word("at").unwrap_or_default();
        match parts.word("event") {
            Some("recovered") => {
                if let (Some(from), Some(to)) = (number("cutFrom"), number("cutTo")) {
                    self.breaks(file, line, format!("lines {from} to {to} were gone at {at}"));
                }
                for (member, what) in [("newKey", "the key was gone"), ("noHead", "the head was gone or changed")] {
                    if yes(member) {
                        self.breaks(file, line, format!("{what} at {at}"));
                    }
                }
            }
            Some("retired") => {
                self.retired = self.retired.max(number("upTo").unwrap_or(0));
                if let Some(breaks) = number("breaks").filter(|breaks| *breaks > 0) {
                    self.breaks(file, line, format!("{breaks} breaks stood in files that were let go at {at}"));
                }
            }
            _ => {}
        }
    }

    fn breaks(&mut self, file: &LogFile, line: usize, what: String) {
        let file = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.verified.breaks.push(Break { file, line, what });
    }

    fn gap_before(&mut self, file: &LogFile, before: Option<&LogFile>) {
        if let Some(before) = before.filter(|before| before.number + 1 != file.number) {
            let what = format!("files {} to {} are missing", before.number + 1, file.number - 1);
            self.breaks(file, 0, what);
        }
    }

    fn file(&mut self, file: &LogFile, is_last: bool) -> io::Result<()> {
        let bytes = fs::read(&file.path)?;
        let ended = bytes.last().is_none_or(|byte| *byte == b'\n');
        let body = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let lines: Vec<&[u8]> = if body.is_empty() { Vec::new() } else { body.split(|b| *b == b'\n').collect() };
        for (index, raw) in lines.iter().enumerate() {
            let at_end = index + 1 == lines.len();
            match std::str::from_utf8(raw).ok().and_then(Parts::of) {
                Some(parts) => self.line(file, index + 1, &parts),
                None if at_end && is_last && !ended => self.verified.half_line = true,
                None if lines.get(index + 1).is_some_and(|next| self.notes(next, raw)) => {}
                None => self.breaks(file, index + 1, "this is no line of the log".into()),
            }
        }
        Ok(())
    }

    /// Whether that line, bound by the chain itself, notes that the one before it was torn by a power cut.
    fn notes(&self, line: &[u8], torn: &[u8]) -> bool {
        let parts = std::str::from_utf8(line).ok().and_then(Parts::of);
        let hash = chain::hex(Sha256::digest(torn).into());
        parts.is_some_and(|parts| parts.word("event") == Some("recovered") && parts.word("torn") == Some(&hash))
    }

    fn line(&mut self, file: &LogFile, line: usize, parts: &Parts) {
        let before = match self.last {
            Some((number, link)) => {
                if parts.number != number + 1 {
                    let what = format!("line number {} follows {number}: lines are missing or exchanged", parts.number);
                    self.breaks(file, line, what);
                }
                link
            }
            None => {
                self.first = Some(parts.number);
                // The first line of a file names the link before it; of the first file there is, only that tells.
                parts.word("prev").and_then(unhex).unwrap_or(ORIGIN)
            }
        };
        if self.chain.link(before, &parts.text) == parts.link {
            self.verified.lines += 1;
        } else {
            self.breaks(file, line, "changed, exchanged, or of another key".into());
        }
        self.noted(file, line, parts);
        if self.witnessed.is_some_and(|(number, link)| number == parts.number && link != parts.link) {
            self.breaks(file, line, "another line stood here when the witness saw it".into());
        }
        self.last = Some((parts.number, parts.link));
    }

    fn ends(&mut self, head: Found, no_key: bool) {
        if let Some(first) = self.first.filter(|first| *first != 1 && *first != self.retired + 1) {
            self.at("head", format!("the log begins with line number {first}: what came before is gone"));
        }
        let last = self.last.map_or(0, |(number, _)| number);
        match head {
            Found::Head(head) if head.number > last => {
                self.at("head", format!("line numbers {} to {} are cut off", last + 1, head.number));
            }
            Found::Head(_) => {}
            Found::Missing => self.at("head", "is missing: whether the end was cut off cannot be said".into()),
            Found::Foreign if no_key => {}
            Found::Foreign => self.at("head", "was changed or is of another key".into()),
        }
    }

    /// What a witness has seen must be there.
    fn seen(&mut self, furthest: Option<(u64, Link, String)>) {
        let last = self.last.map_or(0, |(number, _)| number);
        if let Some((number, _, who)) = furthest.filter(|(number, ..)| *number > last) {
            self.at("witness", format!("{who} has seen line number {number}, and the log ends with {last}"));
        }
    }
}
