//! The same as `face_bench` with the system's own allocator, which does not overwrite what is freed: beside it
//! `./x bench face` shows what the overwriting costs.

mod bench;
#[allow(dead_code, reason = "each example takes what it needs")]
mod lab;

fn main() -> std::process::ExitCode {
    bench::main()
}
