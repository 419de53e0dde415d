//! The rules of a reception: the transition table, walks through it, and the pages of failure codes and staff news.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod chance;
mod failure_codes;
mod session_table;
mod session_walks;
mod staff_news;
mod standing;
mod states;
mod support;
