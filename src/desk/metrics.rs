//! Counts for a monitoring program, as OpenMetrics, on this machine alone. Nothing in it is of a patient.

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use axum::routing::get;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::contract::LampState;
use super::service::Desk;

/// Serves `/metrics` until the desk stops.
///
/// # Errors
/// When the address is taken.
pub async fn serve(
    listen: SocketAddr,
    desk: Arc<Desk>,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<(SocketAddr, JoinHandle<()>)> {
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let addr = listener.local_addr()?;
    let router = Router::new().route("/metrics", get(metrics)).with_state(desk);
    let stop = async move {
        // A sender that is gone has stopped too.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    };
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stop).await {
            tracing::error!(%error, "the counts are not served any more");
        }
    });
    Ok((addr, task))
}

async fn metrics(State(desk): State<Arc<Desk>>) -> Response<Body> {
    let mut response = Response::new(Body::from(text(&desk)));
    let media = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, media);
    response
}

/// The counts. Writing into a text does not fail.
fn text(desk: &Desk) -> String {
    let mut out = String::new();
    let now = desk.now();
    let mut family = |name: &str, kind: &str, help: &str, samples: &[(String, String)]| {
        let end = if kind == "counter" { "_total" } else { "" };
        let _ = writeln!(out, "# TYPE {name} {kind}\n# HELP {name} {help}");
        for (labels, value) in samples {
            let _ = writeln!(out, "{name}{end}{labels} {value}");
        }
    };
    let one = |value: String| [(String::new(), value)];
    family(
        "uketsuke_desk_log_position",
        "counter",
        "Entries of the log since the desk began.",
        &one(desk.position().to_string()),
    );
    desk.look(|board| {
        let each = |value: &dyn Fn(&str, &super::board::Kiosk) -> String| {
            board
                .kiosks()
                .map(|(name, kiosk)| (format!("{{kiosk=\"{}\"}}", label(name)), value(name, kiosk)))
                .collect::<Vec<_>>()
        };
        let flag = |yes: bool| u8::from(yes).to_string();
        family(
            "uketsuke_desk_kiosk_linked",
            "gauge",
            "Whether the kiosk hears commands.",
            &each(&|name, _| flag(desk.is_linked(name))),
        );
        let waits = |kiosk: &super::board::Kiosk| {
            let call = kiosk.call.as_ref().filter(|call| call.taken_by.is_none());
            call.map_or(0, |call| now.duration_since(call.since).as_secs().max(0)).to_string()
        };
        family(
            "uketsuke_desk_call_seconds",
            "gauge",
            "How long a call waits for somebody.",
            &each(&|_, kiosk| waits(kiosk)),
        );
        let bad = |kiosk: &super::board::Kiosk| {
            kiosk.lamps.iter().filter(|lamp| lamp.state == LampState::Bad).count().to_string()
        };
        family(
            "uketsuke_desk_bad_lamps",
            "gauge",
            "Parts of the kiosk that do not work.",
            &each(&|_, kiosk| bad(kiosk)),
        );
        family(
            "uketsuke_desk_rows",
            "gauge",
            "Rows of the days that are kept.",
            &one(board.patients().len().to_string()),
        );
    });
    out.push_str("# EOF\n");
    out
}

fn label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
