//! `uketsuke face decision`: the time from the first frame of a recorded camera to the verdict.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use clap::Parser;
use serde_json::json;

use crate::adapters::camera::{Pace, RecordedCamera};
use crate::adapters::face::FaceEngineTract;
use crate::cli::{CliError, Outcome};
use crate::domain::face::{self, Rule};
use crate::domain::ids::{EffectId, ReceptionId, Ticket};
use crate::domain::secret::Portrait;
use crate::ports::{Camera, FaceCommand, FaceEngine, FaceReply, FrameSlot, Outbox, Reply, Report};

use super::ModelsArg;

/// The portrait is in the vault this long before the camera opens: the patient reads what to do.
const READING: Duration = Duration::from_millis(800);

/// Longer than any attempt may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Arguments of `decision`.
#[derive(Parser)]
pub struct DecisionArgs {
    /// Folders of one person each, with `portrait.jp2` and `clip`
    #[arg(required = true)]
    people: Vec<PathBuf>,
    /// Frames a second of the recorded camera
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=120))]
    rate: u32,
    /// Decisions for each person
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Threads of the engine
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    threads: u8,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    models: ModelsArg,
}

pub fn run(args: &DecisionArgs) -> Outcome {
    let rule = args.models.pack()?.rule(Rule::default());
    let (send, reports) = mpsc::channel();
    let outbox = Outbox::new(move |report| drop(send.send(report)));
    let engine = FaceEngineTract::start(args.models.choice(), usize::from(args.threads), outbox.clone());
    let (mut times, mut frames, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    let mut effect = 0;
    for (round, folder) in (0..=args.rounds).flat_map(|round| args.people.iter().map(move |folder| (round, folder))) {
        effect += 1;
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(effect) };
        let prepared = Ticket { reception: ReceptionId(1), effect: EffectId(0) };
        let file = folder.join("portrait.jp2");
        let bytes = std::fs::read(&file).map_err(|error| {
            CliError::usage(format!("{}: {error}", file.display()), "give folders with portrait.jp2 and clip")
        })?;
        let portrait = Arc::new(Portrait::new(bytes));
        engine.submit(prepared, FaceCommand::Prepare { portrait: portrait.clone() });
        std::thread::sleep(READING);
        let slot = FrameSlot::new();
        let camera = RecordedCamera::new(folder.join("clip"), Pace::Rate(args.rate as f32), outbox.clone());
        camera.open(ticket, slot.clone());
        // The clock starts with the first frame.
        slot.wait_newer(0, PATIENCE);
        let start = Instant::now();
        engine.submit(ticket, FaceCommand::Match { portrait: portrait.clone(), frames: slot.clone(), rule });
        let evidence = answer(&reports, ticket)?;
        let took = start.elapsed();
        slot.close();
        engine.forget();
        // The first round loads the models and warms caches.
        if round > 0 {
            times.push(took.as_secs_f64() * 1e3);
            frames.push(f64::from(evidence.seen_frames));
            verdicts.push(face::judge(&evidence, &rule).verdict == face::Verdict::Match);
        }
    }
    let matched = verdicts.iter().filter(|matched| **matched).count();
    let (p50, p95, most) = (percentile(&mut times, 0.5), percentile(&mut times, 0.95), percentile(&mut times, 1.0));
    let seen = percentile(&mut frames, 0.5);
    if args.json {
        let figures = json!({ "decisions": times.len(), "matched": matched, "p50_ms": p50, "p95_ms": p95, "max_ms": most,
            "frames_p50": seen, "rate": args.rate, "threads": args.threads });
        println!("{figures}");
    } else {
        println!(
            "{} decisions, {matched} matched: p50 {p50:.0} ms, p95 {p95:.0} ms, longest {most:.0} ms, {seen} frames looked at",
            times.len()
        );
    }
    Ok(())
}

fn answer(reports: &mpsc::Receiver<Report>, ticket: Ticket) -> Result<face::Evidence, CliError> {
    loop {
        match reports.recv_timeout(PATIENCE) {
            Ok(Report::Answered(answered, Ok(Reply::Face(FaceReply::Seen(evidence))))) if answered == ticket => {
                return Ok(evidence);
            }
            Ok(Report::Answered(answered, Err(failure))) if answered == ticket => {
                return Err(CliError::ended(
                    format!("the attempt failed: {failure:?}"),
                    "see the log, and give a folder with a portrait and a clip",
                ));
            }
            Ok(_) => {}
            Err(_) => return Err(CliError::ended("no verdict came", "see the log")),
        }
    }
}

/// The value that so many of the values are not above.
fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (share * values.len() as f64).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or_default()
}
