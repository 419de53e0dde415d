//! The pure core of the kiosk: `domain` decides, `ports` names what it needs. Nothing here reaches a device, a file, the
//! network, a clock or chance; this crate's `clippy.toml` names what that forbids.

#![warn(missing_docs)]

pub mod domain;
pub mod invariant;
pub mod ports;
