//! Challenges, checks and consents.

use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use super::bounds::{Code, Few, Id, Text, Word};
use super::qualification::QualificationEntry;
use super::scalars::{Bytes64, WireDate, WireTime, any_date, present};
use crate::domain::consent::Scope;

/// The only signature algorithm of today's cards: RSA PKCS#1 v1.5 with SHA-256.
pub const RS256: &str = "RS256";

/// Answer of `POST /v1/card-challenges`.
#[serde_as]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardChallenge {
    /// Its name.
    #[serde_as(as = "Id")]
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
    /// By what stands on another certificate (資格確認書), typed by staff.
    InsuredNumber,
    /// By name, birth date, sex and address; only while the service allows it.
    Demographics,
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
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QualificationCheckRequest {
    /// 医療機関等コード.
    pub facility_code: String,
    /// 資格確認日.
    #[serde(deserialize_with = "any_date")]
    pub check_date: WireDate,
    /// How the check is asked for: exactly the member of that name is there.
    pub method: Method,
    /// The card's proof.
    #[serde(default, deserialize_with = "present")]
    pub myna_card: Option<MynaCardRequest>,
    /// What stands on the certificate.
    #[serde(default, deserialize_with = "present")]
    pub insured_number: Option<InsuredNumberRequest>,
    /// The four facts.
    #[serde(default, deserialize_with = "present")]
    pub demographics: Option<DemographicsRequest>,
}

/// 保険者番号・記号・番号・枝番 and birth date.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InsuredNumberRequest {
    /// 保険者番号, eight digits with its check digit.
    pub insurer_number: String,
    /// 記号, as printed.
    #[serde(default, deserialize_with = "present")]
    pub symbol: Option<String>,
    /// 番号, as printed.
    pub number: String,
    /// 枝番, two digits.
    #[serde(default, deserialize_with = "present")]
    pub branch_number: Option<String>,
    /// 生年月日.
    #[serde(deserialize_with = "any_date")]
    pub birth_date: WireDate,
}

/// Why somebody is looked for without card and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SearchReason {
    /// システム障害時.
    SystemFailure,
    /// 災害時.
    Disaster,
}

/// 氏名・生年月日・性別・住所.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemographicsRequest {
    /// 氏名.
    pub name: String,
    /// 氏名カナ, full width.
    #[serde(default, deserialize_with = "present")]
    pub name_kana: Option<String>,
    /// 生年月日.
    #[serde(deserialize_with = "any_date")]
    pub birth_date: WireDate,
    /// `male`, `female` or `notSet`.
    pub sex: SexWord,
    /// 住所.
    pub address: String,
    /// Why.
    pub reason: SearchReason,
}

/// 性別 in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SexWord {
    /// 男.
    Male,
    /// 女.
    Female,
    /// 未設定.
    NotSet,
}

/// 処方箋発行形態.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PrescriptionForm {
    /// 電子処方箋.
    Electronic,
    /// 紙の処方箋.
    Paper,
}

/// What the card gave.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MynaCardRequest {
    /// The challenge that was answered.
    pub challenge_id: String,
    /// User-authentication certificate, DER.
    pub certificate: Bytes64,
    /// Signature of its key over the nonce; absent by face and by eye unless the terminal owns an approved body's keys.
    #[serde(default, deserialize_with = "present")]
    pub signature: Option<Bytes64>,
    /// `RS256`.
    pub signature_algorithm: String,
    /// How the patient was identified.
    pub authentication: Way,
    /// The opened card face, by face and by eye.
    #[serde(default, deserialize_with = "present")]
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
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualificationCheck {
    /// UUID of the check.
    #[serde_as(as = "Id")]
    pub qualification_check_id: String,
    /// Whether it is final.
    pub status: CheckStatus,
    /// When it was processed; present once final.
    pub processed_at: Option<WireTime>,
    /// 資格確認日.
    pub check_date: WireDate,
    /// How it was asked for; an open list.
    #[serde_as(as = "Option<Word<32>>")]
    pub method: Option<String>,
    /// `valid`, `invalid`, `superseded`, `notFound`, `multiple`, `unknown`; present once completed.
    #[serde_as(as = "Option<Word<32>>")]
    pub validity: Option<String>,
    /// The upstream's own code.
    #[serde_as(as = "Option<Code<16>>")]
    pub raw_validity_code: Option<String>,
    /// Insurances; none unless valid, invalid or superseded.
    #[serde_as(as = "Few<16>")]
    pub qualifications: Vec<QualificationEntry>,
    /// Side notes.
    #[serde_as(as = "Few<32>")]
    pub notices: Vec<NoticeEntry>,
    /// Consents recorded so far.
    #[serde_as(as = "Few<16>")]
    pub consents: Vec<ConsentRecord>,
    /// 照会番号.
    #[serde_as(as = "Option<Code<40>>")]
    pub reference_number: Option<String>,
    /// The form of prescription the patient chose.
    pub prescription_issue_selection: Option<PrescriptionForm>,
}

/// A side note.
#[serde_as]
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeEntry {
    /// `certificateExpiring`, `certificateExpiredGrace`, `nameHasUnmappable` …
    #[serde_as(as = "Word<64>")]
    pub code: String,
    /// The upstream's own code.
    #[serde_as(as = "Option<Code<32>>")]
    pub raw_code: Option<String>,
    /// A word to staff, without personal data.
    #[serde_as(as = "Option<Text<200>>")]
    pub message: Option<String>,
}

/// Body of `PUT /v1/qualification-checks/{id}/consents`.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentsRequest {
    /// When the patient answered.
    pub granted_at: WireTime,
    /// One entry a scope.
    pub consents: Vec<ConsentEntry>,
    /// The form of prescription the patient chose, where the site asks.
    #[serde(default, deserialize_with = "present")]
    pub prescription_issue_selection: Option<PrescriptionForm>,
}

/// One answer to one scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentEntry {
    /// One of [`scopes`].
    pub scope: String,
    /// Given or refused.
    pub granted: bool,
}

/// Scopes that a gateway knows and a kiosk does not ask for by name.
const OTHER_SCOPES: [&str; 3] = ["specificDiseases", "publicExpense", "limitCertificate"];

/// What can be consented to.
pub fn scopes() -> impl Iterator<Item = &'static str> {
    Scope::ALL.iter().map(|scope| scope.name()).chain(OTHER_SCOPES)
}

/// One recorded consent.
#[serde_as]
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRecord {
    /// The scope.
    #[serde_as(as = "Word<64>")]
    pub scope: String,
    /// Given or refused.
    pub granted: bool,
    /// When the patient answered.
    pub granted_at: WireTime,
    /// 24 hours later; only when given.
    pub available_until: Option<WireTime>,
}

/// Answer of the `PUT`.
#[serde_as]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentsUpdate {
    /// The check.
    #[serde_as(as = "Id")]
    pub qualification_check_id: String,
    /// What is recorded now.
    #[serde_as(as = "Few<16>")]
    pub consents: Vec<ConsentRecord>,
}
