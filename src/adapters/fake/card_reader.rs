//! A scriptable card reader.

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::qualification::{Authentication, CardFaceProof, CardProof, Challenge};
use crate::domain::secret::Secret;
use crate::ports::{CardCommand, CardReader, CardReply, Outbox, Reply};

use super::{Fake, Scripted, samples};

/// Kinds of [`CardCommand`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardRequest {
    Identify,
    OpenCardFace,
    SignWithPin,
    ProveWithoutPin,
    Release,
}

/// The card reader port, scriptable.
pub enum CardPort {}

/// A scriptable card reader. Usually: a genuine card with a portrait, every secret right.
pub type FakeCardReader = Fake<CardPort>;

impl Scripted for CardPort {
    type Kind = CardRequest;
    type Command = CardCommand;
    type Reply = CardReply;
    /// Whether the card face is open.
    type Memory = bool;

    const SUBJECT: &'static str = "reader";

    fn kind(command: &CardCommand) -> CardRequest {
        match command {
            CardCommand::Identify => CardRequest::Identify,
            CardCommand::OpenCardFace { .. } => CardRequest::OpenCardFace,
            CardCommand::SignWithPin { .. } | CardCommand::SignWithKeypad { .. } => CardRequest::SignWithPin,
            CardCommand::ProveWithoutPin { .. } => CardRequest::ProveWithoutPin,
            CardCommand::Release => CardRequest::Release,
        }
    }

    fn usual(face_open: &mut bool, command: &CardCommand) -> Result<CardReply, Failure> {
        Ok(match command {
            CardCommand::Identify => CardReply::Identified(samples::card_facts()),
            CardCommand::OpenCardFace { .. } => CardReply::CardFace {
                facts: samples::card_face_facts(),
                portrait: Some(samples::portrait()),
                name: None,
                birth: Some(Secret::new(samples::BIRTH)),
            },
            CardCommand::SignWithPin { challenge, .. } | CardCommand::SignWithKeypad { challenge } => {
                CardReply::Proof(Box::new(CardProof {
                    signature: Some(vec![0x51; 256]),
                    ..proof(Authentication::Pin, challenge)
                }))
            }
            CardCommand::ProveWithoutPin { .. } if !*face_open => return Err(Failure::CardUnreadable),
            CardCommand::ProveWithoutPin { challenge, authentication } => CardReply::Proof(Box::new(CardProof {
                card_face: Some(card_face_proof()),
                ..proof(*authentication, challenge)
            })),
            CardCommand::Release => CardReply::Released,
        })
    }

    fn remember(face_open: &mut bool, command: &CardCommand, answer: &Result<CardReply, Failure>) {
        match (command, answer) {
            (_, Ok(CardReply::CardFace { .. })) => *face_open = true,
            (CardCommand::Release, _) => *face_open = false,
            _ => {}
        }
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<CardReply, Failure>) {
        outbox.answer(ticket, answer.map(Reply::Card));
    }
}

fn proof(authentication: Authentication, challenge: &Challenge) -> CardProof {
    CardProof {
        authentication,
        challenge_id: challenge.id.clone(),
        certificate: b"no certificate: scripted card".to_vec(),
        signature: None,
        card_face: None,
    }
}

fn card_face_proof() -> CardFaceProof {
    CardFaceProof {
        basic: vec![0xdf, 0x22, 0x00],
        pictures_hash: [0x25; 32],
        portrait_hash: [0x27; 32],
        signature: vec![0x28; 256],
        issuer_certificate: b"no issuer: scripted card".to_vec(),
        card_signature: vec![0x29; 256],
    }
}

impl FakeCardReader {
    /// Whether the card face was opened and not yet released.
    pub fn remembers_card_face(&self) -> bool {
        self.with_memory(|open| *open)
    }
}

impl CardReader for FakeCardReader {
    fn submit(&self, ticket: Ticket, command: CardCommand) {
        self.take(ticket, command);
    }
}
