//! The JSON twin: the same delivery in UTF-8, and what the insurer gave where the delivery holds something else.

use std::io;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::consent::{Consent, ConsentAnswer, PrescriptionForm};
use crate::domain::japan;
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::{
    AsReceived, AskedBy, Difference, DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, Notice,
    PublicExpense, Qualification,
};
use crate::ports::DeliveryOrder;

use super::form::{File, Form, Sender};
use super::names::{available_until, text};

/// How the names of twins end.
pub const TWIN: &str = "json";

/// The JSON twin in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonTwin;

impl Form for JsonTwin {
    fn ending(&self) -> &'static str {
        TWIN
    }

    fn label(&self) -> &'static str {
        "its twin in JSON"
    }

    fn write(&self, order: &DeliveryOrder, sender: Sender<'_>) -> io::Result<Vec<File>> {
        let bytes = serde_json::to_vec_pretty(&Twin(order, sender))?.into();
        Ok(vec![File { ending: self.ending().into(), bytes }])
    }
}

/// An object of the twin: its members in their order, each present, `null` where there is nothing; after the bar those
/// that are left out then.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident($($field:ty),+), $value:pat => {
        $($member:literal: $is:expr,)* $(| $($rare:literal: $may_be:expr,)*)?
    }) => {
        $(#[$doc])*
        struct $name<'a>($($field),+);

        impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $value = self;
                let mut map = serializer.serialize_map(None)?;
                $(map.serialize_entry($member, &$is)?;)*
                $($(if let Some(value) = $may_be {
                    map.serialize_entry($rare, &value)?;
                })*)?
                map.end()
            }
        }
    };
}

object! {
    Twin(&'a DeliveryOrder, Sender<'a>), Twin(order, sender) => {
        "qualificationCheckId": order.identifier(),
        "facilityCode": sender.facility_code,
        "terminalId": sender.terminal_id,
        "processedAt": moment(order.answer.processed_at),
        "checkDate": order.answer.check_date.to_string(),
        "method": method(order.answer.asked_by),
        "rawValidityCode": order.answer.raw_validity,
        "referenceNumber": text(&order.answer.reference_number),
        "qualifications": list(&order.answer.qualifications, |q| Insurance(q, !order.choices.withholds_limit())),
        "notices": list(&order.answer.notices, Note),
        "consents": list(&order.choices.consents, |consent| Answer(consent, order.consented_at)),
        |
        // When the patient answered; only where something was given.
        "consentedAt": order.consented_at.filter(|_| anything_given(order)).map(moment),
        // What came, where it could not be read or written as it is; `null` where it is too long to keep.
        "asReceived": Some(list(&order.answer.as_received, Original)).filter(|list| !list.is_empty()),
        // Who typed the PIN when it was not the patient; the official XML has no place for it.
        "pinEnteredBy": order.entered_by.filter(|who| *who != EnteredBy::Patient).map(EnteredBy::slug),
        // 限度額, where it was asked.
        "limitConsent": asked(order.choices.limit),
        // 処方箋発行形態, where it was asked.
        "prescriptionIssueSelection": order.choices.prescription.map(prescription),
        // 医療費助成, where it was asked: `given` means that a certificate is to be used.
        "subsidyUse": asked(order.choices.subsidy),
    }
}

object! {
    /// One insurance, with its 限度額 or without. Codes of relationship and sex are the official ones; the kana are full
    /// width.
    Insurance(&'a Qualification, bool), Insurance(q, with_limit) => {
        "cardClassification": q.card_classification,
        "insurerNumber": q.insurer_number.0,
        "insurerName": q.insurer_name.0,
        "insuredSymbol": text(&q.insured_symbol),
        "insuredNumber": text(&q.insured_number),
        "branchNumber": text(&q.branch_number),
        "relationship": q.relationship,
        "insuredName": text(&q.insured_name),
        "name": q.name.0,
        "nameOther": text(&q.name_other),
        "nameKana": text(&q.name_kana),
        "nameOtherKana": text(&q.name_other_kana),
        "sex": q.sex,
        "sexOnBack": q.sex_on_back,
        "birthDate": day(q.birth_date.0),
        "address": text(&q.address),
        "postalCode": text(&q.postal_code),
        "qualifiedOn": day(q.qualified_on),
        "disqualifiedOn": day(q.disqualified_on),
        "certificateIssuedOn": day(q.certificate_issued_on),
        "validFrom": day(q.valid_from),
        "validTo": day(q.valid_to),
        "lateElderlyRatioPercent": q.ratio_percent,
        "preschool": q.preschool,
        "lossReason": q.loss_reason,
        "elderly": q.elderly.as_ref().map(Elderly),
        "limit": q.limit.as_ref().filter(|_| *with_limit).map(Limit),
        "specificDiseases": list(&q.specific_diseases, Disease),
        "publicExpenses": list(&q.public_expenses, Expense),
        "medicalTicket": q.medical_ticket.as_ref().map(Ticket),
    }
}

