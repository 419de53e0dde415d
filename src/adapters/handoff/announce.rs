//! The reception itself, for programs that keep the waiting list: a line in a file of a fixed name, put there when the one
//! before it was taken.
//!
//! Each line waits sealed on the kiosk's own disk. It is written aside and renamed; the note of what is about to be renamed
//! tells after a crash whether it was: its temporary file is gone then.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use encoding_rs::SHIFT_JIS;
use jiff::Timestamp;
use parking_lot::Mutex;
use zeroize::Zeroizing;

use crate::domain::japan;
use crate::domain::staff_news::{StaffNews, Store};
use crate::ports::{DeliveryOrder, Outbox};

use super::config::DropConfig;
use super::form::File;
use super::ground::{Access, Ground, Thing, unforeseen};
use super::names::text;
use super::official::fit_for_windows;
use super::parcel::Parcel;
use super::placing::TEMPORARY;
use super::spool::{Slip, Spool};
use super::store::access;

/// What the other program waits for.
const NAME: &str = "receipt.txt";

/// In the folder of waiting lines: which one is about to get its name, and from which temporary file.
const PENDING: &str = "pending";

/// In the same folder: whom and when, a line each.
const ANNOUNCED: &str = "announced";

/// Receptions remembered, so that none is announced twice.
const REMEMBERED: usize = 10_000;

/// How often the folder is looked into while a line waits.
const PAUSE: Duration = Duration::from_secs(1);

/// How long the end of the program waits for a line that is being written.
const FAREWELL: Duration = Duration::from_secs(2);

/// Lines that may wait in memory; each is on the disk as well.
const LINES: usize = 64;

/// Takes receptions and has them announced.
pub struct Announcer {
    own: PathBuf,
    spool: Arc<Spool>,
    announced: Vec<(String, Timestamp)>,
    lines: Option<SyncSender<Slip>>,
    ended: Mutex<Receiver<()>>,
    outbox: Outbox,
}

impl Announcer {
    /// Starts the thread that puts lines into the folder, beginning with what waits.
    ///
    /// # Errors
    /// When the kiosk's own folder cannot be used, or there is no thread.
    pub fn start(config: &DropConfig, folder: PathBuf, outbox: Outbox) -> io::Result<Self> {
        let own = config.own.join("announce");
        let (spool, slips) = Spool::open(&own).map_err(io::Error::other)?;
        if spool.key_lost() {
            outbox.tell(StaffNews::StoreKeyLost { store: Store::Spool });
        }
        let spool = Arc::new(spool);
        let announced = read_announced(&own);
        let (lines, to_put) = sync_channel(LINES);
        let (end, ended) = sync_channel(1);
        let clerk = Clerk { folder, own: own.clone(), access: access(config)?, spool: spool.clone(), slips };
        std::thread::Builder::new().name("handoff-announce".into()).spawn(move || {
            clerk.run(&to_put);
            let _ = end.send(());
        })?;
        Ok(Self { own, spool, announced, lines: Some(lines), ended: Mutex::new(ended), outbox })
    }

    /// Announces a reception, once; staff hear of one that cannot be.
    pub fn announce(&mut self, order: &DeliveryOrder) {
        let check = &order.answer.check_id;
        if order.replaces.is_some() || self.announced.iter().any(|(known, _)| known == check) {
            return;
        }
        let now = Timestamp::now();
        let day = japan::day(now);
        let number = 1 + self.announced.iter().filter(|(_, at)| japan::day(*at) == day).count();
        let Some(bytes) = line(order, number) else {
            return self.outbox.tell(StaffNews::NotAnnounced { check_id: check.clone() });
        };
        let main = File { ending: "txt".into(), bytes };
        let parcel = Parcel {
            check: check.clone(),
            replaces: None,
            processed_at: order.answer.processed_at,
            main,
            beside: Vec::new(),
        };
        match self.spool.keep(&parcel, now) {
            Ok(slip) => {
                self.announced.push((check.clone(), now));
                self.remember();
                if self.lines.as_ref().is_none_or(|lines| lines.try_send(slip).is_err()) {
                    tracing::warn!("the announcing is far behind; what waits goes with the next start");
                }
            }
            Err(error) => {
                tracing::error!(%error, "a reception cannot be kept to be announced");
                self.outbox.tell(StaffNews::NotAnnounced { check_id: check.clone() });
            }
        }
    }

    fn remember(&mut self) {
        let old = self.announced.len().saturating_sub(REMEMBERED);
        self.announced.drain(..old);
        let text: String = self.announced.iter().map(|(check, at)| format!("{} {check}\n", at.as_second())).collect();
        let file = self.own.join(ANNOUNCED);
        let written = super::place::Prepared::write_private(file.with_extension("tmp"), text.as_bytes());
        if let Err(error) = written.and_then(|prepared| prepared.replace(&file)) {
            tracing::warn!(%error, "that a reception was announced cannot be noted");
        }
    }
}

