//! Challenges, checks, consents and registrations.

use serde::{Deserialize, Serialize};

use super::scalars::{Bytes64, WireDate, WireTime};

/// The only signature algorithm of today's cards: RSA PKCS#1 v1.5 with SHA-256.
pub const RS256: &str = "RS256";

/// Answer of `POST /v1/card-challenges`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardChallenge {
    /// Its name.
    pub challenge_id: String,
    /// 32 bytes for the card to sign.
    pub nonce: Bytes64,
    /// When it ends.
    pub expires_at: WireTime,
}

/// How the check is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// By the card on the reader.
    MynaCard,
}

/// How the patient was identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Way {
    /// By PIN.
    Pin,
    /// By face.
    Face,
    /// By the eye of staff.
    Visual,
}

/// Body of `POST /v1/qualification-checks`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QualificationCheckRequest {
    /// 医療機関等コード.
    pub facility_code: String,
    /// 資格確認日.
    pub check_date: WireDate,
    /// How the check is asked for.
    pub method: Method,
    /// The card's proof.
    pub myna_card: MynaCardRequest,
}

/// What the card gave.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MynaCardRequest {
    /// The challenge that was answered.
    pub challenge_id: String,
    /// User-authentication certificate, DER.
    pub certificate: Bytes64,
    /// Signature of its key over the nonce; absent by face and by eye unless the terminal owns an approved body's keys.
    #[serde(default)]
    pub signature: Option<Bytes64>,
    /// `RS256`.
    pub signature_algorithm: String,
    /// How the patient was identified.
    pub authentication: Way,
    /// The opened card face, by face and by eye.
    #[serde(default)]
    pub card_face: Option<CardFaceRequest>,
}

/// The signed parts of the card face; never the portrait.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardFaceRequest {
    /// DF22 to DF24 as TLVs.
    pub basic: Bytes64,
    /// SHA-256 over DF25 to DF26.
    pub pictures_hash: Bytes64,
    /// SHA-256 over DF27.
    pub portrait_hash: Bytes64,
    /// DF28.
    pub signature: Bytes64,
    /// EF 0004.
    pub issuer_certificate: Bytes64,
    /// The card key's signature over the nonce.
    pub card_signature: Bytes64,
}

/// Whether an answer is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CheckStatus {
    /// Ask again under `Location`.
    Processing,
    /// Final.
    Completed,
    /// Final, without an answer.
    Failed,
}

/// Answer of `POST /v1/qualification-checks` (201 final, 202 processing) and of `GET` by id.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualificationCheck {
    /// UUID of the check.
    pub qualification_check_id: String,
    /// Whether it is final.
    pub status: CheckStatus,
    /// When it was processed; present once final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processed_at: Option<WireTime>,
    /// 資格確認日.
    pub check_date: WireDate,
    /// How it was asked for; an open list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `valid`, `invalid`, `superseded`, `notFound`, `multiple`, `unknown`; present once completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<String>,
    /// The upstream's own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_validity_code: Option<String>,
    /// Insurances; none unless valid, invalid or superseded.
    #[serde(default)]
    pub qualifications: Vec<QualificationEntry>,
    /// Side notes.
    #[serde(default)]
    pub notices: Vec<NoticeEntry>,
    /// Consents recorded so far.
    #[serde(default)]
    pub consents: Vec<ConsentRecord>,
    /// 照会番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_number: Option<String>,
}

/// A side note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeEntry {
    /// `certificateExpiring`, `certificateExpiredGrace`, `nameHasUnmappable` …
    pub code: String,
    /// The upstream's own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_code: Option<String>,
    /// A word to staff, without personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// One insurance; `reference` names: 証区分, 保険者番号 and so on, see `docs/api`.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct QualificationEntry {
    /// 証区分.
    pub card_classification: String,
    /// 保険者番号, eight digits.
    pub insurer_number: String,
    /// 保険者名.
    pub insurer_name: String,
    /// 記号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insured_symbol: Option<String>,
    /// 番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insured_number: Option<String>,
    /// 枝番, two digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_number: Option<String>,
    /// `self` or `family`; an unknown code as it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    /// 被保険者氏名.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insured_name: Option<String>,
    /// 氏名.
    pub name: String,
    /// 氏名その他.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_other: Option<String>,
    /// 氏名カナ, full width.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_kana: Option<String>,
    /// `male`, `female`, `notSet`; an unknown code as it came.
    pub sex: String,
    /// 生年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<WireDate>,
    /// 住所.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 郵便番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// 資格取得日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualified_on: Option<WireDate>,
    /// 資格喪失日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disqualified_on: Option<WireDate>,
    /// 有効開始日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<WireDate>,
    /// 後期高齢者の負担割合, percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_elderly_ratio_percent: Option<u8>,
    /// 未就学.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preschool: Option<bool>,
    /// 高齢受給者証.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elderly: Option<Elderly>,
    /// 限度額適用認定証.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// 高齢受給者証.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Elderly {
    /// 有効開始日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<WireDate>,
    /// 負担割合, percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio_percent: Option<u8>,
}

/// 限度額適用認定証.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limit {
    /// 証区分, `01` to `03`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// 適用区分, `A01` to `B10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// 有効開始日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<WireDate>,
}

/// Body of `PUT /v1/qualification-checks/{id}/consents`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentsRequest {
    /// When the patient answered.
    pub granted_at: WireTime,
    /// One entry a scope.
    pub consents: Vec<ConsentEntry>,
}

/// One answer to one scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentEntry {
    /// `pharmaceutical`, `diagnosis`, `operation`, `specificHealthCheckup`.
    pub scope: String,
    /// Given or refused.
    pub granted: bool,
}

/// One recorded consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRecord {
    /// The scope.
    pub scope: String,
    /// Given or refused.
    pub granted: bool,
    /// When the patient answered.
    pub granted_at: WireTime,
    /// 24 hours later; only when given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_until: Option<WireTime>,
}

/// Answer of the `PUT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentsUpdate {
    /// The check.
    pub qualification_check_id: String,
    /// What is recorded now.
    pub consents: Vec<ConsentRecord>,
}

/// Body of `POST /v1/card-registrations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardRegistrationRequest {
    /// 医療機関等コード.
    pub facility_code: String,
    /// The challenge of the check that was refused as not registered.
    pub challenge_id: String,
    /// Version of the terms of use that the patient agreed to.
    pub terms_version: String,
    /// When.
    pub agreed_at: WireTime,
}

/// Answer of `POST /v1/card-registrations`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardRegistration {
    /// When the card was registered.
    pub registered_at: WireTime,
    /// The check that was refused before, now answered.
    pub qualification_check: QualificationCheck,
}
