//! A look at everything a receptionist can act on, for `uketsuke card info`; uses no try of any secret.

use jiff::civil::Date;

use crate::domain::card::{CardKind, Tries};

use super::Channel;
use super::certificate::{self, CertificateVerdict};
use super::client::Client;
use super::error::{CardError, SecretKind};
use super::files::{self, Aid, Ef};
use super::trust::CardTrust;

/// The counter of one secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretState {
    /// What it is called, for staff and JSON.
    pub name: &'static str,
    /// Wrong entries still possible.
    pub tries: Tries,
}

/// What a card tells without any secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub kind: CardKind,
    /// Every secret that our kiosk or a counter clerk may meet; code A is left alone.
    pub secrets: Vec<SecretState>,
    /// Last day of the user-authentication certificate.
    pub certificate_until: Option<Date>,
    /// What can be told of that certificate.
    pub certificate: Option<CertificateVerdict>,
}

/// Name, file and tries of a secret that was never entered wrong.
type Entry = (&'static str, Ef, u8);

/// Secrets by application. Code A (照合番号A) is not among them on purpose.
const SECRETS: [(Aid, &[Entry]); 4] = [
    (
        files::JPKI,
        &[
            ("user-authentication PIN", files::JPKI_AUTH_PIN, files::PIN_TRIES),
            ("signing password", files::JPKI_SIGN_PIN, files::SIGN_TRIES),
        ],
    ),
    (files::VISUAL, &[("code B, card face", files::VISUAL_CODE_B, files::CODE_B_TRIES)]),
    (
        files::TEXT,
        &[
            ("card text PIN", files::TEXT_PIN, files::PIN_TRIES),
            ("code B, card text", files::TEXT_CODE_B, files::CODE_B_TRIES),
        ],
    ),
    (files::JUKI, &[("resident record PIN", files::JUKI_PIN, files::PIN_TRIES)]),
];

/// Looks at the card behind that channel.
///
/// # Errors
/// When the card does not answer as a card does.
pub fn survey(channel: impl Channel, trust: &CardTrust) -> Result<Survey, CardError> {
    let mut client = Client::new(channel);
    let kind = client.kind()?;
    if kind == CardKind::Other {
        return Ok(Survey { kind, secrets: Vec::new(), certificate_until: None, certificate: None });
    }
    let certificate = client.auth_certificate()?;
    let certificate_until = certificate.as_ref().map(|der| certificate::last_day(der)).transpose()?;
    let verdict = certificate.map(|der| certificate::judge(&der, trust)).transpose()?;
    let mut secrets = Vec::new();
    for (application, entries) in SECRETS {
        let there = client.select_application(application)?;
        for (name, secret, full) in entries.iter().copied() {
            let tries = if there { client.counter(SecretKind::Other, secret, full)? } else { Tries::Absent };
            secrets.push(SecretState { name, tries });
        }
    }
    Ok(Survey { kind, secrets, certificate_until, certificate: verdict })
}
