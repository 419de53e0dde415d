//! What the client does with one command.

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Notify;
use zeroize::Zeroizing;

use super::contract::{
    self, Asked, CardChallenge, CardRegistration, CardRegistrationRequest, CardRegistrationStatus, ConsentsRequest,
    ConsentsUpdate, LeftOut, QualificationCheck, Understood, WireTime, paths,
};
use super::journal::{Journal, Kind};
use super::link::{Answered, Call, CallError};
use super::{Inner, Running};
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::japan;
use crate::domain::qualification::{AsReceived, CardProof, Challenge, Difference, QualificationAnswer};
use crate::domain::staff_news::StaffNews;
use crate::fault_point;
use crate::ports::{QualificationCommand, QualificationReply, Reply};

/// A reply and the journal row that ends with its delivery.
pub(super) struct Done {
    pub(super) reply: QualificationReply,
    pub(super) flight: Option<Flight>,
}

/// What is counted, and where.
struct Order {
    kind: Kind,
    path: String,
    /// The earlier check whose file this one's replaces.
    renews: Option<String>,
}

impl Order {
    fn new(kind: Kind, path: impl Into<String>) -> Self {
        Self { kind, path: path.into(), renews: None }
    }
}

/// What came of a request that the gateway counts.
struct Got<T> {
    understood: Understood<T>,
    /// The check that it named when it had to be asked again.
    named: Option<String>,
}

/// Checks that are remembered to know one that comes twice: more than a kiosk makes in days.
const REMEMBERED: usize = 4_096;

/// Why a request that the gateway counts has no answer.
struct Refused {
    failure: Failure,
    /// From when on the same thing works.
    available_from: Option<Timestamp>,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self { failure, available_from: None }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        refused.failure
    }
}

/// Marks a row as somebody's work, so that the resolver leaves it alone.
pub(super) struct Flight {
    inner: Arc<Inner>,
    key: String,
    /// Its answer is open: the row is somebody's until it is settled.
    awaits_settling: bool,
}

impl Flight {
    fn new(inner: &Arc<Inner>, ticket: Ticket) -> Self {
        let key = uuid::Uuid::new_v4().to_string();
        inner.in_flight.lock().insert(key.clone());
        if let Some(running) = inner.running.lock().get_mut(&ticket) {
            running.key = Some(key.clone());
        }
        Self { inner: Arc::clone(inner), key, awaits_settling: false }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if !self.awaits_settling {
            self.inner.in_flight.lock().remove(&self.key);
        }
    }
}

impl Inner {
    /// Serves one ticket: exactly one report, and the journal row cleared after it.
    pub(super) async fn serve(self: Arc<Self>, ticket: Ticket, command: QualificationCommand, stop: Arc<Notify>) {
        let work = self.perform(ticket, command);
        tokio::pin!(work);
        let (result, reported) = tokio::select! {
            result = &mut work => (result, false),
            () = stop.notified() => {
                let key = self.report(ticket, Err(Failure::Cancelled));
                if let Some(key) = key {
                    self.went_on_without(&key).await;
                }
                (work.await, true)
            }
        };
        match result {
            Ok(Done { reply, flight }) => {
                match flight {
                    Some(flight) if reported => {
                        tracing::warn!(key = flight.key, "answered after the reception had ended");
                        self.clear(&flight.key).await;
                        self.open.lock().retain(|_, key| *key != flight.key);
                        self.in_flight.lock().remove(&flight.key);
                    }
                    // Its row stays until the reception has settled it.
                    Some(flight) if flight.awaits_settling => {}
                    // Before the reception goes on, so that no row outlives what it was for.
                    Some(flight) => {
                        self.clear(&flight.key).await;
                        fault_point::reach("consents", "cleared");
                    }
                    None => {}
                }
                if !reported {
                    self.report(ticket, Ok(reply));
                }
                if *self.pending.borrow() > 0 {
                    self.wake.notify_one();
                }
            }
            Err(failure) => {
                self.recount().await;
                if !reported {
                    self.report(ticket, Err(failure));
                }
            }
        }
    }

