//! What the measuring examples share: where the models are, pictures, and how an example ends.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use uketsuke_core::ports::Frame;
use uketsuke_face::{Analyzer, Embedding, Instructions, ModelError, Models, Pack, PackChoice, open_picture};

/// Why an example stopped, and what to do about it.
#[derive(Debug)]
pub struct Stop {
    pub cause: String,
    remedy: String,
}

impl Stop {
    pub fn new(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { cause: cause.into(), remedy: remedy.into() }
    }
}

pub type Outcome = Result<(), Stop>;

/// Prints why it stopped; the exit code of `main`.
pub fn end(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop { cause, remedy }) => {
            eprintln!("{cause}\n  remedy: {remedy}");
            ExitCode::FAILURE
        }
    }
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

impl ModelsArg {
    pub fn choice(&self) -> PackChoice {
        PackChoice { models: self.models.clone(), pack: self.pack.clone(), sha256: None }
    }

    pub fn pack(&self) -> Result<Pack, Stop> {
        Pack::open(&self.choice()).map_err(no_models)
    }

    pub fn instructions(&self) -> Instructions {
        self.instructions.unwrap_or_default()
    }

    pub fn load(&self) -> Result<Models, Stop> {
        Models::load_with(&self.pack()?, self.instructions()).map_err(no_models)
    }
}

pub fn no_models(error: ModelError) -> Stop {
    Stop::new(
        error.to_string(),
        "name the folder of the delivered models with --models or UKETSUKE_MODELS, and a whole pack with --pack",
    )
}

pub fn network_failed(error: impl std::fmt::Display) -> Stop {
    Stop::new(format!("the network runtime failed: {error:#}"), "check the models with `uketsuke doctor`")
}

pub fn no_face(path: &Path) -> Stop {
    let cause = format!("no face found in {}", path.display());
    Stop::new(cause, "give a picture with one face, upright and at least 60 pixels high")
}

/// The numbers of the face in a file; a JPEG 2000 file is a card's portrait, and worked as the kiosk does it.
pub fn embed_file(analyzer: &mut Analyzer, path: &Path) -> Result<Option<Embedding>, Stop> {
    let frame = open(path)?;
    if path.extension().is_some_and(|extension| extension == "jp2") {
        return analyzer.template(&frame).map_err(network_failed);
    }
    match analyzer.face(&frame).map_err(network_failed)? {
        Some(face) => analyzer.embed(&frame, &face).map_err(network_failed),
        None => Ok(None),
    }
}

pub fn open(path: &Path) -> Result<Frame, Stop> {
    open_picture(path).map_err(|error| Stop::new(error.to_string(), "give a PNG, JPEG or JPEG 2000 file"))
}

/// The pictures of a folder in the order of their names, numbers in them by their value.
pub fn pictures_in(dir: &Path) -> Result<Vec<PathBuf>, Stop> {
    let mut paths: Vec<_> = entries(dir)?.into_iter().filter(|path| is_picture(path)).collect();
    paths.sort_by_cached_key(|path| numbered(path));
    if paths.is_empty() {
        return Err(Stop::new(format!("{} holds no picture", dir.display()), "give a folder of PNG or JPEG files"));
    }
    Ok(paths)
}

/// What a folder holds, by name.
pub fn entries(dir: &Path) -> Result<Vec<PathBuf>, Stop> {
    let unreadable = |error| Stop::new(format!("{} cannot be read: {error}", dir.display()), "check the folder");
    let read = std::fs::read_dir(dir).map_err(unreadable)?;
    let mut paths = read.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn is_picture(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    ["png", "jpg", "jpeg", "jp2"].contains(&extension.as_str())
}

/// The name in parts: frame 9 comes before frame 10 whether or not zeros fill it up.
fn numbered(path: &Path) -> Vec<(u64, String)> {
    let name = own_name(path);
    let mut parts = vec![(0, String::new())];
    for c in name.chars() {
        match (c.to_digit(10), parts.last_mut()) {
            (Some(digit), Some((number, text))) if text.is_empty() => *number = *number * 10 + u64::from(digit),
            (Some(digit), _) => parts.push((digit.into(), String::new())),
            (None, Some((_, text))) => text.push(c),
            (None, None) => {}
        }
    }
    parts
}

/// The last part of a path.
pub fn own_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub fn milliseconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e5).round() / 100.0
}

/// The value that so many of the values are not above.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let place = (share * values.len() as f64).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

/// The exact (Clopper-Pearson) 95 % interval of a share of which `hits` of `all` were seen.
pub fn exact_interval(hits: u32, all: u32) -> (f64, f64) {
    // The chance of at most `most` hits, each having the chance `share`.
    let at_most = |most: u32, share: f64| {
        let (mut sum, mut ways) = (0.0, 0.0f64);
        for n in 0..=most {
            sum += (ways + f64::from(n) * share.ln() + f64::from(all - n) * (1.0 - share).ln()).exp();
            ways += (f64::from(all - n) / f64::from(n + 1)).ln();
        }
        sum
    };
    // The share at which `chance`, which falls with it, is `at`.
    let share = |chance: &dyn Fn(f64) -> f64, at: f64| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if chance(middle) > at { low = middle } else { high = middle }
        }
        high
    };
    let low = if hits == 0 { 0.0 } else { share(&|p| at_most(hits - 1, p), 0.975) };
    let high = if hits == all { 1.0 } else { share(&|p| at_most(hits, p), 0.025) };
    (low, high)
}
