//! `staff.toml`: who may act as staff at the kiosk's screen, and the hash of each one's code.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Argon2, Params};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use super::CountedTries;
use crate::adapters::sealed::{Exposed, guarded};
use crate::bounded;
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::staff::{StaffCode, WRONG_AT_MOST};
use crate::ports::{Diagnose, Finding, News, Outbox, Reply, Report, StaffCodes};
use crate::unquoted;

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// It cannot be read or written.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
    /// Other accounts can read or change it.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// It is not of the form that `uketsuke staff` writes.
    #[error("{}: {}", .0.display(), .1)]
    Form(PathBuf, String),
    /// A code cannot be hashed.
    #[error("the code cannot be hashed: {0}")]
    Hash(String),
}

/// The file as it is written. Hashes are Argon2id in the PHC form, with a salt each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffFile {
    /// The hash of each one's code, by name.
    #[serde(default)]
    staff: BTreeMap<String, String>,
}

impl StaffFile {
    /// Reads it; one that is not there names nobody.
    ///
    /// # Errors
    /// When it cannot be read or is of another form.
    pub fn read(path: &Path) -> Result<Self, StaffError> {
        guarded(path)?;
        let text = match bounded::read(path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| {
                let other = std::io::Error::other("it is no UTF-8");
                StaffError::File(path.into(), other)
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(StaffError::File(path.into(), error)),
        };
        let form = |error: toml::de::Error| StaffError::Form(path.into(), unquoted::toml(&text, &error, ""));
        let file: Self = toml::from_str(&text).map_err(form)?;
        for (name, hash) in &file.staff {
            let whose = unquoted::shown(name);
            affordable(hash).map_err(|cause| StaffError::Form(path.into(), format!("the hash of {whose} {cause}")))?;
        }
        Ok(file)
    }

    /// Puts it in the place of the one before; only the kiosk's account can read it.
    ///
    /// # Errors
    /// When it cannot be written; the one before is then still there.
    pub fn write(&self, path: &Path) -> Result<(), StaffError> {
        let failed = |error| StaffError::File(path.into(), error);
        let text = toml::to_string(self).map_err(|error| StaffError::Form(path.into(), error.to_string()))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Gives `name` this code; whoever had that name before has it no more.
    ///
    /// # Errors
    /// When the system has no randomness for the salt.
    pub fn set(&mut self, name: &str, code: &StaffCode) -> Result<(), StaffError> {
        let hash = Argon2::default().hash_password(code.expose());
        let hash = hash.map_err(|error| StaffError::Hash(error.to_string()))?;
        self.staff.insert(name.to_owned(), hash.to_string());
        Ok(())
    }

    /// Takes `name` out; false when nobody has it.
    pub fn remove(&mut self, name: &str) -> bool {
        self.staff.remove(name).is_some()
    }

    /// Everybody's name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.staff.keys().map(String::as_str)
    }

    /// Whose code it is.
    pub fn owner(&self, code: &StaffCode) -> Option<&str> {
        let verifies = |hash: &str| {
            PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(code.expose(), &hash).is_ok())
        };
        // Everybody's is compared, so that the time tells nothing.
        let owners: Vec<&String> = self.staff.iter().filter(|(_, hash)| verifies(hash)).map(|(name, _)| name).collect();
        owners.first().map(|name| name.as_str())
    }
}

/// Whether comparing with that hash costs no more than with one of ours: a foreign one could ask for all memory.
fn affordable(hash: &str) -> Result<(), &'static str> {
    // A code that was written there instead of its hash is nobody's to read.
    let foreign = "is none that `uketsuke staff set` made";
    let hash = PasswordHash::new(hash).map_err(|_| foreign)?;
    let asked = Params::try_from(&hash).map_err(|_| foreign)?;
    let ours = Params::DEFAULT;
    let costs = |params: &Params| [params.m_cost(), params.t_cost(), params.p_cost()];
    let dear = costs(&asked).into_iter().zip(costs(&ours)).any(|(asked, ours)| asked > ours);
    if dear { Err("costs more than `uketsuke staff` makes it") } else { Ok(()) }
}

