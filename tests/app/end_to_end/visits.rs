//! Whole visits that end with the file, by PIN and by face.

use encoding_rs::SHIFT_JIS;
use pcsc::{Context, Protocols, Scope as ReaderScope, ShareMode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uketsuke::domain::consent::{Consent, ConsentAnswer, Scope};
use x509_cert::Certificate;
use x509_cert::der::Encode;

use crate::service::{Pcscd, READER, isolated};
use crate::site::{Checkin, Counts, Site, clip, person, personal_data};

const BY_PIN: [&str; 12] = [
    "OutOfOrder",
    "Idle",
    "ReadingCard",
    "ChooseMethod",
    "EnterPin",
    "Checking",
    "ConfirmName",
    "Consenting",
    "Delivering",
    "Done",
    "CleaningUp",
    "CardLeft",
];

/// Starts of a command with which anybody reaches for the 12-digit number or for what code A opens: the text and the Juki
/// application, the files 0001 and 0005, code A itself, by full or by short name.
const FORBIDDEN: [&str; 10] = [
    "A4 04 0C [D3921000310001010408]",
    "A4 04 0C [D3921000310001010401]",
    "A4 02 0C [0001]",
    "A4 02 0C [0005]",
    "A4 02 0C [0013]",
    "A4 02 0C [0014]",
    "B0 81",
    "B0 85",
    "20 00 93",
    "20 00 94",
];

/// What every visit must hold: the file of that person, nothing of them in any output, the terminal's certificate.
fn is_whole(site: &Site, visit: &Checkin, id: &str) {
    visit.ended(0);
    let times: Vec<_> = visit.lines.iter().map(|line| line["ms"].as_u64().unwrap()).collect();
    assert!(times.is_sorted(), "{visit}");
    for secret in personal_data(id) {
        assert!(!visit.stdout.contains(&secret) && !visit.stderr.contains(&secret), "{secret} in {visit}");
        assert!(!site.gateway.log().contains(&secret), "{secret} in the gateway's log");
    }
    let pem = std::fs::read(site.identity().join("terminal.pem")).unwrap();
    let certificate = Certificate::load_pem_chain(&pem).unwrap().remove(0).to_der().unwrap();
    let fingerprint = format!("{:x}", Sha256::digest(certificate));
    let requests = site.gateway.requests();
    let of_check = |request: &&Value| request["path"] == "/v1/qualification-checks" && request["status"] == 201;
    assert_eq!(requests.iter().filter(of_check).count(), site.handed_over().len());
    assert!(requests.iter().all(|request| request["client_sha256"] == *fingerprint), "{fingerprint}: {requests:?}");
    let log = site.card_log();
    for forbidden in FORBIDDEN {
        assert!(!log.contains(forbidden), "{forbidden} in {log}");
    }
    assert_eq!(log.lines().count(), log.matches("> ").count(), "one line for each exchange:\n{log}");
}

fn xml(site: &Site, nth: usize) -> (String, Value) {
    let names: Vec<_> = site.files().into_iter().filter(|name| name.ends_with(".xml")).collect();
    let path = site.path("drop").join(&names[nth]);
    assert!(names[nth].starts_with("OQSsiquc01res_face_T001"), "{names:?}");
    let twin = std::fs::read(site.path("twin").join(&names[nth]).with_extension("json")).unwrap();
    let bytes = std::fs::read(path).unwrap();
    let (text, _, wrong) = SHIFT_JIS.decode(&bytes);
    assert!(!wrong && text.starts_with("<?xml version=\"1.0\" encoding=\"Shift_JIS\""), "{text}");
    (text.into_owned(), serde_json::from_slice(&twin).unwrap())
}

fn given(consents: &[Consent]) -> Vec<Scope> {
    let given = consents.iter().filter(|consent| consent.answer == ConsentAnswer::Given);
    given.map(|consent| consent.scope).collect()
}

/// Whether whoever asks next finds the card without what the visit had opened.
fn nobody_can_sign_now() {
    let context = Context::establish(ReaderScope::User).unwrap();
    let name = std::ffi::CString::new(READER).unwrap();
    let card = context.connect(&name, ShareMode::Shared, Protocols::ANY).unwrap();
    let mut buffer = [0; 300];
    // The application, file and PIN that a card still under power would remember.
    let answer = card.transmit(&[0x80, 0x2A, 0x00, 0x80, 0x01, 0x00, 0x00], &mut buffer).unwrap();
    assert!(answer.len() == 2 && answer != [0x90, 0x00], "the card still signs: {answer:02X?}");
}

#[test]
fn a_visit_by_pin_ends_with_the_file() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p02", &[]);
    let visit = site.checkin(&["--method", "pin", "--pin", "-"], "1234\n");
    let log = site.card_log();
    nobody_can_sign_now();
    is_whole(&site, &visit, "p02");
    assert_eq!(visit.states(), BY_PIN, "{visit}");
    assert_eq!(log.matches("> 00 20 00 98 [4 bytes masked] < 0 bytes 9000").count(), 1, "{log}");
    assert_eq!(log.matches("> 80 2A 00 80 ").count(), 1, "{log}");
    assert!(!log.contains("31323334"), "{log}");
    assert_eq!(site.gateway.counts(), Counts { challenges: 1, checks: 1, consents: 4, registrations: 0 });

    let (text, twin) = xml(&site, 0);
    for element in [
        "<Name>高森　健太</Name>",
        "<NameKana>ﾀｶﾓﾘ ｹﾝﾀ</NameKana>",
        "<Birthdate>19910903</Birthdate>",
        "<Sex1>1</Sex1>",
        "<InsurerNumber>06999916</InsurerNumber>",
        "<InsurerName>見本電機健康保険組合</InsurerName>",
        "<InsuredCardSymbol>１２－３４</InsuredCardSymbol>",
        "<InsuredIdentificationNumber>0204</InsuredIdentificationNumber>",
        "<InsuredBranchNumber>00</InsuredBranchNumber>",
        "<QualificationValidity>1</QualificationValidity>",
        "<MedicalInstitutionCode>1310000001</MedicalInstitutionCode>",
        "<PharmacistsInfoConsFlg>1</PharmacistsInfoConsFlg>",
        "<OperationInfoConsFlg>1</OperationInfoConsFlg>",
    ] {
        assert!(text.contains(element), "no {element} in {text}");
    }
    let told = site.handed_over().remove(0);
    assert_eq!(given(&told.consents).len(), 4);
    assert_eq!(twin["qualificationCheckId"], told.check_id);
    assert_eq!((&twin["terminalId"], &twin["facilityCode"]), (&"T001".into(), &"1310000001".into()));
    assert_eq!(twin["qualifications"][0]["name"], person("p02").name);
}

