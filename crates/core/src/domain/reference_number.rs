//! The clinic's own number of a patient (照会番号), once registered with the insurer's side.

use jiff::civil::Date;

use super::qualification::Qualification;
use super::secret::Personal;

/// Whose number it is, by what stands on the certificate.
pub struct ReferenceOrder {
    /// 照会番号: 1 to 20 ASCII letters, digits or hyphens.
    pub number: Personal<String>,
    /// 保険者番号, eight digits.
    pub insurer_number: Personal<String>,
    /// 記号.
    pub symbol: Option<Personal<String>>,
    /// 番号.
    pub insured_number: Personal<String>,
    /// 枝番, two digits.
    pub branch_number: Option<Personal<String>>,
    /// 生年月日.
    pub birth_date: Personal<Date>,
}

impl ReferenceOrder {
    /// The number of whoever has that insurance; `None` for a number of another form, or an insurance by which nobody can be
    /// found: without 番号 or birth date.
    pub fn of(number: &str, insurance: &Qualification) -> Option<Self> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
        let right = (1..=20).contains(&number.len()) && number.bytes().all(plain);
        Some(Self {
            number: right.then(|| Personal(number.to_owned()))?,
            insurer_number: insurance.insurer_number.clone(),
            symbol: insurance.insured_symbol.clone(),
            insured_number: insurance.insured_number.clone()?,
            branch_number: insurance.branch_number.clone(),
            birth_date: Personal(insurance.birth_date.0?),
        })
    }
}
