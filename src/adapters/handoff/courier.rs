//! The one who carries parcels to the drop folder, in order, on a thread of its own: a share may hang for minutes.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::domain::failure::Failure;
use crate::domain::staff_news::StaffNews;
use crate::ports::{HandoffNews, News, Outbox, Receipt, Report};

use super::config::{DropConfig, SpoolConfig};
use super::lying::Lying;
use super::parcel::Parcel;
use super::spool::{Slip, Spool};
use super::store::Store;

/// Where a reception waits for its file.
pub type Tell = SyncSender<io::Result<Receipt>>;

/// The shortest pause between two looks at what was taken.
const LOOK: Duration = Duration::from_secs(1);

/// One parcel on its way.
pub struct Job {
    /// The parcel.
    pub load: Load,
    /// Who waits for it; nobody once it has lain in the spool over a restart.
    pub tell: Option<Tell>,
}

/// Where the parcel is.
pub enum Load {
    /// In the spool.
    Kept(Slip),
    /// In memory alone, because there is no spool to keep it in.
    Loose(Parcel),
}

/// The checks that wait in the spool, seen from both threads.
#[derive(Clone, Default)]
pub struct Waiting(Arc<Mutex<Vec<String>>>);

impl Waiting {
    /// Changes or reads the list.
    pub fn with<T>(&self, use_it: impl FnOnce(&mut Vec<String>) -> T) -> T {
        use_it(&mut self.0.lock())
    }
}

pub struct Courier {
    config: DropConfig,
    spool: Option<(SpoolConfig, Arc<Spool>)>,
    waiting: Waiting,
    outbox: Outbox,
    store: Option<Store>,
    lying: Lying,
    queue: VecDeque<Job>,
    failures: u32,
}

impl Courier {
    /// A courier with what waits already.
    pub fn new(
        config: DropConfig,
        spool: Option<(SpoolConfig, Arc<Spool>)>,
        slips: VecDeque<Slip>,
        waiting: Waiting,
        outbox: Outbox,
    ) -> Self {
        waiting.with(|list| list.extend(slips.iter().map(|slip| slip.check.clone())));
        let queue = slips.into_iter().map(|slip| Job { load: Load::Kept(slip), tell: None }).collect();
        let lying = Lying::new(config.stay);
        Self { config, spool, waiting, outbox, store: None, lying, queue, failures: 0 }
    }