/// The codes of that file, read anew for each: who left is out at once. Every try is counted before it is compared.
pub struct StaffFileCodes {
    path: PathBuf,
    /// One is compared at a time, so that each is counted.
    tries: Arc<Mutex<CountedTries>>,
    outbox: Outbox,
}

impl StaffFileCodes {
    /// Takes the codes of the file at `path`.
    pub fn new(path: PathBuf, tries: CountedTries, outbox: Outbox) -> Self {
        Self { path, tries: Arc::new(Mutex::new(tries)), outbox }
    }
}

/// Whose code it is, if anybody's; the try is counted, and the count ends with a right one.
fn compare(path: &Path, tries: &CountedTries, code: &StaffCode) -> Result<Option<String>, String> {
    let file = StaffFile::read(path).map_err(|error| error.to_string())?;
    tries.set(tries.wrong().saturating_add(1)).map_err(|error| format!("the try cannot be counted: {error}"))?;
    let owner = file.owner(code);
    tracing::info!(owner, "a staff code was typed");
    if owner.is_some()
        && let Err(error) = tries.set(0)
    {
        tracing::error!("the count of wrong staff codes cannot be set back: {error}");
    }
    Ok(owner.map(str::to_owned))
}

impl StaffCodes for StaffFileCodes {
    fn submit(&self, ticket: Ticket, code: StaffCode) {
        let (path, tries, outbox) = (self.path.clone(), Arc::clone(&self.tries), self.outbox.clone());
        // A hash is slow on purpose, and the caller must not wait for it.
        let compare = move || {
            let owner = compare(&path, &tries.lock(), &code).map_err(|cause| {
                tracing::error!("no staff code is taken: {cause}; run `uketsuke doctor`");
                Failure::StepTimedOut
            });
            if let Ok(Some(owner)) = &owner {
                outbox.send(Report::News(News::StaffCode { owner: owner.clone() }));
            }
            let answer = owner.map(|owner| owner.is_some());
            outbox.answer(ticket, answer.map(Reply::StaffCode));
        };
        if let Err(error) = std::thread::Builder::new().name("staff".into()).spawn(compare) {
            tracing::error!("no thread to compare a staff code: {error}");
            self.outbox.answer(ticket, Err(Failure::StepTimedOut));
        }
    }
}

