//! `uketsuke face hints`: which hint each picture of a folder gets, and by which cues.

use std::path::PathBuf;

use clap::Parser;

use super::{ModelsArg, Outcome, analyzer, network_failed, open, pictures_in};

/// Arguments of `hints`.
#[derive(Parser)]
pub struct HintsArgs {
    /// Folder of pictures
    dir: PathBuf,
    #[command(flatten)]
    models: ModelsArg,
}

/// Runs it.
pub fn run(args: &HintsArgs) -> Outcome {
    let mut analyzer = analyzer(&args.models.load()?)?;
    for path in pictures_in(&args.dir)? {
        let frame = open(&path)?;
        let Some(face) = analyzer.face(&frame).map_err(network_failed)? else {
            println!("{},,", path.display());
            continue;
        };
        let cues = analyzer.cues(&frame, &face);
        let parts = analyzer.parts(&frame, &face).map_err(network_failed)?;
        println!("{}; {cues:?}; {parts:?}", path.display());
    }
    Ok(())
}
