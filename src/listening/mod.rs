//! What gateway and desk share as servers: TLS and who the client is, how much one may ask, bodies in time and size, answers.

pub mod body;
pub mod limit;
pub mod reply;
pub mod tls;

use std::time::Duration;

/// Bounds on connections and requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a connection may take over the head of a request, or be idle before it.
    pub head: Duration,
    /// How long the body of a request may take.
    pub body: Duration,
    /// Connections of all.
    pub connections: usize,
    /// Connections of one client certificate, or of one address without any.
    pub of_one: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), body: Duration::from_secs(5), connections: 512, of_one: 32 }
    }
}
