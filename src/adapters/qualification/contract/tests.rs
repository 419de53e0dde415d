use jiff::civil::date;

use super::*;
use crate::adapters::signs::Repertoire;
use crate::domain::consent::{Consent, ConsentAnswer, Scope};
use crate::domain::qualification::{Authentication, CardFaceProof, CardProof, Validity};

fn proof() -> CardProof {
    CardProof {
        authentication: Authentication::Face,
        challenge_id: "c1".into(),
        certificate: vec![0x30, 0x82],
        signature: None,
        card_face: Some(CardFaceProof {
            basic: vec![1],
            pictures_hash: [2; 32],
            portrait_hash: [3; 32],
            signature: vec![4],
            issuer_certificate: vec![5],
            card_signature: vec![6],
        }),
    }
}

#[test]
fn the_check_request_has_the_names_of_the_contract() {
    let request = check_request("1310000001", date(2026, 11, 20), &proof());
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(json["facilityCode"], "1310000001");
    assert_eq!(json["checkDate"], "2026-11-20");
    assert_eq!(json["method"], "mynaCard");
    assert_eq!(json["mynaCard"]["authentication"], "face");
    assert_eq!(json["mynaCard"]["certificate"], "MII=");
    assert!(json["mynaCard"]["signature"].is_null());
    assert_eq!(json["mynaCard"]["cardFace"]["picturesHash"], "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=");
    let back: QualificationCheckRequest = serde_json::from_value(json).unwrap();
    assert!(back == request);
}

#[test]
fn a_request_with_an_unknown_member_is_refused() {
    for place in ["", "mynaCard"] {
        let mut json = serde_json::to_value(check_request("1310000001", date(2026, 11, 20), &proof())).unwrap();
        let object = if place.is_empty() { &mut json } else { &mut json[place] };
        object["pin"] = "1234".into();
        assert!(serde_json::from_value::<QualificationCheckRequest>(json).is_err());
    }
}

fn check(json: &str) -> Result<crate::domain::qualification::QualificationAnswer, ContractError> {
    let now = "2026-11-20T09:00:00+09:00".parse().unwrap();
    let asked = Asked { repertoire: Repertoire::Unicode, ..Asked::on(date(2026, 11, 20), now) };
    answer(read(json.as_bytes())?, &asked)
}

/// The only insurance of an answer.
const INSURANCE: &str =
    r#"{"cardClassification":"01","insurerNumber":"01999911","insurerName":"x","name":"佐倉","sex":"female"}"#;

#[test]
fn unknown_members_are_ignored_and_unknown_codes_kept() {
    let found = check(
        r#"{"qualificationCheckId":"q1","status":"completed","processedAt":"2026-11-20T09:00:00+09:00",
            "checkDate":"2026-11-20","validity":"somethingNew","rawValidityCode":"6","futureMember":{"a":[1]},
            "qualifications":[{"cardClassification":"99","insurerNumber":"01999911","insurerName":"x","name":"𠮷田　●",
              "sex":"other","relationship":"self","elderly":{"ratioPercent":20},"limit":{"category":"B09"},"more":1}],
            "notices":[{"code":"newNotice","message":"m"}],"consents":[]}"#,
    )
    .unwrap();
    assert_eq!((found.validity, found.raw_validity.as_str()), (Validity::Unknown, "6"));
    let entry = &found.qualifications[0];
    assert_eq!((entry.sex.as_str(), entry.relationship.as_deref()), ("other", Some("1")));
    assert_eq!(entry.elderly.as_ref().and_then(|elderly| elderly.ratio_percent), Some(20));
    assert_eq!(entry.limit.as_ref().and_then(|limit| limit.category.as_deref()), Some("B09"));
    assert_eq!(entry.name.0, "𠮷田　●");
    assert_eq!(found.processed_at.to_string(), "2026-11-20T00:00:00Z");
}

