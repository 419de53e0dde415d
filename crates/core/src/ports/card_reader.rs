//! The card on the PC/SC reader. One thread owns the reader; presence is observed, never polled by the core.

use crate::domain::card::{CardFaceFacts, CardFacts, Tries};
use crate::domain::ids::Ticket;
use crate::domain::qualification::{Authentication, CardProof, Challenge};
use crate::domain::secret::{CodeB, Pin, Portrait, PrintedName, Secret};

/// One request to the card. Verify, use and release happen in one exclusive burst.
pub enum CardCommand {
    /// Label, counters (without using a try), certificate date.
    Identify,
    /// Open the card face and read it; a wrong code costs one try.
    OpenCardFace {
        /// 照合番号B.
        code_b: CodeB,
    },
    /// Verify the PIN, read the certificate, sign the nonce, power down.
    SignWithPin {
        /// Four digits.
        pin: Pin,
        /// What to sign.
        challenge: Challenge,
    },
    /// The same with a PIN that the patient types on the reader's own keypad, so that no program of this PC sees it.
    SignWithKeypad {
        /// What to sign.
        challenge: Challenge,
    },
    /// Read the certificate and let the card key answer the nonce; uses the card face read before.
    ProveWithoutPin {
        /// What to sign.
        challenge: Challenge,
        /// What stands in the PIN's place.
        authentication: Authentication,
    },
    /// Power the card down and forget everything read from it.
    Release,
}

/// What the card gave.
pub enum CardReply {
    /// To `Identify`.
    Identified(CardFacts),
    /// To `OpenCardFace`.
    CardFace {
        /// What may be shown.
        facts: CardFaceFacts,
        /// The portrait, when there is one.
        portrait: Option<Portrait>,
        /// The owner's name as it is printed, when it can be read.
        name: Option<PrintedName>,
        /// The owner's birth date as the chip writes it, YYYYMMDD, when it is written so.
        birth: Option<Secret<[u8; 8]>>,
    },
    /// The card refused code B; counter after it.
    CodeBWrong(Tries),
    /// The card refused the PIN; counter after it.
    PinWrong(Tries),
    /// To `SignWithPin`, `SignWithKeypad` and `ProveWithoutPin`.
    Proof(Box<CardProof>),
    /// To `Release`.
    Released,
}

/// A card reader.
pub trait CardReader: super::Diagnose + Send + Sync {
    /// Queues one request; the answer comes as `Reply::Card`.
    fn submit(&self, ticket: Ticket, command: CardCommand);
}
