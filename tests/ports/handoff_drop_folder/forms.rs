//! Whatever CP932 can hold comes back from the file as it went in, and XML and JSON say the same.

use encoding_rs::SHIFT_JIS;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use uketsuke::adapters::handoff::{Encoding, Form, JsonTwin, OfficialXml, Sender};
use uketsuke::domain::consent::{Choices, Consent, ConsentAnswer, PrescriptionForm, Scope};
use uketsuke::domain::qualification::{
    AskedBy, DiseaseCertificate, ElderlyCertificate, LimitCertificate, MedicalTicket, Notice, Qualification,
    QualificationAnswer, Validity,
};
use uketsuke::domain::secret::Personal;
use uketsuke::ports::DeliveryOrder;

use super::handed_over::twin::read_twin;
use super::handed_over::{HandedOver, ReadError, read};

/// The order of the consents in the file.
const CONSENT_ORDER: [Scope; 4] =
    [Scope::SpecificHealthCheckup, Scope::Pharmaceutical, Scope::Diagnosis, Scope::Operation];

/// Every printable character of CP932.
pub fn repertoire() -> Vec<char> {
    let doubles = (0x81..=0xfc_u8).flat_map(|lead| (0x40..=0xfc_u8).map(move |trail| vec![lead, trail]));
    let singles = (0x20..=0xdf_u8).map(|byte| vec![byte]);
    let one_char = |bytes: Vec<u8>| {
        let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes)?.into_owned();
        let mut chars = text.chars();
        let (first, none) = (chars.next()?, chars.next());
        (none.is_none() && !first.is_control() && !SHIFT_JIS.encode(&text).2).then_some(first)
    };
    singles.chain(doubles).filter_map(one_char).collect()
}

fn text(chars: &[char], length: impl Into<proptest::collection::SizeRange>) -> BoxedStrategy<String> {
    vec(select(chars.to_vec()), length).prop_map(String::from_iter).boxed()
}

fn kana() -> BoxedStrategy<String> {
    let katakana = ('ァ'..='ヺ').filter(|c| !"ヮヰヱヵヶヸヹ".contains(*c)).chain("ー・　ＡＺａｚ０９－".chars());
    text(&katakana.collect::<Vec<_>>(), 1..20)
}

fn day() -> impl Strategy<Value = Date> {
    (0..80_000_i32).prop_map(|days| date(1868, 1, 25).saturating_add(jiff::Span::new().days(days)))
}

fn second() -> impl Strategy<Value = Timestamp> {
    (946_684_800..4_102_444_800_i64).prop_map(|s| Timestamp::constant(s, 0))
}

fn digits(pattern: &'static str) -> impl Strategy<Value = String> {
    proptest::string::string_regex(pattern).expect("a pattern")
}

/// Three days: issued, from, to.
fn days() -> impl Strategy<Value = (Option<Date>, Option<Date>, Option<Date>)> {
    (of(day()), of(day()), of(day()))
}

