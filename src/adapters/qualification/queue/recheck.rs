//! Asks for the entries of the queue, one after the other, once the service is there again.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use reqwest::Method;
use zeroize::Zeroizing;

use super::store::{Listed, MAX_TRIES, Queue, QueueError, State, Word};
use super::{Ask, QueueConfig};
use crate::adapters::qualification::Inner;
use crate::adapters::qualification::contract::{Asked, Mode, QualificationCheck, ServiceStatus, paths};
use crate::adapters::qualification::leftovers::visit_of;
use crate::adapters::qualification::link::{Answered, Call, CallError};
use crate::adapters::qualification::service::parse;
use crate::adapters::sealed::private;
use crate::domain::failure::Failure;
use crate::domain::japan;
use crate::domain::qualification::{AskedBy, Validity};
use crate::domain::staff_news::{StaffNews, Store};
use crate::ports::{News, QueueStep, Report, ResumedVisit};

/// What one round came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Valid answers, whose files are on their way.
    pub verified: usize,
    /// Answers for staff.
    pub mismatched: usize,
    /// Tries that failed.
    pub failed: usize,
    /// Entries that wait: not due, or not to be asked for in this mode of the service.
    pub waiting: usize,
    /// Entries that were tried on too many days: they are kept, and not asked for any more.
    pub set_aside: usize,
    /// The service is closed or cannot be reached.
    pub closed: bool,
}

/// Holds the queue for one program that checks it.
pub struct Turn {
    queue: Queue,
    /// `None` where the file system knows no locks.
    _lock: Option<File>,
}

impl Turn {
    /// Opens the queue for checking; `None` when nobody has ever taken anything in.
    ///
    /// # Errors
    /// When it cannot be used, or another program checks it.
    pub fn take(database: &Path) -> Result<Option<Self>, QueueError> {
        if !database.exists() {
            return Ok(None);
        }
        let file = private().create(true).truncate(false).write(true).open(database.with_extension("lock"));
        let file = file.map_err(QueueError::Busy)?;
        let lock = match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock) => return Err(QueueError::Busy(std::io::ErrorKind::ResourceBusy.into())),
            Err(TryLockError::Error(_)) => None,
        };
        Ok(Some(Self { queue: Queue::open(database)?, _lock: lock }))
    }
}

impl Inner {
    /// Looks at the queue again and again, as long as the kiosk runs.
    pub(in crate::adapters::qualification) async fn recheck_for_ever(self: Arc<Self>, config: QueueConfig) {
        let mut turn = None;
        loop {
            match self.round_of(&config, turn.take()).await {
                Ok((kept, round)) => {
                    turn = kept;
                    if round.verified + round.mismatched + round.failed > 0 {
                        tracing::info!(?round, "the offline queue was checked");
                    }
                }
                Err(error) => tracing::error!(%error, "the offline queue cannot be checked"),
            }
            tokio::select! {
                () = tokio::time::sleep(config.look_every) => {}
                () = self.queue_wake.notified() => {}
            }
        }
    }

    /// One round; the turn is given back, so that no other program comes between.
    pub(in crate::adapters::qualification) async fn round_of(
        &self,
        config: &QueueConfig,
        turn: Option<Turn>,
    ) -> Result<(Option<Turn>, Round), QueueError> {
        let turn = match turn {
            Some(turn) => Some(turn),
            None => Turn::take(&config.database)?,
        };
        let Some(mut turn) = turn else { return Ok((None, Round::default())) };
        let round = self.round(config, &mut turn.queue).await?;
        Ok((Some(turn), round))
    }

    async fn round(&self, config: &QueueConfig, queue: &mut Queue) -> Result<Round, QueueError> {
        let mut round = Round { set_aside: self.forget(config, queue)?, ..Round::default() };
        for word in queue.take_words()? {
            match word {
                Word::Step(name, step) => self.tell(&name, step),
                Word::KeyLost => self.outbox.tell(StaffNews::StoreKeyLost { store: Store::Queue }),
                Word::SetAside(file) => self.outbox.tell(StaffNews::StoreSetAside { store: Store::Queue, file }),
            }
        }
        let entries = queue.list()?;
        for entry in entries.iter().filter(|entry| !entry.told) {
            self.tell(&entry.id, QueueStep::Added);
            queue.told(&entry.id)?;
        }
        let open = |entry: &&Listed| matches!(entry.state, State::OfflineQueued | State::Verified);
        let entries: Vec<_> = entries.iter().filter(open).collect();
        if entries.is_empty() {
            return Ok(round);
        }
        self.ask_for(queue, entries, &mut round).await?;
        self.count_the_day(queue)?;
        Ok(round)
    }

    async fn ask_for(&self, queue: &mut Queue, entries: Vec<&Listed>, round: &mut Round) -> Result<(), QueueError> {
        let Some(mode) = self.mode().await else {
            (round.waiting, round.closed) = (entries.len(), true);
            return Ok(());
        };
        for entry in entries {
            if !self.may_ask(entry, mode) {
                round.waiting += 1;
                continue;
            }
            if !self.one(queue, entry, round).await? {
                round.closed = true;
                break;
            }
        }
        Ok(())
    }

    /// What is still open has been tried on one more day, if the day is known for sure.
    fn count_the_day(&self, queue: &Queue) -> Result<(), QueueError> {
        let Some(day) = self.clock.sure_day() else { return Ok(()) };
        let open = queue.list()?.into_iter().filter(|entry| entry.state == State::OfflineQueued);
        open.into_iter().try_for_each(|entry| queue.tried_on(&entry.id, day))
    }

