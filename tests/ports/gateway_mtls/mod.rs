//! The reference gateway and the real client over real mutual TLS on 127.0.0.1.

mod checks;
mod command_line;
mod credentials;
mod document;
mod faults;
mod foreign;
mod journal;
mod limits;
mod odd_answers;
mod ports;
mod privacy;
mod protocol;
mod queue;
mod reference;
mod schemathesis;
pub mod support;
mod tls;
mod wiremock;