/// The folder of waiting lines is free for the next run.
impl Drop for Announcer {
    fn drop(&mut self) {
        self.lines = None;
        if self.ended.get_mut().recv_timeout(FAREWELL).is_err() {
            tracing::warn!("a reception was still being announced when the program ended");
        }
    }
}

fn read_announced(own: &std::path::Path) -> Vec<(String, Timestamp)> {
    let text = fs::read_to_string(own.join(ANNOUNCED)).unwrap_or_default();
    let one = |line: &str| {
        let (second, check) = line.split_once(' ')?;
        Some((check.to_owned(), Timestamp::from_second(second.parse().ok()?).ok()?))
    };
    text.lines().filter_map(one).collect()
}

/// Chart number, five noughts, name, date, time, number of the reception: in CP932 with a line break behind. `None` when the
/// clinic's own number of the patient is not known, or is no number.
fn line(order: &DeliveryOrder, number: usize) -> Option<Zeroizing<Vec<u8>>> {
    let chart = text(&order.answer.reference_number)?.trim();
    let is_number = (1..=20).contains(&chart.len()) && chart.bytes().all(|b| b.is_ascii_digit());
    let name = &order.answer.qualifications.first()?.name.0;
    let name = fit_for_windows(&name.replace(',', "，").replace(['\r', '\n', '\t'], " "));
    if !is_number || name.trim().is_empty() {
        return None;
    }
    let at = japan::civil(order.answer.processed_at);
    let line = format!("{chart},0,0,0,0,0,{name},{},受付:{number}\r\n", at.strftime("%Y/%m/%d,%H:%M:%S"));
    Some(SHIFT_JIS.encode(&line).0.into_owned().into())
}

/// Puts one line after the other into the folder.
struct Clerk {
    folder: PathBuf,
    own: PathBuf,
    access: Access,
    spool: Arc<Spool>,
    slips: VecDeque<Slip>,
}

impl Clerk {
    fn run(mut self, lines: &Receiver<Slip>) {
        loop {
            while let Some(slip) = self.slips.front().cloned() {
                match self.put(&slip) {
                    Ok(true) => {
                        self.slips.pop_front();
                    }
                    Ok(false) => break,
                    Err(error) => {
                        tracing::warn!(%error, "a reception cannot be announced yet");
                        break;
                    }
                }
            }
            let next = if self.slips.is_empty() {
                lines.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                lines.recv_timeout(PAUSE)
            };
            match next {
                Ok(slip) => self.slips.push_back(slip),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Puts one line there; not while the last one has not been taken.
    fn put(&self, slip: &Slip) -> io::Result<bool> {
        let folder = Ground::open(&self.folder)?;
        let temporary = match self.pending(slip)? {
            Some(temporary) if folder.thing(&temporary)? == Thing::Nothing => {
                self.forget(slip)?;
                return Ok(true);
            }
            pending => pending,
        };
        if folder.thing(NAME)? != Thing::Nothing {
            return Ok(false);
        }
        let temporary = match temporary {
            Some(temporary) => temporary,
            None => self.prepare(&folder, slip)?,
        };
        match folder.rename_new(&temporary, NAME) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            renamed => renamed?,
        }
        folder.sync();
        self.forget(slip)?;
        Ok(true)
    }

    fn prepare(&self, folder: &Ground, slip: &Slip) -> io::Result<String> {
        let parcel = self.spool.load(slip).map_err(io::Error::other)?;
        let temporary = format!(".uketsuke-{}{TEMPORARY}", unforeseen()?);
        folder.write_new(&temporary, &parcel.main.bytes, self.access)?;
        let note = format!("{} {temporary}", slip.check);
        let file = self.own.join(PENDING);
        super::place::Prepared::write_private(file.with_extension("tmp"), note.as_bytes())?.replace(&file)?;
        Ok(temporary)
    }

    /// The temporary file of that line, if it is the one that is about to get its name.
    fn pending(&self, slip: &Slip) -> io::Result<Option<String>> {
        let note = match fs::read_to_string(self.own.join(PENDING)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            note => note?,
        };
        Ok(note.split_once(' ').filter(|(check, _)| *check == slip.check).map(|(_, temporary)| temporary.to_owned()))
    }

    fn forget(&self, slip: &Slip) -> io::Result<()> {
        self.spool.remove(slip)?;
        fs::remove_file(self.own.join(PENDING))
    }
}
