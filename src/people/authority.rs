//! The test card authority: issues the certificates of the synthetic people's cards and signs their card faces.
//!
//! Its private keys are public, so only a gateway or kiosk told to trust it accepts what it issued. Certificates are
//! issued on call, with dates relative to the given day; the same day always gives the same bytes.

use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer as _};
use rsa::{Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest, Sha256};
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Any, Tag};
use x509_cert::ext::pkix::name::{GeneralName, OtherName};
use x509_cert::ext::pkix::{KeyUsages, SubjectAltName};
use x509_cert::name::Name;

use super::cv_certificate;
use super::x509::{self, Order, Purpose};
use super::{PeopleError, Person};

pub use super::cv_certificate::{TEST_FACE_CA_ID, public_key_tlv};

/// The public policy identifier of user-authentication certificates on cards.
const AUTH_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.3.30");
/// The public policy identifier of signing certificates on cards.
const SIGN_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.1.20");

/// PKCS#1 v1.5 prefix of a SHA-256 DigestInfo that holds three hashes (96 bytes), as card faces are signed.
pub const CARD_FACE_DIGEST_PREFIX: [u8; 19] =
    [0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x60];

macro_rules! key_files {
    ($($id:literal $kind:literal),* $(,)?) => {
        fn key_file(id: &str, kind: &str) -> Option<&'static [u8]> {
            match (id, kind) {
                $(($id, $kind) => Some(include_bytes!(concat!("../../assets/people/keys/", $id, "-", $kind, ".der"))),)*
                _ => None,
            }
        }
    };
}

key_files! {
    "auth" "ca", "auth" "older", "sign" "ca", "face" "ca", "face" "issuer", "terminal" "ca", "terminal" "terminal",
    "p01" "auth", "p01" "sign", "p01" "card",
    "p02" "auth", "p02" "sign", "p02" "card",
    "p03" "auth", "p03" "sign", "p03" "card",
    "p04" "auth", "p04" "sign", "p04" "card",
    "p05" "auth", "p05" "sign", "p05" "card",
    "p06" "auth", "p06" "sign", "p06" "card",
    "p07" "auth", "p07" "sign", "p07" "card",
    "p08" "auth", "p08" "card",
}

fn key(id: &str, kind: &str) -> Result<RsaPrivateKey, PeopleError> {
    let file = key_file(id, kind).ok_or_else(|| PeopleError::Unknown(format!("{id}-{kind}")))?;
    RsaPrivateKey::from_pkcs8_der(file).map_err(|source| PeopleError::Key { name: format!("{id}-{kind}"), source })
}

/// How a user-authentication certificate departs from the usual one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Odd {
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Who signed it.
    pub signer: Signer,
    /// On the list of revoked ones; [`is_revoked`] tells.
    pub revoked: bool,
    /// With the key usage of a certificate for signing documents.
    pub for_documents: bool,
}

/// Who signed a certificate that bears the authority's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signer {
    /// The authority's present key.
    #[default]
    Present,
    /// Its key of the generation before, under the same name.
    Older,
    /// Nobody known.
    Stranger,
}

/// Whether the test authority revoked the certificate of this serial number: the stand-in for its revocation list.
pub fn is_revoked(serial: &[u8]) -> bool {
    serial.first() == Some(&x509::REVOKED_MARK) && serial.len() == 5
}

/// The test card authority with its keys.
pub struct TestAuthority {
    auth_ca: RsaPrivateKey,
    older_auth_ca: RsaPrivateKey,
    sign_ca: RsaPrivateKey,
    face_ca: RsaPrivateKey,
    face_issuer: RsaPrivateKey,
    terminal_ca: RsaPrivateKey,
    terminal: RsaPrivateKey,
}

impl TestAuthority {
    /// Loads the authority's own keys; people's keys are parsed when asked for.
    ///
    /// # Errors
    /// When a compiled-in key does not parse.
    pub fn load() -> Result<Self, PeopleError> {
        Ok(Self {
            auth_ca: key("auth", "ca")?,
            older_auth_ca: key("auth", "older")?,
            sign_ca: key("sign", "ca")?,
            face_ca: key("face", "ca")?,
            face_issuer: key("face", "issuer")?,
            terminal_ca: key("terminal", "ca")?,
            terminal: key("terminal", "terminal")?,
        })
    }

