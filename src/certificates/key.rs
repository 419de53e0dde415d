//! Private keys: read whatever way they are written, or refused with what to do. No word here is taken from a key.

use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};
use zeroize::Zeroizing;

use super::pem::{Block, Contents};
use super::shape::{self, Shape};
use super::{Fault, Piece};

const UNLOCK: &str = "take the password away: `umask 077; openssl pkey -in FILE -out NEW`, and put NEW in its place";
const UNPACK: &str = "unpack it: `umask 077; openssl pkcs12 -in FILE -nocerts -nodes -out terminal.key.pem` and `openssl pkcs12 -in FILE -nokeys -clcerts -out terminal.pem`";
const CONVERT: &str =
    "write it in the usual form: `umask 077; openssl pkey -in FILE -out NEW`, and put NEW in its place";
const OF_SSH: &str = "an SSH key belongs to no certificate: take the key that the certificate was asked for with; if this is it, `umask 077; cp FILE NEW; ssh-keygen -p -N '' -m PKCS8 -f NEW`";
const OTHER_KIND: &str = "RSA of 2048 to 4096 bits, P-256, P-384 and Ed25519 serve; make another: `umask 077; openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out NEW`, and ask for a certificate for it";
const WHICH: &str = "put the key of this certificate alone there";
const ASK: &str = "ask for the file anew, and carry it as a file, not as text";

/// The one private key among those pieces.
pub(super) fn only(pieces: Vec<Piece>) -> Result<PrivateKeyDer<'static>, Fault> {
    let holds = super::counted(&pieces);
    let mut keys = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Block(block) if is_private(block.label) => keys.push(of_block(block)?),
            Piece::Block(Block { label: "PKCS7" | "CMS" | "PGP PUBLIC KEY BLOCK", .. }) => {
                return Err(Fault::new("it holds no private key", ASK));
            }
            Piece::Block(_) => {}
            Piece::Der(der) => keys.extend(of_der(der)?),
        }
    }
    let mut keys = keys.into_iter();
    match (keys.next(), keys.len()) {
        (Some(key), 0) => Ok(key),
        (Some(_), more) => Err(Fault::new(format!("it holds {} private keys", more + 1), WHICH)),
        (None, _) => Err(Fault::new(format!("it holds no private key, but {holds}"), WHICH)),
    }
}

/// Whether a block of that name is a private key.
fn is_private(label: &str) -> bool {
    label.ends_with("PRIVATE KEY") || label == "PGP PRIVATE KEY BLOCK"
}

fn of_block(Block { label, line, contents }: Block) -> Result<PrivateKeyDer<'static>, Fault> {
    let at = |what: &str, remedy| Fault::new(format!("line {line}: {what}"), remedy);
    let der = match (label, contents) {
        (_, Contents::Encrypted) | ("ENCRYPTED PRIVATE KEY", _) => {
            return Err(at("the key is locked with a password, and nobody is there to type it", UNLOCK));
        }
        ("OPENSSH PRIVATE KEY" | "SSH2 ENCRYPTED PRIVATE KEY", _) => {
            return Err(at("a key in the form of OpenSSH", OF_SSH));
        }
        ("PGP PRIVATE KEY BLOCK", _) => return Err(at("a PGP key", WHICH)),
        (_, Contents::Der(der)) => der,
    };
    // What it is counts, not what it is called: tools disagree about the names.
    match shape::of(&der) {
        Some(Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1 | Shape::Dsa) if super::is_whole(&der) => {
            usable(&der).map_err(|fault| Fault { cause: format!("line {line}: {}", fault.cause), ..fault })
        }
        Some(Shape::Encrypted) => Err(at("the key is locked with a password, and nobody is there to type it", UNLOCK)),
        _ => Err(at("the key is damaged or was cut off", ASK)),
    }
}

fn of_der(der: Zeroizing<Vec<u8>>) -> Result<Option<PrivateKeyDer<'static>>, Fault> {
    match shape::of(&der) {
        Some(Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1 | Shape::Dsa) => usable(&der).map(Some),
        Some(Shape::Encrypted) => {
            Err(Fault::new("the key is locked with a password, and nobody is there to type it", UNLOCK))
        }
        Some(Shape::Pkcs12) => Err(Fault::new("a PKCS #12 file, locked with a password", UNPACK)),
        Some(_) => Ok(None),
        None => Err(Fault::new("it is neither PEM nor the DER of a private key", ASK)),
    }
}

/// The key, when TLS can sign with it.
fn usable(der: &[u8]) -> Result<PrivateKeyDer<'static>, Fault> {
    let shape = shape::of(der);
    let key: PrivateKeyDer<'static> = match shape {
        Some(Shape::Pkcs8) => PrivatePkcs8KeyDer::from(der.to_vec()).into(),
        Some(Shape::Pkcs1) => PrivatePkcs1KeyDer::from(der.to_vec()).into(),
        _ => PrivateSec1KeyDer::from(der.to_vec()).into(),
    };
    if any_supported_type(&key).is_ok() {
        return Ok(key);
    }
    let kind =
        shape.and_then(|shape| shape::kind_of_key(shape, der)).unwrap_or_else(|| "a key of an unknown kind".into());
    let remedy = if kind.contains("written out") { CONVERT } else { OTHER_KIND };
    Err(Fault::new(format!("{kind}, which cannot be used here or is damaged"), remedy))
}
