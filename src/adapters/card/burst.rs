//! Carries out one command of the core in one burst, the same way over every channel, and maps its end to the core's words.

use rsa::RsaPublicKey;

use crate::domain::card::{Authenticity, CardFaceFacts};
use crate::domain::failure::Failure;
use crate::domain::qualification::{Authentication, CardProof, Challenge};
use crate::ports::{CardCommand, CardReply};

use super::authenticity;
use super::card_face::CardFace;
use super::certificate::CertificateDer;
use super::client::{Checked, Client};
use super::error::CardError;
use super::{Channel, ChannelError};

/// What is remembered of the card between the bursts of one reception; dropped with the card.
#[derive(Default)]
pub struct Memory {
    certificate: Option<CertificateDer>,
    face: Option<CardFace>,
    short_only: bool,
}

/// How one burst ended.
pub struct Ended {
    /// The answer for the core.
    pub reply: Result<CardReply, Failure>,
    /// The card must be powered down, for it may have a verified secret.
    pub secret_sent: bool,
    /// The card was reset before any secret went to it: the burst may be repeated.
    pub repeatable: bool,
}

/// Carries out one command. `Release` only forgets here; powering down is the caller's.
pub fn carry_out(channel: impl Channel, command: &CardCommand, memory: &mut Memory, trusted: &[RsaPublicKey]) -> Ended {
    let mut client = Client::new(channel);
    if memory.short_only {
        client = client.short_only();
    }
    let result = match command {
        CardCommand::Identify => identify(&mut client, memory),
        CardCommand::OpenCardFace { code_b } => {
            client.open_card_face(code_b).map(|checked| opened(checked, memory, trusted))
        }
        CardCommand::SignWithPin { pin, challenge } => {
            let known = memory.certificate.clone();
            client.sign_with_pin(pin, &challenge.nonce, known).map(|checked| signed(checked, challenge))
        }
        CardCommand::ProveFace { challenge } => prove_face(&mut client, challenge, memory),
        CardCommand::Release => {
            *memory = Memory::default();
            Ok(CardReply::Released)
        }
    };
    let secret_sent = client.secret_sent();
    memory.short_only |= client.extended_failed();
    let reset = matches!(result, Err(CardError::Channel(ChannelError::CardReset)));
    let reply = result.map_err(|error| {
        tracing::warn!(%error, failure = error.failure().code(), "card");
        error.failure()
    });
    Ended { reply, secret_sent, repeatable: reset && !secret_sent }
}

fn identify<C: Channel>(client: &mut Client<C>, memory: &mut Memory) -> Result<CardReply, CardError> {
    let (facts, certificate) = client.identify()?;
    *memory = Memory { certificate, face: None, short_only: memory.short_only };
    Ok(CardReply::Identified(facts))
}

type OpenedFace = (CardFace, Option<crate::domain::secret::Portrait>);

fn opened(checked: Checked<OpenedFace>, memory: &mut Memory, trusted: &[RsaPublicKey]) -> CardReply {
    let (face, portrait) = match checked {
        Checked::Right(opened) => opened,
        Checked::Wrong(tries) => return CardReply::CodeBWrong(tries),
    };
    let authenticity = authenticity::judge(&face, trusted);
    let facts = CardFaceFacts { card_until: face.card_until(), has_portrait: portrait.is_some(), authenticity };
    // A forged face must not end up in a proof.
    memory.face = (authenticity != Authenticity::Forged).then_some(face);
    CardReply::CardFace { facts, portrait }
}

fn signed(checked: Checked<(CertificateDer, Vec<u8>)>, challenge: &Challenge) -> CardReply {
    match checked {
        Checked::Wrong(tries) => CardReply::PinWrong(tries),
        Checked::Right((certificate, signature)) => CardReply::Proof(Box::new(CardProof {
            authentication: Authentication::Pin,
            challenge_id: challenge.id.clone(),
            certificate: certificate.to_vec(),
            signature: Some(signature),
            card_face: None,
        })),
    }
}

/// The certificate and, when the card face was opened, the card key's answer. The user-authentication key cannot sign
/// without PIN unless an approved body's keys authenticate the terminal, so there is no signature of it here.
fn prove_face<C: Channel>(
    client: &mut Client<C>,
    challenge: &Challenge,
    memory: &Memory,
) -> Result<CardReply, CardError> {
    let certificate = match &memory.certificate {
        Some(known) => known.clone(),
        None => client.certificate()?,
    };
    let card_face = match &memory.face {
        Some(face) => Some(face.proof(client.answer_with_card_key(&challenge.nonce, face)?)),
        None => None,
    };
    // Without an opened card face only the eyes of staff can have confirmed the patient.
    let authentication = if card_face.is_some() { Authentication::Face } else { Authentication::Visual };
    Ok(CardReply::Proof(Box::new(CardProof {
        authentication,
        challenge_id: challenge.id.clone(),
        certificate: certificate.to_vec(),
        signature: None,
        card_face,
    })))
}
