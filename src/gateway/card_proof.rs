//! Judges what a card gave, from bytes alone: the certificate's chain, the signature over the nonce, and by face
//! the issuer's signature over the card face and the card key's answer.
//!
//! Revocation cannot be checked here: only filed verifiers get the lists.

use jiff::Timestamp;
use jiff::civil::Date;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

use crate::adapters::qualification::contract::CardFaceRequest;
use crate::certificates::{Authority, Certificate, CertificateFault};
use crate::domain::japan;
use crate::people::PeopleError;
use crate::people::authority::{CARD_FACE_DIGEST_PREFIX, TestAuthority, is_revoked};

/// Whose cards are believed.
#[derive(Default)]
pub struct CardTrust {
    auth_authorities: Vec<Authority>,
    face_authorities: Vec<RsaPublicKey>,
}

/// A certificate that chains to a trusted authority.
#[derive(Debug)]
pub struct CardCertificate {
    /// SHA-256 over its public key: tells whose it is.
    pub spki_sha256: [u8; 32],
    /// First valid day in Japan.
    pub first_day: Date,
    /// Last valid day in Japan.
    pub last_day: Date,
    /// Revoked; known for certificates of the test authority alone.
    pub revoked: bool,
    key: RsaPublicKey,
}

/// What the signed card face says of its owner.
#[derive(Debug, PartialEq, Eq)]
pub struct FaceFacts {
    /// `YYYYMMDD`.
    pub birth: [u8; 8],
    /// One digit.
    pub sex: u8,
}

/// Why a proof is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The certificate is of a kind that cards do not hold.
    #[error("the certificate is malformed")]
    Malformed,
    /// The certificate does not parse, or asks for more than is known here.
    #[error("the certificate: {0}")]
    Certificate(#[from] CertificateFault),
    /// No trusted authority signed the certificate.
    #[error("the certificate is of an unknown issuer")]
    UnknownIssuer,
    /// The signature over the nonce does not fit the certificate.
    #[error("the signature over the nonce does not hold")]
    Nonce,
    /// The card face's issuer is not trusted or did not sign it.
    #[error("the issuer's signature over the card face does not hold")]
    CardFace,
    /// The card key did not answer this nonce.
    #[error("the card key's signature over the nonce does not hold")]
    CardKey,
}

impl CardTrust {
    /// Trusts the test authority, whose private keys are public: never outside demo, training and tests.
    ///
    /// # Errors
    /// When the compiled-in keys cannot be used.
    pub fn test_cards(authority: &TestAuthority, today: Date) -> Result<Self, PeopleError> {
        let present = Authority::read(&authority.auth_ca_certificate(today)?)?;
        let older = Authority::read(&authority.older_auth_ca_certificate(today)?)?;
        Ok(Self { auth_authorities: vec![present, older], face_authorities: vec![authority.face_ca_public_key()] })
    }

    /// Checks form, purpose and chain of a user-authentication certificate; its dates are the caller's to judge.
    ///
    /// # Errors
    /// When it is malformed or of an unknown issuer.
    pub fn certificate(&self, der: &[u8]) -> Result<CardCertificate, ProofError> {
        let certificate = Certificate::read(der)?;
        certificate.understood()?;
        if !self.auth_authorities.iter().any(|authority| certificate.issued_by(authority)) {
            return Err(ProofError::UnknownIssuer);
        }
        let (Some(key), true) = (certificate.rsa_key(), certificate.is_for_authentication()) else {
            return Err(ProofError::Malformed);
        };
        Ok(CardCertificate {
            spki_sha256: Sha256::digest(certificate.spki()).into(),
            first_day: day(certificate.from())?,
            last_day: day(certificate.until())?,
            revoked: is_revoked(certificate.serial()),
            key,
        })
    }

    /// Checks an opened card face: issuer certificate, issuer signature, and the card key over `nonce`.
    ///
    /// # Errors
    /// When any of the three does not hold.
    pub fn card_face(&self, face: &CardFaceRequest, nonce: &[u8]) -> Result<FaceFacts, ProofError> {
        let issuer = self.face_issuer(&face.issuer_certificate.0).ok_or(ProofError::CardFace)?;
        let basic_hash = Sha256::digest(&face.basic.0);
        let hashes = [basic_hash.as_slice(), &face.pictures_hash.0, &face.portrait_hash.0].concat();
        let scheme = Pkcs1v15Sign { hash_len: Some(96), prefix: CARD_FACE_DIGEST_PREFIX.into() };
        issuer.verify(scheme, &hashes, &face.signature.0).map_err(|_| ProofError::CardFace)?;
        let (facts, card_key) = basic(&face.basic.0).ok_or(ProofError::CardFace)?;
        if !signed(&card_key, nonce, &face.card_signature.0) {
            return Err(ProofError::CardKey);
        }
        Ok(facts)
    }

