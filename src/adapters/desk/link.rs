//! The way to the desk: what waits in the outbox goes out in order, as long as the desk takes it.
//!
//! Nothing runs while nothing waits. While the desk is away it is asked after ever longer pauses; a stream of commands that
//! comes up again ends the pause.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{StatusCode, Url};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use super::outbox::{Item, Outbox, OutboxError, Waiting};
use super::wire::Run;
use crate::adapters::identity::Credentials;
use crate::desk::contract::{Accepted, Batch, MAX_BODY, MAX_EVENTS, Numbered, paths};
use crate::domain::staff_news::{StaffNews, Store};
use crate::fault_point;
use crate::ports::{self, Clock};

/// Bytes of events in one request; the rest of the body is its frame.
const BYTES: usize = MAX_BODY - 4_096;
/// Longest answer that is read.
const MAX_ANSWER: usize = 4_096;
/// No terminal ever comes to so many events.
const ENDLESS: u64 = 1 << 53;

/// The outbox, opened when first needed and again after a failure.
pub struct Place {
    file: PathBuf,
    clock: Arc<dyn Clock>,
    open: Mutex<Option<Outbox>>,
    /// Where staff hear of an outbox that was not whole.
    staff: ports::Outbox,
}

impl Place {
    pub fn new(file: PathBuf, clock: Arc<dyn Clock>, staff: ports::Outbox) -> Self {
        Self { file, clock, open: Mutex::new(None), staff }
    }

    /// Uses the outbox on this thread. One that turns out to be damaged is closed, so that the next use sets it aside.
    pub fn with_now<T>(&self, use_it: impl FnOnce(&mut Outbox) -> Result<T, OutboxError>) -> Result<T, OutboxError> {
        let mut open = self.open.lock();
        let mut outbox = match open.take() {
            Some(outbox) => outbox,
            None => self.opened()?,
        };
        let result = use_it(&mut outbox);
        if result.is_ok() {
            *open = Some(outbox);
        }
        result
    }

    /// Uses it on a thread for blocking work, so that a slow disk holds nobody else up.
    pub async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        use_it: impl FnOnce(&mut Outbox) -> Result<T, OutboxError> + Send + 'static,
    ) -> Result<T, OutboxError> {
        let place = Arc::clone(self);
        tokio::task::spawn_blocking(move || place.with_now(use_it)).await.unwrap_or(Err(OutboxError::BrokenOff))
    }

    fn opened(&self) -> Result<Outbox, OutboxError> {
        let (outbox, found) = Outbox::open(&self.file, self.clock.now())?;
        if let Some(file) = found.set_aside {
            self.staff.tell(StaffNews::StoreSetAside { store: Store::Desk, file });
        }
        if found.key_lost {
            self.staff.tell(StaffNews::StoreKeyLost { store: Store::Desk });
        }
        Ok(outbox)
    }
}

/// What the tasks of the link share.
pub struct Link {
    pub place: Arc<Place>,
    pub credentials: Credentials,
    pub base: Url,
    pub run: Run,
    pub clock: Arc<dyn Clock>,
    /// Something waits.
    pub wake: Notify,
    /// The desk was heard.
    pub back: Notify,
    /// The desk did not answer when it was asked last.
    pub away: AtomicBool,
    /// The pause after the first try that failed, and the longest one.
    pub pauses: [Duration; 2],
}

/// Why a batch is not at the desk.
enum NotTaken {
    /// It may be taken later.
    Later(&'static str),
    /// The desk does not understand it.
    Refused(StatusCode),
}

impl Link {
    /// Sends what waits, for ever.
    pub async fn send_for_ever(self: Arc<Self>) {
        let (mut failures, mut most) = (0, MAX_EVENTS);
        loop {
            match self.place.with(move |outbox| outbox.batch(most, BYTES)).await {
                Ok(batch) if batch.is_empty() => self.wake.notified().await,
                Ok(batch) => match self.send(&batch).await {
                    Ok(()) => (failures, most) = (0, MAX_EVENTS),
                    Err(NotTaken::Refused(status)) if batch.len() == 1 => {
                        self.give_up(&batch, status).await;
                        most = MAX_EVENTS;
                    }
                    Err(NotTaken::Refused(_)) => most = batch.len() / 2,
                    Err(NotTaken::Later(why)) => {
                        self.is_away(why, batch.len());
                        failures += 1;
                        self.pause(failures).await;
                    }
                },
                Err(error) => {
                    tracing::error!(%error, "nothing goes to the desk");
                    failures += 1;
                    self.pause(failures).await;
                }
            }
        }
    }

