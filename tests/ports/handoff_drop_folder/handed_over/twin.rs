//! The JSON twin, read back.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uketsuke::domain::consent::{Consent, ConsentAnswer, PrescriptionForm, Scope};
use uketsuke::domain::qualification::{
    AskedBy, DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, PublicExpense, Qualification,
};
use uketsuke::domain::secret::Personal;

use super::{HandedOver, ReadError};

/// One object of the twin.
#[derive(Clone, Deserialize)]
struct Object(serde_json::Map<String, Value>);

impl Object {
    fn may<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, ReadError> {
        let value = self.0.get(name).filter(|value| !value.is_null());
        value.map(|value| serde_json::from_value(value.clone()).map_err(|_| ReadError::Element(name))).transpose()
    }

    fn must<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, ReadError> {
        self.may(name)?.ok_or(ReadError::Element(name))
    }

    fn personal(&self, name: &'static str) -> Result<Option<Personal<String>>, ReadError> {
        Ok(self.may(name)?.map(Personal))
    }

    fn parsed<T: std::str::FromStr>(&self, name: &'static str) -> Result<Option<T>, ReadError> {
        let text: Option<String> = self.may(name)?;
        text.map(|text| text.parse().map_err(|_| ReadError::Element(name))).transpose()
    }

    fn day(&self, name: &'static str) -> Result<Option<Date>, ReadError> {
        self.parsed(name)
    }

    fn moment(&self, name: &'static str) -> Result<Option<Timestamp>, ReadError> {
        self.parsed(name)
    }

    /// What `one` makes of the object of that name.
    fn child<T>(
        &self,
        name: &'static str,
        one: impl Fn(&Object) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        self.may::<Object>(name)?.map(|child| one(&child)).transpose()
    }

    fn list<T>(&self, name: &'static str, one: impl Fn(&Object) -> Result<T, ReadError>) -> Result<Vec<T>, ReadError> {
        self.must::<Vec<Object>>(name)?.iter().map(one).collect()
    }

    /// A word, as `known` understands it.
    fn word<T>(&self, name: &'static str, known: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ReadError> {
        let word: Option<String> = self.may(name)?;
        word.map(|word| known(&word).ok_or(ReadError::Element(name))).transpose()
    }
}

/// Reads a twin: what the XML file holds of the same delivery, and the certificates that it has no place for.
///
/// # Errors
/// When it is no twin; the text of the error holds no value.
pub fn read_twin(bytes: &[u8]) -> Result<HandedOver, ReadError> {
    let twin: Object = serde_json::from_slice(bytes).map_err(|_| ReadError::Json)?;
    let told = |answer: ConsentAnswer| matches!(answer, ConsentAnswer::Given | ConsentAnswer::Refused);
    let consents = twin.list("consents", consent)?;
    let notes: Vec<Option<String>> = twin.list("notices", |note| note.may("rawCode"))?;
    Ok(HandedOver {
        facility_code: twin.must("facilityCode")?,
        check_id: twin.must("qualificationCheckId")?,
        processed_at: twin.moment("processedAt")?.ok_or(ReadError::Element("processedAt"))?,
        check_date: twin.day("checkDate")?.ok_or(ReadError::Element("checkDate"))?,
        asked_by: twin.word("method", asked_by)?.ok_or(ReadError::Element("method"))?,
        raw_validity: twin.must("rawValidityCode")?,
        side_note: notes.into_iter().find_map(|code| code),
        reference_number: twin.personal("referenceNumber")?,
        qualifications: twin.list("qualifications", qualification)?,
        consents: consents.into_iter().filter(|consent| told(consent.answer)).collect(),
        limit: twin.word("limitConsent", answer)?.filter(|answer| told(*answer)).unwrap_or(ConsentAnswer::NotAsked),
        prescription: twin.word("prescriptionIssueSelection", prescription)?,
        consented_at: twin.moment("consentedAt")?,
    })
}

fn asked_by(word: &str) -> Option<AskedBy> {
    match word {
        "mynaCard" => Some(AskedBy::Card),
        "insuredNumber" => Some(AskedBy::InsuredNumber),
        "demographics" => Some(AskedBy::Demographics),
        _ => None,
    }
}

fn answer(word: &str) -> Option<ConsentAnswer> {
    match word {
        "given" => Some(ConsentAnswer::Given),
        "refused" => Some(ConsentAnswer::Refused),
        "notAsked" => Some(ConsentAnswer::NotAsked),
        "notAnswered" => Some(ConsentAnswer::NotAnswered),
        _ => None,
    }
}

