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
    /// Asks for the code of the card on the reader; the answer comes as `Reply::CodeB`.
    fn submit(&self, ticket: Ticket);
}
