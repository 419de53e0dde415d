//! What a piece of DER is, told by the tags of its first members.

use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{AnyRef, Decode, Header, Reader, SliceReader, Tag};

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Certificate,
    RevokedList,
    PublicKey,
    Pkcs1PublicKey,
    /// A private key with the name of its algorithm.
    Pkcs8,
    /// An RSA private key.
    Pkcs1,
    /// A private key on an elliptic curve.
    Sec1,
    Dsa,
    /// Private, and locked with a password.
    Encrypted,
    /// Keys and certificates together, locked with a password.
    Pkcs12,
    /// Certificates in a bundle.
    Pkcs7,
}

/// The first element of the bytes, header included; `None` when it is none or goes on behind their end.
pub(super) fn first(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = SliceReader::new(bytes).ok()?;
    reader.tlv_bytes().ok()
}

/// The members of a sequence, headers included.
pub(super) fn members(der: &[u8]) -> Option<Vec<&[u8]>> {
    let mut reader = SliceReader::new(der).ok()?;
    let header = Header::decode(&mut reader).ok().filter(|header| header.tag == Tag::Sequence)?;
    let length = usize::try_from(u32::from(header.length)).ok()?;
    let start = usize::try_from(u32::from(reader.position())).ok()?;
    let mut rest = der.get(start..start.checked_add(length)?)?;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let one = first(rest)?;
        found.push(one);
        rest = rest.get(one.len()..)?;
    }
    Some(found)
}

/// The number that an INTEGER of one byte holds.
fn small(member: &[u8]) -> Option<u8> {
    match member {
        [0x02, 1, number] => Some(*number),
        _ => None,
    }
}

/// The object identifier that a sequence begins with.
fn algorithm(member: &[u8]) -> Option<ObjectIdentifier> {
    ObjectIdentifier::from_der(members(member)?.first()?).ok()
}

/// What these bytes are; `None` when they are nothing that is known.
pub(super) fn of(der: &[u8]) -> Option<Shape> {
    let parts = members(der)?;
    let tags: Vec<u8> = parts.iter().filter_map(|part| part.first().copied()).collect();
    let number = parts.first().and_then(|part| small(part));
    match tags.as_slice() {
        // The second member of both is an algorithm; a list has no key, and its first member no serial number.
        [0x30, 0x30, 0x03] => {
            Some(if is_certificate(parts.first()?) { Shape::Certificate } else { Shape::RevokedList })
        }
        [0x30, 0x03] => Some(Shape::PublicKey),
        [0x30, 0x04] => Some(Shape::Encrypted),
        [0x02, 0x02] => Some(Shape::Pkcs1PublicKey),
        [0x02, 0x30, 0x04, ..] if number.is_some_and(|number| number <= 1) => Some(Shape::Pkcs8),
        [0x02, 0x04, ..] if number == Some(1) => Some(Shape::Sec1),
        [0x02, 0x30, ..] if number == Some(3) => Some(Shape::Pkcs12),
        [0x06, 0xA0, ..] => Some(Shape::Pkcs7),
        [0x02, 0x02, .., 0x02] if tags.len() == 6 => Some(Shape::Dsa),
        [0x02, 0x02, .., 0x02 | 0x30] if tags.len() >= 9 => Some(Shape::Pkcs1),
        _ => None,
    }
}

/// Whether the signed part is that of a certificate: after the serial number comes an algorithm, then issuer, dates, subject,
/// key; in a list the dates stand alone.
fn is_certificate(tbs: &[u8]) -> bool {
    members(tbs).is_some_and(|parts| {
        let plain = parts.iter().filter(|part| part.first() != Some(&0xA0));
        plain.take(6).map(|part| part.first().copied()).eq([0x02, 0x30, 0x30, 0x30, 0x30, 0x30].map(Some))
    })
}

/// What kind of key it is, as far as anybody can tell.
pub(super) fn kind_of_key(shape: Shape, der: &[u8]) -> Option<String> {
    let parts = members(der)?;
    match shape {
        Shape::Pkcs1 => rsa_size(der),
        Shape::Sec1 => Some("an elliptic curve key".into()),
        Shape::Dsa => Some("a DSA key".into()),
        Shape::Pkcs8 => {
            let identifier = parts.get(1)?;
            let inner = AnyRef::from_der(parts.get(2)?).ok()?;
            Some(match algorithm(identifier)?.to_string().as_str() {
                "1.2.840.113549.1.1.1" => return rsa_size(inner.value()),
                "1.2.840.113549.1.1.10" => "an RSA key for PSS alone".into(),
                "1.2.840.10040.4.1" => "a DSA key".into(),
                "1.2.840.10045.2.1" => curve(members(identifier)?.get(1)?),
                "1.3.101.110" | "1.3.101.111" => "a key for agreeing on secrets, not for signing".into(),
                "1.3.101.112" => "an Ed25519 key".into(),
                "1.3.101.113" => "an Ed448 key".into(),
                _ => return None,
            })
        }
        _ => None,
    }
}

fn curve(parameters: &[u8]) -> String {
    let named = ObjectIdentifier::from_der(parameters).ok().map(|oid| oid.to_string());
    match named.as_deref() {
        Some("1.2.840.10045.3.1.7") => "an elliptic curve key on P-256".into(),
        Some("1.3.132.0.34") => "an elliptic curve key on P-384".into(),
        Some("1.3.132.0.35") => "an elliptic curve key on P-521".into(),
        Some("1.3.132.0.10") => "an elliptic curve key on secp256k1".into(),
        Some(_) => "an elliptic curve key on a rare curve".into(),
        None => "an elliptic curve key whose curve is written out instead of named".into(),
    }
}

/// The size of the modulus, which is public.
fn rsa_size(pkcs1: &[u8]) -> Option<String> {
    let parts = members(pkcs1)?;
    let modulus = AnyRef::from_der(parts.get(1)?).ok()?;
    let number = modulus.value().iter().skip_while(|byte| **byte == 0).count();
    Some(format!("an RSA key of {} bits", number * 8))
}
