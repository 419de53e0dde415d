//! The virtual card behind a real pcscd: independent clients read it, and our reader survives what happens to readers.

use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::service::{Pcscd, READER, Vcard, isolated, tool};
use rsa::Pkcs1v15Sign;
use rsa::pkcs8::DecodePublicKey;
use sha2::{Digest, Sha256};
use uketsuke::adapters::card::pcsc::{PcscReader, ReaderOptions};
use uketsuke::domain::card::{Authenticity, CardKind, Tries};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke::domain::qualification::{Authentication, CardProof, Challenge};
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::{Person, by_id};
use uketsuke::ports::{CardCommand, CardReader, CardReply, Diagnose, Health, Observation, Outbox, Report};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};

const ANSWER: Duration = Duration::from_secs(20);

fn person() -> Person {
    by_id("p01").unwrap()
}

fn key_of(certificate: &Certificate) -> rsa::RsaPublicKey {
    let spki = certificate.tbs_certificate.subject_public_key_info.to_der().unwrap();
    rsa::RsaPublicKey::from_public_key_der(&spki).unwrap()
}

/// Our reader, its reports read one by one.
struct Desk {
    reader: PcscReader,
    reports: Receiver<Report>,
    effects: u64,
}

impl Desk {
    fn new() -> Self {
        let (tell, reports) = channel();
        let outbox = Outbox::new(move |report| tell.send(report).unwrap_or_default());
        let trust = vec![TestAuthority::load().unwrap().face_ca_public_key()].into();
        let options = ReaderOptions { name: Some(READER.into()), trust };
        Self { reader: PcscReader::start(options, outbox).unwrap(), reports, effects: 0 }
    }

    fn seen(&self) -> Observation {
        match self.reports.recv_timeout(ANSWER).expect("an observation in time") {
            Report::Seen(observation) => observation,
            _ => panic!("an answer instead of an observation"),
        }
    }

    /// Asks; gives the answer and what was observed meanwhile.
    fn ask(&mut self, command: CardCommand) -> (Result<CardReply, Failure>, Vec<Observation>) {
        self.effects += 1;
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(self.effects) };
        self.reader.submit(ticket, command);
        let mut seen = Vec::new();
        loop {
            match self.reports.recv_timeout(ANSWER).expect("an answer in time") {
                Report::Answered(of, answer) => {
                    assert_eq!(of, ticket);
                    return (answer.map(|reply| reply.try_as_card().unwrap()), seen);
                }
                Report::Seen(observation) => seen.push(observation),
                _ => panic!("not a report of the card reader"),
            }
        }
    }

    fn sign(&mut self) -> CardProof {
        match self.ask(CardCommand::SignWithPin { pin: Secret::new(*b"1234"), challenge: challenge() }).0 {
            Ok(CardReply::Proof(proof)) => *proof,
            Ok(_) => panic!("another answer"),
            Err(failure) => panic!("{failure:?}"),
        }
    }

    fn open(&mut self) -> (Result<CardReply, Failure>, Vec<Observation>) {
        let code_b = Secret::new(person().code_b().as_bytes().try_into().unwrap());
        self.ask(CardCommand::OpenCardFace { code_b })
    }
}

fn challenge() -> Challenge {
    Challenge { id: "c-1".into(), nonce: vec![9; 32] }
}

fn is_signed(proof: &CardProof) {
    let key = key_of(&Certificate::from_der(&proof.certificate).unwrap());
    let hash = Sha256::digest(challenge().nonce);
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, proof.signature.as_deref().unwrap()).unwrap();
}

#[test]
fn card_info_says_what_a_receptionist_can_act_on() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let card = |arguments: &[&str]| tool("uketsuke", env!("CARGO_BIN_EXE_uketsuke"), arguments);
    let vcard = Vcard::placed(&["--fault", "pin-blocked"]);
    let text = card(&["card", "info", "--reader", "00 00", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["kind"], "myNumber");
    assert_eq!(json["secrets"][0]["state"], "blocked");
    assert_eq!(json["secrets"][2]["triesLeft"], 10);
    assert!(json["notes"][0].as_str().unwrap().contains("municipal office"), "{text}");
    vcard.pull();
    let missing =
        Command::new(env!("CARGO_BIN_EXE_uketsuke")).args(["card", "info", "--reader", "Sony"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&missing.stderr).contains(READER), "it names the readers there are");
}

#[test]
fn card_photo_writes_the_portrait_and_takes_the_code_from_standard_input() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let _vcard = Vcard::placed(&[]);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("p.png");
    let photo = |code: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
        command.args(["card", "photo", "--code-b", "-", "--out"]).arg(&out).stdin(Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), code.as_bytes()).unwrap();
        child.wait().unwrap().code()
    };
    assert_eq!(photo("13041220349999\n"), Some(1), "a wrong code is an end somebody can act on");
    assert!(!out.exists());
    assert_eq!(photo(&person().code_b()), Some(0));
    let picture = image::ImageReader::open(&out).unwrap().decode().unwrap();
    assert_eq!((picture.width(), picture.height()), (192, 240));
}

