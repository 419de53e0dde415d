//! A look of the client at itself: certificates, journal, and the gateway.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use tokio::runtime::Handle;

use super::Inner;
use super::contract::{Mode, ServiceStatus, day_in_japan, paths};
use super::journal::Journal;
use super::link::Call;
use super::service::parse;
use crate::domain::failure::Failure;
use crate::ports::Finding;

/// Days before the end of a certificate from which `doctor` warns.
const WARN_DAYS: i64 = 60;

/// Certificates, journal, and the gateway itself.
pub(super) fn diagnose(inner: &Arc<Inner>, runtime: &Handle) -> Vec<Finding> {
    let now = (inner.now)();
    let renew = "ask who runs the gateway for a new certificate (development: `uketsuke gateway pki DIR --force`)";
    vec![
        certificate("terminal certificate", inner.terminal_until, now, renew),
        certificate("gateway root", inner.roots_until, now, renew),
        journal_finding(inner),
        gateway_finding(inner, runtime),
    ]
}

fn certificate(subject: &'static str, until: Timestamp, now: Timestamp, remedy: &str) -> Finding {
    let days = until.duration_since(now).as_hours() / 24;
    let day = day_in_japan(until);
    match days {
        _ if until <= now => Finding::bad(subject, format!("ended on {day}"), remedy),
        0..WARN_DAYS => Finding::warning(subject, format!("ends on {day}, in {days} days"), remedy),
        _ => Finding::good(subject, format!("good until {day}")),
    }
}

fn journal_finding(inner: &Inner) -> Finding {
    let remedy = "make the journal file and the identity directory writable for the account of the kiosk";
    let pending = *inner.pending.borrow();
    match inner.journal.with_now(Journal::probe) {
        Err(error) => Finding::bad("journal", error.to_string(), remedy),
        Ok(()) if pending > 0 => Finding::warning(
            "journal",
            format!("{pending} requests of unknown outcome"),
            "they resolve by themselves; the log names them",
        ),
        Ok(()) => Finding::good("journal", "can be written, nothing pending"),
    }
}

fn gateway_finding(inner: &Arc<Inner>, runtime: &Handle) -> Finding {
    let (tell, told) = std::sync::mpsc::channel();
    let asker = Arc::clone(inner);
    runtime.spawn(async move {
        let call = Call { method: Method::GET, path: paths::SERVICE_STATUS.to_owned(), body: None, key: None };
        let status = match asker.link.call(call).await {
            Ok(body) => parse::<ServiceStatus>(&body),
            Err(error) => Err(error.failure),
        };
        // The asker may have stopped waiting; then nobody needs the answer.
        let _ = tell.send(status);
    });
    match told.recv_timeout(Duration::from_secs(25)) {
        Ok(Ok(status)) => judge_status(&status, (inner.now)()),
        Ok(Err(failure)) => {
            Finding::bad("gateway", format!("{}: {}", failure.code(), failure.slug()), remedy_of(failure))
        }
        Err(_) => Finding::bad("gateway", "no answer", remedy_of(Failure::GatewayTimeout)),
    }
}

fn judge_status(status: &ServiceStatus, now: Timestamp) -> Finding {
    let skew = status.now.map_or(SignedDuration::ZERO, |theirs| theirs.0.duration_since(now)).abs();
    if skew > SignedDuration::from_secs(60) {
        let detail = format!("its clock and ours differ by {} s", skew.as_secs());
        return Finding::warning("gateway", detail, "set the clock of this PC by network time");
    }
    let message = status.message.as_deref().unwrap_or_default();
    match status.mode {
        Mode::Normal => Finding::good("gateway", "answers, service normal"),
        Mode::Maintenance => {
            Finding::bad("gateway", format!("closed for maintenance {message}"), "wait, or use the fallback")
        }
        Mode::Degraded | Mode::Disaster | Mode::Unknown => Finding::warning(
            "gateway",
            format!("answers, but is not normal {message}"),
            "follow the notices of the service",
        ),
    }
}

fn remedy_of(failure: Failure) -> &'static str {
    match failure {
        Failure::GatewayUnreachable => "check the line, the gateway's address and that it runs",
        Failure::GatewayTls => "check that both sides have certificates of the same authority that are still good",
        Failure::TerminalRefused => "the gateway does not know this terminal: check facility code and terminal id",
        _ => "look at the gateway's log",
    }
}
