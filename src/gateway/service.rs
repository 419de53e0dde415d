//! What the gateway does with a request, without HTTP: judge, decide, record.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::Now;
use super::answer::{self, Insured};
use super::card_proof::CardTrust;
use super::reply::Reply;
use super::rules::{
    DAY, consents_of, dates, distrust, fingerprint, invalid, read, record, same_answers, same_facility, well_formed,
};
use super::settings::{Say, Settings};
use super::store::{KeyScope, KeyState, NewCheck, Store};
use super::tls::Terminal;
use super::waiting::Procedure;
use crate::adapters::qualification::contract::{
    Bytes64, CardChallenge, CardRegistration, CardRegistrationRequest, CheckStatus, ConsentsRequest, ConsentsUpdate,
    Mode, MynaCardRequest, Problem, ProblemName, QualificationCheck, QualificationCheckRequest, ServiceStatus,
    WireDate, WireTime, day_in_japan, paths,
};
use crate::domain::validity::Standing;

/// How long a card may take to sign.
const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_secs(60);
/// How long a refused check waits for its registration.
const REGISTRATION_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// Who asks, and under which trace id.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The terminal of the client certificate.
    pub terminal: Terminal,
    /// UUID of the request in the log.
    pub trace_id: String,
}

/// Why a request was not carried out.
pub enum Refusal {
    /// For the client.
    Problem(Box<Problem>),
    /// For the log; the client hears of an internal error.
    Store(rusqlite::Error),
}

impl From<Box<Problem>> for Refusal {
    fn from(problem: Box<Problem>) -> Self {
        Self::Problem(problem)
    }
}

impl From<ProblemName> for Refusal {
    fn from(name: ProblemName) -> Self {
        Self::Problem(name.into())
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

/// The service behind the contract.
pub struct Service {
    store: Mutex<Store>,
    trust: CardTrust,
    people: Vec<Insured>,
    settings: Mutex<Settings>,
    now: Now,
}

/// What a card proved.
struct Proven<'a> {
    insured: Option<&'a Insured>,
    standing: Standing,
}

impl Service {
    /// A service over a database and people.
    pub fn new(store: Store, trust: CardTrust, people: Vec<Insured>, settings: Settings, now: Now) -> Self {
        Self { store: Mutex::new(store), trust, people, settings: Mutex::new(settings), now }
    }

    /// What can be changed while it runs.
    pub fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The database.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a carried out or refused request.
    pub fn settle(result: Result<Reply, Refusal>, caller: &Caller) -> Reply {
        result.unwrap_or_else(|refusal| match refusal {
            Refusal::Problem(problem) => Reply::problem(*problem, &caller.trace_id),
            Refusal::Store(error) => {
                tracing::error!(%error, trace_id = caller.trace_id, "the database failed");
                Reply::problem(ProblemName::InternalError.into(), &caller.trace_id)
            }
        })
    }

    /// `GET /v1/service-status`.
    pub fn status(&self) -> ServiceStatus {
        let (mode, now) = (self.settings().mode, WireTime((self.now)()));
        ServiceStatus { mode, message: None, since: None, now: Some(now), min_client_version: None }
    }

    /// Refuses everything but the status while the service is closed.
    ///
    /// # Errors
    /// The problem `maintenance`.
    pub fn open(&self) -> Result<(), Refusal> {
        match self.settings().mode {
            Mode::Maintenance => Err(ProblemName::Maintenance.into()),
            _ => Ok(()),
        }
    }

    /// `POST /v1/card-challenges`.
    ///
    /// # Errors
    /// When there is no randomness or the database fails.
    pub fn challenge(&self, caller: &Caller) -> Result<Reply, Refusal> {
        let mut nonce = [0; 32];
        getrandom::fill(&mut nonce).map_err(|_| ProblemName::InternalError)?;
        let now = (self.now)();
        let (challenge_id, expires_at) = (uuid::Uuid::new_v4().to_string(), now + CHALLENGE_LIFE);
        self.store().add_challenge(&challenge_id, &nonce, caller.terminal.pair(), now, expires_at)?;
        let body = CardChallenge { challenge_id, nonce: Bytes64(nonce.to_vec()), expires_at: WireTime(expires_at) };
        Ok(Reply::json(201, &body, &caller.trace_id))
    }

    /// `POST /v1/qualification-checks`; with `processing` the first answer is 202.
    ///
    /// # Errors
    /// When the request is wrong, its key is taken, or the database fails. What used the challenge up is no error
    /// but a stored answer.
    pub fn check(&self, caller: &Caller, key: &str, body: &[u8], processing: bool) -> Result<Reply, Refusal> {
        let request: QualificationCheckRequest = read(body)?;
        self.keyed(caller, paths::QUALIFICATION_CHECKS, key, &request, |scope| {
            let today = day_in_japan((self.now)());
            same_facility(caller, &request.facility_code)?;
            if request.check_date.0 > today {
                return Err(invalid("/checkDate", "future").into());
            }
            let card = &request.myna_card;
            well_formed(card)?;
            let nonce = self.store().nonce(&card.challenge_id, caller.terminal.pair(), (self.now)())?;
            let nonce = nonce.ok_or(ProblemName::ChallengeExpired)?;
            let (check, reply) = match self.prove(card, &nonce, today) {
                Err(problem) => (None, Reply::problem(*problem, &caller.trace_id)),
                Ok(proven) => self.answer(caller, &proven, request.check_date, today, processing)?,
            };
            match self.store().finish_check(scope, &card.challenge_id, check.as_ref(), &reply, (self.now)())? {
                true => Ok(reply),
                false => Err(ProblemName::ChallengeExpired.into()),
            }
        })
    }

