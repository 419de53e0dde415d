//! What an insurer says of one person: one qualification with everything that can hang on it.

use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use super::bounds::{Code, Digits, Few, Month, Text, UpTo, Word};
use super::scalars::WireDate;

/// One insurance.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualificationEntry {
    /// 証区分.
    #[serde_as(as = "Word<8>")]
    pub card_classification: String,
    /// 保険者番号, eight digits.
    #[serde_as(as = "Digits<8>")]
    pub insurer_number: String,
    /// 保険者名.
    #[serde_as(as = "Text<200>")]
    pub insurer_name: String,
    /// 記号.
    #[serde_as(as = "Option<Text<40>>")]
    pub insured_symbol: Option<String>,
    /// 番号.
    #[serde_as(as = "Option<Text<40>>")]
    pub insured_number: Option<String>,
    /// 枝番, two digits.
    #[serde_as(as = "Option<Digits<2>>")]
    pub branch_number: Option<String>,
    /// `self` or `family`; an unknown code as it came.
    #[serde_as(as = "Option<Word<16>>")]
    pub relationship: Option<String>,
    /// 被保険者氏名.
    #[serde_as(as = "Option<Text<200>>")]
    pub insured_name: Option<String>,
    /// 氏名.
    #[serde_as(as = "Text<200>")]
    pub name: String,
    /// 氏名その他.
    #[serde_as(as = "Option<Text<200>>")]
    pub name_other: Option<String>,
    /// 氏名カナ, full width.
    #[serde_as(as = "Option<Text<200>>")]
    pub name_kana: Option<String>,
    /// 氏名その他カナ, full width.
    #[serde_as(as = "Option<Text<200>>")]
    pub name_other_kana: Option<String>,
    /// `male`, `female`, `notSet`; an unknown code as it came.
    #[serde_as(as = "Word<16>")]
    pub sex: String,
    /// 性別 as on the back of the card.
    #[serde_as(as = "Option<Word<16>>")]
    pub sex_on_back: Option<String>,
    /// 生年月日.
    pub birth_date: Option<WireDate>,
    /// 住所.
    #[serde_as(as = "Option<Text<400>>")]
    pub address: Option<String>,
    /// 郵便番号.
    #[serde_as(as = "Option<Code<8>>")]
    pub postal_code: Option<String>,
    /// 資格取得日.
    pub qualified_on: Option<WireDate>,
    /// 資格喪失日.
    pub disqualified_on: Option<WireDate>,
    /// 喪失事由, `01` death, `02` 生活保護, `03` other insurance, `99` other.
    #[serde_as(as = "Option<Word<8>>")]
    pub loss_reason: Option<String>,
    /// 交付日.
    pub certificate_issued_on: Option<WireDate>,
    /// 有効開始日.
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    pub valid_to: Option<WireDate>,
    /// 後期高齢者の負担割合, percent.
    #[serde_as(as = "Option<UpTo<100>>")]
    pub late_elderly_ratio_percent: Option<u8>,
    /// 未就学.
    pub preschool: Option<bool>,
    /// 高齢受給者証.
    pub elderly: Option<Elderly>,
    /// 限度額適用認定証.
    pub limit: Option<Limit>,
    /// 特定疾病療養受療証.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde_as(as = "Few<16>")]
    pub specific_diseases: Vec<SpecificDisease>,
    /// 医療費助成.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[serde_as(as = "Few<16>")]
    pub public_expenses: Vec<PublicExpense>,
    /// 医療券.
    pub medical_ticket: Option<MedicalTicket>,
}

/// 高齢受給者証.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Elderly {
    /// 交付日.
    pub issued_on: Option<WireDate>,
    /// 有効開始日.
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    pub valid_to: Option<WireDate>,
    /// 負担割合, percent.
    #[serde_as(as = "Option<UpTo<100>>")]
    pub ratio_percent: Option<u8>,
}

/// 限度額適用認定証.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limit {
    /// 証区分, `01` to `03`.
    #[serde(rename = "type")]
    #[serde_as(as = "Option<Word<8>>")]
    pub kind: Option<String>,
    /// 適用区分, `A01` to `B10`.
    #[serde_as(as = "Option<Word<8>>")]
    pub category: Option<String>,
    /// 交付日.
    pub issued_on: Option<WireDate>,
    /// 有効開始日.
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    pub valid_to: Option<WireDate>,
    /// 長期入院該当日.
    pub long_term_from: Option<WireDate>,
}

/// 特定疾病療養受療証.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpecificDisease {
    /// 疾病区分, `1` dialysis, `2` haemophilia, `3` HIV from blood products.
    #[serde_as(as = "Word<8>")]
    pub category: String,
    /// 交付日.
    pub issued_on: Option<WireDate>,
    /// 有効開始日.
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    pub valid_to: Option<WireDate>,
    /// 自己負担限度額, yen.
    #[serde_as(as = "Option<UpTo<99_999_999>>")]
    pub self_pay_yen: Option<u32>,
}

/// 医療費助成 (公費).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicExpense {
    /// 負担者番号, eight digits.
    #[serde_as(as = "Digits<8>")]
    pub payer_number: String,
    /// 受給者番号.
    #[serde_as(as = "Text<30>")]
    pub recipient_number: String,
    /// 制度名.
    #[serde_as(as = "Option<Text<200>>")]
    pub name: Option<String>,
    /// 有効開始日.
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    pub valid_to: Option<WireDate>,
    /// 自己負担上限額, yen.
    #[serde_as(as = "Option<UpTo<99_999_999>>")]
    pub max_copay: Option<u32>,
}

/// 医療券 (医療扶助).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicalTicket {
    /// 公費負担者番号, eight digits.
    #[serde_as(as = "Digits<8>")]
    pub payer_number: String,
    /// 受給者番号.
    #[serde_as(as = "Text<30>")]
    pub recipient_number: String,
    /// 医療券種別.
    #[serde_as(as = "Word<8>")]
    pub ticket_type: String,
    /// 診療年月, `YYYY-MM`.
    #[serde_as(as = "Month")]
    pub treatment_month: String,
    /// 交付番号.
    #[serde_as(as = "Option<Text<20>>")]
    pub issue_number: Option<String>,
    /// 有効開始日.
    pub valid_from: Option<WireDate>,
    /// 有効終了日.
    pub valid_to: Option<WireDate>,
    /// 本人支払額, yen.
    #[serde_as(as = "Option<UpTo<99_999_999>>")]
    pub self_pay_yen: Option<u32>,
    /// 未委託・未登録: the office has not loaded the ticket yet.
    pub not_yet_loaded: Option<bool>,
}
