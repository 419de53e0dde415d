//! What several adapters need to keep something on the kiosk's own disk: private files, a key of their own, sealing.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
    /// Others than the kiosk can read or change it.
    #[error("key: {0}")]
    Exposed(#[from] Exposed),
    /// The system gives no randomness.
    #[error("no randomness: {0}")]
    Random(getrandom::Error),
    /// The cipher refused.
    #[error("the payload cannot be sealed")]
    Cipher,
}

/// Seals with XChaCha20-Poly1305 under a random nonce each time.
pub struct Sealer(XChaCha20Poly1305);

/// Where a key came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFate {
    /// It lay there.
    Found,
    /// It is new.
    Made,
}

impl Sealer {
    /// A sealer with the key of that file, which is made when it is missing. Whoever has sealed something there before has
    /// lost the key when a new one is made, and says so.
    ///
    /// # Errors
    /// When the key cannot be read or made, or is not the kiosk's alone.
    pub fn with_key_file(file: &Path) -> Result<(Self, KeyFate), SealError> {
        let (key, fate) = load_or_create_key(file)?;
        Ok((Self(XChaCha20Poly1305::new(Key::from_slice(key.as_slice()))), fate))
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
/// When it cannot be read or made, is not the kiosk's alone, or holds something else than 32 bytes.
pub fn load_or_create_key(file: &Path) -> Result<(Zeroizing<Vec<u8>>, KeyFate), SealError> {
    match load_key(file) {
        Err(SealError::Key(error)) if error.kind() == std::io::ErrorKind::NotFound => {}
        found => return found.map(|key| (key, KeyFate::Found)),
    }
    let mut key = Zeroizing::new(vec![0; KEY_LENGTH]);
    getrandom::fill(&mut key).map_err(SealError::Random)?;
    let mut out = private().write(true).create_new(true).open(file)?;
    out.write_all(&key)?;
    out.sync_all()?;
    Ok((key, KeyFate::Made))
}

/// The key of a file that must be there.
///
/// # Errors
/// When it cannot be read, is not the kiosk's alone, or holds something else than 32 bytes.
pub fn load_key(file: &Path) -> Result<Zeroizing<Vec<u8>>, SealError> {
    guarded(file)?;
    let bytes = Zeroizing::new(std::fs::read(file)?);
    if bytes.len() == KEY_LENGTH { Ok(bytes) } else { Err(SealError::KeyLength) }
}

/// A file or folder that protects nothing: others can read or change what lies in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {what}", path.display())]
pub struct Exposed {
    /// The file or folder.
    pub path: PathBuf,
    what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Exposed {
    #[cfg(unix)]
    fn new(path: &Path, what: String, remedy: String) -> Self {
        Self { path: path.to_owned(), what, remedy }
    }
}

/// Whether a file of secrets is the kiosk's alone: its own or the system's, and closed to everybody else; a group may read
/// what belongs to the system, which is how installers give a key to a service. A file that is not there is.
///
/// # Errors
/// How it is open, and what to do.
pub fn guarded(file: &Path) -> Result<(), Exposed> {
    #[cfg(unix)]
    if let Ok(found) = fs::metadata(file) {
        use std::os::unix::fs::MetadataExt;
        owned(file, &found)?;
        let closed = if found.uid() == 0 { 0o037 } else { 0o077 };
        if found.mode() & closed != 0 {
            let what = format!("can be read or changed by other accounts (mode {:03o})", found.mode() & 0o777);
            return Err(Exposed::new(
                file,
                what,
                format!("make it new if others had it; else `chmod 600 {}`", file.display()),
            ));
        }
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Whether nobody else can put files into a folder of the kiosk's own. One that is not there is made so.
///
/// # Errors
/// How it is open, and what to do.
pub fn guarded_folder(folder: &Path) -> Result<(), Exposed> {
    #[cfg(unix)]
    if let Ok(found) = fs::metadata(folder) {
        use std::os::unix::fs::MetadataExt;
        owned(folder, &found)?;
        if found.mode() & 0o002 != 0 {
            let what = format!("can be changed by every account (mode {:03o})", found.mode() & 0o777);
            return Err(Exposed::new(folder, what, format!("`chmod 700 {}`", folder.display())));
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The administrator reads what belongs to the kiosk.
#[cfg(unix)]
fn owned(path: &Path, found: &fs::Metadata) -> Result<(), Exposed> {
    use std::os::unix::fs::MetadataExt;
    let (ours, owner) = (uzers::get_effective_uid(), found.uid());
    if ours == 0 || owner == 0 || owner == ours {
        return Ok(());
    }
    let what = format!("belongs to another account (number {owner}, not {ours})");
    Err(Exposed::new(path, what, format!("`chown` it to the account of the kiosk: {}", path.display())))
}

/// Where a store puts what it can no longer use, still sealed: beside the store, whatever is set aside of it.
pub fn set_aside_folder(store: &Path) -> PathBuf {
    store.with_file_name("set-aside")
}

/// Moves a file to the folder of what was set aside, under a name of its own there; that name.
///
/// # Errors
/// What the file system says; the file is then still where it was.
pub fn set_aside(store: &Path, file: &Path, name: &str) -> io::Result<String> {
    let folder = set_aside_folder(store);
    make_folder(&folder)?;
    let name = (1..)
        .map(|n| if n == 1 { name.to_owned() } else { format!("{name}.{n}") })
        .find(|name| fs::symlink_metadata(folder.join(name)).is_err())
        .unwrap_or_else(|| name.to_owned());
    fs::rename(file, folder.join(&name))?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_or_moved_does_not_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let (sealer, _) = Sealer::with_key_file(&folder.path().join("a.key")).expect("a key");
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
        let (made, found) = (load_or_create_key(&file).expect("made"), load_or_create_key(&file).expect("found"));
        assert_eq!((&made.0, made.1, found.1), (&found.0, KeyFate::Made, KeyFate::Found));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&file, b"short").expect("written");
        assert!(matches!(Sealer::with_key_file(&file), Err(SealError::KeyLength)));
    }

    #[cfg(unix)]
    #[test]
    fn what_others_can_read_or_change_protects_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.key");
        load_or_create_key(&file).expect("made");
        let with = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
        };
        for open in [0o604, 0o644, 0o606, 0o666, 0o620, 0o602, 0o601] {
            with(&file, open);
            let error = load_key(&file).expect_err("open").to_string();
            assert!(error.contains("a.key") && error.contains(&format!("{open:03o}")), "{error}");
            let remedy = guarded(&file).expect_err("open").remedy;
            assert!(remedy.contains("chmod 600"), "{remedy}");
        }
        for closed in [0o600, 0o400] {
            with(&file, closed);
            load_key(&file).expect("closed");
        }
        with(folder.path(), 0o777);
        assert!(guarded_folder(folder.path()).is_err_and(|error| error.remedy.contains("chmod 700")));
        with(folder.path(), 0o700);
        assert_eq!((guarded_folder(folder.path()), guarded_folder(&folder.path().join("none"))), (Ok(()), Ok(())));
    }

    #[test]
    fn what_is_set_aside_takes_nobodys_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("spool");
        for text in ["a", "b"] {
            fs::write(&store, text).expect("written");
            set_aside(&store, &store, "spool-1").expect("moved");
        }
        let read = |name: &str| fs::read_to_string(set_aside_folder(&store).join(name)).expect("there");
        assert_eq!((read("spool-1"), read("spool-1.2"), store.exists()), ("a".into(), "b".into(), false));
    }
}
