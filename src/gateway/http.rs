//! HTTP around the service: routes, headers, limits, faults, log.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, DATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{get, post, put};
use axum::{Extension, Router};
use jiff::Timestamp;

use super::service::{Caller, Refusal, Service};
use super::settings::{FaultKind, Route};
use crate::adapters::qualification::contract::{MAX_REQUEST, MAX_RESPONSE, ProblemName, headers, paths};
use crate::listening::body::{RequestBody, body_of};
use crate::listening::reply::Reply;
use crate::listening::tls::{Peer, Terminal};

/// A request that takes longer is given up.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

type App = State<Arc<Service>>;
type Named = Result<Path<String>, PathRejection>;

/// Header fields that say who asks for what, and stand once.
const ONCE: [HeaderName; 4] = [
    HeaderName::from_static(headers::TERMINAL_ID),
    HeaderName::from_static(headers::REQUEST_ID),
    HeaderName::from_static(headers::IDEMPOTENCY_KEY),
    CONTENT_TYPE,
];

/// Set by the fault `check=processing`.
#[derive(Clone, Copy)]
struct Processing(bool);

/// The routes of the contract.
pub fn router(service: Arc<Service>) -> Router {
    let by_id = format!("{}/{{id}}", paths::QUALIFICATION_CHECKS);
    let batch_by_id = format!("{}/{{id}}", paths::BATCHES);
    Router::new()
        .route(paths::SERVICE_STATUS, get(status))
        .route(paths::CARD_CHALLENGES, post(challenge))
        .route(paths::QUALIFICATION_CHECKS, post(check))
        .route(&by_id, get(poll))
        .route(&format!("{by_id}/consents"), put(consents))
        .route(paths::CARD_REGISTRATIONS, post(register))
        .route(paths::CARD_REGISTRATION_INQUIRIES, post(inquire))
        .route(paths::BATCHES, post(batch))
        .route(&batch_by_id, get(batch_status))
        .route(&format!("{batch_by_id}/results"), get(batch_results))
        .route(paths::REFERENCE_NUMBERS, post(reference))
        .fallback(|caller: Extension<Caller>| refuse(caller, ProblemName::NotFound))
        .method_not_allowed_fallback(|caller: Extension<Caller>| refuse(caller, ProblemName::MethodNotAllowed))
        .layer(from_fn_with_state(Arc::clone(&service), around))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
        .with_state(service)
}

async fn refuse(Extension(caller): Extension<Caller>, name: ProblemName) -> Response<Body> {
    Reply::problem(name.into(), &caller.trace_id).into_response()
}

async fn status(State(service): App, Extension(caller): Extension<Caller>) -> Response<Body> {
    Reply::json(200, &service.status(), &caller.trace_id).into_response()
}

async fn challenge(State(service): App, Extension(caller): Extension<Caller>) -> Response<Body> {
    carry_out(service, caller, |service, caller| service.challenge(caller)).await
}

async fn check(
    State(service): App,
    Extension(caller): Extension<Caller>,
    Extension(Processing(processing)): Extension<Processing>,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    carry_out(service, caller, move |service, caller| {
        service.check(caller, &key(&fields)?, &json(&fields, body)?, processing)
    })
    .await
}

async fn poll(State(service): App, Extension(caller): Extension<Caller>, id: Named) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.poll(caller, &name(id)?)).await
}

async fn consents(
    State(service): App,
    Extension(caller): Extension<Caller>,
    id: Named,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.consents(caller, &name(id)?, &json(&fields, body)?)).await
}

async fn register(
    State(service): App,
    Extension(caller): Extension<Caller>,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.register(caller, &key(&fields)?, &json(&fields, body)?))
        .await
}

async fn inquire(
    State(service): App,
    Extension(caller): Extension<Caller>,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.inquire(caller, &key(&fields)?, &json(&fields, body)?))
        .await
}

async fn batch(
    State(service): App,
    Extension(caller): Extension<Caller>,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.batch(caller, &key(&fields)?, &json(&fields, body)?))
        .await
}

