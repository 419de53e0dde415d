//! Who may see the page: people and passwords, guesses that are counted over restarts, sessions.

use std::net::IpAddr;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Argon2, Params};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::store::{Session, Store, StoreError, User};

/// Fewest letters of a password.
pub const SHORTEST: usize = 10;
/// Most bytes of a password.
pub const LONGEST_PASSWORD: usize = 63;
/// Most bytes of a name that are looked at.
const LONGEST_NAME: usize = 160;
/// A log-in lasts so long at most.
const LIFE: SignedDuration = SignedDuration::from_hours(12);
/// Wrong passwords for one name from one address before it waits.
const FREE: u32 = 5;
/// Wrong passwords for one name from everywhere before it waits: more, so that nobody shuts out a colleague at once.
const FREE_OF_ALL: u32 = 50;
/// The first wait; each further wrong password doubles it.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Sees and answers everything.
    Reception,
    /// The same, and what is for managers at the kiosk.
    Manager,
    /// Sees and answers kiosks in training; no patients.
    Trainer,
}

impl Role {
    /// Each of them.
    pub const ALL: [Role; 3] = [Role::Reception, Role::Manager, Role::Trainer];

    /// The name in settings, store and texts.
    pub fn name(self) -> &'static str {
        match self {
            Role::Reception => "reception",
            Role::Manager => "manager",
            Role::Trainer => "trainer",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether patients of the day are shown.
    pub fn sees_patients(self) -> bool {
        self != Role::Trainer
    }
}

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Name or password is wrong; which of them is not said.
    #[error("name or password is wrong")]
    Wrong,
    /// Too many wrong ones.
    #[error("too many wrong passwords; the next is taken in {0} seconds")]
    Wait(i64),
    /// Nothing can be judged now.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system has no randomness.
    #[error("no randomness: {0}")]
    Random(getrandom::Error),
}

/// A password that cannot be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed: {0}")]
pub struct HashError(String);

/// The hash of a password, Argon2id in the PHC form.
///
/// # Errors
/// When the system has no randomness for the salt.
pub fn hash(password: &[u8]) -> Result<String, HashError> {
    let hash = Argon2::default().hash_password(password).map_err(|error| HashError(error.to_string()))?;
    Ok(hash.to_string())
}

/// Judges passwords, one at a time: each takes memory and a processor.
#[derive(Default)]
pub struct Doorkeeper(Mutex<Option<String>>);

/// A session that begins, and what the browser is to hold.
pub struct Begun {
    /// The session.
    pub session: Session,
    /// What the cookie holds.
    pub token: String,
}

impl Doorkeeper {
    /// Lets somebody in with a session of a new name. The try is counted before it is judged.
    ///
    /// # Errors
    /// When the password is wrong, another must wait, or nothing can be counted.
    pub fn log_in(
        &self,
        store: &dyn Store,
        (name, password): (&str, &str),
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Begun, Refused> {
        if name.len() > LONGEST_NAME || password.len() > LONGEST_PASSWORD {
            return Err(Refused::Wrong);
        }
        let from = from.map(|from| from.to_string()).unwrap_or_default();
        let counts = [(format!("name {name} from {from}"), FREE), (format!("name {name}"), FREE_OF_ALL)];
        let mut unused = self.0.lock();
        for (whose, free) in &counts {
            if let Some((count, last)) = store.tries(whose)? {
                let left = last
                    .saturating_add(wait_after(count, *free))
                    .map_or(0, |until| until.duration_since(now).as_secs());
                // A clock that was set back does not make anybody wait for longer than the longest wait.
                if left > 0 && left <= LONGEST_WAIT.as_secs() {
                    return Err(Refused::Wait(left));
                }
            }
        }
        for (whose, _) in &counts {
            store.count_try(whose, now)?;
        }
        let user = store.users()?.into_iter().find(|user| user.name == name);
        if !is_right(user.as_ref(), password, &mut unused) {
            return Err(Refused::Wrong);
        }
        for (whose, _) in &counts {
            store.forget_tries(whose)?;
        }
        begin(store, name, now)
    }
}

/// Whether it is the password of that user. For nobody it takes as long.
fn is_right(user: Option<&User>, password: &str, unused: &mut Option<String>) -> bool {
    let nobodys = unused.get_or_insert_with(|| hash(b"nobody's").unwrap_or_default());
    let text = user.map_or(nobodys.as_str(), |user| user.hash.as_str());
    let verifies = PasswordHash::new(text)
        .is_ok_and(|hash| affordable(&hash) && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    verifies && user.is_some_and(|user| Role::named(&user.role).is_some())
}

/// A hash that somebody put into the store could ask for all memory.
fn affordable(hash: &PasswordHash) -> bool {
    let ours = Params::DEFAULT;
    Params::try_from(hash).is_ok_and(|asked| {
        asked.m_cost() <= ours.m_cost() && asked.t_cost() <= ours.t_cost() && asked.p_cost() <= ours.p_cost()
    })
}

fn wait_after(wrong: u32, free: u32) -> SignedDuration {
    if wrong < free {
        return SignedDuration::ZERO;
    }
    let doubled = 2_i32.checked_pow(wrong - free).and_then(|times| FIRST_WAIT.checked_mul(times));
    doubled.map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

fn begin(store: &dyn Store, name: &str, now: Timestamp) -> Result<Begun, Refused> {
    let (mut token, mut csrf) = ([0; 32], [0; 16]);
    getrandom::fill(&mut token).map_err(Refused::Random)?;
    getrandom::fill(&mut csrf).map_err(Refused::Random)?;
    let token = BASE64URL_NOPAD.encode(&token);
    let session =
        Session { id: id_of(&token), user: name.to_owned(), csrf: HEXLOWER.encode(&csrf), began: now, used: now };
    store.begin_session(&session)?;
    Ok(Begun { session, token })
}

/// The store knows a session by the hash of what the browser holds: whoever reads the store cannot use it.
pub fn id_of(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Who is there, as far as a session says.
pub struct Visitor {
    /// The session.
    pub session: Session,
    pub role: Role,
    /// Whether the session slept for too long: the password is asked for again, and only calls are told.
    pub locked: bool,
}

/// Who holds that token, if anybody.
///
/// # Errors
/// When the store cannot be read.
pub fn visitor(
    store: &dyn Store,
    token: &str,
    idle: SignedDuration,
    now: Timestamp,
) -> Result<Option<Visitor>, StoreError> {
    let Some(session) = store.session(&id_of(token))? else { return Ok(None) };
    if now.duration_since(session.began) > LIFE {
        store.end_session(&session.id)?;
        return Ok(None);
    }
    let user = store.users()?.into_iter().find(|user| user.name == session.user);
    let Some(role) = user.and_then(|user| Role::named(&user.role)) else { return Ok(None) };
    let locked = now.duration_since(session.used) > idle;
    Ok(Some(Visitor { session, role, locked }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let seconds: Vec<_> = [4, 5, 6, 9, 10, 1_000, u32::MAX].map(|wrong| wait_after(wrong, FREE).as_secs()).into();
        assert_eq!(seconds, [0, 30, 60, 480, 900, 900, 900]);
    }

    #[test]
    fn roles_have_names() {
        assert!(Role::ALL.iter().all(|role| Role::named(role.name()) == Some(*role)));
        assert_eq!(Role::named("root"), None);
    }
}
