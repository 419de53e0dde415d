//! Between the wire and the domain.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use super::check::{
    CardFaceRequest, CheckStatus, ConsentEntry, ConsentsRequest, Method, MynaCardRequest, QualificationCheck,
    QualificationCheckRequest, RS256, Way,
};
use super::qualification::{self as contract, Elderly, Limit, QualificationEntry, SpecificDisease};
use super::registration::{CardRegistrationInquiry, CardRegistrationStatus};
use super::scalars::{Bytes64, WireDate, WireTime};
use crate::domain::consent::{Consent, ConsentAnswer};
use crate::domain::japan;
use crate::domain::qualification::{
    AskedBy, Authentication, CardProof, Notice, Qualification, QualificationAnswer, Validity,
};
use crate::domain::qualification::{
    DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, PublicExpense,
};
use crate::domain::registration::{Application, Linkage, RegistrationStatus};
use crate::domain::secret::Personal;

/// An answer that breaks a rule of the contract; names the rule, holds no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the answer breaks the contract: {0}")]
pub struct ContractError(pub Cow<'static, str>);

impl From<&'static str> for ContractError {
    fn from(rule: &'static str) -> Self {
        Self(rule.into())
    }
}

/// Reads a body.
///
/// # Errors
/// When it is no JSON, or a member is missing or of another type: the member is named. What serde itself says of it could
/// quote a value and goes no further.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ContractError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| broken(error.path(), error.inner()))?;
    json.end().map_err(|error| no_json(&error))?;
    Ok(read)
}

fn no_json(error: &serde_json::Error) -> ContractError {
    ContractError(format!("no JSON at line {}, column {}", error.line(), error.column()).into())
}

fn broken(at: &serde_path_to_error::Path, error: &serde_json::Error) -> ContractError {
    if !error.is_data() {
        return no_json(error);
    }
    let text = error.to_string();
    // Of these words the derived code's own name of the member is the only part that differs.
    let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    ContractError(match missing {
        Some((member, _)) => format!("{member} is missing in {at}").into(),
        None => format!("{at} is of another type").into(),
    })
}

impl From<Authentication> for Way {
    fn from(authentication: Authentication) -> Self {
        match authentication {
            Authentication::Pin => Way::Pin,
            Authentication::Face => Way::Face,
            Authentication::Visual => Way::Visual,
        }
    }
}

/// The request for one check.
pub fn check_request(facility_code: &str, check_date: Date, proof: &CardProof) -> QualificationCheckRequest {
    QualificationCheckRequest {
        facility_code: facility_code.to_owned(),
        check_date: WireDate(check_date),
        method: Method::MynaCard,
        myna_card: Some(myna_card(proof)),
        insured_number: None,
        demographics: None,
    }
}

/// The question how far the registration of the card has come.
pub fn registration_inquiry(facility_code: &str, proof: &CardProof) -> CardRegistrationInquiry {
    CardRegistrationInquiry { facility_code: facility_code.to_owned(), myna_card: myna_card(proof) }
}

/// The domain's view of the answer; words of another version stay unknown.
pub fn registration_status(status: &CardRegistrationStatus) -> RegistrationStatus {
    let in_japan = |at: WireTime| japan::civil(at.0);
    RegistrationStatus {
        application: match status.application.as_str() {
            "none" => Application::None,
            "accepted" => Application::Accepted,
            _ => Application::Unknown,
        },
        linkage: match status.registration.as_str() {
            "none" => Linkage::None,
            "preparing" => Linkage::Preparing,
            "completed" => Linkage::Completed,
            _ => Linkage::Unknown,
        },
        registered_at: status.registered_at.map(in_japan),
        available_from: status.available_from.map(in_japan),
    }
}

fn myna_card(proof: &CardProof) -> MynaCardRequest {
    let card_face = proof.card_face.as_ref().map(|face| CardFaceRequest {
        basic: Bytes64(face.basic.clone()),
        pictures_hash: Bytes64(face.pictures_hash.to_vec()),
        portrait_hash: Bytes64(face.portrait_hash.to_vec()),
        signature: Bytes64(face.signature.clone()),
        issuer_certificate: Bytes64(face.issuer_certificate.clone()),
        card_signature: Bytes64(face.card_signature.clone()),
    });
    MynaCardRequest {
        challenge_id: proof.challenge_id.clone(),
        certificate: Bytes64(proof.certificate.clone()),
        signature: proof.signature.clone().map(Bytes64),
        signature_algorithm: RS256.to_owned(),
        authentication: proof.authentication.into(),
        card_face,
    }
}

/// The request that records consents: only given and refused ones; `None` when there is nothing to record.
pub fn consents_request(consents: &[Consent], at: Timestamp) -> Option<ConsentsRequest> {
    let entries: Vec<ConsentEntry> = consents
        .iter()
        .filter_map(|consent| {
            let granted = match consent.answer {
                ConsentAnswer::Given => true,
                ConsentAnswer::Refused => false,
                ConsentAnswer::NotAsked | ConsentAnswer::NotAnswered => return None,
            };
            Some(ConsentEntry { scope: consent.scope.name().to_owned(), granted })
        })
        .collect();
    (!entries.is_empty()).then_some(ConsentsRequest {
        granted_at: WireTime(at),
        consents: entries,
        prescription_issue_selection: None,
    })
}

