//! Scriptable staff codes.

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::domain::staff::StaffCode;
use crate::ports::{News, Outbox, Reply, Report, StaffCodes};

use super::{Fake, Scripted};

/// The one kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffCodeRequest {
    /// Whose code it is.
    Compare,
}

/// The staff codes port, scriptable.
pub enum StaffCodesPort {}

/// Scriptable staff codes. Usually: 847316 is right, everything else is wrong.
pub type FakeStaffCodes = Fake<StaffCodesPort>;

/// Whose it is.
const STAFF: &str = "Staff";

/// The code that is usually right.
pub const STAFF_CODE: [u8; 6] = *b"847316";

impl Scripted for StaffCodesPort {
    type Kind = StaffCodeRequest;
    type Command = StaffCode;
    type Reply = bool;
    type Memory = ();

    const SUBJECT: &'static str = "staff codes";

    fn kind(_: &StaffCode) -> StaffCodeRequest {
        StaffCodeRequest::Compare
    }

    fn usual((): &mut (), code: &StaffCode) -> Result<bool, Failure> {
        Ok(*code.expose() == STAFF_CODE)
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<bool, Failure>) {
        if answer == Ok(true) {
            outbox.send(Report::News(News::StaffCode { owner: STAFF.into() }));
        }
        outbox.answer(ticket, answer.map(Reply::StaffCode));
    }
}

impl StaffCodes for FakeStaffCodes {
    fn submit(&self, ticket: Ticket, code: StaffCode) {
        self.take(ticket, code);
    }
}
