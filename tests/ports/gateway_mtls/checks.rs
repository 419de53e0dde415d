//! What the insurer's side answers, by PIN and by face.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use uketsuke::domain::consent::{Consent, ConsentAnswer, Scope, comprehensive};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::{Authentication, CardProof, Validity};
use uketsuke::domain::registration::{Application, Linkage};
use uketsuke::gateway::Counts;
use uketsuke::gateway::settings::Settings;
use uketsuke::people::insurance::{Procedure, Standing};
use uketsuke::people::insured;
use uketsuke::ports::{QualificationCommand, QualificationReply};

use super::support::{Card, Client, MORNING, Rig, not_before, today};

#[test]
fn a_pin_signature_brings_the_qualification() {
    let rig = Rig::new();
    let answer = rig.client().check_by_pin("p02").unwrap();
    assert_eq!((answer.validity, answer.raw_validity.as_str()), (Validity::Valid, "1"));
    assert_eq!(answer.check_date, today());
    let insurance = &answer.qualifications[0];
    assert_eq!(insurance.insurer_number.0, "06999916");
    assert_eq!(insurance.insured_symbol.as_ref().unwrap().0, "１２－３４");
    assert_eq!(insurance.name.0, "高森　健太");
    assert_eq!(insurance.limit.as_ref().and_then(|limit| limit.category.as_deref()), Some("A03"));
    assert!(!answer.summary().grace && !answer.summary().expiring);
    assert_eq!(rig.gateway().counts().unwrap(), Counts { checks: 1, consents: 0, registrations: 0 });
}

#[test]
fn a_card_face_brings_the_qualification() {
    let rig = Rig::new();
    let client = rig.client();
    let answer = client.check(Card::of("p07").by_face(&client.challenge())).unwrap();
    assert_eq!(answer.validity, Validity::Valid);
    assert_eq!(answer.qualifications[0].ratio_percent, Some(10));
    assert_eq!(answer.qualifications[0].insured_symbol, None);
    let challenge = client.challenge();
    let by_eye = CardProof { authentication: Authentication::Visual, ..Card::of("p08").by_face(&challenge) };
    assert_eq!(client.check(by_eye).unwrap().qualifications[0].relationship.as_deref(), Some("2"));
}

#[test]
fn a_proof_that_does_not_hold_is_refused() {
    let rig = Rig::new();
    let client = rig.client();
    let card = Card::of("p02");
    let spoil = |change: fn(&mut CardProof)| {
        let mut proof = card.by_pin(&client.challenge());
        change(&mut proof);
        client.check(proof).unwrap_err()
    };
    assert_eq!(spoil(|proof| proof.signature.as_mut().unwrap()[9] ^= 1), Failure::CheckRefused);
    assert_eq!(spoil(|proof| proof.signature = None), Failure::CheckRefused);
    assert_eq!(spoil(|proof| proof.certificate.truncate(100)), Failure::CertificateUnusable);
    let challenge = client.challenge();
    let mut forged = card.by_face(&challenge);
    forged.card_face.as_mut().unwrap().portrait_hash[0] ^= 1;
    assert_eq!(client.check(forged).unwrap_err(), Failure::CheckRefused);
    let challenge = client.challenge();
    let mut swapped = card.by_face(&challenge);
    swapped.card_face = Some(Card::of("p03").face(&challenge));
    assert_eq!(client.check(swapped).unwrap_err(), Failure::CheckRefused);
    assert_eq!(rig.checks(), 0);
}

#[test]
fn a_challenge_serves_once_and_for_a_minute() {
    let rig = Rig::new();
    let client = rig.client();
    let proof = Card::of("p01").by_pin(&client.challenge());
    client.check(proof.clone()).unwrap();
    assert_eq!(client.check(proof).unwrap_err(), Failure::CheckRefused);
    let late = Card::of("p01").by_pin(&client.challenge());
    rig.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(client.check(late).unwrap_err(), Failure::CheckRefused);
    assert_eq!(rig.checks(), 1);
}

#[test]
fn certificates_are_judged_by_their_dates() {
    let rig = Rig::new();
    let client = rig.client();
    let check = |last_day| client.check(Card::ending("p05", last_day).by_pin(&client.challenge()));
    let expiring = check(date(2027, 2, 20)).unwrap().summary();
    assert!(expiring.expiring && !expiring.grace);
    let grace = check(date(2026, 8, 15)).unwrap().summary();
    assert!(grace.expiring && grace.grace);
    assert_eq!(save(&client, &grace.check_id, comprehensive(ConsentAnswer::Given)), Err(Failure::CheckRefused));
    assert_eq!(check(date(2026, 7, 31)).unwrap_err(), Failure::CertificateEnded);
}

#[test]
fn test_cards_are_refused_where_nobody_trusts_them() {
    let rig = Rig::with(Settings::default(), false);
    assert_eq!(rig.client().check_by_pin("p01").unwrap_err(), Failure::CertificateUnusable);
}