    /// The issuer's key out of a card-verifiable certificate that a trusted authority signed.
    fn face_issuer(&self, certificate: &[u8]) -> Option<RsaPublicKey> {
        let (outer, inside) = tlv(certificate)?.0;
        let ((body_tag, body), rest) = tlv(inside)?;
        let ((signature_tag, signature), end) = tlv(rest)?;
        if (outer, body_tag, signature_tag) != (0x7F21, 0x5F4E, 0x5F37) || !end.is_empty() {
            return None;
        }
        let signer = self.face_authorities.iter().any(|key| signed(key, body, signature));
        signer.then(|| rsa_key(body.get(32..)?)).flatten()
    }
}

impl CardCertificate {
    /// Checks the user-authentication key's signature over the nonce.
    ///
    /// # Errors
    /// When it does not hold.
    pub fn signed(&self, nonce: &[u8], signature: &[u8]) -> Result<(), ProofError> {
        if signed(&self.key, nonce, signature) { Ok(()) } else { Err(ProofError::Nonce) }
    }
}

/// PKCS#1 v1.5 with SHA-256 over `message`.
fn signed(key: &RsaPublicKey, message: &[u8], signature: &[u8]) -> bool {
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message), signature).is_ok()
}

fn day(moment: Option<Timestamp>) -> Result<Date, ProofError> {
    moment.map(japan::day).ok_or(ProofError::Malformed)
}

/// DF22 birth date, DF23 sex, DF24 card public key, in this order and nothing else.
fn basic(bytes: &[u8]) -> Option<(FaceFacts, RsaPublicKey)> {
    let ((birth_tag, birth), rest) = tlv(bytes)?;
    let ((sex_tag, sex), rest) = tlv(rest)?;
    let ((key_tag, key), rest) = tlv(rest)?;
    let ([sex], true, true) = (sex, rest.is_empty(), (birth_tag, sex_tag, key_tag) == (0xDF22, 0xDF23, 0xDF24)) else {
        return None;
    };
    Some((FaceFacts { birth: birth.try_into().ok()?, sex: *sex }, rsa_key(key)?))
}

/// 90 exponent, 91 modulus.
fn rsa_key(bytes: &[u8]) -> Option<RsaPublicKey> {
    let ((exponent_tag, exponent), rest) = tlv(bytes)?;
    let ((modulus_tag, modulus), rest) = tlv(rest)?;
    if (exponent_tag, modulus_tag) != (0x90, 0x91) || !rest.is_empty() {
        return None;
    }
    RsaPublicKey::new(BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent)).ok()
}

/// Tag and value of a TLV.
type Field<'a> = (u16, &'a [u8]);

