//! The desk (窓口): the server and the page at which staff see kiosks, are called, and answer.
//!
//! `contract` holds what passes between a kiosk and the desk; `adapters/desk` is the kiosk's side of it. Everything that kiosks tell
//! and staff do is an entry of one log ([`record`]), sealed, in a [`store`]; the [`board`] that the page shows is folded from it.

pub mod board;
pub mod charts;
pub mod contract;
mod kiosk;
pub mod login;
mod metrics;
mod page;
pub mod record;
pub mod service;
pub mod settings;
pub mod store;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::TokioTimer;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use self::charts::{ChartSettings, Charts};
use self::kiosk::Kiosks;
use self::login::Doorkeeper;
use self::page::Page;
use self::service::{Desk, DeskError};
use self::store::{SqliteStore, Store, StoreError};
use crate::adapters::sealed::{KeyFate, SealError, Sealer, make_folder};
use crate::listening::Limits;
use crate::listening::limit::RateLimit;
use crate::listening::tls::{self, ClientCertificate, TerminalAcceptor, TlsError, TlsFiles};

/// The database in the folder of the state.
pub const DATABASE: &str = "desk.sqlite";

/// The wall clock, given from outside so that tests fix the day.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What somebody did at the page, for the audit. Of a patient it names the visit alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskAct {
    /// Who, by the name that was typed or logged in.
    pub by: String,
    /// What.
    pub deed: Deed,
    /// At which kiosk.
    pub kiosk: Option<String>,
    /// In which visit.
    pub reception: Option<String>,
    /// Why, by the name of a closed list.
    pub why: Option<String>,
}

impl DeskAct {
    /// That somebody did it, at no kiosk.
    pub fn by(who: &str, deed: Deed) -> Self {
        Self { by: who.to_owned(), deed, kiosk: None, reception: None, why: None }
    }

    /// The same in that visit.
    pub fn in_visit(self, kiosk: &str, reception: &str) -> Self {
        Self { kiosk: Some(kiosk.to_owned()), reception: Some(reception.to_owned()), ..self }
    }
}

/// What can be done at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Came in.
    LoggedIn,
    /// Was not let in.
    LogInRefused,
    /// Went.
    LoggedOut,
    /// Asked something of a kiosk, by the name of the command.
    Asked(&'static str),
    /// Said whose chart it is.
    ChartChosen,
    /// Said that a row needs nobody any more.
    Settled,
    /// Said that it does after all.
    Unsettled,
    /// Took the list of the day, as a file or for paper.
    ListTaken,
}

impl Deed {
    /// Its name in the audit.
    pub fn name(self) -> &'static str {
        match self {
            Deed::LoggedIn => "loggedIn",
            Deed::LogInRefused => "logInRefused",
            Deed::LoggedOut => "loggedOut",
            Deed::Asked(command) => command,
            Deed::ChartChosen => "chartChosen",
            Deed::Settled => "settled",
            Deed::Unsettled => "unsettled",
            Deed::ListTaken => "listTaken",
        }
    }
}

/// Where acts are noted before they are done.
pub trait Audit: Send + Sync {
    /// Notes one so that it lasts.
    ///
    /// # Errors
    /// When it cannot be noted; then nothing is done.
    fn note(&self, act: &DeskAct) -> Result<(), String>;
}

/// What a desk needs.
pub struct DeskConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Certificates.
    pub tls: TlsFiles,
    /// Folder of the database and the key.
    pub state: PathBuf,
    /// Days of which the log is kept; 1 is today.
    pub keep_days: u8,
    /// Bounds on connections and requests.
    pub limits: Limits,
    /// Requests a second that one kiosk or one browser's address may make; `None` for no limit.
    pub rate_limit: Option<u32>,
    /// Where every act of staff is noted.
    pub audit: Arc<dyn Audit>,
    /// After so long without a hand the password is asked for again.
    pub lock: SignedDuration,
    /// After so many seconds without a hand the browser covers the page.
    pub blank_seconds: u32,
    /// The clinic's list of charts.
    pub charts: Option<ChartSettings>,
    /// Where counts for monitoring are served, on this machine alone.
    pub metrics: Option<SocketAddr>,
    /// The wall clock.
    pub now: Now,
}

impl DeskConfig {
    /// A desk with the usual values: today alone, ten minutes to the lock, two to the cover, no list of charts, no counts.
    pub fn usual(listen: SocketAddr, tls: TlsFiles, state: PathBuf, audit: Arc<dyn Audit>) -> Self {
        Self {
            listen,
            tls,
            state,
            keep_days: 1,
            limits: Limits::default(),
            rate_limit: None,
            audit,
            lock: SignedDuration::from_mins(10),
            blank_seconds: 120,
            charts: None,
            metrics: None,
            now: Arc::new(Timestamp::now),
        }
    }
}