    /// Answers the ticket; gives the key of the request that was sent for it, if one was.
    fn report(&self, ticket: Ticket, result: Result<QualificationReply, Failure>) -> Option<String> {
        let running = self.running.lock().remove(&ticket);
        self.outbox.answer(ticket, result.map(Reply::Qualification));
        running.and_then(|Running { key, .. }| key)
    }

    async fn perform(self: &Arc<Self>, ticket: Ticket, command: QualificationCommand) -> Result<Done, Failure> {
        match command {
            QualificationCommand::FetchChallenge => self.fetch_challenge().await,
            QualificationCommand::Check { proof, renews } => {
                let today = japan::day(self.clock.now());
                let request = contract::check_request(&self.facility_code, today, &proof);
                let order = Order { renews, ..Order::new(Kind::Check, paths::QUALIFICATION_CHECKS) };
                let (check, flight) = self.counted::<QualificationCheck>(ticket, order, &request).await?;
                let asked = Asked { id: check.named, ..Asked::on(today, self.clock.now()) };
                self.answered(check.understood, asked, flight).await
            }
            QualificationCommand::Inquire { proof } => self.inquire(&proof).await,
            QualificationCommand::Register { proof, terms_version } => {
                let request = CardRegistrationRequest {
                    facility_code: self.facility_code.clone(),
                    challenge_id: proof.challenge_id,
                    terms_version,
                    agreed_at: WireTime(self.clock.now()),
                };
                let order = Order::new(Kind::Registration, paths::CARD_REGISTRATIONS);
                let (got, flight) = match self.counted::<CardRegistration>(ticket, order, &request).await {
                    Err(Refused { failure: Failure::RegistrationNotYet, available_from }) => {
                        return Ok(Done { reply: QualificationReply::NotYet(available_from), flight: None });
                    }
                    registered => registered?,
                };
                match got.understood.part("qualificationCheck", |registration| registration.qualification_check) {
                    Some(check) => {
                        let asked = Asked::registration(self.clock.now());
                        self.answered(check, asked, flight).await
                    }
                    None => Ok(Done { reply: QualificationReply::Registered, flight: Some(flight) }),
                }
            }
            QualificationCommand::Settle { check_id, delivered } => self.settle(check_id, delivered).await,
            QualificationCommand::RegisterReference(order) => self.register_reference(&order).await,
            QualificationCommand::Fetch { check_id } => self.fetch(check_id).await,
            QualificationCommand::AskQueueAgain => self.ask_queue_again().await,
            QualificationCommand::SaveConsents { check_id, consents, at } => {
                let Some(request) = contract::consents_request(&consents, at) else {
                    return Ok(Done { reply: QualificationReply::ConsentsSaved, flight: None });
                };
                let order = Order::new(Kind::Consents, paths::consents(&check_id));
                let (got, flight) = self.counted::<ConsentsUpdate>(ticket, order, &request).await?;
                let update = got.understood.it;
                if update.qualification_check_id != check_id {
                    return Err(self.broken(&flight.key, "consents of another check").await);
                }
                if !holds(&update, &request) {
                    return Err(self.broken(&flight.key, "other consents than were sent").await);
                }
                Ok(Done { reply: QualificationReply::ConsentsSaved, flight: Some(flight) })
            }
        }
    }

    /// The reception is over for that check: its row is not needed any more.
    async fn settle(&self, check_id: String, delivered: bool) -> Result<Done, Failure> {
        let row = check_id.clone();
        fault_point::reach("settle", "before");
        self.journal.with(move |journal| journal.settle(&row)).await.map_err(|error| {
            tracing::error!(%error, check_id, "a settled check could not be removed from the journal");
            Failure::JournalUnwritable
        })?;
        fault_point::reach("settle", "done");
        if let Some(key) = self.open.lock().remove(&check_id) {
            self.in_flight.lock().remove(&key);
        }
        if delivered && self.queue_handed.lock().contains(&check_id) {
            self.queue_settled.lock().push(check_id.clone());
        }
        Ok(Done { reply: QualificationReply::Settled, flight: None })
    }

