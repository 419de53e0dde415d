//! A server's side of mutual TLS: TLS 1.3 only, and who the client is.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::{Extension, Router};
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use data_encoding::HEXLOWER;
use parking_lot::Mutex;
use rustls::pki_types::CertificateDer;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Limits;
use crate::adapters::qualification::contract::{identity_files as files, sole_terminal};
use crate::certificates::{self, Certificate, FileError};

/// Who the client certificate says the client is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// 医療機関等コード.
    pub facility_code: String,
    pub terminal_id: String,
}

impl Terminal {
    /// Facility code and terminal id.
    pub fn pair(&self) -> (&str, &str) {
        (&self.facility_code, &self.terminal_id)
    }
}

/// One connection.
#[derive(Debug, Clone)]
pub struct Peer {
    /// The terminal, when the certificate names one.
    pub terminal: Option<Terminal>,
    /// Serial number of the client certificate, hexadecimal.
    pub serial: String,
    /// SHA-256 of the client certificate, hexadecimal; empty without one.
    pub fingerprint: String,
    /// Where it comes from.
    pub address: Option<IpAddr>,
    cut: Arc<AtomicBool>,
}

impl Peer {
    fn of(certificates: Option<&[CertificateDer<'_>]>, address: Option<IpAddr>) -> Self {
        let der = certificates.and_then(<[_]>::first);
        let certificate = der.and_then(|der| Certificate::read(der).ok());
        let terminal = certificate.as_ref().and_then(|certificate| {
            let (facility_code, terminal_id) = sole_terminal(certificate.uris().into_iter())?;
            Some(Terminal { facility_code, terminal_id })
        });
        Self {
            terminal,
            serial: certificate.as_ref().map(|certificate| HEXLOWER.encode(certificate.serial())).unwrap_or_default(),
            fingerprint: der.map(|der| HEXLOWER.encode(&Sha256::digest(der))).unwrap_or_default(),
            address,
            cut: Arc::default(),
        }
    }

    /// Whether it showed no certificate.
    pub fn is_bare(&self) -> bool {
        self.fingerprint.is_empty()
    }

    /// What its connections are counted by: the certificate, else the address.
    fn counted_by(&self) -> String {
        match self.address {
            Some(address) if self.is_bare() => address.to_string(),
            _ => self.fingerprint.clone(),
        }
    }

    /// Cuts the connection instead of answering.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::Release);
    }
}

/// Why no TLS can be spoken.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file of the certificates.
    #[error(transparent)]
    File(#[from] FileError),
    /// They do not fit together.
    #[error("TLS: {0}")]
    Unfit(#[from] rustls::Error),
    /// The clients' authority cannot be used.
    #[error("TLS: {0}")]
    Clients(#[from] VerifierBuilderError),
}

/// The files of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The server's certificate and those above it.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The authority of the terminals' certificates.
    pub terminals: PathBuf,
    /// What that authority has revoked; may be missing.
    pub revoked: PathBuf,
}

impl TlsFiles {
    /// Those of a folder that `gateway pki` wrote.
    pub fn in_folder(dir: &Path) -> Self {
        Self {
            certificate: dir.join(files::SERVER),
            key: dir.join(files::SERVER_KEY),
            terminals: dir.join(files::CA),
            revoked: dir.join(files::REVOKED),
        }
    }
}

/// Whether a client must show a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientCertificate {
    /// Each of them.
    Required,
    /// Terminals do, browsers do not.
    Optional,
}

/// The TLS set-up of a server.
///
/// # Errors
/// When a file is missing or cannot be used; says which.
pub fn server_config(files: &TlsFiles, clients: ClientCertificate) -> Result<ServerConfig, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    for root in certificates::certificates(&files.terminals)? {
        roots.add(root)?;
    }
    let key = certificates::private_key(&files.key)?;
    let mut verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    if files.revoked.exists() {
        verifier = verifier.with_crls(certificates::revoked_lists(&files.revoked)?).only_check_end_entity_revocation();
    }
    if clients == ClientCertificate::Optional {
        verifier = verifier.allow_unauthenticated();
    }
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(verifier.build()?)
        .with_single_cert(certificates::certificates(&files.certificate)?, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Accepts TLS connections and tells the handlers whose they are.
#[derive(Clone)]
pub struct TerminalAcceptor {
    tls: RustlsAcceptor,
    all: Arc<Semaphore>,
    of_each: Arc<OfEach>,
}

/// Connections of each client.
struct OfEach {
    most: usize,
    open: Mutex<BTreeMap<String, usize>>,
}

/// One connection's place among those of its client, free again when it ends.
struct Place {
    of_each: Arc<OfEach>,
    client: String,
}

impl Place {
    fn take(of_each: &Arc<OfEach>, client: &str) -> Option<Self> {
        let mut open = of_each.open.lock();
        let count = open.entry(client.to_owned()).or_default();
        if *count >= of_each.most {
            return None;
        }
        *count += 1;
        Some(Self { of_each: Arc::clone(of_each), client: client.to_owned() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.of_each.open.lock();
        if let Some(count) = open.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.client);
            }
        }
    }
}

impl TerminalAcceptor {
    /// An acceptor with that set-up.
    pub fn new(config: ServerConfig, limits: Limits) -> Self {
        let of_each = OfEach { most: limits.of_one, open: Mutex::default() };
        Self {
            tls: RustlsAcceptor::new(RustlsConfig::from_config(Arc::new(config))),
            all: Arc::new(Semaphore::new(limits.connections)),
            of_each: Arc::new(of_each),
        }
    }
}

type TlsStream = <RustlsAcceptor as Accept<TcpStream, Router>>::Stream;

impl Accept<TcpStream, Router> for TerminalAcceptor {
    type Stream = Severable<TlsStream>;
    type Service = Router;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: Router) -> Self::Future {
        let from = stream.peer_addr().ok().map(|from| from.ip());
        // Else an answer waits behind the session tickets for the client's delayed acknowledgement, some 45 ms.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no delay");
        }
        // A handshake holds its place too, and has ten seconds.
        let place = Arc::clone(&self.all).try_acquire_owned();
        let of_each = Arc::clone(&self.of_each);
        let handshake = self.tls.accept(stream, service);
        Box::pin(async move {
            let place = place.map_err(|_| too_many("all"))?;
            let (stream, service) = handshake.await.inspect_err(|error| {
                let from = from.map(|from| from.to_string()).unwrap_or_default();
                tracing::warn!(%error, from, "a TLS handshake failed");
            })?;
            let peer = Peer::of(stream.get_ref().1.peer_certificates(), from);
            let own = Place::take(&of_each, &peer.counted_by()).ok_or_else(|| too_many(&peer.counted_by()))?;
            let cut = Arc::clone(&peer.cut);
            Ok((Severable { stream, cut, _places: (place, own) }, service.layer(Extension(peer))))
        })
    }
}

fn too_many(of: &str) -> io::Error {
    tracing::warn!(of, "a connection too many is closed");
    io::ErrorKind::ConnectionRefused.into()
}

/// A connection that a scripted fault can cut without an answer.
pub struct Severable<S> {
    stream: S,
    cut: Arc<AtomicBool>,
    _places: (OwnedSemaphorePermit, Place),
}

impl<S> Severable<S> {
    fn alive(&self) -> io::Result<()> {
        if self.cut.load(Ordering::Acquire) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Severable<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Severable<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
