//! How each action of the core is carried out on the ports, and how a port's report becomes an answer.

use crate::domain::code_b;
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::qualification::CardProof;
use crate::domain::session::{Action, Answer};
use crate::ports::{
    CardCommand, CardReply, CodeBReply, Delivery, DeliveryOrder, FaceCommand, FrameSlot, QualificationCommand,
    QualificationReply, Report,
};

use super::vault::Vault;
use super::{Options, Ports};

/// Whether an action has already ended or a port will answer.
pub(super) enum Outcome {
    /// A port answers.
    Later,
    /// It has ended.
    Now(Answer),
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        Outcome::Now(Answer::Failed(failure))
    }
}

/// Starts `action`; `renews` is the earlier check of the same card today, if there is one.
pub(super) fn perform(
    vault: &mut Vault,
    ports: &Ports,
    options: &Options,
    ticket: Ticket,
    action: Action,
    renews: Option<String>,
) -> Outcome {
    match action {
        Action::Wait(..) => {}
        Action::IdentifyCard => ports.card.submit(ticket, CardCommand::Identify),
        Action::FindCodeB => ports.code_b.submit(ticket),
        Action::CheckCodeBPart(part, calendar) => {
            let verdict = code_b::check(part, vault.digits(part.index()), calendar, ports.clock.today());
            return Outcome::Now(Answer::CodeBPart(part, verdict));
        }
        Action::OpenCardFace => return open_card_face(vault, ports, ticket),
        Action::MatchFace => return match_face(vault, ports, options, ticket),
        Action::FetchChallenge => ports.qualification.submit(ticket, QualificationCommand::FetchChallenge),
        Action::SignWithPin(entered_by) => {
            vault.entered_by = Some(entered_by);
            let (Some(pin), Some(challenge)) = (vault.take_pin(), vault.challenge.take()) else {
                return Failure::StepTimedOut.into();
            };
            ports.card.submit(ticket, CardCommand::SignWithPin { pin, challenge });
        }
        Action::SignOnReader(entered_by) => {
            vault.entered_by = Some(entered_by);
            let Some(challenge) = vault.challenge.take() else { return Failure::StepTimedOut.into() };
            ports.card.submit(ticket, CardCommand::SignWithKeypad { challenge });
        }
        Action::ProveWithoutPin(_) => {
            let Some(challenge) = vault.challenge.take() else { return Failure::StepTimedOut.into() };
            ports.card.submit(ticket, CardCommand::ProveFace { challenge });
        }
        Action::CheckQualification => {
            let Some(proof) = vault.proof.clone() else { return Failure::StepTimedOut.into() };
            ports.qualification.submit(ticket, QualificationCommand::Check { proof, renews });
        }
        Action::InquireRegistration => {
            let Some(proof) = vault.proof.clone() else { return Failure::StepTimedOut.into() };
            ports.qualification.submit(ticket, QualificationCommand::Inquire { proof });
        }
        Action::RegisterCard { terms_version } => {
            let Some(proof) = vault.proof.clone() else { return Failure::StepTimedOut.into() };
            ports.qualification.submit(ticket, QualificationCommand::Register { proof, terms_version });
        }
        Action::SaveConsents(consents) => {
            let Some(answer) = &vault.answer else { return Failure::StepTimedOut.into() };
            let (check_id, at) = (answer.check_id.clone(), ports.clock.now());
            vault.consented_at = Some(at);
            ports.qualification.submit(ticket, QualificationCommand::SaveConsents { check_id, consents, at });
        }
        Action::Deliver { choices, replaces } => {
            let Some(answer) = vault.answer.clone() else { return Failure::StepTimedOut.into() };
            let consented_at = vault.consented_at;
            let entered_by = vault.entered_by;
            ports.handoff.submit(ticket, DeliveryOrder { answer, choices, consented_at, entered_by, replaces });
        }
        Action::Settle { check_id, delivered } => {
            ports.qualification.submit(ticket, QualificationCommand::Settle { check_id, delivered });
        }
        Action::CompareStaffCode => {
            let Some(code) = vault.take_staff_code() else { return Failure::StepTimedOut.into() };
            ports.staff.submit(ticket, code);
        }
        Action::TellStaff(note) => {
            tracing::warn!(?note, "staff are told");
            return Outcome::Now(Answer::Told);
        }
        Action::CleanUp => {
            vault.wipe();
            ports.face.forget();
            ports.card.submit(ticket, CardCommand::Release);
        }
        Action::ForgetDigits => {
            vault.forget_digits();
            return Outcome::Now(Answer::Forgotten);
        }
        Action::ForgetAnswer => {
            (vault.answer, vault.proof) = (None, None);
            return Outcome::Now(Answer::Forgotten);
        }
    }
    Outcome::Later
}

