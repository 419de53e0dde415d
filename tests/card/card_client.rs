//! The client and the reader port over the virtual card: what the kiosk learns, what it costs, what it never touches.

use jiff::civil::{Date, date};
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use sha2::Sha256;
use uketsuke::adapters::card::CardTrust;
use uketsuke::adapters::card::survey::survey;
use uketsuke::adapters::card::virtual_card::{Fault, Switches, VirtualCard};
use uketsuke::domain::card::{Authenticity, CardKind, Tries};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::{Authentication, CardProof};
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::by_id;
use uketsuke::ports::{CardCommand, CardReply, Diagnose, Health, Observation, Report};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};

use crate::desk::{ANSWER, Desk, challenge, failure, proof};
use crate::wire::{Wire, card_with, person};

const TODAY: Date = date(2026, 11, 20);

fn signed_by_certificate(proof: &CardProof) {
    let certificate = Certificate::from_der(&proof.certificate).unwrap();
    let spki = certificate.tbs_certificate.subject_public_key_info.to_der().unwrap();
    let key = VerifyingKey::<Sha256>::new(rsa::RsaPublicKey::from_public_key_der(&spki).unwrap());
    let signature = Signature::try_from(proof.signature.as_deref().unwrap()).unwrap();
    key.verify(&challenge().nonce, &signature).unwrap();
}

#[test]
fn a_card_is_identified_without_using_a_try() {
    let mut desk = Desk::with(&[]);
    for _ in 0..5 {
        let Ok(CardReply::Identified(facts)) = desk.ask(CardCommand::Identify) else { panic!("not identified") };
        assert_eq!(facts.kind, CardKind::MyNumber);
        assert_eq!((facts.pin, facts.code_b), (Tries::Left(3), Tries::Left(10)));
        assert_eq!(facts.certificate_until, Some(date(2030, 4, 12)));
    }
    assert!(!desk.log().iter().any(|line| line.contains("masked")), "a secret was sent");
}

#[test]
fn the_pin_makes_the_card_sign_the_nonce_and_power_goes_at_once() {
    let mut desk = Desk::with(&[]);
    let proof = proof(desk.sign("1234"));
    assert_eq!((proof.authentication, proof.challenge_id.as_str()), (Authentication::Pin, "c-1"));
    assert!(proof.card_face.is_none());
    signed_by_certificate(&proof);
    desk.ask(CardCommand::Release).unwrap();
    assert_eq!(desk.reader.with_card(|card| card.is_open()), Some(false));
}

#[test]
fn the_card_is_closed_after_a_burst_whatever_the_sources_say_of_resets() {
    for switches in [true, false].map(|logs_out| Switches { select_logs_out: logs_out, reset_logs_out: logs_out }) {
        let mut desk = Desk::new();
        desk.place(card_with(&[]).with_switches(switches));
        proof(desk.sign("1234"));
        desk.ask(CardCommand::Identify).unwrap();
        assert_eq!(desk.reader.with_card(|card| card.is_open()), Some(false));
    }
}

#[test]
fn a_wrong_pin_says_two_tries_are_left_and_a_third_blocks() {
    let mut desk = Desk::with(&[]);
    for expected in [Tries::Left(2), Tries::Left(1), Tries::Blocked] {
        match desk.sign("0000") {
            Ok(CardReply::PinWrong(tries)) => assert_eq!(tries, expected),
            _ => panic!("the wrong PIN was not refused as such"),
        }
    }
    assert_eq!(failure(desk.sign("1234")), Failure::PinBlocked);
    let sent = desk.log().iter().filter(|line| line.contains("[4 bytes masked]")).count();
    assert_eq!(sent, 3, "nothing is sent to a blocked secret");
}

#[test]
fn the_right_pin_restores_the_tries() {
    let mut desk = Desk::with(&[]);
    assert!(matches!(desk.sign("0000"), Ok(CardReply::PinWrong(Tries::Left(2)))));
    proof(desk.sign("1234"));
    assert!(matches!(desk.sign("0000"), Ok(CardReply::PinWrong(Tries::Left(2)))));
}

