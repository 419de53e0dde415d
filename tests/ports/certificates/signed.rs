//! Who signed a certificate, over certificates of every odd form: `openssl verify` is the witness.

use std::path::Path;
use std::process::{Command, Stdio};

use data_encoding::BASE64;
use rsa::pkcs8::DecodePrivateKey;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256};
use uketsuke::certificates::{Authority, Certificate, CertificateFault};

use super::input;

/// Tag, length in the usual form, content.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = match content.len() {
        n @ 0..=0x7F => vec![n as u8],
        n @ 0x80..=0xFF => vec![0x81, n as u8],
        n => vec![0x82, (n >> 8) as u8, n as u8],
    };
    [vec![tag], length, content.to_vec()].concat()
}

fn seq(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

const SHA256_RSA: [u8; 11] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0B];
const NULL: [u8; 2] = [5, 0];

fn algorithm(parameters: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&SHA256_RSA, parameters].concat())
}

/// A string of a name by its tag.
fn text(tag: u8, words: &str) -> Vec<u8> {
    match tag {
        0x1E => tlv(tag, &words.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()),
        0x1C => tlv(tag, &words.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<_>>()),
        _ => tlv(tag, words.as_bytes()),
    }
}

/// C, O and CN, each as a step of its own.
fn name(tag: u8, country: &str, organisation: &str, common: &str) -> Vec<u8> {
    let part = |oid: u8, tag, words| tlv(0x31, &seq(&[vec![6, 3, 0x55, 4, oid], text(tag, words)]));
    seq(&[part(6, 0x13, country), part(10, tag, organisation), part(3, tag, common)])
}

fn usual_name(tag: u8) -> Vec<u8> {
    name(tag, "JP", "Test Authority", "User Authentication")
}

/// `critical` as it is written: nothing, or the BOOLEAN of that byte.
fn extension(oid: &[u8], critical: Option<u8>, value: &[u8]) -> Vec<u8> {
    let critical = critical.map(|byte| vec![1, 1, byte]).unwrap_or_default();
    seq(&[tlv(6, oid), critical, tlv(4, value)])
}

const KEY_USAGE: [u8; 3] = [0x55, 0x1D, 0x0F];
const BASIC: [u8; 3] = [0x55, 0x1D, 0x13];
const POLICIES: [u8; 3] = [0x55, 0x1D, 0x20];
/// 1.3.6.1.4.1.99999.1, nobody's.
const UNKNOWN: [u8; 9] = [0x2B, 6, 1, 4, 1, 0x86, 0x8D, 0x1F, 1];
const SIGNS: [u8; 4] = [3, 2, 7, 0x80];

fn key_usage() -> Vec<u8> {
    extension(&KEY_USAGE, Some(0xFF), &SIGNS)
}

/// The parts of a certificate, each as it is written.
#[derive(Clone)]
struct Form {
    name: String,
    version: Vec<u8>,
    serial: Vec<u8>,
    inner: Vec<u8>,
    issuer: Vec<u8>,
    validity: Vec<u8>,
    subject: Vec<u8>,
    key: Vec<u8>,
    unique: Vec<u8>,
    extensions: Option<Vec<Vec<u8>>>,
    outer: Vec<u8>,
    unused: u8,
    spoilt: bool,
}

struct Signer {
    key: RsaPrivateKey,
    spki: Vec<u8>,
}

impl Signer {
    fn of(name: &str) -> Self {
        let file = super::super::repository(&format!("assets/people/keys/{name}.der"));
        let key = RsaPrivateKey::from_pkcs8_der(&std::fs::read(file).expect("a key")).expect("a key");
        let spki = rsa::pkcs8::EncodePublicKey::to_public_key_der(&key.to_public_key()).expect("a key").to_vec();
        Self { key, spki }
    }

