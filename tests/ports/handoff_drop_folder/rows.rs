//! Every member of a delivery, field by field: its element in the official XML and its place in the JSON twin.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use uketsuke::adapters::handoff::Encoding;
use uketsuke::domain::consent::{Choices, Consent, ConsentAnswer, PrescriptionForm, Scope};
use uketsuke::domain::qualification::{
    AskedBy, DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, Notice, PublicExpense,
    Qualification, QualificationAnswer, Validity,
};
use uketsuke::domain::secret::Personal;
use uketsuke::ports::DeliveryOrder;

use super::forms::{order_of, twin_of, xml_of};

/// The path of an element from the root, its text, and the place in the twin with its value.
type Row = (&'static str, &'static str, &'static str, Value);

fn personal(text: &str) -> Option<Personal<String>> {
    Some(Personal(text.into()))
}

/// A different day for each number.
fn day(number: i8) -> Option<Date> {
    Some(date(2026, 1, number))
}

fn full() -> Qualification {
    Qualification {
        card_classification: "01".into(),
        insurer_number: Personal("01990019".into()),
        insurer_name: Personal("見本健康保険協会".into()),
        insured_symbol: personal("００１２"),
        insured_number: personal("0000678"),
        branch_number: personal("01"),
        relationship: Some("2".into()),
        insured_name: personal("見本　太郎"),
        name: Personal("見本　花子".into()),
        name_other: personal("ミホン　ハナ"),
        name_kana: personal("ミホン　ガッポ"),
        name_other_kana: personal("ハナ"),
        sex: "2".into(),
        sex_on_back: Some("3".into()),
        birth_date: Personal(day(1)),
        address: personal("東京都見本区"),
        postal_code: personal("100-0000"),
        qualified_on: day(2),
        disqualified_on: day(3),
        certificate_issued_on: day(4),
        valid_from: day(5),
        valid_to: day(6),
        ratio_percent: Some(10),
        preschool: Some(true),
        loss_reason: Some("03".into()),
        elderly: Some(ElderlyCertificate {
            issued_on: day(7),
            valid_from: day(8),
            valid_to: day(9),
            ratio_percent: Some(20),
        }),
        limit: Some(LimitCertificate {
            kind: Some("01".into()),
            category: Some("A03".into()),
            issued_on: day(10),
            valid_from: day(11),
            valid_to: day(12),
            long_term_from: day(13),
        }),
        specific_diseases: vec![DiseaseCertificate {
            category: Personal("1".into()),
            issued_on: day(14),
            valid_from: day(15),
            valid_to: day(16),
            self_pay_yen: Some(10_000),
        }],
        public_expenses: vec![PublicExpense {
            payer_number: Personal("81136244".into()),
            recipient_number: Personal("0000017".into()),
            name: Some("こども医療費".into()),
            valid_from: day(17),
            valid_to: day(18),
            max_copay: Some(200),
        }],
        medical_ticket: Some(MedicalTicket {
            payer_number: Personal("12136010".into()),
            recipient_number: Personal("0000025".into()),
            ticket_type: "1".into(),
            treatment_month: "2026-11".into(),
            issue_number: personal("77"),
            valid_from: day(19),
            valid_to: day(20),
            self_pay_yen: Some(300),
            not_yet_loaded: Some(false),
        }),
    }
}

fn order() -> DeliveryOrder {
    let at: Timestamp = "2026-11-20T08:30:00+09:00".parse().expect("a time");
    let consent = |scope, answer| Consent { scope, answer };
    let consents = vec![
        consent(Scope::Pharmaceutical, ConsentAnswer::Given),
        consent(Scope::SpecificHealthCheckup, ConsentAnswer::Given),
        consent(Scope::Diagnosis, ConsentAnswer::Refused),
        consent(Scope::Operation, ConsentAnswer::Given),
    ];
    let choices = Choices {
        limit: ConsentAnswer::Given,
        prescription: Some(PrescriptionForm::Paper),
        subsidy: ConsentAnswer::Given,
        consents,
    };
    let answer = QualificationAnswer {
        check_id: "c-1".into(),
        processed_at: at,
        check_date: date(2026, 11, 20),
        asked_by: AskedBy::InsuredNumber,
        validity: Validity::Valid,
        raw_validity: "1".into(),
        qualifications: vec![full()],
        notices: vec![Notice { code: "certificateExpiring".into(), raw_code: Some("N1".into()) }],
        reference_number: personal("P-1"),
        as_received: Vec::new(),
    };
    order_of((answer, choices, Some(at)))
}

/// The envelope: from XmlMsg, and from the root of the twin.
fn envelope() -> Vec<Row> {
    let at = || json!("2026-11-20T08:30:00+09:00");
    vec![
        ("MessageHeader/ProcessExecutionTime", "20261120083000", "/processedAt", at()),
        ("MessageHeader/QualificationConfirmationDate", "20261120", "/checkDate", json!("2026-11-20")),
        ("MessageHeader/MedicalInstitutionCode", "1312345678", "/facilityCode", json!("1312345678")),
        ("MessageHeader/ArbitraryFileIdentifier", "c-1", "/qualificationCheckId", json!("c-1")),
        ("MessageHeader/ReferenceClassification", "2", "/method", json!("insuredNumber")),
        ("MessageHeader/SegmentOfResult", "1", "", Value::Null),
        ("MessageHeader/CharacterCodeIdentifier", "0", "", Value::Null),
        ("MessageBody/ProcessingResultStatus", "1", "", Value::Null),
        ("MessageBody/ProcessingResultCode", "N1", "/notices/0/rawCode", json!("N1")),
        ("MessageBody/QualificationValidity", "1", "/rawValidityCode", json!("1")),
        ("MessageBody/PrescriptionIssueSelect", "2", "/prescriptionIssueSelection", json!("paper")),
        ("", "", "/subsidyUse", json!("given")),
        ("", "", "/consentedAt", at()),
    ]
}

/// The insurance itself: from ResultOfQualificationConfirmation, and from /qualifications/0.
fn insurance() -> Vec<Row> {
    vec![
        ("InsuredCardClassification", "01", "/cardClassification", json!("01")),
        ("InsurerNumber", "01990019", "/insurerNumber", json!("01990019")),
        ("InsurerName", "見本健康保険協会", "/insurerName", json!("見本健康保険協会")),
        ("InsuredCardSymbol", "００１２", "/insuredSymbol", json!("００１２")),
        ("InsuredIdentificationNumber", "0000678", "/insuredNumber", json!("0000678")),
        ("InsuredBranchNumber", "01", "/branchNumber", json!("01")),
        ("PersonalFamilyClassification", "2", "/relationship", json!("2")),
        ("InsuredName", "見本　太郎", "/insuredName", json!("見本　太郎")),
        ("Name", "見本　花子", "/name", json!("見本　花子")),
        ("NameOfOther", "ミホン　ハナ", "/nameOther", json!("ミホン　ハナ")),
        ("NameKana", "ﾐﾎﾝ ｶﾞｯﾎﾟ", "/nameKana", json!("ミホン　ガッポ")),
        ("NameOfOtherKana", "ﾊﾅ", "/nameOtherKana", json!("ハナ")),
        ("Sex1", "2", "/sex", json!("2")),
        ("Sex2", "3", "/sexOnBack", json!("3")),
        ("Birthdate", "20260101", "/birthDate", json!("2026-01-01")),
        ("Address", "東京都見本区", "/address", json!("東京都見本区")),
        ("PostNumber", "100-0000", "/postalCode", json!("100-0000")),
        ("QualificationDate", "20260102", "/qualifiedOn", json!("2026-01-02")),
        ("DisqualificationDate", "20260103", "/disqualifiedOn", json!("2026-01-03")),
        ("InsuredCertificateIssuanceDate", "20260104", "/certificateIssuedOn", json!("2026-01-04")),
        ("InsuredCardValidDate", "20260105", "/validFrom", json!("2026-01-05")),
        ("InsuredCardExpirationDate", "20260106", "/validTo", json!("2026-01-06")),
        ("InsuredPartialContributionRatio", "010", "/lateElderlyRatioPercent", json!(10)),
        ("PreschoolClassification", "1", "/preschool", json!(true)),
        ("ReasonOfLoss", "03", "/lossReason", json!("03")),
    ]
}

/// The certificates beside it.
fn certificates() -> Vec<Row> {
    const ELDERLY: &str = "ElderlyRecipientCertificateInfo/ElderlyRecipient";
    const LIMIT: &str = "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificate";
    const DISEASE: &str = "SpecificDiseasesCertificateList/SpecificDiseasesCertificateInfo/SpecificDiseases";
    const TICKET: &str = "PublicExpenseResultList/MedicalTicketInfo/";
    let below = |prefix: &'static str, rows: Vec<Row>| {
        let joined = move |(element, text, place, value): Row| -> Row {
            (Box::leak(format!("{prefix}{element}").into_boxed_str()), text, place, value)
        };
        rows.into_iter().map(joined)
    };
    let elderly = vec![
        ("CertificateDate", "20260107", "/elderly/issuedOn", json!("2026-01-07")),
        ("ValidStartDate", "20260108", "/elderly/validFrom", json!("2026-01-08")),
        ("ValidEndDate", "20260109", "/elderly/validTo", json!("2026-01-09")),
        ("ContributionRatio", "020", "/elderly/ratioPercent", json!(20)),
    ];
    let limit = vec![
        ("Classification", "01", "/limit/type", json!("01")),
        ("ClassificationFlag", "A03", "/limit/category", json!("A03")),
        ("Date", "20260110", "/limit/issuedOn", json!("2026-01-10")),
        ("ValidStartDate", "20260111", "/limit/validFrom", json!("2026-01-11")),
        ("ValidEndDate", "20260112", "/limit/validTo", json!("2026-01-12")),
        ("LongTermDate", "20260113", "/limit/longTermFrom", json!("2026-01-13")),
    ];
    let disease = vec![
        ("DiseaseCategory", "1", "/specificDiseases/0/category", json!("1")),
        ("CertificateDate", "20260114", "/specificDiseases/0/issuedOn", json!("2026-01-14")),
        ("ValidStartDate", "20260115", "/specificDiseases/0/validFrom", json!("2026-01-15")),
        ("ValidEndDate", "20260116", "/specificDiseases/0/validTo", json!("2026-01-16")),
        ("SelfPay", "10000", "/specificDiseases/0/selfPayYen", json!(10_000)),
    ];
    let ticket = vec![
        ("TicketType", "1", "/medicalTicket/ticketType", json!("1")),
        ("MedicalTreatmentMonth", "202611", "/medicalTicket/treatmentMonth", json!("2026-11")),
        ("IssueNumber", "77", "/medicalTicket/issueNumber", json!("77")),
        ("MedicalTicketValidDate", "20260119", "/medicalTicket/validFrom", json!("2026-01-19")),
        ("MedicalTicketExpirationDate", "20260120", "/medicalTicket/validTo", json!("2026-01-20")),
        ("SelfPayAmount", "300", "/medicalTicket/selfPayYen", json!(300)),
    ];
    // No element of the file is known for these: the twin alone holds them.
    let twin_only = vec![
        ("", "", "/medicalTicket/payerNumber", json!("12136010")),
        ("", "", "/medicalTicket/recipientNumber", json!("0000025")),
        ("", "", "/medicalTicket/notYetLoaded", json!(false)),
        ("", "", "/publicExpenses/0/payerNumber", json!("81136244")),
        ("", "", "/publicExpenses/0/recipientNumber", json!("0000017")),
        ("", "", "/publicExpenses/0/name", json!("こども医療費")),
        ("", "", "/publicExpenses/0/validFrom", json!("2026-01-17")),
        ("", "", "/publicExpenses/0/validTo", json!("2026-01-18")),
        ("", "", "/publicExpenses/0/maxCopay", json!(200)),
    ];
    let official = below(ELDERLY, elderly).chain(below(LIMIT, limit));
    official.chain(below(DISEASE, disease)).chain(below(TICKET, ticket)).chain(twin_only).collect()
}

