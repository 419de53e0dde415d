//! Around every request of a browser: no kiosk, known origin, known visitor, safe headers.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, HOST, ORIGIN, REFERRER_POLICY};
use axum::http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;
use axum::{Extension, extract::DefaultBodyLimit};

use super::words::Speech;
use super::{LOG_IN, Page, plain, see};
use crate::desk::login::{self, Role};
use crate::desk::store::StoreError;
use crate::listening::body::body_of;
use crate::listening::tls::Peer;

/// The cookie: bound to this host, to TLS and to no path.
pub const COOKIE_NAME: &str = "__Host-desk";
/// Longest form.
const MAX_FORM: usize = 16 << 10;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const SAFE: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Stricter, browsers would send forms of this very page with the origin `null`.
    (REFERRER_POLICY, "same-origin"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Who asks.
#[derive(Clone)]
pub struct Visitor {
    /// The person's name.
    pub name: String,
    pub role: Role,
    /// What forms must bring along.
    pub csrf: String,
    /// The session's name in the store.
    pub session: [u8; 32],
    /// Whether only calls are told.
    pub locked: bool,
}

/// The fields of a form.
#[derive(Clone, Default)]
pub struct Fields(Arc<BTreeMap<String, String>>);

impl Fields {
    /// A field; empty when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// Who is let through to a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    /// Everybody.
    Open,
    /// Who logged in, asleep or not.
    Known,
    /// Who is awake.
    Awake,
}

fn door(path: &str) -> Door {
    match path {
        LOG_IN => Door::Open,
        _ if path.starts_with("/assets/") => Door::Open,
        "/live" | "/logout" => Door::Known,
        _ => Door::Awake,
    }
}

/// Everything around one request.
pub async fn around(
    State(page): State<Page>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = match judge(&page, &peer, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal,
    };
    for (name, value) in SAFE {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    let status = response.status().as_u16();
    tracing::debug!(%method, path, status, "request of a browser");
    response
}

async fn judge(page: &Page, peer: &Peer, request: Request) -> Result<Request, Response<Body>> {
    // A kiosk has its own routes, and nothing of the page is for it.
    if !peer.is_bare() {
        return Err(plain(StatusCode::FORBIDDEN));
    }
    let address = peer.address.map(|address| address.to_string()).unwrap_or_default();
    if !page.limit.admit(("browser", &address)) {
        return Err(plain(StatusCode::TOO_MANY_REQUESTS));
    }
    let speech = Speech::asked(request.headers());
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && !is_own(request.headers()) {
        return Err(plain(StatusCode::FORBIDDEN));
    }
    let door = door(request.uri().path());
    let visitor = match token(request.headers()) {
        Some(token) => who(page, token).await.map_err(|error| {
            tracing::error!(%error, "a session cannot be looked up");
            plain(StatusCode::SERVICE_UNAVAILABLE)
        })?,
        None => None,
    };
    let passes = match (door, &visitor) {
        (Door::Open, _) => true,
        (Door::Known, Some(_)) => true,
        (Door::Awake, Some(visitor)) => !visitor.locked,
        (_, None) => false,
    };
    if !passes {
        return Err(turned_away(request.headers()));
    }
    let (mut parts, fields) =
        if changes { form(page, request).await? } else { (request.into_parts().0, Fields::default()) };
    if changes && door != Door::Open {
        let wanted = visitor.as_ref().map(|visitor| visitor.csrf.as_str());
        if wanted != Some(fields.get("csrf")) {
            return Err(plain(StatusCode::FORBIDDEN));
        }
    }
    if let Some(visitor) = visitor {
        parts.extensions.insert(visitor);
    }
    parts.extensions.insert(fields);
    parts.extensions.insert(speech);
    Ok(Request::from_parts(parts, Body::empty()))
}

/// To the log-in; a part of a page cannot go there by itself.
fn turned_away(fields: &HeaderMap) -> Response<Body> {
    if !fields.contains_key("hx-request") {
        return see(LOG_IN);
    }
    let mut response = plain(StatusCode::UNAUTHORIZED);
    response.headers_mut().insert("hx-redirect", HeaderValue::from_static(LOG_IN));
    response
}

/// Whether a form comes from a page of this very desk.
fn is_own(fields: &HeaderMap) -> bool {
    let only = |name: HeaderName| {
        let mut all = fields.get_all(name).iter();
        all.next().filter(|_| all.next().is_none()).and_then(|value| value.to_str().ok())
    };
    let (Some(origin), Some(host)) = (only(ORIGIN), only(HOST)) else { return false };
    origin.strip_prefix("https://") == Some(host)
}

fn token(fields: &HeaderMap) -> Option<String> {
    let lines = fields.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(name, _)| *name == COOKIE_NAME).map(|(_, token)| token.to_owned())
}

async fn who(page: &Page, token: String) -> Result<Option<Visitor>, StoreError> {
    let (desk, lock) = (Arc::clone(&page.desk), page.lock);
    let found = tokio::task::spawn_blocking(move || login::visitor(desk.store(), &token, lock, desk.now())).await;
    let found = found.unwrap_or_else(|error| {
        tracing::error!(%error, "the look-up of a session broke off");
        Ok(None)
    })?;
    Ok(found.map(|found| Visitor {
        name: found.session.user,
        role: found.role,
        csrf: found.session.csrf,
        session: found.session.id,
        locked: found.locked,
    }))
}

async fn form(page: &Page, mut request: Request) -> Result<(axum::http::request::Parts, Fields), Response<Body>> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.starts_with("application/x-www-form-urlencoded") {
        return Err(plain(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    DefaultBodyLimit::max(MAX_FORM).apply(&mut request);
    let (parts, body) = body_of(request, page.body).await;
    let body = body.0.map_err(|name| {
        use crate::adapters::qualification::contract::ProblemName;
        plain(match name {
            ProblemName::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ProblemName::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            _ => StatusCode::BAD_REQUEST,
        })
    })?;
    let fields = form_urlencoded::parse(&body).into_owned().collect();
    Ok((parts, Fields(Arc::new(fields))))
}
