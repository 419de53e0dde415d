//! Between the wire and the domain.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::check::{
    CardFaceRequest, CheckStatus, ConsentEntry, ConsentsRequest, Method, MynaCardRequest, QualificationCheck,
    QualificationCheckRequest, RS256, Way,
};
use super::qualification::{self as contract, Elderly, Limit, QualificationEntry, SpecificDisease};
use super::reading::{ContractError, LeftOut, Understood};
use super::registration::{CardRegistrationInquiry, CardRegistrationStatus};
use super::scalars::{Bytes64, WireDate, WireTime};
use crate::adapters::signs::{self, Repertoire, Width};
use crate::domain::consent::{Consent, ConsentAnswer};
use crate::domain::japan;
use crate::domain::qualification::{
    AsReceived, AskedBy, Authentication, CardProof, Difference, Notice, Qualification, QualificationAnswer, Validity,
};
use crate::domain::qualification::{
    DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, PublicExpense,
};
use crate::domain::registration::{Application, Linkage, RegistrationStatus};
use crate::domain::secret::Personal;

/// What was asked for, to hold an answer against: what names itself is not believed to be it.
pub struct Asked {
    /// 資格確認日: one of these, the same twice but around midnight.
    pub days: [Date; 2],
    /// When it was sent first.
    pub sent: Timestamp,
    /// Now, by this side's clock.
    pub now: Timestamp,
    /// How.
    pub by: AskedBy,
    /// The check that was asked for by its name.
    pub id: Option<String>,
    /// The signs that the file for the receipt computer can hold.
    pub repertoire: Repertoire,
}

/// How far from the time of asking an answer can be processed.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long after its check a card can be registered.
const REGISTRATION_WINDOW: SignedDuration = SignedDuration::from_mins(10);

impl Asked {
    /// By the card, for that day, just now.
    pub fn on(day: Date, now: Timestamp) -> Self {
        let repertoire = Repertoire::default();
        Self { days: [day, day], sent: now, now, by: AskedBy::Card, id: None, repertoire }
    }

    /// By a registration just now: its check was asked for some minutes before.
    pub fn registration(now: Timestamp) -> Self {
        let days = [japan::day(now), japan::day(now.saturating_sub(REGISTRATION_WINDOW).unwrap_or(now))];
        Self { days, ..Self::on(japan::day(now), now) }
    }

    /// Once more by its name, what was asked by the card today or yesterday.
    pub fn again(now: Timestamp) -> Self {
        let today = japan::day(now);
        Self { days: [today, today.yesterday().unwrap_or(today)], ..Self::on(today, now) }
    }

    fn was_it(&self, check: &QualificationCheck) -> Result<Timestamp, ContractError> {
        if self.id.as_ref().is_some_and(|id| *id != check.qualification_check_id) {
            return Err("qualificationCheckId is of another check".into());
        }
        if !self.days.contains(&check.check_date.0) {
            return Err("checkDate is not the day that was asked for".into());
        }
        let processed_at = check.processed_at.ok_or("processedAt is missing")?.0;
        let early = self.sent.duration_since(processed_at) > DAY;
        if early || processed_at.duration_since(self.now) > DAY {
            return Err("processedAt is more than a day away".into());
        }
        Ok(processed_at)
    }
}

impl From<Authentication> for Way {
    fn from(authentication: Authentication) -> Self {
        match authentication {
            Authentication::Pin => Way::Pin,
            Authentication::Face => Way::Face,
            Authentication::Visual => Way::Visual,
        }
    }
}

/// The request for one check.
pub fn check_request(facility_code: &str, check_date: Date, proof: &CardProof) -> QualificationCheckRequest {
    QualificationCheckRequest {
        facility_code: facility_code.to_owned(),
        check_date: WireDate(check_date),
        method: Method::MynaCard,
        myna_card: Some(myna_card(proof)),
        insured_number: None,
        demographics: None,
    }
}

/// The question how far the registration of the card has come.
pub fn registration_inquiry(facility_code: &str, proof: &CardProof) -> CardRegistrationInquiry {
    CardRegistrationInquiry { facility_code: facility_code.to_owned(), myna_card: myna_card(proof) }
}

/// The domain's view of the answer; words of another version stay unknown.
pub fn registration_status(status: &CardRegistrationStatus) -> RegistrationStatus {
    let in_japan = |at: WireTime| japan::civil(at.0);
    RegistrationStatus {
        application: match status.application.as_str() {
            "none" => Application::None,
            "accepted" => Application::Accepted,
            _ => Application::Unknown,
        },
        linkage: match status.registration.as_str() {
            "none" => Linkage::None,
            "preparing" => Linkage::Preparing,
            "completed" => Linkage::Completed,
            _ => Linkage::Unknown,
        },
        registered_at: status.registered_at.map(in_japan),
        available_from: status.available_from.map(in_japan),
    }
}

