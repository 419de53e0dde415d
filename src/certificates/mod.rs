//! Certificates, keys and lists of revoked ones: read from files as the world writes them, and judged over the bytes that
//! were signed. Kiosk and gateway share all of it.
//!
//! A file is read whole or refused: never fewer certificates than it holds. What is said of a refused file names the file,
//! the line, the kind of fault and the remedy, and nothing that stands in it: it may be a key.

mod key;
mod name;
mod pem;
mod shape;
mod signed;
mod text;

use std::path::{Path, PathBuf};

use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use zeroize::Zeroizing;

use self::pem::{Block, Contents};
use self::shape::Shape;
pub use self::signed::{Authority, Certificate, CertificateFault};
use crate::bounded;

/// Why a file cannot be used, and what to do; nothing of what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {cause}", file.display())]
pub struct FileError {
    /// Which file.
    pub file: PathBuf,
    /// Line and kind of the fault.
    pub cause: String,
    /// What to do about it; names the file.
    pub remedy: String,
}

/// The same before it is known whose file it is; the remedy says FILE.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    cause: String,
    remedy: &'static str,
}

impl Fault {
    fn new(cause: impl Into<String>, remedy: &'static str) -> Self {
        Self { cause: cause.into(), remedy }
    }
}

const AS_FILE: &str = "ask for the file anew, and carry it as a file, not as text in a mail";
const BUNDLE: &str = "unpack it: `openssl pkcs7 -print_certs -in FILE -out NEW` (with `-inform DER` when it is no text), and put NEW in its place";
const STORE: &str = "unpack it: `openssl pkcs12 -in FILE -nokeys -out NEW`, and put NEW in its place";
const RIGHT_FILE: &str = "put the file there that its name stands for";

/// One block of a PEM file, or one element of a DER file.
enum Piece {
    Block(Block),
    Der(Zeroizing<Vec<u8>>),
}

/// Every certificate of a PEM or DER file, in order; at least one.
///
/// # Errors
/// When it cannot be read, or anything in it is damaged, or it holds none.
pub fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, FileError> {
    with_bytes(file, certificates_in)
}

/// Every list of revoked certificates of a PEM or DER file, in order; at least one.
///
/// # Errors
/// When it cannot be read, or anything in it is damaged, or it holds none.
pub fn revoked_lists(file: &Path) -> Result<Vec<CertificateRevocationListDer<'static>>, FileError> {
    with_bytes(file, |bytes| {
        let lists = of_kind(bytes, "list of revoked certificates", &[Shape::RevokedList])?;
        Ok(lists.into_iter().map(CertificateRevocationListDer::from).collect())
    })
}

/// The private key of a PEM or DER file, fit for TLS.
///
/// # Errors
/// When it cannot be read, holds none or several, or one that is locked, damaged or of a kind that does not serve.
pub fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, FileError> {
    with_bytes(file, |bytes| key::only(pieces(bytes)?))
}

/// Every RSA public key of a PEM or DER file; at least one.
///
/// # Errors
/// When it cannot be read, or anything in it is damaged, or it holds none.
pub fn public_keys(file: &Path) -> Result<Vec<RsaPublicKey>, FileError> {
    with_bytes(file, |bytes| {
        let keys = of_kind(bytes, "public key", &[Shape::PublicKey, Shape::Pkcs1PublicKey])?;
        let read = |der: &Vec<u8>| {
            let key = RsaPublicKey::from_public_key_der(der).ok();
            key.or_else(|| RsaPublicKey::from_pkcs1_der(der).ok())
                .ok_or_else(|| Fault::new("a public key in it is no RSA key", RIGHT_FILE))
        };
        keys.iter().map(read).collect()
    })
}

/// Reads a file and says its name with whatever is wrong in it.
fn with_bytes<T>(file: &Path, read: impl FnOnce(&[u8]) -> Result<T, Fault>) -> Result<T, FileError> {
    let bytes = bounded::read(file).map(Zeroizing::new).map_err(|error| FileError {
        file: file.to_owned(),
        cause: error.to_string(),
        remedy: "put it there, readable for the kiosk's account (for development: `uketsuke gateway pki DIR`)".into(),
    })?;
    read(&bytes).map_err(|Fault { cause, remedy }| FileError {
        file: file.to_owned(),
        cause,
        remedy: remedy.replace("FILE", &file.display().to_string()),
    })
}

fn certificates_in(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let found = of_kind(bytes, "certificate", &[Shape::Certificate])?;
    for (n, der) in found.iter().enumerate() {
        if Certificate::read(der).is_err() {
            return Err(Fault::new(format!("certificate {} of {} is damaged", n + 1, found.len()), AS_FILE));
        }
    }
    Ok(found.into_iter().map(CertificateDer::from).collect())
}

