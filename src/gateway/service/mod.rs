//! What the gateway does with a request, without HTTP: judge, decide, record.

mod bulk;
mod checks;
mod registration;

use parking_lot::{Mutex, MutexGuard};

use serde::Serialize;

use super::Now;
use super::answer::Insured;
use super::card_proof::CardTrust;
use super::rules::fingerprint;
use super::settings::Settings;
use super::store::{KeyScope, KeyState, NewCheck, Store};
use crate::adapters::qualification::contract::{Mode, Problem, ProblemName, ServiceStatus, WireTime};
use crate::listening::limit::RateLimit;
use crate::listening::reply::Reply;
use crate::listening::tls::{Peer, Terminal};

/// Who asks, and under which trace id.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The terminal of the client certificate.
    pub terminal: Terminal,
    /// UUID of the request in the log.
    pub trace_id: String,
}

/// Why a request was not carried out.
pub enum Refusal {
    /// For the client.
    Problem(Box<Problem>),
    /// For the log; the client hears of an internal error.
    Store(rusqlite::Error),
}

impl From<Box<Problem>> for Refusal {
    fn from(problem: Box<Problem>) -> Self {
        Self::Problem(problem)
    }
}

impl From<ProblemName> for Refusal {
    fn from(name: ProblemName) -> Self {
        Self::Problem(name.into())
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

/// The service behind the contract.
pub struct Service {
    store: Mutex<Store>,
    trust: CardTrust,
    people: Vec<Insured>,
    settings: Mutex<Settings>,
    limit: RateLimit,
    now: Now,
}

impl Service {
    /// A service over a database and people.
    pub fn new(store: Store, trust: CardTrust, people: Vec<Insured>, settings: Settings, now: Now) -> Self {
        let limit = RateLimit::new(settings.rate_limit);
        Self { store: Mutex::new(store), trust, people, settings: Mutex::new(settings), limit, now }
    }

    /// What time it is here.
    pub fn time(&self) -> jiff::Timestamp {
        (self.now)()
    }

    /// Takes one request of a client in, or finds it to be one too many.
    ///
    /// # Errors
    /// The problem `rate-limited`.
    pub fn admit(&self, peer: &Peer) -> Result<(), ProblemName> {
        // Who is no terminal is counted by the certificate.
        let of = peer.terminal.as_ref().map_or(("", peer.fingerprint.as_str()), Terminal::pair);
        if self.limit.admit(of) { Ok(()) } else { Err(ProblemName::RateLimited) }
    }

    /// What can be changed while it runs.
    pub fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock()
    }

    /// The database.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock()
    }

    /// The answer to a carried out or refused request.
    pub fn settle(result: Result<Reply, Refusal>, caller: &Caller) -> Reply {
        result.unwrap_or_else(|refusal| match refusal {
            Refusal::Problem(problem) => Reply::problem(*problem, &caller.trace_id),
            Refusal::Store(error) => {
                tracing::error!(%error, trace_id = caller.trace_id, "the database failed");
                Reply::problem(ProblemName::InternalError.into(), &caller.trace_id)
            }
        })
    }

    /// `GET /v1/service-status`.
    pub fn status(&self) -> ServiceStatus {
        let (mode, now) = (self.settings().mode, WireTime((self.now)()));
        ServiceStatus { mode, message: None, since: None, now: Some(now), min_client_version: None }
    }

    /// Refuses everything but the status while the service is closed.
    ///
    /// # Errors
    /// The problem `maintenance`.
    pub fn open(&self) -> Result<(), Refusal> {
        match self.settings().mode {
            Mode::Maintenance => Err(ProblemName::Maintenance.into()),
            _ => Ok(()),
        }
    }
    /// Runs a request once for its key: replays what is stored, frees the key when nothing was recorded.
    fn keyed(
        &self,
        caller: &Caller,
        path: &str,
        key: &str,
        request: &impl Serialize,
        run: impl FnOnce(&KeyScope) -> Result<Reply, Refusal>,
    ) -> Result<Reply, Refusal> {
        let (facility, terminal) = caller.terminal.pair();
        let scope = KeyScope { scope: format!("{facility}/{terminal} {path}"), key: key.to_owned() };
        let state = self.store().begin(&scope, &fingerprint(request)?, (self.now)())?;
        match state {
            KeyState::Replay(reply) => Ok(Reply { replayed: true, ..reply }),
            KeyState::Running => Err(ProblemName::IdempotencyInProgress.into()),
            KeyState::Reused => Err(ProblemName::IdempotencyKeyReused.into()),
            KeyState::Fresh => {
                let result = run(&scope);
                if result.is_err() {
                    self.store().abandon(&scope)?;
                }
                result
            }
        }
    }

    /// Uses the challenge up, records the check and stores the answer, all or nothing.
    fn finish(
        &self,
        scope: &KeyScope,
        challenge_id: Option<&str>,
        check: Option<&NewCheck>,
        reply: Reply,
    ) -> Result<Reply, Refusal> {
        match self.store().finish_check(scope, challenge_id, check, &reply, (self.now)())? {
            true => Ok(reply),
            false => Err(ProblemName::ChallengeExpired.into()),
        }
    }
}
