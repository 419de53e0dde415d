//! The terminal's identity: private roots only, pinned ones where the site says so, a client certificate, TLS 1.3 only.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use super::StartError;
use super::contract::{identity_files, parse_terminal_uri};

/// What `gateway pki` wrote for a terminal, ready for use.
pub struct Identity {
    /// Facility code of the certificate.
    pub facility_code: String,
    /// Terminal id of the certificate.
    pub terminal_id: String,
    /// Last second of the terminal's certificate.
    pub terminal_until: Timestamp,
    /// Last second of the earliest root.
    pub roots_until: Timestamp,
    /// For reqwest.
    pub tls: rustls::ClientConfig,
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
    let key = Certificate::from_der(der).ok()?.tbs_certificate.subject_public_key_info.to_der().ok()?;
    Some(Sha256::digest(key).into())
}

impl Identity {
    /// Reads an identity directory.
    ///
    /// # Errors
    /// When a file is missing or cannot be used, or no root is a pinned one; says which.
    pub fn load(dir: &Path, pins: &Pins) -> Result<Self, StartError> {
        let roots = pins.keep(certificates(&dir.join(identity_files::CA))?, dir)?;
        let chain = certificates(&dir.join(identity_files::TERMINAL))?;
        let key_file = dir.join(identity_files::TERMINAL_KEY);
        let key = PrivateKeyDer::from_pem_file(&key_file)
            .map_err(|error| StartError::new(format!("{}: {error}", key_file.display()), REMEDY))?;
        let own = chain.first().ok_or_else(|| StartError::new("the terminal has no certificate".into(), REMEDY))?;
        let (facility_code, terminal_id) = names(own).ok_or_else(|| {
            StartError::new("the terminal's certificate names no facility and terminal".into(), REMEDY)
        })?;
        let roots_until = roots.iter().filter_map(not_after).min();
        let (Some(terminal_until), Some(roots_until)) = (not_after(own), roots_until) else {
            return Err(StartError::new(format!("{}: a certificate has no readable dates", dir.display()), REMEDY));
        };
        let unusable = |error: rustls::Error| StartError::new(format!("{}: {error}", dir.display()), REMEDY);
        let mut store = RootCertStore::empty();
        for root in roots {
            store.add(root).map_err(unusable)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider));
        let lists = revoked(&dir.join(identity_files::REVOKED))?;
        if !lists.is_empty() {
            verifier = verifier.with_crls(lists).only_check_end_entity_revocation();
        }
        let unverifiable = |error| StartError::new(format!("{}: {error}", dir.display()), REMEDY);
        let verifier = verifier.build().map_err(unverifiable)?;
        let mut tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(unusable)?
            .with_webpki_verifier(verifier)
            .with_client_auth_cert(chain, key)
            .map_err(unusable)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { facility_code, terminal_id, terminal_until, roots_until, tls })
    }
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, StartError> {
    let problem = |error: &dyn std::fmt::Display| StartError::new(format!("{}: {error}", file.display()), REMEDY);
    let found: Vec<_> = CertificateDer::pem_file_iter(file)
        .map_err(|error| problem(&error))?
        .collect::<Result<_, _>>()
        .map_err(|error| problem(&error))?;
    if found.is_empty() {
        return Err(problem(&"holds no certificate"));
    }
    Ok(found)
}

/// The authority's lists of revoked certificates; none where the file is missing.
fn revoked(file: &Path) -> Result<Vec<CertificateRevocationListDer<'static>>, StartError> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    let problem =
        |error: rustls::pki_types::pem::Error| StartError::new(format!("{}: {error}", file.display()), REMEDY);
    CertificateRevocationListDer::pem_file_iter(file).map_err(problem)?.collect::<Result<_, _>>().map_err(problem)
}

fn not_after(der: &CertificateDer<'_>) -> Option<Timestamp> {
    let certificate = Certificate::from_der(der).ok()?;
    let seconds = certificate.tbs_certificate.validity.not_after.to_unix_duration().as_secs();
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

fn names(der: &CertificateDer<'_>) -> Option<(String, String)> {
    let certificate = Certificate::from_der(der).ok()?;
    let (_, SubjectAltName(alternatives)) = certificate.tbs_certificate.get::<SubjectAltName>().ok()??;
    alternatives.iter().find_map(|name| match name {
        GeneralName::UniformResourceIdentifier(uri) => parse_terminal_uri(uri.as_str()),
        _ => None,
    })
}
