//! The patient types code B.

use std::time::Duration;

use crate::domain::ids::Ticket;
use crate::ports::{CodeBReply, CodeBSource, Diagnose, Finding, FrameSlot, Outbox, Reply};

/// Never knows the code, so the patient types it.
pub struct TypedCodeB {
    outbox: Outbox,
}

impl TypedCodeB {
    /// Answers into `outbox`.
    pub fn new(outbox: Outbox) -> Self {
        Self { outbox }
    }
}

impl CodeBSource for TypedCodeB {
    fn submit(&self, ticket: Ticket, _may_read: bool) {
        self.outbox.answer(ticket, Ok(Reply::CodeB(CodeBReply::Unknown)));
    }

    fn look(&self, ticket: Ticket, _: FrameSlot, _: Duration) {
        self.submit(ticket, false);
    }
}

impl Diagnose for TypedCodeB {
    fn diagnose(&self) -> Vec<Finding> {
        vec![Finding::good("code-b", "the patient types code B on the screen")]
    }
}
