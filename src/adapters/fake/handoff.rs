//! A scriptable handoff.

use std::path::PathBuf;

use crate::domain::consent::{Choices, Consent};
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::qualification::Validity;
use crate::domain::reference_number::ReferenceOrder;
use crate::ports::{Delivery, DeliveryOrder, Handoff, Outbox, Receipt, Reply};

use super::{Fake, Scripted};

/// The one kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandoffRequest {
    /// One delivery.
    Deliver,
}

/// A delivery that ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub check_id: String,
    /// With these answers.
    pub consents: Vec<Consent>,
    /// With all these decisions.
    pub choices: Choices,
    /// In the place of the file of this check.
    pub replaces: Option<String>,
}

/// The handoff port, scriptable.
pub enum HandoffPort {}

/// A scriptable handoff. Usually: valid answers are accepted, once per check; no file is written.
pub type FakeHandoff = Fake<HandoffPort>;

impl Scripted for HandoffPort {
    type Kind = HandoffRequest;
    type Command = DeliveryOrder;
    type Reply = Delivery;
    type Memory = Vec<Delivered>;

    const SUBJECT: &'static str = "handoff";

    fn kind(_: &DeliveryOrder) -> HandoffRequest {
        HandoffRequest::Deliver
    }

    fn usual(delivered: &mut Vec<Delivered>, order: &DeliveryOrder) -> Result<Delivery, Failure> {
        if order.answer.validity != Validity::Valid {
            return Err(Failure::NotConfirmed);
        }
        let duplicate = delivered.iter().any(|d| d.check_id == order.answer.check_id);
        let file = PathBuf::from(format!("{}.xml", order.answer.check_id));
        Ok(Delivery::Done(Receipt { file, duplicate }))
    }

    fn remember(delivered: &mut Vec<Delivered>, order: &DeliveryOrder, answer: &Result<Delivery, Failure>) {
        if matches!(answer, Ok(Delivery::Done(Receipt { duplicate: false, .. }))) {
            let check_id = order.answer.check_id.clone();
            let (choices, replaces) = (order.choices.clone(), order.replaces.clone());
            delivered.push(Delivered { check_id, consents: choices.consents.clone(), choices, replaces });
        }
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<Delivery, Failure>) {
        outbox.answer(ticket, answer.map(Reply::Handoff));
    }
}

impl FakeHandoff {
    /// What was delivered so far, in order, duplicates left out.
    pub fn delivered(&self) -> Vec<Delivered> {
        self.with_memory(|delivered| delivered.clone())
    }
}

impl Handoff for FakeHandoff {
    fn submit(&self, ticket: Ticket, order: DeliveryOrder) {
        self.take(ticket, order);
    }

    /// No such folder here.
    fn request_reference(&self, _: Ticket, order: Box<ReferenceOrder>) -> Result<(), Box<ReferenceOrder>> {
        Err(order)
    }
}
