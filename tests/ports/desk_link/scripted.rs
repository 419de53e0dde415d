//! A desk that keeps what it is sent, and fails on order: over real mutual TLS 1.3.

use std::collections::VecDeque;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum_server::tls_rustls::RustlsConfig;
use iced::futures::channel::mpsc::{UnboundedSender, unbounded};
use iced::futures::stream;
use jiff::Timestamp;
use parking_lot::{Condvar, Mutex};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use uketsuke::adapters::clock::SystemClock;
use uketsuke::adapters::desk::{DeskLink, LinkConfig, StartError};
use uketsuke::adapters::qualification::contract::identity_files as files;
use uketsuke::certificates;
use uketsuke::domain::japan;
use uketsuke::gateway::pki;
use uketsuke::ports::Outbox;

/// Longest wait for anything that must come; a passing test never waits it out.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not kept, and answered with an error.
    Unavailable,
    /// It is kept, and the answer breaks off in the middle.
    HalfAnswer,
    /// It is kept, and answered with something else than the contract has.
    Nonsense,
    /// Only its first half is kept, and that is said.
    KeepsHalf,
    /// It is refused as not understood.
    Refused,
}

/// What the desk keeps.
#[derive(Default)]
pub struct Kept {
    /// Everything up to here.
    pub through: u64,
    /// Every event, once.
    pub events: Vec<Value>,
    /// Events that came again.
    pub again: usize,
    /// Numbers that were left out within a request or between two of them.
    pub gaps: usize,
    pub requests: usize,
}

#[derive(Default)]
struct Room {
    kept: Mutex<Kept>,
    changed: Condvar,
    faults: Mutex<VecDeque<Fault>>,
    refuses: Mutex<Option<String>>,
    /// The kiosks that listen for commands.
    streams: Mutex<Vec<UnboundedSender<Result<String, std::io::Error>>>>,
}

/// The desk, and the identities of both sides.
pub struct Site {
    folder: tempfile::TempDir,
    room: Arc<Room>,
    pub runtime: Runtime,
    running: Mutex<Option<(axum_server::Handle<SocketAddr>, JoinHandle<()>)>>,
    address: Mutex<Option<SocketAddr>>,
}

impl Site {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        pki::write(&folder.path().join("pki"), &pki::Order::development(japan::day(Timestamp::now()))).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { folder, room: Arc::default(), runtime, running: Mutex::new(None), address: Mutex::new(None) }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn identity(&self) -> PathBuf {
        self.folder.path().join("pki")
    }

    /// The desk begins to answer, at the same address as before.
    pub fn opens(&self) {
        let address = self.address.lock().unwrap_or_else(|| "127.0.0.1:0".parse().unwrap());
        let listener = TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        *self.address.lock() = Some(listener.local_addr().unwrap());
        let room = Arc::clone(&self.room);
        let listens = Arc::clone(&self.room);
        let router = Router::new()
            .route("/v1/events", post(move |body: Bytes| async move { room.takes(&body) }))
            .route("/v1/commands", get(move || async move { listens.listens() }));
        let handle = axum_server::Handle::new();
        let _inside = self.runtime.enter();
        let server = axum_server::from_tcp_rustls(listener, tls(&self.identity())).unwrap().handle(handle.clone());
        let serving = self.runtime.spawn(async move { server.serve(router.into_make_service()).await.unwrap() });
        *self.running.lock() = Some((handle, serving));
    }

    /// Another server answers there.
    pub fn is_at(&self, address: SocketAddr) {
        *self.address.lock() = Some(address);
    }

    pub fn is_open(&self) -> bool {
        self.running.lock().is_some()
    }

    /// The desk is away: its port refuses.
    pub fn closes(&self) {
        if let Some((handle, serving)) = self.running.lock().take() {
            self.room.streams.lock().clear();
            handle.shutdown();
            self.runtime.block_on(serving).unwrap();
        }
    }

    pub fn url(&self) -> String {
        if self.address.lock().is_none() {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            *self.address.lock() = Some(listener.local_addr().unwrap());
        }
        format!("https://localhost:{}", self.address.lock().unwrap().port())
    }

    pub fn config(&self) -> LinkConfig {
        LinkConfig {
            url: self.url(),
            identity_dir: self.identity(),
            roots: None,
            outbox: self.folder.path().join("desk.sqlite"),
            pauses: [Duration::from_millis(2), Duration::from_millis(20)],
        }
    }

    pub fn link(&self) -> DeskLink {
        self.link_with(self.config()).unwrap()
    }

    pub fn link_with(&self, config: LinkConfig) -> Result<DeskLink, StartError> {
        DeskLink::start(config, self.runtime.handle(), Arc::new(SystemClock::new()), Outbox::new(|_| {}))
    }

