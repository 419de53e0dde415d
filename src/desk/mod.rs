//! The desk (窓口): the server and the page at which staff see kiosks, are called, and answer.
//!
//! `contract` holds what passes between a kiosk and the desk; `adapters/desk` is the kiosk's side of it.

pub mod contract;