#[test]
fn a_card_that_is_not_registered_is_registered_in_the_same_visit() {
    let rig = Rig::new();
    let client = rig.client();
    let proof = Card::of("p06").by_pin(&client.challenge());
    assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered);
    assert_eq!(rig.checks(), 0);
    let answer = client.register(proof.clone()).unwrap();
    assert_eq!(answer.validity, Validity::Valid);
    assert_eq!(answer.qualifications[0].elderly.as_ref().and_then(|e| e.ratio_percent), Some(20));
    assert_eq!(rig.gateway().counts().unwrap(), Counts { checks: 1, consents: 0, registrations: 1 });
    assert_eq!(client.register(proof).unwrap_err(), Failure::CheckRefused);
    assert_eq!(client.check_by_pin("p06").unwrap().validity, Validity::Valid);
}

#[test]
fn a_card_that_was_only_asked_about_is_registered_without_a_check() {
    let rig = Rig::new();
    let client = rig.client();
    let proof = Card::of("p06").by_pin(&client.challenge());
    let status = client.inquire(proof.clone()).unwrap();
    assert!(status.may_register(), "{status:?}");
    assert_eq!(client.inquire(proof.clone()).unwrap_err(), Failure::CheckRefused, "a challenge serves once");
    assert!(matches!(client.try_register(proof.clone()), Ok(QualificationReply::Registered)));
    assert_eq!(client.register(proof).unwrap_err(), Failure::CheckRefused, "nor is it registered twice");
    assert_eq!(rig.gateway().counts().unwrap(), Counts { checks: 0, consents: 0, registrations: 1 });
    let status = client.inquire(Card::of("p06").by_pin(&client.challenge())).unwrap();
    assert_eq!((status.application, status.linkage), (Application::Accepted, Linkage::Completed));
    assert!(status.registered_at.is_some());
    assert_eq!(client.check_by_pin("p06").unwrap().validity, Validity::Valid);
}

#[test]
fn an_inquiry_says_from_when_on_a_registration_works_and_is_too_old_in_the_end() {
    let rig = Rig::with_people(&["p06=not-yet"]);
    let client = rig.client();
    let proof = Card::of("p06").by_pin(&client.challenge());
    let status = client.inquire(proof.clone()).unwrap();
    assert_eq!(status.available_from, Some(date(2026, 11, 24).at(12, 0, 0, 0)));
    assert!(!status.may_register());
    let from = not_before(client.try_register(proof.clone()).unwrap());
    assert_eq!(from, "2026-11-24T12:00:00+09:00".parse().unwrap());
    rig.gateway().change(|settings| settings.people.clear());
    rig.clock.advance(SignedDuration::from_mins(11));
    assert_eq!(client.register(proof).unwrap_err(), Failure::CheckRefused);
}

#[test]
fn a_registration_can_come_too_early_or_too_late() {
    let rig = Rig::with_people(&["p06=not-yet"]);
    let client = rig.client();
    let proof = Card::of("p06").by_pin(&client.challenge());
    assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered);
    // The certificate was renewed today, a Friday before a long weekend.
    let from = not_before(client.try_register(proof.clone()).unwrap());
    assert_eq!(from, "2026-11-24T12:00:00+09:00".parse().unwrap());
    rig.gateway().change(|settings| settings.people.clear());
    rig.clock.advance(SignedDuration::from_mins(11));
    assert_eq!(client.register(proof).unwrap_err(), Failure::CheckRefused);
}

#[test]
fn every_business_answer_arrives_as_such() {
    let cases = [
        ("valid", Validity::Valid, 1),
        ("invalid", Validity::Invalid, 1),
        ("superseded", Validity::Superseded, 1),
        ("not-found", Validity::NotFound, 0),
        ("multiple", Validity::Multiple, 0),
    ];
    let rig = Rig::new();
    let client = rig.client();
    for (word, validity, insurances) in cases {
        let special: uketsuke::gateway::settings::Special = format!("p05={word}").parse().unwrap();
        rig.gateway().change(|settings| settings.people.extend([(special.person, special.say)]));
        let answer = client.check_by_pin("p05").unwrap();
        assert_eq!((answer.validity, answer.qualifications.len()), (validity, insurances), "{word}");
        let ended = answer.qualifications.first().and_then(|q| q.disqualified_on);
        assert_eq!(ended.is_some(), matches!(validity, Validity::Invalid | Validity::Superseded), "{word}");
    }
    rig.gateway().change(|settings| {
        settings.people.insert("p05".into(), uketsuke::gateway::settings::Say::Revoked);
    });
    assert_eq!(client.check_by_pin("p05").unwrap_err(), Failure::CertificateRevoked);
}

