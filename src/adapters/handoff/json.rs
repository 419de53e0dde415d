//! The JSON twin: the same delivery, UTF-8, every character as the insurer gave it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::domain::consent::{Consent, ConsentAnswer, PrescriptionForm};
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::{AskedBy, Notice, Qualification};
use crate::ports::DeliveryOrder;

use super::config::DropConfig;
use super::names::{JAPAN, available_until, text};

/// The member that names the check; recovery after a crash reads it back.
pub const CHECK_ID: &str = "qualificationCheckId";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Twin<'a> {
    qualification_check_id: &'a str,
    facility_code: &'a str,
    terminal_id: &'a str,
    processed_at: String,
    check_date: Date8601,
    method: &'static str,
    raw_validity_code: &'a str,
    reference_number: Option<&'a str>,
    qualifications: Vec<Insurance<'a>>,
    notices: Vec<Note<'a>>,
    consents: Vec<Answer>,
    /// Who typed the PIN when it was not the patient; the official XML has no place for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pin_entered_by: Option<&'static str>,
    /// 限度額, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_consent: Option<&'static str>,
    /// 処方箋発行形態, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    prescription_issue_selection: Option<&'static str>,
    /// 医療費助成, where it was asked: `given` means that a certificate is to be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    subsidy_use: Option<&'static str>,
}

/// Codes of relationship and sex are the official ones; the kana are full width.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Insurance<'a> {
    card_classification: &'a str,
    insurer_number: &'a str,
    insurer_name: &'a str,
    insured_symbol: Option<&'a str>,
    insured_number: Option<&'a str>,
    branch_number: Option<&'a str>,
    relationship: Option<&'a str>,
    name: &'a str,
    name_kana: Option<&'a str>,
    sex: &'a str,
    birth_date: Option<Date8601>,
    address: Option<&'a str>,
    postal_code: Option<&'a str>,
    qualified_on: Option<Date8601>,
    disqualified_on: Option<Date8601>,
    valid_from: Option<Date8601>,
    valid_to: Option<Date8601>,
    ratio_percent: Option<u8>,
    limit_category: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Note<'a> {
    code: &'a str,
    raw_code: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    scope: &'static str,
    answer: &'static str,
    granted_at: Option<String>,
    available_until: Option<String>,
}

/// `YYYY-MM-DD`.
#[derive(Serialize)]
struct Date8601(String);

impl From<Date> for Date8601 {
    fn from(date: Date) -> Self {
        Self(date.to_string())
    }
}

/// RFC 3339 with +09:00.
fn moment(at: Timestamp) -> String {
    at.display_with_offset(JAPAN).to_string()
}

fn insurance(q: &Qualification, limit: bool) -> Insurance<'_> {
    Insurance {
        card_classification: &q.card_classification,
        insurer_number: &q.insurer_number.0,
        insurer_name: &q.insurer_name.0,
        insured_symbol: text(&q.insured_symbol),
        insured_number: text(&q.insured_number),
        branch_number: text(&q.branch_number),
        relationship: q.relationship.as_deref(),
        name: &q.name.0,
        name_kana: text(&q.name_kana),
        sex: &q.sex,
        birth_date: q.birth_date.0.map(Into::into),
        address: text(&q.address),
        postal_code: text(&q.postal_code),
        qualified_on: q.qualified_on.map(Into::into),
        disqualified_on: q.disqualified_on.map(Into::into),
        valid_from: q.valid_from.map(Into::into),
        valid_to: q.valid_to.map(Into::into),
        ratio_percent: q.ratio_percent,
        limit_category: q.limit_category.as_deref().filter(|_| limit),
    }
}

fn method(asked_by: AskedBy) -> &'static str {
    match asked_by {
        AskedBy::Card => "mynaCard",
        AskedBy::InsuredNumber => "insuredNumber",
        AskedBy::Demographics => "demographics",
    }
}

fn note(notice: &Notice) -> Note<'_> {
    Note { code: &notice.code, raw_code: notice.raw_code.as_deref() }
}

fn word(answer: ConsentAnswer) -> &'static str {
    match answer {
        ConsentAnswer::Given => "given",
        ConsentAnswer::Refused => "refused",
        ConsentAnswer::NotAsked => "notAsked",
        ConsentAnswer::NotAnswered => "notAnswered",
    }
}

fn asked(answer: ConsentAnswer) -> Option<&'static str> {
    (answer != ConsentAnswer::NotAsked).then(|| word(answer))
}

fn answer(consent: &Consent, at: Option<Timestamp>) -> Answer {
    let given = at.filter(|_| consent.answer == ConsentAnswer::Given);
    Answer {
        scope: consent.scope.name(),
        answer: word(consent.answer),
        granted_at: given.map(moment),
        available_until: given.map(available_until).map(moment),
    }
}

/// The bytes of the twin.
///
/// # Errors
/// None that data can cause; serde asks for it.
pub fn bytes(order: &DeliveryOrder, config: &DropConfig) -> serde_json::Result<Vec<u8>> {
    let told = &order.answer;
    serde_json::to_vec_pretty(&Twin {
        qualification_check_id: order.identifier(),
        facility_code: &config.facility_code,
        terminal_id: &config.terminal_id,
        processed_at: moment(told.processed_at),
        check_date: told.check_date.into(),
        method: method(told.asked_by),
        raw_validity_code: &told.raw_validity,
        reference_number: text(&told.reference_number),
        qualifications: told.qualifications.iter().map(|q| insurance(q, !order.choices.withholds_limit())).collect(),
        notices: told.notices.iter().map(note).collect(),
        consents: order.choices.consents.iter().map(|c| answer(c, order.consented_at)).collect(),
        limit_consent: asked(order.choices.limit),
        prescription_issue_selection: order.choices.prescription.map(|form| match form {
            PrescriptionForm::Electronic => "electronic",
            PrescriptionForm::Paper => "paper",
        }),
        subsidy_use: asked(order.choices.subsidy),
        pin_entered_by: order.entered_by.filter(|person| *person != EnteredBy::Patient).map(EnteredBy::slug),
    })
}
