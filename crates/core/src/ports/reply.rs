//! The answers of all ports as one.
#![expect(missing_docs, reason = "the derive writes `try_as_…` without words")]

use super::{CardReply, CodeBReply, Delivery, FaceReply, QualificationReply};

/// What a port answers to a ticket when all went well.
#[derive(strum::EnumTryAs)]
pub enum Reply {
    /// The card reader's.
    Card(CardReply),
    /// The code B source's.
    CodeB(CodeBReply),
    /// The face engine's. The camera, which works for the same ticket, only ever answers that it failed.
    Face(FaceReply),
    /// The qualification service's.
    Qualification(QualificationReply),
    /// The handoff's.
    Handoff(Delivery),
    /// The staff codes': whether the code is that of a member of staff.
    StaffCode(bool),
}
