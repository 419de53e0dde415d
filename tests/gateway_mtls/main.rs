//! The reference gateway and the real client over real mutual TLS on 127.0.0.1.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests may panic")]

mod checks;
mod command_line;
mod credentials;
mod document;
mod faults;
mod journal;
mod ports;
mod privacy;
mod protocol;
mod queue;
mod schemathesis;
#[path = "../ports_contract/suite.rs"]
#[allow(dead_code, reason = "the suites of the other ports")]
mod suite;
mod support;
mod tls;
mod wiremock;