fn myna_card(proof: &CardProof) -> MynaCardRequest {
    let card_face = proof.card_face.as_ref().map(|face| CardFaceRequest {
        basic: Bytes64(face.basic.clone()),
        pictures_hash: Bytes64(face.pictures_hash.to_vec()),
        portrait_hash: Bytes64(face.portrait_hash.to_vec()),
        signature: Bytes64(face.signature.clone()),
        issuer_certificate: Bytes64(face.issuer_certificate.clone()),
        card_signature: Bytes64(face.card_signature.clone()),
    });
    MynaCardRequest {
        challenge_id: proof.challenge_id.clone(),
        certificate: Bytes64(proof.certificate.clone()),
        signature: proof.signature.clone().map(Bytes64),
        signature_algorithm: RS256.to_owned(),
        authentication: proof.authentication.into(),
        card_face,
    }
}

/// The request that records consents: only given and refused ones; `None` when there is nothing to record.
pub fn consents_request(consents: &[Consent], at: Timestamp) -> Option<ConsentsRequest> {
    let entries: Vec<ConsentEntry> = consents
        .iter()
        .filter_map(|consent| {
            let granted = match consent.answer {
                ConsentAnswer::Given => true,
                ConsentAnswer::Refused => false,
                ConsentAnswer::NotAsked | ConsentAnswer::NotAnswered => return None,
            };
            Some(ConsentEntry { scope: consent.scope.name().to_owned(), granted })
        })
        .collect();
    (!entries.is_empty()).then_some(ConsentsRequest {
        granted_at: WireTime(at),
        consents: entries,
        prescription_issue_selection: None,
    })
}

/// The domain's answer from a final check.
///
/// # Errors
/// When the check is not final, is not what was asked for, or breaks a rule of the contract.
pub fn answer(understood: Understood<QualificationCheck>, asked: &Asked) -> Result<QualificationAnswer, ContractError> {
    let Understood { it: check, left_out } = understood;
    if check.status != CheckStatus::Completed {
        return Err("status is not completed".into());
    }
    let processed_at = asked.was_it(&check)?;
    let word = check.validity.ok_or("validity is missing")?;
    let validity = validity(&word);
    let expects_none = matches!(validity, Validity::NotFound | Validity::Multiple);
    if validity == Validity::Valid && check.qualifications.is_empty() {
        return Err("valid without a qualification".into());
    }
    if expects_none && !check.qualifications.is_empty() {
        return Err("notFound or multiple with a qualification".into());
    }
    let received = left_out.into_iter().filter(|left| !left.says_nothing).map(as_received).collect();
    let mut texts = Texts { repertoire: asked.repertoire, at: String::new(), received };
    let mut qualifications = Vec::with_capacity(check.qualifications.len());
    for (index, entry) in check.qualifications.into_iter().enumerate() {
        texts.at = format!("qualifications.{index}");
        qualifications.push(qualification(entry, &mut texts)?);
    }
    Ok(QualificationAnswer {
        check_id: check.qualification_check_id,
        processed_at,
        check_date: check.check_date.0,
        asked_by: asked.by,
        validity,
        raw_validity: check.raw_validity_code.unwrap_or(word),
        qualifications,
        notices: check.notices.into_iter().map(|n| Notice { code: n.code, raw_code: n.raw_code }).collect(),
        reference_number: check.reference_number.map(Personal),
        as_received: texts.received,
    })
}

fn as_received(LeftOut { member, original, .. }: LeftOut) -> AsReceived {
    AsReceived { member, original: original.map(Personal), why: Difference::LeftOut }
}

/// Makes the texts of an answer what can be seen and written, and keeps what they were.
struct Texts {
    repertoire: Repertoire,
    /// Where the insurance stands.
    at: String,
    received: Vec<AsReceived>,
}

impl Texts {
    fn fit(&mut self, member: &str, original: String, width: Width) -> String {
        let signs::Fitted { text, lost } = signs::fit(&original, self.repertoire, width);
        if !lost.is_empty() {
            let member = format!("{}.{member}", self.at);
            self.received.push(AsReceived { member, original: Some(Personal(original)), why: Difference::Signs(lost) });
        }
        text
    }

    /// Words that have to be there.
    fn must(&mut self, member: &str, original: String) -> Result<Personal<String>, ContractError> {
        let text = self.fit(member, original, Width::Words);
        // Signs that are not seen are no words.
        if text.trim().is_empty() {
            return Err(ContractError(format!("{}.{member} is empty", self.at).into()));
        }
        Ok(Personal(text))
    }

    fn may(&mut self, member: &str, original: Option<String>) -> Option<Personal<String>> {
        Some(self.fit(member, original?, Width::Words)).filter(|text| !text.trim().is_empty()).map(Personal)
    }

    /// As it is printed on a certificate.
    fn printed(&mut self, member: &str, original: Option<String>) -> Option<Personal<String>> {
        Some(self.fit(member, original?, Width::Printed)).filter(|text| !text.trim().is_empty()).map(Personal)
    }
}

