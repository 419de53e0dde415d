//! The program is killed at every step of a check and of its handoff and started again: the check is counted once, its
//! file is there once, and staff hear of it once. Real pcscd, `uketsuke vcard`, `uketsuke gateway serve`, `uketsuke checkin`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

#[path = "fault_points/killed.rs"]
mod killed;
#[path = "support/pcscd.rs"]
mod pcscd;
#[path = "end_to_end/site.rs"]
#[allow(dead_code, reason = "the end-to-end tests use the rest")]
mod site;
