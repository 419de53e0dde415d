//! What the client does with one command, with what is left over, and with a look at itself.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use zeroize::Zeroizing;

use super::contract::{
    self, CardChallenge, CardRegistration, CardRegistrationRequest, ConsentsUpdate, Mode, QualificationCheck,
    ServiceStatus, WireTime, day_in_japan, paths,
};
use super::journal::{Journal, JournalError, Kind, Leftover, Stage};
use super::link::{Call, CallError};
use super::{Inner, lock};
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::qualification::Challenge;
use crate::ports::{Finding, QualificationCommand, QualificationReply, Report};

/// The gateway forgets keys after a day; later a repeat could count twice.
const KEY_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Resolutions that may fail before staff are asked to look.
const MAX_TRIES: u32 = 5;
/// Days before the end of a certificate from which `doctor` warns.
const WARN_DAYS: i64 = 60;

/// A reply and the journal row that ends with its delivery.
struct Done {
    reply: QualificationReply,
    flight: Option<Flight>,
}

/// Why a request that the gateway counts has no answer.
struct Refused {
    failure: Failure,
    /// From when on the same thing works.
    available_from: Option<Timestamp>,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self { failure, available_from: None }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        refused.failure
    }
}

/// Marks a row as somebody's work, so that the resolver leaves it alone.
struct Flight {
    inner: Arc<Inner>,
    key: String,
    /// Its answer is open: the row is somebody's until it is settled.
    awaits_settling: bool,
}

impl Flight {
    fn new(inner: &Arc<Inner>) -> Self {
        let key = uuid::Uuid::new_v4().to_string();
        lock(&inner.in_flight).insert(key.clone());
        Self { inner: Arc::clone(inner), key, awaits_settling: false }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if !self.awaits_settling {
            lock(&self.inner.in_flight).remove(&self.key);
        }
    }
}

impl Inner {
    /// Serves one ticket: exactly one report, and the journal row cleared after it.
    pub(super) async fn serve(self: Arc<Self>, ticket: Ticket, command: QualificationCommand, stop: Arc<Notify>) {
        let work = self.perform(command);
        tokio::pin!(work);
        let (result, reported) = tokio::select! {
            result = &mut work => (result, false),
            () = stop.notified() => {
                self.report(ticket, Err(Failure::Cancelled));
                (work.await, true)
            }
        };
        match result {
            Ok(Done { reply, flight }) => {
                if !reported {
                    self.report(ticket, Ok(reply));
                }
                match flight {
                    Some(flight) if reported => {
                        tracing::warn!(key = flight.key, "answered after the reception had ended");
                        self.clear(&flight.key).await;
                        lock(&self.open).retain(|_, key| *key != flight.key);
                        lock(&self.in_flight).remove(&flight.key);
                    }
                    // Its row stays until the reception has settled it.
                    Some(flight) if flight.awaits_settling => {}
                    Some(flight) => self.clear(&flight.key).await,
                    None => {}
                }
                if *self.pending.borrow() > 0 {
                    self.wake.notify_one();
                }
            }
            Err(failure) => {
                self.recount().await;
                if !reported {
                    self.report(ticket, Err(failure));
                }
            }
        }
    }

    fn report(&self, ticket: Ticket, result: Result<QualificationReply, Failure>) {
        lock(&self.running).remove(&ticket);
        self.outbox.send(Report::Qualification(ticket, result));
    }

    async fn perform(self: &Arc<Self>, command: QualificationCommand) -> Result<Done, Failure> {
        match command {
            QualificationCommand::FetchChallenge => self.fetch_challenge().await,
            QualificationCommand::Check { proof } => {
                let today = day_in_japan((self.now)());
                let request = contract::check_request(&self.facility_code, today, &proof);
                let path = paths::QUALIFICATION_CHECKS.to_owned();
                let (check, flight): (QualificationCheck, _) = self.counted(Kind::Check, path, &request).await?;
                self.answered(check, flight).await
            }
            QualificationCommand::Register { proof, terms_version } => {
                let request = CardRegistrationRequest {
                    facility_code: self.facility_code.clone(),
                    challenge_id: proof.challenge_id,
                    terms_version,
                    agreed_at: WireTime((self.now)()),
                };
                let path = paths::CARD_REGISTRATIONS.to_owned();
                let (registration, flight): (CardRegistration, _) =
                    match self.counted(Kind::Registration, path, &request).await {
                        Err(Refused { failure: Failure::RegistrationNotYet, available_from }) => {
                            return Ok(Done { reply: QualificationReply::NotYet(available_from), flight: None });
                        }
                        registered => registered?,
                    };
                self.answered(registration.qualification_check, flight).await
            }
            QualificationCommand::Settle { check_id, delivered } => self.settle(check_id, delivered).await,
            QualificationCommand::SaveConsents { check_id, consents, at } => {
                let Some(request) = contract::consents_request(&consents, at) else {
                    return Ok(Done { reply: QualificationReply::ConsentsSaved, flight: None });
                };
                let path = paths::consents(&check_id);
                let (update, flight): (ConsentsUpdate, _) = self.counted(Kind::Consents, path, &request).await?;
                if update.qualification_check_id != check_id {
                    return Err(self.broken(&flight.key, "consents of another check"));
                }
                Ok(Done { reply: QualificationReply::ConsentsSaved, flight: Some(flight) })
            }
        }
    }

