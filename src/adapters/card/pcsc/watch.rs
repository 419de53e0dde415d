//! Watches service, reader and card; sleeps in the service until something changes.

use std::ffi::CString;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use pcsc::{Error, State};

use crate::domain::failure::Failure;
use crate::domain::staff_news::StaffNews;
use crate::ports::{Observation, Outbox, Report};

use super::super::ChannelError;
use super::rule::{ReaderRule, purpose};
use super::service::{Service, Session, Watch};
use super::{Reader, Shared, link, refuses_account};

/// A stopped service sends no event when it comes back, so it is asked for, ever less often.
const SERVICE_AGAIN: [Duration; 3] = [Duration::from_millis(200), Duration::from_millis(500), Duration::from_secs(2)];
/// A reader that comes between listing and waiting is missed by the notification; without a reader the list is read again.
const LIST_AGAIN: Duration = Duration::from_secs(10);
/// A reader that is listed and not there sends no event when it works again, so it is looked at this often.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Whether and which card lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Empty,
    /// With the reader's count of insertions and removals.
    Card(u32),
}

/// Why one stay with the service ended.
enum Over {
    Stopping,
    Service(Error),
}

/// Readers that are not ours and that a card could lie on; one that gives no state is not looked at again while it is listed.
type Others<W> = Vec<(CString, Option<W>)>;

pub(super) struct Watcher<S: Service> {
    service: S,
    shared: Arc<Shared>,
    outbox: Outbox,
    rule: ReaderRule,
    stopped: Receiver<()>,
    presence: Presence,
}

impl<S: Service> Watcher<S> {
    pub(super) fn new(
        service: S,
        shared: Arc<Shared>,
        outbox: Outbox,
        rule: ReaderRule,
        stopped: Receiver<()>,
    ) -> Self {
        Self { service, shared, outbox, rule, stopped, presence: Presence::Empty }
    }

    /// Runs until told to stop.
    pub(super) fn run(mut self) {
        let mut attempts = 0;
        while let Over::Service(error) = self.stay(&mut attempts) {
            if refuses_account(error) {
                self.outbox.tell(StaffNews::CardServiceRefuses);
            }
            self.lost(Failure::CardServiceStopped, &error.to_string());
            let pause = SERVICE_AGAIN.get(attempts).or(SERVICE_AGAIN.last()).copied().unwrap_or_default();
            attempts += 1;
            if self.stopped.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
        *self.shared.cancel.lock() = None;
    }

    /// Stays with one service process until it goes away.
    fn stay(&mut self, attempts: &mut usize) -> Over {
        let session = match self.service.connect() {
            Ok(session) => session,
            Err(error) => return Over::Service(error),
        };
        let canceller = session.clone();
        *self.shared.cancel.lock() = Some(Box::new(move || canceller.cancel()));
        let mut list = session.watch(pcsc::PNP_NOTIFICATION());
        let mut watched: Option<(CString, <S::Session as Session>::Watch)> = None;
        let mut others: Others<<S::Session as Session>::Watch> = Vec::new();
        loop {
            let readers = match session.readers() {
                Ok(readers) => readers,
                Err(error) => return Over::Service(error),
            };
            *attempts = 0;
            let chosen = self.rule.choose(&readers);
            // A change of the list that leaves our reader where it is changes nothing that is known of it.
            if watched.as_ref().map(|(name, _)| name) != chosen {
                self.forget_card();
                watched = chosen.map(|name| (name.clone(), session.watch(name)));
            }
            let not_ours = |name: &&CString| Some(*name) != chosen && purpose(&name.to_string_lossy()).takes_cards();
            let names: Vec<&CString> = readers.iter().filter(not_ours).collect();
            others.retain(|(name, _)| names.contains(&name));
            for name in names {
                if !others.iter().any(|(known, _)| known == name) {
                    others.push((name.clone(), Some(session.watch(name))));
                }
            }
            let outcome = match &mut watched {
                None => {
                    self.lost(Failure::ReaderGone, "none is connected");
                    session.wait(&mut [&mut list], Some(LIST_AGAIN))
                }
                Some((name, watch)) => self.look(&session, name, watch, &mut list, &mut others),
            };
            if self.shared.stopping.load(Ordering::SeqCst) {
                return Over::Stopping;
            }
            list.know();
            match outcome {
                Ok(()) | Err(Error::Timeout | Error::Cancelled) => {}
                Err(error) => match link::meaning(error) {
                    // Between listing and waiting it went: the next list says so. A list that goes on naming it must not
                    // be read in a circle.
                    ChannelError::ReaderGone(why) => {
                        watched = None;
                        self.lost(Failure::ReaderGone, &why);
                        if self.stopped.recv_timeout(LOOK_AGAIN) != Err(RecvTimeoutError::Timeout) {
                            return Over::Stopping;
                        }
                    }
                    _ => return Over::Service(error),
                },
            }
        }
    }

    /// Waits for a change of our reader or of the list, and tells what changed.
    fn look(
        &mut self,
        session: &S::Session,
        name: &CString,
        watch: &mut <S::Session as Session>::Watch,
        list: &mut <S::Session as Session>::Watch,
        others: &mut Others<<S::Session as Session>::Watch>,
    ) -> Result<(), Error> {
        let mut all = vec![&mut *watch, &mut *list];
        all.extend(others.iter_mut().filter_map(|(_, other)| other.as_mut()));
        session.wait(&mut all, None)?;
        if self.shared.stopping.load(Ordering::SeqCst) {
            return Ok(());
        }
        let seen = watch.seen();
        if seen.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
            self.lost(Failure::ReaderGone, "the reader is listed and does not answer");
            // Not of this reader: services differ in whether a wait on it returns at once.
            let waited = session.wait(&mut [list], Some(LOOK_AGAIN));
            *watch = session.watch(name);
            return waited;
        }
        self.ready(name);
        let now = if seen.contains(State::PRESENT) { Presence::Card(watch.count()) } else { Presence::Empty };
        self.observe(now);
        watch.know();
        self.look_at(others);
        Ok(())
    }

