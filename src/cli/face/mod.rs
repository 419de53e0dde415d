//! `uketsuke face`: compare pictures, look for attacks, see which hint a picture gets. Measuring is in the examples of `crates/face`.

mod hints;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use serde_json::json;

use crate::adapters::face::motion::Track;
use crate::adapters::face::{
    Analyzer, Embedding, Instructions, ModelError, Models, Pack, PackChoice, Surroundings, open_picture,
};
use crate::domain::face::{Rule, Signs};
use crate::ports::Frame;

use super::{CliError, Outcome};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Compare two pictures (PNG, JPEG, JPEG 2000)
    Match(MatchArgs),
    /// How live a picture or a folder of frames looks
    Liveness(LivenessArgs),
    /// Which hint each picture of a folder gets, and how many get one
    Hints(hints::HintsArgs),
}

/// Where the models are.
#[derive(Parser)]
pub struct ModelsArg {
    /// Folder of the models [default: $UKETSUKE_MODELS, else `models` beside the program or here]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Folder of another model pack, as [face] pack in the settings
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// Vector instructions for the networks, for measuring [default: the best that the machine has]
    #[arg(long, value_name = "sse|avx2|avx512", hide = true)]
    instructions: Option<Instructions>,
}

#[derive(Parser)]
pub struct MatchArgs {
    /// First picture
    a: PathBuf,
    /// Second picture
    b: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    models: ModelsArg,
}

#[derive(Parser)]
pub struct LivenessArgs {
    /// A picture, or a folder of frames in the order of their names
    path: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    models: ModelsArg,
}

pub fn run(args: &Args) -> Outcome {
    match args {
        Args::Match(args) => compare(args),
        Args::Liveness(args) => liveness(args),
        Args::Hints(args) => hints::run(args),
    }
}

impl ModelsArg {
    fn choice(&self) -> PackChoice {
        PackChoice { models: self.models.clone(), pack: self.pack.clone(), sha256: None }
    }

    fn pack(&self) -> Result<Pack, CliError> {
        Pack::open(&self.choice()).map_err(no_models)
    }

    fn instructions(&self) -> Instructions {
        self.instructions.unwrap_or_default()
    }

    fn load(&self) -> Result<Models, CliError> {
        Models::load_with(&self.pack()?, self.instructions()).map_err(no_models)
    }
}

fn no_models(error: ModelError) -> CliError {
    let remedy =
        "name the folder of the delivered models with --models or UKETSUKE_MODELS, and a whole pack with --pack";
    CliError::missing(error.to_string(), remedy)
}

fn compare(args: &MatchArgs) -> Outcome {
    let mut analyzer = analyzer(&args.models.load()?)?;
    let start = Instant::now();
    let (a, b) = (embed_file(&mut analyzer, &args.a)?, embed_file(&mut analyzer, &args.b)?);
    let score = a.as_ref().zip(b.as_ref()).map(|(a, b)| a.cosine(b));
    if args.json {
        let ms = milliseconds(start);
        println!(
            "{}",
            json!({ "score": score, "found_a": a.is_some(), "found_b": b.is_some(), "ms": ms,
                              "instructions": args.models.instructions().name() })
        );
    } else if let Some(score) = score {
        println!("{score:.4}");
    }
    for (face, path) in [(&a, &args.a), (&b, &args.b)] {
        if face.is_none() {
            return Err(no_face(path));
        }
    }
    Ok(())
}

fn liveness(args: &LivenessArgs) -> Outcome {
    let rule = args.models.pack()?.rule(Rule::default());
    let mut analyzer = analyzer(&args.models.load()?)?;
    let paths = if args.path.is_dir() { pictures_in(&args.path)? } else { vec![args.path.clone()] };
    let (mut texture, mut found, mut track, mut motion, mut flat) = (0.0, 0, Track::default(), 0.0f32, false);
    let mut around = Surroundings::default();
    for path in &paths {
        let frame = open(path)?;
        let Some(face) = analyzer.face(&frame).map_err(network_failed)? else { continue };
        texture += analyzer.texture(&frame, &face).map_err(network_failed)?;
        found += 1;
        around.see(&frame, &face);
        if let Some((eyes_open, shape)) = analyzer.shape(&frame, &face).map_err(network_failed)? {
            track.push(shape);
            track.see_eyes(eyes_open);
        }
        motion = motion.max(track.motion());
        flat |= track.is_flat();
    }
    if found == 0 {
        return Err(no_face(&args.path));
    }
    let texture = texture / found as f32;
    let (parallax, carried, blinked) = (motion >= 1.0, around.are_carried(), track.blinked());
    let signs = Signs { texture, parallax, flat, carried, blinked, ..Signs::default() };
    let liveness = rule.liveness(&signs);
    if args.json {
        let shape_change = track.shape_change();
        println!(
            "{}",
            json!({ "liveness": liveness, "texture": texture, "motion": motion, "shape_change": shape_change,
                    "flat": flat, "carried": carried, "blinked": blinked, "frames": paths.len(), "found": found })
        );
    } else {
        println!(
            "liveness {liveness:.3}  texture {texture:.3}  motion {motion:.3}  faces in {found} of {} frames",
            paths.len()
        );
    }
    Ok(())
}

fn analyzer(models: &Models) -> Result<Analyzer, CliError> {
    Analyzer::new(models).map_err(network_failed)
}

fn embed_file(analyzer: &mut Analyzer, path: &Path) -> Result<Option<Embedding>, CliError> {
    let frame = open(path)?;
    match analyzer.face(&frame).map_err(network_failed)? {
        Some(face) => analyzer.embed(&frame, &face).map_err(network_failed),
        None => Ok(None),
    }
}

fn open(path: &Path) -> Result<Frame, CliError> {
    open_picture(path).map_err(|error| CliError::usage(error.to_string(), "give a PNG, JPEG or JPEG 2000 file"))
}

/// The pictures of a folder in the order of their names.
fn pictures_in(dir: &Path) -> Result<Vec<PathBuf>, CliError> {
    let unreadable = |error| CliError::usage(format!("{} cannot be read: {error}", dir.display()), "check the folder");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        if ["png", "jpg", "jpeg", "jp2"].contains(&extension.as_str()) {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        let cause = format!("{} holds no picture", dir.display());
        return Err(CliError::usage(cause, "give a folder of PNG or JPEG files"));
    }
    Ok(paths)
}

fn no_face(path: &Path) -> CliError {
    CliError::ended(
        format!("no face found in {}", path.display()),
        "give a picture with one face, upright and at least 60 pixels high",
    )
}

fn network_failed(error: impl std::fmt::Display) -> CliError {
    CliError::missing(format!("the network runtime failed: {error:#}"), "check the models with `uketsuke doctor`")
}

fn milliseconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e5).round() / 100.0
}
