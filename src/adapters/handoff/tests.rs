//! Whatever CP932 can hold comes back from the file as it went in.

use encoding_rs::SHIFT_JIS;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::config::Encoding;
use super::document::document;
use super::names::CONSENT_ORDER;
use super::read::{HandedOver, read};
use super::xml;
use crate::domain::consent::{Choices, Consent, ConsentAnswer, Scope};
use crate::domain::qualification::{AskedBy, Notice, Qualification, QualificationAnswer, Validity};
use crate::domain::secret::Personal;
use crate::ports::DeliveryOrder;

/// Every printable character of CP932.
fn repertoire() -> Vec<char> {
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

fn qualification(chars: Vec<char>) -> impl Strategy<Value = Qualification> {
    let some = move |length| of(text(&chars, 1..length).prop_map(Personal));
    let digits = |pattern: &'static str| proptest::string::string_regex(pattern).expect("a pattern");
    let codes = (digits("0[1-7]"), digits("[0-9]{8}"), of(digits("[0-9]{2}").prop_map(Personal)), of(digits("[12]")));
    let people = (some(20), some(20), some(30), of(kana().prop_map(Personal)), digits("[123]"), some(60));
    let dates = (of(day()), of(day()), of(day()), of(day()), of(day()));
    let rest = (of(digits("[0-9]{3}-[0-9]{4}").prop_map(Personal)), of(0..=100_u8), of(digits("[AB](0[1-9]|10)")));
    let insurer = some(30);
    (codes, people, dates, rest, insurer).prop_map(|(codes, people, dates, rest, insurer)| Qualification {
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
        limit_category: rest.2,
    })
}

/// The parts of an order, which itself has no `Debug`.
type Parts = (QualificationAnswer, Vec<Consent>, Option<Timestamp>);

fn parts() -> impl Strategy<Value = Parts> {
    use ConsentAnswer::{Given, NotAnswered, NotAsked, Refused};
    let chars = repertoire();
    let answer = select(vec![Given, Refused, NotAsked, NotAnswered]);
    let consents = vec(answer, Scope::ALL.len()).prop_map(|answers| {
        Scope::ALL.into_iter().zip(answers).map(|(scope, answer)| Consent { scope, answer }).collect()
    });
    let notes = of(text(&chars, 1..10));
    let reference = of(text(&chars, 1..10).prop_map(Personal));
    let answer = (vec(qualification(chars), 1..4), second(), day(), notes, reference).prop_map(
        |(qualifications, processed_at, check_date, raw_code, reference_number)| QualificationAnswer {
            processed_at,
            check_date,
            qualifications,
            notices: vec![Notice { code: "other".into(), raw_code }],
            reference_number,
            ..one_person().answer
        },
    );
    (answer, consents, of(second()))
}

/// What the file should hold of an order.
fn expected(order: &DeliveryOrder) -> HandedOver {
    let answer = |scope| order.choices.consents.iter().find(|c: &&Consent| c.scope == scope).copied();
    let told = |c: &Consent| matches!(c.answer, ConsentAnswer::Given | ConsentAnswer::Refused);
    let given = order.choices.consents.iter().any(|c| c.answer == ConsentAnswer::Given);
    HandedOver {
        facility_code: "1312345678".into(),
        check_id: order.answer.check_id.clone(),
        processed_at: order.answer.processed_at,
        check_date: order.answer.check_date,
        raw_validity: "1".into(),
        side_note: order.answer.notices[0].raw_code.clone(),
        reference_number: order.answer.reference_number.clone(),
        qualifications: order.answer.qualifications.clone(),
        consents: CONSENT_ORDER.into_iter().filter_map(answer).filter(told).collect(),
        consented_at: order.consented_at.filter(|_| given),
    }
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
    fn what_cp932_holds_comes_back((answer, consents, consented_at) in parts()) {
        let choices = Choices::of(consents);
        let order = DeliveryOrder { answer, choices, consented_at, entered_by: None, replaces: None };
        for encoding in [Encoding::ShiftJis, Encoding::Utf8] {
            let bytes = xml::bytes(&document(&order, "1312345678", encoding), encoding).expect("bytes");
            prop_assert_eq!(read(&bytes).expect("readable"), expected(&order));
        }
    }

    #[test]
    fn any_text_gives_a_readable_file(name in any::<String>(), kana in any::<String>()) {
        let mut order = one_person();
        order.answer.qualifications[0].name = Personal(name.clone());
        order.answer.qualifications[0].name_kana = Some(Personal(kana));
        let bytes = xml::bytes(&document(&order, "1312345678", Encoding::ShiftJis), Encoding::ShiftJis).expect("bytes");
        let found = read(&bytes).expect("readable");
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
        },
        choices: Choices::of(Vec::new()),
        consented_at: None,
        entered_by: None,
        replaces: None,
    }
}

#[test]
fn foreign_files_are_refused_with_a_reason() {
    use super::read::ReadError;
    assert_eq!(read(&vec![b' '; (4 << 20) + 1]), Err(ReadError::TooLong));
    assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><A>\xff</A>"), Err(ReadError::Encoding));
    assert_eq!(read(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><A>\xfd</A>"), Err(ReadError::Encoding));
    assert!(matches!(read(b"<!DOCTYPE a [<!ENTITY b \"c\">]><XmlMsg/>"), Err(ReadError::Xml(_))));
    assert!(matches!(read("<A>".repeat(100).as_bytes()), Err(ReadError::Xml(_))));
    assert_eq!(read(b"<XmlMsg/>"), Err(ReadError::Element("MessageHeader")));
}