    /// `GET /v1/qualification-checks/{id}`.
    ///
    /// # Errors
    /// When there is no such check, it is too old, or the database fails.
    pub fn poll(&self, caller: &Caller, id: &str) -> Result<Reply, Refusal> {
        let mut check = self.completed(caller, id)?.1;
        let recorded = self.store().consents(id)?;
        check.consents = recorded.iter().map(record).collect();
        Ok(Reply::json(200, &check, &caller.trace_id))
    }

    /// `PUT /v1/qualification-checks/{id}/consents`: the same answers again change nothing, others are refused.
    ///
    /// # Errors
    /// When the request is wrong or comes too late, or the database fails.
    pub fn consents(&self, caller: &Caller, id: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: ConsentsRequest = read(body)?;
        let asked = consents_of(&request, (self.now)())?;
        let (stored, _) = self.completed(caller, id)?;
        if !stored.takes_consents {
            return Err(ProblemName::ConsentsNotApplicable.into());
        }
        let mut store = self.store();
        let mut recorded = store.consents(id)?;
        if recorded.is_empty() {
            store.add_consents(id, &asked)?;
            recorded = asked;
        } else if !same_answers(&recorded, &asked) {
            return Err(ProblemName::ConsentsAlreadyRecorded.into());
        }
        let consents = recorded.iter().map(record).collect();
        Ok(Reply::json(200, &ConsentsUpdate { qualification_check_id: id.to_owned(), consents }, &caller.trace_id))
    }

    /// `POST /v1/card-registrations`.
    ///
    /// # Errors
    /// When the request is wrong, its key is taken, the card cannot be registered yet, or the database fails.
    pub fn register(&self, caller: &Caller, key: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: CardRegistrationRequest = read(body)?;
        self.keyed(caller, paths::CARD_REGISTRATIONS, key, &request, |scope| {
            same_facility(caller, &request.facility_code)?;
            if !(1..=64).contains(&request.terms_version.len()) {
                return Err(invalid("/termsVersion", "length").into());
            }
            let (now, pair) = ((self.now)(), caller.terminal.pair());
            let refused = self.store().refused_check(&request.challenge_id, pair)?;
            let refused = refused.filter(|r| now.duration_since(r.created_at) <= REGISTRATION_WINDOW);
            let refused = refused.ok_or(ProblemName::CheckNotFound)?.check;
            let insured = self.people.iter().find(|i| refused.person.as_ref() == Some(&i.person.id));
            let insured = insured.ok_or(ProblemName::CheckNotFound)?;
            if self.settings().say(&insured.person.id) == Some(Say::NotYet) {
                let from = Procedure::CertificateRenewed.registration_from(day_in_japan(now));
                return Err(Box::new(Problem::new(ProblemName::RegistrationNotYet).not_before(from)).into());
            }
            let check_date = refused.check_date.parse().map(WireDate).map_err(|_| ProblemName::InternalError)?;
            let grace = refused.notices.iter().any(|code| code == "certificateExpiredGrace");
            let check = self.completed_check(&refused.id, Some(insured), refused.notices.clone(), check_date, now);
            let body = CardRegistration { registered_at: WireTime(now), qualification_check: check.clone() };
            let reply = Reply::json(201, &body, &caller.trace_id);
            let done = NewCheck {
                takes_consents: check.validity.as_deref() == Some("valid") && !grace,
                body: serde_json::to_string(&check).ok(),
                ..refused
            };
            match self.store().finish_registration(scope, &request.terms_version, &done, &reply, now)? {
                true => Ok(reply),
                false => Err(ProblemName::CheckNotFound.into()),
            }
        })
    }

    /// Runs a request once for its key: replays what is stored, frees the key when nothing was recorded.
    fn keyed(
        &self,
        caller: &Caller,
        path: &str,
        key: &str,
        request: &impl Serialize,
        run: impl FnOnce(&KeyScope) -> Result<Reply, Refusal>,
    ) -> Result<Reply, Refusal> {
        let (facility, terminal) = caller.terminal.pair();
        let scope = KeyScope { scope: format!("{facility}/{terminal} {path}"), key: key.to_owned() };
        let state = self.store().begin(&scope, &fingerprint(request)?, (self.now)())?;
        match state {
            KeyState::Replay(reply) => Ok(Reply { replayed: true, ..reply }),
            KeyState::Running => Err(ProblemName::IdempotencyInProgress.into()),
            KeyState::Reused => Err(ProblemName::IdempotencyKeyReused.into()),
            KeyState::Fresh => {
                let result = run(&scope);
                if result.is_err() {
                    self.store().abandon(&scope)?;
                }
                result
            }
        }
    }

