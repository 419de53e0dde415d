//! One code that everybody may know: in training.

use crate::domain::ids::Ticket;
use crate::domain::staff::StaffCode;
use crate::ports::{Diagnose, Finding, News, Outbox, Reply, Report, StaffCodes};

/// Knows one code.
pub struct KnownStaffCode {
    code: StaffCode,
    outbox: Outbox,
}

/// Whose code it is, by the name that stands in the audit log of a training.
const OWNER: &str = "training";

impl KnownStaffCode {
    /// Takes this code for that of staff.
    pub fn new(code: StaffCode, outbox: Outbox) -> Self {
        Self { code, outbox }
    }
}

impl StaffCodes for KnownStaffCode {
    fn submit(&self, ticket: Ticket, code: StaffCode) {
        let right = code.expose() == self.code.expose();
        if right {
            self.outbox.send(Report::News(News::StaffCode { owner: OWNER.into() }));
        }
        self.outbox.answer(ticket, Ok(Reply::StaffCode(right)));
    }
}

impl Diagnose for KnownStaffCode {
    fn diagnose(&self) -> Vec<Finding> {
        vec![Finding::warning("staff codes", "one code that is no secret, for training", "use it in training only")]
    }
}