/// What can hang on an insurance, as far as the file has a place for it.
fn certificates(chars: Vec<char>) -> impl Strategy<Value = Qualification> {
    let elderly = (days(), 0..=100_u8).prop_map(|(days, ratio)| ElderlyCertificate {
        issued_on: days.0,
        valid_from: days.1,
        valid_to: days.2,
        ratio_percent: Some(ratio),
    });
    let limit = (days(), of(day()), of(digits("0[1-3]")), digits("[AB](0[1-9]|10)"));
    let limit = limit.prop_map(|(days, long_term_from, kind, category)| LimitCertificate {
        kind,
        category: Some(category),
        issued_on: days.0,
        valid_from: days.1,
        valid_to: days.2,
        long_term_from,
    });
    let disease = (days(), digits("[1-3]"), of(any::<u32>())).prop_map(|(days, category, self_pay_yen)| {
        let (issued_on, valid_from, valid_to) = days;
        DiseaseCertificate { category: Personal(category), issued_on, valid_from, valid_to, self_pay_yen }
    });
    let ticket =
        (digits("[1-4]"), digits("20[0-9]{2}-(0[1-9]|1[0-2])"), of(digits("[0-9]{1,8}")), days(), of(any::<u32>()));
    let ticket = ticket.prop_map(|(ticket_type, treatment_month, issue_number, days, self_pay_yen)| MedicalTicket {
        ticket_type,
        treatment_month,
        issue_number: issue_number.map(Personal),
        valid_from: days.0,
        valid_to: days.1,
        self_pay_yen,
        ..MedicalTicket::default()
    });
    let some = move |length| of(text(&chars, 1..length).prop_map(Personal));
    let people = (some(30), some(20), of(kana().prop_map(Personal)), of(digits("[123]")));
    let codes = (of(day()), of(any::<bool>()), of(digits("0[123]|99")));
    (people, codes, of(elderly), of(limit), vec(disease, 0..3), of(ticket)).prop_map(
        |(people, codes, elderly, limit, specific_diseases, medical_ticket)| Qualification {
            insured_name: people.0,
            name_other: people.1,
            name_other_kana: people.2,
            sex_on_back: people.3,
            certificate_issued_on: codes.0,
            preschool: codes.1,
            loss_reason: codes.2,
            elderly,
            limit,
            specific_diseases,
            medical_ticket,
            ..Qualification::default()
        },
    )
}

fn qualification(chars: Vec<char>) -> impl Strategy<Value = Qualification> {
    let more = certificates(chars.clone());
    let some = move |length| of(text(&chars, 1..length).prop_map(Personal));
    let codes = (digits("0[1-7]"), digits("[0-9]{8}"), of(digits("[0-9]{2}").prop_map(Personal)), of(digits("[12]")));
    let people = (some(20), some(20), some(30), of(kana().prop_map(Personal)), digits("[123]"), some(60));
    let dates = (of(day()), of(day()), of(day()), of(day()), of(day()));
    let rest = (of(digits("[0-9]{3}-[0-9]{4}").prop_map(Personal)), of(0..=100_u8));
    let insurer = some(30);
    (codes, people, dates, rest, insurer, more).prop_map(|(codes, people, dates, rest, insurer, more)| Qualification {
        card_classification: codes.0,
        insurer_number: Personal(codes.1),
        insurer_name: insurer.unwrap_or_default(),
        insured_symbol: people.0,
        insured_number: people.1,
        branch_number: codes.2,
        relationship: codes.3,
        name: people.2.unwrap_or_default(),
        name_kana: people.3,
        sex: people.4,
        birth_date: Personal(dates.0),
        address: people.5,
        postal_code: rest.0,
        qualified_on: dates.1,
        disqualified_on: dates.2,
        valid_from: dates.3,
        valid_to: dates.4,
        ratio_percent: rest.1,
        ..more
    })
}

/// The parts of an order, which itself has no `Debug`.
type Parts = (QualificationAnswer, Choices, Option<Timestamp>);

fn parts() -> impl Strategy<Value = Parts> {
    use ConsentAnswer::{Given, NotAnswered, NotAsked, Refused};
    let chars = repertoire();
    let answer = select(vec![Given, Refused, NotAsked, NotAnswered]);
    let forms = vec![None, Some(PrescriptionForm::Electronic), Some(PrescriptionForm::Paper)];
    let choices =
        (vec(answer.clone(), Scope::ALL.len()), answer, select(forms)).prop_map(|(answers, limit, prescription)| {
            let consents =
                Scope::ALL.iter().copied().zip(answers).map(|(scope, answer)| Consent { scope, answer }).collect();
            Choices { limit, prescription, ..Choices::of(consents) }
        });
    let notes = of(text(&chars, 1..10));
    let reference = of(text(&chars, 1..10).prop_map(Personal));
    let ways = select(vec![AskedBy::Card, AskedBy::InsuredNumber, AskedBy::Demographics]);
    let answer = (vec(qualification(chars), 1..4), second(), day(), notes, reference, ways).prop_map(
        |(qualifications, processed_at, check_date, raw_code, reference_number, asked_by)| QualificationAnswer {
            processed_at,
            check_date,
            asked_by,
            qualifications,
            notices: vec![Notice { code: "other".into(), raw_code }],
            reference_number,
            ..one_person().answer
        },
    );
    (answer, choices, of(second()))
}

