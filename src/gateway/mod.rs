//! The reference gateway: axum, rustls, SQLite, synthetic people, scripted faults.
//!
//! It speaks the REST contract over mutual TLS, believes the test card authority only when told so, and answers from
//! the synthetic people. It is not the official system, and its database is for demo, training and tests.

mod answer;
pub mod card_proof;
mod http;
pub mod pki;
mod rules;
mod search;
mod service;
pub mod settings;
mod shape;
mod store;
mod waiting;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::TokioTimer;
use jiff::Timestamp;
use tokio::task::JoinHandle;

use self::answer::Insured;
use self::card_proof::CardTrust;
use self::service::Service;
use self::settings::Settings;
use self::store::Store;
use crate::domain::japan;
use crate::listening::tls::{self, ClientCertificate, TerminalAcceptor, TlsError, TlsFiles};
use crate::people::authority::TestAuthority;
use crate::people::{self, People, PeopleError};

/// The wall clock, given from outside so that tests fix the day.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a gateway needs.
pub struct GatewayConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// A directory that [`pki::write`] wrote.
    pub pki_dir: PathBuf,
    /// Database file; `None` keeps everything in memory.
    pub database: Option<PathBuf>,
    /// Believe cards of the test authority, whose private keys are public.
    pub trust_test_cards: bool,
    /// Scripted faults, people's special answers, mode.
    pub settings: Settings,
    /// People and insurances to know; `None` for the built-in ones.
    pub people_file: Option<PathBuf>,
    /// The wall clock.
    pub now: Now,
}

/// Why the gateway does not start.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The certificates cannot be used or do not fit together.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address is taken or not ours.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The synthetic people.
    #[error("{0}")]
    People(#[from] PeopleError),
    /// A special answer for nobody.
    #[error("there is no person {0:?}; `uketsuke gateway people` lists them")]
    Nobody(String),
}

/// What the database has counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Checks with an answer.
    pub checks: u32,
    /// Consents, one a scope.
    pub consents: u32,
    pub registrations: u32,
}

/// A gateway at work; dropping it stops it at once.
pub struct RunningGateway {
    /// Where it listens.
    pub addr: SocketAddr,
    service: Arc<Service>,
    handle: axum_server::Handle<SocketAddr>,
    task: Option<JoinHandle<std::io::Result<()>>>,
}

impl RunningGateway {
    /// Changes faults, people's answers or mode while it runs.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.service.settings());
    }

    /// What the database has counted.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn counts(&self) -> Result<Counts, GatewayError> {
        let (checks, consents, registrations) = self.service.store().counts()?;
        Ok(Counts { checks, consents, registrations })
    }

    /// Finishes the requests that are running, at most `patience` long, and stops.
    pub async fn stop(mut self, patience: Duration) {
        self.handle.graceful_shutdown(Some(patience));
        if let Some(task) = self.task.take() {
            match task.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "the gateway stopped with an error"),
                Err(error) => tracing::error!(%error, "the gateway broke off"),
            }
        }
    }
}

impl Drop for RunningGateway {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// Starts a gateway on the current tokio runtime; it answers when this returns.
///
/// # Errors
/// When certificates, address, database or people cannot be used.
pub async fn serve(config: GatewayConfig) -> Result<RunningGateway, GatewayError> {
    let tls = tls::server_config(&TlsFiles::in_folder(&config.pki_dir), ClientCertificate::Required)?;
    let known = People::of(config.people_file.as_deref())?;
    let (trust, people) = people_and_trust(&known, config.trust_test_cards, (config.now)())?;
    let unknown = |id: &&String| !people.iter().any(|i| i.person.id == **id);
    let named = config.settings.people.iter().flat_map(|(id, say)| [Some(id), say.stand_in()]).flatten();
    if let Some(nobody) = named.into_iter().find(unknown) {
        return Err(GatewayError::Nobody(nobody.clone()));
    }
    let store = Store::open(config.database.as_deref())?;
    let limits = config.settings.limits;
    let service = Arc::new(Service::new(store, trust, people, config.settings, config.now));
    let refused = |error| GatewayError::Listen(config.listen, error);
    let listener = tokio::net::TcpListener::bind(config.listen).await.map_err(refused)?;
    let addr = listener.local_addr().map_err(refused)?;
    let handle = axum_server::Handle::new();
    let mut server = axum_server::Server::from_listener(listener)
        .acceptor(TerminalAcceptor::new(tls, limits))
        .http1_only()
        .handle(handle.clone());
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(limits.head);
    let router = http::router(Arc::clone(&service));
    let task = tokio::spawn(server.serve(router.into_make_service()));
    tracing::info!(%addr, trust_test_cards = config.trust_test_cards, "the gateway listens");
    if config.trust_test_cards {
        tracing::warn!(
            "cards of the test authority are believed, and anybody can make one: never use this for patients"
        );
    }
    Ok(RunningGateway { addr, service, handle, task: Some(task) })
}

fn people_and_trust(
    known: &People,
    trust_test_cards: bool,
    now: Timestamp,
) -> Result<(CardTrust, Vec<Insured>), GatewayError> {
    let authority = TestAuthority::load()?;
    let trust =
        if trust_test_cards { CardTrust::test_cards(&authority, japan::day(now))? } else { CardTrust::default() };
    let mut insured = Vec::new();
    for insurance in known.insurances().iter().cloned() {
        let person = known.by_id(&insurance.person)?;
        let spki_sha256 = Some(authority.auth_spki_sha256(person)?);
        insured.push(Insured { person: person.into(), insurance, spki_sha256 });
    }
    for (person, insurance) in people::insured::all()? {
        insured.push(Insured { person, insurance, spki_sha256: None });
    }
    Ok((trust, insured))
}