    /// Changes nothing at the gateway, so nothing of it is kept: an answer that is lost is asked for anew.
    async fn inquire(&self, proof: &CardProof) -> Result<Done, Failure> {
        let request = contract::registration_inquiry(&self.facility_code, proof);
        let body = serde_json::to_vec(&request).map(Zeroizing::new).map_err(|_| Failure::CheckRefused)?;
        let key = Some(uuid::Uuid::new_v4().to_string());
        let path = paths::CARD_REGISTRATION_INQUIRIES.to_owned();
        let answered = self.link.call(Call { method: Method::POST, path, body: Some(body), key }).await;
        let status: CardRegistrationStatus = parse(&answered.map_err(|e| e.failure)?.body)?.it;
        Ok(Done { reply: QualificationReply::Status(contract::registration_status(&status)), flight: None })
    }

    async fn fetch_challenge(&self) -> Result<Done, Failure> {
        let path = paths::CARD_CHALLENGES.to_owned();
        let call = Call { method: Method::POST, path, body: Some(Zeroizing::new(b"{}".to_vec())), key: None };
        let answered = self.link.call(call).await.map_err(|e| e.failure)?;
        let challenge = parse::<CardChallenge>(&answered.body)?.it;
        if challenge.nonce.0.len() != 32 {
            tracing::warn!(rule = "nonce has not 32 bytes", "the gateway's answer does not follow the contract");
            return Err(Failure::GatewayAnswerInvalid);
        }
        let challenge = Challenge { id: challenge.challenge_id, nonce: challenge.nonce.0 };
        Ok(Done { reply: QualificationReply::Challenge(challenge), flight: None })
    }

    /// Sends a request that the gateway counts: journal first, then the wire.
    async fn counted<T: DeserializeOwned>(
        self: &Arc<Self>,
        ticket: Ticket,
        order: Order,
        request: &impl Serialize,
    ) -> Result<(Got<T>, Flight), Refused> {
        let body = serde_json::to_vec(request).map(Zeroizing::new).map_err(|_| Failure::CheckRefused)?;
        let flight = Flight::new(self, ticket);
        let answer = self.counted_with_key(order, body, &flight.key).await?;
        Ok((answer, flight))
    }

    async fn counted_with_key<T: DeserializeOwned>(
        &self,
        order: Order,
        body: Zeroizing<Vec<u8>>,
        key: &str,
    ) -> Result<Got<T>, Refused> {
        let Order { kind, path, renews } = order;
        let row = (key.to_owned(), path.clone(), body.clone(), self.clock.now());
        fault_point::reach(kind.name(), "before-journal");
        let begin = move |journal: &Journal| journal.begin(&row.0, kind, &row.1, &row.2, row.3, renews.as_deref());
        if let Err(error) = self.journal.with(begin).await {
            tracing::error!(%error, "nothing was sent because the journal cannot be written");
            return Err(Failure::JournalUnwritable.into());
        }
        fault_point::reach(kind.name(), "journaled");
        match self.link.call(call_for(kind, path, body, key)).await {
            Ok(Answered { body, named }) => {
                fault_point::reach(kind.name(), "answered");
                match parse(&body) {
                    Ok(understood) => Ok(Got { understood, named }),
                    Err(failure) => {
                        self.keep(key).await;
                        Err(failure.into())
                    }
                }
            }
            Err(CallError { failure, uncertain, available_from, .. }) => {
                if uncertain {
                    self.keep(key).await;
                } else {
                    self.clear(key).await;
                }
                Err(Refused { failure, available_from })
            }
        }
    }