impl Diagnose for StaffFileCodes {
    fn diagnose(&self) -> Vec<Finding> {
        let place = self.path.display();
        vec![match StaffFile::read(&self.path) {
            Ok(file) if file.names().next().is_none() => Finding::warning(
                "staff codes",
                format!("nobody is named in {place}, so staff cannot check a patient by eye at this kiosk"),
                "run `uketsuke staff set NAME`",
            ),
            Ok(file) => match self.tries.lock().wrong() {
                0..WRONG_AT_MOST => Finding::good("staff codes", format!("{} in {place}", file.names().count())),
                wrong => Finding::warning(
                    "staff codes",
                    format!("{wrong} wrong ones in a row were typed at the kiosk, so none is taken for a while"),
                    "find out who typed them; the wait ends with the next right code after it",
                ),
            },
            Err(error) => Finding::bad(
                "staff codes",
                error.to_string(),
                "let the kiosk's account read the file, or remove it and run `uketsuke staff set NAME`",
            ),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::Secret;

    fn code(digits: &[u8; 6]) -> StaffCode {
        Secret::new(*digits)
    }

    #[test]
    fn a_code_is_its_owners_and_the_file_holds_hashes_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("staff.toml");
        assert_eq!(StaffFile::read(&path).expect("nobody"), StaffFile::default());
        let mut file = StaffFile::default();
        file.set("front", &code(b"402817")).expect("set");
        file.set("受付 2", &code(b"993310")).expect("set");
        file.write(&path).expect("written");
        let text = std::fs::read_to_string(&path).expect("the file");
        assert!(text.contains("$argon2id$") && !text.contains("402817"), "{text}");
        let mut read = StaffFile::read(&path).expect("read");
        assert_eq!(read.names().collect::<Vec<_>>(), ["front", "受付 2"]);
        assert_eq!(read.owner(&code(b"993310")), Some("受付 2"));
        assert_eq!(read.owner(&code(b"402818")), None);
        assert!(read.remove("front") && !read.remove("front"));
        assert_eq!(read.owner(&code(b"402817")), None);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("staff.toml");
        StaffFile::default().write(&path).expect("written");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        for open in [0o644, 0o640, 0o606, 0o660] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(open)).expect("changed");
            let closed_to_root_only = open == 0o640
                && std::fs::metadata(&path).is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0);
            assert_eq!(StaffFile::read(&path).is_ok(), closed_to_root_only, "{open:03o}");
        }
    }

    /// Whatever ends the program between two codes, and whatever becomes of the file.
    #[test]
    fn every_try_is_counted_before_it_is_compared_and_outlives_the_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, counted) = (folder.path().join("staff.toml"), folder.path().join("state/tries"));
        let mut file = StaffFile::default();
        file.set("front", &code(b"402817")).expect("set");
        file.write(&path).expect("written");
        let (tell, told) = std::sync::mpsc::channel();
        let outbox = Outbox::new(move |report| tell.send(report).expect("somebody listens"));
        let ticket = Ticket { reception: crate::domain::ids::ReceptionId(1), effect: crate::domain::ids::EffectId(1) };
        let tried = |digits: &[u8; 6]| {
            // Each by a program of its own.
            let codes = StaffFileCodes::new(path.clone(), CountedTries::new(counted.clone()), outbox.clone());
            codes.submit(ticket, code(digits));
            loop {
                match told.recv().expect("an answer") {
                    Report::Answered(_, Ok(Reply::StaffCode(right))) => return Some(right),
                    Report::Answered(..) => return None,
                    _ => {}
                }
            }
        };
        let left = || CountedTries::new(counted.clone()).wrong();
        for wrong in 1..=7 {
            assert_eq!((tried(b"739564"), left()), (Some(false), wrong));
        }
        assert_eq!((tried(b"402817"), left()), (Some(true), 0));
        std::fs::write(&counted, "many").expect("written");
        assert_eq!(left(), WRONG_AT_MOST, "what cannot be read closes the entry");
        // A count that cannot be kept is no way to guess on.
        std::fs::remove_dir_all(folder.path().join("state")).expect("removed");
        std::fs::write(folder.path().join("state"), "no folder").expect("written");
        assert_eq!(tried(b"402817"), None);
    }

    #[test]
    fn a_broken_file_is_named_and_takes_no_code() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("staff.toml");
        StaffFile::default().write(&path).expect("a private file");
        for (text, cause) in [("staff = 3", "staff"), ("[staff]\nfront = '123456'", "front"), ("[stuff]", "stuff")] {
            std::fs::write(&path, text).expect("written");
            let error = StaffFile::read(&path).expect_err("broken").to_string();
            assert!(error.contains("staff.toml") && error.contains(cause), "{error}");
        }
        let mut dear = StaffFile::default();
        dear.set("front", &code(b"402817")).expect("set");
        dear.staff.values_mut().for_each(|hash| *hash = hash.replacen("m=", "m=9", 1));
        dear.write(&path).expect("written");
        assert!(StaffFile::read(&path).expect_err("dear").to_string().contains("costs more"));
        let tries = CountedTries::new(folder.path().join("tries"));
        let codes = StaffFileCodes::new(path, tries, Outbox::new(|_| {}));
        assert_eq!(codes.diagnose()[0].health, crate::ports::Health::Bad);
    }
}
