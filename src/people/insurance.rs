//! What the synthetic people's insurers know of them.

use jiff::civil::Date;
use serde::Deserialize;

use super::{People, PeopleError};

/// 本人 or 家族.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relationship {
    /// 本人.
    #[serde(rename = "self")]
    Insured,
    /// 家族.
    Family,
}

/// What was done at the municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// The card was issued or reissued.
    CardIssued,
    /// PIN, name or address were changed.
    FactsChanged,
    /// The user-authentication certificate was renewed.
    CertificateRenewed,
    /// The suspension after a report of loss was lifted.
    SuspensionLifted,
    /// A user-authentication certificate was put on a card that had none.
    CertificateAdded,
    /// The signature certificate was revoked.
    SignatureRevoked,
}

/// What the insurer answers when it is not simply valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// 無効.
    Invalid,
    /// 無効 (新しい資格あり).
    Superseded,
    /// 該当資格なし.
    NotFound,
    /// 複数該当.
    Multiple,
}

/// One invented insurance of one invented person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insurance {
    /// Whose, `p01` …; left out where the person stands around it.
    #[serde(default)]
    pub person: String,
    /// Whether the card is registered as insurance card.
    #[serde(default = "yes")]
    pub registered: bool,
    /// 証区分.
    pub card_classification: String,
    /// 保険者番号, eight digits with a right check digit.
    pub insurer_number: String,
    /// 保険者名.
    pub insurer_name: String,
    /// 記号.
    pub symbol: Option<String>,
    /// 番号.
    pub number: String,
    /// 枝番, two digits.
    pub branch: Option<String>,
    /// 本人 or 家族.
    pub relationship: Relationship,
    /// 被保険者氏名.
    pub insured_name: Option<String>,
    /// 氏名 where the insurer has it otherwise than the card.
    pub name: Option<String>,
    /// 氏名その他.
    pub name_other: Option<String>,
    /// 住所 where the insurer has it otherwise than the card.
    pub address: Option<String>,
    /// 資格取得日.
    #[serde(deserialize_with = "day")]
    pub qualified_on: Date,
    /// 高齢受給者証の負担割合.
    pub elderly_ratio_percent: Option<u8>,
    /// 後期高齢者の負担割合.
    pub late_elderly_ratio_percent: Option<u8>,
    /// 限度額適用区分.
    pub limit_category: Option<String>,
    /// Other than valid.
    pub standing: Option<Standing>,
    /// 喪失事由, when not valid.
    pub loss_reason: Option<String>,
    /// 特定疾病の疾病区分.
    pub specific_disease: Option<String>,
    /// 医療費助成.
    pub public_expense: Option<PublicExpense>,
    /// 医療券.
    pub medical_ticket: Option<MedicalTicket>,
    /// What was done today at the municipality, for the waiting rule of a registration.
    pub procedure: Option<Procedure>,
}

/// One invented 医療費助成.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicExpense {
    /// 負担者番号, eight digits with a right check digit.
    pub payer_number: String,
    /// 受給者番号.
    pub recipient_number: String,
    /// 制度名.
    pub name: String,
    /// 自己負担上限額, yen.
    pub max_copay: Option<u32>,
}

/// One invented 医療券.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedicalTicket {
    /// 公費負担者番号, eight digits with a right check digit.
    pub payer_number: String,
    /// 受給者番号.
    pub recipient_number: String,
    /// 医療券種別.
    pub ticket_type: String,
    /// 未委託・未登録: the office has not loaded the ticket yet.
    #[serde(default)]
    pub not_yet_loaded: bool,
}

fn yes() -> bool {
    true
}

pub(super) fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// Every insurance of the built-in people, in their order.
///
/// # Errors
/// When the compiled-in facts are not valid.
pub fn all() -> Result<Vec<Insurance>, PeopleError> {
    Ok(People::built_in()?.insurances().to_vec())
}

/// The check digit (検証番号) for the digits of an insurer number before it: from the right, times 2, 1, 2 …, the digits
/// of the products summed, the rest to ten; `None` when `body` is not digits.
pub fn insurer_check_digit(body: &str) -> Option<u32> {
    let mut sum = 0;
    for (character, factor) in body.chars().rev().zip([2, 1].into_iter().cycle()) {
        let product = character.to_digit(10)? * factor;
        sum += product / 10 + product % 10;
    }
    Some((10 - sum % 10) % 10)
}

/// Whether an insurer number of six or eight digits has the right check digit.
pub fn insurer_number_holds(number: &str) -> bool {
    let Some((body, last)) = number.char_indices().next_back().map(|(at, _)| number.split_at(at)) else {
        return false;
    };
    matches!(number.len(), 6 | 8) && insurer_check_digit(body).is_some_and(|digit| last == digit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_insurer_numbers_hold() {
        for number in
            ["33120015", "138057", "39322011", "01010016", "320010", "131011", "81136244", "88138243", "89131247"]
        {
            assert!(insurer_number_holds(number), "{number}");
        }
        for number in ["06123456", "00012345", "", "1", "0613805", "０１０１００１６", "3312001x"] {
            assert!(!insurer_number_holds(number), "{number}");
        }
    }

    #[test]
    fn a_zero_padded_number_keeps_its_check_digit() {
        assert!(insurer_number_holds("00138057"));
    }

    #[test]
    fn everybody_has_one_insurance() {
        let people: Vec<String> = crate::people::all().unwrap().into_iter().map(|p| p.id).collect();
        let insured: Vec<String> = all().unwrap().into_iter().map(|i| i.person).collect();
        assert_eq!(insured, people);
    }

    #[test]
    fn the_awkward_cases_are_there() {
        let all = all().unwrap();
        assert!(all.iter().any(|i| i.name.as_deref().is_some_and(|n| n.contains('●'))));
        let outside = |text: &str| encoding_rs::SHIFT_JIS.encode(text).2;
        assert!(all.iter().any(|i| i.address.as_deref().is_some_and(outside)));
        assert!(all.iter().any(|i| !i.registered));
        assert!(all.iter().any(|i| i.relationship == Relationship::Family));
        assert!(all.iter().any(|i| i.symbol.is_none() && i.branch.is_none()));
        for insurance in all {
            assert!(insurance.branch.is_none_or(|b| b.len() == 2 && b.bytes().all(|c| c.is_ascii_digit())));
        }
    }
}
