//! Whole decisions on recorded clips: from the first frame to the verdict, over the engine that the kiosk runs.
//!
//! `cargo run --release --example face_decision -- --help`

mod decision;
#[allow(dead_code, reason = "each example takes what it needs")]
mod lab;

fn main() -> std::process::ExitCode {
    decision::main()
}
