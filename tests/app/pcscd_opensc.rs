//! OpenSC's tools, which know nothing of this program, take the virtual card behind a real pcscd for a My Number Card, as it
//! lies in a contact reader and in a contactless one.

use std::process::{Command, Stdio};

use crate::service::{Pcscd, READER, Vcard, isolated, tool};
use rsa::Pkcs1v15Sign;
use rsa::pkcs8::DecodePublicKey;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::der::{Decode, DecodePem, Encode};

const ATRS: [(&str, &str); 2] =
    [("contact", "3b:e0:00:ff:81:31:fe:45:14"), ("contactless", "3b:88:80:01:00:00:41:e0:b3:81:a1:00:3b")];
const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

fn opensc(program: &str, arguments: &[&str]) -> String {
    tool("opensc", program, arguments)
}

fn pkcs11(arguments: &[&str]) -> String {
    // Where Debian does not put it under this name, the tool knows its own place.
    let module = ["--module", MODULE];
    let module = if std::path::Path::new(MODULE).exists() { &module[..] } else { &[] };
    opensc("pkcs11-tool", &[module, arguments].concat())
}

fn key_of(certificate: &Certificate) -> rsa::RsaPublicKey {
    let spki = certificate.tbs_certificate.subject_public_key_info.to_der().unwrap();
    rsa::RsaPublicKey::from_public_key_der(&spki).unwrap()
}

/// Runs `check` with a card in each kind of reader.
fn with_each_atr(arguments: &[&str], check: impl Fn(&str, &str)) {
    if !isolated() {
        return;
    }
    let _pcscd = Pcscd::start();
    for (name, atr) in ATRS {
        let vcard = Vcard::placed(&[&["--atr", name], arguments].concat());
        check(name, atr);
        assert_eq!(vcard.interrupt(), Some(0));
        crate::service::wait_until_empty();
    }
}

#[test]
fn opensc_tool_sees_reader_card_and_answers() {
    with_each_atr(&[], |name, atr| {
        let readers = opensc("opensc-tool", &["--list-readers"]);
        assert!(readers.contains(READER), "{name}: {readers}");
        let answered = opensc("opensc-tool", &["--atr"]);
        assert!(answered.lines().any(|line| line.trim() == atr), "{name}: {answered}");
        let driver = opensc("opensc-tool", &["--name"]);
        assert!(driver.starts_with("jpki"), "{name}: {driver}");
        let select = "00:A4:04:0C:0A:D3:92:F0:00:26:01:00:00:00:01";
        let sent = opensc("opensc-tool", &["--send-apdu", select, "--send-apdu", "00:B0:86:00:20"]);
        assert!(sent.matches("SW1=0x90, SW2=0x00").count() == 2 && sent.contains("JPKIAPICCTOKEN2"), "{name}: {sent}");
    });
}

#[test]
fn pkcs15_tool_lists_and_reads_what_is_on_the_card() {
    with_each_atr(&[], |name, _| {
        let list = opensc("pkcs15-tool", &["--list-certificates", "--list-pins", "--list-keys"]);
        for wanted in [
            "User Authentication Certificate",
            "Digital Signature Certificate",
            "User Authentication PIN",
            "Tries left     : 3",
        ] {
            assert!(list.contains(wanted), "{name}: no {wanted} in {list}");
        }
        // 1 is the user-authentication certificate, 3 and 4 are the authorities'; 2 wants the signing password.
        for id in ["1", "3", "4"] {
            let pem = opensc("pkcs15-tool", &["--read-certificate", id]);
            let end = "-----END CERTIFICATE-----";
            let (begin, end) = (pem.find("-----BEGIN").unwrap(), pem.find(end).unwrap() + end.len());
            let certificate = Certificate::from_pem(&pem.as_bytes()[begin..end]).unwrap();
            assert!(certificate.tbs_certificate.subject.to_string().contains("JPKI"), "{name} {id}");
        }
        opensc("pkcs15-tool", &["--verify-pin", "--auth-id", "1", "--pin", "1234"]);
        opensc("pkcs15-tool", &["--verify-pin", "--auth-id", "2", "--pin", "TEST01"]);
        let wrong = ["--verify-pin", "--auth-id", "1", "--pin", "0000"];
        let wrong = Command::new("pkcs15-tool").args(wrong).stdin(Stdio::null()).output().unwrap();
        assert!(!wrong.status.success());
        let pins = opensc("pkcs15-tool", &["--list-pins"]);
        assert!(pins.contains("Tries left     : 2"), "{name}: {pins}");
    });
}

#[test]
fn pkcs15_crypt_signs_with_both_keys_and_the_certificates_verify_it() {
    with_each_atr(&[], |name, _| {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        let hash = Sha256::digest(b"signed by another client");
        std::fs::write(path("hash"), hash).unwrap();
        let (input, output) = (path("hash"), path("signature"));
        for (key, pin) in [("1", "1234"), ("2", "TEST01")] {
            let sign = ["--sign", "--key", key, "--pin", pin, "--pkcs1", "--sha-256", "--raw"];
            opensc("pkcs15-crypt", &[&sign[..], &["--input", &input, "--output", &output]].concat());
            let signature = std::fs::read(&output).unwrap();
            let public = match key {
                "1" => {
                    opensc("pkcs15-tool", &["--read-certificate", "1", "--output", &path("certificate")]);
                    key_of(&Certificate::from_pem(std::fs::read(path("certificate")).unwrap()).unwrap())
                }
                // Its certificate is behind the signing password, so the key comes from where the card's came from.
                _ => {
                    let authority = uketsuke::people::authority::TestAuthority::load().unwrap();
                    let person = uketsuke::people::by_id("p01").unwrap();
                    authority.sign_key(&person).unwrap().unwrap().to_public_key()
                }
            };
            public
                .verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &signature)
                .unwrap_or_else(|e| panic!("{name} {key}: {e}"));
        }
    });
}

#[test]
fn pkcs11_tool_lists_and_signs_on_both_slots() {
    with_each_atr(&[], |name, _| {
        let slots = pkcs11(&["--list-slots"]);
        assert_eq!(slots.matches("token label").count(), 2, "{name}: {slots}");
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(path("message"), b"signed over PKCS#11").unwrap();
        for (slot, pin, id) in [("0", "1234", "01"), ("1", "TEST01", "02")] {
            let login = ["--slot-index", slot, "--login", "--pin", pin];
            let objects = pkcs11(&[&login[..], &["--list-objects"]].concat());
            assert!(
                objects.contains("Private Key Object") && objects.contains("Certificate Object"),
                "{name}: {objects}"
            );
            let (message, signature, der) = (path("message"), path("signature"), path("certificate"));
            let files = ["--input-file", &message, "--output-file", &signature];
            pkcs11(&[&login[..], &["--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", id], &files].concat());
            pkcs11(&[&login[..], &["--read-object", "--type", "cert", "--id", id, "--output-file", &der]].concat());
            let key = key_of(&Certificate::from_der(&std::fs::read(der).unwrap()).unwrap());
            let hash = Sha256::digest(b"signed over PKCS#11");
            key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &std::fs::read(signature).unwrap()).unwrap();
        }
    });
}

#[test]
fn opensc_takes_the_card_of_a_child_and_of_a_blocked_pin() {
    with_each_atr(&["--person", "p08", "--fault", "pin-blocked"], |name, _| {
        let pins = opensc("pkcs15-tool", &["--list-pins"]);
        assert!(pins.contains("Tries left     : 0"), "{name}: {pins}");
        opensc("pkcs15-tool", &["--read-certificate", "1"]);
    });
}
