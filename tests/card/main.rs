//! The client over the virtual card: what goes over the wire, and what comes of it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod card_client;
mod card_conformance;
mod card_recordings;
mod card_robustness;
mod conversation;
mod desk;
mod portrait_read;
mod recording;
mod wire;
