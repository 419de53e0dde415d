//! The `uketsuke` program.

/// Freed memory is overwritten: the network runtime, decoders and drivers copy pixels and templates into buffers of
/// their own and free them as they are.
#[global_allocator]
static WIPED_WHEN_FREED: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    uketsuke::cli::main()
}