    /// The self-signed certificate of the test user-authentication CA, DER.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn auth_ca_certificate(&self, today: Date) -> Result<Vec<u8>, PeopleError> {
        ca_certificate(
            &self.auth_ca,
            "user authentication",
            (today.checked_sub(6.years())?, today.checked_add(7.years())?),
        )
    }

    /// The certificate of the generation before, DER: the same name, another key, ended half a year ago.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn older_auth_ca_certificate(&self, today: Date) -> Result<Vec<u8>, PeopleError> {
        let until = today.checked_sub(6.months())?;
        ca_certificate(&self.older_auth_ca, "user authentication", (until.checked_sub(10.years())?, until))
    }

    /// The self-signed certificate of the test signature CA, DER.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn sign_ca_certificate(&self, today: Date) -> Result<Vec<u8>, PeopleError> {
        ca_certificate(
            &self.sign_ca,
            "digital signature",
            (today.checked_sub(6.years())?, today.checked_add(7.years())?),
        )
    }

    /// The person's user-authentication certificate, DER: issued a year ago, valid to the fifth birthday after that.
    ///
    /// # Errors
    /// When the person has no key or it cannot be encoded.
    pub fn auth_certificate(&self, person: &Person, today: Date) -> Result<Vec<u8>, PeopleError> {
        self.odd_auth_certificate(person, today, &Odd::default())
    }

    /// The same, odd in some way.
    ///
    /// # Errors
    /// When the person has no key or it cannot be encoded.
    pub fn odd_auth_certificate(&self, person: &Person, today: Date, odd: &Odd) -> Result<Vec<u8>, PeopleError> {
        let (from, until) = odd.days.map_or_else(|| usual_dates(person, today), Ok)?;
        let signer = match odd.signer {
            Signer::Present => &self.auth_ca,
            Signer::Older => &self.older_auth_ca,
            Signer::Stranger => &self.terminal,
        };
        let order = Order {
            revoked: odd.revoked,
            subject: card_name(person, "A", "user authentication")?,
            issuer: ca_name("user authentication")?,
            key: &self.auth_key(person)?.to_public_key(),
            from,
            until,
            purpose: Purpose::Card {
                usage: KeyUsages::DigitalSignature,
                non_repudiation: odd.for_documents,
                policy: AUTH_POLICY,
                attributes: None,
            },
        };
        x509::issue(order, signer)
    }

    /// The person's signing certificate with the four basic attributes, DER; `None` for people who have none.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn sign_certificate(&self, person: &Person, today: Date) -> Result<Option<Vec<u8>>, PeopleError> {
        let Some(key) = self.sign_key(person)? else { return Ok(None) };
        let (from, until) = usual_dates(person, today)?;
        let order = Order {
            revoked: false,
            subject: card_name(person, "S", "digital signature")?,
            issuer: ca_name("digital signature")?,
            key: &key.to_public_key(),
            from,
            until,
            purpose: Purpose::Card {
                usage: KeyUsages::DigitalSignature,
                non_repudiation: true,
                policy: SIGN_POLICY,
                attributes: Some(basic_attributes(person)?),
            },
        };
        x509::issue(order, &self.sign_ca).map(Some)
    }

    /// The key behind the user-authentication certificate.
    ///
    /// # Errors
    /// When the person has no such key.
    pub fn auth_key(&self, person: &Person) -> Result<RsaPrivateKey, PeopleError> {
        key(person.model(), "auth")
    }

    /// The key behind the signing certificate; `None` for people who have none.
    ///
    /// # Errors
    /// When the key does not parse.
    pub fn sign_key(&self, person: &Person) -> Result<Option<RsaPrivateKey>, PeopleError> {
        person.signing_password.as_ref().map(|_| key(person.model(), "sign")).transpose()
    }

    /// The card's own key, whose public half is on the card face (DF24).
    ///
    /// # Errors
    /// When the person has no such key.
    pub fn card_key(&self, person: &Person) -> Result<RsaPrivateKey, PeopleError> {
        key(person.model(), "card")
    }

    /// SHA-256 over the SubjectPublicKeyInfo of the user-authentication certificate: tells whose it is.
    ///
    /// # Errors
    /// When the person has no such key.
    pub fn auth_spki_sha256(&self, person: &Person) -> Result<[u8; 32], PeopleError> {
        x509::spki_sha256(&self.auth_key(person)?.to_public_key())
    }

    /// The card-verifiable certificate of the card face issuer (EF 0004 of the visual application), 568 bytes.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn issuer_cv_certificate(&self) -> Result<Vec<u8>, PeopleError> {
        cv_certificate::build(&self.issuer_public_key(), &self.face_ca)
    }

    /// The same certificate as somebody else would sign it.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn strange_issuer_cv_certificate(&self) -> Result<Vec<u8>, PeopleError> {
        cv_certificate::build(&self.issuer_public_key(), &self.terminal)
    }

    /// The card-verifiable certificate of the simulated approved body's terminal.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn terminal_cv_certificate(&self) -> Result<Vec<u8>, PeopleError> {
        cv_certificate::build(&self.terminal.to_public_key(), &self.terminal_ca)
    }

    /// The key that the virtual card checks terminal certificates against.
    pub fn terminal_ca_public_key(&self) -> RsaPublicKey {
        self.terminal_ca.to_public_key()
    }

    /// The simulated terminal's answer to a card's challenge, PKCS#1 v1.5 with SHA-256.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn terminal_answer(&self, challenge: &[u8]) -> Result<Vec<u8>, PeopleError> {
        sign(&self.terminal, challenge)
    }

    /// The key that verifies the signature over a card face (DF28); the one inside [`Self::issuer_cv_certificate`].
    pub fn issuer_public_key(&self) -> RsaPublicKey {
        self.face_issuer.to_public_key()
    }

    /// The key that verifies [`Self::issuer_cv_certificate`]: the anchor that a kiosk trusts.
    pub fn face_ca_public_key(&self) -> RsaPublicKey {
        self.face_ca.to_public_key()
    }

    /// The issuer's ordinary signature over another record of a card (age, text), PKCS#1 v1.5 with SHA-256.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sign_record(&self, record: &[u8]) -> Result<Vec<u8>, PeopleError> {
        sign(&self.face_issuer, record)
    }

    /// DF28: the issuer's signature over SHA-256 of `basic` (DF22 to DF24), `pictures` (DF25 and DF26) and `portrait`
    /// (DF27), each as TLVs with their headers, the three hashes joined in one DigestInfo.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sign_card_face(&self, basic: &[u8], pictures: &[u8], portrait: &[u8]) -> Result<Vec<u8>, PeopleError> {
        let hashes: Vec<u8> = [basic, pictures, portrait].into_iter().flat_map(Sha256::digest).collect();
        let scheme = Pkcs1v15Sign { hash_len: Some(hashes.len()), prefix: CARD_FACE_DIGEST_PREFIX.into() };
        self.face_issuer.sign(scheme, &hashes).map_err(|error| rsa::signature::Error::from_source(error).into())
    }
}

