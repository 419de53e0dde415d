//! One call to the gateway: attempts, pauses, polling, and what every end of it means.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Method, StatusCode, Url};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::breaker::{Breaker, Pass};
use super::cause::{Cause, below};
use super::contract::{MAX_RESPONSE, PROBLEM_JSON, Problem, ProblemName, headers, is_name, paths};
use super::retry::{Budgets, parse_retry_after, random_fraction};
use crate::adapters::identity::{self, Credentials, StartError};
use crate::domain::failure::Failure;
use crate::fault_point;
use crate::ports::{Clock, Trust};

pub struct Call {
    /// Verb.
    pub method: Method,
    /// Path below the base URL.
    pub path: String,
    /// JSON body.
    pub body: Option<Zeroizing<Vec<u8>>>,
    /// Idempotency key, the same on every attempt.
    pub key: Option<String>,
}

/// An answer to use.
pub struct Answered {
    pub body: Zeroizing<Vec<u8>>,
    /// The check that the gateway named when it had to be asked again: the answer is to be of it.
    pub named: Option<String>,
}

/// Why a call ended without an answer to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallError {
    /// For the core.
    pub failure: Failure,
    /// Whether the gateway may still have counted the request.
    pub uncertain: bool,
    /// From when on the same thing works, where the gateway says so.
    pub available_from: Option<Timestamp>,
    /// Why there was no answer, when there was none.
    pub cause: Option<Cause>,
}

/// How one attempt ended.
enum Attempt {
    /// A 2xx body.
    Answer(Zeroizing<Vec<u8>>),
    /// 202: ask there.
    Later { location: String, after: Option<Duration> },
    /// Running under the same key; does not count as an attempt.
    Wait { after: Option<Duration> },
    /// May work later.
    Again { failure: Failure, after: Option<Duration>, arrived: bool, cause: Option<Cause> },
    /// Will not work; `settles` when the gateway itself has decided so.
    Final { failure: Failure, settles: bool, arrived: bool, available_from: Option<Timestamp>, cause: Option<Cause> },
}

impl Attempt {
    /// Why no answer came; `None` where the gateway said something.
    fn cause(&self) -> Option<Cause> {
        match self {
            Self::Again { cause, .. } | Self::Final { cause, .. } => *cause,
            Self::Answer(_) | Self::Later { .. } | Self::Wait { .. } => None,
        }
    }
}

/// The way to one gateway.
pub struct Link {
    credentials: Credentials,
    breaker: Mutex<Breaker>,
    base: Url,
    budgets: Budgets,
    clock: Arc<dyn Clock>,
}

