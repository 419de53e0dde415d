//! What the client needs of an X.509 certificate.

use jiff::Timestamp;
use jiff::civil::Date;
use rsa::RsaPublicKey;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};
use x509_cert::spki::DecodePublicKey;
use zeroize::Zeroizing;

use super::error::{Result, garbled};

/// A certificate as it lies on the card, DER; wiped on drop because its number names a person.
pub type CertificateDer = Zeroizing<Vec<u8>>;

fn parsed(der: &[u8]) -> Result<Certificate> {
    Certificate::from_der(der).map_err(|error| garbled("the certificate", error.to_string()))
}

/// The last valid day of a certificate in Japan.
pub(super) fn last_day(der: &[u8]) -> Result<Date> {
    let seconds = parsed(der)?.tbs_certificate.validity.not_after.to_unix_duration().as_secs();
    let instant = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let instant = instant.ok_or_else(|| garbled("the certificate", "its end is no date"))?;
    Ok(jiff::tz::Offset::constant(9).to_datetime(instant).date())
}

pub(super) fn key(der: &[u8]) -> Result<RsaPublicKey> {
    let spki = parsed(der)?.tbs_certificate.subject_public_key_info.to_der();
    let spki = spki.map_err(|error| garbled("the certificate", error.to_string()))?;
    RsaPublicKey::from_public_key_der(&spki).map_err(|error| garbled("the certificate", error.to_string()))
}
