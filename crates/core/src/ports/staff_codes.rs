//! Whose code was typed at the kiosk's own screen: staff's, or nobody's.

use crate::domain::ids::Ticket;
use crate::domain::staff::StaffCode;

/// Knows the codes of staff.
pub trait StaffCodes: super::Diagnose + Send + Sync {
    /// Whether this is the code of a member of staff; the answer comes as `Reply::StaffCode`.
    fn submit(&self, ticket: Ticket, code: StaffCode);
}