/// Everything of these shapes; other things beside them are left, unless such may be hidden in them.
fn of_kind(bytes: &[u8], what: &str, wanted: &[Shape]) -> Result<Vec<Vec<u8>>, Fault> {
    let pieces = pieces(bytes)?;
    let holds = counted(&pieces);
    let mut found = Vec::new();
    for piece in &pieces {
        let (der, named) = match piece {
            Piece::Der(der) => (der, false),
            Piece::Block(Block { label: "PKCS7" | "CMS", .. }) => {
                return Err(Fault::new("certificates in a PKCS #7 bundle", BUNDLE));
            }
            Piece::Block(Block { label, contents: Contents::Der(der), .. }) => (der, stands_for(label, wanted)),
            Piece::Block(_) => continue,
        };
        // Behind a trusted certificate stands what OpenSSL trusts it for.
        let trusted = matches!(piece, Piece::Block(Block { label: "TRUSTED CERTIFICATE", .. }));
        let first = shape::first(der).filter(|first| trusted || first.len() == der.len());
        match first.and_then(|first| Some((first, shape::of(first)?))) {
            Some((first, shape)) if wanted.contains(&shape) => found.push(first.to_vec()),
            Some((_, Shape::Pkcs12)) => return Err(Fault::new("a PKCS #12 file, locked with a password", STORE)),
            Some((_, Shape::Pkcs7)) => return Err(Fault::new("certificates in a PKCS #7 bundle", BUNDLE)),
            _ if named => {
                let line = if let Piece::Block(block) = piece { block.line } else { 1 };
                let n = found.len() + 1;
                return Err(Fault::new(
                    format!("{what} {n}, which begins in line {line}, is damaged or cut off"),
                    AS_FILE,
                ));
            }
            _ => {}
        }
    }
    match found.is_empty() {
        true => Err(Fault::new(format!("it holds no {what}, but {holds}"), RIGHT_FILE)),
        false => Ok(found),
    }
}

/// Whether a block of that name promises one of those.
fn stands_for(label: &str, wanted: &[Shape]) -> bool {
    let promises = match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Shape::Certificate,
        "X509 CRL" => Shape::RevokedList,
        "PUBLIC KEY" => Shape::PublicKey,
        "RSA PUBLIC KEY" => Shape::Pkcs1PublicKey,
        _ => return false,
    };
    wanted.contains(&promises)
}

/// What a file holds.
fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, Fault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::new("it is empty", AS_FILE));
    }
    if bytes.first() == Some(&0x30)
        && let Some(pieces) = elements(bytes)
    {
        return Ok(pieces);
    }
    let text = text::readable(bytes).ok_or_else(|| Fault::new("it is neither PEM nor whole DER", AS_FILE))?;
    let blocks = pem::blocks(&text).map_err(|cause| Fault::new(cause, AS_FILE))?;
    if !blocks.is_empty() {
        return Ok(blocks.into_iter().map(Piece::Block).collect());
    }
    if let Some(der) = pem::bare(&text)
        && let Some(pieces) = elements(&der)
    {
        return Ok(pieces);
    }
    let (cause, remedy) = if text.contains("PuTTY-User-Key-File") {
        (
            "a key in the form of PuTTY",
            "write it in the usual form: `puttygen FILE -O private-openssh-new -o NEW`, then see its message",
        )
    } else if text.contains("\"kty\"") {
        ("a key in JSON (JWK)", "ask for it as PEM")
    } else {
        ("no BEGIN line is in it", AS_FILE)
    };
    Err(Fault::new(cause, remedy))
}

/// DER elements one behind the other, to the last byte.
fn elements(bytes: &[u8]) -> Option<Vec<Piece>> {
    let mut found = Vec::new();
    let mut rest = bytes;
    // Some editors put a line end behind whatever they save.
    while !rest.iter().all(u8::is_ascii_whitespace) {
        let one = shape::first(rest)?;
        found.push(Piece::Der(Zeroizing::new(one.to_vec())));
        rest = rest.get(one.len()..)?;
    }
    Some(found)
}

/// Whether nothing stands behind the first element.
fn is_whole(der: &[u8]) -> bool {
    shape::first(der).is_some_and(|first| first.len() == der.len())
}

/// What a file holds instead, in words.
fn counted(pieces: &[Piece]) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for piece in pieces {
        let kind = match piece {
            Piece::Block(block) => block.label,
            Piece::Der(der) => match shape::of(der) {
                Some(Shape::Certificate) => "CERTIFICATE",
                Some(Shape::RevokedList) => "X509 CRL",
                Some(Shape::PublicKey | Shape::Pkcs1PublicKey) => "PUBLIC KEY",
                Some(Shape::Pkcs7) => "PKCS7",
                Some(Shape::Pkcs12) => "PKCS #12",
                Some(Shape::Encrypted) => "ENCRYPTED PRIVATE KEY",
                Some(Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1 | Shape::Dsa) => "PRIVATE KEY",
                None => "unknown DER",
            },
        };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds.iter().map(|(kind, count)| format!("{count} × {kind}")).collect::<Vec<_>>().join(", ")
}
