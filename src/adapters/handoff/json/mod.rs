//! The JSON twin: the same delivery, UTF-8, every character as the insurer gave it. It reads back without loss.

mod insurance;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::consent::{Consent, ConsentAnswer, PrescriptionForm, Scope};
use crate::domain::japan;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::{AskedBy, Notice};
use crate::domain::secret::Personal;
use crate::ports::DeliveryOrder;

use self::insurance::Insurance;
use super::config::DropConfig;
use super::names::{available_until, text};
use super::read::{HandedOver, ReadError};

/// The member that names the check; recovery after a crash reads it back.
pub const CHECK_ID: &str = "qualificationCheckId";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Twin {
    qualification_check_id: String,
    facility_code: String,
    terminal_id: String,
    processed_at: Moment,
    check_date: Day,
    method: String,
    raw_validity_code: String,
    reference_number: Option<String>,
    qualifications: Vec<Insurance>,
    notices: Vec<Note>,
    consents: Vec<Answer>,
    /// When the patient answered; only where something was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    consented_at: Option<Moment>,
    /// Who typed the PIN when it was not the patient; the official XML has no place for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin_entered_by: Option<String>,
    /// 限度額, where it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit_consent: Option<String>,
    /// 処方箋発行形態, where it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prescription_issue_selection: Option<String>,
    /// 医療費助成, where it was asked: `given` means that a certificate is to be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subsidy_use: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    code: String,
    raw_code: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    scope: String,
    answer: String,
    granted_at: Option<Moment>,
    available_until: Option<Moment>,
}

/// `YYYY-MM-DD`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Day(Date);

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.0.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

/// RFC 3339 with +09:00.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Moment(Timestamp);

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.0.display_with_offset(japan::OFFSET).to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

fn method(asked_by: AskedBy) -> &'static str {
    match asked_by {
        AskedBy::Card => "mynaCard",
        AskedBy::InsuredNumber => "insuredNumber",
        AskedBy::Demographics => "demographics",
    }
}

fn note(notice: &Notice) -> Note {
    Note { code: notice.code.clone(), raw_code: notice.raw_code.clone() }
}

const ANSWERS: [(ConsentAnswer, &str); 4] = [
    (ConsentAnswer::Given, "given"),
    (ConsentAnswer::Refused, "refused"),
    (ConsentAnswer::NotAsked, "notAsked"),
    (ConsentAnswer::NotAnswered, "notAnswered"),
];

fn word(answer: ConsentAnswer) -> String {
    ANSWERS.iter().find(|(known, _)| *known == answer).map(|(_, word)| (*word).to_owned()).unwrap_or_default()
}

fn answer_of(word: &str) -> Option<ConsentAnswer> {
    ANSWERS.iter().find(|(_, known)| *known == word).map(|(answer, _)| *answer)
}

fn asked(answer: ConsentAnswer) -> Option<String> {
    (answer != ConsentAnswer::NotAsked).then(|| word(answer))
}

fn answer(consent: &Consent, at: Option<Timestamp>) -> Answer {
    let given = at.filter(|_| consent.answer == ConsentAnswer::Given);
    Answer {
        scope: consent.scope.name().to_owned(),
        answer: word(consent.answer),
        granted_at: given.map(Moment),
        available_until: given.map(available_until).map(Moment),
    }
}

/// The bytes of the twin.
///
/// # Errors
/// None that data can cause; serde asks for it.
pub fn bytes(order: &DeliveryOrder, config: &DropConfig) -> serde_json::Result<Vec<u8>> {
    let (told, choices) = (&order.answer, &order.choices);
    let given = |answer: ConsentAnswer| answer == ConsentAnswer::Given;
    let any = given(choices.limit) || choices.consents.iter().any(|consent| given(consent.answer));
    serde_json::to_vec_pretty(&Twin {
        qualification_check_id: order.identifier().to_owned(),
        facility_code: config.facility_code.clone(),
        terminal_id: config.terminal_id.clone(),
        processed_at: Moment(told.processed_at),
        check_date: Day(told.check_date),
        method: method(told.asked_by).to_owned(),
        raw_validity_code: told.raw_validity.clone(),
        reference_number: text(&told.reference_number).map(str::to_owned),
        qualifications: told.qualifications.iter().map(|q| Insurance::of(q, !choices.withholds_limit())).collect(),
        notices: told.notices.iter().map(note).collect(),
        consents: choices.consents.iter().map(|c| answer(c, order.consented_at)).collect(),
        consented_at: order.consented_at.filter(|_| any).map(Moment),
        limit_consent: asked(choices.limit),
        prescription_issue_selection: choices.prescription.map(|form| match form {
            PrescriptionForm::Electronic => "electronic".to_owned(),
            PrescriptionForm::Paper => "paper".to_owned(),
        }),
        subsidy_use: asked(choices.subsidy),
        pin_entered_by: order.entered_by.filter(|who| *who != EnteredBy::Patient).map(|who| who.slug().to_owned()),
    })
}

/// Reads a twin back: what the XML file holds of the same delivery, and the certificates that it has no place for.
///
/// # Errors
/// When it is no twin; the text of the error holds no value.
pub fn read_twin(bytes: &[u8]) -> Result<HandedOver, ReadError> {
    let place = |error: serde_json::Error| ReadError::Json(error.line(), error.column());
    let twin: Twin = serde_json::from_slice(bytes).map_err(place)?;
    let told = |c: &Consent| matches!(c.answer, ConsentAnswer::Given | ConsentAnswer::Refused);
    let limit = twin.limit_consent.as_deref().map(|word| answer_of(word).ok_or(ReadError::Element("limitConsent")));
    let limit = limit.transpose()?.unwrap_or(ConsentAnswer::NotAsked);
    let consents: Vec<_> = twin.consents.iter().map(consent).collect::<Result<_, _>>()?;
    Ok(HandedOver {
        facility_code: twin.facility_code,
        check_id: twin.qualification_check_id,
        processed_at: twin.processed_at.0,
        check_date: twin.check_date.0,
        asked_by: asked_by(&twin.method)?,
        raw_validity: twin.raw_validity_code,
        side_note: twin.notices.into_iter().find_map(|note| note.raw_code),
        reference_number: twin.reference_number.map(Personal),
        qualifications: twin.qualifications.into_iter().map(Into::into).collect(),
        consents: consents.into_iter().filter(told).collect(),
        limit: if limit == ConsentAnswer::NotAnswered { ConsentAnswer::NotAsked } else { limit },
        prescription: twin.prescription_issue_selection.as_deref().map(prescription).transpose()?,
        consented_at: twin.consented_at.map(|moment| moment.0),
    })
}

fn asked_by(method: &str) -> Result<AskedBy, ReadError> {
    match method {
        "mynaCard" => Ok(AskedBy::Card),
        "insuredNumber" => Ok(AskedBy::InsuredNumber),
        "demographics" => Ok(AskedBy::Demographics),
        _ => Err(ReadError::Element("method")),
    }
}

fn prescription(word: &str) -> Result<PrescriptionForm, ReadError> {
    match word {
        "electronic" => Ok(PrescriptionForm::Electronic),
        "paper" => Ok(PrescriptionForm::Paper),
        _ => Err(ReadError::Element("prescriptionIssueSelection")),
    }
}

fn consent(entry: &Answer) -> Result<Consent, ReadError> {
    let scope = Scope::by_name(&entry.scope).ok_or(ReadError::Element("scope"))?;
    let answer = answer_of(&entry.answer).ok_or(ReadError::Element("answer"))?;
    Ok(Consent { scope, answer })
}
