//! Of the face engine, how it reads a portrait.

#[path = "../../../src/adapters/face/portrait.rs"]
mod portrait;
pub use portrait::decode as decode_portrait;