    fn signs(&self, form: &Form) -> Vec<u8> {
        let mut parts = vec![form.version.clone(), tlv(2, &form.serial), form.inner.clone(), form.issuer.clone()];
        parts.extend([form.validity.clone(), form.subject.clone(), form.key.clone(), form.unique.clone()]);
        if let Some(extensions) = &form.extensions {
            parts.push(tlv(0xA3, &seq(extensions)));
        }
        let body = seq(&parts);
        let mut signature = self.key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(&body)).expect("signed");
        if form.spoilt {
            signature[100] ^= 1;
        }
        seq(&[body, form.outer.clone(), tlv(3, &[&[form.unused], signature.as_slice()].concat())])
    }
}

fn usual(signer: &Signer) -> Form {
    Form {
        name: "as usual".into(),
        version: vec![0xA0, 3, 2, 1, 2],
        serial: vec![0x31, 0xF0, 0xE9, 0xC0],
        inner: algorithm(&NULL),
        issuer: usual_name(0x0C),
        validity: seq(&[tlv(0x17, b"251130150000Z"), tlv(0x17, b"300228145959Z")]),
        subject: name(0x0C, "JP", "Test", "A card"),
        key: signer.spki.clone(),
        unique: Vec::new(),
        extensions: Some(vec![key_usage()]),
        outer: algorithm(&NULL),
        unused: 0,
        spoilt: false,
    }
}

type Change = (&'static str, fn(&mut Form));

/// Serial numbers: of either sign, of any length, written longer than they are.
const SERIALS: [Change; 11] = [
    ("zero", |form| form.serial = vec![0]),
    ("one", |form| form.serial = vec![1]),
    ("negative", |form| form.serial = vec![0x80]),
    ("minus one", |form| form.serial = vec![0xFF]),
    ("negative and long", |form| form.serial = vec![0xC3; 16]),
    ("twenty bytes", |form| form.serial = vec![0x7A; 20]),
    ("twenty-one bytes", |form| form.serial = vec![0x11; 21]),
    ("with a zero before", |form| form.serial = [vec![0], vec![0xF0; 20]].concat()),
    ("thirty-two bytes", |form| form.serial = vec![0x44; 32]),
    ("a hundred bytes", |form| form.serial = vec![0x45; 100]),
    ("two hundred bytes", |form| form.serial = vec![0x46; 200]),
];

/// The issuer's name in other string types and spellings; the last ones are other names.
const ISSUERS: [Change; 13] = [
    ("PrintableString", |form| form.issuer = usual_name(0x13)),
    ("T61String", |form| form.issuer = usual_name(0x14)),
    ("IA5String", |form| form.issuer = usual_name(0x16)),
    ("BMPString", |form| form.issuer = usual_name(0x1E)),
    ("UniversalString", |form| form.issuer = usual_name(0x1C)),
    ("VisibleString", |form| form.issuer = usual_name(0x1A)),
    ("capitals", |form| form.issuer = name(0x0C, "JP", "TEST AUTHORITY", "USER AUTHENTICATION")),
    ("small letters", |form| form.issuer = name(0x13, "jp", "test authority", "user authentication")),
    ("more spaces", |form| form.issuer = name(0x0C, "JP", "  Test   Authority ", "User  Authentication")),
    ("another name", |form| form.issuer = name(0x0C, "JP", "Test Authority", "Digital Signature")),
    ("another country", |form| form.issuer = name(0x0C, "KR", "Test Authority", "User Authentication")),
    ("no spaces", |form| form.issuer = name(0x0C, "JP", "TestAuthority", "UserAuthentication")),
    ("no name", |form| form.issuer = seq(&[])),
];

/// What extensions may look like; the later ones are refused.
const EXTENSIONS: [Change; 17] = [
    ("none", |form| form.extensions = None),
    ("FALSE written out", |form| {
        form.extensions = Some(vec![key_usage(), extension(&POLICIES, Some(0), &seq(&[seq(&[tlv(6, &UNKNOWN)])]))]);
    }),
    ("FALSE written out for the usage", |form| form.extensions = Some(vec![extension(&KEY_USAGE, Some(0), &SIGNS)])),
    ("usage not critical", |form| form.extensions = Some(vec![extension(&KEY_USAGE, None, &SIGNS)])),
    ("usage with bits to spare", |form| {
        form.extensions = Some(vec![extension(&KEY_USAGE, Some(0xFF), &[3, 3, 7, 0x80, 0])])
    }),
    ("no authority, written out", |form| {
        form.extensions = Some(vec![key_usage(), extension(&BASIC, Some(0xFF), &seq(&[vec![1, 1, 0]]))]);
    }),
    ("no authority", |form| form.extensions = Some(vec![key_usage(), extension(&BASIC, None, &seq(&[]))])),
    ("an unknown one", |form| form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, None, &NULL)])),
    ("an unknown one, FALSE written out", |form| {
        form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, Some(0), &NULL)]);
    }),
    ("an unknown one that is no DER", |form| {
        form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, None, b"\x99")])
    }),
    ("an empty unknown one", |form| form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, None, b"")])),
    ("unique identifiers", |form| form.unique = [tlv(0x81, &[0, 1, 2]), tlv(0x82, &[0, 3])].concat()),
    ("an unknown critical one", |form| {
        form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, Some(0xFF), &NULL)]);
    }),
    ("an unknown critical one, TRUE as one", |form| {
        form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, Some(1), &NULL)]);
    }),
    ("only an unknown critical one", |form| form.extensions = Some(vec![extension(&UNKNOWN, Some(0xFF), &NULL)])),
    ("the usage twice", |form| form.extensions = Some(vec![key_usage(), key_usage()])),
    ("two usages", |form| {
        form.extensions = Some(vec![key_usage(), extension(&KEY_USAGE, Some(0xFF), &[3, 2, 1, 6])]);
    }),
];

