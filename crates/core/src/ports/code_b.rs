//! Where code B comes from: typed by the patient, read from the print, or known (demo).

use crate::domain::ids::Ticket;
use crate::domain::secret::CodeB;

/// What the source says.
pub enum CodeBReply {
    /// It knows the code.
    Found(CodeB),
    /// It does not; the patient types it.
    Unknown,
}

/// A source of code B.
pub trait CodeBSource: super::Diagnose + Send + Sync {
    /// Asks for the code of the card on the reader; the answer comes as `Reply::CodeB`. Without `may_read` a code that was read
    /// from the print is not given: a wrong one would cost the patient a try.
    fn submit(&self, ticket: Ticket, may_read: bool);

    /// A card lies on the reader: what can be looked up before anybody asks may be looked up now.
    fn card_placed(&self) {}

    /// The card refused the code that was given last.
    fn refused(&self) {}

    /// The visit is over: whatever is known of its card is wiped, and nothing is looked up any more.
    fn forget(&self) {}
}