    pub fn fails(&self, faults: impl IntoIterator<Item = Fault>) {
        self.room.faults.lock().extend(faults);
    }

    /// Sends a command to the kiosk, once it listens.
    pub fn commands(&self, command: &Value) {
        let mut kept = self.room.kept.lock();
        let streams = loop {
            let mut streams = self.room.streams.lock();
            streams.retain(|stream| !stream.is_closed());
            if !streams.is_empty() {
                break streams;
            }
            drop(streams);
            let late = self.room.changed.wait_for(&mut kept, PATIENCE).timed_out();
            assert!(!late, "nobody listens for commands");
        };
        for stream in streams.iter() {
            // In two pieces, as a network may cut it.
            let text = format!("event: command\ndata: {command}\n\n");
            let (first, second) = text.split_at(text.len() / 2);
            for piece in [first, second] {
                stream.unbounded_send(Ok(piece.to_owned())).unwrap();
            }
        }
    }

    /// What the desk heard of that command once it did.
    pub fn answer(&self, id: &str) -> Value {
        self.once(|kept| {
            let mut answers = kept.events.iter().filter(|event| event["kind"] == "answered");
            answers.find(|event| event["command"] == id).map(|event| event["outcome"].clone())
        })
    }

    /// Every request with that text in it is refused.
    pub fn refuses(&self, text: &str) {
        *self.room.refuses.lock() = Some(text.to_owned());
    }

    /// What the desk keeps once that holds.
    pub fn once<T>(&self, mut there: impl FnMut(&Kept) -> Option<T>) -> T {
        let mut kept = self.room.kept.lock();
        loop {
            if let Some(found) = there(&kept) {
                return found;
            }
            let late = self.room.changed.wait_for(&mut kept, PATIENCE).timed_out();
            assert!(!late, "the desk keeps {} events of {} requests", kept.events.len(), kept.requests);
        }
    }

    /// The events once there are so many.
    pub fn events(&self, count: usize) -> Vec<Value> {
        self.once(|kept| (kept.events.len() >= count).then(|| kept.events.clone()))
    }

    /// The desk forgets how far it was, or knows more than it can.
    pub fn knows_through(&self, through: u64) {
        self.room.kept.lock().through = through;
    }
}

impl Room {
    /// One more kiosk listens.
    fn listens(&self) -> Response {
        let (send, pieces) = unbounded();
        send.unbounded_send(Ok(": here\n\n".to_owned())).unwrap();
        let kept = self.kept.lock();
        self.streams.lock().push(send);
        drop(kept);
        self.changed.notify_all();
        ([("content-type", "text/event-stream")], Body::from_stream(pieces)).into_response()
    }

    fn takes(&self, body: &[u8]) -> Response {
        let fault = self.faults.lock().pop_front();
        let batch: Value = serde_json::from_slice(body).unwrap();
        let events = batch["events"].as_array().unwrap();
        assert!(!events.is_empty() && events.len() <= 200 && body.len() <= 512 << 10);
        let refuses = self.refuses.lock().clone();
        if fault == Some(Fault::Refused) || refuses.is_some_and(|text| batch.to_string().contains(&text)) {
            return StatusCode::UNPROCESSABLE_ENTITY.into_response();
        }
        if fault == Some(Fault::Unavailable) {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        let most = if fault == Some(Fault::KeepsHalf) { events.len() / 2 } else { events.len() };
        let mut kept = self.kept.lock();
        kept.requests += 1;
        for event in events.iter().take(most) {
            let number = event["number"].as_u64().unwrap();
            if number <= kept.through {
                kept.again += 1;
                continue;
            }
            kept.gaps += usize::from(kept.through != 0 && number != kept.through + 1);
            kept.through = number;
            kept.events.push(event.clone());
        }
        let answer = json!({ "through": kept.through }).to_string();
        drop(kept);
        self.changed.notify_all();
        match fault {
            Some(Fault::HalfAnswer) => {
                let half = answer[..answer.len() / 2].to_owned();
                let pieces = [Ok(half), Err(std::io::Error::other("cut"))];
                Body::from_stream(stream::iter(pieces)).into_response()
            }
            Some(Fault::Nonsense) => "<html>".into_response(),
            _ => answer.into_response(),
        }
    }
}

/// A server that asks for the terminal's certificate, TLS 1.3 alone.
fn tls(identity: &Path) -> RustlsConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    for root in certificates::certificates(&identity.join(files::CA)).unwrap() {
        roots.add(root).unwrap();
    }
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().unwrap();
    let config =
        ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13]).unwrap();
    let chain = certificates::certificates(&identity.join(files::SERVER)).unwrap();
    let key = certificates::private_key(&identity.join(files::SERVER_KEY)).unwrap();
    RustlsConfig::from_config(Arc::new(
        config.with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap(),
    ))
}
