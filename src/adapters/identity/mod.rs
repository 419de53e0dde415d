//! The terminal's identity towards gateway and desk: private roots only, pinned ones where the site says so, a client
//! certificate, TLS 1.3 only.

mod credentials;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};

use crate::adapters::qualification::contract::{identity_files, sole_terminal};
use crate::certificates::{self, Certificate, FileError};

pub use credentials::{Credentials, Current, Nearness, Waits, nearness};

/// Why a client cannot be set up, for staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct StartError {
    pub cause: String,
    /// What to do about it.
    pub remedy: String,
}

impl StartError {
    /// What happened, and what to do.
    pub fn new(cause: String, remedy: &str) -> Self {
        Self { cause, remedy: remedy.to_owned() }
    }
}

/// Where the files of an identity lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The terminal's certificate and key, and the gateway's root.
    pub folder: PathBuf,
    /// Other roots to believe than that of the folder.
    pub roots: Option<PathBuf>,
}

impl Place {
    /// The root of the folder is believed.
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), roots: None }
    }

    fn roots(&self) -> PathBuf {
        self.roots.clone().unwrap_or_else(|| self.folder.join(identity_files::CA))
    }

    /// What those roots have revoked: known of the folder's own alone.
    fn revoked(&self) -> Option<PathBuf> {
        self.roots.is_none().then(|| self.folder.join(identity_files::REVOKED))
    }
}

/// What `gateway pki` wrote for a terminal, ready for use.
pub struct Identity {
    /// Facility code of the certificate.
    pub facility_code: String,
    /// Terminal id of the certificate.
    pub terminal_id: String,
    /// Last second of the terminal's certificate.
    pub terminal_until: Timestamp,
    /// The roots that are believed, in the order of their file; at least one.
    pub roots: Vec<Root>,
    /// For reqwest.
    pub tls: rustls::ClientConfig,
    /// The same, which believes a gateway whatever the dates of its certificate: to hear what time it says, for nothing else.
    pub any_day: rustls::ClientConfig,
}

/// A root that is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Whose it is, for people.
    pub subject: String,
    /// Its last second.
    pub until: Timestamp,
}

/// The address of a server of the site: nothing but host and port.
///
/// # Errors
/// Says what is wrong with it.
pub fn address(url: &str, whose: &str) -> Result<reqwest::Url, StartError> {
    let remedy = format!("give the {whose} as https://HOST[:PORT]");
    let base = reqwest::Url::parse(url)
        .map_err(|error| StartError::new(format!("the {whose} URL is no address: {error}"), &remedy))?;
    let extra = base.query().is_some() || base.fragment().is_some() || base.path() != "/";
    if !base.username().is_empty() || base.password().is_some() {
        let remedy = "give it as https://HOST[:PORT]; the terminal's certificate says who it is";
        return Err(StartError::new(format!("the {whose} URL holds a name or a password"), remedy));
    }
    if base.scheme() != "https" || extra {
        return Err(StartError::new(format!("the {whose} URL is not a plain https address"), &remedy));
    }
    Ok(base)
}

const REMEDY: &str = "write one with `uketsuke gateway pki DIR`, or ask who runs the gateway for a new certificate";

/// SHA-256 over the public keys of the roots to believe, as RFC 7469 writes them; empty believes every root of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins(Vec<[u8; 32]>);

impl Pins {
    /// Reads pins, each 32 bytes in base64.
    ///
    /// # Errors
    /// Says which one is none.
    pub fn parse(texts: &[String]) -> Result<Self, StartError> {
        let pin = |text: &String| {
            let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
            bytes.ok_or_else(|| {
                StartError::new(format!("{text:?} is no pin"), "a pin is a SHA-256 in base64: 44 letters")
            })
        };
        texts.iter().map(pin).collect::<Result<_, _>>().map(Self)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The roots whose keys are pinned.
    fn keep(
        &self,
        roots: Vec<CertificateDer<'static>>,
        dir: &Path,
    ) -> Result<Vec<CertificateDer<'static>>, StartError> {
        if self.0.is_empty() {
            return Ok(roots);
        }
        let there: Vec<_> = roots.iter().filter_map(spki_hash).map(|hash| STANDARD.encode(hash)).collect();
        let pinned = |root: &CertificateDer<'_>| spki_hash(root).is_some_and(|hash| self.0.contains(&hash));
        let kept: Vec<_> = roots.into_iter().filter(pinned).collect();
        if kept.is_empty() {
            return Err(StartError::new(
                format!("{}: no root has a pinned key; there are {}", dir.display(), there.join(", ")),
                "ask who runs the gateway which root is right before you change the pins or the file",
            ));
        }
        Ok(kept)
    }
}