fn open_card_face(vault: &mut Vault, ports: &Ports, ticket: Ticket) -> Outcome {
    let Some(code_b) = vault.take_code_b() else { return Failure::CodeBImplausible.into() };
    if let Err(reason) = code_b::plausible(code_b.expose(), ports.clock.today()) {
        tracing::info!(%reason, "code B was not sent to the card");
        return Failure::CodeBImplausible.into();
    }
    ports.card.submit(ticket, CardCommand::OpenCardFace { code_b });
    Outcome::Later
}

fn match_face(vault: &mut Vault, ports: &Ports, options: &Options, ticket: Ticket) -> Outcome {
    let Some(portrait) = vault.portrait.clone() else { return Failure::NoPortrait.into() };
    vault.close_frames();
    let frames = FrameSlot::new();
    vault.frames = Some(frames.clone());
    ports.camera.open(ticket, frames.clone());
    ports.face.submit(ticket, FaceCommand { portrait, frames, rule: options.settings.face });
    Outcome::Later
}

/// Nobody waits for `action` any more: what still runs for it is stopped where that is possible.
pub(super) fn abandon(vault: &mut Vault, ports: &Ports, ticket: Ticket, action: &Action) {
    match action {
        Action::MatchFace => vault.close_frames(),
        Action::FetchChallenge
        | Action::CheckQualification
        | Action::InquireRegistration
        | Action::RegisterCard { .. }
        | Action::SaveConsents(_) => ports.qualification.cancel(ticket),
        _ => {}
    }
}

/// The ticket a report answers; observations answer none.
pub(super) fn ticket_of(report: &Report) -> Option<Ticket> {
    match report {
        Report::Card(ticket, _)
        | Report::CodeB(ticket, _)
        | Report::Face(ticket, _)
        | Report::CameraFailed(ticket, _)
        | Report::Qualification(ticket, _)
        | Report::StaffCode(ticket, _)
        | Report::Handoff(ticket, _) => Some(*ticket),
        Report::Seen(_)
        | Report::Resumed(_)
        | Report::HandoffNews(_)
        | Report::AuditUnwritable(_)
        | Report::QueueNews(..) => None,
    }
}

/// Keeps what the report brought and says to the core what it may know of it.
pub(super) fn answer(vault: &mut Vault, action: &Action, report: Report) -> Answer {
    match (action, report) {
        (Action::CleanUp, Report::Card(..)) => Answer::CleanedUp,
        (Action::MatchFace, Report::Face(_, Ok(evidence))) => {
            vault.close_frames();
            Answer::FaceSeen(evidence)
        }
        (Action::MatchFace, Report::Face(_, Err(failure)) | Report::CameraFailed(_, failure)) => {
            vault.close_frames();
            Answer::Failed(failure)
        }
        (
            _,
            Report::Card(_, Err(failure))
            | Report::CodeB(_, Err(failure))
            | Report::Qualification(_, Err(failure))
            | Report::StaffCode(_, Err(failure))
            | Report::Handoff(_, Err(failure)),
        ) => Answer::Failed(failure),
        (action, Report::Card(_, Ok(reply))) => card_answer(vault, action, reply),
        (Action::FindCodeB, Report::CodeB(_, Ok(CodeBReply::Found(code_b)))) => {
            vault.code_b = Some(code_b);
            Answer::CodeBFound
        }
        (Action::FindCodeB, Report::CodeB(_, Ok(CodeBReply::Unknown))) => Answer::CodeBUnknown,
        (Action::CompareStaffCode, Report::StaffCode(_, Ok(right))) => Answer::StaffCode(right),
        (action, Report::Qualification(_, Ok(reply))) => qualification_answer(vault, action, reply),
        (Action::Deliver { .. }, Report::Handoff(_, Ok(Delivery::Done(receipt)))) => {
            tracing::info!(duplicate = receipt.duplicate, "handed over to the receipt computer");
            Answer::Delivered
        }
        (Action::Deliver { .. }, Report::Handoff(_, Ok(Delivery::Kept { waiting }))) => Answer::KeptToDeliver(waiting),
        (action, _) => unfit(action),
    }
}