    fn is_away(&self, why: &'static str, waiting: usize) {
        if !self.away.swap(true, Ordering::Relaxed) {
            tracing::warn!(why, waiting, "the desk does not take events; they wait in the kiosk");
        }
    }

    /// The desk was heard: whoever waits for it goes on.
    pub fn is_here(&self) {
        if self.away.swap(false, Ordering::Relaxed) {
            tracing::info!("the desk answers again");
        }
        self.back.notify_waiters();
    }

    /// Longer after each failure, spread so that the kiosks of a site do not come at once; the desk's return ends it.
    pub async fn pause(&self, failures: u32) {
        let [first, longest] = self.pauses;
        let pause = first.saturating_mul(1 << failures.saturating_sub(1).min(6)).min(longest);
        let spread = getrandom::u32().map_or(0.5, |n| f64::from(n) / f64::from(u32::MAX));
        tokio::select! {
            () = tokio::time::sleep(pause.mul_f64(0.75 + spread / 2.0)) => {}
            () = self.back.notified() => {}
        }
    }

    async fn send(&self, batch: &[Waiting]) -> Result<(), NotTaken> {
        let last = batch.last().map_or(0, |waiting| waiting.number);
        let through = self.post(batch).await?;
        self.is_here();
        let forgotten = self
            .place
            .with(move |outbox| {
                fault_point::reach("desk", "accepted");
                if through > outbox.highest()? {
                    // Its numbers are those of an outbox that was lost: nothing of this batch is there.
                    outbox.go_on_above(through)?;
                    return Ok(Some("it knows higher numbers; the events get new ones"));
                }
                outbox.forget(through)?;
                Ok((through < last).then_some("it keeps less than it was sent"))
            })
            .await;
        match forgotten {
            Ok(None) => Ok(()),
            Ok(Some(why)) => Err(NotTaken::Later(why)),
            Err(error) => {
                tracing::error!(%error, "what the desk keeps is sent again");
                Err(NotTaken::Later("the outbox cannot be written"))
            }
        }
    }

    /// Up to which number the desk keeps everything.
    async fn post(&self, batch: &[Waiting]) -> Result<u64, NotTaken> {
        let url = self.base.join(paths::EVENTS).map_err(|_| NotTaken::Later("its address"))?;
        let body = body(batch).map_err(|_| NotTaken::Refused(StatusCode::BAD_REQUEST))?;
        let request = self.credentials.refresh().http.post(url).header(CONTENT_TYPE, "application/json");
        let sent = request.header(ACCEPT, "application/json").body(body.to_vec()).send().await;
        let mut response = sent.map_err(|error| NotTaken::Later(why(&error)))?;
        match response.status() {
            StatusCode::OK => {}
            status @ (StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY) => {
                return Err(NotTaken::Refused(status));
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(NotTaken::Later("it does not know this kiosk"));
            }
            _ => return Err(NotTaken::Later("it answers with an error")),
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| NotTaken::Later(why(&error)))? {
            if answer.len() + chunk.len() > MAX_ANSWER {
                return Err(NotTaken::Later("its answer is too long"));
            }
            answer.extend_from_slice(&chunk);
        }
        match serde_json::from_slice::<Accepted>(&answer) {
            Ok(Accepted { through }) if through < ENDLESS => Ok(through),
            _ => Err(NotTaken::Later("its answer cannot be read")),
        }
    }

    /// One event that the desk will never take must not hold up all that follow.
    async fn give_up(&self, batch: &[Waiting], status: StatusCode) {
        let Some(number) = batch.first().map(|waiting| waiting.number) else { return };
        tracing::error!(number, status = status.as_u16(), "the desk refuses an event for good; it is dropped");
        if let Err(error) = self.place.with(move |outbox| outbox.give_up(number)).await {
            tracing::error!(%error, "and stays");
        }
    }

    /// Keeps one event and has it sent; for what comes from the link itself.
    pub async fn keep(&self, item: Item) {
        if let Err(error) = self.place.with(move |outbox| outbox.put(&[item])).await {
            tracing::error!(%error, "the desk will not hear of an event");
        }
        self.wake.notify_one();
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// The number of each event put into its text.
fn body(batch: &[Waiting]) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    let numbered = |waiting: &Waiting| {
        let event: Numbered = serde_json::from_slice(&waiting.text)?;
        Ok(Numbered { number: waiting.number, ..event })
    };
    let events = batch.iter().map(numbered).collect::<Result<_, serde_json::Error>>()?;
    serde_json::to_vec(&Batch { version: env!("CARGO_PKG_VERSION").to_owned(), events }).map(Zeroizing::new)
}

/// Why nothing came, without an address in it.
pub fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke off"
    }
}
