//! The parts of the program that read bytes from outside, and what each fuzz target does with its bytes.
#![allow(dead_code, missing_docs, unused_imports, reason = "only parts of the program are here")]

// Inside this crate the program's files find each other under the name they have in tests.
extern crate self as uketsuke;

pub mod adapters;
pub mod targets;

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/people/mod.rs"]
pub mod people;
#[path = "../../src/ports/mod.rs"]
pub mod ports;

