//! Registering a card as insurance card, and how far that has come.

use jiff::{SignedDuration, Timestamp};

use super::{Caller, Refusal, Service};
use crate::adapters::qualification::contract::{
    CardRegistration, CardRegistrationInquiry, CardRegistrationRequest, CardRegistrationStatus, Problem, ProblemName,
    WireDate, WireTime, paths,
};
use crate::domain::japan;
use crate::gateway::answer::Insured;
use crate::gateway::rules::{given_after, given_by, invalid, read, same_facility};
use crate::gateway::settings::Say;
use crate::gateway::store::{Awaiting, KeyScope, NewCheck, OpenInquiry};
use crate::gateway::waiting::registration_from;
use crate::listening::reply::Reply;
use crate::people::insurance::Procedure;

/// How long a refused check or an inquiry waits for its registration.
const REGISTRATION_WINDOW: SignedDuration = SignedDuration::from_mins(10);

impl Service {
    /// `POST /v1/card-registrations`.
    ///
    /// # Errors
    /// When the request is wrong, its key is taken, the card cannot be registered yet, or the database fails.
    pub fn register(&self, caller: &Caller, key: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: CardRegistrationRequest = read(body)?;
        self.keyed(caller, paths::CARD_REGISTRATIONS, key, &request, |scope| {
            same_facility(caller, &request.facility_code)?;
            if !(1..=64).contains(&request.terms_version.chars().count()) {
                return Err(invalid("/termsVersion", "length").into());
            }
            let (now, pair) = ((self.now)(), caller.terminal.pair());
            given_by("/agreedAt", request.agreed_at, now)?;
            let recent = |created_at| now.duration_since(created_at) <= REGISTRATION_WINDOW;
            let inquiry = self.store().open_inquiry(&request.challenge_id, pair)?.filter(|i| recent(i.created_at));
            if let Some(inquiry) = inquiry {
                given_after("/agreedAt", request.agreed_at, inquiry.created_at)?;
                self.registrable(Some(&inquiry.person), now)?;
                let body = CardRegistration { registered_at: WireTime(now), qualification_check: None };
                let reply = Reply::json(201, &body, &caller.trace_id);
                return self.record(scope, &request, &Awaiting::Inquiry(&inquiry), reply, now);
            }
            let refused = self.store().refused_check(&request.challenge_id, pair)?;
            let refused = refused.filter(|r| recent(r.created_at)).ok_or(ProblemName::CheckNotFound)?;
            given_after("/agreedAt", request.agreed_at, refused.created_at)?;
            let refused = refused.check;
            let insured = self.registrable(refused.person.as_deref(), now)?;
            let check_date = refused.check_date.parse().map(WireDate).map_err(|_| ProblemName::InternalError)?;
            let grace = refused.notices.iter().any(|code| code == "certificateExpiredGrace");
            let check = self.completed_check(&refused.id, Some(insured), refused.notices.clone(), check_date, now);
            let body = CardRegistration { registered_at: WireTime(now), qualification_check: Some(check.clone()) };
            let reply = Reply::json(201, &body, &caller.trace_id);
            let done = NewCheck {
                takes_consents: check.validity.as_deref() == Some("valid") && !grace,
                body: serde_json::to_string(&check).ok(),
                ..refused
            };
            self.record(scope, &request, &Awaiting::Check(&done), reply, now)
        })
    }

    /// The person whose card is to be registered, unless it has to wait.
    fn registrable(&self, person: Option<&str>, now: Timestamp) -> Result<&Insured, Refusal> {
        let insured = self.people.iter().find(|i| person == Some(i.person.id.as_str()));
        let insured = insured.ok_or(ProblemName::CheckNotFound)?;
        match self.registration_from(insured, now) {
            Some(from) => Err(Box::new(Problem::new(ProblemName::RegistrationNotYet).not_before(from)).into()),
            None => Ok(insured),
        }
    }

    fn record(
        &self,
        scope: &KeyScope,
        request: &CardRegistrationRequest,
        awaiting: &Awaiting<'_>,
        reply: Reply,
        now: Timestamp,
    ) -> Result<Reply, Refusal> {
        match self.store().finish_registration(scope, &request.terms_version, awaiting, &reply, now)? {
            true => Ok(reply),
            false => Err(ProblemName::CheckNotFound.into()),
        }
    }

    /// `POST /v1/card-registration-inquiries`.
    ///
    /// # Errors
    /// When the request is wrong, its key is taken, or the database fails. What used the challenge up is no error
    /// but a stored answer.
    pub fn inquire(&self, caller: &Caller, key: &str, body: &[u8]) -> Result<Reply, Refusal> {
        let request: CardRegistrationInquiry = read(body)?;
        self.keyed(caller, paths::CARD_REGISTRATION_INQUIRIES, key, &request, |scope| {
            same_facility(caller, &request.facility_code)?;
            let (card, now) = (&request.myna_card, (self.now)());
            let nonce = self.nonce(caller, card)?;
            let challenge_id = &card.challenge_id;
            let insured = match self.prove(card, &nonce, japan::day(now)) {
                Err(problem) => {
                    return self.finish(scope, Some(challenge_id), None, Reply::problem(*problem, &caller.trace_id));
                }
                Ok(proven) => proven.insured,
            };
            let status = self.registration_status(insured, now)?;
            let reply = Reply::json(201, &status, &caller.trace_id);
            let Some(insured) = insured.filter(|_| status.registration == "none") else {
                return self.finish(scope, Some(challenge_id), None, reply);
            };
            let person = insured.person.id.clone();
            let open = OpenInquiry { challenge_id: challenge_id.clone(), person, created_at: now };
            match self.store().finish_inquiry(scope, caller.terminal.pair(), &open, &reply)? {
                true => Ok(reply),
                false => Err(ProblemName::ChallengeExpired.into()),
            }
        })
    }

    fn registration_status(
        &self,
        insured: Option<&Insured>,
        now: Timestamp,
    ) -> Result<CardRegistrationStatus, Refusal> {
        let none = || CardRegistrationStatus {
            application: "none".into(),
            registration: "none".into(),
            registered_at: None,
            available_from: None,
        };
        let Some(insured) = insured else { return Ok(none()) };
        if !self.registered(insured)? {
            let available_from = self.registration_from(insured, now).map(WireTime);
            return Ok(CardRegistrationStatus { available_from, ..none() });
        }
        let registered_at = self.store().registered_at(&insured.person.id)?.map(WireTime);
        Ok(CardRegistrationStatus {
            application: "accepted".into(),
            registration: "completed".into(),
            registered_at,
            available_from: None,
        })
    }

    /// From when on this card can be registered; `None` when it can be now.
    fn registration_from(&self, insured: &Insured, now: Timestamp) -> Option<Timestamp> {
        let today = japan::day(now);
        let say = self.settings().say(&insured.person.id);
        let from = match say {
            Some(Say::NotYet) => registration_from(Procedure::CertificateRenewed, today),
            _ => registration_from(self.stand_in(insured).insurance.procedure?, today),
        };
        (from > now).then_some(from)
    }

    /// Whether the card is registered as insurance card.
    pub(super) fn registered(&self, insured: &Insured) -> Result<bool, Refusal> {
        let id = &insured.person.id;
        let say = self.settings().say(id);
        let usually = match say {
            Some(Say::Registered) => true,
            Some(Say::Unregistered | Say::NotYet) => false,
            _ => self.stand_in(insured).insurance.registered,
        };
        Ok(usually || self.store().is_registered(id)?)
    }
}
