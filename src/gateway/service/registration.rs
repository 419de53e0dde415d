//! Registering a card as insurance card, and how far that has come.

use jiff::{SignedDuration, Timestamp};

use super::{Caller, Refusal, Service};
use crate::adapters::qualification::contract::{
    CardRegistration, CardRegistrationInquiry, CardRegistrationRequest, CardRegistrationStatus, Problem, ProblemName,
    WireDate, WireTime, day_in_japan, paths,
};
use crate::gateway::answer::Insured;
use crate::gateway::reply::Reply;
use crate::gateway::rules::{invalid, read, same_facility};
use crate::gateway::settings::Say;
use crate::gateway::store::NewCheck;
use crate::gateway::waiting::registration_from;
use crate::people::insurance::Procedure;

/// How long a refused check waits for its registration.
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
            let refused = self.store().refused_check(&request.challenge_id, pair)?;
            let refused = refused.filter(|r| now.duration_since(r.created_at) <= REGISTRATION_WINDOW);
            let refused = refused.ok_or(ProblemName::CheckNotFound)?.check;
            let insured = self.people.iter().find(|i| refused.person.as_ref() == Some(&i.person.id));
            let insured = insured.ok_or(ProblemName::CheckNotFound)?;
            if let Some(from) = self.registration_from(insured, now) {
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
            let reply = match self.prove(card, &nonce, day_in_japan(now)) {
                Err(problem) => Reply::problem(*problem, &caller.trace_id),
                Ok(proven) => Reply::json(201, &self.registration_status(proven.insured, now)?, &caller.trace_id),
            };
            self.finish(scope, Some(&card.challenge_id), None, reply)
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
        let today = day_in_japan(now);
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
