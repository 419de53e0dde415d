//! One insurance in the twin. Codes of relationship and sex are the official ones; the kana are full width.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::qualification::{
    DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, PublicExpense, Qualification,
};
use crate::domain::secret::Personal;

use super::Day;

/// See [`Qualification`].
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Insurance {
    card_classification: String,
    insurer_number: String,
    insurer_name: String,
    insured_symbol: Option<String>,
    insured_number: Option<String>,
    branch_number: Option<String>,
    relationship: Option<String>,
    #[serde(default)]
    insured_name: Option<String>,
    name: String,
    #[serde(default)]
    name_other: Option<String>,
    name_kana: Option<String>,
    #[serde(default)]
    name_other_kana: Option<String>,
    sex: String,
    #[serde(default)]
    sex_on_back: Option<String>,
    birth_date: Option<Day>,
    address: Option<String>,
    postal_code: Option<String>,
    qualified_on: Option<Day>,
    disqualified_on: Option<Day>,
    #[serde(default)]
    certificate_issued_on: Option<Day>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    late_elderly_ratio_percent: Option<u8>,
    #[serde(default)]
    preschool: Option<bool>,
    #[serde(default)]
    loss_reason: Option<String>,
    #[serde(default)]
    elderly: Option<Elderly>,
    #[serde(default)]
    limit: Option<Limit>,
    #[serde(default)]
    specific_diseases: Vec<Disease>,
    #[serde(default)]
    public_expenses: Vec<Expense>,
    #[serde(default)]
    medical_ticket: Option<Ticket>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Elderly {
    issued_on: Option<Day>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    ratio_percent: Option<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Limit {
    #[serde(rename = "type")]
    kind: Option<String>,
    category: Option<String>,
    issued_on: Option<Day>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    long_term_from: Option<Day>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Disease {
    category: String,
    issued_on: Option<Day>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    self_pay_yen: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expense {
    payer_number: String,
    recipient_number: String,
    name: Option<String>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    max_copay: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ticket {
    payer_number: String,
    recipient_number: String,
    ticket_type: String,
    treatment_month: String,
    issue_number: Option<String>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    self_pay_yen: Option<u32>,
    not_yet_loaded: Option<bool>,
}

fn shown(value: &Option<Personal<String>>) -> Option<String> {
    value.as_ref().map(|Personal(text)| text.clone())
}

fn day(date: Option<Date>) -> Option<Day> {
    date.map(Day)
}

fn date(day: Option<Day>) -> Option<Date> {
    day.map(|day| day.0)
}

impl Insurance {
    /// The insurance, with its 限度額 or without.
    pub(super) fn of(q: &Qualification, with_limit: bool) -> Self {
        Self {
            card_classification: q.card_classification.clone(),
            insurer_number: q.insurer_number.0.clone(),
            insurer_name: q.insurer_name.0.clone(),
            insured_symbol: shown(&q.insured_symbol),
            insured_number: shown(&q.insured_number),
            branch_number: shown(&q.branch_number),
            relationship: q.relationship.clone(),
            insured_name: shown(&q.insured_name),
            name: q.name.0.clone(),
            name_other: shown(&q.name_other),
            name_kana: shown(&q.name_kana),
            name_other_kana: shown(&q.name_other_kana),
            sex: q.sex.clone(),
            sex_on_back: q.sex_on_back.clone(),
            birth_date: day(q.birth_date.0),
            address: shown(&q.address),
            postal_code: shown(&q.postal_code),
            qualified_on: day(q.qualified_on),
            disqualified_on: day(q.disqualified_on),
            certificate_issued_on: day(q.certificate_issued_on),
            valid_from: day(q.valid_from),
            valid_to: day(q.valid_to),
            late_elderly_ratio_percent: q.ratio_percent,
            preschool: q.preschool,
            loss_reason: q.loss_reason.clone(),
            elderly: q.elderly.as_ref().map(Elderly::of),
            limit: q.limit.as_ref().filter(|_| with_limit).map(Limit::of),
            specific_diseases: q.specific_diseases.iter().map(Disease::of).collect(),
            public_expenses: q.public_expenses.iter().map(Expense::of).collect(),
            medical_ticket: q.medical_ticket.as_ref().map(Ticket::of),
        }
    }
}

impl From<Insurance> for Qualification {
    fn from(twin: Insurance) -> Self {
        Self {
            card_classification: twin.card_classification,
            insurer_number: Personal(twin.insurer_number),
            insurer_name: Personal(twin.insurer_name),
            insured_symbol: twin.insured_symbol.map(Personal),
            insured_number: twin.insured_number.map(Personal),
            branch_number: twin.branch_number.map(Personal),
            relationship: twin.relationship,
            insured_name: twin.insured_name.map(Personal),
            name: Personal(twin.name),
            name_other: twin.name_other.map(Personal),
            name_kana: twin.name_kana.map(Personal),
            name_other_kana: twin.name_other_kana.map(Personal),
            sex: twin.sex,
            sex_on_back: twin.sex_on_back,
            birth_date: Personal(date(twin.birth_date)),
            address: twin.address.map(Personal),
            postal_code: twin.postal_code.map(Personal),
            qualified_on: date(twin.qualified_on),
            disqualified_on: date(twin.disqualified_on),
            certificate_issued_on: date(twin.certificate_issued_on),
            valid_from: date(twin.valid_from),
            valid_to: date(twin.valid_to),
            ratio_percent: twin.late_elderly_ratio_percent,
            preschool: twin.preschool,
            loss_reason: twin.loss_reason,
            elderly: twin.elderly.map(Elderly::back),
            limit: twin.limit.map(Limit::back),
            specific_diseases: twin.specific_diseases.into_iter().map(Disease::back).collect(),
            public_expenses: twin.public_expenses.into_iter().map(Expense::back).collect(),
            medical_ticket: twin.medical_ticket.map(Ticket::back),
        }
    }
}

impl Elderly {
    fn of(c: &ElderlyCertificate) -> Self {
        let (issued_on, valid_from, valid_to) = (day(c.issued_on), day(c.valid_from), day(c.valid_to));
        Self { issued_on, valid_from, valid_to, ratio_percent: c.ratio_percent }
    }

    fn back(self) -> ElderlyCertificate {
        let (issued_on, valid_from, valid_to) = (date(self.issued_on), date(self.valid_from), date(self.valid_to));
        ElderlyCertificate { issued_on, valid_from, valid_to, ratio_percent: self.ratio_percent }
    }
}

impl Limit {
    fn of(c: &LimitCertificate) -> Self {
        Self {
            kind: c.kind.clone(),
            category: c.category.clone(),
            issued_on: day(c.issued_on),
            valid_from: day(c.valid_from),
            valid_to: day(c.valid_to),
            long_term_from: day(c.long_term_from),
        }
    }

    fn back(self) -> LimitCertificate {
        LimitCertificate {
            kind: self.kind,
            category: self.category,
            issued_on: date(self.issued_on),
            valid_from: date(self.valid_from),
            valid_to: date(self.valid_to),
            long_term_from: date(self.long_term_from),
        }
    }
}

impl Disease {
    fn of(c: &DiseaseCertificate) -> Self {
        let (issued_on, valid_from, valid_to) = (day(c.issued_on), day(c.valid_from), day(c.valid_to));
        Self { category: c.category.0.clone(), issued_on, valid_from, valid_to, self_pay_yen: c.self_pay_yen }
    }

    fn back(self) -> DiseaseCertificate {
        let (issued_on, valid_from, valid_to) = (date(self.issued_on), date(self.valid_from), date(self.valid_to));
        let category = Personal(self.category);
        DiseaseCertificate { category, issued_on, valid_from, valid_to, self_pay_yen: self.self_pay_yen }
    }
}

impl Expense {
    fn of(expense: &PublicExpense) -> Self {
        Self {
            payer_number: expense.payer_number.0.clone(),
            recipient_number: expense.recipient_number.0.clone(),
            name: expense.name.clone(),
            valid_from: day(expense.valid_from),
            valid_to: day(expense.valid_to),
            max_copay: expense.max_copay,
        }
    }

    fn back(self) -> PublicExpense {
        PublicExpense {
            payer_number: Personal(self.payer_number),
            recipient_number: Personal(self.recipient_number),
            name: self.name,
            valid_from: date(self.valid_from),
            valid_to: date(self.valid_to),
            max_copay: self.max_copay,
        }
    }
}

impl Ticket {
    fn of(ticket: &MedicalTicket) -> Self {
        Self {
            payer_number: ticket.payer_number.0.clone(),
            recipient_number: ticket.recipient_number.0.clone(),
            ticket_type: ticket.ticket_type.clone(),
            treatment_month: ticket.treatment_month.clone(),
            issue_number: shown(&ticket.issue_number),
            valid_from: day(ticket.valid_from),
            valid_to: day(ticket.valid_to),
            self_pay_yen: ticket.self_pay_yen,
            not_yet_loaded: ticket.not_yet_loaded,
        }
    }

    fn back(self) -> MedicalTicket {
        MedicalTicket {
            payer_number: Personal(self.payer_number),
            recipient_number: Personal(self.recipient_number),
            ticket_type: self.ticket_type,
            treatment_month: self.treatment_month,
            issue_number: self.issue_number.map(Personal),
            valid_from: date(self.valid_from),
            valid_to: date(self.valid_to),
            self_pay_yen: self.self_pay_yen,
            not_yet_loaded: self.not_yet_loaded,
        }
    }
}