/// The rest; the later ones are refused.
const OTHERS: [Change; 13] = [
    ("as usual", |_| {}),
    ("first version written out", |form| (form.version, form.extensions) = (vec![0xA0, 3, 2, 1, 0], None)),
    ("first version", |form| (form.version, form.extensions) = (Vec::new(), None)),
    ("second version", |form| (form.version, form.extensions) = (vec![0xA0, 3, 2, 1, 1], None)),
    ("no parameters", |form| (form.inner, form.outer) = (algorithm(&[]), algorithm(&[]))),
    ("no subject", |form| form.subject = seq(&[])),
    ("subject in Japanese", |form| form.subject = name(0x1E, "JP", "試験", "試験のカード")),
    ("long years", |form| {
        form.validity = seq(&[tlv(0x18, b"20251130150000Z"), tlv(0x18, b"20510228145959Z")]);
    }),
    ("no end", |form| form.validity = seq(&[tlv(0x17, b"251130150000Z"), tlv(0x18, b"99991231235959Z")])),
    ("spoilt", |form| form.spoilt = true),
    ("another algorithm named outside", |form| {
        form.outer = tlv(0x30, &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0C, 5, 0])
    }),
    ("parameters differ", |form| form.outer = algorithm(&[])),
    ("another algorithm named inside", |form| {
        form.inner = tlv(0x30, &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0C, 5, 0]);
    }),
];

/// Every form alone, and the serial numbers and the rest with all others.
fn forms(signer: &Signer) -> Vec<Form> {
    let mut all = Vec::new();
    let mut add = |changes: &[&Change]| {
        let mut form = usual(signer);
        changes.iter().for_each(|(_, change)| change(&mut form));
        form.name = changes.iter().map(|change| change.0).collect::<Vec<_>>().join(" + ");
        all.push(form);
    };
    for serial in &SERIALS {
        ISSUERS.iter().for_each(|issuer| add(&[serial, issuer]));
    }
    for extensions in &EXTENSIONS {
        OTHERS.iter().for_each(|other| add(&[other, extensions]));
        add(&[extensions, &ISSUERS[0]]);
    }
    OTHERS.iter().for_each(|other| add(&[other]));
    all
}

