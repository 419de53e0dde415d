//! Every port over its adapters: fakes, folders, the engine, and the client with the reference gateway over mutual TLS.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod camera_recorded;
mod certificates;
mod clock_steps;
mod code_b_read;
mod desk_link;
mod desk_server;
mod doctor;
mod doctor_install;
mod face_engine;
mod fuzz_pictures;
mod gateway_mtls;
mod handoff_drop_folder;
mod ports_contract;
mod runtime;
mod settings_paths;
mod setup;
#[cfg(target_os = "linux")]
#[path = "../help/small_disk.rs"]
mod small_disk;
mod suite;

use std::path::{Path, PathBuf};

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