async fn batch_status(State(service): App, Extension(caller): Extension<Caller>, id: Named) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.batch_status(caller, &name(id)?)).await
}

async fn batch_results(State(service): App, Extension(caller): Extension<Caller>, id: Named) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.batch_results(caller, &name(id)?)).await
}

async fn reference(
    State(service): App,
    Extension(caller): Extension<Caller>,
    fields: HeaderMap,
    Extension(body): Extension<RequestBody>,
) -> Response<Body> {
    carry_out(service, caller, move |service, caller| service.reference(caller, &key(&fields)?, &json(&fields, body)?))
        .await
}

/// Runs the service on a thread for blocking work; it finishes there even when the client has gone.
async fn carry_out(
    service: Arc<Service>,
    caller: Caller,
    work: impl FnOnce(&Service, &Caller) -> Result<Reply, Refusal> + Send + 'static,
) -> Response<Body> {
    let trace_id = caller.trace_id.clone();
    let task = tokio::task::spawn_blocking(move || {
        let result = service.open().and_then(|()| work(&service, &caller));
        Service::settle(result, &caller)
    });
    let reply = task.await.unwrap_or_else(|error| {
        tracing::error!(%error, trace_id, "a request broke off");
        Reply::problem(ProblemName::InternalError.into(), &trace_id)
    });
    reply.into_response()
}

/// The key of `Idempotency-Key`: a UUID between quotes.
fn key(fields: &HeaderMap) -> Result<String, Refusal> {
    let text = fields.get(headers::IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
    let quoted = text.and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
    let uuid = quoted.and_then(|key| key.parse::<uuid::Uuid>().ok());
    Ok(uuid.ok_or(ProblemName::IdempotencyKeyMissing)?.to_string())
}

/// The name in a path. What does not decode names nothing.
fn name(id: Named) -> Result<String, Refusal> {
    id.map(|Path(id)| id).map_err(|_| ProblemName::NotFound.into())
}

fn json(fields: &HeaderMap, body: RequestBody) -> Result<Bytes, Refusal> {
    body.json(fields).map_err(Refusal::from)
}

fn route_of(method: &Method, path: &str) -> Route {
    match path {
        paths::SERVICE_STATUS => Route::Status,
        paths::CARD_CHALLENGES => Route::Challenge,
        paths::QUALIFICATION_CHECKS => Route::Check,
        paths::CARD_REGISTRATIONS => Route::Registration,
        paths::CARD_REGISTRATION_INQUIRIES => Route::Inquiry,
        paths::REFERENCE_NUMBERS => Route::Reference,
        _ if path.starts_with(paths::BATCHES) => Route::Batch,
        _ if path.ends_with("/consents") => Route::Consents,
        _ if method == Method::GET => Route::Poll,
        _ => Route::Any,
    }
}

/// The gateway's own time: terminals hold their clocks against it.
fn date(now: Timestamp) -> Option<HeaderValue> {
    let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now).ok()?;
    HeaderValue::try_from(text).ok()
}

