//! The wire types of the REST contract v1, shared by the client and the reference gateway.
//!
//! Requests refuse unknown members, so that a PIN or a 12-digit number can never slip in. Answers ignore
//! unknown members and keep unknown codes as they came, so that the gateway may grow; what of them can be done without
//! is left out when it cannot be read, and every member has a bound. Types that carry personal data have no `Debug`.

mod batch;
mod bounds;
mod check;
mod convert;
mod problem;
mod qualification;
mod reading;
mod registration;
mod scalars;
mod status;

pub use batch::{
    Batch, BatchItem, BatchRequest, BatchResult, BatchResults, MAX_BATCH, ReferenceNumber, ReferenceNumberRequest,
};
pub use check::{
    CardChallenge, CardFaceRequest, CheckStatus, ConsentEntry, ConsentRecord, ConsentsRequest, ConsentsUpdate,
    DemographicsRequest, InsuredNumberRequest, Method, MynaCardRequest, NoticeEntry, PrescriptionForm,
    QualificationCheck, QualificationCheckRequest, RS256, SearchReason, SexWord, Way, scopes,
};
pub use convert::{Asked, answer, check_request, consents_request, registration_inquiry, registration_status};
pub use problem::{FieldError, PROBLEM_JSON, Problem, ProblemName};
pub use qualification::{Elderly, Limit, MedicalTicket, PublicExpense, QualificationEntry, SpecificDisease};
pub use reading::{ContractError, LeftOut, Understood, read};
pub use registration::{CardRegistration, CardRegistrationInquiry, CardRegistrationRequest, CardRegistrationStatus};
pub use scalars::{Bytes64, WireDate, WireTime};
pub use status::{Mode, ServiceStatus};

/// Paths of the contract, below the base URL.
pub mod paths {
    /// `GET`: mode of the service.
    pub const SERVICE_STATUS: &str = "/v1/service-status";
    /// `POST`: a nonce for the card.
    pub const CARD_CHALLENGES: &str = "/v1/card-challenges";
    /// `POST`: one check; `GET` below it by id.
    pub const QUALIFICATION_CHECKS: &str = "/v1/qualification-checks";
    /// `POST`: register a card as insurance card and complete its check.
    pub const CARD_REGISTRATIONS: &str = "/v1/card-registrations";
    /// `POST`: how far the registration of a card has come.
    pub const CARD_REGISTRATION_INQUIRIES: &str = "/v1/card-registration-inquiries";
    /// `POST`: many checks at once; `GET` below it by id.
    pub const BATCHES: &str = "/v1/qualification-check-batches";
    /// `POST`: the clinic's own number of a patient.
    pub const REFERENCE_NUMBERS: &str = "/v1/reference-number-registrations";

    /// One check.
    pub fn check(id: &str) -> String {
        format!("{QUALIFICATION_CHECKS}/{id}")
    }

    /// The consents of one check.
    pub fn consents(id: &str) -> String {
        format!("{QUALIFICATION_CHECKS}/{id}/consents")
    }
}

/// Header names of the contract, lower case.
pub mod headers {
    /// Quoted UUID, required on every POST that creates a check.
    pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
    /// Set to `true` on an answer that was stored before.
    pub const IDEMPOTENT_REPLAYED: &str = "idempotent-replayed";
    /// UUID of one attempt, echoed.
    pub const REQUEST_ID: &str = "x-request-id";
    /// Must name the terminal of the client certificate.
    pub const TERMINAL_ID: &str = "x-terminal-id";
}

/// Names of the files in an identity directory; the same directory serves gateway and terminal.
pub mod identity_files {
    /// The only root that either side trusts.
    pub const CA: &str = "ca.pem";
    /// Key of the development authority.
    pub const CA_KEY: &str = "ca.key.pem";
    /// What that root has revoked; may be missing.
    pub const REVOKED: &str = "ca.crl.pem";
    /// Certificate of the gateway.
    pub const SERVER: &str = "server.pem";
    /// Key of the gateway.
    pub const SERVER_KEY: &str = "server.key.pem";
    /// Certificate of the terminal.
    pub const TERMINAL: &str = "terminal.pem";
    /// Key of the terminal.
    pub const TERMINAL_KEY: &str = "terminal.key.pem";
}

/// Largest request body in bytes.
pub const MAX_REQUEST: usize = 64 * 1024;

/// Largest answer body in bytes.
pub const MAX_RESPONSE: usize = 256 * 1024;

/// The URI in a terminal's certificate (subject alternative name) that names facility and terminal.
pub fn terminal_uri(facility_code: &str, terminal_id: &str) -> String {
    format!("urn:myna-uketsuke:facility:{facility_code}:terminal:{terminal_id}")
}

/// Facility code and terminal id of such a URI.
pub fn parse_terminal_uri(uri: &str) -> Option<(String, String)> {
    let rest = uri.strip_prefix("urn:myna-uketsuke:facility:")?;
    let (facility, terminal) = rest.split_once(":terminal:")?;
    (is_facility_code(facility) && is_terminal_id(terminal)).then(|| (facility.to_owned(), terminal.to_owned()))
}

/// The one terminal that a certificate's URIs name: one that names two names none.
pub fn sole_terminal<'a>(uris: impl Iterator<Item = &'a str>) -> Option<(String, String)> {
    let mut named = uris.filter_map(parse_terminal_uri);
    named.next().filter(|_| named.next().is_none())
}

/// 医療機関等コード: exactly ten ASCII digits.
pub fn is_facility_code(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit())
}

/// A terminal id: 1 to 32 ASCII letters, digits or hyphens.
pub fn is_terminal_id(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// What the gateway may call a check, a challenge, a batch or a request: a UUID, or 1 to 64 such signs. It goes into paths,
/// file names and logs.
pub fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        && !text.starts_with('.')
}

#[cfg(test)]
mod tests;