    /// The reception is over for that check: its row is not needed any more.
    async fn settle(&self, check_id: String, delivered: bool) -> Result<Done, Failure> {
        let row = check_id.clone();
        self.journal.with(move |journal| journal.settle(&row)).await.map_err(|error| {
            tracing::error!(%error, check_id, "a settled check could not be removed from the journal");
            Failure::JournalUnwritable
        })?;
        if let Some(key) = lock(&self.open).remove(&check_id) {
            lock(&self.in_flight).remove(&key);
        }
        if !delivered {
            tracing::warn!(check_id, "staff: this check was counted and its reception ended without a file");
        }
        Ok(Done { reply: QualificationReply::Settled, flight: None })
    }

    async fn fetch_challenge(&self) -> Result<Done, Failure> {
        let path = paths::CARD_CHALLENGES.to_owned();
        let call = Call { method: Method::POST, path, body: Some(Zeroizing::new(b"{}".to_vec())), key: None };
        let body = self.link.call(call).await.map_err(|e| e.failure)?;
        let challenge: CardChallenge = parse(&body)?;
        if challenge.nonce.0.len() != 32 || challenge.challenge_id.is_empty() {
            return Err(Failure::GatewayAnswerInvalid);
        }
        let challenge = Challenge { id: challenge.challenge_id, nonce: challenge.nonce.0 };
        Ok(Done { reply: QualificationReply::Challenge(challenge), flight: None })
    }

    /// Sends a request that the gateway counts: journal first, then the wire.
    async fn counted<T: DeserializeOwned>(
        self: &Arc<Self>,
        kind: Kind,
        path: String,
        request: &impl Serialize,
    ) -> Result<(T, Flight), Refused> {
        let body = serde_json::to_vec(request).map(Zeroizing::new).map_err(|_| Failure::CheckRefused)?;
        let flight = Flight::new(self);
        let answer = self.counted_with_key(kind, path, body, &flight.key).await?;
        Ok((answer, flight))
    }

    async fn counted_with_key<T: DeserializeOwned>(
        &self,
        kind: Kind,
        path: String,
        body: Zeroizing<Vec<u8>>,
        key: &str,
    ) -> Result<T, Refused> {
        let row = (key.to_owned(), path.clone(), body.clone(), (self.now)());
        let begun = self.journal.with(move |journal| journal.begin(&row.0, kind, &row.1, &row.2, row.3));
        if let Err(error) = begun.await {
            tracing::error!(%error, "nothing was sent because the journal cannot be written");
            return Err(Failure::JournalUnwritable.into());
        }
        match self.link.call(call_for(kind, path, body, key)).await {
            Ok(answer) => Ok(parse(&answer).inspect_err(|_| keep(key))?),
            Err(CallError { failure, uncertain, available_from }) => {
                if uncertain {
                    keep(key);
                } else {
                    self.clear(key).await;
                }
                Err(Refused { failure, available_from })
            }
        }
    }

    async fn answered(&self, check: QualificationCheck, mut flight: Flight) -> Result<Done, Failure> {
        let answer = contract::answer(check).map_err(|error| self.broken(&flight.key, error.0))?;
        let row = (flight.key.clone(), answer.check_id.clone());
        if let Err(error) = self.journal.with(move |journal| journal.answered(&row.0, &row.1)).await {
            tracing::error!(%error, check_id = answer.check_id, "the answer could not be noted in the journal");
        }
        lock(&self.open).insert(answer.check_id.clone(), flight.key.clone());
        flight.awaits_settling = true;
        Ok(Done { reply: QualificationReply::Answer(Box::new(answer)), flight: Some(flight) })
    }

    fn broken(&self, key: &str, rule: &str) -> Failure {
        tracing::warn!(rule, "the gateway's answer does not follow the contract");
        keep(key);
        Failure::GatewayAnswerInvalid
    }

