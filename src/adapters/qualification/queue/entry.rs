//! What staff write down of one patient, and what must never be among it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantNames};

use crate::adapters::qualification::contract::{
    DemographicsRequest, InsuredNumberRequest, Method, QualificationCheckRequest, WireDate,
};

/// Longest free text, in characters.
const LONGEST: usize = 100;

/// What staff saw instead of an online check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantNames, IntoStaticStr, EnumString)]
#[strum(serialize_all = "camelCase")]
pub enum Seen {
    /// 資格確認書.
    Certificate,
    /// 資格情報のお知らせ beside the card.
    Notice,
    /// The マイナポータル screen.
    Portal,
    /// 被保険者資格申立書.
    Statement,
}

impl Seen {
    /// The words of all of them.
    pub const NAMES: &'static [&'static str] = Seen::VARIANTS;

    /// Its word on the command line and in the database.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What is called so, if anything.
    pub fn by_name(name: &str) -> Option<Seen> {
        name.parse().ok()
    }
}

/// Whom to ask for. Other members than these are refused, so that nothing else slips in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ask {
    /// By what stands on the certificate.
    InsuredNumber(InsuredNumberRequest),
    /// By the four facts, while the service allows it.
    Demographics(DemographicsRequest),
}

/// Why an entry is not taken in. Holds no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// A member has another form.
    #[error("{0} {1}")]
    Form(&'static str, &'static str),
    /// A 12-digit number: facilities must not write it down.
    #[error("{0} holds a 12-digit number, which must not be written down")]
    IndividualNumber(&'static str),
}

impl Ask {
    /// The word of how it is asked.
    pub fn kind(&self) -> &'static str {
        match self {
            Ask::InsuredNumber(_) => "insuredNumber",
            Ask::Demographics(_) => "demographics",
        }
    }

    /// Whether it can be asked at all.
    ///
    /// # Errors
    /// The first member that cannot be.
    pub fn check(&self, today: Date) -> Result<(), EntryError> {
        match self {
            Ask::InsuredNumber(asked) => insured_number(asked, today),
            Ask::Demographics(asked) => demographics(asked, today),
        }
    }

    /// The request: the same bytes each time, so that the key stays good.
    pub fn request(&self, facility_code: &str, day: Date) -> QualificationCheckRequest {
        let (method, insured_number, demographics) = match self.clone() {
            Ask::InsuredNumber(asked) => (Method::InsuredNumber, Some(asked), None),
            Ask::Demographics(asked) => (Method::Demographics, None, Some(asked)),
        };
        QualificationCheckRequest {
            facility_code: facility_code.to_owned(),
            check_date: WireDate(day),
            method,
            myna_card: None,
            insured_number,
            demographics,
        }
    }
}

fn insured_number(asked: &InsuredNumberRequest, today: Date) -> Result<(), EntryError> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(&asked.insurer_number, 8) {
        return Err(EntryError::Form("insurerNumber", "has eight digits, with zeros in front"));
    }
    if asked.branch_number.as_ref().is_some_and(|branch| !digits(branch, 2)) {
        return Err(EntryError::Form("branchNumber", "has two digits, or is left out"));
    }
    text("number", &asked.number, 20)?;
    if let Some(symbol) = &asked.symbol {
        text("symbol", symbol, 20)?;
    }
    born("birthDate", asked.birth_date, today)
}

fn demographics(asked: &DemographicsRequest, today: Date) -> Result<(), EntryError> {
    text("name", &asked.name, LONGEST)?;
    if let Some(kana) = &asked.name_kana {
        text("nameKana", kana, LONGEST)?;
    }
    text("address", &asked.address, LONGEST)?;
    born("birthDate", asked.birth_date, today)
}

fn born(member: &'static str, date: WireDate, today: Date) -> Result<(), EntryError> {
    if date.0 > today { Err(EntryError::Form(member, "lies in the future")) } else { Ok(()) }
}

fn text(member: &'static str, value: &str, longest: usize) -> Result<(), EntryError> {
    let fits = (1..=longest).contains(&value.chars().count()) && !value.chars().any(char::is_control);
    if !fits {
        return Err(EntryError::Form(member, "is empty, too long, or holds a control character"));
    }
    if holds_twelve_digits(value) { Err(EntryError::IndividualNumber(member)) } else { Ok(()) }
}

/// Whether exactly twelve digits stand in a row, of either width, spaces and hyphens between them not counting.
fn holds_twelve_digits(value: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let joins = |c: char| matches!(c, ' ' | '　' | '-' | '－' | '‐');
    let mut run = 0;
    for c in value.chars().chain(['\n']) {
        if is_digit(c) {
            run += 1;
        } else if !joins(c) {
            if run == 12 {
                return true;
            }
            run = 0;
        }
    }
    false
}