#[test]
fn code_b_opens_the_card_face_and_the_card_key_answers() {
    let mut desk = Desk::with(&[]);
    let Ok(CardReply::CardFace { facts, portrait, name, birth }) = desk.open(&person().code_b()) else {
        panic!("not opened")
    };
    let born = person().birth.strftime("%Y%m%d").to_string();
    assert!(birth.is_some_and(|birth| birth.expose() == born.as_bytes()));
    let name = name.expect("a printed name");
    assert!(name.width() <= 320 && name.height() <= 32 && name.ink().contains(&255), "{name:?}");
    assert_eq!(facts.authenticity, Authenticity::Genuine);
    assert_eq!((facts.card_until, facts.has_portrait), (person().card_until, true));
    assert!(portrait.is_some_and(|portrait| portrait.expose() == person().portrait()));
    let proof = proof(desk.prove());
    assert_eq!(proof.authentication, Authentication::Face);
    assert!(proof.signature.is_none(), "the user-authentication key cannot sign without PIN");
    let face = proof.card_face.unwrap();
    assert!(face.basic.starts_with(&[0xDF, 0x22, 0x08]));
    assert_eq!(face.issuer_certificate, TestAuthority::load().unwrap().issuer_cv_certificate().unwrap());
    let key = TestAuthority::load().unwrap().card_key(&person()).unwrap().to_public_key();
    let signature = Signature::try_from(face.card_signature.as_slice()).unwrap();
    VerifyingKey::<Sha256>::new(key).verify(&challenge().nonce, &signature).unwrap();
}

#[test]
fn without_an_opened_face_the_proof_says_seen_by_staff() {
    let mut desk = Desk::with(&[]);
    let authentication = Authentication::Visual;
    let proof = proof(desk.ask(CardCommand::ProveWithoutPin { challenge: challenge(), authentication }));
    assert_eq!(proof.authentication, Authentication::Visual);
    assert!(proof.card_face.is_none() && proof.signature.is_none());
}

#[test]
fn a_wrong_code_b_says_nine_tries_are_left_and_the_kiosk_stops_well_before_the_end() {
    let mut desk = Desk::with(&[]);
    for expected in [9, 8, 7, 6, 5, 4, 3] {
        match desk.open("13041220349999") {
            Ok(CardReply::CodeBWrong(Tries::Left(left))) => assert_eq!(left, expected),
            _ => panic!("not refused as wrong"),
        }
    }
    assert_eq!(failure(desk.open(&person().code_b())), Failure::CodeBBlocked);
    let Ok(CardReply::Identified(facts)) = desk.ask(CardCommand::Identify) else { panic!("not identified") };
    assert_eq!(facts.code_b, Tries::Left(3), "the last tries are the patient's own");
}

#[test]
fn every_fault_ends_in_its_own_words() {
    let code = person().code_b();
    let identified = |faults: &[Fault]| match Desk::with(faults).ask(CardCommand::Identify) {
        Ok(CardReply::Identified(facts)) => facts,
        _ => panic!("{faults:?}"),
    };
    assert_eq!(identified(&[Fault::Phone]).kind, CardKind::AndroidPhone);
    assert_eq!(identified(&[Fault::IPhone]).kind, CardKind::IPhone);
    assert_eq!(identified(&[Fault::Juki]).kind, CardKind::Juki);
    assert_eq!(identified(&[Fault::OtherCard]).kind, CardKind::Other);
    assert_eq!(identified(&[Fault::PinBlocked]).pin, Tries::Blocked);
    assert_eq!(identified(&[Fault::PinTries(1)]).pin, Tries::Left(1));
    assert_eq!(identified(&[Fault::PinAbsent]).pin, Tries::Absent);
    assert_eq!(identified(&[Fault::CodeBBlocked]).code_b, Tries::Blocked);
    assert_eq!(identified(&[Fault::NoCertificate]).certificate_until, None);
    assert_eq!(identified(&[Fault::ExpiredCertificate]).certificate_until, Some(date(2026, 10, 20)));
    assert_eq!(identified(&[Fault::ExpiringCertificate]).certificate_until, Some(date(2027, 1, 20)));
    assert_eq!(identified(&[Fault::First6F00]).kind, CardKind::MyNumber);
    assert_eq!(identified(&[Fault::GetResponse]).certificate_until, Some(date(2030, 4, 12)));
    assert_eq!(failure(Desk::with(&[Fault::PinAbsent]).sign("1234")), Failure::PinAbsent);
    assert_eq!(failure(Desk::with(&[Fault::PinBlocked]).sign("1234")), Failure::PinBlocked);
    assert_eq!(failure(Desk::with(&[Fault::NoCertificate]).sign("1234")), Failure::NoCertificate);
    assert_eq!(failure(Desk::with(&[Fault::OtherCard]).sign("1234")), Failure::NotMyNumberCard);
    assert_eq!(failure(Desk::with(&[Fault::CodeBBlocked]).open(&code)), Failure::CodeBBlocked);
    assert_eq!(failure(Desk::with(&[Fault::CodeBTries(3)]).open(&code)), Failure::CodeBBlocked);
    assert_eq!(failure(Desk::with(&[Fault::Phone]).open(&code)), Failure::NoPortrait);
    assert_eq!(failure(Desk::with(&[Fault::Mute]).ask(CardCommand::Identify)), Failure::CardUnreadable);
    assert_eq!(failure(Desk::new().ask(CardCommand::Identify)), Failure::CardGone);
}

