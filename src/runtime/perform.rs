//! How each action of the core is carried out on the ports, and how a port's report becomes an answer.

use jiff::civil::Date;
use uketsuke_core::broken_invariant;

use crate::domain::card::PrintCheck;
use crate::domain::code_b::{self, Implausible, Print, PrintDates};
use crate::domain::face::Rule;
use crate::domain::failure::Failure;
use crate::domain::ids::{ReceptionId, Ticket};
use crate::domain::japan;
use crate::domain::secret::Secret;
use crate::domain::session::{Action, Answer};
use crate::domain::staff_order::StaffPlace;
use crate::ports::{
    CardCommand, CardReply, CodeBReply, Delivery, DeliveryOrder, FaceCommand, FaceReply, FrameSlot,
    QualificationCommand, QualificationReply, Reply, Trust,
};

use super::vault::Vault;
use super::{Ports, desk};

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

/// Starts `action`.
pub(super) fn perform(vault: &mut Vault, ports: &Ports, ticket: Ticket, action: Action) -> Outcome {
    match action {
        Action::Wait(..) => {}
        Action::IdentifyCard => {
            ports.code_b.card_placed();
            ports.card.submit(ticket, CardCommand::Identify);
        }
        Action::FindCodeB { may_read } => ports.code_b.submit(ticket, may_read),
        Action::LookAtCard { budget } => {
            let frames = new_frames(vault, FrameSlot::whole());
            ports.code_b.look(ticket, frames, budget);
        }
        Action::CheckCodeBPart(part, calendar) => {
            let verdict = code_b::check(part, vault.digits(part.index()), calendar, ports.clock.today());
            let verdict = by_the_clock(ports, verdict);
            return Outcome::Now(Answer::CodeBPart(part, verdict));
        }
        Action::OpenCardFace => return open_card_face(vault, ports, ticket),
        Action::PrepareFace => {
            let Some(portrait) = vault.portrait.clone() else { return Failure::NoPortrait.into() };
            ports.face.submit(ticket, FaceCommand::Prepare { portrait });
        }
        Action::MatchFace(rule) => return match_face(vault, ports, ticket, rule),
        Action::FetchChallenge => ports.qualification.submit(ticket, QualificationCommand::FetchChallenge),
        Action::SignWithPin(_) => {
            let (pin, challenge) = (held(vault.take_pin(), "PIN"), held(vault.challenge.take(), "challenge"));
            ports.card.submit(ticket, CardCommand::SignWithPin { pin, challenge });
        }
        Action::SignOnReader(_) => {
            let challenge = held(vault.challenge.take(), "challenge");
            ports.card.submit(ticket, CardCommand::SignWithKeypad { challenge });
        }
        Action::ProveWithoutPin(authentication) => {
            let challenge = held(vault.challenge.take(), "challenge");
            ports.card.submit(ticket, CardCommand::ProveWithoutPin { challenge, authentication });
        }
        Action::CheckQualification { renews } => {
            let proof = held(vault.proof.clone(), "proof");
            ports.qualification.submit(ticket, QualificationCommand::Check { proof, renews });
        }
        Action::InquireRegistration => {
            let proof = held(vault.proof.clone(), "proof");
            ports.qualification.submit(ticket, QualificationCommand::Inquire { proof });
        }
        Action::RegisterCard { terms_version } => {
            let proof = held(vault.proof.clone(), "proof");
            ports.qualification.submit(ticket, QualificationCommand::Register { proof, terms_version });
        }
        Action::SaveConsents { consents, at } => {
            let check_id = held(vault.answer.as_ref(), "answer").check_id.clone();
            ports.qualification.submit(ticket, QualificationCommand::SaveConsents { check_id, consents, at });
        }
        Action::Deliver { choices, replaces, entered_by, consented_at } => {
            let answer = held(vault.answer.clone(), "answer");
            ports.handoff.submit(ticket, DeliveryOrder { answer, choices, consented_at, entered_by, replaces });
        }
        Action::Settle { check_id, delivered } => {
            ports.qualification.submit(ticket, QualificationCommand::Settle { check_id, delivered });
        }
        Action::CompareStaffCode => {
            ports.staff.submit(ticket, held(vault.take_staff_code(), "staff code"));
        }
        Action::TellStaff(news) => {
            let reception = Some(ticket.reception).filter(|reception| *reception != ReceptionId::NOBODY);
            desk::tell(ports, reception, news);
            return Outcome::Now(Answer::Told);
        }
        Action::AnswerOrder { order, place, outcome } => {
            if place == StaffPlace::Desk {
                ports.desk.answer(order, outcome);
            }
            return Outcome::Now(Answer::Told);
        }
        Action::CleanUp => {
            vault.wipe();
            ports.face.forget();
            ports.qualification.forget();
            ports.code_b.forget();
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

/// What the vault must hold by now: the table orders an action only after what it needs has been answered or typed.
#[track_caller]
fn held<T>(kept: Option<T>, what: &str) -> T {
    let Some(kept) = kept else { broken_invariant!("the vault holds no {what}") };
    kept
}

/// A verdict that hangs on the day counts only by a clock that can be right: its fault is never the patient's.
fn by_the_clock(ports: &Ports, verdict: Result<(), Implausible>) -> Result<(), Implausible> {
    verdict.or_else(|reason| {
        let clocks_fault = reason.hangs_on_today() && ports.clock.trust() == Trust::Wrong;
        if clocks_fault { Ok(()) } else { Err(reason) }
    })
}

fn open_card_face(vault: &mut Vault, ports: &Ports, ticket: Ticket) -> Outcome {
    let Some(code_b) = vault.take_code_b() else { return Failure::CodeBImplausible.into() };
    if let Err(reason) = by_the_clock(ports, code_b::plausible(code_b.expose(), ports.clock.today())) {
        tracing::info!(%reason, "code B was not sent to the card");
        return Failure::CodeBImplausible.into();
    }
    ports.card.submit(ticket, CardCommand::OpenCardFace { code_b });
    Outcome::Later
}

/// Where the pictures of a camera that is opened now go; those of before are closed.
fn new_frames(vault: &mut Vault, frames: FrameSlot) -> FrameSlot {
    vault.close_frames();
    vault.frames = Some(frames.clone());
    frames
}

fn match_face(vault: &mut Vault, ports: &Ports, ticket: Ticket, rule: Rule) -> Outcome {
    let Some(portrait) = vault.portrait.clone() else { return Failure::NoPortrait.into() };
    let frames = new_frames(vault, FrameSlot::new());
    ports.camera.open(ticket, frames.clone());
    ports.face.submit(ticket, FaceCommand::Match { portrait, frames, rule });
    Outcome::Later
}

/// Nobody waits for `action` any more: what still runs for it is stopped where that is possible.
pub(super) fn abandon(vault: &mut Vault, ports: &Ports, ticket: Ticket, action: &Action) {
    match action {
        Action::MatchFace(_) => vault.close_frames(),
        Action::FindCodeB { .. } | Action::LookAtCard { .. } => {
            vault.close_frames();
            ports.code_b.forget();
        }
        Action::FetchChallenge
        | Action::CheckQualification { .. }
        | Action::InquireRegistration
        | Action::RegisterCard { .. }
        | Action::SaveConsents { .. } => ports.qualification.cancel(ticket),
        _ => {}
    }
}

/// Keeps what the answer brought and says to the core what it may know of it.
pub(super) fn answer(vault: &mut Vault, action: &Action, outcome: Result<Reply, Failure>) -> Answer {
    if matches!(action, Action::MatchFace(_) | Action::LookAtCard { .. }) {
        vault.close_frames();
    }
    match (action, outcome) {
        // What the card says to it matters to nobody: the vault is empty, and the reader drops what it read by itself.
        (Action::CleanUp, _) => Answer::CleanedUp,
        (_, Err(failure)) => Answer::Failed(failure),
        (action, Ok(Reply::Card(reply))) => card_answer(vault, action, reply),
        (Action::FindCodeB { .. }, Ok(Reply::CodeB(CodeBReply::Found(code_b)))) => {
            vault.code_b = Some(code_b);
            Answer::CodeBFound
        }
        (Action::FindCodeB { .. } | Action::LookAtCard { .. }, Ok(Reply::CodeB(CodeBReply::Read(print)))) => {
            let Print { code_b, dates } = print;
            (vault.code_b, vault.print) = (Some(code_b), Some(dates));
            Answer::CodeBFound
        }
        (Action::FindCodeB { .. }, Ok(Reply::CodeB(CodeBReply::CardWanted))) => Answer::CardWanted,
        (Action::FindCodeB { .. } | Action::LookAtCard { .. }, Ok(Reply::CodeB(CodeBReply::Unknown))) => {
            Answer::CodeBUnknown
        }
        (Action::PrepareFace, Ok(Reply::Face(FaceReply::Prepared))) => Answer::FacePrepared,
        (Action::MatchFace(_), Ok(Reply::Face(FaceReply::Seen(evidence)))) => Answer::FaceSeen(evidence),
        (Action::CompareStaffCode, Ok(Reply::StaffCode(right))) => Answer::StaffCode(right),
        (action, Ok(Reply::Qualification(reply))) => qualification_answer(vault, action, reply),
        (Action::Deliver { .. }, Ok(Reply::Handoff(Delivery::Done(receipt)))) => {
            tracing::info!(duplicate = receipt.duplicate, "handed over to the receipt computer");
            Answer::Delivered
        }
        (Action::Deliver { .. }, Ok(Reply::Handoff(Delivery::Kept { waiting }))) => Answer::KeptToDeliver(waiting),
        (action, Ok(_)) => unfit(action),
    }
}

fn card_answer(vault: &mut Vault, action: &Action, reply: CardReply) -> Answer {
    match (action, reply) {
        (Action::IdentifyCard, CardReply::Identified(mut facts)) => {
            facts.mark = facts.mark.map(|bare| vault.keyed(bare));
            Answer::Identified(facts)
        }
        (Action::OpenCardFace, CardReply::CardFace { mut facts, portrait, name, birth }) => {
            facts.print = hold_against(vault.print.take(), birth, facts.card_until);
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
        (Action::ProveWithoutPin(_), CardReply::Proof(proof)) => {
            vault.portrait = None;
            vault.proof = Some(*proof);
            Answer::ProofReady
        }
        (action, _) => unfit(action),
    }
}

/// What the chip says of the dates that were read from the print, which nobody needs any more.
fn hold_against(print: Option<Box<PrintDates>>, birth: Option<Secret<[u8; 8]>>, until: Date) -> PrintCheck {
    let birth = birth.as_ref().map_or(&[][..], |birth| birth.expose());
    match print.map(|print| print.agree_with(birth, until)) {
        None => PrintCheck::NotRead,
        Some(true) => PrintCheck::Agrees,
        Some(false) => PrintCheck::Differs,
    }
}

fn qualification_answer(vault: &mut Vault, action: &Action, reply: QualificationReply) -> Answer {
    match (action, reply) {
        (Action::FetchChallenge, QualificationReply::Challenge(challenge)) => {
            vault.challenge = Some(challenge);
            Answer::ChallengeReady
        }
        (Action::CheckQualification { .. } | Action::RegisterCard { .. }, QualificationReply::Answer(answer)) => {
            let summary = answer.summary();
            vault.answer = Some(*answer);
            Answer::Checked(summary)
        }
        (Action::InquireRegistration, QualificationReply::Status(status)) => Answer::RegistrationStatus(status),
        (Action::RegisterCard { .. }, QualificationReply::Registered) => Answer::Registered,
        (Action::RegisterCard { .. }, QualificationReply::NotYet(from)) => {
            Answer::RegistrationNotYet(from.map(japan::civil))
        }
        (Action::SaveConsents { .. }, QualificationReply::ConsentsSaved) => Answer::ConsentsSaved,
        (Action::Settle { .. }, QualificationReply::Settled) => Answer::Settled,
        (action, _) => unfit(action),
    }
}

/// An adapter answered something else than it was asked: its fault, said so, and treated as no answer.
fn unfit(action: &Action) -> Answer {
    tracing::error!(action = action.as_ref(), "the answer does not fit the request");
    Answer::Failed(Failure::StepTimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_vault_holds_is_used() {
        assert_eq!(held(Some(1), "number"), 1);
    }

    #[test]
    #[should_panic(expected = "broken invariant: the vault holds no PIN")]
    fn a_missing_secret_is_no_failure_of_a_patient() {
        held(Vault::new().take_pin(), "PIN");
    }
}
