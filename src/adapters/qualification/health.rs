//! A look of the client at itself: certificates, journal, and the gateway.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use tokio::runtime::Handle;

use super::cause::Cause;
use super::contract::{Mode, ServiceStatus, paths};
use super::journal::Journal;
use super::link::Call;
use super::queue;
use super::service::parse;
use super::{Inner, StartError};
use crate::adapters::identity::{Nearness, nearness};
use crate::domain::failure::Failure;
use crate::domain::japan;
use crate::ports::{Finding, Trust};

/// Certificates, journal, and the gateway itself.
pub(super) fn diagnose(inner: &Arc<Inner>, runtime: &Handle) -> Vec<Finding> {
    let current = inner.link.credentials().refresh();
    // The gateway first: it says what time it is.
    let gateway = gateway_finding(inner, runtime);
    let now = inner.clock.now();
    let judged = |subject, whose: &str, until| match inner.clock.trust() {
        Trust::Wrong => Finding::warning(
            subject,
            format!("{whose}ends on {}; not judged, because the clock of this PC is wrong", japan::day(until)),
            "set the clock of this PC; see the line `clock`",
        ),
        Trust::Confirmed | Trust::Unconfirmed => certificate(subject, whose, until, now),
    };
    let mut findings = vec![judged("terminal certificate", "", current.terminal_until)];
    let count = current.roots.len();
    findings.extend(current.roots.iter().enumerate().map(|(n, root)| {
        let whose = format!("{} of {count}, {}, ", n + 1, root.subject);
        judged("gateway root", &whose, root.until)
    }));
    if let Some(StartError { cause, remedy }) = inner.link.credentials().trouble() {
        findings.push(Finding::bad("new certificates", format!("not in use: {cause}"), remedy));
    }
    match current.pins {
        0 => {}
        1 => findings.push(Finding::warning(
            "pins",
            "one root is pinned, and no second one stands ready",
            "pin the root that will follow as well, before the present one ends",
        )),
        pins => findings.push(Finding::good("pins", format!("{pins} roots are pinned"))),
    }
    findings.extend([journal_finding(inner), queue::finding(&inner.journal.queue(), now), gateway]);
    findings
}

fn certificate(subject: &'static str, whose: &str, until: Timestamp, now: Timestamp) -> Finding {
    let days = until.duration_since(now).as_hours() / 24;
    let day = japan::day(until);
    let renew = |when: &str| {
        format!(
            "{when}: ask who runs the gateway for a new certificate (development: `uketsuke gateway pki DIR --force`)"
        )
    };
    let ends = format!("{whose}ends on {day}, in {days} days");
    match nearness(until, now) {
        Nearness::Ended => {
            Finding::bad(subject, format!("{whose}ended on {day}, if the date of this PC is right"), renew("at once"))
        }
        Nearness::Seven => Finding::warning(subject, ends, renew("today")),
        Nearness::Thirty => Finding::warning(subject, ends, renew("this month")),
        Nearness::Sixty => Finding::warning(subject, ends, renew("in good time")),
        Nearness::Far => Finding::good(subject, format!("{whose}good until {day}")),
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
        let status = match asker.link.look(&call).await {
            Ok(answered) => {
                parse::<ServiceStatus>(&answered.body).map(|status| status.it).map_err(|failure| (failure, None))
            }
            Err(error) => Err((error.failure, error.cause)),
        };
        // The asker may have stopped waiting; then nobody needs the answer.
        let _ = tell.send(status);
    });
    match told.recv_timeout(Duration::from_secs(25)) {
        Ok(Ok(status)) => judge_status(&status, inner.clock.wall()),
        Ok(Err((failure, Some(cause)))) => {
            Finding::bad("gateway", format!("{}: {}", failure.code(), cause.text()), cause.remedy())
        }
        Ok(Err((failure, None))) => {
            Finding::bad("gateway", format!("{}: {}", failure.code(), failure.slug()), remedy_of(failure))
        }
        Err(_) => Finding::bad("gateway", Cause::NoAnswer.text(), Cause::NoAnswer.remedy()),
    }
}

fn judge_status(status: &ServiceStatus, now: Timestamp) -> Finding {
    let skew = status.now.map_or(SignedDuration::ZERO, |theirs| theirs.0.duration_since(now)).abs();
    if skew > SignedDuration::from_secs(60) {
        let detail = format!("its clock and ours differ by {} s", skew.as_secs());
        return Finding::warning("gateway", detail, "set the clock of this PC by network time");
    }
    // It goes to a terminal: no sign of it may steer that.
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let message: String = status.message.as_deref().unwrap_or_default().chars().map(plain).collect();
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
        Failure::TerminalRefused => "the gateway does not know this terminal: check facility code and terminal id",
        _ => "look at the gateway's log",
    }
}
