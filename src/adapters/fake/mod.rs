//! Scriptable twins of every port, shipped, used by demo and tests.
//!
//! A [`Fake`] answers every request as a working device would ([`Scripted::usual`]) until a [`Play`] for that
//! kind of request is queued with [`Fake::on`]. It answers on the caller's thread, so a test needs no sleep.

mod audit;
mod camera;
mod card_reader;
mod code_b;
mod desk;
mod face_engine;
mod handoff;
mod play;
mod qualification;
mod samples;
mod staff_codes;
mod stage;
#[cfg(test)]
mod tests;

pub use audit::FakeAudit;
pub use camera::{CameraPort, FakeCamera, Shots};
pub use card_reader::{CardPort, CardRequest, FakeCardReader};
pub use code_b::{CodeBPort, CodeBRequest, FakeCodeB};
pub use desk::FakeDesk;
pub use face_engine::{FacePort, FaceRequest, FakeFaceEngine};
pub use handoff::{Delivered, FakeHandoff, HandoffPort, HandoffRequest};
pub use play::Play;
pub use qualification::{FakeQualification, QualificationPort, QualificationRequest, SavedConsents};
pub use samples::{
    CHECK_ID, card_face_facts, card_facts, evidence, portrait, qualification, registered, unregistered, valid_answer,
};
pub use staff_codes::{FakeStaffCodes, STAFF_CODE, StaffCodeRequest, StaffCodesPort};
pub use stage::{Fake, Scripted};
