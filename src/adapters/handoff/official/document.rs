//! The official document as a tree: which element stands where, and how its value is written.

use jiff::Timestamp;

use crate::domain::consent::{Consent, ConsentAnswer, PrescriptionForm, Scope};
use crate::domain::qualification::{AskedBy, Qualification};
use crate::ports::DeliveryOrder;

use super::super::names::{available_until, compact_date, compact_timestamp, text};
use super::{BodyOrder, OfficialXml, certificates, kana};

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// With text.
    Leaf(&'static str, String),
    /// With elements.
    Branch(&'static str, Vec<Node>),
    /// With text, under a name put together from a prefix and a suffix.
    Joined(&'static str, &'static str, String),
}

/// Grows a list of leaves.
#[derive(Default)]
pub(super) struct Leaves(pub(super) Vec<Node>);

impl Leaves {
    pub(super) fn must(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push(Node::Leaf(name, value.into()));
    }

    pub(super) fn may(&mut self, name: &'static str, value: Option<impl Into<String>>) {
        self.0.extend(value.map(Into::into).filter(|v| !v.is_empty()).map(|v| Node::Leaf(name, v)));
    }

    pub(super) fn group(&mut self, name: &'static str, inner: Leaves) {
        if !inner.0.is_empty() {
            self.0.push(Node::Branch(name, inner.0));
        }
    }
}

/// The whole document of one delivery, or of some of its results.
pub fn document(order: &DeliveryOrder, results: &[Qualification], facility_code: &str, form: &OfficialXml) -> Node {
    Node::Branch("XmlMsg", vec![header(order, facility_code, form), body(order, results, form.order)])
}

fn header(order: &DeliveryOrder, facility_code: &str, form: &OfficialXml) -> Node {
    let leaf = |name: &'static str, value: String| Some(Node::Leaf(name, value));
    let time = leaf("ProcessExecutionTime", compact_timestamp(order.answer.processed_at));
    let date = leaf("QualificationConfirmationDate", compact_date(order.answer.check_date));
    let facility = leaf("MedicalInstitutionCode", facility_code.into());
    let identifier = leaf("ArbitraryFileIdentifier", order.identifier().into());
    // 1: by My Number Card, 2: by insured number; a search by the four facts has no code that is known.
    let way = match order.answer.asked_by {
        AskedBy::Card => leaf("ReferenceClassification", "1".into()),
        AskedBy::InsuredNumber => leaf("ReferenceClassification", "2".into()),
        AskedBy::Demographics => None,
    };
    // 1: normal end; ErrorCode and ErrorMessage stand only beside another value, which is never delivered.
    let segment = leaf("SegmentOfResult", "1".into());
    let code = leaf("CharacterCodeIdentifier", form.encoding.code().into());
    let leaves = match form.order {
        BodyOrder::ResultsLast => [time, date, facility, identifier, way, segment, code],
        BodyOrder::ResultsFirst => [time, code, segment, date, way, identifier, facility],
    };
    Node::Branch("MessageHeader", leaves.into_iter().flatten().collect())
}

fn body(order: &DeliveryOrder, results: &[Qualification], body_order: BodyOrder) -> Node {
    let answer = &order.answer;
    let results = results.iter().map(|q| Node::Branch("ResultOfQualificationConfirmation", result(q, order)));
    let list = Node::Branch("ResultList", results.collect());
    let mut body = Leaves::default();
    body.must("ProcessingResultStatus", "1");
    // Beside a normal result this code is a side note, such as a certificate that ends soon.
    body.may("ProcessingResultCode", answer.notices.iter().find_map(|notice| notice.raw_code.as_deref()));
    body.must("QualificationValidity", answer.raw_validity.as_str());
    body.may(
        "PrescriptionIssueSelect",
        order.choices.prescription.map(|form| match form {
            PrescriptionForm::Electronic => "1",
            PrescriptionForm::Paper => "2",
        }),
    );
    match body_order {
        BodyOrder::ResultsLast => body.0.push(list),
        BodyOrder::ResultsFirst => body.0.insert(0, list),
    }
    Node::Branch("MessageBody", body.0)
}

fn result(q: &Qualification, order: &DeliveryOrder) -> Vec<Node> {
    let mut result = Leaves::default();
    result.must("InsuredCardClassification", q.card_classification.as_str());
    result.may("InsurerNumber", Some(q.insurer_number.0.as_str()));
    result.may("InsuredCardSymbol", text(&q.insured_symbol));
    result.may("InsuredIdentificationNumber", text(&q.insured_number));
    result.may("InsuredBranchNumber", text(&q.branch_number));
    result.may("PersonalFamilyClassification", q.relationship.as_deref());
    result.may("InsuredName", text(&q.insured_name));
    result.must("Name", q.name.0.as_str());
    result.may("NameOfOther", text(&q.name_other));
    result.may("NameKana", text(&q.name_kana).map(kana::to_half));
    result.may("NameOfOtherKana", text(&q.name_other_kana).map(kana::to_half));
    result.must("Sex1", q.sex.as_str());
    result.may("Sex2", q.sex_on_back.as_deref());
    result.must("Birthdate", q.birth_date.0.map(compact_date).unwrap_or_default());
    result.may("Address", text(&q.address));
    result.may("PostNumber", text(&q.postal_code));
    result.may("QualificationDate", q.qualified_on.map(compact_date));
    result.may("DisqualificationDate", q.disqualified_on.map(compact_date));
    result.may("InsuredCertificateIssuanceDate", q.certificate_issued_on.map(compact_date));
    result.may("InsuredCardValidDate", q.valid_from.map(compact_date));
    result.may("InsuredCardExpirationDate", q.valid_to.map(compact_date));
    result.may("InsuredPartialContributionRatio", q.ratio_percent.map(ratio));
    result.may("PreschoolClassification", q.preschool.map(|preschool| if preschool { "1" } else { "2" }));
    result.may("ReasonOfLoss", q.loss_reason.as_deref());
    result.must("InsurerName", q.insurer_name.0.as_str());
    certificates::add(&mut result, q, order);
    for scope in CONSENT_ORDER {
        if let Some(consent) = order.choices.consents.iter().find(|c| c.scope == scope) {
            result.0.extend(consent_nodes(consent, order.consented_at));
        }
    }
    result.may("ReferenceNumber", text(&order.answer.reference_number));
    result.0
}

/// What the consent elements of a scope start with.
fn consent_prefix(scope: Scope) -> &'static str {
    match scope {
        Scope::SpecificHealthCheckup => "SpecificHealthCheckupsInfo",
        Scope::Pharmaceutical => "PharmacistsInfo",
        Scope::Diagnosis => "DiagnosisInfo",
        Scope::Operation => "OperationInfo",
    }
}

/// The order of the consent elements.
const CONSENT_ORDER: [Scope; 4] =
    [Scope::SpecificHealthCheckup, Scope::Pharmaceutical, Scope::Diagnosis, Scope::Operation];

/// Percent as three digits.
pub(super) fn ratio(percent: u8) -> String {
    format!("{percent:03}")
}

/// Not asked and not answered are no refusals, so they leave no element.
fn consent_nodes(consent: &Consent, at: Option<Timestamp>) -> Vec<Node> {
    let prefix = consent_prefix(consent.scope);
    match (consent.answer, at) {
        (ConsentAnswer::NotAsked | ConsentAnswer::NotAnswered, _) => Vec::new(),
        (ConsentAnswer::Refused, _) => vec![Node::Joined(prefix, "ConsFlg", "0".into())],
        (ConsentAnswer::Given, None) => vec![Node::Joined(prefix, "ConsFlg", "1".into())],
        (ConsentAnswer::Given, Some(at)) => vec![
            Node::Joined(prefix, "ConsFlg", "1".into()),
            Node::Joined(prefix, "ConsTime", compact_timestamp(at)),
            Node::Joined(prefix, "AvailableTime", compact_timestamp(available_until(at))),
        ],
    }
}