#[test]
fn an_infants_card_has_no_portrait_and_is_genuine() {
    match Desk::with(&[Fault::NoPortrait]).open(&person().code_b()) {
        Ok(CardReply::CardFace { facts, portrait: None, .. }) => {
            assert_eq!((facts.has_portrait, facts.authenticity), (false, Authenticity::Genuine));
        }
        _ => panic!("not opened"),
    }
}

#[test]
fn filler_short_readers_and_get_response_change_nothing() {
    for faults in [
        vec![Fault::Filler],
        vec![Fault::ShortOnly],
        vec![Fault::GetResponse],
        vec![Fault::Filler, Fault::ShortOnly, Fault::GetResponse, Fault::First6F00],
    ] {
        let mut desk = Desk::with(&faults);
        match desk.open(&person().code_b()) {
            Ok(CardReply::CardFace { facts, portrait: Some(portrait), .. }) => {
                assert_eq!(facts.authenticity, Authenticity::Genuine, "{faults:?}");
                assert!(portrait.expose() == person().portrait());
            }
            _ => panic!("not opened with {faults:?}"),
        }
        signed_by_certificate(&proof(desk.sign("1234")));
    }
}

#[test]
fn each_forgery_has_its_verdict_and_never_gets_into_a_proof() {
    for (fault, verdict) in [
        (Fault::CorruptedPortrait, Authenticity::Forged),
        (Fault::ForgedFace, Authenticity::Forged),
        (Fault::UnknownFaceIssuer, Authenticity::UnknownIssuer),
        (Fault::Cloned, Authenticity::KeyNotHeld),
    ] {
        let mut desk = Desk::with(&[fault]);
        match desk.open(&person().code_b()) {
            Ok(CardReply::CardFace { facts, .. }) => assert_eq!(facts.authenticity, verdict, "{fault}"),
            _ => panic!("not opened with {fault}"),
        }
        assert!(!verdict.may_serve() && proof(desk.prove()).card_face.is_none());
    }
}

fn authenticity_under(trust: impl Into<CardTrust>, faults: &[Fault]) -> Result<Authenticity, Failure> {
    let mut desk = Desk::trusting(trust);
    desk.place(card_with(faults));
    match desk.open(&person().code_b()) {
        Ok(CardReply::CardFace { facts, .. }) => Ok(facts.authenticity),
        Ok(_) => panic!("not opened"),
        Err(failure) => Err(failure),
    }
}

#[test]
fn authenticity_depends_on_whom_the_site_believes() {
    let authority = TestAuthority::load().unwrap();
    let of = |keys: Vec<rsa::RsaPublicKey>| authenticity_under(keys, &[]).unwrap();
    assert_eq!(of(vec![]), Authenticity::Unchecked);
    assert_eq!(of(vec![authority.issuer_public_key()]), Authenticity::UnknownIssuer);
    assert_eq!(of(vec![authority.issuer_public_key(), authority.face_ca_public_key()]), Authenticity::Genuine);
}

