//! Milliseconds per frame, by part, over decoded frames in memory.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use serde_json::json;

use uketsuke_face::{Analyzer, Place};

use crate::lab::{
    ModelsArg, Outcome, Stop, embed_file, end, milliseconds, network_failed, no_face, open, percentile, pictures_in,
};

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

fn run(args: &BenchArgs) -> Outcome {
    let models = args.models.load()?;
    let mut analyzer = Analyzer::with_threads(&models, usize::from(args.threads)).map_err(network_failed)?;
    let portrait = embed_file(&mut analyzer, &args.portrait)?.ok_or_else(|| no_face(&args.portrait))?;
    let frames = pictures_in(&args.frames)?.iter().map(|path| open(path)).collect::<Result<Vec<_>, Stop>>()?;
    let (mut detect, mut embed, mut together, mut scores) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut following, mut followed_scores) = (Vec::new(), Vec::new());
    let mut kept = analyzer.empty_embedding();
    for round in 0..=args.rounds {
        let mut place = Place::default();
        for frame in &frames {
            let start = Instant::now();
            if let Ok(face) = analyzer.follow(frame, &mut place).map_err(network_failed)? {
                let score = analyzer.embed(frame, &face).map_err(network_failed)?.map(|n| n.cosine(&portrait));
                if round > 0 {
                    following.push(milliseconds(start));
                    followed_scores.extend(score);
                }
            }
            let start = Instant::now();
            let Some(face) = analyzer.face(frame).map_err(network_failed)? else { continue };
            let detected = milliseconds(start);
            let start = Instant::now();
            let score = analyzer.embed(frame, &face).map_err(network_failed)?.map(|numbers| numbers.cosine(&portrait));
            let embedded = milliseconds(start);
            let start = Instant::now();
            analyzer.embed_and_texture(frame, &face, &mut kept).map_err(network_failed)?;
            // The first round warms caches.
            if round > 0 {
                detect.push(detected);
                embed.push(embedded);
                together.push(milliseconds(start));
                scores.extend(score);
            }
        }
    }
    if detect.is_empty() {
        return Err(no_face(&args.frames));
    }
    let sums = |a: &[f64], b: &[f64]| percentile(&a.iter().zip(b).map(|(a, b)| a + b).collect::<Vec<_>>(), 0.5);
    let (to_score, with_attacks) = (sums(&detect, &embed), sums(&detect, &together));
    let (detect, embed) = (percentile(&detect, 0.5), percentile(&embed, 0.5));
    let mean = |scores: &[f32]| scores.iter().sum::<f32>() / scores.len().max(1) as f32;
    let (score, followed_score) = (mean(&scores), mean(&followed_scores));
    // Its mean, as one frame in so many is looked at whole.
    let following = following.iter().sum::<f64>() / following.len().max(1) as f64;
    let operators = if args.operators { models.operators(10).map_err(network_failed)? } else { Vec::new() };
    if args.json {
        println!(
            "{}",
            json!({ "detect_to_score_ms": to_score, "detect_ms": detect, "embed_ms": embed,
                    "with_attack_models_ms": with_attacks, "following_ms": following, "following_score": followed_score, "mean_score": score, "frames": frames.len(),
                    "rounds": args.rounds, "threads": args.threads,
                    "operators": operators.into_iter().collect::<std::collections::BTreeMap<_, _>>() })
        );
    } else {
        println!(
            "detect to score {to_score:.2} ms (detect {detect:.2}, embed {embed:.2}), with attack models {with_attacks:.2} ms; \
             a face that is followed {following:.2} ms"
        );
        for (network, times) in operators {
            let slowest = times.iter().take(6).map(|(name, ms)| format!("{name} {ms:.2}")).collect::<Vec<_>>();
            println!("{network}: {}", slowest.join(", "));
        }
    }
    Ok(())
}
