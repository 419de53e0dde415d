//! Who else remembers how far the log had come: somebody who keeps it elsewhere than the log, its head and its key.
//!
//! A head that lies with the lines goes with them. So the same is said to witnesses: to another store of the kiosk, always,
//! and to a file outside where the site names one. What a witness has seen must be there for ever.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use parking_lot::Mutex;

use crate::ports::AuditWitness;

use super::chain::{Link, hex, unhex};
use super::head::Head;

/// How long the end of the program waits for a file outside.
const FAREWELL: Duration = Duration::from_secs(2);

/// What a witness says, as it keeps it.
pub fn said(head: Head) -> String {
    format!("{} {}", head.number, hex(head.last))
}

/// The line that a witness has seen.
pub fn seen(text: &str) -> Option<(u64, Link)> {
    let (number, link) = text.trim().split_once(' ')?;
    Some((number.parse().ok()?, unhex(link)?))
}

/// The furthest that any of them has seen, and who that is; a witness that cannot be asked is told in the second part.
pub fn furthest(witnesses: &[Arc<dyn AuditWitness>]) -> (Option<(u64, Link, String)>, Vec<String>) {
    let (mut furthest, mut silent): (Option<(u64, Link, String)>, _) = (None, Vec::new());
    for witness in witnesses {
        match witness.recall() {
            Ok(None) => {}
            Ok(Some(text)) => match seen(&text) {
                Some((number, link)) => {
                    if furthest.as_ref().is_none_or(|(known, ..)| *known < number) {
                        furthest = Some((number, link, witness.name()));
                    }
                }
                None => silent.push(format!("{}: it holds something else", witness.name())),
            },
            Err(error) => silent.push(format!("{}: {error}", witness.name())),
        }
    }
    (furthest, silent)
}

/// A file outside, on a share or another disk: written by a thread of its own, which may hang there as long as it likes.
pub struct FileWitness {
    file: PathBuf,
    newest: Option<SyncSender<String>>,
    ended: Mutex<Receiver<()>>,
}

impl FileWitness {
    /// That file; its folder must be there.
    ///
    /// # Errors
    /// When there is no thread.
    pub fn start(file: PathBuf) -> io::Result<Self> {
        let (newest, waiting) = sync_channel::<String>(64);
        let (end, ended) = sync_channel(1);
        let out = file.clone();
        std::thread::Builder::new().name("audit-witness".into()).spawn(move || {
            let mut in_trouble = false;
            while let Ok(first) = waiting.recv() {
                let text = waiting.try_iter().last().unwrap_or(first);
                match write(&out, &text) {
                    Ok(()) => in_trouble = false,
                    Err(error) if !in_trouble => {
                        tracing::error!(%error, file = %out.display(), "the audit log's witness cannot be written");
                        in_trouble = true;
                    }
                    Err(_) => {}
                }
            }
            // Nobody waits for it when the program ends in a hurry.
            let _ = end.send(());
        })?;
        Ok(Self { file, newest: Some(newest), ended: Mutex::new(ended) })
    }

    /// The same for a mere look.
    pub fn look(file: PathBuf) -> Self {
        Self { file, newest: None, ended: Mutex::new(sync_channel(1).1) }
    }
}

fn write(file: &std::path::Path, text: &str) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(std::path::Path::new("."));
    let mut out = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut out, text.as_bytes())?;
    out.as_file().sync_all()?;
    out.persist(file).map(drop).map_err(|error| error.error)
}

impl AuditWitness for FileWitness {
    fn recall(&self) -> io::Result<Option<String>> {
        match fs::read_to_string(&self.file) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn remember(&self, said: &str) -> io::Result<()> {
        let Some(newest) = &self.newest else { return Ok(()) };
        match newest.try_send(said.to_owned()) {
            // It hangs; the next line tells it more.
            Ok(()) | Err(TrySendError::Full(_)) => Ok(()),
            Err(TrySendError::Disconnected(_)) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn name(&self) -> String {
        self.file.display().to_string()
    }
}

impl Drop for FileWitness {
    fn drop(&mut self) {
        if self.newest.take().is_some() && self.ended.get_mut().recv_timeout(FAREWELL).is_err() {
            tracing::warn!("the audit log's witness was still being written when the program ended");
        }
    }
}