pub fn order_of((answer, choices, consented_at): Parts) -> DeliveryOrder {
    DeliveryOrder { answer, choices, consented_at, entered_by: None, replaces: None }
}

/// What the file should hold of an order.
fn expected(order: &DeliveryOrder) -> HandedOver {
    let choices = &order.choices;
    let answer = |scope| choices.consents.iter().find(|c: &&Consent| c.scope == scope).copied();
    let told = |answer: ConsentAnswer| matches!(answer, ConsentAnswer::Given | ConsentAnswer::Refused);
    let given = |answer: ConsentAnswer| answer == ConsentAnswer::Given;
    let any = given(choices.limit) || choices.consents.iter().any(|c| given(c.answer));
    let mut qualifications = order.answer.qualifications.clone();
    if choices.withholds_limit() {
        qualifications.iter_mut().for_each(|q| q.limit = None);
    }
    HandedOver {
        facility_code: "1312345678".into(),
        check_id: order.answer.check_id.clone(),
        processed_at: order.answer.processed_at,
        check_date: order.answer.check_date,
        asked_by: order.answer.asked_by,
        raw_validity: "1".into(),
        side_note: order.answer.notices[0].raw_code.clone(),
        reference_number: order.answer.reference_number.clone(),
        qualifications,
        consents: CONSENT_ORDER.into_iter().filter_map(answer).filter(|c| told(c.answer)).collect(),
        limit: if told(choices.limit) { choices.limit } else { ConsentAnswer::NotAsked },
        prescription: choices.prescription,
        consented_at: order.consented_at.filter(|_| any),
    }
}

/// The order that would be written as this file.
fn order_again(file: HandedOver) -> DeliveryOrder {
    let notices = vec![Notice { code: "other".into(), raw_code: file.side_note }];
    let answer = QualificationAnswer {
        check_id: file.check_id,
        processed_at: file.processed_at,
        check_date: file.check_date,
        asked_by: file.asked_by,
        raw_validity: file.raw_validity,
        qualifications: file.qualifications,
        notices,
        reference_number: file.reference_number,
        ..one_person().answer
    };
    let choices = Choices { limit: file.limit, prescription: file.prescription, ..Choices::of(file.consents) };
    order_of((answer, choices, file.consented_at))
}

/// The one file of that form.
pub fn written(form: &dyn Form, order: &DeliveryOrder) -> Vec<u8> {
    let sender = Sender { facility_code: "1312345678", terminal_id: "K1" };
    let [file] = form.write(order, sender).expect("files").try_into().ok().expect("one file");
    assert_eq!(file.ending, form.ending());
    file.bytes.to_vec()
}

pub fn xml_of(order: &DeliveryOrder, encoding: Encoding) -> Vec<u8> {
    written(&OfficialXml::of(encoding), order)
}

pub fn twin_of(order: &DeliveryOrder) -> Vec<u8> {
    written(&JsonTwin, order)
}

#[test]
fn the_repertoire_is_that_of_cp932() {
    let chars = repertoire();
    assert!(chars.len() > 7_000, "{}", chars.len());
    assert!("髙﨑德①●ｶ〒A".chars().all(|c| chars.contains(&c)));
    assert!(!chars.contains(&'𠮷'));
}