impl Link {
    /// Prepares the way; nothing is sent yet.
    ///
    /// # Errors
    /// When the base URL is not plain https.
    pub fn new(
        base_url: &str,
        credentials: Credentials,
        budgets: Budgets,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StartError> {
        let base = identity::address(base_url, "gateway")?;
        Ok(Self { credentials, breaker: Mutex::new(Breaker::new(budgets.breaker)), base, budgets, clock })
    }

    /// The credentials in use.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// How long to wait before the gateway is looked for again.
    pub fn probe_every(&self) -> Duration {
        self.budgets.breaker.probe_every
    }

    /// Asks for the service's status, once; true when the gateway answered at all.
    pub async fn probe(&self) -> bool {
        let call = Call { method: Method::GET, path: paths::SERVICE_STATUS.to_owned(), body: None, key: None };
        self.attempt(&call).await.cause().is_none()
    }

    /// Whether a call may go out; looks for the gateway first when it is time.
    async fn may_pass(&self) -> Result<(), CallError> {
        let pass = self.breaker.lock().pass(Instant::now());
        let blocked = match pass {
            Pass::Free => return Ok(()),
            Pass::Blocked(cause) => cause,
            Pass::Probe if self.probe().await => return Ok(()),
            Pass::Probe => match self.breaker.lock().pass(Instant::now()) {
                Pass::Blocked(cause) => cause,
                Pass::Free | Pass::Probe => return Ok(()),
            },
        };
        tracing::debug!(cause = blocked.text(), "held back");
        Err(CallError { failure: blocked.failure(), uncertain: false, available_from: None, cause: Some(blocked) })
    }

    fn note(&self, attempt: &Attempt) {
        let mut breaker = self.breaker.lock();
        match attempt.cause() {
            Some(cause) if breaker.failed(cause, Instant::now()) => {
                tracing::warn!(cause = cause.text(), "the gateway is gone; calls are held back until it answers");
            }
            None if breaker.answered() => tracing::warn!("the gateway answers again"),
            _ => {}
        }
    }

    /// Carries out one call within the budgets and gives the body of the final 2xx answer.
    ///
    /// # Errors
    /// The failure for the core, and whether the request may have been counted.
    pub async fn call(&self, mut call: Call) -> Result<Answered, CallError> {
        let started = Instant::now();
        self.may_pass().await?;
        let deadline = started + self.budgets.total;
        let (mut attempts, mut arrived, mut named) = (0, false, None);
        loop {
            attempts += 1;
            let attempt = tokio::time::timeout_at(deadline, self.attempt(&call)).await;
            let attempt = attempt.unwrap_or_else(|_| self.out_of_time());
            let (failure, after, cause) = match attempt {
                Attempt::Answer(body) => return Ok(Answered { body, named }),
                Attempt::Final { failure, settles, arrived: this_one, available_from, cause } => {
                    let uncertain = !settles && (arrived || this_one);
                    return Err(CallError { failure, uncertain, available_from, cause });
                }
                Attempt::Later { location, after } => {
                    arrived = true;
                    named = location.rsplit('/').next().map(str::to_owned);
                    call = Call { method: Method::GET, path: location, body: None, key: None };
                    attempts = 0;
                    (Failure::GatewayTimeout, after, None)
                }
                Attempt::Wait { after } => {
                    arrived = true;
                    attempts -= 1;
                    (Failure::GatewayTimeout, after, None)
                }
                Attempt::Again { failure, after, arrived: this_one, cause } => {
                    arrived |= this_one;
                    (failure, after, cause)
                }
            };
            let Some(pause) = self.budgets.pause(attempts, started.elapsed(), after, random_fraction()) else {
                return Err(CallError { failure, uncertain: arrived, available_from: None, cause });
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// The whole budget is used up in the middle of an attempt.
    fn out_of_time(&self) -> Attempt {
        let cause = Cause::NoAnswer;
        let attempt = Attempt::Again { failure: cause.failure(), after: None, arrived: true, cause: Some(cause) };
        self.note(&attempt);
        attempt
    }

    /// One attempt for whoever looks how the gateway does, also while calls are held back. That there is no answer counts for
    /// nothing: a look is no patient's call, and must not hold the next one back.
    ///
    /// # Errors
    /// The failure for the core, and its cause.
    pub async fn look(&self, call: &Call) -> Result<Answered, CallError> {
        let attempt = self.attempt_uncounted(call).await;
        if attempt.cause().is_none() {
            self.note(&attempt);
        }
        let (failure, cause, available_from) = match attempt {
            Attempt::Answer(body) => return Ok(Answered { body, named: None }),
            Attempt::Final { failure, cause, available_from, .. } => (failure, cause, available_from),
            Attempt::Again { failure, cause, .. } => (failure, cause, None),
            Attempt::Later { .. } | Attempt::Wait { .. } => (Failure::GatewayTimeout, None, None),
        };
        Err(CallError { failure, uncertain: false, available_from, cause })
    }

    async fn attempt(&self, call: &Call) -> Attempt {
        let attempt = self.attempt_uncounted(call).await;
        self.note(&attempt);
        attempt
    }

    async fn attempt_uncounted(&self, call: &Call) -> Attempt {
        let Ok(url) = self.base.join(&call.path) else {
            return Attempt::Final {
                failure: Failure::CheckRefused,
                settles: false,
                arrived: false,
                available_from: None,
                cause: None,
            };
        };
        let credentials = self.credentials.refresh();
        let request_id = uuid::Uuid::new_v4().to_string();
        let mut request = credentials
            .http
            .request(call.method.clone(), url)
            .header(headers::REQUEST_ID, &request_id)
            .header(headers::TERMINAL_ID, &credentials.terminal_id)
            .header("accept", "application/json, application/problem+json");
        if let Some(key) = &call.key {
            request = request.header(headers::IDEMPOTENCY_KEY, format!("\"{key}\""));
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_vec());
        }
        let attempt = match request.send().await {
            Ok(response) => {
                if call.key.is_some() {
                    fault_point::reach(if call.method == Method::PUT { "consents" } else { "check" }, "sent");
                }
                self.judge(response).await
            }
            Err(error) => self.transport(error).await,
        };
        log_attempt(&attempt, &request_id, call);
        attempt
    }

    /// Why there is no answer. Where dates alone make the gateway unbelievable, it is asked what time it is: it or this PC.
    async fn transport(&self, error: reqwest::Error) -> Attempt {
        let cause = match Cause::of(&error) {
            cause if cause.is_of_dates() && self.clock_is_wrong().await => Cause::Clock,
            cause => cause,
        };
        no_answer(cause, error)
    }

    async fn clock_is_wrong(&self) -> bool {
        if self.clock.trust() == Trust::Wrong {
            return true;
        }
        let credentials = self.credentials.now();
        let (Some(http), Ok(url)) = (self.credentials.on_any_day(), self.base.join(paths::SERVICE_STATUS)) else {
            return false;
        };
        let request = http.get(url).header(headers::REQUEST_ID, uuid::Uuid::new_v4().to_string());
        let answer = request.header(headers::TERMINAL_ID, &credentials.terminal_id).send().await;
        let said = answer.ok().and_then(|answer| said_by(answer.headers()));
        said.is_some_and(|said| self.clock.is_doubted_by(said))
    }

    async fn judge(&self, response: reqwest::Response) -> Attempt {
        let (status, fields) = (response.status(), response.headers().clone());
        // Whoever answers here has shown the gateway's certificate, so its time is the gateway's.
        if let Some(said) = said_by(&fields) {
            self.clock.heard(said);
        }
        let body = match read_limited(response).await {
            Ok(Some(body)) => body,
            Ok(None) => return invalid("the answer is too large"),
            Err(error) => return self.transport(error).await,
        };
        let after = fields.get(RETRY_AFTER).and_then(|v| v.to_str().ok()).and_then(parse_retry_after);
        if status == StatusCode::ACCEPTED {
            return match location(&fields, &self.base) {
                Some(location) => Attempt::Later { location, after },
                None => invalid("202 without a usable Location"),
            };
        }
        if status.is_success() {
            return match is_of_type(&fields, "application/json") {
                true => Attempt::Answer(body),
                false => invalid("an answer that is no application/json"),
            };
        }
        if status.is_informational() || status.is_redirection() {
            return invalid("the gateway redirects");
        }
        let problem = is_of_type(&fields, PROBLEM_JSON).then(|| serde_json::from_slice(&body).ok()).flatten();
        refused(status, problem.as_ref(), after)
    }
}

/// The body, or `None` when it is larger than the contract allows.
async fn read_limited(mut response: reqwest::Response) -> Result<Option<Zeroizing<Vec<u8>>>, reqwest::Error> {
    let announced = response.content_length().unwrap_or(0);
    if announced > MAX_RESPONSE as u64 {
        return Ok(None);
    }
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAX_RESPONSE {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// What time an answer says it is.
fn said_by(fields: &HeaderMap) -> Option<Timestamp> {
    fields.get(DATE).and_then(|value| http_date(value.to_str().ok()?))
}

/// The moment of a `Date` field, which RFC 9110 writes as RFC 5322 does.
fn http_date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

/// A `Location` that stays on this gateway and names one check, as a path.
fn location(fields: &HeaderMap, base: &Url) -> Option<String> {
    let url = base.join(fields.get(LOCATION)?.to_str().ok()?).ok()?;
    let id = url.path().strip_prefix(paths::QUALIFICATION_CHECKS)?.strip_prefix('/')?;
    (url.origin() == base.origin() && is_name(id)).then(|| url.path().to_owned())
}

/// Whether an answer says that it is of this media type; a page of something in between says another.
fn is_of_type(fields: &HeaderMap, media: &str) -> bool {
    let mut said = fields.get_all(CONTENT_TYPE).iter();
    let (first, more) = (said.next().and_then(|value| value.to_str().ok()), said.next().is_some());
    let essence = first.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    !more && essence.eq_ignore_ascii_case(media)
}

fn invalid(why: &'static str) -> Attempt {
    tracing::warn!(why, "the gateway's answer does not follow the contract");
    let failure = Failure::GatewayAnswerInvalid;
    Attempt::Final { failure, settles: false, arrived: true, available_from: None, cause: None }
}

/// What a refusal means; without a problem of the contract its status alone.
fn refused(status: StatusCode, problem: Option<&Problem>, after: Option<Duration>) -> Attempt {
    let name = problem.and_then(Problem::name);
    // Words of the other side do not go into our log but where they are names.
    let slug = name.map_or(if problem.is_some() { "another" } else { "none" }, ProblemName::slug);
    let trace = problem.and_then(|p| p.trace_id.as_deref()).filter(|trace| is_name(trace)).unwrap_or_default();
    tracing::info!(status = status.as_u16(), problem = slug, trace, "the gateway refused");
    if name == Some(ProblemName::IdempotencyInProgress) {
        return Attempt::Wait { after };
    }
    let by_status = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    let retryable = problem.and_then(|p| p.retryable).unwrap_or(by_status);
    let failure = match (status.as_u16(), name) {
        (_, Some(ProblemName::CardNotRegistered)) => Failure::NotRegistered,
        (_, Some(ProblemName::CardCertificateInvalid)) => certificate(problem),
        (_, Some(ProblemName::RegistrationNotYet)) => Failure::RegistrationNotYet,
        (401 | 403, _) => Failure::TerminalRefused,
        (429 | 500..=599, _) => Failure::GatewayFault,
        _ => Failure::CheckRefused,
    };
    if retryable {
        // The gateway keeps no record of these answers, but work behind it may have begun.
        Attempt::Again { failure, after, arrived: status.is_server_error(), cause: None }
    } else {
        let available_from = problem.and_then(|p| p.available_from).map(|from| from.0);
        Attempt::Final { failure, settles: true, arrived: true, available_from, cause: None }
    }
}

/// Why a certificate is not accepted, as far as the patient can act on it.
fn certificate(problem: Option<&Problem>) -> Failure {
    match problem.and_then(|p| p.cause.as_deref()) {
        Some("expired") => Failure::CertificateEnded,
        Some("revoked") => Failure::CertificateRevoked,
        _ => Failure::CertificateUnusable,
    }
}

fn no_answer(cause: Cause, error: reqwest::Error) -> Attempt {
    let (failure, arrived) = (cause.failure(), cause.may_have_arrived());
    let error = error.without_url();
    let deepest = std::iter::successors(error.source(), |cause| below(*cause)).last().map(ToString::to_string);
    tracing::warn!(
        code = failure.code(),
        cause = cause.text(),
        detail = deepest.unwrap_or_else(|| error.to_string()),
        "no answer from the gateway"
    );
    let cause = Some(cause);
    if matches!(failure, Failure::GatewayTls | Failure::ClockWrong) {
        return Attempt::Final { failure, settles: false, arrived, available_from: None, cause };
    }
    Attempt::Again { failure, after: None, arrived, cause }
}

fn log_attempt(attempt: &Attempt, request_id: &str, call: &Call) {
    let outcome = match attempt {
        Attempt::Answer(_) => "answered",
        Attempt::Later { .. } => "processing",
        Attempt::Wait { .. } => "in progress",
        Attempt::Again { failure, .. } | Attempt::Final { failure, .. } => failure.slug(),
    };
    tracing::debug!(request_id, method = %call.method, path = call.path, outcome, "attempt");
}
