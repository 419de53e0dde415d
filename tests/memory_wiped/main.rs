//! Nothing of a patient is left in memory or on the disk: after an attempt by face, and after whole visits of every kind.

#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod attempt;
mod kiosk;
mod memory;
mod needles;
mod print;
mod visits;

use std::path::{Path, PathBuf};

/// The allocator of the program.
#[global_allocator]
static WIPED_WHEN_FREED: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
