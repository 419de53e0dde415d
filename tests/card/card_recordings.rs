//! Recorded courses between client and card, named by what happens in them, and what the client makes of each. They show a
//! change of what goes over the wire, command by command.
//!
//! After a wanted change they are written anew by
//! `UKETSUKE_RECORD=1 cargo nextest run --test card card_recordings`.

use std::path::PathBuf;

use crate::recording::{Cut, Recorder, Replay};
use jiff::civil::{Date, date};
use uketsuke::adapters::card::burst::{Memory, carry_out};
use uketsuke::adapters::card::virtual_card::VirtualCard;
use uketsuke::adapters::card::{CardTrust, Channel, ChannelError};
use uketsuke::domain::failure::Failure;
use uketsuke::domain::qualification::Challenge;
use uketsuke::domain::secret::Secret;
use uketsuke::people::authority::TestAuthority;
use uketsuke::people::by_id;
use uketsuke::ports::{CardCommand, CardReply};
use zeroize::Zeroizing;

const TODAY: Date = date(2026, 11, 20);

/// Name, person, faults of the card, short reader, what is asked, what must come of it.
type Scenario = (&'static str, &'static str, &'static [&'static str], bool, Ask, &'static str);

#[derive(Clone, Copy)]
enum Ask {
    Identify,
    Open(&'static str),
    Sign(&'static str),
}

const SCENARIOS: &[Scenario] = &[
    (
        "identify-my-number-card",
        "p01",
        &[],
        false,
        Ask::Identify,
        "MyNumber, PIN Left(3), code B Left(10), until 2030-04-12",
    ),
    (
        "identify-with-a-short-reader",
        "p01",
        &[],
        true,
        Ask::Identify,
        "MyNumber, PIN Left(3), code B Left(10), until 2030-04-12",
    ),
    (
        "identify-over-t0",
        "p01",
        &["get-response"],
        false,
        Ask::Identify,
        "MyNumber, PIN Left(3), code B Left(10), until 2030-04-12",
    ),
    (
        "identify-after-6f00",
        "p01",
        &["first-6f00"],
        false,
        Ask::Identify,
        "MyNumber, PIN Left(3), code B Left(10), until 2030-04-12",
    ),
    (
        "identify-a-childs-card",
        "p08",
        &[],
        false,
        Ask::Identify,
        "MyNumber, PIN Left(3), code B Left(10), until 2030-07-21",
    ),
    (
        "identify-face-only-card",
        "p01",
        &["pin-absent"],
        false,
        Ask::Identify,
        "MyNumber, PIN Absent, code B Left(10), until 2030-04-12",
    ),
    (
        "identify-blocked-pin",
        "p01",
        &["pin-blocked"],
        false,
        Ask::Identify,
        "MyNumber, PIN Blocked, code B Left(10), until 2030-04-12",
    ),
    (
        "identify-android-phone",
        "p01",
        &["phone"],
        false,
        Ask::Identify,
        "AndroidPhone, PIN Left(3), code B Absent, until nothing",
    ),
    ("identify-iphone", "p01", &["iphone"], false, Ask::Identify, "IPhone, PIN Left(3), code B Absent, until nothing"),
    (
        "identify-predecessor",
        "p01",
        &["juki"],
        false,
        Ask::Identify,
        "Juki, PIN Left(3), code B Absent, until 2030-04-12",
    ),
    (
        "identify-other-card",
        "p01",
        &["other-card"],
        false,
        Ask::Identify,
        "Other, PIN Absent, code B Absent, until nothing",
    ),
    ("identify-past-grace", "p01", &["past-grace-certificate"], false, Ask::Identify, "U-108"),
    ("sign-with-the-pin", "p01", &[], false, Ask::Sign("1234"), "signed"),
    ("sign-with-a-wrong-pin", "p01", &[], false, Ask::Sign("9999"), "PIN wrong, Left(2)"),
    ("sign-with-a-blocked-pin", "p01", &["pin-blocked"], false, Ask::Sign("1234"), "U-202"),
    ("open-the-card-face", "p01", &[], false, Ask::Open("13041220344821"), "Genuine, portrait true"),
    ("open-the-card-face-with-a-short-reader", "p01", &[], true, Ask::Open("13041220344821"), "Genuine, portrait true"),
    ("open-a-copied-card-face", "p01", &["cloned"], false, Ask::Open("13041220344821"), "KeyNotHeld, portrait true"),
    ("open-with-a-wrong-code-b", "p01", &[], false, Ask::Open("13041220349999"), "code B wrong, Left(9)"),
    ("stop-at-three-tries-of-code-b", "p01", &["code-b-tries=3"], false, Ask::Open("13041220344821"), "U-213"),
    ("card-pulled-while-read", "p01", &["pulled-mid-read"], false, Ask::Open("13041220344821"), "U-103"),
];

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/card").join(format!("{name}.apdu"))
}

fn trust() -> CardTrust {
    let trust = CardTrust::default().with_test_cards(&TestAuthority::load().unwrap(), TODAY).unwrap().on(TODAY);
    // Always the same challenge, so that the same answer fits.
    let draw = |bytes: &mut [u8]| {
        bytes.fill(7);
        true
    };
    CardTrust { draw, ..trust }
}

fn come_of(channel: impl Channel, ask: Ask) -> String {
    let command = match ask {
        Ask::Identify => CardCommand::Identify,
        Ask::Open(code) => CardCommand::OpenCardFace { code_b: Secret::new(code.as_bytes().try_into().unwrap()) },
        Ask::Sign(pin) => CardCommand::SignWithPin {
            pin: Secret::new(pin.as_bytes().try_into().unwrap()),
            challenge: Challenge { id: "c-1".into(), nonce: vec![7; 32] },
        },
    };
    match carry_out(channel, &command, &mut Memory::default(), &trust()).reply {
        Ok(CardReply::Identified(facts)) => {
            let until = facts.certificate_until.map_or("nothing".into(), |day| day.to_string());
            format!("{:?}, PIN {:?}, code B {:?}, until {until}", facts.kind, facts.pin, facts.code_b)
        }
        Ok(CardReply::CardFace { facts, .. }) => format!("{:?}, portrait {}", facts.authenticity, facts.has_portrait),
        Ok(CardReply::Proof(proof)) if proof.signature.is_some() => "signed".into(),
        Ok(CardReply::PinWrong(tries)) => format!("PIN wrong, {tries:?}"),
        Ok(CardReply::CodeBWrong(tries)) => format!("code B wrong, {tries:?}"),
        Ok(_) => "another answer".into(),
        Err(failure) => failure.code().into(),
    }
}

#[test]
fn every_recording_is_still_the_course_of_today() {
    if std::env::var_os("UKETSUKE_RECORD").is_some() {
        record();
    }
    for (name, _, _, _, ask, wanted) in SCENARIOS {
        let text = std::fs::read_to_string(file(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut replay = Replay::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(come_of(&mut replay, *ask), *wanted, "{name}");
        assert_eq!(replay.left(), 0, "{name}: the client asked less than recorded");
    }
    assert!(SCENARIOS.iter().any(|(.., wanted)| *wanted == Failure::CardGone.code()));
}

#[test]
fn no_recording_holds_a_secret_and_none_is_left_over() {
    let secrets = ["1234", "9999", "13041220344821", "13041220349999"];
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(file("x").parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| line.starts_with("> ")) {
            assert!(!secrets.iter().any(|secret| line.contains(&hex(secret))), "{}: {line}", path.display());
        }
        names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
    }
    names.sort();
    let mut known: Vec<&str> = SCENARIOS.iter().map(|(name, ..)| *name).collect();
    known.sort_unstable();
    assert_eq!(names, known);
}

struct Wire(VirtualCard, bool);

impl Channel for Wire {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ChannelError> {
        let answer = self.0.apdu(command);
        if self.0.is_gone() { Err(ChannelError::CardGone) } else { Ok(Zeroizing::new(answer)) }
    }

    fn extended_length(&self) -> bool {
        self.1
    }
}

fn card(person: &str, faults: &[&str]) -> VirtualCard {
    let faults: Vec<_> = faults.iter().map(|fault| fault.parse().unwrap()).collect();
    VirtualCard::new(&TestAuthority::load().unwrap(), &by_id(person).unwrap(), TODAY, &faults).unwrap()
}

fn record() {
    for (name, person, faults, short, ask, wanted) in SCENARIOS {
        let mut recorder = Recorder::new(Wire(card(person, faults), !short), Cut::Secrets);
        assert_eq!(come_of(&mut recorder, *ask), *wanted, "{name}");
        let text = format!("# {}\n{}", name.replace('-', " "), recorder.text());
        std::fs::write(file(name), text).unwrap();
    }
}

#[test]
fn beside_test_cards_nothing_personal_is_written() {
    let mut recorder = Recorder::new(Wire(card("p01", &[]), true), Cut::Personal);
    assert!(come_of(&mut recorder, Ask::Open("13041220344821")).starts_with("Genuine"));
    assert!(come_of(&mut recorder, Ask::Identify).starts_with("MyNumber"));
    let longest = recorder.text().lines().filter(|line| line.starts_with("< ")).map(str::len).max();
    // The label is the longest of what remains.
    assert!(longest.is_some_and(|longest| longest <= 2 + 2 * 34), "{longest:?}");
    assert!(recorder.text().contains("personal]") && recorder.text().contains("[14 secret]"));
}
