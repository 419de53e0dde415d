//! The question to the insurer, through a gateway.

use jiff::Timestamp;

use crate::domain::consent::{Choices, Consent};
use crate::domain::ids::Ticket;
use crate::domain::qualification::{CardProof, Challenge, QualificationAnswer};
use crate::domain::reference_number::ReferenceOrder;
use crate::domain::registration::RegistrationStatus;

/// One request to the gateway.
pub enum QualificationCommand {
    /// A fresh nonce.
    FetchChallenge,
    /// One check; at most one is ever counted upstream for one ticket, whatever gets lost.
    Check {
        /// What the card gave.
        proof: CardProof,
        /// The check of an earlier visit of the same card today, whose file this one's will take the place of; remembered
        /// across restarts.
        renews: Option<String>,
    },
    /// How far the registration of a card has come; counts nothing.
    Inquire {
        /// What the card gave.
        proof: CardProof,
    },
    /// Register the card that the refused check or the inquiry of this visit named; a check is then completed.
    Register {
        /// The proof of that check or inquiry.
        proof: CardProof,
        /// Version of the terms of use that were agreed to.
        terms_version: String,
    },
    /// Record consents for a completed check; may be repeated.
    SaveConsents {
        /// The check.
        check_id: String,
        /// Answers; only given and refused ones are sent.
        consents: Vec<Consent>,
        /// When they were given.
        at: Timestamp,
    },
    /// What became of an answered check: until this comes it is remembered as open, across restarts. May be repeated.
    Settle {
        /// The check.
        check_id: String,
        /// Its file lies in the drop folder; else the visit ended without one and staff have to know.
        delivered: bool,
    },
    /// Register the clinic's own number of a patient (照会番号), so that later answers bring it along. Of no visit: nobody
    /// waits for it, it counts nothing, and the same again changes nothing.
    RegisterReference(ReferenceOrder),
    /// The answer to a check of today once more. Of no visit; it counts nothing.
    Fetch {
        /// The gateway's name of the check.
        check_id: String,
    },
    /// Patients who were taken in while the service was down are asked for at once, also those that were given up.
    AskQueueAgain,
}

/// What the gateway answered.
pub enum QualificationReply {
    /// To `FetchChallenge`.
    Challenge(Challenge),
    /// To `Inquire`.
    Status(RegistrationStatus),
    /// To `Register` after an inquiry.
    Registered,
    /// To `Check`, to `Fetch`, and to `Register` after a refused check.
    Answer(Box<QualificationAnswer>),
    /// To `Register`: not yet, and from when on when the gateway says so.
    NotYet(Option<Timestamp>),
    /// To `SaveConsents`.
    ConsentsSaved,
    /// To `Settle`.
    Settled,
    /// To `RegisterReference`.
    ReferenceRegistered,
    /// To `AskQueueAgain`: what comes of each is told as always.
    QueueAsked,
}

/// A visit that broke off when the program ended, as far as the gateway knows it. Nobody asked for it now: its patient has
/// left. It is to be handed over and then settled.
pub struct ResumedVisit {
    /// The insurer's answer, a valid one.
    pub answer: QualificationAnswer,
    /// The consents that the gateway has recorded; the others count as not answered.
    pub choices: Choices,
    /// When they were given.
    pub consented_at: Option<Timestamp>,
    /// The earlier check whose file this one takes the place of.
    pub renews: Option<String>,
    /// It broke off nowhere: staff received this patient while the service was down, and it was checked later.
    pub queued: bool,
}

/// The qualification service.
pub trait QualificationService: super::Diagnose + Send + Sync {
    /// Queues one request; the answer comes as `Reply::Qualification`.
    fn submit(&self, ticket: Ticket, command: QualificationCommand);

    /// Gives up waiting for that ticket; what was sent stays in the journal.
    fn cancel(&self, ticket: Ticket);

    /// The visit is over: nothing that came for it stays in memory. What still has to be sent is sent all the same.
    fn forget(&self);
}