fn card_answer(vault: &mut Vault, action: &Action, reply: CardReply) -> Answer {
    match (action, reply) {
        (Action::IdentifyCard, CardReply::Identified(mut facts)) => {
            facts.mark = facts.mark.map(|bare| vault.keyed(bare));
            Answer::Identified(facts)
        }
        (Action::OpenCardFace, CardReply::CardFace { facts, portrait, name }) => {
            vault.name = name.map(std::sync::Arc::new);
            vault.portrait = portrait.map(std::sync::Arc::new);
            Answer::CardFaceOpened(facts)
        }
        (Action::OpenCardFace, CardReply::CodeBWrong(tries)) => Answer::CodeBWrong(tries),
        (Action::SignWithPin(_) | Action::SignOnReader(_), CardReply::PinWrong(tries)) => Answer::PinWrong(tries),
        (Action::SignWithPin(_) | Action::SignOnReader(_), CardReply::Proof(proof)) => {
            vault.proof = Some(*proof);
            Answer::ProofReady
        }
        (Action::ProveWithoutPin(authentication), CardReply::Proof(proof)) => {
            (vault.portrait, vault.entered_by) = (None, None);
            vault.proof = Some(CardProof { authentication: *authentication, ..*proof });
            Answer::ProofReady
        }
        (action, _) => unfit(action),
    }
}

fn qualification_answer(vault: &mut Vault, action: &Action, reply: QualificationReply) -> Answer {
    match (action, reply) {
        (Action::FetchChallenge, QualificationReply::Challenge(challenge)) => {
            vault.challenge = Some(challenge);
            Answer::ChallengeReady
        }
        (Action::CheckQualification | Action::RegisterCard { .. }, QualificationReply::Answer(answer)) => {
            let summary = answer.summary();
            vault.answer = Some(*answer);
            Answer::Checked(summary)
        }
        (Action::InquireRegistration, QualificationReply::Status(status)) => Answer::RegistrationStatus(status),
        (Action::RegisterCard { .. }, QualificationReply::Registered) => Answer::Registered,
        (Action::RegisterCard { .. }, QualificationReply::NotYet(from)) => {
            Answer::RegistrationNotYet(from.map(|from| jiff::tz::Offset::constant(9).to_datetime(from)))
        }
        (Action::SaveConsents(_), QualificationReply::ConsentsSaved) => Answer::ConsentsSaved,
        (Action::Settle { .. }, QualificationReply::Settled) => Answer::Settled,
        (action, _) => unfit(action),
    }
}

/// An adapter answered something else than it was asked: its fault, said so, and treated as no answer.
fn unfit(action: &Action) -> Answer {
    tracing::error!(action = name(action), "the answer does not fit the request");
    Answer::Failed(Failure::StepTimedOut)
}

/// The action's bare name, for logs.
pub(super) fn name(action: &Action) -> &'static str {
    match action {
        Action::Wait(..) => "wait",
        Action::IdentifyCard => "identify card",
        Action::FindCodeB => "find code B",
        Action::CheckCodeBPart(..) => "check a part of code B",
        Action::OpenCardFace => "open card face",
        Action::MatchFace => "match face",
        Action::FetchChallenge => "fetch challenge",
        Action::SignWithPin(_) => "sign with PIN",
        Action::SignOnReader(_) => "sign with the reader's keypad",
        Action::ProveWithoutPin(_) => "prove without PIN",
        Action::CheckQualification => "check qualification",
        Action::InquireRegistration => "inquire registration",
        Action::RegisterCard { .. } => "register card",
        Action::SaveConsents(_) => "save consents",
        Action::Deliver { .. } => "deliver",
        Action::Settle { .. } => "settle",
        Action::CompareStaffCode => "compare staff code",
        Action::TellStaff(_) => "tell staff",
        Action::CleanUp => "clean up",
        Action::ForgetDigits => "forget digits",
        Action::ForgetAnswer => "forget answer",
    }
}
