//! The program with the system's own allocator, which does not overwrite what is freed: beside it `./x bench face` shows
//! what the overwriting costs. For measuring only.

fn main() -> std::process::ExitCode {
    uketsuke::cli::main()
}