/// Consents and the clinic's own number: elements of the insurance, members of the twin's root.
fn consents() -> Vec<Row> {
    let (at, until) = (|| json!("2026-11-20T08:30:00+09:00"), || json!("2026-11-21T08:30:00+09:00"));
    vec![
        ("PharmacistsInfoConsFlg", "1", "/consents/0/answer", json!("given")),
        ("PharmacistsInfoConsTime", "20261120083000", "/consents/0/grantedAt", at()),
        ("PharmacistsInfoAvailableTime", "20261121083000", "/consents/0/availableUntil", until()),
        ("SpecificHealthCheckupsInfoConsFlg", "1", "/consents/1/answer", json!("given")),
        ("SpecificHealthCheckupsInfoConsTime", "20261120083000", "/consents/1/grantedAt", at()),
        ("SpecificHealthCheckupsInfoAvailableTime", "20261121083000", "/consents/1/availableUntil", until()),
        ("DiagnosisInfoConsFlg", "0", "/consents/2/answer", json!("refused")),
        ("OperationInfoConsFlg", "1", "/consents/3/answer", json!("given")),
        ("OperationInfoConsTime", "20261120083000", "/consents/3/grantedAt", at()),
        ("OperationInfoAvailableTime", "20261121083000", "/consents/3/availableUntil", until()),
        ("LimitApplicationCertificateRelatedConsFlg", "1", "/limitConsent", json!("given")),
        ("LimitApplicationCertificateRelatedConsTime", "20261120083000", "", Value::Null),
        ("ReferenceNumber", "P-1", "/referenceNumber", json!("P-1")),
    ]
}