#[test]
fn a_visit_by_pin_on_the_command_line_asks_for_some_consents_only() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p01", &[]);
    let options = ["--method", "pin", "--pin", "1234", "--consent", "pharmaceutical,operation"];
    let visit = site.checkin(&options, "");
    is_whole(&site, &visit, "p01");
    assert_eq!(visit.states(), BY_PIN, "{visit}");
    let told = site.handed_over().remove(0);
    assert_eq!(given(&told.consents), [Scope::Pharmaceutical, Scope::Operation]);
    assert_eq!(told.name, person("p01").name);
    assert_eq!(site.gateway.counts(), Counts { challenges: 1, checks: 1, consents: 4, registrations: 0 });
    // The next one comes with the same card, the file of the first stays as it is.
    let before = xml(&site, 0);
    let again = site.checkin(&["--method", "pin", "--pin", "1234", "--consent", "none"], "");
    is_whole(&site, &again, "p01");
    assert_eq!((site.handed_over().len(), xml(&site, 0)), (2, before));
    assert_eq!(given(&site.handed_over()[1].consents), []);
}

#[test]
fn visits_by_face_end_with_the_file() {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    let site = Site::new();
    let _card = site.place("p03", &[]);
    let (clip, code_b) = (clip("p03"), person("p03").code_b());
    let camera = ["--method", "face", "--camera", clip.to_str().unwrap(), "--code-b"];
    let visit = site.checkin(&[&camera[..], &["-"]].concat(), &code_b);
    is_whole(&site, &visit, "p03");
    let mut states = BY_PIN.to_vec();
    states.splice(4..5, ["OpeningCardFace", "FaceCapture"]);
    assert_eq!(visit.states(), states, "{visit}");
    let log = site.card_log();
    assert_eq!(log.matches("> 00 20 00 92 [14 bytes masked] < 0 bytes 9000").count(), 1, "{log}");
    assert_eq!(log.matches("> 80 2A 00 00 ").count(), 2, "the card key answers the kiosk, then the nonce:\n{log}");
    assert!(!log.contains("> 80 2A 00 80") && !log.contains("[4 bytes masked]"), "no PIN, no signature:\n{log}");
    assert_eq!(site.gateway.counts(), Counts { challenges: 1, checks: 1, consents: 4, registrations: 0 });
    let (text, twin) = xml(&site, 0);
    // The receipt computer's character set lacks one character of the address; the twin says what it was.
    assert!(text.contains("<Name>渡瀬　直子</Name>") && text.contains("<Address>神奈川県見本市●野町"), "{text}");
    assert!(twin["qualifications"][0]["address"].as_str().unwrap().contains('●'), "{twin}");
    let mut received = twin["asReceived"].as_array().unwrap().iter();
    let address = received.find(|one| one["member"] == "qualifications.0.address").unwrap();
    assert!(address["original"].as_str().unwrap().contains('𠮷') && address["signs"][0] == "U+20BB7", "{twin}");

    let again = site.checkin(&[&camera[..], &[&code_b]].concat(), "");
    is_whole(&site, &again, "p03");
    assert_eq!(again.states(), states, "{again}");
    assert_eq!(site.handed_over().len(), 2);
}
