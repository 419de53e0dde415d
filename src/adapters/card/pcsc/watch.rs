//! Watches service, reader and card; sleeps in `SCardGetStatusChange` until something changes.

use std::ffi::CString;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use pcsc::{Context, Error, ReaderState, Scope, State};

use crate::domain::failure::Failure;
use crate::ports::{Observation, Outbox, Report};

use super::super::ChannelError;
use super::{Reader, Shared, link, locked};

/// A stopped service sends no event when it comes back, so it is asked for, ever less often.
const SERVICE_AGAIN: [Duration; 3] = [Duration::from_millis(200), Duration::from_millis(500), Duration::from_secs(2)];
/// A reader that comes between listing and waiting is missed by the notification; without a reader the list is read again.
const LIST_AGAIN: Duration = Duration::from_secs(10);

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
    Service(String),
}

pub(super) struct Watcher {
    shared: Arc<Shared>,
    outbox: Outbox,
    name: Option<String>,
    stopped: Receiver<()>,
}

impl Watcher {
    pub(super) fn new(shared: Arc<Shared>, outbox: Outbox, name: Option<String>, stopped: Receiver<()>) -> Self {
        Self { shared, outbox, name, stopped }
    }

    /// Runs until told to stop.
    pub(super) fn run(&self) {
        let mut attempts = 0;
        while let Over::Service(why) = self.stay(&mut attempts) {
            self.lost(Failure::CardServiceStopped, &why);
            let pause = SERVICE_AGAIN.get(attempts).or(SERVICE_AGAIN.last()).copied().unwrap_or_default();
            attempts += 1;
            if self.stopped.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
        *locked(&self.shared.watching) = None;
    }

    /// Stays with one service process until it goes away.
    fn stay(&self, attempts: &mut usize) -> Over {
        let context = match Context::establish(Scope::User) {
            Ok(context) => context,
            Err(error) => return Over::Service(error.to_string()),
        };
        *locked(&self.shared.watching) = Some(context.clone());
        let mut notification = ReaderState::new(pcsc::PNP_NOTIFICATION(), State::UNAWARE);
        loop {
            let readers = match link::readers(&context) {
                Ok(readers) => readers,
                Err(error) => return Over::Service(error.to_string()),
            };
            *attempts = 0;
            let outcome = match link::choose(&readers, self.name.as_deref()) {
                Some(reader) => {
                    self.ready(reader);
                    self.watch_reader(&context, reader, &mut notification)
                }
                None => {
                    self.lost(Failure::ReaderGone, "none is connected");
                    let waited = wait(&context, std::slice::from_mut(&mut notification), Some(LIST_AGAIN));
                    notification.sync_current_state();
                    waited
                }
            };
            if self.shared.stopping.load(Ordering::SeqCst) {
                return Over::Stopping;
            }
            match outcome {
                Ok(()) | Err(Error::Timeout | Error::Cancelled) => {}
                Err(error) => match link::meaning(error) {
                    ChannelError::ReaderGone(_) => {}
                    _ => return Over::Service(error.to_string()),
                },
            }
        }
    }

    /// Watches one reader until it goes or the list of readers changes.
    fn watch_reader(&self, context: &Context, reader: &CString, notification: &mut ReaderState) -> Result<(), Error> {
        let mut presence = Presence::Empty;
        let begin = |name: &std::ffi::CStr, state| ReaderState::new(name, state);
        let mut states = [begin(reader, State::UNAWARE), begin(pcsc::PNP_NOTIFICATION(), notification.event_state())];
        loop {
            wait(context, &mut states, None)?;
            if self.shared.stopping.load(Ordering::SeqCst) {
                return Ok(());
            }
            let [card, list] = &mut states;
            let seen = card.event_state();
            if seen.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
                return Err(Error::ReaderUnavailable);
            }
            let now = if seen.contains(State::PRESENT) { Presence::Card(card.event_count()) } else { Presence::Empty };
            self.observe(presence, now);
            presence = now;
            if list.event_state().contains(State::CHANGED) && self.is_gone(context, reader)? {
                return Err(Error::ReaderUnavailable);
            }
            card.sync_current_state();
            list.sync_current_state();
        }
    }

    fn is_gone(&self, context: &Context, reader: &CString) -> Result<bool, Error> {
        Ok(link::choose(&link::readers(context)?, self.name.as_deref()) != Some(reader))
    }

    /// Tells what changed; a card pulled and put back between two looks is one gone and one placed.
    fn observe(&self, before: Presence, now: Presence) {
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

    fn card_gone(&self) {
        self.shared.removals.fetch_add(1, Ordering::SeqCst);
        self.seen(Observation::CardGone);
    }

    fn ready(&self, reader: &CString) {
        let now = Reader::Ready(reader.clone());
        if *locked(&self.shared.reader) != now {
            self.shared.set_reader(now);
            self.seen(Observation::ReaderReady);
        }
    }

    /// The reader is lost, and with it the card; told once.
    fn lost(&self, failure: Failure, why: &str) {
        if *locked(&self.shared.reader) != Reader::Lost(failure) {
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

fn wait(context: &Context, states: &mut [ReaderState], timeout: Option<Duration>) -> Result<(), Error> {
    context.get_status_change(timeout, states)?;
    Ok(())
}
