//! The `uketsuke` program.

fn main() -> std::process::ExitCode {
    uketsuke::cli::main()
}
