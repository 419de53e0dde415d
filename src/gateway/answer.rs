//! What the insurers' side says of a synthetic person.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::settings::Say;
use crate::adapters::qualification::contract::{
    Elderly, Limit, MedicalTicket, NoticeEntry, PublicExpense, QualificationEntry, SpecificDisease, WireDate,
};
use crate::domain::validity::Standing;
use crate::people::Sex;
use crate::people::insurance::{self, Insurance, Relationship};
use crate::people::insured::Patient;

/// A synthetic person with their insurance.
pub struct Insured {
    pub person: Patient,
    /// What their insurer knows.
    pub insurance: Insurance,
    /// SHA-256 over the public key of their card's certificate; `None` for people without a card.
    pub spki_sha256: Option<[u8; 32]>,
}

/// Word and official code of a validity.
pub fn validity(say: Option<&Say>) -> (&'static str, &'static str) {
    match say {
        Some(Say::Invalid) => ("invalid", "2"),
        Some(Say::Superseded) => ("superseded", "3"),
        Some(Say::NotFound) => ("notFound", "4"),
        Some(Say::Multiple) => ("multiple", "5"),
        _ => ("valid", "1"),
    }
}

/// Codes of the side notes for a certificate's standing and the person's name.
pub fn notices(standing: Standing, insured: Option<&Insured>) -> Vec<String> {
    let of_certificate = match standing {
        Standing::Expiring => Some("certificateExpiring"),
        Standing::Grace => Some("certificateExpiredGrace"),
        Standing::Good | Standing::Ended => None,
    };
    let unmappable = insured.is_some_and(|i| name(i).contains('●')).then_some("nameHasUnmappable");
    of_certificate.into_iter().chain(unmappable).map(str::to_owned).collect()
}

/// The side notes on the wire.
pub fn notice_entries(codes: &[String]) -> Vec<NoticeEntry> {
    codes.iter().map(|code| NoticeEntry { code: code.clone(), raw_code: None, message: None }).collect()
}

/// The name as the insurer has it.
pub fn name(insured: &Insured) -> &str {
    insured.insurance.name.as_ref().unwrap_or(&insured.person.name)
}

/// The insurances to answer with; none when none or several were found.
pub fn qualifications(insured: &Insured, say: Option<&Say>, today: Date) -> Vec<QualificationEntry> {
    let ended = match say {
        Some(Say::NotFound | Say::Multiple) => return Vec::new(),
        Some(Say::Invalid | Say::Superseded) => today.first_of_month().yesterday().ok(),
        _ => None,
    };
    vec![QualificationEntry {
        disqualified_on: ended.map(WireDate),
        loss_reason: ended.and_then(|_| insured.insurance.loss_reason.clone()),
        valid_to: ended.map(WireDate),
        ..entry(insured, today)
    }]
}

fn entry(insured: &Insured, today: Date) -> QualificationEntry {
    let Insured { person, insurance, .. } = insured;
    let (year_from, year_to) = insurance_year(today);
    let elderly = insurance.elderly_ratio_percent.map(|ratio| Elderly {
        issued_on: Some(WireDate(year_from)),
        valid_from: Some(WireDate(year_from)),
        valid_to: Some(WireDate(year_to)),
        ratio_percent: Some(ratio),
    });
    let limit = insurance.limit_category.as_ref().map(|category| Limit {
        kind: Some("01".into()),
        category: Some(category.clone()),
        issued_on: Some(WireDate(year_from)),
        valid_from: Some(WireDate(year_from)),
        valid_to: Some(WireDate(year_to)),
        long_term_from: None,
    });
    let relationship = match insurance.relationship {
        Relationship::Insured => "self",
        Relationship::Family => "family",
    };
    let sex = match person.sex {
        Sex::Male => "male",
        Sex::Female => "female",
    };
    let school_from = person.birth.saturating_add(6.years());
    QualificationEntry {
        card_classification: insurance.card_classification.clone(),
        insurer_number: insurance.insurer_number.clone(),
        insurer_name: insurance.insurer_name.clone(),
        insured_symbol: insurance.symbol.clone(),
        insured_number: Some(insurance.number.clone()),
        branch_number: insurance.branch.clone(),
        relationship: Some(relationship.into()),
        insured_name: Some(insurance.insured_name.clone().unwrap_or_else(|| name(insured).to_owned())),
        name: name(insured).to_owned(),
        name_other: insurance.name_other.clone(),
        name_kana: Some(person.kana.clone()),
        sex: sex.into(),
        birth_date: Some(WireDate(person.birth)),
        address: Some(insurance.address.clone().unwrap_or_else(|| person.address.clone())),
        postal_code: Some(person.postal_code.clone()),
        qualified_on: Some(WireDate(insurance.qualified_on)),
        valid_from: Some(WireDate(insurance.qualified_on)),
        late_elderly_ratio_percent: insurance.late_elderly_ratio_percent,
        preschool: (today < school_from).then_some(true),
        elderly,
        limit,
        specific_diseases: insurance.specific_disease.iter().map(|category| disease(category, today)).collect(),
        public_expenses: insurance.public_expense.iter().map(|expense| public_expense(expense, today)).collect(),
        medical_ticket: insurance.medical_ticket.as_ref().map(|ticket| medical_ticket(ticket, today)),
        ..QualificationEntry::default()
    }
}

fn disease(category: &str, today: Date) -> SpecificDisease {
    let (from, _) = insurance_year(today);
    let self_pay_yen = if category == "1" { Some(10_000) } else { None };
    let (issued_on, valid_from) = (Some(WireDate(from)), Some(WireDate(from)));
    SpecificDisease { category: category.to_owned(), issued_on, valid_from, valid_to: None, self_pay_yen }
}

fn public_expense(expense: &insurance::PublicExpense, today: Date) -> PublicExpense {
    let (from, to) = insurance_year(today);
    PublicExpense {
        payer_number: expense.payer_number.clone(),
        recipient_number: expense.recipient_number.clone(),
        name: Some(expense.name.clone()),
        valid_from: Some(WireDate(from)),
        valid_to: Some(WireDate(to)),
        max_copay: expense.max_copay,
    }
}

/// Tickets are issued month by month.
fn medical_ticket(ticket: &insurance::MedicalTicket, today: Date) -> MedicalTicket {
    MedicalTicket {
        payer_number: ticket.payer_number.clone(),
        recipient_number: ticket.recipient_number.clone(),
        ticket_type: ticket.ticket_type.clone(),
        treatment_month: today.strftime("%Y-%m").to_string(),
        issue_number: (!ticket.not_yet_loaded).then(|| "0000001".into()),
        valid_from: Some(WireDate(today.first_of_month())),
        valid_to: Some(WireDate(today.last_of_month())),
        self_pay_yen: (!ticket.not_yet_loaded).then_some(0),
        not_yet_loaded: ticket.not_yet_loaded.then_some(true),
    }
}

/// Yearly certificates run from 1 August to 31 July.
fn insurance_year(today: Date) -> (Date, Date) {
    let start = if today.month() >= 8 { today.year() } else { today.year() - 1 };
    (date(start, 8, 1), date(start + 1, 7, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_insurance_year_turns_in_august() {
        assert_eq!(insurance_year(date(2026, 7, 31)), (date(2025, 8, 1), date(2026, 7, 31)));
        assert_eq!(insurance_year(date(2026, 8, 1)), (date(2026, 8, 1), date(2027, 7, 31)));
    }
}
