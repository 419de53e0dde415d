//! The gateway's rules that need neither database nor clock.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::card_proof::{CardCertificate, ProofError};
use super::service::Caller;
use super::store::StoredConsent;
use crate::adapters::qualification::contract::{
    ConsentRecord, ConsentsRequest, Problem, ProblemName, WireTime, scopes,
};
use crate::certificates::CertificateFault;
use crate::domain::validity::{Standing, standing};

/// How long a check can be asked for, and medical data be viewed.
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// SHA-256 of the canonical body: the request written again from what was understood, so that spaces and the order of
/// members do not matter.
pub(super) fn fingerprint(request: &impl Serialize) -> Result<[u8; 32], Box<Problem>> {
    let canonical = serde_json::to_vec(request).map_err(|_| Box::from(ProblemName::InternalError))?;
    Ok(Sha256::digest(canonical).into())
}

/// Reads a body; what serde says of it could quote a value, so only its place is told.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Box<Problem>> {
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::new(ProblemName::MalformedRequest).because(&place).into()
    })
}

/// One wrong member.
pub(super) fn invalid(pointer: &str, code: &str) -> Box<Problem> {
    Problem::new(ProblemName::ValidationFailed).at(pointer, code).into()
}

/// The facility of a request must be the certificate's.
pub(super) fn same_facility(caller: &Caller, facility_code: &str) -> Result<(), Box<Problem>> {
    if caller.terminal.pair().0 == facility_code { Ok(()) } else { Err(ProblemName::FacilityMismatch.into()) }
}

/// Where the certificate stands today; past its end it is refused.
pub(super) fn dates(certificate: &CardCertificate, today: Date) -> Result<Standing, Box<Problem>> {
    let unusable = |cause| Box::new(Problem::new(ProblemName::CardCertificateInvalid).because(cause));
    if today < certificate.first_day {
        return Err(unusable("notYetValid"));
    }
    match standing(certificate.last_day, today) {
        Standing::Ended => Err(unusable("expired")),
        standing => Ok(standing),
    }
}

/// The problem that an unbelieved proof is.
pub(super) fn distrust(error: ProofError) -> Box<Problem> {
    use ProblemName::{CardCertificateInvalid, CardSignatureInvalid};
    let (name, cause) = match error {
        ProofError::Certificate(fault @ CertificateFault::UnknownCritical(_)) => {
            return Problem::new(CardCertificateInvalid).because(&fault.to_string()).into();
        }
        ProofError::Malformed | ProofError::Certificate(_) => (CardCertificateInvalid, "malformed"),
        ProofError::UnknownIssuer => (CardCertificateInvalid, "unknownIssuer"),
        ProofError::Nonce => (CardSignatureInvalid, "nonce"),
        ProofError::CardFace => (CardSignatureInvalid, "cardFace"),
        ProofError::CardKey => (CardSignatureInvalid, "cardKey"),
    };
    Problem::new(name).because(cause).into()
}

/// How far the clock of a terminal and ours may lie apart.
const APART: SignedDuration = SignedDuration::from_mins(5);

/// Nobody answers later than now.
pub(super) fn given_by(pointer: &str, at: WireTime, now: Timestamp) -> Result<(), Box<Problem>> {
    if at.0.duration_since(now) > APART { Err(invalid(pointer, "future")) } else { Ok(()) }
}

/// Nobody answers before what the answer is about.
pub(super) fn given_after(pointer: &str, at: WireTime, about: Timestamp) -> Result<(), Box<Problem>> {
    if about.duration_since(at.0) > APART { Err(invalid(pointer, "past")) } else { Ok(()) }
}

