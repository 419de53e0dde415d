//! A scriptable source of code B.

use std::time::Duration;

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{CodeBReply, CodeBSource, FrameSlot, Outbox, Reply};

use super::{Fake, Scripted};

/// A kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeBRequest {
    /// The code of the card on the reader.
    Find,
    /// That of the card that is shown.
    Look,
}

/// The code B port, scriptable.
pub enum CodeBPort {}

/// A scriptable source of code B. Usually: it does not know the code.
pub type FakeCodeB = Fake<CodeBPort>;

impl Scripted for CodeBPort {
    type Kind = CodeBRequest;
    type Command = CodeBRequest;
    type Reply = CodeBReply;
    type Memory = ();

    const SUBJECT: &'static str = "code-b";

    fn kind(command: &CodeBRequest) -> CodeBRequest {
        *command
    }

    fn usual((): &mut (), _: &CodeBRequest) -> Result<CodeBReply, Failure> {
        Ok(CodeBReply::Unknown)
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<CodeBReply, Failure>) {
        outbox.answer(ticket, answer.map(Reply::CodeB));
    }
}

impl CodeBSource for FakeCodeB {
    fn submit(&self, ticket: Ticket, _may_read: bool) {
        self.take(ticket, CodeBRequest::Find);
    }

    fn look(&self, ticket: Ticket, _: FrameSlot, _: Duration) {
        self.take(ticket, CodeBRequest::Look);
    }
}