#[test]
fn answers_that_break_a_rule_are_refused() {
    let of = |qualifications: &str, middle: &str| {
        let lists = format!(r#""qualifications":[{qualifications}],"notices":[],"consents":[]"#);
        let body = format!(r#"{{"qualificationCheckId":"q1","checkDate":"2026-11-20",{lists},{middle}}}"#);
        check(&body).map(|_| ()).unwrap_err().0
    };
    let with = |middle: &str| of("", middle);
    let time = r#""processedAt":"2026-11-20T09:00:00+09:00""#;
    assert_eq!(with(r#""status":"processing""#), "status is not completed");
    assert_eq!(with(r#""status":"completed""#), "processedAt is missing");
    assert_eq!(with(&format!(r#""status":"completed",{time}"#)), "validity is missing");
    assert_eq!(with(&format!(r#""status":"completed",{time},"validity":"valid""#)), "valid without a qualification");
    let extra = format!(r#""status":"completed",{time},"validity":"notFound""#);
    assert_eq!(of(INSURANCE, &extra), "notFound or multiple with a qualification");
}

/// Which members are required is tested against the document, in `tests/ports/gateway_mtls/odd_answers.rs`.
#[test]
fn what_cannot_be_read_is_named_and_its_value_never() {
    let of = |insurance: &str| {
        let lists = format!(r#""qualifications":[{insurance}],"notices":[],"consents":[]"#);
        let body = format!(
            r#"{{"qualificationCheckId":"q1","checkDate":"2026-11-20","status":"completed","validity":"valid",
                "processedAt":"2026-11-20T09:00:00+09:00",{lists}}}"#
        );
        check(&body).map(|found| found.qualifications.len()).map_err(|error| error.0.into_owned())
    };
    assert_eq!(of(INSURANCE), Ok(1));
    let without = |member: &str| of(&INSURANCE.replace(member, r#""other""#)).unwrap_err();
    assert_eq!(without(r#""name""#), "qualifications.0.name is missing");
    assert_eq!(without(r#""insurerNumber""#), "qualifications.0.insurerNumber is missing");
    let typed = of(&INSURANCE.replace(r#""佐倉""#, "17")).unwrap_err();
    assert_eq!(typed, "qualifications.0.name is of another type");
    assert_eq!(read::<QualificationCheck>("佐倉".as_bytes()).err().unwrap().0, "no JSON at line 1, column 1");
    assert!(read::<QualificationCheck>(b"{} {}").is_err());
    assert!(read::<QualificationCheck>("[".repeat(10_000).as_bytes()).is_err());
}

/// An answer in the middle of whose insurance something more stands.
fn with(more: &str) -> Result<crate::domain::qualification::QualificationAnswer, ContractError> {
    let insurance = INSURANCE.replace("}", &format!(",{more}}}"));
    check(&format!(
        r#"{{"qualificationCheckId":"q1","checkDate":"2026-11-20","status":"completed","validity":"valid",
            "processedAt":"2026-11-20T09:00:00+09:00","qualifications":[{insurance}],"notices":[],"consents":[]}}"#
    ))
}

#[test]
fn a_birth_date_without_day_costs_the_birth_date_alone() {
    for unknown in ["1930-00-00", "1930-05-00", "1930-02-30", "0000-00-00", "1849-12-31"] {
        let answer = with(&format!(r#""birthDate":"{unknown}","address":"見本市""#)).unwrap();
        assert_eq!(answer.qualifications[0].birth_date.0, None, "{unknown}");
        assert_eq!(answer.qualifications[0].address.as_ref().unwrap().0, "見本市");
        let [told] = answer.as_received.as_slice() else { panic!("{unknown}") };
        assert_eq!(told.member, "qualifications.0.birthDate");
        assert_eq!(told.original.as_ref().map(|original| original.0.as_str()), Some(unknown));
    }
}

#[test]
fn what_says_nothing_is_nobodys_business() {
    for nothing in [r#""address":null"#, r#""address":"""#, r#""address":"　""#, r#""specificDiseases":null"#] {
        let answer = with(nothing).unwrap();
        assert_eq!((answer.qualifications[0].address.as_ref(), answer.as_received.as_slice()), (None, &[][..]));
    }
}

#[test]
fn what_hangs_on_an_odd_member_goes_with_it_and_what_lies_beside_stays() {
    let answer = with(
        r#""specificDiseases":[{"category":"1"},{"category":null},{"category":"2"}],"address":"見本市",
            "medicalTicket":{"payerNumber":"12139999","recipientNumber":17,"ticketType":"1","treatmentMonth":"2026-11"}"#,
    )
    .unwrap();
    let categories: Vec<_> = answer.qualifications[0].specific_diseases.iter().map(|d| d.category.0.as_str()).collect();
    assert_eq!((categories, answer.qualifications[0].medical_ticket.is_none()), (vec!["1", "2"], true));
    let mut told: Vec<_> = answer.as_received.iter().map(|told| told.member.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["qualifications.0.medicalTicket", "qualifications.0.specificDiseases.1"]);
}

#[test]
fn an_answer_of_oddities_alone_is_none() {
    let diseases = vec!["17"; 16].join(",");
    let many = format!(r#""specificDiseases":[{diseases}],"publicExpenses":[{diseases}],"address":1,"sexOnBack":2"#);
    assert!(with(&many).unwrap_err().0.starts_with("more than 32 members cannot be read"));
}

#[test]
fn half_a_sign_costs_its_member_nothing_but_the_sign() {
    for (half, read) in [
        (r"\ud842野", "●野"),
        (r"\udfb7野", "●野"),
        (r"\ud842\u0041", "●A"),
        (r"\ud842\udfb7野", "𠮷野"),
        (r"\\ud842", r"\ud842"),
    ] {
        let answer = with(&format!(r#""address":"{half}""#)).unwrap();
        assert_eq!(answer.qualifications[0].address.as_ref().unwrap().0, read, "{half}");
    }
}

#[test]
fn an_answer_is_held_against_what_was_asked() {
    let at = |time: &str| -> jiff::Timestamp { time.parse().unwrap() };
    let day = date(2026, 11, 20);
    let of = |asked: &Asked, text: &str| {
        let body = format!(
            r#"{{"qualificationCheckId":"q1","checkDate":"2026-11-20","status":"completed","validity":"notFound",
                "processedAt":"{text}","qualifications":[],"notices":[],"consents":[]}}"#
        );
        answer(read(body.as_bytes()).unwrap(), asked).map(|_| ()).map_err(|error| error.0.into_owned())
    };
    let asked = Asked::on(day, at("2026-11-20T09:00:00+09:00"));
    for good in ["2026-11-19T09:00:00+09:00", "2026-11-20T09:00:00+09:00", "2026-11-21T09:00:00+09:00"] {
        assert_eq!(of(&asked, good), Ok(()));
    }
    for far in ["2026-11-19T08:59:59+09:00", "2026-11-21T09:00:01+09:00", "1970-01-01T00:00:00Z"] {
        assert_eq!(of(&asked, far), Err("processedAt is more than a day away".into()));
    }
    let now = "2026-11-20T09:00:00+09:00";
    let other = Asked::on(date(2026, 11, 19), at(now));
    assert_eq!(of(&other, now), Err("checkDate is not the day that was asked for".into()));
    let named = Asked { id: Some("q2".into()), ..Asked::on(day, at(now)) };
    assert_eq!(of(&named, now), Err("qualificationCheckId is of another check".into()));
    // A registration just after midnight completes a check of the day before.
    assert_eq!(of(&Asked::registration(at("2026-11-21T00:05:00+09:00")), now), Ok(()));
    assert!(of(&Asked::registration(at("2026-11-21T00:15:00+09:00")), now).is_err());
}

#[test]
fn only_given_and_refused_consents_are_sent() {
    let consent = |scope, answer| Consent { scope, answer };
    let all = [
        consent(Scope::Pharmaceutical, ConsentAnswer::Given),
        consent(Scope::Diagnosis, ConsentAnswer::Refused),
        consent(Scope::Operation, ConsentAnswer::NotAnswered),
        consent(Scope::SpecificHealthCheckup, ConsentAnswer::NotAsked),
    ];
    let at = "2026-11-20T00:00:00Z".parse().unwrap();
    let json = serde_json::to_string(&consents_request(&all, at).unwrap()).unwrap();
    assert_eq!(
        json,
        r#"{"grantedAt":"2026-11-20T09:00:00+09:00","consents":[{"scope":"pharmaceutical","granted":true},{"scope":"diagnosis","granted":false}]}"#
    );
    assert!(consents_request(&all[2..], at).is_none());
}

#[test]
fn problems_are_named_once_and_hold_no_empty_members() {
    let problem = Problem::new(ProblemName::CardCertificateInvalid).because("expired");
    let json = serde_json::to_string(&problem).unwrap();
    assert_eq!(
        json,
        r#"{"type":"urn:myna-uketsuke:problem:card-certificate-invalid","title":"The card's certificate is not accepted","status":422,"retryable":false,"cause":"expired"}"#
    );
    let slugs: std::collections::BTreeSet<_> = ProblemName::ALL.iter().map(|name| name.slug()).collect();
    assert_eq!(slugs.len(), ProblemName::ALL.len());
    for name in ProblemName::ALL {
        assert_eq!(Problem::new(*name).name(), Some(*name));
    }
    assert_eq!(serde_json::from_str::<Problem>(r#"{"type":"about:blank"}"#).unwrap().name(), None);
}

#[test]
fn dates_are_strict() {
    assert!(serde_json::from_str::<WireDate>(r#""2026-02-29""#).is_err());
    assert!(serde_json::from_str::<WireDate>(r#""20261120""#).is_err());
    assert!(serde_json::from_str::<WireDate>(r#""2026-11-20T00:00""#).is_err());
    assert!(serde_json::from_str::<WireDate>(r#""2026-11-20""#).is_ok());
}

#[test]
fn the_terminal_uri_reads_back() {
    let uri = terminal_uri("1310000001", "T001");
    assert_eq!(parse_terminal_uri(&uri), Some(("1310000001".into(), "T001".into())));
    for wrong in
        ["urn:other", "urn:myna-uketsuke:facility:131:terminal:T1", "urn:myna-uketsuke:facility:1310000001:terminal:"]
    {
        assert_eq!(parse_terminal_uri(wrong), None);
    }
    assert_eq!(terminal_uri("1310000001", "T001").matches(':').count(), 5);
}
