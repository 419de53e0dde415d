//! The reference gateway and the real client over real mutual TLS on 127.0.0.1.

mod checks;
mod command_line;
mod faults;
mod journal;
mod protocol;
mod support;
mod tls;
