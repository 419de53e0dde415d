//! Challenges, checks and consents.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Caller, Refusal, Service};
use crate::adapters::qualification::contract::{
    Bytes64, CardChallenge, CheckStatus, ConsentsRequest, ConsentsUpdate, Method, MynaCardRequest, Problem,
    ProblemName, QualificationCheck, QualificationCheckRequest, WireDate, WireTime, paths,
};
use crate::domain::japan;
use crate::domain::validity::Standing;
use crate::gateway::answer::{self, Insured};
use crate::gateway::rules::{
    DAY, consents_of, dates, distrust, given_after, invalid, read, record, same_answers, same_facility,
};
use crate::gateway::search;
use crate::gateway::settings::Say;
use crate::gateway::shape::{check_shape, well_formed};
use crate::gateway::store::NewCheck;
use crate::listening::reply::Reply;

/// How long a card may take to sign.
const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// What a card proved.
pub(super) struct Proven<'a> {
    /// Whose card; nobody's when no insurer knows its key.
    pub insured: Option<&'a Insured>,
    standing: Standing,
}

impl Service {
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
            let today = japan::day((self.now)());
            same_facility(caller, &request.facility_code)?;
            check_shape(&request, today)?;
            if let Some(card) = &request.myna_card {
                let nonce = self.nonce(caller, card)?;
                let (check, reply) = match self.prove(card, &nonce, today) {
                    Err(problem) => (None, Reply::problem(*problem, &caller.trace_id)),
                    Ok(proven) => self.answer_card(caller, &proven, request.check_date, processing)?,
                };
                return self.finish(scope, Some(&card.challenge_id), check.as_ref(), reply);
            }
            let found = self.look_up(&request)?;
            let check = self.new_check(caller, found.first().copied(), Vec::new(), request.check_date);
            let full = self.found_check(&check, &request.method, &found);
            let (check, reply) = self.recorded(caller, check, full, processing);
            self.finish(scope, None, Some(&check), reply)
        })
    }

    /// `GET /v1/qualification-checks/{id}`.
    ///
    /// # Errors
    /// When there is no such check, it is too old, or the database fails.
    pub fn poll(&self, caller: &Caller, id: &str) -> Result<Reply, Refusal> {
        let (stored, mut check, _) = self.completed(caller, id)?;
        let recorded = self.store().consents(id)?;
        check.consents = recorded.iter().map(record).collect();
        check.prescription_issue_selection = self.store().prescription(&stored.id)?;
        Ok(Reply::json(200, &check, &caller.trace_id))
    }

    /// `PUT /v1/qualification-checks/{id}/consents`: the same answers again change nothing, others are refused.
    ///
    /// # Errors
    /// When the request is wrong or comes too late, or the database fails.
    pub fn consents(&self, caller: &Caller, id: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: ConsentsRequest = read(body)?;
        let asked = consents_of(&request, (self.now)())?;
        let (stored, _, checked_at) = self.completed(caller, id)?;
        given_after("/grantedAt", request.granted_at, checked_at)?;
        if !stored.takes_consents {
            return Err(ProblemName::ConsentsNotApplicable.into());
        }
        let mut store = self.store();
        let mut recorded = store.consents(id)?;
        if recorded.is_empty() {
            store.add_consents(id, &asked, request.prescription_issue_selection)?;
            recorded = asked;
        } else if !same_answers(&recorded, &asked) {
            return Err(ProblemName::ConsentsAlreadyRecorded.into());
        }
        let consents = recorded.iter().map(record).collect();
        Ok(Reply::json(200, &ConsentsUpdate { qualification_check_id: id.to_owned(), consents }, &caller.trace_id))
    }

    /// The nonce that this card was to sign, after a look at the proof's form.
    pub(super) fn nonce(&self, caller: &Caller, card: &MynaCardRequest) -> Result<Vec<u8>, Refusal> {
        well_formed(card)?;
        let nonce = self.store().nonce(&card.challenge_id, caller.terminal.pair(), (self.now)())?;
        Ok(nonce.ok_or(ProblemName::ChallengeExpired)?)
    }

    /// What the card proves, or why it proves nothing.
    pub(super) fn prove(&self, card: &MynaCardRequest, nonce: &[u8], today: Date) -> Result<Proven<'_>, Box<Problem>> {
        let certificate = self.trust.certificate(&card.certificate.0).map_err(distrust)?;
        let insured = self.people.iter().find(|i| i.spki_sha256 == Some(certificate.spki_sha256));
        let standing = dates(&certificate, today)?;
        if certificate.revoked || insured.is_some_and(|i| self.settings().say(&i.person.id) == Some(Say::Revoked)) {
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

    fn answer_card(
        &self,
        caller: &Caller,
        proven: &Proven<'_>,
        check_date: WireDate,
        processing: bool,
    ) -> Result<(Option<NewCheck>, Reply), Refusal> {
        let notices = answer::notices(proven.standing, proven.insured);
        let mut check = self.new_check(caller, proven.insured, notices.clone(), check_date);
        if let Some(insured) = proven.insured
            && !self.registered(insured)?
        {
            return Ok((Some(check), Reply::problem(ProblemName::CardNotRegistered.into(), &caller.trace_id)));
        }
        let full = self.completed_check(&check.id, proven.insured, notices, check_date, (self.now)());
        check.takes_consents = proven.standing != Standing::Grace;
        let (check, reply) = self.recorded(caller, check, full, processing);
        Ok((Some(check), reply))
    }

    /// The people whom insured number or the four facts fit.
    fn look_up(&self, request: &QualificationCheckRequest) -> Result<Vec<&Insured>, Refusal> {
        if let Some(asked) = &request.insured_number {
            search::insured_number(asked, "/insuredNumber")?;
            return Ok(self.people.iter().filter(|insured| search::has_number(insured, asked)).collect());
        }
        let Some(asked) = &request.demographics else { return Err(invalid("/method", "missingMember").into()) };
        search::demographics(asked, self.settings().mode)?;
        Ok(self.people.iter().filter(|insured| search::is_described(insured, asked)).collect())
    }

    fn found_check(&self, check: &NewCheck, method: &Method, found: &[&Insured]) -> QualificationCheck {
        let now = (self.now)();
        let check_date = check.check_date.parse().map_or(WireDate(japan::day(now)), WireDate);
        let one = if let [one] = found { Some(*one) } else { None };
        let mut full = self.completed_check(&check.id, one, Vec::new(), check_date, now);
        if found.len() > 1 {
            let (validity, code) = answer::validity(Some(&Say::Multiple));
            (full.validity, full.raw_validity_code) = (Some(validity.into()), Some(code.into()));
        }
        full.method = serde_json::to_value(method).ok().and_then(|word| word.as_str().map(str::to_owned));
        full
    }

    fn new_check(
        &self,
        caller: &Caller,
        insured: Option<&Insured>,
        notices: Vec<String>,
        check_date: WireDate,
    ) -> NewCheck {
        let (facility, terminal) = caller.terminal.pair();
        NewCheck {
            id: uuid::Uuid::new_v4().to_string(),
            facility: facility.to_owned(),
            terminal: terminal.to_owned(),
            person: insured.map(|i| i.person.id.clone()),
            takes_consents: false,
            notices,
            check_date: check_date.0.to_string(),
            body: None,
        }
    }

    /// The check with its answer, and what the caller hears first. Only a valid qualification takes consents.
    fn recorded(
        &self,
        caller: &Caller,
        check: NewCheck,
        full: QualificationCheck,
        processing: bool,
    ) -> (NewCheck, Reply) {
        tracing::info!(trace_id = caller.trace_id, check_id = check.id, validity = full.validity, "check");
        let check = NewCheck {
            takes_consents: check.takes_consents && full.validity.as_deref() == Some("valid"),
            body: serde_json::to_string(&full).ok(),
            ..check
        };
        if !processing {
            return (check, Reply::json(201, &full, &caller.trace_id));
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
        let location = Some(paths::check(&check.id));
        (check, Reply { location, ..Reply::json(202, &waiting, &caller.trace_id) })
    }

    /// The insurer's answer of now.
    pub(super) fn completed_check(
        &self,
        id: &str,
        insured: Option<&Insured>,
        notices: Vec<String>,
        check_date: WireDate,
        now: Timestamp,
    ) -> QualificationCheck {
        let insured = insured.map(|insured| self.stand_in(insured));
        let say = match insured {
            Some(insured) => self.settings().say(&insured.person.id).or(insured.insurance.standing.map(Say::from)),
            None => Some(Say::NotFound),
        };
        let (validity, code) = answer::validity(say.as_ref());
        let reference = insured.and_then(|i| self.store().reference_number(&i.person.id).ok().flatten());
        QualificationCheck {
            qualification_check_id: id.to_owned(),
            status: CheckStatus::Completed,
            processed_at: Some(WireTime(now)),
            check_date,
            method: Some("mynaCard".into()),
            validity: Some(validity.into()),
            raw_validity_code: Some(code.into()),
            qualifications: insured.map_or_else(Vec::new, |i| answer::qualifications(i, say.as_ref(), japan::day(now))),
            notices: answer::notice_entries(&notices),
            consents: Vec::new(),
            reference_number: reference,
            prescription_issue_selection: None,
        }
    }

    /// Whose answer is given for this person: usually their own.
    pub(super) fn stand_in<'a>(&'a self, insured: &'a Insured) -> &'a Insured {
        let Some(Say::Of(id)) = self.settings().say(&insured.person.id) else { return insured };
        self.people.iter().find(|other| other.person.id == id).unwrap_or(insured)
    }

    /// A completed check of the caller's facility that is not too old, and when it was made.
    fn completed(&self, caller: &Caller, id: &str) -> Result<(NewCheck, QualificationCheck, Timestamp), Refusal> {
        let stored = self.store().check(id, caller.terminal.pair().0)?.ok_or(ProblemName::CheckNotFound)?;
        if (self.now)().duration_since(stored.created_at) > DAY {
            return Err(ProblemName::CheckExpired.into());
        }
        let body = stored.check.body.as_deref().ok_or(ProblemName::CheckNotFound)?;
        let check = serde_json::from_str(body).map_err(|_| ProblemName::InternalError)?;
        Ok((stored.check, check, stored.created_at))
    }
}
