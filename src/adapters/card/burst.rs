//! Carries out one command of the core in one burst, the same way over every channel, and maps its end to the core's words.

use crate::domain::card::{Authenticity, CardFaceFacts, PrintCheck};
use crate::domain::failure::Failure;
use crate::domain::qualification::{Authentication, CardProof, Challenge};
use crate::domain::secret::CodeB;
use crate::ports::{CardCommand, CardReply};

use super::authenticity;
use super::card_face::CardFace;
use super::certificate::{self, CertificateDer, CertificateVerdict};
use super::client::{Checked, Client};
use super::error::CardError;
use super::trust::CardTrust;
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
    /// The card was reset or silent before any secret went to it: the burst may be repeated.
    pub repeatable: bool,
}

/// Carries out one command. `Release` only forgets here; powering down is the caller's.
pub fn carry_out(channel: impl Channel, command: &CardCommand, memory: &mut Memory, trust: &CardTrust) -> Ended {
    let mut client = Client::new(channel);
    if memory.short_only {
        client = client.short_only();
    }
    let result = match command {
        CardCommand::Identify => identify(&mut client, memory, trust),
        CardCommand::OpenCardFace { code_b } => open_card_face(&mut client, code_b, memory, trust),
        CardCommand::SignWithPin { pin, challenge } => {
            let known = memory.certificate.clone();
            client.sign_with_pin(pin, &challenge.nonce, known).map(|checked| signed(checked, challenge))
        }
        CardCommand::SignWithKeypad { challenge } => {
            let known = memory.certificate.clone();
            client.sign_with_keypad(&challenge.nonce, known).map(|checked| signed(checked, challenge))
        }
        CardCommand::ProveWithoutPin { challenge, authentication } => {
            prove_without_pin(&mut client, challenge, *authentication, memory, trust)
        }
        CardCommand::Release => {
            *memory = Memory::default();
            Ok(CardReply::Released)
        }
    };
    let secret_sent = client.secret_sent();
    memory.short_only |= client.extended_failed();
    // A card that moved in the field is silent or reset; nothing is lost by asking it again.
    let moved = matches!(result, Err(CardError::Channel(ChannelError::CardReset | ChannelError::Mute(_))));
    let reply = result.map_err(|error| {
        tracing::warn!(%error, failure = error.failure().code(), "card");
        error.failure()
    });
    Ended { reply, secret_sent, repeatable: moved && !secret_sent }
}

fn identify<C: Channel>(
    client: &mut Client<C>,
    memory: &mut Memory,
    trust: &CardTrust,
) -> Result<CardReply, CardError> {
    let (mut facts, certificate) = client.identify()?;
    facts.keypad &= !trust.ignore_keypad;
    if let Some(der) = &certificate {
        serves(der, trust)?;
    }
    *memory = Memory { certificate, face: None, short_only: memory.short_only };
    Ok(CardReply::Identified(facts))
}

/// A certificate that cannot serve today ends the visit before anything is asked of the patient.
fn serves(der: &CertificateDer, trust: &CardTrust) -> Result<(), CardError> {
    match certificate::judge(der, trust)? {
        CertificateVerdict::Usable(_) => Ok(()),
        verdict => {
            tracing::warn!(?verdict, "certificate");
            Err(CardError::Fact(Failure::CertificateUnusable))
        }
    }
}

fn open_card_face<C: Channel>(
    client: &mut Client<C>,
    code_b: &CodeB,
    memory: &mut Memory,
    trust: &CardTrust,
) -> Result<CardReply, CardError> {
    let (mut face, portrait) = match client.open_card_face(code_b)? {
        Checked::Right(opened) => opened,
        Checked::Wrong(tries) => return Ok(CardReply::CodeBWrong(tries)),
    };
    let holds_key = client.holds_card_key(&face, trust.draw)?;
    let authenticity = authenticity::judge(&face, holds_key, &trust.face_authorities);
    if authenticity == Authenticity::Unchecked && trust.refuse_unchecked_faces {
        return Err(CardError::InvalidFace("no key of its issuer is configured, and the settings refuse that".into()));
    }
    let facts = CardFaceFacts {
        card_until: face.card_until(),
        has_portrait: portrait.is_some(),
        authenticity,
        print: PrintCheck::default(),
    };
    // Nobody is shown a name that nobody vouches for.
    let name = face.take_name().filter(|_| authenticity.may_serve());
    let birth = face.birth().filter(|_| authenticity.may_serve());
    // A forged face must not end up in a proof.
    memory.face = authenticity.may_serve().then_some(face);
    Ok(CardReply::CardFace { facts, portrait, name, birth })
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

/// The certificate and, when the card face was opened, the card key's answer. The user-authentication key signs without PIN
/// only where an approved body's keys authenticate the terminal; elsewhere there is no signature of it here.
fn prove_without_pin<C: Channel>(
    client: &mut Client<C>,
    challenge: &Challenge,
    authentication: Authentication,
    memory: &Memory,
    trust: &CardTrust,
) -> Result<CardReply, CardError> {
    let certificate = match &memory.certificate {
        Some(known) => known.clone(),
        None => client.certificate()?,
    };
    let card_face = match &memory.face {
        Some(face) => Some(face.proof(client.answer_with_card_key(&challenge.nonce, face)?)),
        None => None,
    };
    let signature = match (&trust.institution, &card_face) {
        (Some(keys), Some(_)) => {
            Some(client.sign_for_institution(keys.as_ref(), &challenge.nonce, Some(certificate.clone()))?)
        }
        _ => None,
    };
    Ok(CardReply::Proof(Box::new(CardProof {
        authentication,
        challenge_id: challenge.id.clone(),
        certificate: certificate.to_vec(),
        signature,
        card_face,
    })))
}
