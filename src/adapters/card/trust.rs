//! Whom a kiosk believes: who may have issued certificates and card faces, and what becomes of what cannot be checked.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rsa::RsaPublicKey;

use crate::certificates::{self, Authority, FileError};
use crate::domain::japan;
use crate::people::PeopleError;
use crate::people::authority::TestAuthority;
use crate::ports::{Finding, InstitutionKeys, SureDay};

/// Fills bytes with random numbers; false when there are none.
pub type Draw = fn(&mut [u8]) -> bool;

/// Whom a kiosk believes.
#[derive(Clone)]
pub struct CardTrust {
    /// Certificates of the user-authentication authority, every generation; none leaves that check to the gateway.
    pub certificate_authorities: Vec<Authority>,
    /// Keys that sign the certificates of card face issuers; none leaves card faces unchecked.
    pub face_authorities: Vec<RsaPublicKey>,
    /// A card face that cannot be checked is refused like a forged one.
    pub refuse_unchecked_faces: bool,
    /// PINs are typed on the screen although the reader has a keypad of its own.
    pub ignore_keypad: bool,
    /// The date; while nobody knows it for sure, the dates of certificates are left to the gateway: a wrong clock is no fault
    /// of a card.
    pub today: SureDay,
    /// Where the challenge for the card's own key comes from.
    pub draw: Draw,
    /// The keys of an approved body, where the site has them: the card then signs after a face match without PIN.
    pub institution: Option<Arc<dyn InstitutionKeys>>,
}

impl Default for CardTrust {
    /// Nobody.
    fn default() -> Self {
        Self {
            certificate_authorities: Vec::new(),
            face_authorities: Vec::new(),
            refuse_unchecked_faces: false,
            ignore_keypad: false,
            today: SureDay::default(),
            draw: |bytes| getrandom::fill(bytes).is_ok(),
            institution: None,
        }
    }
}

impl From<Vec<RsaPublicKey>> for CardTrust {
    /// Issuers of card faces alone.
    fn from(face_authorities: Vec<RsaPublicKey>) -> Self {
        Self { face_authorities, ..Self::default() }
    }
}

/// The date in Japan by the system's clock.
pub fn system_today() -> Date {
    japan::day(jiff::Timestamp::now())
}

impl CardTrust {
    /// Believes the files of the settings.
    ///
    /// # Errors
    /// When one cannot be read whole or is not what it should be.
    pub fn load(certificates: &[PathBuf], face_keys: &[PathBuf]) -> Result<Self, FileError> {
        let mut trust = Self::default();
        for file in certificates {
            for (n, der) in certificates::certificates(file)?.iter().enumerate() {
                let authority = Authority::read(der).map_err(|fault| FileError {
                    file: file.clone(),
                    cause: format!("certificate {}: {fault}", n + 1),
                    remedy: "ask for the certificate of the user-authentication authority".into(),
                })?;
                trust.certificate_authorities.push(authority);
            }
        }
        for file in face_keys {
            trust.face_authorities.extend(certificates::public_keys(file)?);
        }
        Ok(trust)
    }

    /// Whom it believes, for `doctor`.
    pub fn findings(&self) -> Vec<Finding> {
        let (cards, faces) = (&self.certificate_authorities, &self.face_authorities);
        let named = |a: &Authority| format!("{} until {}", a.subject(), japan::day(a.until()));
        let cards = match cards.as_slice() {
            [] => "none is named: whether a card is genuine is the gateway's to check".to_owned(),
            some => format!("{}: {}", some.len(), some.iter().map(named).collect::<Vec<_>>().join("; ")),
        };
        let faces = match faces.len() {
            0 => "none is named: card faces are used unchecked or refused, as the settings say".to_owned(),
            count => format!("{count} keys of issuers"),
        };
        vec![Finding::good("card authorities", cards), Finding::good("face authorities", faces)]
    }

    /// Believes the test authority besides, whose private keys are public.
    ///
    /// # Errors
    /// When the compiled-in keys do not work.
    pub fn with_test_cards(mut self, authority: &TestAuthority, today: Date) -> Result<Self, PeopleError> {
        for der in [authority.auth_ca_certificate(today)?, authority.older_auth_ca_certificate(today)?] {
            self.certificate_authorities.push(Authority::read(&der)?);
        }
        self.face_authorities.push(authority.face_ca_public_key());
        Ok(self)
    }

    /// The same on that day.
    pub fn on(self, today: Date) -> Self {
        self.by(SureDay::new(move || Some(today)))
    }

    /// The same on the days that are known so.
    pub fn by(mut self, today: SureDay) -> Self {
        self.today = today;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use x509_cert::Certificate;
    use x509_cert::der::pem::LineEnding;
    use x509_cert::der::{Decode, EncodePem};

    #[test]
    fn files_of_either_form_are_believed_and_others_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let (authority, today) = (TestAuthority::load().unwrap(), date(2026, 11, 20));
        let der = authority.auth_ca_certificate(today).unwrap();
        let older = Certificate::from_der(&authority.older_auth_ca_certificate(today).unwrap()).unwrap();
        let certificates = [file("ca.der", &der), file("older.pem", older.to_pem(LineEnding::LF).unwrap().as_bytes())];
        let key =
            rsa::pkcs8::EncodePublicKey::to_public_key_pem(&authority.face_ca_public_key(), LineEnding::LF).unwrap();
        let trust = CardTrust::load(&certificates, &[file("face.pem", key.as_bytes())]).unwrap();
        assert_eq!((trust.certificate_authorities.len(), trust.face_authorities.len()), (2, 1));
        let noise = [file("noise.pem", b"noise")];
        let error = |certificates: &[PathBuf], keys: &[PathBuf]| {
            CardTrust::load(certificates, keys).err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert!(error(&noise, &[]).contains("noise.pem") && error(&[], &noise).contains("noise.pem"));
        assert!(error(&[folder.path().join("nobody.pem")], &[]).contains("nobody.pem"));
    }
}
