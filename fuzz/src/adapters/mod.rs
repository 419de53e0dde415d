//! The adapters that read bytes from outside.

#[path = "../../../src/adapters/card/mod.rs"]
pub mod card;
pub mod face;
