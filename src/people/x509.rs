//! Issues the test certificates in the shape of the public ones (names, extensions, dates in +09:00).

use std::time::Duration;

use jiff::civil::{Date, Time as CivilTime};
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::{RsaPrivateKey, RsaPublicKey};
use sha2::{Digest, Sha256};
use x509_cert::certificate::{Certificate, TbsCertificate, Version};
use x509_cert::der::Encode;
use x509_cert::der::asn1::{BitString, GeneralizedTime, ObjectIdentifier, UtcTime};
use x509_cert::der::referenced::OwnedToRef;
use x509_cert::ext::pkix::certpolicy::{CertificatePolicies, PolicyInformation};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::ext::{AsExtension, Extension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::time::{Time, Validity};

use super::PeopleError;

use crate::domain::japan;

/// sha256WithRSAEncryption, RFC 4055.
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// What makes the two kinds of certificates differ.
pub(super) enum Purpose {
    /// Issues others.
    Authority,
    /// Belongs to a card: usage, policy, and the four attributes where the kind has them.
    Card { usage: KeyUsages, non_repudiation: bool, policy: ObjectIdentifier, attributes: Option<SubjectAltName> },
}

/// One certificate to be issued.
pub(super) struct Order<'a> {
    pub(super) subject: Name,
    pub(super) issuer: Name,
    pub(super) key: &'a RsaPublicKey,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) purpose: Purpose,
    /// On the list of revoked ones.
    pub(super) revoked: bool,
}

/// The first byte of a five-byte serial number marks a revoked test certificate; the usual ones have four bytes.
pub(super) const REVOKED_MARK: u8 = 0x52;

/// SHA-256 over the SubjectPublicKeyInfo of a key.
pub(super) fn spki_sha256(key: &RsaPublicKey) -> Result<[u8; 32], PeopleError> {
    Ok(Sha256::digest(spki(key)?.to_der()?).into())
}

fn spki(key: &RsaPublicKey) -> Result<SubjectPublicKeyInfoOwned, PeopleError> {
    Ok(SubjectPublicKeyInfoOwned::from_key(key.clone())?)
}

/// The first or last second of a day in Japan.
fn time(day: Date, at: CivilTime) -> Result<Time, PeopleError> {
    let seconds = japan::OFFSET.to_timestamp(day.to_datetime(at))?.as_second();
    let since_epoch = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    Ok(match UtcTime::from_unix_duration(since_epoch) {
        Ok(utc) => Time::UtcTime(utc),
        Err(_) => Time::GeneralTime(GeneralizedTime::from_unix_duration(since_epoch)?),
    })
}

fn extensions(order: &Order<'_>, issuer_key: &RsaPublicKey) -> Result<Vec<Extension>, PeopleError> {
    let (own, issuing) = (spki(order.key)?, spki(issuer_key)?);
    let none: &[Extension] = &[];
    let mut list = vec![
        SubjectKeyIdentifier::try_from(own.owned_to_ref())?.to_extension(&order.subject, none)?,
        AuthorityKeyIdentifier::try_from(issuing.owned_to_ref())?.to_extension(&order.subject, none)?,
    ];
    match &order.purpose {
        Purpose::Authority => {
            let rights = BasicConstraints { ca: true, path_len_constraint: Some(0) };
            list.push(rights.to_extension(&order.subject, none)?);
            list.push(KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign).to_extension(&order.subject, none)?);
        }
        Purpose::Card { usage, non_repudiation, policy, attributes } => {
            let usage = if *non_repudiation { *usage | KeyUsages::NonRepudiation } else { (*usage).into() };
            list.push(KeyUsage(usage).to_extension(&order.subject, none)?);
            let policy = PolicyInformation { policy_identifier: *policy, policy_qualifiers: None };
            list.push(CertificatePolicies(vec![policy]).to_extension(&order.subject, none)?);
            if let Some(attributes) = attributes {
                list.push(attributes.to_extension(&order.subject, none)?);
            }
        }
    }
    Ok(list)
}

/// Issues one certificate, DER. The serial number follows from subject and dates, so the same day gives the same bytes.
pub(super) fn issue(order: Order<'_>, signer: &RsaPrivateKey) -> Result<Vec<u8>, PeopleError> {
    let algorithm = AlgorithmIdentifierOwned { oid: SHA256_WITH_RSA, parameters: Some(x509_cert::der::Any::null()) };
    let extensions = extensions(&order, &signer.to_public_key())?;
    let seed = Sha256::digest(format!("{} {} {}", order.subject, order.from, order.until));
    let serial: u32 = seed.iter().take(4).fold(0, |n, byte| n << 8 | u32::from(*byte)) & 0x7FFF_FFFF;
    let tbs_certificate = TbsCertificate {
        version: Version::V3,
        serial_number: if order.revoked {
            SerialNumber::new(&[&[REVOKED_MARK][..], &serial.to_be_bytes()].concat())?
        } else {
            SerialNumber::from(serial)
        },
        signature: algorithm.clone(),
        issuer: order.issuer,
        validity: Validity {
            not_before: time(order.from, CivilTime::constant(0, 0, 0, 0))?,
            not_after: time(order.until, CivilTime::constant(23, 59, 59, 0))?,
        },
        subject: order.subject,
        subject_public_key_info: spki(order.key)?,
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(extensions),
    };
    let signature = SigningKey::<Sha256>::new(signer.clone()).try_sign(&tbs_certificate.to_der()?)?;
    let certificate = Certificate {
        tbs_certificate,
        signature_algorithm: algorithm,
        signature: BitString::from_bytes(&signature.to_vec())?,
    };
    Ok(certificate.to_der()?)
}
