//! What the table asks the outside to do. Every `Perform` is answered by exactly one event.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::code_b::{Calendar, Part};
use crate::domain::consent::{Choices, Consent};
use crate::domain::face::Rule;
use crate::domain::ids::{EffectId, ReceptionId};
use crate::domain::pin::EnteredBy;
use crate::domain::qualification::Authentication;
use crate::domain::staff_news::StaffNews;
use crate::domain::staff_order::{OrderId, Refusal, StaffPlace};

/// An order to the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Do `action`; answer once, at the latest `deadline` from now (then as timed out).
    Perform {
        /// Names the effect in its answer.
        id: EffectId,
        /// The visit it belongs to.
        reception: ReceptionId,
        /// What to do.
        action: Action,
        /// After which the runtime answers `TimedOut` itself.
        deadline: Duration,
    },
    /// End that effect early; it still answers once (cancelled, or what it had come to).
    Cancel(EffectId),
}

/// What a one-shot timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// The patient does nothing.
    Idle,
    /// One step of a countdown that is shown.
    Count,
    /// A notice has been on the screen long enough.
    Notice,
    /// The card is still on the reader.
    CardLeft,
    /// An answer takes longer than usual.
    Slow,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, strum::AsRefStr)]
pub enum Action {
    /// Wait, then answer `Answer::TimeUp`.
    Wait(Timer, Duration),
    /// Look at the card without using a try → `Answer::Identified`.
    IdentifyCard,
    /// Ask the code B source; it may know it → `Answer::CodeBFound`, `Answer::CodeBUnknown` or `Answer::CardWanted`.
    FindCodeB {
        /// A code that was read from the print may be given.
        may_read: bool,
    },
    /// Open the camera that code B is read with for so long, close it → `Answer::CodeBFound` or `Answer::CodeBUnknown`.
    LookAtCard {
        /// How long.
        budget: Duration,
    },
    /// Check one typed part of code B in the vault, without the card → `Answer::CodeBPart`.
    CheckCodeBPart(Part, Calendar),
    /// Check the code B in the vault for plausibility, open the card face, keep the portrait in the vault → `Answer::CardFaceOpened`.
    OpenCardFace,
    /// Make the template of the portrait in the vault → `Answer::FacePrepared`.
    PrepareFace,
    /// Open the camera, compare with the portrait in the vault, close the camera → `Answer::FaceSeen`.
    MatchFace(Rule),
    /// Fetch a nonce of the gateway into the vault → `Answer::ChallengeReady`.
    FetchChallenge,
    /// Verify the PIN in the vault, which that person typed, read the certificate, sign, power the card down → `Answer::ProofReady` or `Answer::PinWrong`.
    SignWithPin(EnteredBy),
    /// The same with the PIN that this person types on the reader's own keypad → `Answer::ProofReady` or `Answer::PinWrong`.
    SignOnReader(EnteredBy),
    /// Read the certificate and let the card key answer the nonce, after a face match or the staff's eye → `Answer::ProofReady`.
    ProveWithoutPin(Authentication),
    /// Send the proof in the vault → `Answer::Checked`.
    CheckQualification {
        /// The check of an earlier visit of the same card today, whose file this one's will take the place of.
        renews: Option<String>,
    },
    /// Ask how far the registration of the card has come, with the proof in the vault → `Answer::RegistrationStatus`.
    InquireRegistration,
    /// Register the card as insurance card → `Answer::Checked` with the answer of the check it completes, or
    /// `Answer::Registered` after an inquiry.
    RegisterCard {
        /// Version of the terms of use that were agreed to.
        terms_version: String,
    },
    /// Record the consents at the gateway → `Answer::ConsentsSaved`.
    SaveConsents {
        /// The answers.
        consents: Vec<Consent>,
        /// When they were given.
        at: Timestamp,
    },
    /// Write the file for the receipt computer → `Answer::Delivered` or `Answer::KeptToDeliver`.
    Deliver {
        /// What the patient decided.
        choices: Choices,
        /// The check whose file this one takes the place of: the same card, earlier today.
        replaces: Option<String>,
        /// Who typed the PIN; `None` when none was used.
        entered_by: Option<EnteredBy>,
        /// When the consents were given, if the patient was asked to the end.
        consented_at: Option<Timestamp>,
    },
    /// Note what became of a counted check, so that it is not followed up any more → `Answer::Settled`.
    Settle {
        /// The gateway's name of the check.
        check_id: String,
        /// Its file lies in the drop folder, or in the spool on its way there; else staff have to look after it.
        delivered: bool,
    },
    /// Compare the staff code in the vault → `Answer::StaffCode`.
    CompareStaffCode,
    /// Tell staff → `Answer::Told`.
    TellStaff(StaffNews),
    /// Say to whoever brought that order what came of it → `Answer::Told`.
    AnswerOrder {
        /// Which.
        order: OrderId,
        /// Where it came from.
        place: StaffPlace,
        /// Done, or why not.
        outcome: Result<(), Refusal>,
    },
    /// Wipe the vault, close the camera, release the card with UNPOWER → `Answer::CleanedUp`.
    CleanUp,
    /// Forget the digits typed so far → `Answer::Forgotten`.
    ForgetDigits,
    /// Forget the insurer's answer and the proof behind it: it is another person's → `Answer::Forgotten`.
    ForgetAnswer,
}

impl Action {
    /// Whether it is carried out to its end although its situation is left, and its answer changes nothing.
    pub(super) fn outlives_situation(&self) -> bool {
        matches!(
            self,
            Action::TellStaff(_)
                | Action::AnswerOrder { .. }
                | Action::Settle { .. }
                | Action::ForgetDigits
                | Action::ForgetAnswer
        )
    }
}