/// The authority: its own certificate, signed by itself.
fn authority(signer: &Signer) -> Vec<u8> {
    let rights = extension(&BASIC, Some(0xFF), &seq(&[vec![1, 1, 0xFF]]));
    let usage = extension(&KEY_USAGE, Some(0xFF), &[3, 2, 1, 6]);
    let subject = usual_name(0x0C);
    let validity = seq(&[tlv(0x17, b"200101000000Z"), tlv(0x17, b"401231235959Z")]);
    signer.signs(&Form { subject, validity, extensions: Some(vec![rights, usage]), ..usual(signer) })
}

fn pem(der: &[u8]) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(der))
}

/// What OpenSSL says: whether the authority signed it, whatever the day.
fn witness(folder: &Path, authority: &Path, der: &[u8]) -> bool {
    let file = folder.join("card.pem");
    std::fs::write(&file, pem(der)).expect("written");
    let mut openssl = Command::new("openssl");
    openssl.args(["verify", "-no_check_time", "-CAfile"]).arg(authority).arg(file);
    openssl.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("openssl is there").success()
}

fn believes(der: &[u8], authority: &Authority) -> Result<bool, CertificateFault> {
    let certificate = Certificate::read(der)?;
    certificate.understood()?;
    Ok(certificate.issued_by(authority))
}

#[test]
fn openssl_and_we_believe_the_same_certificates() {
    let folder = tempfile::tempdir().expect("a folder");
    let signer = Signer::of("auth-ca");
    let root = authority(&signer);
    let root_file = folder.path().join("ca.pem");
    std::fs::write(&root_file, pem(&root)).expect("written");
    let authority = Authority::read(&root).expect("an authority");
    let forms = forms(&signer);
    let (mut believed, mut differ) = (0, Vec::new());
    for form in &forms {
        let der = signer.signs(form);
        let ours = believes(&der, &authority);
        let theirs = witness(folder.path(), &root_file, &der);
        believed += usize::from(theirs);
        if ours.clone().unwrap_or(false) != theirs {
            differ.push(format!("{}: OpenSSL {theirs}, we {ours:?}", form.name));
        }
    }
    println!("{} certificates, {believed} believed by OpenSSL, {} told otherwise by us", forms.len(), differ.len());
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert!(forms.len() >= 200 && believed >= 100 && forms.len() - believed >= 50);
}

#[test]
fn a_default_written_out_changes_nothing() {
    let signer = Signer::of("auth-ca");
    let plain = input("card.plain.der");
    let known = Certificate::read(&plain).expect("a certificate");
    // The same authority as signed the inputs, with its name as they have it.
    let issuer = plain[34..34 + 117].to_vec();
    let form = Form { subject: issuer.clone(), issuer, ..usual(&signer) };
    let validity = seq(&[tlv(0x17, b"200101000000Z"), tlv(0x17, b"401231235959Z")]);
    let authority = Authority::read(&signer.signs(&Form { validity, ..form })).expect("an authority");
    assert!(known.issued_by(&authority));
    let odd = input("card.explicit-false.der");
    assert!(Certificate::read(&odd).expect("a certificate").issued_by(&authority), "FALSE written out");
    let mut changed = odd.clone();
    *changed.get_mut(594).expect("the FALSE") = 0xFF;
    assert!(!Certificate::read(&changed).expect("a certificate").issued_by(&authority), "not what was signed");
}

#[test]
fn an_unknown_critical_extension_is_named() {
    let signer = Signer::of("auth-ca");
    let mut form = usual(&signer);
    form.extensions = Some(vec![key_usage(), extension(&UNKNOWN, Some(0xFF), &NULL)]);
    let der = signer.signs(&form);
    let fault = Certificate::read(&der).expect("a certificate").understood().expect_err("unknown");
    assert!(fault.to_string().contains("1.3.6.1.4.1.99999.1"), "{fault}");
    assert_eq!(Authority::read(&der).expect_err("unknown"), fault);
}