    /// A card that was put on another reader while none lies on ours is a patient who waits in vain.
    fn look_at(&mut self, others: &mut Others<<S::Session as Session>::Watch>) {
        for (name, other) in others {
            let Some(watch) = other else { continue };
            let (before, seen) = (watch.known(), watch.seen());
            watch.know();
            if seen.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
                *other = None;
            } else if before.contains(State::EMPTY) && seen.contains(State::PRESENT) && self.presence == Presence::Empty
            {
                let reader = name.to_string_lossy().replace(' ', "_");
                tracing::warn!(reader, "a card lies on a reader that is not the patients'");
                self.outbox.tell(StaffNews::CardOnOtherReader { reader });
            }
        }
    }

    /// Tells what changed; a card pulled and put back between two looks is one gone and one placed.
    fn observe(&mut self, now: Presence) {
        let before = std::mem::replace(&mut self.presence, now);
        match (before, now) {
            (Presence::Empty, Presence::Card(_)) => self.seen(Observation::CardPlaced),
            (Presence::Card(_), Presence::Empty) => self.card_gone(),
            (Presence::Card(old), Presence::Card(new)) if old != new => {
                self.card_gone();
                self.seen(Observation::CardPlaced);
            }
            _ => {}
        }
    }

    /// Our reader is another one from now on, or none.
    fn forget_card(&mut self) {
        if matches!(std::mem::replace(&mut self.presence, Presence::Empty), Presence::Card(_)) {
            self.card_gone();
        }
    }

    fn card_gone(&self) {
        self.shared.removals.fetch_add(1, Ordering::SeqCst);
        self.seen(Observation::CardGone);
    }

    fn ready(&self, reader: &CString) {
        let now = Reader::Ready(reader.clone());
        if *self.shared.reader.lock() != now {
            self.shared.set_reader(now);
            self.seen(Observation::ReaderReady);
        }
    }

    /// The reader is lost, and with it the card; told once. A card that lies there afterwards is announced again: whether it
    /// is the same one nobody can tell.
    fn lost(&mut self, failure: Failure, why: &str) {
        self.presence = Presence::Empty;
        if *self.shared.reader.lock() != Reader::Lost(failure) {
            tracing::warn!(why, failure = failure.code(), "card reader lost");
            self.shared.removals.fetch_add(1, Ordering::SeqCst);
            self.shared.set_reader(Reader::Lost(failure));
            self.seen(Observation::ReaderLost(failure));
        }
    }

    fn seen(&self, observation: Observation) {
        self.outbox.send(Report::Seen(observation));
    }
}
