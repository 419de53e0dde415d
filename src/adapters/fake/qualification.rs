//! A scriptable qualification service.

use crate::domain::consent::Consent;
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::qualification::Challenge;
use crate::ports::{Outbox, QualificationCommand, QualificationReply, QualificationService, Reply};

use super::{Fake, Scripted, samples};

/// Kinds of [`QualificationCommand`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QualificationRequest {
    FetchChallenge,
    Check,
    Inquire,
    Register,
    SaveConsents,
    Settle,
    RegisterReference,
    Fetch,
    AskQueueAgain,
}

/// Consents that were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedConsents {
    pub check_id: String,
    /// The answers.
    pub consents: Vec<Consent>,
}

/// The qualification port, scriptable.
pub enum QualificationPort {}

/// A scriptable qualification service. Usually: a fresh nonce each time, one valid insurance, consents recorded.
pub type FakeQualification = Fake<QualificationPort>;

/// What the scripted service keeps.
#[derive(Default)]
pub struct ServiceMemory {
    challenges: u8,
    consents: Vec<SavedConsents>,
    settled: Vec<(String, bool)>,
}

impl Scripted for QualificationPort {
    type Kind = QualificationRequest;
    type Command = QualificationCommand;
    type Reply = QualificationReply;
    type Memory = ServiceMemory;

    const SUBJECT: &'static str = "gateway";

    fn kind(command: &QualificationCommand) -> QualificationRequest {
        match command {
            QualificationCommand::FetchChallenge => QualificationRequest::FetchChallenge,
            QualificationCommand::Check { .. } => QualificationRequest::Check,
            QualificationCommand::Inquire { .. } => QualificationRequest::Inquire,
            QualificationCommand::Register { .. } => QualificationRequest::Register,
            QualificationCommand::SaveConsents { .. } => QualificationRequest::SaveConsents,
            QualificationCommand::Settle { .. } => QualificationRequest::Settle,
            QualificationCommand::RegisterReference(_) => QualificationRequest::RegisterReference,
            QualificationCommand::Fetch { .. } => QualificationRequest::Fetch,
            QualificationCommand::AskQueueAgain => QualificationRequest::AskQueueAgain,
        }
    }

    fn usual(memory: &mut ServiceMemory, command: &QualificationCommand) -> Result<QualificationReply, Failure> {
        Ok(match command {
            QualificationCommand::FetchChallenge => {
                memory.challenges = memory.challenges.wrapping_add(1);
                let id = format!("challenge-{}", memory.challenges);
                QualificationReply::Challenge(Challenge { id, nonce: vec![memory.challenges; 32] })
            }
            // As the contract has it: without a signature the opened card face must speak for the card.
            QualificationCommand::Check { proof, .. } if proof.signature.is_none() && proof.card_face.is_none() => {
                return Err(Failure::CheckRefused);
            }
            QualificationCommand::Check { .. }
            | QualificationCommand::Register { .. }
            | QualificationCommand::Fetch { .. } => QualificationReply::Answer(Box::new(samples::valid_answer())),
            QualificationCommand::Inquire { .. } => QualificationReply::Status(samples::registered()),
            QualificationCommand::SaveConsents { .. } => QualificationReply::ConsentsSaved,
            QualificationCommand::Settle { .. } => QualificationReply::Settled,
            QualificationCommand::RegisterReference(_) => QualificationReply::ReferenceRegistered,
            QualificationCommand::AskQueueAgain => QualificationReply::QueueAsked,
        })
    }

    fn remember(
        memory: &mut ServiceMemory,
        command: &QualificationCommand,
        answer: &Result<QualificationReply, Failure>,
    ) {
        match (command, answer) {
            (QualificationCommand::SaveConsents { check_id, consents, .. }, Ok(_)) => {
                memory.consents.push(SavedConsents { check_id: check_id.clone(), consents: consents.clone() });
            }
            (QualificationCommand::Settle { check_id, delivered }, Ok(_)) => {
                memory.settled.push((check_id.clone(), *delivered));
            }
            _ => {}
        }
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<QualificationReply, Failure>) {
        outbox.answer(ticket, answer.map(Reply::Qualification));
    }
}

impl FakeQualification {
    /// Consents recorded so far, in order.
    pub fn saved_consents(&self) -> Vec<SavedConsents> {
        self.with_memory(|memory| memory.consents.clone())
    }

    /// Checks settled so far, in order, and whether their file was delivered.
    pub fn settled(&self) -> Vec<(String, bool)> {
        self.with_memory(|memory| memory.settled.clone())
    }
}

impl QualificationService for FakeQualification {
    fn submit(&self, ticket: Ticket, command: QualificationCommand) {
        self.take(ticket, command);
    }

    fn cancel(&self, ticket: Ticket) {
        self.end(ticket, Failure::Cancelled);
    }

    fn forget(&self) {}
}
