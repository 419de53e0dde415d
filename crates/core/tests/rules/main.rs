//! The rules of a reception: the transition table, walks through it, and the page of failure codes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod failure_codes;
mod session_table;
mod session_walks;
mod states;
mod support;