#[test]
fn what_was_not_checked_is_accepted_or_refused_as_the_site_says() {
    let strict = CardTrust { refuse_unchecked_faces: true, ..CardTrust::default() };
    assert_eq!(authenticity_under(strict.clone(), &[]), Err(Failure::CardFaceInvalid));
    let keys = vec![TestAuthority::load().unwrap().face_ca_public_key()];
    let knowing = CardTrust { face_authorities: keys, ..strict };
    assert_eq!(authenticity_under(knowing, &[]), Ok(Authenticity::Genuine));
    // A copy is found without knowing any issuer.
    assert_eq!(authenticity_under(Vec::new(), &[Fault::Cloned]), Ok(Authenticity::KeyNotHeld));
}

#[test]
fn a_certificate_that_cannot_serve_ends_the_visit_before_anything_is_asked() {
    let authority = TestAuthority::load().unwrap();
    let trust = CardTrust::default().with_test_cards(&authority, TODAY).unwrap().on(TODAY);
    let identify = |fault| {
        let mut desk = Desk::trusting(trust.clone());
        desk.place(card_with(&[fault]));
        desk.ask(CardCommand::Identify).map(|_| ())
    };
    for fault in [Fault::PastGraceCertificate, Fault::EarlyCertificate, Fault::UnknownIssuer, Fault::WrongKeyUsage] {
        assert_eq!(identify(fault), Err(Failure::CertificateUnusable), "{fault}");
    }
    // In its grace months, about to end, of the generation before; and revoked, which only the online check knows.
    let served =
        [Fault::ExpiredCertificate, Fault::ExpiringCertificate, Fault::OlderAuthority, Fault::RevokedCertificate];
    for fault in served {
        assert_eq!(identify(fault), Ok(()), "{fault}");
    }
}

#[test]
fn a_card_pulled_while_it_is_read_is_a_card_gone() {
    let mut desk = Desk::with(&[Fault::PulledMidRead]);
    let ticket = desk
        .submit(CardCommand::OpenCardFace { code_b: Secret::new(person().code_b().as_bytes().try_into().unwrap()) });
    assert_eq!(desk.seen(), Observation::CardGone);
    match desk.reports.recv_timeout(ANSWER).unwrap() {
        Report::Answered(of, Err(Failure::CardGone)) => assert_eq!(of, ticket),
        _ => panic!("not told that the card is gone"),
    }
}

#[test]
fn another_card_does_not_inherit_the_face_of_the_first() {
    let mut desk = Desk::with(&[]);
    assert!(matches!(desk.open(&person().code_b()), Ok(CardReply::CardFace { .. })));
    let first = desk.reader.remove().unwrap();
    assert_eq!(desk.seen(), Observation::CardGone);
    let other = VirtualCard::new(&TestAuthority::load().unwrap(), &by_id("p02").unwrap(), TODAY, &[]).unwrap();
    desk.place(other);
    assert!(proof(desk.prove()).card_face.is_none());
    desk.reader.remove().unwrap();
    assert_eq!(desk.seen(), Observation::CardGone);
    desk.place(first);
    desk.ask(CardCommand::Release).unwrap();
    assert!(proof(desk.prove()).card_face.is_none(), "release forgets");
}

#[test]
fn the_reader_can_be_unplugged_and_plugged_in_again() {
    let mut desk = Desk::with(&[]);
    assert_eq!(desk.reader.diagnose().first().map(|finding| finding.health), Some(Health::Good));
    desk.reader.unplug();
    assert_eq!(desk.seen(), Observation::ReaderLost(Failure::ReaderGone));
    assert_eq!(desk.reader.diagnose().first().map(|finding| finding.health), Some(Health::Bad));
    assert_eq!(failure(desk.ask(CardCommand::Identify)), Failure::ReaderGone);
    desk.reader.plug();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    proof(desk.sign("1234"));
}

/// Code A (text 0014, visual 0013), the number (text 0001) and its picture (visual 0005).
fn touches_the_number(line: &str, application: &str) -> bool {
    let by_name = ["[0014]", "[0013]", "[0001]", "[0005]"];
    let by_short_id = ["> 00 B0 81", "> 00 B0 85", "> 00 20 00 94", "> 00 20 00 93"];
    let never = match application {
        "visual" => [by_name[1], by_name[3], by_short_id[1], by_short_id[3]],
        "text" => [by_name[0], by_name[2], by_short_id[0], by_short_id[2]],
        _ => return false,
    };
    never.iter().any(|mark| line.contains(mark))
}

