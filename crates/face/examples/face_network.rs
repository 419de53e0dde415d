//! Runs one network of the pack on numbers from a file, for comparing runtimes.
//!
//! `cargo run --release --example face_network -- --help`

#[allow(dead_code, reason = "each example takes what it needs")]
mod lab;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use serde_json::json;

use uketsuke_face::network_outputs;

use lab::{ModelsArg, Outcome, Stop, no_models};

/// Runs one network of the pack on numbers from a file, or lists them
#[derive(Parser)]
struct NetworkArgs {
    /// File name of the network, as the pack has it; without it the networks are listed, one JSON object each
    #[arg(requires = "input")]
    file: Option<String>,
    /// Input: 32-bit floats, little-endian, in the order of the network's input
    #[arg(long, value_name = "FILE", requires = "file")]
    input: Option<PathBuf>,
    /// Output: the same, all outputs one after the other
    #[arg(long, value_name = "FILE", requires = "file")]
    output: Option<PathBuf>,
    #[command(flatten)]
    models: ModelsArg,
}

fn main() -> ExitCode {
    lab::end(run(&NetworkArgs::parse()))
}

fn run(args: &NetworkArgs) -> Outcome {
    let pack = args.models.pack()?;
    let (Some(file), Some(input), Some(output)) = (&args.file, &args.input, &args.output) else {
        for entry in pack.entries() {
            let name = entry.role.name();
            println!(
                "{}",
                json!({ "role": name, "file": entry.file, "path": entry.path(), "input": entry.more.input })
            );
        }
        return Ok(());
    };
    let entry =
        pack.entries().iter().find(|entry| entry.file == *file).ok_or_else(|| {
            Stop::new(format!("the pack has no {file}"), "name one of those listed without arguments")
        })?;
    let unusable = |error: std::io::Error| Stop::new(error.to_string(), "check --input and --output");
    let bytes = std::fs::read(input).map_err(unusable)?;
    let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let outputs = network_outputs(entry, &numbers, args.models.instructions()).map_err(no_models)?;
    let bytes: Vec<u8> = outputs.iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
    std::fs::write(output, bytes).map_err(unusable)
}
