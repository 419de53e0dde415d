//! What the insurer's side says, in domain words; the wire form is the adapter's business.
//!
//! Personal members print as `<personal>`; the whole answer lives in the runtime's vault.

use jiff::Timestamp;
use jiff::civil::Date;

use super::secret::Personal;

/// A nonce of the gateway that the card signs; single use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The gateway's name for it.
    pub id: String,
    /// The bytes to sign, 32 of them.
    pub nonce: Vec<u8>,
}

/// How the patient proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentication {
    /// The four-digit PIN opened the user-authentication key.
    Pin,
    /// The portrait matched a live face.
    Face,
    /// Staff compared by eye.
    Visual,
}

/// What the card gave to prove itself to the gateway. Holds a certificate, so it stays in the vault.
#[derive(Clone, PartialEq, Eq)]
pub struct CardProof {
    /// How the patient was identified.
    pub authentication: Authentication,
    /// The challenge that was answered.
    pub challenge_id: String,
    /// User-authentication certificate, DER.
    pub certificate: Vec<u8>,
    /// Signature of the user-authentication key over the nonce (PKCS#1 v1.5, SHA-256); `None` by face
    /// unless an approved body's keys let the card sign without PIN.
    pub signature: Option<Vec<u8>>,
    /// The opened card face, by face and by eye.
    pub card_face: Option<CardFaceProof>,
}

/// The signed parts of the card face and the card key's answer to the challenge; never the portrait.
#[derive(Clone, PartialEq, Eq)]
pub struct CardFaceProof {
    /// DF22 to DF24 as TLVs, headers included: birth date, sex, card public key.
    pub basic: Vec<u8>,
    /// SHA-256 over DF25 to DF26 (name and address pictures), headers included.
    pub pictures_hash: [u8; 32],
    /// SHA-256 over DF27 (portrait), header included.
    pub portrait_hash: [u8; 32],
    /// DF28, the issuer's signature.
    pub signature: Vec<u8>,
    /// The issuer's CV certificate, EF 0004.
    pub issuer_certificate: Vec<u8>,
    /// The card key's signature over the nonce.
    pub card_signature: Vec<u8>,
}

/// 資格有効性.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// 1 有効.
    Valid,
    /// 2 無効.
    Invalid,
    /// 3 無効 (新しい資格あり).
    Superseded,
    /// 4 該当資格なし.
    NotFound,
    /// 5 複数該当.
    Multiple,
    /// A code this version does not know; the raw code is kept beside it.
    Unknown,
}

impl Validity {
    /// Its word, as contracts and logs write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Superseded => "superseded",
            Self::NotFound => "notFound",
            Self::Multiple => "multiple",
            Self::Unknown => "unknown",
        }
    }
}

/// A side note that came with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `certificateExpiring`, `certificateExpiredGrace`, `nameHasUnmappable`, …
    pub code: String,
    /// The upstream's own code, opaque.
    pub raw_code: Option<String>,
}

/// One insurance of the patient. Dates are as received; digits keep their leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Qualification {
    /// 証区分, `01` …
    pub card_classification: String,
    /// 保険者番号, eight digits.
    pub insurer_number: Personal<String>,
    /// 保険者名.
    pub insurer_name: Personal<String>,
    /// 記号.
    pub insured_symbol: Option<Personal<String>>,
    /// 番号.
    pub insured_number: Option<Personal<String>>,
    /// 枝番, two digits.
    pub branch_number: Option<Personal<String>>,
    /// 本人・家族: 1 self, 2 family.
    pub relationship: Option<String>,
    /// 被保険者氏名, or 世帯主氏名.
    pub insured_name: Option<Personal<String>>,
    /// 氏名, as registered; may hold ●.
    pub name: Personal<String>,
    /// 氏名その他.
    pub name_other: Option<Personal<String>>,
    /// 氏名カナ, full width.
    pub name_kana: Option<Personal<String>>,
    /// 氏名その他カナ, full width.
    pub name_other_kana: Option<Personal<String>>,
    /// 性別: 1 male, 2 female, 3 unset.
    pub sex: String,
    /// 性別 as on the back of the card, the same codes.
    pub sex_on_back: Option<String>,
    /// 生年月日.
    pub birth_date: Personal<Option<Date>>,
    /// 住所.
    pub address: Option<Personal<String>>,
    /// 郵便番号.
    pub postal_code: Option<Personal<String>>,
    /// 資格取得日.
    pub qualified_on: Option<Date>,
    /// 資格喪失日.
    pub disqualified_on: Option<Date>,
    /// 交付日.
    pub certificate_issued_on: Option<Date>,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_to: Option<Date>,
    /// 負担割合 of this certificate itself, in percent (後期高齢者医療).
    pub ratio_percent: Option<u8>,
    /// 未就学.
    pub preschool: Option<bool>,
    /// 喪失事由, the official code.
    pub loss_reason: Option<String>,
    /// 高齢受給者証.
    pub elderly: Option<ElderlyCertificate>,
    /// 限度額適用認定証.
    pub limit: Option<LimitCertificate>,
    /// 特定疾病療養受療証.
    pub specific_diseases: Vec<DiseaseCertificate>,
    /// 医療費助成.
    pub public_expenses: Vec<PublicExpense>,
    /// 医療券.
    pub medical_ticket: Option<MedicalTicket>,
}