/// PKCS#1 v1.5 with SHA-256.
fn sign(key: &RsaPrivateKey, message: &[u8]) -> Result<Vec<u8>, PeopleError> {
    Ok(SigningKey::<Sha256>::new(key.clone()).try_sign(message)?.to_vec())
}

fn ca_name(purpose: &str) -> Result<Name, PeopleError> {
    Ok(Name::from_str(&format!("OU=TEST - public keys\\, no authority,OU=TEST JPKI for {purpose},O=JPKI,C=JP"))?)
}

/// The name on a card's certificate: no personal data, a random-looking id and the municipality.
fn card_name(person: &Person, suffix: &str, purpose: &str) -> Result<Name, PeopleError> {
    let id = person.id.to_uppercase();
    let municipality = &person.municipality;
    let name = format!("CN=TEST{id}7A9C{municipality}001{suffix},OU=TEST JPKI for {purpose},O=JPKI,C=JP");
    Ok(Name::from_str(&name)?)
}

fn ca_certificate(key: &RsaPrivateKey, purpose: &str, days: (Date, Date)) -> Result<Vec<u8>, PeopleError> {
    let order = Order {
        revoked: false,
        subject: ca_name(purpose)?,
        issuer: ca_name(purpose)?,
        key: &key.to_public_key(),
        from: days.0,
        until: days.1,
        purpose: Purpose::Authority,
    };
    x509::issue(order, key)
}

/// Issued a year ago; ends on the fifth birthday after that.
fn usual_dates(person: &Person, today: Date) -> Result<(Date, Date), PeopleError> {
    let from = today.checked_sub(1.year())?;
    let mut birthday = person.birth.checked_add((from.year() - person.birth.year()).years())?;
    if birthday <= from {
        birthday = birthday.checked_add(1.year())?;
    }
    Ok((from, birthday.checked_add(4.years())?))
}

