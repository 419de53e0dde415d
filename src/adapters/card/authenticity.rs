//! Passive authentication of the card face: hashes, issuer's signature, issuer's certificate, trusted key.
//!
//! The issuer signs one DigestInfo that holds three SHA-256 hashes (96 bytes): over DF22 to DF24, DF25 and DF26, DF27. The
//! issuer's key lies in a card-verifiable certificate (7F21), signed by a key that is not on the card: the caller's.

use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

use crate::domain::card::Authenticity;

use super::card_face::CardFace;
use super::files::TAG_CV_CERTIFICATE;
use super::tlv::{self, TlvError};

/// What comes before the three hashes: DigestInfo for SHA-256 that claims 96 bytes.
const THREE_HASHES_PREFIX: [u8; 19] =
    [0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x60];

/// What comes before one hash: DigestInfo for SHA-256.
const ONE_HASH_PREFIX: [u8; 19] =
    [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

/// The DigestInfo over SHA-256 of `message`, 51 bytes: what the card pads and signs.
pub fn digest_info(message: &[u8]) -> Vec<u8> {
    let mut info = ONE_HASH_PREFIX.to_vec();
    info.extend(Sha256::digest(message));
    info
}

/// Whether `signature` is PKCS#1 v1.5 with SHA-256 over `message`.
pub fn is_signed(key: &RsaPublicKey, message: &[u8], signature: &[u8]) -> bool {
    key.verify(Pkcs1v15Sign::new_unprefixed(), &digest_info(message), signature).is_ok()
}

/// Reads a public key as cards write it: 90 exponent, 91 modulus.
///
/// # Errors
/// When a part is missing; a key that RSA refuses counts as a missing modulus.
pub fn public_key(value: &[u8]) -> Result<RsaPublicKey, TlvError> {
    let parts = tlv::all(value)?;
    let number = |tag| tlv::find(&parts, tag).map(|part| BigUint::from_bytes_be(part.value));
    let exponent = number(0x90).ok_or(TlvError::Missing(0x90))?;
    let modulus = number(0x91).ok_or(TlvError::Missing(0x91))?;
    RsaPublicKey::new(modulus, exponent).map_err(|_| TlvError::Missing(0x91))
}

/// A card-verifiable certificate, taken apart.
struct CvCertificate<'a> {
    body: &'a [u8],
    key: RsaPublicKey,
    signature: &'a [u8],
}

/// Two key names of 16 bytes stand before the key.
const KEY_NAMES: usize = 32;

/// The two pieces of a card-verifiable certificate as written, body and signature.
///
/// # Errors
/// When it is none.
pub fn cv_pieces(certificate: &[u8]) -> Result<(&[u8], &[u8]), TlvError> {
    let parts = tlv::all(tlv::file(certificate, TAG_CV_CERTIFICATE)?.value)?;
    let piece = |tag| tlv::find(&parts, tag).map(|part| part.raw).ok_or(TlvError::Missing(tag));
    Ok((piece(0x5F4E)?, piece(0x5F37)?))
}

/// The key that the body of a card-verifiable certificate is about.
///
/// # Errors
/// When there is none.
pub fn key_in_cv_body(body: &[u8]) -> Result<RsaPublicKey, TlvError> {
    public_key(body.get(KEY_NAMES..).ok_or(TlvError::Truncated)?)
}

fn cv_certificate(file: &[u8]) -> Result<CvCertificate<'_>, TlvError> {
    let parts = tlv::all(tlv::file(file, TAG_CV_CERTIFICATE)?.value)?;
    let body = tlv::find(&parts, 0x5F4E).ok_or(TlvError::Missing(0x5F4E))?.value;
    let signature = tlv::find(&parts, 0x5F37).ok_or(TlvError::Missing(0x5F37))?.value;
    let key = key_in_cv_body(body)?;
    Ok(CvCertificate { body, key, signature })
}

/// Whether an issuer's certificate (EF 0004) is signed by one of those keys.
pub fn issued_by(file: &[u8], trusted: &[RsaPublicKey]) -> bool {
    cv_certificate(file).is_ok_and(|certificate| is_issued(&certificate, trusted))
}

fn is_issued(certificate: &CvCertificate<'_>, trusted: &[RsaPublicKey]) -> bool {
    trusted.iter().any(|key| is_signed(key, certificate.body, certificate.signature))
}

/// Judges a card face: genuine only when its issuer's certificate is signed by one of `trusted`, the issuer signed what was
/// read, and the card holds the key that the face names (`holds_key`). Without any trusted key the last alone can be said.
pub fn judge(face: &CardFace, holds_key: bool, trusted: &[RsaPublicKey]) -> Authenticity {
    match by_issuer(face, trusted) {
        Authenticity::Genuine | Authenticity::Unchecked if !holds_key => Authenticity::KeyNotHeld,
        verdict => verdict,
    }
}

/// The verdict on the issuer's signatures alone.
fn by_issuer(face: &CardFace, trusted: &[RsaPublicKey]) -> Authenticity {
    if trusted.is_empty() {
        return Authenticity::Unchecked;
    }
    let Ok(certificate) = cv_certificate(&face.issuer_certificate) else { return Authenticity::Forged };
    if !is_issued(&certificate, trusted) {
        return Authenticity::UnknownIssuer;
    }
    let hashes = [Sha256::digest(&face.basic).into(), face.pictures_hash, face.portrait_hash].concat();
    let scheme = Pkcs1v15Sign { hash_len: Some(hashes.len()), prefix: THREE_HASHES_PREFIX.into() };
    if certificate.key.verify(scheme, &hashes, &face.signature).is_ok() {
        Authenticity::Genuine
    } else {
        Authenticity::Forged
    }
}
