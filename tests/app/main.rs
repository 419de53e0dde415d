//! The program itself, as separate processes on real parts: a real pcscd, the virtual card, the gateway, files.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

#[cfg(target_os = "linux")]
mod attack;
#[cfg(target_os = "linux")]
mod card_soak;
#[cfg(target_os = "linux")]
mod end_to_end;
#[cfg(all(target_os = "linux", feature = "fault-points"))]
mod fault_points;
#[cfg(target_os = "linux")]
mod pcscd;
#[cfg(target_os = "linux")]
mod pcscd_opensc;
#[cfg(target_os = "linux")]
mod planted;
#[cfg(target_os = "linux")]
mod service;
mod site;
mod walk;