/// The domain's answer from a final check.
///
/// # Errors
/// When the check is not final or breaks a rule of the contract.
pub fn answer(check: QualificationCheck) -> Result<QualificationAnswer, ContractError> {
    if check.status != CheckStatus::Completed {
        return Err("status is not completed".into());
    }
    if check.qualification_check_id.is_empty() || check.qualification_check_id.len() > 64 {
        return Err("qualificationCheckId is not usable".into());
    }
    let processed_at = check.processed_at.ok_or("processedAt is missing")?.0;
    let word = check.validity.ok_or("validity is missing")?;
    let validity = validity(&word);
    let expects_none = matches!(validity, Validity::NotFound | Validity::Multiple);
    if validity == Validity::Valid && check.qualifications.is_empty() {
        return Err("valid without a qualification".into());
    }
    if expects_none && !check.qualifications.is_empty() {
        return Err("notFound or multiple with a qualification".into());
    }
    Ok(QualificationAnswer {
        check_id: check.qualification_check_id,
        processed_at,
        check_date: check.check_date.0,
        asked_by: match check.method.as_deref() {
            Some("insuredNumber") => AskedBy::InsuredNumber,
            Some("demographics") => AskedBy::Demographics,
            _ => AskedBy::Card,
        },
        validity,
        raw_validity: check.raw_validity_code.unwrap_or(word),
        qualifications: check.qualifications.into_iter().map(qualification).collect(),
        notices: check.notices.into_iter().map(|n| Notice { code: n.code, raw_code: n.raw_code }).collect(),
        reference_number: check.reference_number.map(Personal),
    })
}

fn validity(word: &str) -> Validity {
    match word {
        "valid" => Validity::Valid,
        "invalid" => Validity::Invalid,
        "superseded" => Validity::Superseded,
        "notFound" => Validity::NotFound,
        "multiple" => Validity::Multiple,
        _ => Validity::Unknown,
    }
}

fn qualification(entry: QualificationEntry) -> Qualification {
    let sex = |word| raw_code(word, &[("male", "1"), ("female", "2"), ("notSet", "3")]);
    Qualification {
        card_classification: entry.card_classification,
        insurer_number: Personal(entry.insurer_number),
        insurer_name: Personal(entry.insurer_name),
        insured_symbol: entry.insured_symbol.map(Personal),
        insured_number: entry.insured_number.map(Personal),
        branch_number: entry.branch_number.map(Personal),
        relationship: entry.relationship.map(|r| raw_code(r, &[("self", "1"), ("family", "2")])),
        insured_name: entry.insured_name.map(Personal),
        name: Personal(entry.name),
        name_other: entry.name_other.map(Personal),
        name_kana: entry.name_kana.map(Personal),
        name_other_kana: entry.name_other_kana.map(Personal),
        sex: sex(entry.sex),
        sex_on_back: entry.sex_on_back.map(sex),
        birth_date: Personal(entry.birth_date.map(|d| d.0)),
        address: entry.address.map(Personal),
        postal_code: entry.postal_code.map(Personal),
        qualified_on: entry.qualified_on.map(|d| d.0),
        disqualified_on: entry.disqualified_on.map(|d| d.0),
        certificate_issued_on: entry.certificate_issued_on.map(|d| d.0),
        valid_from: entry.valid_from.map(|d| d.0),
        valid_to: entry.valid_to.map(|d| d.0),
        ratio_percent: entry.late_elderly_ratio_percent,
        preschool: entry.preschool,
        loss_reason: entry.loss_reason,
        elderly: entry.elderly.map(elderly),
        limit: entry.limit.map(limit),
        specific_diseases: entry.specific_diseases.into_iter().map(disease).collect(),
        public_expenses: entry.public_expenses.into_iter().map(public_expense).collect(),
        medical_ticket: entry.medical_ticket.map(medical_ticket),
    }
}

fn day(date: Option<WireDate>) -> Option<Date> {
    date.map(|date| date.0)
}

fn elderly(wire: Elderly) -> ElderlyCertificate {
    let (issued_on, valid_from, valid_to) = (day(wire.issued_on), day(wire.valid_from), day(wire.valid_to));
    ElderlyCertificate { issued_on, valid_from, valid_to, ratio_percent: wire.ratio_percent }
}

fn limit(wire: Limit) -> LimitCertificate {
    LimitCertificate {
        kind: wire.kind,
        category: wire.category,
        issued_on: day(wire.issued_on),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        long_term_from: day(wire.long_term_from),
    }
}

fn disease(wire: SpecificDisease) -> DiseaseCertificate {
    DiseaseCertificate {
        category: Personal(wire.category),
        issued_on: day(wire.issued_on),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        self_pay_yen: wire.self_pay_yen,
    }
}

fn public_expense(wire: contract::PublicExpense) -> PublicExpense {
    PublicExpense {
        payer_number: Personal(wire.payer_number),
        recipient_number: Personal(wire.recipient_number),
        name: wire.name,
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        max_copay: wire.max_copay,
    }
}

fn medical_ticket(wire: contract::MedicalTicket) -> MedicalTicket {
    MedicalTicket {
        payer_number: Personal(wire.payer_number),
        recipient_number: Personal(wire.recipient_number),
        ticket_type: wire.ticket_type,
        treatment_month: wire.treatment_month,
        issue_number: wire.issue_number.map(Personal),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        self_pay_yen: wire.self_pay_yen,
        not_yet_loaded: wire.not_yet_loaded,
    }
}

/// The official code of a known word; an unknown word stays as it came.
fn raw_code(word: String, known: &[(&str, &str)]) -> String {
    known.iter().find(|(name, _)| *name == word).map_or(word, |(_, code)| (*code).to_owned())
}
