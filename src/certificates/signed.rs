//! A certificate as its bytes are, and who signed it. Nothing is encoded anew: what was signed is what is checked.

use jiff::Timestamp;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, X509Extension};
use x509_parser::oid_registry::OID_PKCS1_SHA256WITHRSA;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

use super::name::{self, PlainName};

/// Why a certificate cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// Not DER, or not of a certificate's form.
    #[error("it is no certificate, or damaged")]
    Unreadable,
    /// It says that whoever does not know this extension must not use it (RFC 5280 §4.2).
    #[error("its critical extension {0} is not known here")]
    UnknownCritical(String),
    /// Twice the same extension (RFC 5280 §4.2): two readers could believe two different things.
    #[error("its extension {0} is there twice")]
    Twice(String),
    /// An authority whose key is of another kind.
    #[error("its key is no RSA key")]
    NoRsaKey,
}

/// The extensions that may be critical: what they say is checked here or has no meaning for a card's or terminal's own
/// certificate. Key usage, alternative names, basic constraints, name constraints, lists of revoked ones, policies and what
/// binds them, extended key usage.
const KNOWN: [&str; 10] = [
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.33",
    "2.5.29.36",
    "2.5.29.37",
    "2.5.29.54",
];

/// A certificate, lent from its bytes.
pub struct Certificate<'a>(X509Certificate<'a>);

impl<'a> Certificate<'a> {
    /// Takes a certificate apart.
    ///
    /// # Errors
    /// When it is none, or something stands behind it.
    pub fn read(der: &'a [u8]) -> Result<Self, CertificateFault> {
        match X509Certificate::from_der(der) {
            Ok(([], certificate)) => Ok(Self(certificate)),
            _ => Err(CertificateFault::Unreadable),
        }
    }

    /// Whether nothing in it forbids its use to somebody who knows no more than we do.
    ///
    /// # Errors
    /// Names the extension that does.
    pub fn understood(&self) -> Result<(), CertificateFault> {
        let extensions = self.0.extensions();
        let name = |extension: &X509Extension<'_>| extension.oid.to_id_string();
        let unknown = |extension: &&X509Extension<'_>| extension.critical && !KNOWN.contains(&name(extension).as_str());
        if let Some(extension) = extensions.iter().find(unknown) {
            return Err(CertificateFault::UnknownCritical(name(extension)));
        }
        let twice = |(n, extension): &(usize, &X509Extension<'_>)| {
            extensions.iter().take(*n).any(|before| before.oid == extension.oid)
        };
        match extensions.iter().enumerate().find(twice) {
            Some((_, extension)) => Err(CertificateFault::Twice(name(extension))),
            None => Ok(()),
        }
    }

    /// Its public key with its algorithm, as it stands there.
    pub fn spki(&self) -> &[u8] {
        self.0.public_key().raw
    }

    /// Its public key, when that is an RSA key.
    pub fn rsa_key(&self) -> Option<RsaPublicKey> {
        rsa_key(self.0.public_key())
    }

    /// Its serial number as it stands there, of whatever length and sign.
    pub fn serial(&self) -> &[u8] {
        self.0.raw_serial()
    }

    /// The first moment of its life.
    pub fn from(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.0.validity().not_before.timestamp()).ok()
    }

    /// The last second of its life.
    pub fn until(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.0.validity().not_after.timestamp()).ok()
    }

    /// Whether its key is for proving who one is, and for neither documents nor certificates.
    pub fn is_for_authentication(&self) -> bool {
        let usage = self.0.key_usage().ok().flatten();
        usage.is_some_and(|usage| {
            usage.value.digital_signature() && !usage.value.non_repudiation() && !usage.value.key_cert_sign()
        })
    }

    /// The URIs among its alternative names.
    pub fn uris(&self) -> Vec<&str> {
        let names = self.0.subject_alternative_name().ok().flatten();
        let names = names.map(|names| names.value.general_names.as_slice()).unwrap_or_default();
        let uri = |name: &GeneralName<'a>| match name {
            GeneralName::URI(uri) => Some(*uri),
            _ => None,
        };
        names.iter().filter_map(uri).collect()
    }

    /// Whose it is, for people.
    pub fn subject(&self) -> String {
        name::in_words(self.0.subject())
    }

    /// Whether that authority signed these bytes while its own certificate was valid. Generations share one name, so only the
    /// signature tells them apart; a generation that ended since then still counts for what it issued.
    pub fn issued_by(&self, authority: &Authority) -> bool {
        let certificate = &self.0;
        let signature = &certificate.signature_value;
        let in_its_days = self.from().is_some_and(|from| authority.from <= from && from <= authority.until);
        in_its_days
            && PlainName::of(certificate.issuer()) == authority.name
            && certificate.tbs_certificate.signature == certificate.signature_algorithm
            && certificate.signature_algorithm.algorithm == OID_PKCS1_SHA256WITHRSA
            && signature.unused_bits == 0
            && is_signed(&authority.key, certificate.tbs_certificate.as_ref(), &signature.data)
    }
}

/// PKCS#1 v1.5 with SHA-256 over `message`.
fn is_signed(key: &RsaPublicKey, message: &[u8], signature: &[u8]) -> bool {
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message), signature).is_ok()
}

fn rsa_key(key: &SubjectPublicKeyInfo<'_>) -> Option<RsaPublicKey> {
    match key.parsed().ok()? {
        PublicKey::RSA(key) => {
            RsaPublicKey::new(BigUint::from_bytes_be(key.modulus), BigUint::from_bytes_be(key.exponent)).ok()
        }
        _ => None,
    }
}

/// An authority: what is needed of its certificate to believe others.
#[derive(Debug, Clone)]
pub struct Authority {
    name: PlainName,
    key: RsaPublicKey,
    from: Timestamp,
    until: Timestamp,
    subject: String,
}

impl Authority {
    /// The authority of that certificate.
    ///
    /// # Errors
    /// When it cannot be judged, or its key is no RSA key.
    pub fn read(der: &[u8]) -> Result<Self, CertificateFault> {
        let certificate = Certificate::read(der)?;
        certificate.understood()?;
        let (Some(from), Some(until)) = (certificate.from(), certificate.until()) else {
            return Err(CertificateFault::Unreadable);
        };
        Ok(Self {
            name: PlainName::of(certificate.0.subject()),
            key: certificate.rsa_key().ok_or(CertificateFault::NoRsaKey)?,
            from,
            until,
            subject: certificate.subject(),
        })
    }

    /// Whose it is, for people.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The last second of its life.
    pub fn until(&self) -> Timestamp {
        self.until
    }
}
