//! Where code B comes from: typed by the patient, read from the print, or known (demo).

use std::time::Duration;

use crate::domain::code_b::Print;
use crate::domain::ids::Ticket;
use crate::domain::secret::CodeB;

use super::FrameSlot;

/// What the source says.
pub enum CodeBReply {
    /// It knows the code.
    Found(CodeB),
    /// It has read the code from the print.
    Read(Print),
    /// It does not know it; the patient types it.
    Unknown,
    /// It can read it from the print, once the patient shows the card's front: [`CodeBSource::look`].
    CardWanted,
}

/// A source of code B.
pub trait CodeBSource: super::Diagnose + Send + Sync {
    /// Asks for the code of the card on the reader; the answer comes as `Reply::CodeB`. Without `may_read` a code that was read
    /// from the print is not given: a wrong one would cost the patient a try.
    fn submit(&self, ticket: Ticket, may_read: bool);

    /// The patient shows the card's front: opens the camera into `frames` and reads until the code is sure, `budget` is over or the
    /// slot is closed. Hints come as observations, the end as `Reply::CodeB`. Ordered only after [`CodeBReply::CardWanted`].
    fn look(&self, ticket: Ticket, frames: FrameSlot, budget: Duration);

    /// A card lies on the reader: what can be looked up before anybody asks may be looked up now.
    fn card_placed(&self) {}

    /// The card refused the code that was given last.
    fn refused(&self) {}

    /// The visit is over: whatever is known of its card is wiped, and nothing is looked up any more.
    fn forget(&self) {}
}