/// SHA-256 over the public key of a certificate, algorithm included.
fn spki_hash(der: &CertificateDer<'_>) -> Option<[u8; 32]> {
    Some(Sha256::digest(Certificate::read(der).ok()?.spki()).into())
}

impl From<FileError> for StartError {
    fn from(error: FileError) -> Self {
        Self { cause: error.to_string(), remedy: error.remedy }
    }
}

impl Identity {
    /// Reads an identity directory.
    ///
    /// # Errors
    /// When a file is missing or cannot be used, or no root is a pinned one; says which.
    pub fn load(dir: &Path, pins: &Pins) -> Result<Self, StartError> {
        Self::at(&Place::folder(dir), pins)
    }

    /// Reads an identity whose roots may lie elsewhere.
    ///
    /// # Errors
    /// As [`Identity::load`].
    pub fn at(place: &Place, pins: &Pins) -> Result<Self, StartError> {
        let dir = place.folder.as_path();
        let roots = pins.keep(certificates::certificates(&place.roots())?, dir)?;
        let chain = certificates::certificates(&dir.join(identity_files::TERMINAL))?;
        let key = certificates::private_key(&dir.join(identity_files::TERMINAL_KEY))?;
        let own = chain.first().ok_or_else(|| StartError::new("the terminal has no certificate".into(), REMEDY))?;
        let (facility_code, terminal_id) = names(own).ok_or_else(|| {
            StartError::new("the terminal's certificate names no facility and terminal".into(), REMEDY)
        })?;
        let known: Option<Vec<Root>> = roots.iter().map(root).collect();
        let (Some(terminal_until), Some(known)) = (not_after(own), known) else {
            return Err(StartError::new(format!("{}: a certificate has no readable dates", dir.display()), REMEDY));
        };
        let unusable = |error: rustls::Error| StartError::new(format!("{}: {error}", dir.display()), REMEDY);
        let mut store = RootCertStore::empty();
        for root in roots {
            store.add(root).map_err(unusable)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider));
        if let Some(lists) = place.revoked().filter(|lists| lists.exists()) {
            let lists = certificates::revoked_lists(&lists)?;
            verifier = verifier.with_crls(lists).only_check_end_entity_revocation();
        }
        let unverifiable = |error| StartError::new(format!("{}: {error}", dir.display()), REMEDY);
        let verifier = verifier.build().map_err(unverifiable)?;
        let mut tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(unusable)?
            .with_webpki_verifier(Arc::clone(&verifier))
            .with_client_auth_cert(chain, key)
            .map_err(|_| {
                let both = [identity_files::TERMINAL_KEY, identity_files::TERMINAL].join(" is not the key of ");
                StartError::new(
                    format!("{}: {both}", dir.display()),
                    "put the key there that the certificate was asked for with",
                )
            })?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let mut any_day = tls.clone();
        any_day.dangerous().set_certificate_verifier(Arc::new(AnyDay(verifier)));
        // What was agreed on with one of them is not carried on with the other.
        any_day.resumption = Resumption::disabled();
        Ok(Self { facility_code, terminal_id, terminal_until, roots: known, tls, any_day })
    }
}

/// Judges a certificate as it was on the last day that it held: everything of it counts but today's date.
#[derive(Debug)]
struct AnyDay(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for AnyDay {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let last = not_after(end_entity).and_then(|until| u64::try_from(until.as_second() - 1).ok());
        let then = last.map_or(now, |second| UnixTime::since_unix_epoch(Duration::from_secs(second)));
        self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, then)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

fn root(der: &CertificateDer<'_>) -> Option<Root> {
    let certificate = Certificate::read(der).ok()?;
    Some(Root { subject: certificate.subject(), until: certificate.until()? })
}

fn not_after(der: &CertificateDer<'_>) -> Option<Timestamp> {
    Certificate::read(der).ok()?.until()
}

fn names(der: &CertificateDer<'_>) -> Option<(String, String)> {
    sole_terminal(Certificate::read(der).ok()?.uris().into_iter())
}