    /// Carries until nobody sends any more; what then waits stays in the spool.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        // A mere look leaves the folders to the kiosk: it may run under another account.
        if self.config.spool.as_ref().is_none_or(|spool| spool.serve) {
            if let Err(error) = self.open() {
                tracing::warn!(%error, "the drop folder cannot be used yet");
            }
            self.round();
        }
        loop {
            let job = match self.pause() {
                None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(pause) => jobs.recv_timeout(pause),
            };
            match job {
                Ok(job) => self.queue.push_back(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.queue.extend(jobs.try_iter());
            self.round();
        }
    }

    /// How long to wait before something is to be done without an order; `None` while nothing is.
    fn pause(&self) -> Option<Duration> {
        // A folder that cannot be looked into is looked into again in a moment.
        let look = self.lying.rest(Instant::now()).map(|rest| rest.max(LOOK));
        self.retry().into_iter().chain(look).min()
    }

    /// How long to wait before the next try; `None` while nothing waits.
    fn retry(&self) -> Option<Duration> {
        let (config, _) = self.spool.as_ref().filter(|_| !self.queue.is_empty())?;
        let doubled = config.first_pause.saturating_mul(1 << self.failures.saturating_sub(1).min(16));
        Some(doubled.min(config.longest_pause))
    }

    /// One round: everything that can be delivered is, oldest first, so that the order is kept.
    fn round(&mut self) {
        self.give_up_old();
        while let Some(job) = self.queue.pop_front() {
            let outcome = match &job.load {
                Load::Loose(parcel) => self.put(parcel),
                Load::Kept(slip) => match self.load(slip) {
                    Some(parcel) => self.put(&parcel),
                    None => {
                        self.set_aside(slip);
                        continue;
                    }
                },
            };
            match outcome {
                Ok(receipt) => self.done(job, receipt),
                Err(error) => return self.failed(job, error),
            }
        }
        self.failures = 0;
        self.look();
    }

    /// Looks whether files were taken.
    fn look(&mut self) {
        let now = Instant::now();
        if self.lying.rest(now).is_none_or(|rest| rest > Duration::ZERO) {
            return;
        }
        let Some(store) = &self.store else { return };
        let looked = store.look(&mut self.lying, now);
        match looked {
            Ok((told, removed)) => {
                told.into_iter().for_each(|news| self.outbox.tell(news));
                removed.into_iter().for_each(|news| self.outbox.send(Report::News(News::Handoff(news))));
            }
            Err(error) => tracing::warn!(%error, "whether files were taken cannot be seen"),
        }
    }

    fn load(&self, slip: &Slip) -> Option<Parcel> {
        let (_, spool) = self.spool.as_ref()?;
        spool.load(slip).inspect_err(|error| tracing::error!(%error, "a kept file cannot be opened")).ok()
    }

    /// Puts one parcel into the drop folder.
    fn put(&mut self, parcel: &Parcel) -> io::Result<Receipt> {
        let store = self.open()?;
        let receipt = store.deliver(parcel)?;
        if let Some(entry) = store.entry(&parcel.check).cloned() {
            self.lying.watch(entry, Instant::now());
        }
        Ok(receipt)
    }

    /// The file is there: the spool forgets it, and whoever waits hears of it. A reception that has stopped waiting
    /// was told that the file waits, so the news goes to the runtime.
    fn done(&self, job: Job, receipt: Receipt) {
        if let Load::Kept(slip) = &job.load {
            self.forget(slip);
        }
        let told = job.tell.is_some_and(|tell| tell.send(Ok(receipt.clone())).is_ok());
        // What lay there before was told then: the program ended before the spool had forgotten it.
        if let (Load::Kept(slip), false, false) = (job.load, told, receipt.duplicate) {
            let waiting = self.waiting.with(|list| list.len());
            let news = HandoffNews::DeliveredLate { check_id: slip.check, file: receipt.file, waiting };
            self.outbox.send(Report::News(News::Handoff(news)));
        }
    }

    /// Nobody waits in vain, neither for this one nor for those behind it.
    fn failed(&mut self, job: Job, error: io::Error) {
        self.failures = self.failures.saturating_add(1);
        tracing::warn!(%error, failures = self.failures, "the drop folder took no file");
        self.count_the_day(&job);
        // A folder that went away is opened anew, with its lock and its index.
        self.store = None;
        let kind = error.kind();
        if let Some(tell) = job.tell {
            // A reception that has ended meanwhile does not listen.
            let _ = tell.send(Err(error));
        }
        self.queue.push_front(Job { load: job.load, tell: None });
        for job in &mut self.queue {
            if let Some(tell) = job.tell.take() {
                let _ = tell.send(Err(kind.into()));
            }
        }
        self.queue.retain(|job| matches!(job.load, Load::Kept(_)));
    }

    fn open(&mut self) -> io::Result<&mut Store> {
        if self.store.is_none() {
            let store = Store::open(&self.config)?;
            for entry in store.lying()? {
                self.lying.watch(entry, Instant::now());
            }
            self.store = Some(store);
        }
        self.store.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn forget(&self, slip: &Slip) {
        self.unlist(slip);
        if let Some((_, spool)) = &self.spool
            && let Err(error) = spool.remove(slip)
        {
            tracing::warn!(%error, "a delivered file stays in the spool; the next start finds it delivered");
        }
    }

    fn set_aside(&self, slip: &Slip) {
        self.outbox.tell(StaffNews::KeptFileUnreadable { since: slip.kept_at });
        self.put_aside(slip);
    }

    fn put_aside(&self, slip: &Slip) {
        self.unlist(slip);
        if let Some((_, spool)) = &self.spool
            && let Err(error) = spool.set_aside(slip)
        {
            tracing::error!(%error, "it stays where it is until the next start");
        }
    }

    fn unlist(&self, slip: &Slip) {
        self.waiting.with(|list| {
            if let Some(at) = list.iter().position(|check| *check == slip.check) {
                list.remove(at);
            }
        });
    }

    /// What waits was tried on one more day, if the day is known for sure.
    fn count_the_day(&self, first: &Job) {
        let Some((config, spool)) = &self.spool else { return };
        let kept = |job: &Job| if let Load::Kept(slip) = &job.load { Some(slip.clone()) } else { None };
        let last = self.queue.iter().rev().chain([first]).find_map(kept);
        let (Some(day), Some(last)) = (config.day.get(), last) else { return };
        if let Err(error) = spool.refused_on(day, &last) {
            tracing::warn!(%error, "a day on which the drop folder took nothing could not be noted");
        }
    }

    /// Files that nobody took on many days, and files that cannot be opened, stand in nobody's way: they are set aside, and
    /// only staff let them go.
    fn give_up_old(&mut self) {
        let Some((config, spool)) = &self.spool else { return };
        let too_old = |slip: &Slip| spool.days_tried(slip) > usize::from(config.keep_days);
        let (mut rest, mut given_up) = (VecDeque::new(), Vec::new());
        for job in std::mem::take(&mut self.queue) {
            match &job.load {
                Load::Kept(slip) if slip.check.is_empty() => self.set_aside(slip),
                Load::Kept(slip) if too_old(slip) => given_up.push(slip.clone()),
                _ => rest.push_back(job),
            }
        }
        self.queue = rest;
        for slip in given_up {
            self.put_aside(&slip);
            let news = HandoffNews::GivenUp { check_id: slip.check, kept_at: slip.kept_at };
            self.outbox.send(Report::News(News::Handoff(news)));
        }
    }
}

/// Waits for the outcome of a job; `None` when it takes longer.
pub fn wait(told: &Receiver<io::Result<Receipt>>, patience: Duration) -> Option<io::Result<Receipt>> {
    let began = Instant::now();
    let outcome = told.recv_timeout(patience).ok();
    if outcome.is_none() {
        tracing::warn!(waited_ms = began.elapsed().as_millis(), "the drop folder does not answer in time");
    }
    outcome
}

/// The one mapping of a file system's error; its text holds no personal data.
pub fn unwritable(error: &io::Error) -> Failure {
    tracing::error!(code = Failure::HandoffUnwritable.code(), %error, "the file for the receipt computer");
    Failure::HandoffUnwritable
}
