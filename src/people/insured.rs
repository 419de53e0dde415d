//! People whom only insurers know: no card, but every case that an insurer's answer can be.

use jiff::civil::Date;
use serde::Deserialize;

use super::insurance::{Insurance, day, insurer_number_holds};
use super::{PeopleError, Person, Sex};

const BUILT_IN: &str = include_str!("../../assets/people/insured.toml");

/// What an insurer has of a person besides the insurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// `p01`, `n01` …
    pub id: String,
    /// 氏名.
    pub name: String,
    /// 氏名カナ, full width.
    pub kana: String,
    /// 生年月日.
    pub birth: Date,
    /// 性別.
    pub sex: Sex,
    /// 郵便番号.
    pub postal_code: String,
    /// 住所.
    pub address: String,
}

impl From<&Person> for Patient {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.clone(),
            name: person.name.clone(),
            kana: person.kana.clone(),
            birth: person.birth,
            sex: person.sex,
            postal_code: person.postal_code.clone(),
            address: person.address.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    kana: String,
    #[serde(deserialize_with = "day")]
    birth: Date,
    sex: Sex,
    postal_code: String,
    address: String,
    insurance: Insurance,
}

#[derive(Deserialize)]
struct Rows {
    insured: Vec<Row>,
}

/// Everybody without a card, with their insurance.
///
/// # Errors
/// When the compiled-in facts are not valid.
pub fn all() -> Result<Vec<(Patient, Insurance)>, PeopleError> {
    let rows: Rows = toml::from_str(BUILT_IN)?;
    rows.insured.into_iter().map(Row::checked).collect()
}

impl Row {
    fn checked(self) -> Result<(Patient, Insurance), PeopleError> {
        let Self { id, name, kana, birth, sex, postal_code, address, insurance } = self;
        if !insurer_number_holds(&insurance.insurer_number) {
            return Err(PeopleError::Fact { person: id, what: "insurer_number has a wrong check digit" });
        }
        let insurance = Insurance { person: id.clone(), ..insurance };
        Ok((Patient { id, name, kana, birth, sex, postal_code, address }, insurance))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::people::insurance::{Procedure, Standing};

    #[test]
    fn every_case_of_an_answer_is_somebody() {
        let all = all().unwrap();
        let set = |value: fn(&Insurance) -> Option<String>| -> BTreeSet<String> {
            all.iter().filter_map(|(_, insurance)| value(insurance)).collect()
        };
        let words = |words: &[&str]| -> BTreeSet<String> { words.iter().map(|word| (*word).to_owned()).collect() };
        assert_eq!(set(|i| Some(i.card_classification.clone())), words(&["01", "02", "03", "04", "05", "06", "07"]));
        let limits: Vec<String> =
            (1..=6).map(|n| format!("A{n:02}")).chain((1..=10).map(|n| format!("B{n:02}"))).collect();
        assert_eq!(set(|i| i.limit_category.clone()), limits.into_iter().collect());
        assert_eq!(set(|i| i.specific_disease.clone()), words(&["1", "2", "3"]));
        let laws = set(|i| i.insurer_number.get(..2).map(str::to_owned));
        let wanted =
            words(&["00", "01", "02", "03", "04", "06", "07", "12", "31", "32", "33", "34", "39", "63", "72", "75"]);
        assert!(laws.is_superset(&wanted), "{laws:?}");
        for standing in [Standing::Invalid, Standing::Superseded, Standing::NotFound, Standing::Multiple] {
            assert!(all.iter().any(|(_, i)| i.standing == Some(standing)), "{standing:?}");
        }
        for procedure in [
            Procedure::CardIssued,
            Procedure::FactsChanged,
            Procedure::CertificateRenewed,
            Procedure::SuspensionLifted,
            Procedure::CertificateAdded,
            Procedure::SignatureRevoked,
        ] {
            assert!(all.iter().any(|(_, i)| i.procedure == Some(procedure) && !i.registered), "{procedure:?}");
        }
        for ratio in [20, 30] {
            assert!(all.iter().any(|(_, i)| i.elderly_ratio_percent == Some(ratio)), "{ratio}");
        }
        for ratio in [10, 20, 30] {
            assert!(all.iter().any(|(_, i)| i.late_elderly_ratio_percent == Some(ratio)), "{ratio}");
        }
        assert!(all.iter().any(|(_, i)| i.medical_ticket.as_ref().is_some_and(|ticket| ticket.not_yet_loaded)));
        assert!(all.iter().any(|(patient, _)| patient.name.contains('●')));
        assert!(all.iter().any(|(patient, _)| encoding_rs::SHIFT_JIS.encode(&patient.name).2));
        assert!(all.iter().any(|(patient, _)| patient.name.chars().count() > 40));
    }

    #[test]
    fn ids_and_numbers_tell_them_apart() {
        let all = all().unwrap();
        let ids: BTreeSet<_> = all.iter().map(|(patient, _)| &patient.id).collect();
        let numbers: BTreeSet<_> = all.iter().map(|(_, i)| (&i.insurer_number, &i.number)).collect();
        assert_eq!((ids.len(), numbers.len()), (all.len(), all.len()));
    }
}