fn prescription(word: &str) -> Option<PrescriptionForm> {
    match word {
        "electronic" => Some(PrescriptionForm::Electronic),
        "paper" => Some(PrescriptionForm::Paper),
        _ => None,
    }
}

fn consent(entry: &Object) -> Result<Consent, ReadError> {
    Ok(Consent {
        scope: entry.word("scope", Scope::by_name)?.ok_or(ReadError::Element("scope"))?,
        answer: entry.word("answer", answer)?.ok_or(ReadError::Element("answer"))?,
    })
}

fn qualification(q: &Object) -> Result<Qualification, ReadError> {
    Ok(Qualification {
        card_classification: q.must("cardClassification")?,
        insurer_number: Personal(q.must("insurerNumber")?),
        insurer_name: Personal(q.must("insurerName")?),
        insured_symbol: q.personal("insuredSymbol")?,
        insured_number: q.personal("insuredNumber")?,
        branch_number: q.personal("branchNumber")?,
        relationship: q.may("relationship")?,
        insured_name: q.personal("insuredName")?,
        name: Personal(q.must("name")?),
        name_other: q.personal("nameOther")?,
        name_kana: q.personal("nameKana")?,
        name_other_kana: q.personal("nameOtherKana")?,
        sex: q.must("sex")?,
        sex_on_back: q.may("sexOnBack")?,
        birth_date: Personal(q.day("birthDate")?),
        address: q.personal("address")?,
        postal_code: q.personal("postalCode")?,
        qualified_on: q.day("qualifiedOn")?,
        disqualified_on: q.day("disqualifiedOn")?,
        certificate_issued_on: q.day("certificateIssuedOn")?,
        valid_from: q.day("validFrom")?,
        valid_to: q.day("validTo")?,
        ratio_percent: q.may("lateElderlyRatioPercent")?,
        preschool: q.may("preschool")?,
        loss_reason: q.may("lossReason")?,
        elderly: q.child("elderly", elderly)?,
        limit: q.child("limit", limit)?,
        specific_diseases: q.list("specificDiseases", disease)?,
        public_expenses: q.list("publicExpenses", expense)?,
        medical_ticket: q.child("medicalTicket", ticket)?,
    })
}

fn elderly(c: &Object) -> Result<ElderlyCertificate, ReadError> {
    Ok(ElderlyCertificate {
        issued_on: c.day("issuedOn")?,
        valid_from: c.day("validFrom")?,
        valid_to: c.day("validTo")?,
        ratio_percent: c.may("ratioPercent")?,
    })
}

fn limit(c: &Object) -> Result<LimitCertificate, ReadError> {
    Ok(LimitCertificate {
        kind: c.may("type")?,
        category: c.may("category")?,
        issued_on: c.day("issuedOn")?,
        valid_from: c.day("validFrom")?,
        valid_to: c.day("validTo")?,
        long_term_from: c.day("longTermFrom")?,
    })
}

fn disease(c: &Object) -> Result<DiseaseCertificate, ReadError> {
    Ok(DiseaseCertificate {
        category: Personal(c.must("category")?),
        issued_on: c.day("issuedOn")?,
        valid_from: c.day("validFrom")?,
        valid_to: c.day("validTo")?,
        self_pay_yen: c.may("selfPayYen")?,
    })
}

fn expense(e: &Object) -> Result<PublicExpense, ReadError> {
    Ok(PublicExpense {
        payer_number: Personal(e.must("payerNumber")?),
        recipient_number: Personal(e.must("recipientNumber")?),
        name: e.may("name")?,
        valid_from: e.day("validFrom")?,
        valid_to: e.day("validTo")?,
        max_copay: e.may("maxCopay")?,
    })
}

fn ticket(t: &Object) -> Result<MedicalTicket, ReadError> {
    Ok(MedicalTicket {
        payer_number: Personal(t.must("payerNumber")?),
        recipient_number: Personal(t.must("recipientNumber")?),
        ticket_type: t.must("ticketType")?,
        treatment_month: t.must("treatmentMonth")?,
        issue_number: t.personal("issueNumber")?,
        valid_from: t.day("validFrom")?,
        valid_to: t.day("validTo")?,
        self_pay_yen: t.may("selfPayYen")?,
        not_yet_loaded: t.may("notYetLoaded")?,
    })
}
