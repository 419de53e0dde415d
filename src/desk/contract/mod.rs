//! The wire types between kiosk and desk, v1, used by both sides; `docs/api/desk-v1.yaml` is the document.
//!
//! A kiosk speaks with its terminal certificate over mutual TLS 1.3. Out go numbered [events](event), in order, at least once; the desk knows
//! them by (terminal, number). In comes one long-lived stream of [commands](command), each with an id and a time to live;
//! its answer is an event. Nothing here is a PIN, code B, a portrait, a frame or a number of an insurer. Types that carry personal
//! data have no `Debug`.

mod command;
mod event;

pub use command::{Approval, Command, CommandName, ReferenceNumber};
pub use event::{
    Accepted, Batch, CheckedPatient, CommandOutcome, ConsentGiven, Ended, Event, FileState, Lamp, LampState, Notice,
    Numbered, Stage,
};

/// Most events of one request.
pub const MAX_EVENTS: usize = 200;
/// Longest request body, in bytes.
pub const MAX_BODY: usize = 512 << 10;

/// Paths of the contract, below the base URL.
pub mod paths {
    /// `POST` [`Batch`](super::Batch): answered with [`Accepted`](super::Accepted). The terminal is that of the certificate.
    pub const EVENTS: &str = "/v1/events";
    /// `GET`: `text/event-stream`; each event's data is a [`Command`](super::Command), a comment line every fifteen seconds shows
    /// that the desk lives.
    pub const COMMANDS: &str = "/v1/commands";
}
