//! `application/problem+json` (RFC 9457) with the contract's closed list of names.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::scalars::WireTime;

/// Media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

const PREFIX: &str = "urn:myna-uketsuke:problem:";

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $status:literal, $retryable:literal, $title:literal;)*) => {
        /// One name of the closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemName { $($(#[$doc])* $name,)* }

        impl ProblemName {
            /// Every name.
            pub const ALL: &'static [ProblemName] = &[$(ProblemName::$name,)*];

            /// The last part of `type`.
            pub fn slug(self) -> &'static str { match self { $(ProblemName::$name => $slug,)* } }

            /// The HTTP status.
            pub fn status(self) -> u16 { match self { $(ProblemName::$name => $status,)* } }

            /// Whether the same request with the same key may succeed later.
            pub fn retryable(self) -> bool { match self { $(ProblemName::$name => $retryable,)* } }

            /// For a person who reads the log.
            pub fn title(self) -> &'static str { match self { $(ProblemName::$name => $title,)* } }
        }
    };
}

problems! {
    /// Not JSON, a missing or unknown member, a header of the wrong form.
    MalformedRequest = "malformed-request", 400, false, "The request does not follow the contract";
    /// `Idempotency-Key` is missing or not a quoted UUID.
    IdempotencyKeyMissing = "idempotency-key-missing", 400, false, "Idempotency-Key is missing or not a quoted UUID";
    /// The certificate names no facility and terminal.
    TerminalUnauthenticated = "terminal-unauthenticated", 401, false, "The client certificate names no terminal";
    /// Facility or terminal differ from the certificate's.
    FacilityMismatch = "facility-mismatch", 403, false, "Facility or terminal differ from the client certificate";
    /// Looking for a person without card and number is not open now.
    DisasterModeNotEnabled = "disaster-mode-not-enabled", 403, false, "The search without card and number is not open";
    /// No such path.
    NotFound = "not-found", 404, false, "There is nothing under this path";
    /// No such batch for this facility.
    BatchNotFound = "batch-not-found", 404, false, "There is no such batch";
    /// No such check for this facility.
    CheckNotFound = "check-not-found", 404, false, "There is no such check";
    /// The path exists, the method does not.
    MethodNotAllowed = "method-not-allowed", 405, false, "The path does not take this method";
    /// The body did not come in time.
    RequestTimeout = "request-timeout", 408, true, "The request did not come in time";
    /// The first request with this key is still running.
    IdempotencyInProgress = "idempotency-in-progress", 409, true, "A request with this key is running";
    /// Other consents are already recorded for this check.
    ConsentsAlreadyRecorded = "consents-already-recorded", 409, false, "Other consents are recorded for this check";
    /// The check is too old.
    CheckExpired = "check-expired", 410, false, "The check has expired";
    /// The body is too large.
    PayloadTooLarge = "payload-too-large", 413, false, "The body is too large";
    /// The body is not `application/json`.
    UnsupportedMediaType = "unsupported-media-type", 415, false, "The body must be application/json";
    /// A member has a value that is not allowed.
    ValidationFailed = "validation-failed", 422, false, "A member has a value that is not allowed";
    /// The key was used for another request.
    IdempotencyKeyReused = "idempotency-key-reused", 422, false, "The key was used for another request";
    /// A signature of the card does not fit.
    CardSignatureInvalid = "card-signature-invalid", 422, false, "The card's proof does not hold";
    /// The challenge is unknown, used or too old.
    ChallengeExpired = "challenge-expired", 422, false, "The challenge is unknown, used or too old";
    /// The certificate is expired, revoked or of an unknown issuer (`cause`).
    CardCertificateInvalid = "card-certificate-invalid", 422, false, "The card's certificate is not accepted";
    /// The card is not registered as insurance card.
    CardNotRegistered = "card-not-registered", 422, false, "The card is not registered as insurance card";
    /// Registration is refused by the waiting time.
    RegistrationNotYet = "registration-not-yet", 422, false, "The card cannot be registered yet";
    /// The check digit of an insurer number does not fit: most likely mistyped.
    InsurerNumberCheckDigit = "insurer-number-check-digit", 422, false, "The insurer number's check digit does not fit";
    /// A free text holds what looks like a 12-digit number, which is never sent.
    ForbiddenContent = "forbidden-content", 422, false, "A text holds something that must not be sent";
    /// Consents were sent for an answer that takes none.
    ConsentsNotApplicable = "consents-not-applicable", 422, false, "This check takes no consents";
    /// Too many requests.
    RateLimited = "rate-limited", 429, true, "Too many requests";
    /// The gateway failed.
    InternalError = "internal-error", 500, true, "The gateway failed";
    /// The system behind the gateway failed.
    UpstreamFailed = "upstream-failed", 502, true, "The system behind the gateway failed";
    /// Closed for maintenance.
    Maintenance = "maintenance", 503, true, "The service is closed for maintenance";
    /// The system behind the gateway is not available.
    UpstreamUnavailable = "upstream-unavailable", 503, true, "The system behind the gateway is not available";
    /// The line to the system behind the gateway is down.
    LineDown = "line-down", 503, true, "The line to the system behind the gateway is down";
    /// The system behind the gateway did not answer in time.
    UpstreamTimeout = "upstream-timeout", 504, true, "The system behind the gateway did not answer in time";
}

/// One wrong member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// JSON pointer.
    pub pointer: String,
    /// What is wrong, one word.
    pub code: String,
}

/// A problem. Holds no personal data: neither side puts a value of a request into it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `urn:myna-uketsuke:problem:<name>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// For a person who reads the log.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// Whether the same request with the same key may succeed later.
    pub retryable: Option<bool>,
    /// To find the request in the gateway's log.
    pub trace_id: Option<String>,
    /// The upstream's own code, opaque.
    pub upstream_code: Option<String>,
    /// `expired`, `revoked`, `unknownIssuer`, `notYetValid` …
    pub cause: Option<String>,
    /// From when on the same thing will work (`registration-not-yet`).
    pub available_from: Option<WireTime>,
    /// Wrong members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// A problem of that name with the list's status and title.
    pub fn new(name: ProblemName) -> Self {
        Self {
            kind: format!("{PREFIX}{}", name.slug()),
            title: name.title().to_owned(),
            status: name.status(),
            retryable: Some(name.retryable()),
            trace_id: None,
            upstream_code: None,
            cause: None,
            available_from: None,
            errors: Vec::new(),
        }
    }

    /// With a cause.
    pub fn because(mut self, cause: &str) -> Self {
        self.cause = Some(cause.to_owned());
        self
    }

    /// With the moment from which on it will work.
    pub fn not_before(mut self, available_from: Timestamp) -> Self {
        self.available_from = Some(WireTime(available_from));
        self
    }

    /// With one wrong member.
    pub fn at(mut self, pointer: &str, code: &str) -> Self {
        self.errors.push(FieldError { pointer: pointer.to_owned(), code: code.to_owned() });
        self
    }

    /// Its name, when this version knows it.
    pub fn name(&self) -> Option<ProblemName> {
        let slug = self.kind.strip_prefix(PREFIX)?;
        ProblemName::ALL.iter().copied().find(|name| name.slug() == slug)
    }
}

impl From<ProblemName> for Problem {
    fn from(name: ProblemName) -> Self {
        Self::new(name)
    }
}

impl From<ProblemName> for Box<Problem> {
    fn from(name: ProblemName) -> Self {
        Box::new(Problem::new(name))
    }
}
