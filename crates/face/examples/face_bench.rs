//! How long a frame takes, with the program's allocator: `./x bench face`.

mod bench;
#[allow(dead_code, reason = "each example takes what it needs")]
mod lab;

/// As in the program.
#[global_allocator]
static WIPED_WHEN_FREED: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    bench::main()
}