/// Why the desk does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Certificates.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address is taken or not ours.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The folder of the state cannot be made.
    #[error("{0}: {1}")]
    State(PathBuf, std::io::Error),
    /// The key.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What lies in the store.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// A desk at work; dropping it stops it at once.
pub struct RunningDesk {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Where counts are served.
    pub metrics: Option<SocketAddr>,
    /// What it does, without HTTP.
    pub desk: Arc<Desk>,
    handle: axum_server::Handle<SocketAddr>,
    stopping: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl RunningDesk {
    /// Ends the streams, finishes the requests that are running, at most `patience` long, and stops.
    pub async fn stop(mut self, patience: Duration) {
        let _ = self.stopping.send(true);
        self.handle.graceful_shutdown(Some(patience));
        for task in self.tasks.drain(..) {
            if let Err(error) = task.await {
                tracing::error!(%error, "a part of the desk broke off");
            }
        }
    }
}

impl Drop for RunningDesk {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// Opens the store and the key of a desk.
///
/// # Errors
/// When they cannot be used.
pub fn open(config: &DeskConfig) -> Result<Desk, StartError> {
    make_folder(&config.state).map_err(|error| StartError::State(config.state.clone(), error))?;
    let (sealer, fate) = Sealer::with_key_file(&config.state.join("desk.key"))?;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&config.state.join(DATABASE))?);
    if fate == KeyFate::Made && !store.after(0, 1)?.is_empty() {
        tracing::error!("the key is new: what was kept of today cannot be opened");
    }
    Ok(Desk::new(store, sealer, Arc::clone(&config.now), config.keep_days)?)
}

/// Starts a desk on the current tokio runtime; it answers when this returns.
///
/// # Errors
/// When certificates, address, key or store cannot be used.
pub async fn serve(config: DeskConfig) -> Result<RunningDesk, StartError> {
    let tls = tls::server_config(&config.tls, ClientCertificate::Optional)?;
    let desk = Arc::new(open(&config)?);
    let refused = |error| StartError::Listen(config.listen, error);
    let listener = tokio::net::TcpListener::bind(config.listen).await.map_err(refused)?;
    let addr = listener.local_addr().map_err(refused)?;
    let handle = axum_server::Handle::new();
    let mut server = axum_server::Server::from_listener(listener)
        .acceptor(TerminalAcceptor::new(tls, config.limits))
        .http1_only()
        .handle(handle.clone());
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(config.limits.head);
    let (stopping, stopped) = watch::channel(false);
    let router = router(&config, &desk, &stopped);
    let serving = tokio::spawn(async move {
        if let Err(error) = server.serve(router.into_make_service()).await {
            tracing::error!(%error, "the desk stopped with an error");
        }
    });
    let wiping = tokio::spawn(wipe_daily(Arc::clone(&desk), stopped.clone()));
    let (mut tasks, mut metrics) = (vec![serving, wiping], None);
    if let Some(listen) = config.metrics {
        let unusable = |error| StartError::Listen(listen, error);
        let (addr, task) = metrics::serve(listen, Arc::clone(&desk), stopped).await.map_err(unusable)?;
        tasks.push(task);
        metrics = Some(addr);
    }
    tracing::info!(%addr, "the desk listens");
    Ok(RunningDesk { addr, metrics, desk, handle, stopping, tasks })
}

/// The routes of kiosks and those of browsers; each side is refused at the other's.
fn router(config: &DeskConfig, desk: &Arc<Desk>, stopping: &watch::Receiver<bool>) -> Router {
    let limit = Arc::new(RateLimit::new(config.rate_limit));
    let body = config.limits.body;
    let kiosks = Kiosks { desk: Arc::clone(desk), limit: Arc::clone(&limit), body, stopping: stopping.clone() };
    let page = Page {
        desk: Arc::clone(desk),
        doorkeeper: Arc::new(Doorkeeper::default()),
        audit: Arc::clone(&config.audit),
        limit,
        body,
        lock: config.lock,
        blank_seconds: config.blank_seconds,
        charts: Arc::new(Charts::new(config.charts.clone())),
        stopping: stopping.clone(),
    };
    kiosk::router(kiosks).fallback_service(page::router(page))
}

/// Looks every few minutes whether a day has ended: what of earlier days is kept no longer goes.
async fn wipe_daily(desk: Arc<Desk>, mut stopping: watch::Receiver<bool>) {
    const PAUSE: Duration = Duration::from_secs(300);
    while tokio::time::timeout(PAUSE, stopping.wait_for(|stopping| *stopping)).await.is_err() {
        let desk = Arc::clone(&desk);
        match tokio::task::spawn_blocking(move || desk.wipe()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "what was kept of earlier days cannot be wiped"),
            Err(error) => tracing::error!(%error, "the wiping broke off"),
        }
    }
}
