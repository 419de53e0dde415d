//! What several adapters need to keep something on the kiosk's own disk: private files, a key of their own, sealing.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Bytes of a key.
pub const KEY_LENGTH: usize = 32;

/// Why nothing can be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key file cannot be read or written.
    #[error("key: {0}")]
    Key(#[from] std::io::Error),
    /// The key file does not hold 32 bytes.
    #[error("key: the file does not hold 32 bytes")]
    KeyLength,
    /// The system gives no randomness.
    #[error("no randomness: {0}")]
    Random(getrandom::Error),
    /// The cipher refused.
    #[error("the payload cannot be sealed")]
    Cipher,
}

/// Seals with XChaCha20-Poly1305 under a random nonce each time.
pub struct Sealer(XChaCha20Poly1305);

impl Sealer {
    /// A sealer with the key of that file, which is made when it is missing.
    ///
    /// # Errors
    /// When the key cannot be read or made.
    pub fn with_key_file(file: &Path) -> Result<Self, SealError> {
        Ok(Self(XChaCha20Poly1305::new(Key::from_slice(load_or_create_key(file)?.as_slice()))))
    }

    /// Nonce and sealed text. `bound` ties it to its place, so that two of them cannot be exchanged.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn seal(&self, text: &[u8], bound: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(SealError::Random)?;
        let payload = Payload { msg: text, aad: bound };
        let sealed = self.0.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| SealError::Cipher)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The text; `None` when it was changed, moved, or sealed with another key.
    pub fn open(&self, sealed: &[u8], bound: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let payload = Payload { msg: text, aad: bound };
        self.0.decrypt(XNonce::from_slice(nonce), payload).ok().map(Zeroizing::new)
    }
}

/// Options whose new files the kiosk's account alone can read.
pub fn private() -> OpenOptions {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that the kiosk's account alone can open, and those above it.
///
/// # Errors
/// When the system refuses.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Keeps every other program out of `folder` as long as the file lives; `None` where the file system knows no locks.
///
/// # Errors
/// `ResourceBusy` when another program is in it, else what the system said.
pub fn lock(folder: &Path) -> io::Result<Option<File>> {
    let file = private().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(io::Error::new(io::ErrorKind::ResourceBusy, "another program uses it")),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// The key of a file; a missing file is made, random and private.
///
/// # Errors
/// When it cannot be read or made, or holds something else than 32 bytes.
pub fn load_or_create_key(file: &Path) -> Result<Zeroizing<Vec<u8>>, SealError> {
    match load_key(file) {
        Err(SealError::Key(error)) if error.kind() == std::io::ErrorKind::NotFound => {}
        found => return found,
    }
    let mut key = Zeroizing::new(vec![0; KEY_LENGTH]);
    getrandom::fill(&mut key).map_err(SealError::Random)?;
    let mut out = private().write(true).create_new(true).open(file)?;
    out.write_all(&key)?;
    out.sync_all()?;
    Ok(key)
}

/// The key of a file that must be there.
///
/// # Errors
/// When it cannot be read or holds something else than 32 bytes.
pub fn load_key(file: &Path) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let bytes = Zeroizing::new(std::fs::read(file)?);
    if bytes.len() == KEY_LENGTH { Ok(bytes) } else { Err(SealError::KeyLength) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_or_moved_does_not_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let sealer = Sealer::with_key_file(&folder.path().join("a.key")).expect("a key");
        let mut sealed = sealer.seal(b"text", b"here").expect("sealed");
        assert_eq!(sealer.open(&sealed, b"here").expect("opens").as_slice(), b"text");
        assert!(sealer.open(&sealed, b"there").is_none() && sealer.open(&sealed[..10], b"here").is_none());
        let last = sealed.len() - 1;
        sealed[last] ^= 1;
        assert!(sealer.open(&sealed, b"here").is_none());
    }

    #[test]
    fn a_new_key_is_private_and_a_wrong_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.key");
        assert!(load_key(&file).is_err());
        assert_eq!(load_or_create_key(&file).expect("made"), load_or_create_key(&file).expect("found"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&file, b"short").expect("written");
        assert!(matches!(Sealer::with_key_file(&file), Err(SealError::KeyLength)));
    }
}