/// The consents of a request: known scopes, each once, not from the future.
pub(super) fn consents_of(request: &ConsentsRequest, now: Timestamp) -> Result<Vec<StoredConsent>, Box<Problem>> {
    let granted_at = request.granted_at.0;
    given_by("/grantedAt", request.granted_at, now)?;
    if request.consents.is_empty() {
        return Err(invalid("/consents", "empty"));
    }
    let mut seen = BTreeSet::new();
    let mut consents = Vec::with_capacity(request.consents.len());
    for (index, entry) in request.consents.iter().enumerate() {
        let pointer = format!("/consents/{index}/scope");
        if !scopes().any(|scope| scope == entry.scope) {
            return Err(invalid(&pointer, "unknown"));
        }
        if !seen.insert(entry.scope.as_str()) {
            return Err(invalid(&pointer, "twice"));
        }
        consents.push(StoredConsent { scope: entry.scope.clone(), granted: entry.granted, granted_at });
    }
    Ok(consents)
}

/// Whether two sets of consents say the same.
pub(super) fn same_answers(one: &[StoredConsent], other: &[StoredConsent]) -> bool {
    let set = |consents: &[StoredConsent]| -> BTreeSet<(String, bool)> {
        consents.iter().map(|c| (c.scope.clone(), c.granted)).collect()
    };
    set(one) == set(other)
}

/// A consent on the wire.
pub(super) fn record(consent: &StoredConsent) -> ConsentRecord {
    ConsentRecord {
        scope: consent.scope.clone(),
        granted: consent.granted,
        granted_at: WireTime(consent.granted_at),
        available_until: consent.granted.then(|| WireTime(consent.granted_at + DAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::qualification::contract::CardRegistrationRequest;

    fn print(body: &str) -> [u8; 32] {
        fingerprint(&read::<CardRegistrationRequest>(body.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn the_fingerprint_sees_meaning_not_layout() {
        let one = r#"{"facilityCode":"1310000001","challengeId":"c","termsVersion":"1","agreedAt":"2026-11-20T09:00:00+09:00"}"#;
        let same = r#" { "agreedAt" : "2026-11-20T00:00:00Z", "termsVersion":"1","challengeId":"c","facilityCode":"1310000001" } "#;
        let other = one.replace("\"c\"", "\"d\"");
        assert_eq!(print(one), print(same));
        assert_ne!(print(one), print(&other));
    }

    #[test]
    fn a_malformed_body_is_told_by_place_only() {
        let error = read::<CardRegistrationRequest>(br#"{"facilityCode": 1310000001}"#).unwrap_err();
        assert_eq!(error.name(), Some(ProblemName::MalformedRequest));
        assert!(!serde_json::to_string(&error).unwrap().contains("1310000001"));
        assert!(read::<CardRegistrationRequest>(br#"{"pin":"1234"}"#).is_err());
    }

    fn asked(text: &str) -> Result<Vec<StoredConsent>, Box<Problem>> {
        consents_of(&read(text.as_bytes()).unwrap(), "2026-11-20T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn consents_are_known_once_and_not_from_the_future() {
        let body = |at: &str, list: &str| format!(r#"{{"grantedAt":"{at}","consents":[{list}]}}"#);
        let (now, drug) = ("2026-11-20T09:00:00+09:00", r#"{"scope":"pharmaceutical","granted":true}"#);
        assert_eq!(asked(&body(now, drug)).unwrap().len(), 1);
        let pointer = |text: &str| asked(text).unwrap_err().errors[0].pointer.clone();
        assert_eq!(pointer(&body(now, "")), "/consents");
        assert_eq!(pointer(&body(now, &format!("{drug},{drug}"))), "/consents/1/scope");
        assert_eq!(pointer(&body(now, r#"{"scope":"everything","granted":true}"#)), "/consents/0/scope");
        assert_eq!(pointer(&body("2026-11-20T09:06:00+09:00", drug)), "/grantedAt");
    }

    #[test]
    fn the_order_of_consents_does_not_matter() {
        let consent =
            |scope: &str, granted| StoredConsent { scope: scope.into(), granted, granted_at: Timestamp::UNIX_EPOCH };
        let (one, other) = ([consent("a", true), consent("b", false)], [consent("b", false), consent("a", true)]);
        assert!(same_answers(&one, &other));
        assert!(!same_answers(&one, &[consent("a", true), consent("b", true)]));
    }
}