#[test]
fn our_reader_sees_the_card_come_and_go() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let vcard = Vcard::placed(&[]);
    let mut desk = Desk::new();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced, "a card that lies there at start is seen");
    let Ok(CardReply::Identified(facts)) = desk.ask(CardCommand::Identify).0 else { panic!("not identified") };
    assert_eq!((facts.kind, facts.pin, facts.code_b), (CardKind::MyNumber, Tries::Left(3), Tries::Left(10)));
    assert!(desk.reader.diagnose().iter().all(|finding| finding.health == Health::Good));
    vcard.pull();
    assert_eq!(desk.seen(), Observation::CardGone);
    assert_eq!(desk.ask(CardCommand::Identify).0.err(), Some(Failure::CardGone));
    let _second = Vcard::spawn(&["--person", "p02"]);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    is_signed(&desk.sign());
    let before = Instant::now();
    drop(desk.reader);
    assert!(before.elapsed() < Duration::from_secs(2), "the reader stops at once");
}

#[test]
fn one_burst_opens_reads_signs_and_powers_down() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("apdus");
    let _vcard = Vcard::placed(&["--log", log.to_str().unwrap()]);
    let mut desk = Desk::new();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    let Ok(CardReply::CardFace { facts, portrait, .. }) = desk.open().0 else { panic!("not opened") };
    assert_eq!(facts.authenticity, Authenticity::Genuine);
    assert!(portrait.is_some_and(|portrait| portrait.expose() == person().portrait()));
    is_signed(&desk.sign());
    let by_face = CardCommand::ProveWithoutPin { challenge: challenge(), authentication: Authentication::Face };
    let Ok(CardReply::Proof(proof)) = desk.ask(by_face).0 else { panic!("no proof") };
    assert!(proof.card_face.is_some() && proof.signature.is_none());
    assert!(matches!(desk.ask(CardCommand::Release).0, Ok(CardReply::Released)));
    let log = std::fs::read_to_string(log).unwrap();
    assert_eq!(log.matches("> 00 B0 82 00 le=65536").count(), 1, "the portrait came in one exchange:\n{log}");
    let hex: String = "1234".bytes().map(|byte| format!("{byte:02X}")).collect();
    assert!(log.contains("[4 bytes masked]") && !log.contains(&hex), "{log}");
    // Nobody can sign with what we opened.
    let opened =
        Command::new("pkcs15-crypt").args(["--sign", "--key", "1", "--pin", "9999", "--input", "/dev/null"]).output();
    assert!(!opened.unwrap().status.success());
}

#[test]
fn our_reader_survives_a_restart_of_the_service() {
    if !isolated() {
        return;
    }
    let mut pcscd = Pcscd::start();
    let _vcard = Vcard::placed(&[]);
    let mut desk = Desk::new();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    is_signed(&desk.sign());
    pcscd.stop();
    assert_eq!(desk.seen(), Observation::ReaderLost(Failure::CardServiceStopped));
    let (reply, _) = desk.ask(CardCommand::Identify);
    assert_eq!(reply.err(), Some(Failure::CardServiceStopped));
    assert_eq!(desk.reader.diagnose().first().map(|finding| finding.health), Some(Health::Bad));
    pcscd.start_again();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced, "the card joined again by itself");
    is_signed(&desk.sign());
}

#[test]
fn our_reader_starts_before_the_service_does() {
    if !isolated() {
        return;
    }
    let mut pcscd = Pcscd::start();
    pcscd.stop();
    let desk = Desk::new();
    assert_eq!(desk.seen(), Observation::ReaderLost(Failure::CardServiceStopped));
    pcscd.start_again();
    assert_eq!(desk.seen(), Observation::ReaderReady);
}

#[test]
fn a_card_pulled_while_it_is_read_is_a_card_gone() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let vcard = Vcard::placed(&["--fault", "pulled-mid-read"]);
    let mut desk = Desk::new();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    let (reply, mut seen) = desk.open();
    assert_eq!(reply.err(), Some(Failure::CardGone));
    if seen.is_empty() {
        seen.push(desk.seen());
    }
    assert_eq!(seen, [Observation::CardGone]);
    assert_eq!(vcard.wait(), Some(0));
}

#[test]
fn another_program_that_keeps_the_card_open_does_not_stop_a_reception() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let _vcard = Vcard::placed(&[]);
    let context = pcsc::Context::establish(pcsc::Scope::User).unwrap();
    let name = std::ffi::CString::new(READER).unwrap();
    let mut other = context.connect(&name, pcsc::ShareMode::Shared, pcsc::Protocols::ANY).unwrap();
    let mut desk = Desk::new();
    assert_eq!(desk.seen(), Observation::ReaderReady);
    assert_eq!(desk.seen(), Observation::CardPlaced);
    is_signed(&desk.sign());
    // Ours took the power away, so the other program must begin again and finds nothing open.
    let mut buffer = [0; 300];
    assert!(other.transmit(&[0x00, 0x20, 0x00, 0x98], &mut buffer).is_err());
    other.reconnect(pcsc::ShareMode::Shared, pcsc::Protocols::ANY, pcsc::Disposition::ResetCard).unwrap();
    is_signed(&desk.sign());
}