    fn prove(&self, card: &MynaCardRequest, nonce: &[u8], today: Date) -> Result<Proven<'_>, Box<Problem>> {
        let certificate = self.trust.certificate(&card.certificate.0).map_err(distrust)?;
        let insured = self.people.iter().find(|i| i.spki_sha256 == certificate.spki_sha256);
        let standing = dates(&certificate, today)?;
        if insured.is_some_and(|i| self.settings().say(&i.person.id) == Some(Say::Revoked)) {
            return Err(Problem::new(ProblemName::CardCertificateInvalid).because("revoked").into());
        }
        if let Some(signature) = &card.signature {
            certificate.signed(nonce, &signature.0).map_err(distrust)?;
        }
        if let Some(face) = &card.card_face {
            let facts = self.trust.card_face(face, nonce).map_err(distrust)?;
            let same = insured.is_none_or(|Insured { person, .. }| {
                let birth = person.birth.strftime("%Y%m%d").to_string();
                birth.as_bytes() == facts.birth && char::from(facts.sex) == person.sex.digit()
            });
            if !same {
                return Err(Problem::new(ProblemName::CardSignatureInvalid).because("otherPerson").into());
            }
        }
        Ok(Proven { insured, standing })
    }

    fn answer(
        &self,
        caller: &Caller,
        proven: &Proven<'_>,
        check_date: WireDate,
        today: Date,
        processing: bool,
    ) -> Result<(Option<NewCheck>, Reply), Refusal> {
        let (facility, terminal) = caller.terminal.pair();
        let notices = answer::notices(proven.standing, proven.insured);
        let mut check = NewCheck {
            id: uuid::Uuid::new_v4().to_string(),
            facility: facility.to_owned(),
            terminal: terminal.to_owned(),
            person: proven.insured.map(|i| i.person.id.clone()),
            takes_consents: false,
            notices: notices.clone(),
            check_date: check_date.0.to_string(),
            body: None,
        };
        if let Some(insured) = proven.insured
            && !self.registered(insured)?
        {
            return Ok((Some(check), Reply::problem(ProblemName::CardNotRegistered.into(), &caller.trace_id)));
        }
        let now = (self.now)();
        let full = self.completed_check(&check.id, proven.insured, notices, check_date, now);
        let grace = proven.standing == Standing::Grace;
        check.takes_consents = full.validity.as_deref() == Some("valid") && !grace;
        check.body = serde_json::to_string(&full).ok();
        tracing::info!(trace_id = caller.trace_id, check_id = check.id, validity = full.validity, %today, "check");
        if !processing {
            return Ok((Some(check), Reply::json(201, &full, &caller.trace_id)));
        }
        let waiting = QualificationCheck {
            status: CheckStatus::Processing,
            processed_at: None,
            validity: None,
            raw_validity_code: None,
            qualifications: Vec::new(),
            notices: Vec::new(),
            ..full
        };
        let reply = Reply::json(202, &waiting, &caller.trace_id);
        Ok((Some(check.clone()), Reply { location: Some(paths::check(&check.id)), ..reply }))
    }

    fn completed_check(
        &self,
        id: &str,
        insured: Option<&Insured>,
        notices: Vec<String>,
        check_date: WireDate,
        now: Timestamp,
    ) -> QualificationCheck {
        let say = match insured {
            Some(insured) => self.settings().say(&insured.person.id),
            None => Some(Say::NotFound),
        };
        let (validity, code) = answer::validity(say);
        QualificationCheck {
            qualification_check_id: id.to_owned(),
            status: CheckStatus::Completed,
            processed_at: Some(WireTime(now)),
            check_date,
            method: Some("mynaCard".into()),
            validity: Some(validity.into()),
            raw_validity_code: Some(code.into()),
            qualifications: insured.map_or_else(Vec::new, |i| answer::qualifications(i, say, day_in_japan(now))),
            notices: answer::notice_entries(&notices),
            consents: Vec::new(),
            reference_number: None,
        }
    }

    fn registered(&self, insured: &Insured) -> Result<bool, Refusal> {
        let id = &insured.person.id;
        let usually = match self.settings().say(id) {
            Some(Say::Registered) => true,
            Some(Say::Unregistered | Say::NotYet) => false,
            _ => insured.insurance.registered,
        };
        Ok(usually || self.store().is_registered(id)?)
    }

    /// A completed check of the caller's facility that is not too old.
    fn completed(&self, caller: &Caller, id: &str) -> Result<(NewCheck, QualificationCheck), Refusal> {
        let stored = self.store().check(id, caller.terminal.pair().0)?.ok_or(ProblemName::CheckNotFound)?;
        if (self.now)().duration_since(stored.created_at) > DAY {
            return Err(ProblemName::CheckExpired.into());
        }
        let body = stored.check.body.as_deref().ok_or(ProblemName::CheckNotFound)?;
        let check = serde_json::from_str(body).map_err(|_| ProblemName::InternalError)?;
        Ok((stored.check, check))
    }
}
