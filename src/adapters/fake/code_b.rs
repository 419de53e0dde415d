//! A scriptable source of code B.

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{CodeBReply, CodeBSource, Outbox, Reply};

use super::{Fake, Scripted};

/// The one kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeBRequest {
    /// The code of the card on the reader.
    Find,
}

/// The code B port, scriptable.
pub enum CodeBPort {}

/// A scriptable source of code B. Usually: it does not know the code.
pub type FakeCodeB = Fake<CodeBPort>;

impl Scripted for CodeBPort {
    type Kind = CodeBRequest;
    type Command = ();
    type Reply = CodeBReply;
    type Memory = ();

    const SUBJECT: &'static str = "code-b";

    fn kind((): &()) -> CodeBRequest {
        CodeBRequest::Find
    }

    fn usual((): &mut (), (): &()) -> Result<CodeBReply, Failure> {
        Ok(CodeBReply::Unknown)
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<CodeBReply, Failure>) {
        outbox.answer(ticket, answer.map(Reply::CodeB));
    }
}

impl CodeBSource for FakeCodeB {
    fn submit(&self, ticket: Ticket, _may_read: bool) {
        self.take(ticket, ());
    }
}