fn basic_attributes(person: &Person) -> Result<SubjectAltName, PeopleError> {
    let birth = person.birth.strftime("4%Y%m%d").to_string();
    let (sex, no_substitution) = (person.sex.digit().to_string(), "0000".to_owned());
    let values: [(&str, &str); 6] = [
        ("1.2.392.200149.8.5.5.1", &person.name),
        ("1.2.392.200149.8.5.5.2", &no_substitution),
        ("1.2.392.200149.8.5.5.3", &sex),
        ("1.2.392.200149.8.5.5.4", &birth),
        ("1.2.392.200149.8.5.5.5", &person.address),
        ("1.2.392.200149.8.5.5.6", &no_substitution),
    ];
    let mut names = Vec::with_capacity(values.len());
    for (oid, text) in values {
        let value = Any::new(Tag::Utf8String, text.as_bytes())?;
        names.push(GeneralName::OtherName(OtherName { type_id: ObjectIdentifier::new_unwrap(oid), value }));
    }
    Ok(SubjectAltName(names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{all, by_id};
    use jiff::civil::date;
    use rsa::pkcs1v15::{Signature, VerifyingKey};
    use rsa::signature::Verifier;
    use x509_cert::Certificate;
    use x509_cert::der::{Decode, Encode};

    const TODAY: Date = date(2026, 11, 20);

    fn parsed(der: &[u8]) -> Certificate {
        Certificate::from_der(der).unwrap()
    }

    #[test]
    fn a_card_certificate_chains_to_the_test_ca() {
        let authority = TestAuthority::load().unwrap();
        let person = by_id("p02").unwrap();
        let ca = parsed(&authority.auth_ca_certificate(TODAY).unwrap());
        let card = parsed(&authority.auth_certificate(&person, TODAY).unwrap());
        assert_eq!(card.tbs_certificate.issuer, ca.tbs_certificate.subject);
        let verifier = VerifyingKey::<Sha256>::new(authority.auth_ca.to_public_key());
        let signature = Signature::try_from(card.signature.raw_bytes()).unwrap();
        verifier.verify(&card.tbs_certificate.to_der().unwrap(), &signature).unwrap();
        let subject = card.tbs_certificate.subject.to_string();
        assert!(subject.contains("O=JPKI") && subject.contains("TEST") && subject.contains("P02"), "{subject}");
        assert!(!subject.contains(&person.name));
    }

    #[test]
    fn the_certificate_ends_on_the_fifth_birthday_in_japan() {
        let authority = TestAuthority::load().unwrap();
        let card = parsed(&authority.auth_certificate(&by_id("p01").unwrap(), TODAY).unwrap());
        assert_eq!(card.tbs_certificate.validity.not_after.to_string(), "2030-04-12T14:59:59Z");
        assert_eq!(card.tbs_certificate.validity.not_before.to_string(), "2025-11-19T15:00:00Z");
    }

    #[test]
    fn the_spki_hash_names_exactly_one_person() {
        let authority = TestAuthority::load().unwrap();
        let mut hashes = std::collections::BTreeSet::new();
        for person in all().unwrap() {
            let card = parsed(&authority.auth_certificate(&person, TODAY).unwrap());
            let spki = card.tbs_certificate.subject_public_key_info.to_der().unwrap();
            let hash: [u8; 32] = Sha256::digest(spki).into();
            assert_eq!(hash, authority.auth_spki_sha256(&person).unwrap());
            assert!(hashes.insert(hash));
        }
    }

    #[test]
    fn a_child_has_no_signing_certificate() {
        let authority = TestAuthority::load().unwrap();
        assert!(authority.sign_certificate(&by_id("p08").unwrap(), TODAY).unwrap().is_none());
        let adult = authority.sign_certificate(&by_id("p05").unwrap(), TODAY).unwrap().unwrap();
        assert!(parsed(&adult).tbs_certificate.extensions.unwrap().len() >= 5);
    }

    #[test]
    fn the_card_face_signature_covers_three_hashes() {
        let authority = TestAuthority::load().unwrap();
        let signature = authority.sign_card_face(b"basic", b"pictures", b"portrait").unwrap();
        let hashes: Vec<u8> = [&b"basic"[..], b"pictures", b"portrait"].into_iter().flat_map(Sha256::digest).collect();
        let scheme = || Pkcs1v15Sign { hash_len: Some(96), prefix: CARD_FACE_DIGEST_PREFIX.into() };
        authority.issuer_public_key().verify(scheme(), &hashes, &signature).unwrap();
        let other = [0; 96];
        assert!(authority.issuer_public_key().verify(scheme(), &other, &signature).is_err());
    }

    #[test]
    fn the_issuer_certificate_has_the_public_layout() {
        let certificate = TestAuthority::load().unwrap().issuer_cv_certificate().unwrap();
        assert_eq!(certificate.len(), 568);
        assert_eq!(&certificate[..7], &[0x7F, 0x21, 0x82, 0x02, 0x33, 0x5F, 0x4E]);
    }
}
