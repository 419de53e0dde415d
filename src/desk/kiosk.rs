//! The routes of the kiosks: events in, commands out. Who speaks is who the certificate says.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, Response};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Extension, Router};
use futures_util::stream;
use tokio::sync::watch;

use super::contract::{Accepted, Batch, Command, MAX_BODY, MAX_EVENTS, Numbered, paths};
use super::service::{Desk, Linked};
use crate::adapters::qualification::contract::ProblemName;
use crate::listening::body::{RequestBody, body_of};
use crate::listening::limit::RateLimit;
use crate::listening::reply::Reply;
use crate::listening::tls::{Peer, Terminal};

/// A comment line shows so often that the desk lives.
const PULSE: Duration = Duration::from_secs(15);

/// What the routes need.
#[derive(Clone)]
pub struct Kiosks {
    /// The desk.
    pub desk: Arc<Desk>,
    /// How much one kiosk may ask.
    pub limit: Arc<RateLimit>,
    /// How long a body may take.
    pub body: Duration,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

/// Who speaks.
#[derive(Clone)]
struct Caller {
    /// `facility/terminal`.
    terminal: String,
    trace_id: String,
}

/// The routes of the contract.
pub fn router(kiosks: Kiosks) -> Router {
    Router::new()
        .route(paths::EVENTS, post(events))
        .route(paths::COMMANDS, get(commands))
        .route("/v1/{*rest}", axum::routing::any(nothing))
        .method_not_allowed_fallback(other_method)
        .layer(from_fn_with_state(kiosks.clone(), around))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(kiosks)
}

async fn nothing(Extension(caller): Extension<Caller>) -> Response<Body> {
    refuse(ProblemName::NotFound, &caller.trace_id)
}

async fn other_method(Extension(caller): Extension<Caller>) -> Response<Body> {
    refuse(ProblemName::MethodNotAllowed, &caller.trace_id)
}

fn refuse(name: ProblemName, trace_id: &str) -> Response<Body> {
    Reply::problem(name.into(), trace_id).into_response()
}

/// Everything around one request: who speaks, how much, the body in time, the log.
async fn around(
    State(kiosks): State<Kiosks>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let trace_id = uuid::Uuid::new_v4().to_string();
    let of = peer.terminal.as_ref().map_or(("", peer.fingerprint.as_str()), Terminal::pair);
    let (facility, terminal) = (of.0.to_owned(), of.1.to_owned());
    let mut response = match &peer.terminal {
        None => refuse(ProblemName::TerminalUnauthenticated, &trace_id),
        Some(_) if !kiosks.limit.admit(of) => refuse(ProblemName::RateLimited, &trace_id),
        Some(_) => {
            let (mut parts, body) = body_of(request, kiosks.body).await;
            parts.extensions.insert(Caller { terminal: format!("{facility}/{terminal}"), trace_id: trace_id.clone() });
            parts.extensions.insert(body);
            next.run(Request::from_parts(parts, Body::empty())).await
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let status = response.status().as_u16();
    tracing::debug!(%method, path, status, facility, terminal, trace_id, "request of a kiosk");
    response
}

async fn events(
    State(kiosks): State<Kiosks>,
    Extension(caller): Extension<Caller>,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    let batch = match body.json(&fields).and_then(|body| read(&body)) {
        Ok(batch) => batch,
        Err(name) => return refuse(name, &caller.trace_id),
    };
    let (desk, terminal) = (Arc::clone(&kiosks.desk), caller.terminal.clone());
    let taken = tokio::task::spawn_blocking(move || desk.take(&terminal, batch)).await;
    let failed = match taken {
        Ok(Ok(through)) => return Reply::json(200, &Accepted { through }, &caller.trace_id).into_response(),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(failed, trace_id = caller.trace_id, "events of a kiosk cannot be kept");
    refuse(ProblemName::InternalError, &caller.trace_id)
}

/// The events of a body: few enough, and numbered without a gap.
fn read(body: &[u8]) -> Result<Batch, ProblemName> {
    let batch: Batch = serde_json::from_slice(body).map_err(|_| ProblemName::MalformedRequest)?;
    let follows = |pair: &[Numbered]| matches!(pair, [a, b] if a.number.checked_add(1) == Some(b.number));
    let in_order = batch.events.windows(2).all(follows);
    let countable = |number: u64| (1..=i64::MAX.unsigned_abs()).contains(&number);
    let fits = (1..=MAX_EVENTS).contains(&batch.events.len()) && batch.version.chars().count() <= 64;
    let fits = fits && in_order && batch.events.iter().all(|event| countable(event.number));
    let short = |text: &Option<String>| text.as_ref().is_none_or(|text| text.len() <= 64);
    if fits && batch.events.iter().all(|event| short(&event.reception)) {
        Ok(batch)
    } else {
        Err(ProblemName::MalformedRequest)
    }
}

/// One open stream: what was sent on it, and what wakes it.
struct Stream {
    kiosks: Kiosks,
    terminal: String,
    news: watch::Receiver<u64>,
    sent: BTreeSet<String>,
    _linked: Linked,
}

async fn commands(State(kiosks): State<Kiosks>, Extension(caller): Extension<Caller>) -> Response<Body> {
    let linked = kiosks.desk.linked(&caller.terminal);
    let news = kiosks.desk.news();
    let open = Stream { kiosks, terminal: caller.terminal, news, sent: BTreeSet::new(), _linked: linked };
    let commands = stream::unfold(open, |mut open| async move {
        let event = open.next().await?;
        Some((Ok::<_, Infallible>(event), open))
    });
    Sse::new(commands).keep_alive(KeepAlive::new().interval(PULSE)).into_response()
}

impl Stream {
    /// The next command of this kiosk that was not sent here; `None` when the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            self.news.borrow_and_update();
            let now = self.kiosks.desk.now();
            let found = self.kiosks.desk.look(|board| {
                let open = board.kiosk_named(&self.terminal)?.open_commands(now);
                let given = open.into_iter().find(|given| !self.sent.contains(&given.command.id))?;
                // What of its life went by here is gone.
                Some(Command { valid_seconds: given.seconds_left(now), ..given.command.clone() })
            });
            if let Some(command) = found {
                self.sent.insert(command.id.clone());
                match Event::default().json_data(&command) {
                    Ok(event) => return Some(event),
                    Err(error) => tracing::error!(%error, "a command cannot be written"),
                }
                continue;
            }
            let mut stopping = self.kiosks.stopping.clone();
            tokio::select! {
                changed = self.news.changed() => changed.ok()?,
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            }
        }
    }
}
