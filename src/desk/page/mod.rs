//! The page of staff: server-rendered, one vendored script for its live parts, nothing from elsewhere.
//!
//! Everything goes through [`guard`]: who is there, where a form comes from, which headers an answer has.

mod acts;
mod charts;
mod export;
mod guard;
mod lamps;
mod layout;
mod live;
mod log_in;
mod now;
mod today;
mod words;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use jiff::SignedDuration;
use maud::Markup;
use tokio::sync::watch;

use super::Audit;
use super::charts::Charts;
use super::login::Doorkeeper;
use super::service::Desk;
use crate::listening::limit::RateLimit;

/// What the page needs.
#[derive(Clone)]
pub struct Page {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Who is let in.
    pub doorkeeper: Arc<Doorkeeper>,
    /// Where every act is noted before it is done.
    pub audit: Arc<dyn Audit>,
    /// Whose chart it may be.
    pub charts: Arc<Charts>,
    /// How much one address may ask.
    pub limit: Arc<RateLimit>,
    /// How long a body may take.
    pub body: Duration,
    /// After so long without a hand the password is asked for again.
    pub lock: SignedDuration,
    /// After so many seconds without a hand the browser covers the page.
    pub blank_seconds: u32,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

/// The routes of browsers.
pub fn router(page: Page) -> Router {
    let mut router = Router::new()
        .route("/", get(now::whole))
        .route("/now", get(now::part))
        .route("/today", get(today::part))
        .route("/today.csv", get(export::csv))
        .route("/print", get(export::print))
        .route("/lamps", get(lamps::whole))
        .route("/eye", get(acts::eye))
        .route("/command", post(acts::command))
        .route("/settle", post(acts::settle))
        .route("/chart", post(charts::choose))
        .route("/live", get(live::stream))
        .route("/used", post(log_in::used))
        .route(LOG_IN, get(log_in::form).post(log_in::log_in))
        .route("/logout", post(log_in::log_out));
    for (path, kind, bytes) in ASSETS {
        router = router.route(path, get(move || async move { asset(kind, bytes) }));
    }
    router
        .fallback(|| async { plain(StatusCode::NOT_FOUND) })
        .method_not_allowed_fallback(|| async { plain(StatusCode::METHOD_NOT_ALLOWED) })
        .layer(from_fn_with_state(page.clone(), guard::around))
        .with_state(page)
}

/// Where people log in.
const LOG_IN: &str = "/login";

/// Files that every browser gets.
const ASSETS: [(&str, &str, &[u8]); 3] = [
    ("/assets/htmx.js", "text/javascript", include_bytes!("../../../assets/desk/htmx.min.js")),
    ("/assets/desk.js", "text/javascript", include_bytes!("../../../assets/desk/desk.js")),
    ("/assets/desk.css", "text/css", include_bytes!("../../../assets/desk/desk.css")),
];

fn asset(kind: &'static str, bytes: &'static [u8]) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn html(status: StatusCode, markup: Markup) -> Response<Body> {
    let mut response = Response::new(Body::from(markup.into_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// A status and its bare words, for what no person asks for by hand.
fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from(status.canonical_reason().unwrap_or_default()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    response
}

fn see(place: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, HeaderValue::from_static(place));
    response
}