#[test]
fn awkward_characters_arrive_unchanged() {
    let rig = Rig::new();
    let client = rig.client();
    let outside = client.check_by_pin("p03").unwrap();
    assert!(outside.qualifications[0].address.as_ref().unwrap().0.contains('𠮷'));
    let unprintable = client.check_by_pin("p04").unwrap();
    assert_eq!(unprintable.summary().patient.0.name, "中●　浩二");
    assert!(unprintable.notices.iter().any(|notice| notice.code == "nameHasUnmappable"));
}

fn save(client: &Client, check_id: &str, consents: Vec<Consent>) -> Result<(), Failure> {
    let at: Timestamp = MORNING.parse().unwrap();
    let command = QualificationCommand::SaveConsents { check_id: check_id.into(), consents, at };
    client.ask(command).map(|reply| assert!(matches!(reply, QualificationReply::ConsentsSaved)))
}

#[test]
fn consents_are_recorded_once_however_often_they_are_sent() {
    let rig = Rig::new();
    let client = rig.client();
    let check = client.check_by_pin("p01").unwrap().check_id;
    for _ in 0..2 {
        save(&client, &check, comprehensive(ConsentAnswer::Given)).unwrap();
        assert_eq!(rig.gateway().counts().unwrap().consents, 4);
    }
    let other = vec![Consent { scope: Scope::Operation, answer: ConsentAnswer::Refused }];
    assert_eq!(save(&client, &check, other), Err(Failure::CheckRefused));
    assert_eq!(save(&client, "no-such-check", comprehensive(ConsentAnswer::Given)), Err(Failure::CheckRefused));
    assert_eq!(rig.gateway().counts().unwrap().consents, 4);
}

#[test]
fn unanswered_consents_are_not_sent() {
    let rig = Rig::new();
    let client = rig.client();
    let check = client.check_by_pin("p01").unwrap().check_id;
    save(&client, &check, comprehensive(ConsentAnswer::NotAnswered)).unwrap();
    assert_eq!(rig.gateway().counts().unwrap().consents, 0);
}

#[test]
fn a_card_stands_in_for_everybody_whom_insurers_know() {
    let rig = Rig::with(Settings { rate_limit: None, ..Settings::default() }, true);
    let client = rig.client();
    for (patient, insurance) in insured::all().unwrap() {
        let special = format!("p05={}", patient.id).parse::<uketsuke::gateway::settings::Special>().unwrap();
        rig.gateway().change(|settings| settings.people.extend([(special.person, special.say)]));
        if !insurance.registered {
            let proof = Card::of("p05").by_pin(&client.challenge());
            assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered, "{}", patient.id);
            continue;
        }
        let answer = client.check_by_pin("p05").unwrap();
        let expected = match insurance.standing {
            None => Validity::Valid,
            Some(Standing::Invalid) => Validity::Invalid,
            Some(Standing::Superseded) => Validity::Superseded,
            Some(Standing::NotFound) => Validity::NotFound,
            Some(Standing::Multiple) => Validity::Multiple,
        };
        assert_eq!(answer.validity, expected, "{}", patient.id);
        let none = matches!(expected, Validity::NotFound | Validity::Multiple);
        let Some(entry) = answer.qualifications.first().filter(|_| !none) else {
            assert!(none && answer.qualifications.is_empty(), "{}", patient.id);
            continue;
        };
        assert_eq!(entry.name.0, patient.name);
        assert_eq!(entry.insurer_number.0, insurance.insurer_number);
        assert_eq!(entry.limit.as_ref().and_then(|limit| limit.category.clone()), insurance.limit_category);
        assert_eq!(entry.ratio_percent, insurance.late_elderly_ratio_percent);
        assert_eq!(entry.elderly.as_ref().and_then(|e| e.ratio_percent), insurance.elderly_ratio_percent);
    }
}

#[test]
fn each_waiting_rule_says_its_moment() {
    let rig = Rig::new();
    let client = rig.client();
    let waits = [Procedure::CertificateRenewed, Procedure::SuspensionLifted, Procedure::CertificateAdded];
    for (patient, insurance) in insured::all().unwrap() {
        let Some(procedure) = insurance.procedure else { continue };
        let special = format!("p05={}", patient.id).parse::<uketsuke::gateway::settings::Special>().unwrap();
        rig.gateway().change(|settings| settings.people.extend([(special.person, special.say)]));
        if waits.contains(&procedure) {
            let proof = Card::of("p05").by_pin(&client.challenge());
            assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered);
            let from = not_before(client.try_register(proof).unwrap());
            assert_eq!(from, "2026-11-24T12:00:00+09:00".parse().unwrap(), "{procedure:?}");
        }
    }
    // The ones that need not wait come last: a registration counts from then on.
    let special = "p05=n56".parse::<uketsuke::gateway::settings::Special>().unwrap();
    rig.gateway().change(|settings| settings.people.extend([(special.person, special.say)]));
    let proof = Card::of("p05").by_pin(&client.challenge());
    assert_eq!(client.check(proof.clone()).unwrap_err(), Failure::NotRegistered);
    assert_eq!(client.register(proof).unwrap().validity, Validity::Valid);
}