    async fn clear(&self, key: &str) {
        let row = key.to_owned();
        if let Err(error) = self.journal.with(move |journal| journal.done(&row)).await {
            tracing::error!(%error, key, "a finished row could not be removed from the journal");
        }
    }

    /// Publishes how many rows an earlier run left behind.
    pub(super) fn count_at_start(&self) {
        self.pending.send_replace(readable(self.journal.with_now(Journal::leftovers)).len());
    }

    /// Publishes how many rows nobody is working on.
    async fn recount(&self) {
        self.pending.send_replace(self.leftovers().await.len());
    }

    /// Rows nobody is working on: a row may be finished while the journal is read, so both moments count.
    async fn leftovers(&self) -> Vec<Leftover> {
        let before = lock(&self.in_flight).clone();
        let rows = readable(self.journal.with(Journal::leftovers).await);
        let now = lock(&self.in_flight);
        rows.into_iter().filter(|row| !before.contains(&row.key) && !now.contains(&row.key)).collect()
    }

    /// Asks again for every unknown outcome, now and whenever the gateway has answered something.
    pub(super) async fn resolve_for_ever(self: Arc<Self>) {
        loop {
            for row in self.leftovers().await {
                self.resolve(row).await;
            }
            self.recount().await;
            self.wake.notified().await;
        }
    }

    async fn resolve(&self, row: Leftover) {
        let (key, kind) = (row.key.as_str(), row.kind.name());
        if let Stage::Answered { check_id } = &row.stage {
            tracing::warn!(key, kind, check_id, "staff: answered but not handed over before the kiosk stopped");
            return self.clear(key).await;
        }
        let too_old = (self.now)().duration_since(row.created_at) > KEY_LIFE;
        let Some(payload) = row.payload.filter(|_| !too_old) else {
            let why = if too_old { "older than the gateway keeps keys" } else { "sealed with another key or changed" };
            tracing::error!(key, kind, sent_at = %row.created_at, why, "staff: look this request up at the gateway");
            return self.clear(key).await;
        };
        match self.link.call(call_for(row.kind, row.path, payload, key)).await {
            Ok(body) => {
                let check_id = check_id_in(&body);
                tracing::warn!(
                    key,
                    kind,
                    check_id,
                    "staff: this request was counted; its patient did not see the answer"
                );
                self.clear(key).await;
            }
            Err(CallError { failure, uncertain: false, .. }) if !before_the_gateway(failure) => {
                tracing::info!(key, kind, code = failure.code(), "this request was refused and not counted");
                self.clear(key).await;
            }
            Err(CallError { failure, .. }) => self.postpone(key, kind, failure).await,
        }
    }

    async fn postpone(&self, key: &str, kind: &str, failure: Failure) {
        let row = key.to_owned();
        match self.journal.with(move |journal| journal.count_try(&row)).await {
            Ok(tries) if tries >= MAX_TRIES => {
                tracing::error!(
                    key,
                    kind,
                    code = failure.code(),
                    "staff: given up; look this request up at the gateway"
                );
                self.clear(key).await;
            }
            Ok(tries) => tracing::warn!(key, kind, tries, code = failure.code(), "still unknown"),
            Err(error) => tracing::error!(%error, key, "the journal cannot be written"),
        }
    }
}

/// The outcome is unknown: the row stays until the gateway tells.
fn keep(key: &str) {
    tracing::warn!(key, "the outcome is unknown and will be asked for again");
}

fn readable(rows: Result<Vec<Leftover>, JournalError>) -> Vec<Leftover> {
    rows.unwrap_or_else(|error| {
        tracing::error!(%error, "the journal cannot be read");
        Vec::new()
    })
}

/// Failures that say nothing about what became of an earlier attempt, because this one did not get in.
fn before_the_gateway(failure: Failure) -> bool {
    matches!(
        failure,
        Failure::GatewayUnreachable | Failure::GatewayTls | Failure::GatewayTimeout | Failure::GatewayFault
    )
}

fn call_for(kind: Kind, path: String, body: Zeroizing<Vec<u8>>, key: &str) -> Call {
    let method = if kind == Kind::Consents { Method::PUT } else { Method::POST };
    Call { method, path, body: Some(body), key: Some(key.to_owned()) }
}

/// Reads an answer; what serde says of it could quote a name, so only the place is logged.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        tracing::warn!(line = error.line(), column = error.column(), "the gateway's answer cannot be read");
        Failure::GatewayAnswerInvalid
    })
}

fn check_id_in(body: &[u8]) -> Option<String> {
    let check = serde_json::from_slice::<QualificationCheck>(body).ok();
    let registered = || Some(serde_json::from_slice::<CardRegistration>(body).ok()?.qualification_check);
    check.or_else(registered).map(|check| check.qualification_check_id)
}

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