/// 高齢受給者証.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ElderlyCertificate {
    /// 交付日.
    pub issued_on: Option<Date>,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_to: Option<Date>,
    /// 負担割合 in percent.
    pub ratio_percent: Option<u8>,
}

/// 限度額適用認定証.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LimitCertificate {
    /// 証区分, `01` to `03`.
    pub kind: Option<String>,
    /// 適用区分, `A01` to `B10`.
    pub category: Option<String>,
    /// 交付日.
    pub issued_on: Option<Date>,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_to: Option<Date>,
    /// 長期入院該当日.
    pub long_term_from: Option<Date>,
}

/// 特定疾病療養受療証.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiseaseCertificate {
    /// 疾病区分, the official code.
    pub category: Personal<String>,
    /// 交付日.
    pub issued_on: Option<Date>,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_to: Option<Date>,
    /// 自己負担限度額, yen.
    pub self_pay_yen: Option<u32>,
}

/// 医療費助成 (公費).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublicExpense {
    /// 負担者番号.
    pub payer_number: Personal<String>,
    /// 受給者番号.
    pub recipient_number: Personal<String>,
    /// 制度名.
    pub name: Option<String>,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_to: Option<Date>,
    /// 自己負担上限額, yen.
    pub max_copay: Option<u32>,
}

/// 医療券 (医療扶助).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MedicalTicket {
    /// 公費負担者番号.
    pub payer_number: Personal<String>,
    /// 受給者番号.
    pub recipient_number: Personal<String>,
    /// 医療券種別.
    pub ticket_type: String,
    /// 診療年月, `YYYY-MM`.
    pub treatment_month: String,
    /// 交付番号.
    pub issue_number: Option<Personal<String>>,
    /// 有効開始日.
    pub valid_from: Option<Date>,
    /// 有効終了日.
    pub valid_to: Option<Date>,
    /// 本人支払額, yen.
    pub self_pay_yen: Option<u32>,
    /// The office has not loaded the ticket yet.
    pub not_yet_loaded: Option<bool>,
}

/// How the check was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AskedBy {
    /// マイナンバーカード.
    #[default]
    Card,
    /// By what stands on another certificate, typed by staff.
    InsuredNumber,
    /// By name, birth date, sex and address.
    Demographics,
}

/// The whole answer to one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualificationAnswer {
    /// The gateway's name of this check (a UUID).
    pub check_id: String,
    /// When the upstream processed it.
    pub processed_at: Timestamp,
    /// 資格確認日.
    pub check_date: Date,
    /// How it was asked for.
    pub asked_by: AskedBy,
    /// 資格有効性.
    pub validity: Validity,
    /// The code exactly as received.
    pub raw_validity: String,
    /// Zero or more insurances; none unless valid, invalid or superseded.
    pub qualifications: Vec<Qualification>,
    /// Side notes.
    pub notices: Vec<Notice>,
    /// 照会番号, the clinic's own patient number, when one is registered.
    pub reference_number: Option<Personal<String>>,
    /// Where the answer holds something else than what came.
    pub as_received: Vec<AsReceived>,
}

/// A member of an answer that is not as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsReceived {
    /// Where it stands, `qualifications.0.birthDate`: a name of the contract, never a value.
    pub member: String,
    /// What came, where it is short enough to be kept.
    pub original: Option<Personal<String>>,
    /// Why it is not so here.
    pub why: Difference,
}

/// Why a member of an answer is not as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It cannot be read, and the answer can do without it.
    LeftOut,
    /// These signs of it cannot be written: ● or a plainer form stands for each.
    Signs(Vec<char>),
}

/// What the state table may know of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSummary {
    /// The gateway's name of this check.
    pub check_id: String,
    /// 資格有効性.
    pub validity: Validity,
    /// Certificate is past its last day but within the grace months: no consents are asked.
    pub grace: bool,
    /// Certificate ends soon: the renewal notice is shown.
    pub expiring: bool,
    /// Name and kana for the patient's own eyes.
    pub patient: Personal<PatientName>,
}

/// The name as the insurer has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PatientName {
    /// 氏名; may hold ●.
    pub name: String,
    /// カナ, full width.
    pub kana: Option<String>,
}

impl QualificationAnswer {
    /// The part that the state table may hold.
    pub fn summary(&self) -> CheckSummary {
        let has = |code: &str| self.notices.iter().any(|n| n.code == code);
        let first = self.qualifications.first();
        CheckSummary {
            check_id: self.check_id.clone(),
            validity: self.validity,
            grace: has("certificateExpiredGrace"),
            expiring: has("certificateExpiring") || has("certificateExpiredGrace"),
            patient: Personal(PatientName {
                name: first.map(|q| q.name.0.clone()).unwrap_or_default(),
                kana: first.and_then(|q| q.name_kana.as_ref().map(|k| k.0.clone())),
            }),
        }
    }
}
