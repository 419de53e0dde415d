//! What staff ask for beside the visits.

use reqwest::Method;
use zeroize::Zeroizing;

use super::Inner;
use super::contract::{self, Asked, ReferenceNumber, ReferenceNumberRequest, paths};
use super::link::Call;
use super::queue::Queue;
use super::service::{Done, parse};
use crate::domain::failure::Failure;
use crate::domain::reference_number::ReferenceOrder;
use crate::ports::QualificationReply;

impl Inner {
    /// The same number twice is the same as once, so nothing of it is kept: whoever hears no answer asks again.
    pub(super) async fn register_reference(&self, order: &ReferenceOrder) -> Result<Done, Failure> {
        let request = ReferenceNumberRequest::of(&self.facility_code, order);
        let body = serde_json::to_vec(&request).map(Zeroizing::new).map_err(|_| Failure::CheckRefused)?;
        let key = Some(uuid::Uuid::new_v4().to_string());
        let path = paths::REFERENCE_NUMBERS.to_owned();
        let answered = self.link.call(Call { method: Method::POST, path, body: Some(body), key }).await;
        let registered: ReferenceNumber = parse(&answered.map_err(|e| e.failure)?.body)?.it;
        if registered.reference_number != order.number.0 {
            tracing::warn!("the gateway registered another number than it was asked to");
            return Err(Failure::GatewayAnswerInvalid);
        }
        Ok(Done { reply: QualificationReply::ReferenceRegistered, flight: None })
    }

    /// The answer to a check of today or yesterday, by its name.
    pub(super) async fn fetch(&self, check_id: String) -> Result<Done, Failure> {
        if !contract::is_name(&check_id) {
            return Err(Failure::CheckRefused);
        }
        let call = Call { method: Method::GET, path: paths::check(&check_id), body: None, key: None };
        let answered = self.link.call(call).await.map_err(|error| error.failure)?;
        let now = self.clock.now();
        let asked = Asked { id: Some(check_id), repertoire: self.repertoire, ..Asked::again(now) };
        let answer = contract::answer(parse(&answered.body)?, &asked).map_err(|error| {
            tracing::warn!(rule = &*error.0, "the gateway's answer does not follow the contract");
            Failure::GatewayAnswerInvalid
        })?;
        Ok(Done { reply: QualificationReply::Answer(Box::new(answer)), flight: None })
    }

    /// Every entry of the queue is due, and the round that asks for them begins.
    pub(super) async fn ask_queue_again(&self) -> Result<Done, Failure> {
        let (queue, now) = (self.journal.queue(), self.clock.now());
        let due = tokio::task::spawn_blocking(move || match queue.exists() {
            true => Queue::open(&queue)?.make_due(None, now),
            false => Ok(0),
        });
        match due.await {
            Ok(Ok(_)) => {
                self.queue_wake.notify_one();
                Ok(Done { reply: QualificationReply::QueueAsked, flight: None })
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the offline queue cannot be asked for again");
                Err(Failure::JournalUnwritable)
            }
            Err(_) => Err(Failure::JournalUnwritable),
        }
    }
}
