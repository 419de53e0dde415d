//! `uketsuke face hints`: which hint each picture of a folder gets, and how many get one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Parser;
use serde_json::json;

use crate::adapters::face::{Analyzer, Looked, Place};
use crate::domain::face::Hint;
use crate::ports::Frame;

use crate::cli::{CliError, Outcome};

use super::{ModelsArg, analyzer, network_failed, open, pictures_in};

#[derive(Parser)]
pub struct HintsArgs {
    /// Folder of pictures
    dir: PathBuf,
    /// Also the measured cues of every picture
    #[arg(long)]
    cues: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    models: ModelsArg,
}

pub fn run(args: &HintsArgs) -> Outcome {
    let mut analyzer = analyzer(&args.models.load()?)?;
    let paths = pictures_in(&args.dir)?;
    let mut counts = BTreeMap::<Hint, Vec<String>>::new();
    for path in &paths {
        let frame = open(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if args.cues && !args.json {
            println!("{name}: {}", cues(&mut analyzer, &frame)?);
        }
        let hint = match analyzer.look(&frame, None, &mut Place::default()).map_err(network_failed)? {
            Looked::NotOne(hint) | Looked::Poor(hint, _) => Some(hint),
            Looked::Good(_, advice) => advice,
        };
        if let Some(hint) = hint {
            counts.entry(hint).or_default().push(name);
        }
    }
    let fired: usize = counts.values().map(Vec::len).sum();
    let rate = fired as f64 / paths.len() as f64;
    if args.json {
        let hints: BTreeMap<_, _> = counts.iter().map(|(hint, names)| (format!("{hint:?}"), names)).collect();
        println!("{}", json!({ "pictures": paths.len(), "with_hint": fired, "rate": rate, "hints": hints }));
        return Ok(());
    }
    for (hint, names) in &counts {
        println!("{hint:?}: {} ({})", names.len(), names.join(", "));
    }
    println!("{fired} of {} pictures get a hint ({:.2} %)", paths.len(), 100.0 * rate);
    Ok(())
}

fn cues(analyzer: &mut Analyzer, frame: &Frame) -> Result<String, CliError> {
    let Some(face) = analyzer.face(frame).map_err(network_failed)? else { return Ok("no face".into()) };
    let parts = analyzer.parts(frame, &face).map_err(network_failed)?;
    Ok(format!("{:?} {parts:?}", analyzer.cues(frame, &face)))
}