proptest! {
    #[test]
    fn what_cp932_holds_comes_back(parts in parts()) {
        let order = order_of(parts);
        for encoding in [Encoding::Windows31J, Encoding::Utf8] {
            prop_assert_eq!(read(&xml_of(&order, encoding)).expect("readable"), expected(&order));
        }
    }

    #[test]
    fn xml_to_json_to_xml_loses_nothing(parts in parts()) {
        let order = order_of(parts);
        for encoding in [Encoding::Windows31J, Encoding::Utf8] {
            let first = xml_of(&order, encoding);
            let twin = twin_of(&order_again(read(&first).expect("readable XML")));
            let again = order_again(read_twin(&twin).expect("a readable twin"));
            prop_assert_eq!(xml_of(&again, encoding), first);
            prop_assert_eq!(twin_of(&again), twin);
        }
    }

    #[test]
    fn the_twin_keeps_what_cp932_cannot_hold(name in "[髙﨑德①●𠮷野葛한é\u{e0100}\u{fe00}A-Z]{1,12}") {
        let mut order = one_person();
        order.answer.qualifications[0].name = Personal(name.clone());
        let twin = read_twin(&twin_of(&order)).expect("a readable twin");
        prop_assert_eq!(&twin.qualifications[0].name.0, &name);
        let utf8 = read(&xml_of(&order, Encoding::Utf8)).expect("readable");
        prop_assert_eq!(&utf8.qualifications[0].name.0, &name);
        let sjis = read(&xml_of(&order, Encoding::Windows31J)).expect("readable");
        let kept = |name: &str, c: char| name.matches(c).count();
        for c in "髙﨑德①".chars() {
            let varied = name.contains(|c: char| ('\u{fe00}'..='\u{fe0f}').contains(&c) || c == '\u{e0100}');
            prop_assert!(varied || kept(&sjis.qualifications[0].name.0, c) == kept(&name, c));
        }
        let lost = sjis.qualifications[0].name.0.contains(['𠮷', '한', 'é', '\u{e0100}']);
        prop_assert!(!lost, "what CP932 cannot hold is ●");
    }

    #[test]
    fn no_bytes_break_the_twins_reader(bytes in vec(any::<u8>(), 0..400)) {
        prop_assert!(read_twin(&bytes).is_err());
    }

    #[test]
    fn any_text_gives_a_readable_file(name in any::<String>(), kana in any::<String>()) {
        let mut order = one_person();
        order.answer.qualifications[0].name = Personal(name.clone());
        order.answer.qualifications[0].name_kana = Some(Personal(kana));
        let found = read(&xml_of(&order, Encoding::Windows31J)).expect("readable");
        prop_assert!(found.qualifications[0].name.0.chars().count() <= name.chars().count());
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
    }
}

fn one_person() -> DeliveryOrder {
    DeliveryOrder {
        answer: QualificationAnswer {
            check_id: "5f3e3c2a-6e0f-4a41-a5b8-0a3b3f0a2b11".into(),
            processed_at: Timestamp::constant(1_795_131_000, 0),
            check_date: date(2026, 11, 20),
            asked_by: AskedBy::Card,
            validity: Validity::Valid,
            raw_validity: "1".into(),
            qualifications: vec![Qualification::default()],
            notices: Vec::new(),
            reference_number: None,
            as_received: Vec::new(),
        },
        choices: Choices::of(Vec::new()),
        consented_at: None,
        entered_by: None,
        replaces: None,
    }
}

#[test]
fn foreign_files_are_refused_with_a_reason() {
    assert_eq!(read(&vec![b' '; (4 << 20) + 1]), Err(ReadError::TooLong));
    assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><A>\xff</A>"), Err(ReadError::Encoding));
    assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><A>\xfd</A>"), Err(ReadError::Encoding));
    assert!(matches!(read(b"<!DOCTYPE a [<!ENTITY b \"c\">]><XmlMsg/>"), Err(ReadError::Xml(_))));
    assert!(matches!(read("<A>".repeat(100).as_bytes()), Err(ReadError::Xml(_))));
    assert_eq!(read(b"<XmlMsg/>"), Err(ReadError::Element("MessageHeader")));
}
