//! What the adapter asks of PC/SC, as traits: so that what no virtual reader can show (a reader that is listed and not there,
//! a dead handle, a service that comes back) is shown by a fake.

use std::ffi::{CStr, CString};
use std::time::Duration;

use pcsc::{Context, Error, ReaderState, Scope, State};

use super::super::{Channel, ChannelError};
use super::link;

/// The PC/SC service of this PC.
pub(super) trait Service: Send + Sync + 'static {
    /// A connection to it.
    type Session: Session;

    fn connect(&self) -> Result<Self::Session, Error>;
}

/// One connection to the service; its copies are the same connection.
pub(super) trait Session: Clone + Send + 'static {
    /// What is known of one reader, or of the list of readers.
    type Watch: Watch;

    /// Every reader by name; none is an empty list.
    fn readers(&self) -> Result<Vec<CString>, Error>;

    /// Begins to watch a reader of which nothing is known yet.
    fn watch(&self, reader: &CStr) -> Self::Watch;

    /// Sleeps until one of them differs from what is known of it.
    fn wait(&self, watches: &mut [&mut Self::Watch], timeout: Option<Duration>) -> Result<(), Error>;

    /// Wakes the one that sleeps in `wait`.
    fn cancel(&self) -> Result<(), Error>;

    /// One exclusive burst; `run` says whether the card must lose power after it.
    fn with_card<T>(&self, reader: &CStr, run: impl FnOnce(&mut dyn Channel) -> (T, bool)) -> Result<T, ChannelError>;
}

/// What is known of one reader.
pub(super) trait Watch {
    /// What the last wait saw.
    fn seen(&self) -> State;
    /// Insertions and removals that it has counted.
    fn count(&self) -> u32;
    /// What was known before that.
    fn known(&self) -> State;
    /// What was seen is known from now on.
    fn know(&mut self);
}

/// The real one.
pub(super) struct System;

/// A real connection.
#[derive(Clone)]
pub(super) struct SystemSession(Context);

impl Service for System {
    type Session = SystemSession;

    fn connect(&self) -> Result<SystemSession, Error> {
        Context::establish(Scope::User).map(SystemSession)
    }
}

impl Session for SystemSession {
    type Watch = ReaderState;

    fn readers(&self) -> Result<Vec<CString>, Error> {
        link::readers(&self.0)
    }

    fn watch(&self, reader: &CStr) -> ReaderState {
        ReaderState::new(reader, State::UNAWARE)
    }

    fn wait(&self, watches: &mut [&mut ReaderState], timeout: Option<Duration>) -> Result<(), Error> {
        // The call wants them in a row; what is known travels with each, so moving them loses nothing.
        let blank = || ReaderState::new(c"", State::IGNORE);
        let mut row: Vec<ReaderState> = watches.iter_mut().map(|watch| std::mem::replace(*watch, blank())).collect();
        let waited = self.0.get_status_change(timeout, &mut row);
        for (watch, state) in watches.iter_mut().zip(row) {
            **watch = state;
        }
        waited
    }

    fn cancel(&self) -> Result<(), Error> {
        self.0.cancel()
    }

    fn with_card<T>(&self, reader: &CStr, run: impl FnOnce(&mut dyn Channel) -> (T, bool)) -> Result<T, ChannelError> {
        link::with_card(&self.0, reader, run)
    }
}

impl Watch for ReaderState {
    fn seen(&self) -> State {
        self.event_state()
    }

    fn count(&self) -> u32 {
        self.event_count()
    }

    fn known(&self) -> State {
        self.current_state()
    }

    fn know(&mut self) {
        self.sync_current_state();
    }
}