    /// Wipes what was handed over, and sets aside what was tried on too many days; how many.
    fn forget(&self, config: &QueueConfig, queue: &mut Queue) -> Result<usize, QueueError> {
        let now = self.clock.now();
        for check_id in std::mem::take(&mut *self.queue_settled.lock()) {
            if let Some(id) = queue.of_check(&check_id)? {
                queue.wipe(&id, State::Delivered, now)?;
            }
        }
        let old = queue.set_aside(config.keep_days, now)?;
        for id in &old {
            self.tell(id, QueueStep::SetAside);
            self.outbox.tell(StaffNews::QueuedSetAside { entry: id.clone() });
        }
        Ok(old.len())
    }

    /// The mode of the service; `None` while it is closed or away.
    async fn mode(&self) -> Option<Mode> {
        let call = Call { method: Method::GET, path: paths::SERVICE_STATUS.to_owned(), body: None, key: None };
        let answered = self.link.call(call).await.ok()?;
        let mode = parse::<ServiceStatus>(&answered.body).ok()?.it.mode;
        (!matches!(mode, Mode::Maintenance | Mode::Unknown)).then_some(mode)
    }

    fn may_ask(&self, entry: &Listed, mode: Mode) -> bool {
        if let (State::Verified, Some(check_id)) = (entry.state, &entry.check_id) {
            return !self.queue_handed.lock().contains(check_id);
        }
        // The four facts are searched for in degraded and disaster mode alone.
        let allowed = entry.kind == "insuredNumber" || matches!(mode, Mode::Degraded | Mode::Disaster);
        allowed && entry.next_at <= self.clock.now()
    }

    /// Asks for one entry; false when there is no use in going on with the next.
    async fn one(&self, queue: &mut Queue, entry: &Listed, round: &mut Round) -> Result<bool, QueueError> {
        let now = self.clock.now();
        let Some(ask) = &entry.ask else {
            queue.give_up(&entry.id, "unreadable", now)?;
            self.give_up(&entry.id);
            round.failed += 1;
            return Ok(true);
        };
        match self.link.call(self.call(entry, ask)?).await {
            Ok(Answered { body, named }) => {
                let asked = self.asked(entry, ask, named);
                match parse::<QualificationCheck>(&body).ok().and_then(|check| visit_of(check, &asked, None)) {
                    Some(visit) => self.take_answer(queue, entry, visit, round)?,
                    None => self.failed(queue, entry, Failure::GatewayAnswerInvalid, round)?,
                }
            }
            // The line is down: nothing is said of the entry.
            Err(CallError {
                failure: Failure::GatewayUnreachable | Failure::GatewayTls | Failure::ClockWrong, ..
            }) => return Ok(false),
            Err(CallError { failure, .. }) => {
                self.failed(queue, entry, failure, round)?;
                return Ok(failure != Failure::GatewayTimeout);
            }
        }
        Ok(true)
    }

    /// What the answer to an entry has to be.
    fn asked(&self, entry: &Listed, ask: &Ask, named: Option<String>) -> Asked {
        let by = match ask {
            Ask::InsuredNumber(_) => AskedBy::InsuredNumber,
            Ask::Demographics(_) => AskedBy::Demographics,
        };
        let verified = entry.check_id.clone().filter(|_| entry.state == State::Verified);
        let day = japan::day(entry.added_at);
        let (id, repertoire) = (verified.or(named), self.repertoire);
        Asked { sent: entry.added_at, by, id, repertoire, ..Asked::on(day, self.clock.now()) }
    }

    /// The entry's own key and its own day make a repeat the same request. One that was answered is only fetched.
    fn call(&self, entry: &Listed, ask: &Ask) -> Result<Call, QueueError> {
        if let (State::Verified, Some(check_id)) = (entry.state, &entry.check_id) {
            return Ok(Call { method: Method::GET, path: paths::check(check_id), body: None, key: None });
        }
        let request = ask.request(&self.facility_code, japan::day(entry.added_at));
        let body = Some(Zeroizing::new(serde_json::to_vec(&request)?));
        let (path, key) = (paths::QUALIFICATION_CHECKS.to_owned(), Some(entry.id.clone()));
        Ok(Call { method: Method::POST, path, body, key })
    }

    fn take_answer(
        &self,
        queue: &mut Queue,
        entry: &Listed,
        visit: ResumedVisit,
        round: &mut Round,
    ) -> Result<(), QueueError> {
        let (check_id, validity) = (visit.answer.check_id.clone(), visit.answer.validity);
        if entry.state != State::Verified {
            let word = format!("{validity:?}").to_lowercase();
            queue.answered(&entry.id, &check_id, validity == Validity::Valid, &word, self.clock.now())?;
            self.tell(&entry.id, QueueStep::Checked);
        }
        if validity != Validity::Valid {
            round.mismatched += 1;
            self.outbox.tell(StaffNews::QueuedUnconfirmed { entry: entry.id.clone(), validity });
            return Ok(());
        }
        round.verified += 1;
        self.queue_handed.lock().insert(check_id);
        self.outbox.send(Report::News(News::Resumed(Box::new(ResumedVisit { queued: true, ..visit }))));
        Ok(())
    }

    fn failed(&self, queue: &mut Queue, entry: &Listed, failure: Failure, round: &mut Round) -> Result<(), QueueError> {
        round.failed += 1;
        let tries = queue.failed(&entry.id, failure.code(), self.clock.now())?;
        self.tell(&entry.id, QueueStep::Failed);
        if tries >= MAX_TRIES {
            self.give_up(&entry.id);
        }
        Ok(())
    }

    fn give_up(&self, id: &str) {
        self.tell(id, QueueStep::GivenUp);
        self.outbox.tell(StaffNews::QueuedGivenUp { entry: id.to_owned() });
    }

    fn tell(&self, id: &str, step: QueueStep) {
        self.outbox.send(Report::News(News::Queue { entry: id.to_owned(), step }));
    }
}