/// Everything around one request: who asks, faults, time limit, headers, log.
async fn around(State(service): App, Extension(peer): Extension<Peer>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let request_id = request.headers().get(headers::REQUEST_ID).cloned();
    let trace_id = uuid::Uuid::new_v4().to_string();
    // What is refused counts as well, so that nobody can ask without end.
    let caller = service.admit(&peer).and_then(|()| caller(&peer, request.headers(), &trace_id));
    let mut response = match caller {
        Ok(caller) => with_faults(&service, &peer, caller, request, next).await,
        Err(name) => Reply::problem(name.into(), &trace_id).into_response(),
    };
    let caching = if route_of(&method, &path) == Route::Status { "max-age=15" } else { "no-store" };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Some(date) = date(service.time()) {
        response.headers_mut().insert(DATE, date);
    }
    if let Some(id) = &request_id {
        response.headers_mut().insert(headers::REQUEST_ID, id.clone());
    }
    let (facility, terminal) = peer.terminal.as_ref().map_or(("", ""), Terminal::pair);
    tracing::info!(
        method = %method,
        path,
        status = response.status().as_u16(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        facility,
        terminal,
        client_serial = peer.serial,
        client_sha256 = peer.fingerprint,
        replayed = response.headers().contains_key(headers::IDEMPOTENT_REPLAYED),
        request_id = request_id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or_default(),
        trace_id,
        "request"
    );
    response
}

/// The caller, when certificate and header name the same terminal.
fn caller(peer: &Peer, fields: &HeaderMap, trace_id: &str) -> Result<Caller, ProblemName> {
    let terminal = peer.terminal.clone().ok_or(ProblemName::TerminalUnauthenticated)?;
    // Two of them could mean one thing here and another to what stands before us.
    if ONCE.iter().any(|name| fields.get_all(name).iter().nth(1).is_some()) {
        return Err(ProblemName::MalformedRequest);
    }
    let readable = |id: &HeaderValue| id.to_str().is_ok_and(|id| id.parse::<uuid::Uuid>().is_ok());
    if !fields.get(headers::REQUEST_ID).is_none_or(readable) {
        return Err(ProblemName::MalformedRequest);
    }
    let named = fields.get(headers::TERMINAL_ID).ok_or(ProblemName::MalformedRequest)?;
    if named.as_bytes() != terminal.terminal_id.as_bytes() {
        return Err(ProblemName::FacilityMismatch);
    }
    Ok(Caller { terminal, trace_id: trace_id.to_owned() })
}

/// Carries a request out, or lets it go wrong as scripted.
async fn with_faults(service: &Service, peer: &Peer, caller: Caller, request: Request, next: Next) -> Response<Body> {
    let trace_id = caller.trace_id.clone();
    let fault = service.settings().next_fault(route_of(request.method(), request.uri().path()));
    if let Some(fault) = fault {
        tracing::info!(?fault, trace_id, "scripted fault");
    }
    match fault {
        Some(FaultKind::Hang) => std::future::pending().await,
        Some(FaultKind::Delay(pause)) => tokio::time::sleep(pause).await,
        Some(FaultKind::Problem(name)) => return Reply::problem(name.into(), &trace_id).into_response(),
        Some(FaultKind::Reset) => {
            peer.cut();
            return Reply::problem(ProblemName::InternalError.into(), &trace_id).into_response();
        }
        _ => {}
    }
    let within = service.settings().limits.body;
    let (mut parts, body) = body_of(request, within).await;
    if body.0.as_ref().err() == Some(&ProblemName::RequestTimeout) {
        return Reply::problem(ProblemName::RequestTimeout.into(), &trace_id).into_response();
    }
    parts.extensions.insert(body);
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(Processing(fault == Some(FaultKind::Processing)));
    request.extensions_mut().insert(caller);
    let response = match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Reply::problem(ProblemName::UpstreamTimeout.into(), &trace_id).into_response(),
    };
    match fault {
        Some(FaultKind::LoseAnswer) => peer.cut(),
        Some(FaultKind::Odd) => return odd(response).await,
        Some(FaultKind::Garbage) => return Reply::stored(201, None, b"<html>201</html>".to_vec()).into_response(),
        Some(FaultKind::Oversize) => return Reply::stored(201, None, vec![b' '; MAX_RESPONSE + 1]).into_response(),
        _ => {}
    }
    response
}

/// The answer with optional members as the world sometimes has them.
async fn odd(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, MAX_RESPONSE).await.unwrap_or_default();
    let mut answer: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    for insurance in answer.pointer_mut("/qualifications").and_then(|list| list.as_array_mut()).into_iter().flatten() {
        if let Some(birth) = insurance.get("birthDate").and_then(|date| date.as_str()).and_then(|date| date.get(..5)) {
            insurance["birthDate"] = format!("{birth}00-00").into();
        }
        insurance["address"] = serde_json::Value::Null;
    }
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(answer.to_string()))
}
