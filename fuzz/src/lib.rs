//! The parts of the program that read bytes from outside, and what each fuzz target does with its bytes.
#![allow(dead_code, missing_docs, unused_imports, reason = "only parts of the program are here")]

// Inside this crate the program's files find each other under the name they have in tests.
extern crate self as uketsuke;

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/people/mod.rs"]
pub mod people;
#[path = "../../src/ports/mod.rs"]
pub mod ports;

pub mod adapters {
    #[path = "../../../src/adapters/card/mod.rs"]
    pub mod card;

    pub mod face {
        #[path = "../../../../src/adapters/face/portrait.rs"]
        mod portrait;
        pub use portrait::decode as decode_portrait;
    }
}

pub mod targets;