    async fn answered(
        &self,
        check: Understood<QualificationCheck>,
        asked: Asked,
        mut flight: Flight,
    ) -> Result<Done, Failure> {
        let asked = Asked { repertoire: self.repertoire, ..asked };
        let answer = match contract::answer(check, &asked) {
            Ok(answer) => answer,
            Err(error) => return Err(self.broken(&flight.key, &error.0).await),
        };
        if self.knows(&answer.check_id) {
            return Err(self.broken(&flight.key, "qualificationCheckId is of an earlier check").await);
        }
        self.tell_differences(&answer);
        let row = (flight.key.clone(), answer.check_id.clone());
        if let Err(error) = self.journal.with(move |journal| journal.answered(&row.0, &row.1)).await {
            tracing::error!(%error, check_id = answer.check_id, "the answer could not be noted in the journal");
        }
        fault_point::reach("check", "noted");
        self.open.lock().insert(answer.check_id.clone(), flight.key.clone());
        flight.awaits_settling = true;
        Ok(Done { reply: QualificationReply::Answer(Box::new(answer)), flight: Some(flight) })
    }

    /// Whether that check was the answer to another request: the file of one patient would pass for another's.
    fn knows(&self, check_id: &str) -> bool {
        let mut known = self.known.lock();
        if known.iter().any(|id| id == check_id) {
            return true;
        }
        if known.len() == REMEMBERED {
            known.pop_front();
        }
        known.push_back(check_id.to_owned());
        false
    }

    /// Tells staff where the answer is not as it came.
    pub(super) fn tell_differences(&self, answer: &QualificationAnswer) {
        for AsReceived { member, why, .. } in &answer.as_received {
            let (check_id, member) = (answer.check_id.clone(), member.clone());
            self.outbox.tell(match why {
                Difference::LeftOut => StaffNews::MemberLeftOut { check_id, member },
                Difference::Signs(lost) => {
                    let signs = lost.iter().map(|sign| format!("U+{:04X}", u32::from(*sign))).collect::<Vec<_>>();
                    StaffNews::SignsLost { check_id, member, signs: signs.join(".") }
                }
            });
        }
    }

    async fn broken(&self, key: &str, rule: &str) -> Failure {
        tracing::warn!(rule, "the gateway's answer does not follow the contract");
        self.keep(key).await;
        Failure::GatewayAnswerInvalid
    }

    /// The outcome is unknown: the row stays until the gateway tells, for staff, because the reception goes on.
    async fn keep(&self, key: &str) {
        tracing::warn!(key, "the outcome is unknown and will be asked for again");
        self.went_on_without(key).await;
    }

    async fn went_on_without(&self, key: &str) {
        let row = key.to_owned();
        if let Err(error) = self.journal.with(move |journal| journal.went_on_without(&row)).await {
            tracing::error!(%error, key, "the journal cannot be written");
        }
    }

    pub(super) async fn clear(&self, key: &str) {
        let row = key.to_owned();
        if let Err(error) = self.journal.with(move |journal| journal.done(&row)).await {
            tracing::error!(%error, key, "a finished row could not be removed from the journal");
        }
    }
}

pub(super) fn call_for(kind: Kind, path: String, body: Zeroizing<Vec<u8>>, key: &str) -> Call {
    let method = if kind == Kind::Consents { Method::PUT } else { Method::POST };
    Call { method, path, body: Some(body), key: Some(key.to_owned()) }
}

/// Reads an answer.
pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<Understood<T>, Failure> {
    let understood = contract::read(body).map_err(|error| {
        tracing::warn!(rule = %error.0, "the gateway's answer does not follow the contract");
        Failure::GatewayAnswerInvalid
    })?;
    for LeftOut { member, is, .. } in &understood.left_out {
        tracing::info!(member, is, "a member of the gateway's answer was left out");
    }
    Ok(understood)
}

/// Whether what the gateway says that it has recorded is what was sent.
fn holds(update: &ConsentsUpdate, request: &ConsentsRequest) -> bool {
    let recorded = |scope: &str| update.consents.iter().find(|record| record.scope == scope).map(|r| r.granted);
    request.consents.iter().all(|sent| recorded(&sent.scope) == Some(sent.granted))
}
