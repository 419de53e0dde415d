//! Why no answer came: the causes that staff can act on, told apart.

use std::error::Error;
use std::io::ErrorKind;

use rustls::{AlertDescription, CertificateError};

use crate::domain::failure::Failure;

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Nobody knows the gateway's name.
    UnknownName,
    /// Nothing listens there.
    Refused,
    /// No way there, or nobody picks up.
    NoWay,
    /// It listens and does not answer in time.
    NoAnswer,
    /// The connection broke off in the middle.
    BrokenOff,
    /// The two sides do not believe each other.
    Tls(TlsReason),
    /// They do not, because the clock of this PC is wrong.
    Clock,
}

/// Why the two sides do not believe each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsReason {
    /// No root of ours stands behind the gateway's certificate.
    GatewayIssuer,
    /// It is made out to another name.
    GatewayName,
    /// It has ended.
    GatewayExpired,
    /// It does not hold yet.
    GatewayNotYet,
    GatewayRevoked,
    /// The list of revoked certificates is of another authority or cannot be used.
    RevokedList,
    /// The gateway does not know the authority of the terminal's certificate.
    TerminalIssuer,
    /// The terminal's certificate has ended.
    TerminalExpired,
    TerminalRevoked,
    /// The gateway got none.
    TerminalMissing,
    /// The gateway does not speak TLS 1.3.
    Version,
    /// Anything else of the handshake.
    Other,
}

impl Cause {
    /// The cause of an error of reqwest.
    pub fn of(error: &reqwest::Error) -> Self {
        let connecting = error.is_connect();
        let chain = || std::iter::successors(error.source(), |cause| below(*cause));
        if let Some(tls) = chain().find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
            // In the middle of an answer only an alert about a certificate is about trust; the rest is a broken line.
            return match TlsReason::of(tls) {
                TlsReason::Other if !connecting => Self::BrokenOff,
                reason => Self::Tls(reason),
            };
        }
        let kind = || chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind);
        match connecting {
            false if error.is_timeout() => Self::NoAnswer,
            false => Self::BrokenOff,
            true if chain().any(|cause| cause.to_string() == "dns error") => Self::UnknownName,
            true if kind() == Some(ErrorKind::ConnectionRefused) => Self::Refused,
            true => Self::NoWay,
        }
    }

    /// The entry of the closed list.
    pub fn failure(self) -> Failure {
        match self {
            Self::UnknownName | Self::Refused | Self::NoWay | Self::BrokenOff => Failure::GatewayUnreachable,
            Self::NoAnswer => Failure::GatewayTimeout,
            Self::Tls(_) => Failure::GatewayTls,
            Self::Clock => Failure::ClockWrong,
        }
    }

    /// Whether the dates of the gateway's certificate are all that is wrong.
    pub fn is_of_dates(self) -> bool {
        matches!(self, Self::Tls(TlsReason::GatewayExpired | TlsReason::GatewayNotYet))
    }

    /// Whether the request may have arrived.
    pub fn may_have_arrived(self) -> bool {
        matches!(self, Self::NoAnswer | Self::BrokenOff)
    }

    /// For staff.
    pub fn text(self) -> &'static str {
        match self {
            Self::UnknownName => "nobody knows the gateway's name",
            Self::Refused => "nothing listens at the gateway's address",
            Self::NoWay => "there is no way to the gateway's address",
            Self::NoAnswer => "the gateway does not answer in time",
            Self::BrokenOff => "the connection broke off",
            Self::Tls(reason) => reason.text(),
            Self::Clock => {
                "the clock of this PC is wrong: by it, the gateway's certificate has ended or does not hold yet"
            }
        }
    }

    /// What staff can do.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::UnknownName => "check the gateway's name in the settings, and the name service of this network",
            Self::Refused => "check that the gateway runs, and its port in the settings",
            Self::NoWay => "check the line, the router and the gateway's address",
            Self::NoAnswer | Self::BrokenOff => "look at the gateway's log and at the line",
            Self::Tls(reason) => reason.remedy(),
            Self::Clock => "set date and time of this PC by network time",
        }
    }
}

impl TlsReason {
    fn of(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(error) => Self::of_gateway(error),
            rustls::Error::AlertReceived(alert) => match alert {
                AlertDescription::UnknownCA | AlertDescription::BadCertificate | AlertDescription::DecryptError => {
                    Self::TerminalIssuer
                }
                AlertDescription::CertificateExpired => Self::TerminalExpired,
                AlertDescription::CertificateRevoked => Self::TerminalRevoked,
                AlertDescription::CertificateRequired | AlertDescription::NoCertificate => Self::TerminalMissing,
                AlertDescription::ProtocolVersion => Self::Version,
                _ => Self::Other,
            },
            rustls::Error::PeerIncompatible(_) => Self::Version,
            rustls::Error::InvalidCertRevocationList(_) => Self::RevokedList,
            _ => Self::Other,
        }
    }

    fn of_gateway(error: &CertificateError) -> Self {
        match error {
            // Another authority of the same name has another key.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::GatewayIssuer,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::GatewayName,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::GatewayExpired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::GatewayNotYet,
            CertificateError::Revoked => Self::GatewayRevoked,
            CertificateError::UnknownRevocationStatus => Self::RevokedList,
            _ => Self::Other,
        }
    }

    /// For staff.
    fn text(self) -> &'static str {
        match self {
            Self::GatewayIssuer => "the gateway's certificate is of an authority that is not ours",
            Self::GatewayName => "the gateway's certificate is made out to another name",
            Self::GatewayExpired => "the gateway's certificate has ended",
            Self::GatewayNotYet => "the gateway's certificate does not hold yet",
            Self::GatewayRevoked => "the gateway's certificate was revoked",
            Self::RevokedList => "the list of revoked certificates does not fit the authority",
            Self::TerminalIssuer => "the gateway does not know the authority of the terminal's certificate",
            Self::TerminalExpired => "the terminal's certificate has ended",
            Self::TerminalRevoked => "the terminal's certificate was revoked",
            Self::TerminalMissing => "the gateway got no certificate of the terminal",
            Self::Version => "the gateway does not speak TLS 1.3",
            Self::Other => "the TLS handshake failed",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::GatewayIssuer | Self::TerminalIssuer => {
                "check that both sides have certificates of the same authority, and the pins in the settings"
            }
            Self::RevokedList => "put the authority's newest list beside its certificate (ca.crl.pem)",
            Self::GatewayName => "write the gateway's name in the settings as its certificate has it",
            Self::GatewayExpired => {
                "see that the date of this PC is right; if it is, tell who runs the gateway: it needs a new certificate"
            }
            Self::GatewayRevoked => "tell who runs the gateway: it needs a new certificate",
            Self::GatewayNotYet => "set the clock of this PC by network time",
            Self::TerminalExpired | Self::TerminalRevoked | Self::TerminalMissing => {
                "ask who runs the gateway for a new certificate of this terminal"
            }
            Self::Version => "tell who runs the gateway: TLS 1.3 is needed",
            Self::Other => "check the certificates of both sides, and what stands between them",
        }
    }
}

/// The next cause. `io::Error` hides what it wraps from `source`, also in layers.
pub fn below<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref::<std::io::Error>() {
        Some(wrapper) => wrapper.get_ref().map(|inner| inner as _),
        None => cause.source(),
    }
}
