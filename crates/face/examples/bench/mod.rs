//! Milliseconds per frame, by part, over decoded frames in memory.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use serde_json::json;

use uketsuke_face::{Analyzer, Place};

use crate::lab::{ModelsArg, Outcome, Stop, embed_file, end, milliseconds, network_failed, no_face, open, pictures_in};

/// Milliseconds per frame, from detection to score
#[derive(Parser)]
struct BenchArgs {
    /// Folder of frames
    #[arg(long, value_name = "DIR")]
    frames: PathBuf,
    /// Portrait to compare with
    #[arg(long, value_name = "FILE")]
    portrait: PathBuf,
    /// Rounds over all frames
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Threads that one frame may use
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    threads: u8,
    /// Also the milliseconds by kind of operator
    #[arg(long)]
    operators: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    models: ModelsArg,
}

/// The whole program: two examples differ in their allocator.
pub fn main() -> ExitCode {
    end(run(&BenchArgs::parse()))
}

/// What a frame took at the least in any round: other work on the machine only adds.
#[derive(Clone, Copy)]
struct Least {
    detect: f64,
    embed: f64,
    together: f64,
    following: f64,
}

impl Least {
    const NONE: Self = Self { detect: f64::MAX, embed: f64::MAX, together: f64::MAX, following: f64::MAX };
}

fn run(args: &BenchArgs) -> Outcome {
    let empty = resident();
    let models = args.models.load()?;
    let mut analyzer = Analyzer::with_threads(&models, usize::from(args.threads)).map_err(network_failed)?;
    let loaded = resident();
    let portrait = embed_file(&mut analyzer, &args.portrait)?.ok_or_else(|| no_face(&args.portrait))?;
    let frames = pictures_in(&args.frames)?.iter().map(|path| open(path)).collect::<Result<Vec<_>, Stop>>()?;
    let (mut scores, mut followed_scores) = (Vec::new(), Vec::new());
    let mut least = vec![Least::NONE; frames.len()];
    let mut kept = analyzer.empty_embedding();
    for round in 0..=args.rounds {
        let mut place = Place::default();
        for (frame, least) in frames.iter().zip(&mut least) {
            // The first round warms caches.
            let keep = |least: &mut f64, start: Instant| {
                if round > 0 {
                    *least = least.min(milliseconds(start));
                }
            };
            let start = Instant::now();
            if let Ok(face) = analyzer.follow(frame, &mut place).map_err(network_failed)? {
                let score = analyzer.embed(frame, &face).map_err(network_failed)?.map(|n| n.cosine(&portrait));
                keep(&mut least.following, start);
                followed_scores.extend(score);
            }
            let start = Instant::now();
            let Some(face) = analyzer.face(frame).map_err(network_failed)? else { continue };
            keep(&mut least.detect, start);
            let start = Instant::now();
            let score = analyzer.embed(frame, &face).map_err(network_failed)?.map(|numbers| numbers.cosine(&portrait));
            keep(&mut least.embed, start);
            scores.extend(score);
            let start = Instant::now();
            analyzer.embed_and_texture(frame, &face, &mut kept).map_err(network_failed)?;
            keep(&mut least.together, start);
        }
    }
    let worked = resident();
    let mean = |part: fn(&Least) -> f64| {
        let known: Vec<f64> = least.iter().map(part).filter(|ms| *ms < f64::MAX).collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    };
    if scores.is_empty() {
        return Err(no_face(&args.frames));
    }
    let (detect, embed, following) = (mean(|l| l.detect), mean(|l| l.embed), mean(|l| l.following));
    let (to_score, with_attacks) = (detect + embed, detect + mean(|l| l.together));
    let mean = |scores: &[f32]| scores.iter().sum::<f32>() / scores.len().max(1) as f32;
    let (score, followed_score) = (mean(&scores), mean(&followed_scores));
    let operators = if args.operators { models.operators(10).map_err(network_failed)? } else { Vec::new() };
    let instructions = args.models.instructions().name();
    if args.json {
        println!(
            "{}",
            json!({ "detect_to_score_ms": to_score, "detect_ms": detect, "embed_ms": embed,
                    "with_attack_models_ms": with_attacks, "following_ms": following, "following_score": followed_score, "mean_score": score, "frames": frames.len(),
                    "rounds": args.rounds, "threads": args.threads, "instructions": instructions,
                    "resident_mib": { "empty": empty, "loaded": loaded, "worked": worked },
                    "operators": operators.into_iter().collect::<std::collections::BTreeMap<_, _>>() })
        );
    } else {
        println!(
            "{instructions}: detect to score {to_score:.2} ms (detect {detect:.2}, embed {embed:.2}), with attack models {with_attacks:.2} ms; \
             a face that is followed {following:.2} ms"
        );
        if let (Some(empty), Some(loaded), Some(worked)) = (empty, loaded, worked) {
            println!(
                "resident: {empty:.0} MiB at the start, {loaded:.0} with all networks, {worked:.0} after the frames"
            );
        }
        for (network, times) in operators {
            let slowest = times.iter().take(6).map(|(name, ms)| format!("{name} {ms:.2}")).collect::<Vec<_>>();
            println!("{network}: {}", slowest.join(", "));
        }
    }
    Ok(())
}

/// Memory of this program in MiB, where the system tells it.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}