fn validity(word: &str) -> Validity {
    match word {
        "valid" => Validity::Valid,
        "invalid" => Validity::Invalid,
        "superseded" => Validity::Superseded,
        "notFound" => Validity::NotFound,
        "multiple" => Validity::Multiple,
        _ => Validity::Unknown,
    }
}

fn qualification(entry: QualificationEntry, texts: &mut Texts) -> Result<Qualification, ContractError> {
    let sex = |word| raw_code(word, &[("male", "1"), ("female", "2"), ("notSet", "3")]);
    Ok(Qualification {
        card_classification: entry.card_classification,
        insurer_number: Personal(entry.insurer_number),
        insurer_name: texts.must("insurerName", entry.insurer_name)?,
        insured_symbol: texts.printed("insuredSymbol", entry.insured_symbol),
        insured_number: texts.printed("insuredNumber", entry.insured_number),
        branch_number: entry.branch_number.map(Personal),
        relationship: entry.relationship.map(|r| raw_code(r, &[("self", "1"), ("family", "2")])),
        insured_name: texts.may("insuredName", entry.insured_name),
        name: texts.must("name", entry.name)?,
        name_other: texts.may("nameOther", entry.name_other),
        name_kana: texts.may("nameKana", entry.name_kana),
        name_other_kana: texts.may("nameOtherKana", entry.name_other_kana),
        sex: sex(entry.sex),
        sex_on_back: entry.sex_on_back.map(sex),
        birth_date: Personal(entry.birth_date.map(|d| d.0)),
        address: texts.may("address", entry.address),
        postal_code: entry.postal_code.map(Personal),
        qualified_on: entry.qualified_on.map(|d| d.0),
        disqualified_on: entry.disqualified_on.map(|d| d.0),
        certificate_issued_on: entry.certificate_issued_on.map(|d| d.0),
        valid_from: entry.valid_from.map(|d| d.0),
        valid_to: entry.valid_to.map(|d| d.0),
        ratio_percent: entry.late_elderly_ratio_percent,
        preschool: entry.preschool,
        loss_reason: entry.loss_reason,
        elderly: entry.elderly.map(elderly),
        limit: entry.limit.map(limit),
        specific_diseases: entry.specific_diseases.into_iter().map(disease).collect(),
        public_expenses: entry
            .public_expenses
            .into_iter()
            .enumerate()
            .map(|(i, e)| public_expense(i, e, texts))
            .collect(),
        medical_ticket: entry.medical_ticket.map(|ticket| medical_ticket(ticket, texts)),
    })
}

fn day(date: Option<WireDate>) -> Option<Date> {
    date.map(|date| date.0)
}

fn elderly(wire: Elderly) -> ElderlyCertificate {
    let (issued_on, valid_from, valid_to) = (day(wire.issued_on), day(wire.valid_from), day(wire.valid_to));
    ElderlyCertificate { issued_on, valid_from, valid_to, ratio_percent: wire.ratio_percent }
}

fn limit(wire: Limit) -> LimitCertificate {
    LimitCertificate {
        kind: wire.kind,
        category: wire.category,
        issued_on: day(wire.issued_on),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        long_term_from: day(wire.long_term_from),
    }
}

fn disease(wire: SpecificDisease) -> DiseaseCertificate {
    DiseaseCertificate {
        category: Personal(wire.category),
        issued_on: day(wire.issued_on),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        self_pay_yen: wire.self_pay_yen,
    }
}

fn public_expense(index: usize, wire: contract::PublicExpense, texts: &mut Texts) -> PublicExpense {
    let name = texts.may(&format!("publicExpenses.{index}.name"), wire.name);
    PublicExpense {
        payer_number: Personal(wire.payer_number),
        recipient_number: Personal(texts.fit(
            &format!("publicExpenses.{index}.recipientNumber"),
            wire.recipient_number,
            Width::Printed,
        )),
        name: name.map(|Personal(name)| name),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        max_copay: wire.max_copay,
    }
}

fn medical_ticket(wire: contract::MedicalTicket, texts: &mut Texts) -> MedicalTicket {
    MedicalTicket {
        payer_number: Personal(wire.payer_number),
        recipient_number: Personal(texts.fit("medicalTicket.recipientNumber", wire.recipient_number, Width::Printed)),
        ticket_type: wire.ticket_type,
        treatment_month: wire.treatment_month,
        issue_number: texts.printed("medicalTicket.issueNumber", wire.issue_number),
        valid_from: day(wire.valid_from),
        valid_to: day(wire.valid_to),
        self_pay_yen: wire.self_pay_yen,
        not_yet_loaded: wire.not_yet_loaded,
    }
}

/// The official code of a known word; an unknown word stays as it came.
fn raw_code(word: String, known: &[(&str, &str)]) -> String {
    known.iter().find(|(name, _)| *name == word).map_or(word, |(_, code)| (*code).to_owned())
}
