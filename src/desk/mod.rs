//! The desk (窓口): the server and the page at which staff see kiosks, are called, and answer.
//!
//! `contract` holds what passes between a kiosk and the desk; `adapters/desk` is the kiosk's side of it. Everything that kiosks tell
//! and staff do is an entry of one log ([`record`]), sealed, in a [`store`]; the [`board`] that the page shows is folded from it.

pub mod board;
pub mod contract;
mod kiosk;
pub mod record;
pub mod service;
pub mod store;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::TokioTimer;
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use self::kiosk::Kiosks;
use self::service::{Desk, DeskError};
use self::store::{SqliteStore, Store, StoreError};
use crate::adapters::sealed::{KeyFate, SealError, Sealer, make_folder};
use crate::listening::Limits;
use crate::listening::limit::RateLimit;
use crate::listening::tls::{self, ClientCertificate, TerminalAcceptor, TlsError, TlsFiles};

/// The wall clock, given from outside so that tests fix the day.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

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
    /// Requests a second that one kiosk may make; `None` for no limit.
    pub rate_limit: Option<u32>,
    /// The wall clock.
    pub now: Now,
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
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&config.state.join("desk.sqlite"))?);
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
    let limit = Arc::new(RateLimit::new(config.rate_limit));
    let kiosks = Kiosks { desk: Arc::clone(&desk), limit, body: config.limits.body, stopping: stopped.clone() };
    let router = kiosk::router(kiosks);
    let serving = tokio::spawn(async move {
        if let Err(error) = server.serve(router.into_make_service()).await {
            tracing::error!(%error, "the desk stopped with an error");
        }
    });
    let wiping = tokio::spawn(wipe_daily(Arc::clone(&desk), stopped));
    tracing::info!(%addr, "the desk listens");
    Ok(RunningDesk { addr, desk, handle, stopping, tasks: vec![serving, wiping] })
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