object! {
    Elderly(&'a ElderlyCertificate), Elderly(c) => {
        "issuedOn": day(c.issued_on),
        "validFrom": day(c.valid_from),
        "validTo": day(c.valid_to),
        "ratioPercent": c.ratio_percent,
    }
}

object! {
    Limit(&'a LimitCertificate), Limit(c) => {
        "type": c.kind,
        "category": c.category,
        "issuedOn": day(c.issued_on),
        "validFrom": day(c.valid_from),
        "validTo": day(c.valid_to),
        "longTermFrom": day(c.long_term_from),
    }
}

object! {
    Disease(&'a DiseaseCertificate), Disease(c) => {
        "category": c.category.0,
        "issuedOn": day(c.issued_on),
        "validFrom": day(c.valid_from),
        "validTo": day(c.valid_to),
        "selfPayYen": c.self_pay_yen,
    }
}

object! {
    Expense(&'a PublicExpense), Expense(e) => {
        "payerNumber": e.payer_number.0,
        "recipientNumber": e.recipient_number.0,
        "name": e.name,
        "validFrom": day(e.valid_from),
        "validTo": day(e.valid_to),
        "maxCopay": e.max_copay,
    }
}

object! {
    Ticket(&'a MedicalTicket), Ticket(t) => {
        "payerNumber": t.payer_number.0,
        "recipientNumber": t.recipient_number.0,
        "ticketType": t.ticket_type,
        "treatmentMonth": t.treatment_month,
        "issueNumber": text(&t.issue_number),
        "validFrom": day(t.valid_from),
        "validTo": day(t.valid_to),
        "selfPayYen": t.self_pay_yen,
        "notYetLoaded": t.not_yet_loaded,
    }
}

object! {
    Note(&'a Notice), Note(notice) => {
        "code": notice.code,
        "rawCode": notice.raw_code,
    }
}

object! {
    Original(&'a AsReceived), Original(received) => {
        "member": received.member,
        "original": text(&received.original),
        "signs": match &received.why {
            Difference::LeftOut => None,
            Difference::Signs(lost) => Some(lost.iter().map(|sign| format!("U+{:04X}", u32::from(*sign))).collect::<Vec<_>>()),
        },
    }
}

object! {
    Answer(&'a Consent, Option<Timestamp>), Answer(consent, at) => {
        "scope": consent.scope.name(),
        "answer": word(consent.answer),
        "grantedAt": given_at(consent, *at).map(moment),
        "availableUntil": given_at(consent, *at).map(available_until).map(moment),
    }
}

fn list<'a, T, W: 'a>(items: &'a [T], one: impl Fn(&'a T) -> W + 'a) -> Vec<W> {
    items.iter().map(one).collect()
}

/// `YYYY-MM-DD`.
fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// RFC 3339 with +09:00.
fn moment(at: Timestamp) -> String {
    at.display_with_offset(japan::OFFSET).to_string()
}

fn method(asked_by: AskedBy) -> &'static str {
    match asked_by {
        AskedBy::Card => "mynaCard",
        AskedBy::InsuredNumber => "insuredNumber",
        AskedBy::Demographics => "demographics",
    }
}

fn prescription(form: PrescriptionForm) -> &'static str {
    match form {
        PrescriptionForm::Electronic => "electronic",
        PrescriptionForm::Paper => "paper",
    }
}

fn word(answer: ConsentAnswer) -> &'static str {
    match answer {
        ConsentAnswer::Given => "given",
        ConsentAnswer::Refused => "refused",
        ConsentAnswer::NotAsked => "notAsked",
        ConsentAnswer::NotAnswered => "notAnswered",
    }
}

fn asked(answer: ConsentAnswer) -> Option<&'static str> {
    (answer != ConsentAnswer::NotAsked).then(|| word(answer))
}

fn given_at(consent: &Consent, at: Option<Timestamp>) -> Option<Timestamp> {
    at.filter(|_| consent.answer == ConsentAnswer::Given)
}

fn anything_given(order: &DeliveryOrder) -> bool {
    let (limit, consents) = (order.choices.limit, &order.choices.consents);
    std::iter::once(limit).chain(consents.iter().map(|c| c.answer)).any(|answer| answer == ConsentAnswer::Given)
}
