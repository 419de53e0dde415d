//! What the client needs of an X.509 certificate, and what a kiosk can tell of it.

use jiff::Timestamp;
use jiff::civil::Date;
use rsa::RsaPublicKey;
use zeroize::Zeroizing;

use crate::certificates::{Certificate, CertificateFault};
use crate::domain::japan;
use crate::domain::validity::{Standing, standing};

use super::error::{CardError, Result, Step, garbled};
use super::trust::CardTrust;

/// A certificate as it lies on the card, DER; wiped on drop because its number names a person.
pub type CertificateDer = Zeroizing<Vec<u8>>;

/// What a kiosk can tell of a user-authentication certificate. Whether it is revoked only the online check knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateVerdict {
    /// It serves; where the day lies in its life, when there is a date.
    Usable(Option<Standing>),
    /// Its first day is still to come.
    Early,
    /// Its grace months are over.
    Ended,
    /// None of the known authorities signed it.
    UnknownIssuer,
    /// It is for something else than user authentication.
    WrongUse,
}

fn unusable(fault: CertificateFault) -> CardError {
    garbled(Step::Certificate, fault.to_string())
}

/// The day in Japan that a moment of a certificate falls on.
fn day(moment: Option<Timestamp>) -> Result<Date> {
    moment.map(japan::day).ok_or_else(|| garbled(Step::Certificate, "one of its dates is no date"))
}

/// The last valid day of a certificate in Japan.
pub(super) fn last_day(der: &[u8]) -> Result<Date> {
    day(Certificate::read(der).map_err(unusable)?.until())
}

pub(super) fn key(der: &[u8]) -> Result<RsaPublicKey> {
    let key = Certificate::read(der).map_err(unusable)?.rsa_key();
    key.ok_or_else(|| garbled(Step::Certificate, "its key is no RSA key"))
}

/// Judges a user-authentication certificate: use, issuer among the trusted generations, dates with the grace months.
///
/// # Errors
/// When it is no certificate, or one that asks for more than is known here.
pub fn judge(der: &[u8], trust: &CardTrust) -> Result<CertificateVerdict> {
    let certificate = Certificate::read(der).map_err(unusable)?;
    certificate.understood().map_err(unusable)?;
    if !certificate.is_for_authentication() {
        return Ok(CertificateVerdict::WrongUse);
    }
    let authorities = &trust.certificate_authorities;
    if !authorities.is_empty() && !authorities.iter().any(|authority| certificate.issued_by(authority)) {
        return Ok(CertificateVerdict::UnknownIssuer);
    }
    let (first, last) = (day(certificate.from())?, day(certificate.until())?);
    let Some(today) = trust.today.get() else { return Ok(CertificateVerdict::Usable(None)) };
    if today < first {
        return Ok(CertificateVerdict::Early);
    }
    Ok(match standing(last, today) {
        Standing::Ended => CertificateVerdict::Ended,
        alive => CertificateVerdict::Usable(Some(alive)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::authority::{Odd, Signer, TestAuthority};
    use crate::people::by_id;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 20);

    fn verdict(odd: &Odd, trust: &CardTrust) -> CertificateVerdict {
        let der = TestAuthority::load().unwrap().odd_auth_certificate(&by_id("p01").unwrap(), TODAY, odd).unwrap();
        judge(&der, trust).unwrap()
    }

    fn trust() -> CardTrust {
        CardTrust::default().with_test_cards(&TestAuthority::load().unwrap(), TODAY).unwrap().on(TODAY)
    }

    #[test]
    fn dates_follow_the_grace_rule() {
        for (last, wanted) in [
            (date(2030, 1, 1), CertificateVerdict::Usable(Some(Standing::Good))),
            (date(2027, 2, 20), CertificateVerdict::Usable(Some(Standing::Expiring))),
            (date(2026, 11, 20), CertificateVerdict::Usable(Some(Standing::Expiring))),
            (date(2026, 11, 19), CertificateVerdict::Usable(Some(Standing::Grace))),
            (date(2026, 8, 1), CertificateVerdict::Usable(Some(Standing::Grace))),
            (date(2026, 7, 31), CertificateVerdict::Ended),
        ] {
            let odd = Odd { days: Some((date(2022, 1, 1), last)), ..Odd::default() };
            assert_eq!(verdict(&odd, &trust()), wanted, "{last}");
        }
        let too_old = Odd { days: Some((date(2019, 1, 1), date(2030, 1, 1))), ..Odd::default() };
        assert_eq!(verdict(&too_old, &trust()), CertificateVerdict::UnknownIssuer, "before that authority began");
        let early = Odd { days: Some((date(2026, 11, 21), date(2030, 1, 1))), ..Odd::default() };
        assert_eq!(verdict(&early, &trust()), CertificateVerdict::Early);
    }

    #[test]
    fn while_nobody_knows_the_day_no_card_has_ended() {
        let unknown = trust().by(crate::ports::SureDay::default());
        let ended = Odd { days: Some((date(2022, 1, 1), date(2026, 7, 31))), ..Odd::default() };
        assert_eq!(verdict(&ended, &unknown), CertificateVerdict::Usable(None), "the gateway judges it");
        let early = Odd { days: Some((date(2026, 11, 21), date(2030, 1, 1))), ..Odd::default() };
        assert_eq!(verdict(&early, &unknown), CertificateVerdict::Usable(None), "the gateway judges it");
    }

    #[test]
    fn both_generations_are_known_by_their_signatures() {
        let good = CertificateVerdict::Usable(Some(Standing::Good));
        assert_eq!(verdict(&Odd::default(), &trust()), good);
        assert_eq!(verdict(&Odd { signer: Signer::Older, ..Odd::default() }, &trust()), good);
        let stranger = Odd { signer: Signer::Stranger, ..Odd::default() };
        assert_eq!(verdict(&stranger, &trust()), CertificateVerdict::UnknownIssuer);
        let mut present = trust();
        present.certificate_authorities.truncate(1);
        let older = Odd { signer: Signer::Older, ..Odd::default() };
        assert_eq!(verdict(&older, &present), CertificateVerdict::UnknownIssuer);
        assert_eq!(verdict(&stranger, &CardTrust::default()), CertificateVerdict::Usable(None), "nobody to ask");
    }

    #[test]
    fn a_certificate_for_documents_is_no_use_here() {
        let documents = Odd { for_documents: true, ..Odd::default() };
        assert_eq!(verdict(&documents, &trust()), CertificateVerdict::WrongUse);
        let ca = TestAuthority::load().unwrap().auth_ca_certificate(TODAY).unwrap();
        assert_eq!(judge(&ca, &trust()).unwrap(), CertificateVerdict::WrongUse);
        assert!(judge(b"noise", &trust()).is_err());
    }
}