/// The text of the element at that path, elements being named as in the file.
fn text_at(xml: &str, path: &str) -> Option<String> {
    let mut rest = xml;
    for name in path.split('/') {
        let (_, after) = rest.split_once(&format!("<{name}>"))?;
        (rest, _) = after.split_once(&format!("</{name}>"))?;
    }
    Some(rest.to_owned())
}

/// Elements that hold text.
fn leaves(xml: &str) -> usize {
    xml.lines().filter(|line| line.contains("</") && line.matches('<').count() == 2).count()
}

/// Members of the twin that hold a value.
fn values(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(values).sum(),
        Value::Array(items) => items.iter().map(values).sum(),
        Value::Null => 0,
        _ => 1,
    }
}

#[test]
fn every_member_stands_where_it_belongs_in_both_files() {
    let xml = String::from_utf8(xml_of(&order(), Encoding::Utf8)).expect("UTF-8");
    let twin: Value = serde_json::from_slice(&twin_of(&order())).expect("JSON");
    let tables = [
        (envelope(), "XmlMsg/", ""),
        (insurance(), "XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/", "/qualifications/0"),
        (certificates(), "XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/", "/qualifications/0"),
        (consents(), "XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/", ""),
    ];
    let (mut elements, mut members) = (0, 0);
    for (rows, in_xml, in_twin) in tables {
        for (element, text, place, value) in rows {
            if !element.is_empty() {
                elements += 1;
                assert_eq!(text_at(&xml, &format!("{in_xml}{element}")).as_deref(), Some(text), "{element}");
            }
            if !place.is_empty() {
                members += 1;
                assert_eq!(twin.pointer(&format!("{in_twin}{place}")), Some(&value), "{place}");
            }
        }
    }
    // Nothing stands in a file that has no row: terminal id, the notice's own code and the four scopes' names beside them.
    assert_eq!(elements, leaves(&xml), "{xml}");
    assert_eq!(members + 6, values(&twin), "{twin:#}");
}