fn application_of(line: &str) -> Option<&'static str> {
    let names = [("010402]", "visual"), ("010408]", "text"), ("000001]", "jpki"), ("010401]", "juki")];
    line.starts_with("> 00 A4 04")
        .then(|| names.into_iter().find(|(end, _)| line.contains(end)).map_or("other", |(_, name)| name))
}

#[test]
fn the_number_and_code_a_are_never_touched() {
    let mut desk = Desk::with(&[]);
    desk.ask(CardCommand::Identify).unwrap();
    desk.open("13041220349999").unwrap();
    desk.open(&person().code_b()).unwrap();
    desk.prove().unwrap();
    desk.sign("0000").unwrap();
    desk.sign("1234").unwrap();
    desk.ask(CardCommand::Release).unwrap();
    let mut wire = Wire { card: card_with(&[]), extended: false };
    survey(&mut wire, &CardTrust::default()).unwrap();
    let surveyed: Vec<String> = wire.card.log().iter().map(ToString::to_string).collect();
    for lines in [desk.log(), surveyed] {
        assert!(lines.len() > 15);
        let mut application = "none";
        for line in &lines {
            application = application_of(line).unwrap_or(application);
            assert!(!touches_the_number(line, application), "{application}: {line}");
        }
    }
    // The check itself must be able to fail.
    assert!(touches_the_number("> 00 A4 02 0C [0013] < 0 bytes 9000", "visual"));
    assert!(touches_the_number("> 00 B0 81 00 le=17 < 17 bytes 9000", "text"));
}

#[test]
fn no_secret_is_in_the_log() {
    let mut desk = Desk::with(&[]);
    desk.open(&person().code_b()).unwrap();
    desk.sign("1234").unwrap();
    let log = desk.log().concat();
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
    assert!(!log.contains(&hex("1234")) && !log.contains(&hex(&person().code_b())));
    assert_eq!(log.matches("masked").count(), 2);
}

#[test]
fn an_approved_bodys_terminal_lets_the_card_sign_without_pin_as_simulated() {
    use uketsuke::adapters::card::institution::SimulatedInstitutionKeys;
    use uketsuke::ports::InstitutionKeys;
    let authority = TestAuthority::load().unwrap();
    let trust = CardTrust::from(vec![authority.face_ca_public_key()]);
    let keys = std::sync::Arc::new(SimulatedInstitutionKeys::new(authority));
    assert!(keys.is_simulated() && keys.diagnose()[0].detail.contains("simulated"));
    let mut desk = Desk::trusting(CardTrust { institution: Some(keys), ..trust });
    desk.place(card_with(&[]));
    assert!(matches!(desk.open(&person().code_b()), Ok(CardReply::CardFace { .. })));
    let proof = proof(desk.prove());
    assert_eq!(proof.authentication, Authentication::Face);
    signed_by_certificate(&proof);
    assert_eq!(desk.reader.with_card(|card| card.is_open()), Some(false), "powered down after it");
    assert!(!desk.log().iter().any(|line| line.contains("[4 bytes masked]")), "no PIN went to the card");
}

#[test]
fn a_terminal_of_nobody_opens_no_key() {
    use uketsuke::ports::{Finding, InstitutionKeys};
    /// Its certificate is somebody else's, and it signs nothing.
    struct Stranger(TestAuthority);
    impl Diagnose for Stranger {
        fn diagnose(&self) -> Vec<Finding> {
            Vec::new()
        }
    }
    impl InstitutionKeys for Stranger {
        fn certificate(&self) -> Result<Vec<u8>, Failure> {
            Ok(self.0.issuer_cv_certificate().unwrap())
        }
        fn answer(&self, _challenge: &[u8]) -> Result<Vec<u8>, Failure> {
            Ok(vec![0; 256])
        }
        fn is_simulated(&self) -> bool {
            true
        }
    }
    let keys = std::sync::Arc::new(Stranger(TestAuthority::load().unwrap()));
    let mut desk = Desk::trusting(CardTrust { institution: Some(keys), ..CardTrust::default() });
    desk.place(card_with(&[]));
    assert!(matches!(desk.open(&person().code_b()), Ok(CardReply::CardFace { .. })));
    assert_eq!(failure(desk.prove()), Failure::CardUnreadable);
    assert_eq!(desk.reader.with_card(|card| card.is_open()), Some(false));
}
