//! Scores every pair of a list, or error rates of all pictures against all.
//!
//! `cargo run --release --example face_score -- --help`

#[allow(dead_code, reason = "each example takes what it needs")]
mod lab;
mod score;

fn main() -> std::process::ExitCode {
    score::main()
}