/// The first TLV (one or two bytes of tag, BER length up to two bytes) and what follows it.
fn tlv(bytes: &[u8]) -> Option<(Field<'_>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (tag, rest) = if first & 0x1F == 0x1F {
        let (&second, rest) = rest.split_first()?;
        (u16::from_be_bytes([first, second]), rest)
    } else {
        (u16::from(first), rest)
    };
    let (length, rest) = match rest {
        [0x82, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        [0x81, length, rest @ ..] => (usize::from(*length), rest),
        [length @ ..=0x7F, rest @ ..] => (usize::from(*length), rest),
        _ => return None,
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some(((tag, value), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::qualification::contract::Bytes64;
    use crate::people::{self, authority::public_key_tlv};
    use jiff::civil::date;
    use rsa::RsaPrivateKey;

    const TODAY: Date = date(2026, 11, 20);
    const NONCE: [u8; 32] = [7; 32];

    fn sign(key: &RsaPrivateKey, message: &[u8]) -> Bytes64 {
        Bytes64(key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).unwrap())
    }

    fn setting() -> (TestAuthority, CardTrust, people::Person) {
        let authority = TestAuthority::load().unwrap();
        let trust = CardTrust::test_cards(&authority, TODAY).unwrap();
        (authority, trust, people::by_id("p02").unwrap())
    }

    fn face(authority: &TestAuthority, person: &people::Person) -> CardFaceRequest {
        let key = public_key_tlv(&authority.card_key(person).unwrap().to_public_key());
        let mut basic = b"\xDF\x22\x0819910903\xDF\x23\x011\xDF\x24\x82".to_vec();
        basic.extend((key.len() as u16).to_be_bytes());
        basic.extend(key);
        let signature = authority.sign_card_face(&basic, b"pictures", b"portrait").unwrap();
        CardFaceRequest {
            basic: Bytes64(basic),
            pictures_hash: Bytes64(Sha256::digest(b"pictures").to_vec()),
            portrait_hash: Bytes64(Sha256::digest(b"portrait").to_vec()),
            signature: Bytes64(signature),
            issuer_certificate: Bytes64(authority.issuer_cv_certificate().unwrap()),
            card_signature: sign(&authority.card_key(person).unwrap(), &NONCE),
        }
    }

    #[test]
    fn a_card_of_the_test_authority_is_believed_only_where_trusted() {
        let (authority, trust, person) = setting();
        let der = authority.auth_certificate(&person, TODAY).unwrap();
        let certificate = trust.certificate(&der).unwrap();
        assert_eq!(certificate.spki_sha256, authority.auth_spki_sha256(&person).unwrap());
        assert_eq!((certificate.first_day, certificate.last_day), (date(2025, 11, 20), date(2030, 9, 3)));
        let signature = sign(&authority.auth_key(&person).unwrap(), &NONCE);
        assert_eq!(certificate.signed(&NONCE, &signature.0), Ok(()));
        assert_eq!(certificate.signed(&[8; 32], &signature.0), Err(ProofError::Nonce));
        assert_eq!(CardTrust::default().certificate(&der).unwrap_err(), ProofError::UnknownIssuer);
    }

    #[test]
    fn changed_or_foreign_certificates_are_refused() {
        let (authority, trust, person) = setting();
        let mut der = authority.auth_certificate(&person, TODAY).unwrap();
        let middle = der.len() / 2;
        der[middle] ^= 1;
        assert!(trust.certificate(&der).is_err());
        let unreadable = ProofError::Certificate(CertificateFault::Unreadable);
        assert_eq!(trust.certificate(b"no certificate").unwrap_err(), unreadable);
        let signing = authority.sign_certificate(&person, TODAY).unwrap().unwrap();
        assert_eq!(trust.certificate(&signing).unwrap_err(), ProofError::UnknownIssuer);
        let ca = authority.auth_ca_certificate(TODAY).unwrap();
        assert_eq!(trust.certificate(&ca).unwrap_err(), ProofError::Malformed);
    }

    #[test]
    fn a_card_face_is_believed_as_a_whole() {
        let (authority, trust, person) = setting();
        let good = face(&authority, &person);
        assert_eq!(trust.card_face(&good, &NONCE), Ok(FaceFacts { birth: *b"19910903", sex: b'1' }));
        assert_eq!(trust.card_face(&good, &[8; 32]), Err(ProofError::CardKey));
        let spoil = |change: fn(&mut CardFaceRequest)| {
            let mut face = good.clone();
            change(&mut face);
            trust.card_face(&face, &NONCE)
        };
        assert_eq!(spoil(|f| f.basic.0[10] ^= 1), Err(ProofError::CardFace));
        assert_eq!(spoil(|f| f.portrait_hash.0[0] ^= 1), Err(ProofError::CardFace));
        assert_eq!(spoil(|f| f.pictures_hash.0.truncate(31)), Err(ProofError::CardFace));
        assert_eq!(spoil(|f| f.issuer_certificate.0[100] ^= 1), Err(ProofError::CardFace));
        assert_eq!(spoil(|f| f.card_signature.0[0] ^= 1), Err(ProofError::CardKey));
        assert_eq!(CardTrust::default().card_face(&good, &NONCE), Err(ProofError::CardFace));
    }

    #[test]
    fn a_broken_tlv_is_no_field() {
        for broken in [&b""[..], b"\xDF", b"\xDF\x22", b"\xDF\x22\x05abc", b"\x90\x83\x00\x00\x01\x00", b"\x90\x80"] {
            assert!(tlv(broken).is_none());
        }
    }
}
