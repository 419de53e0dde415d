//! Visits on recorded clips: each has its tries against one card, as a patient would.

mod clip;
mod held_out;
mod replay;
mod report;
mod visits;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use clap::Parser;
use uketsuke_core::domain::face::{self, Hint, Judgement, Rule, Signs, Verdict};
use uketsuke_core::domain::ids::{EffectId, ReceptionId, Ticket};
use uketsuke_core::domain::secret::Portrait;
use uketsuke_core::ports::{FaceCommand, FaceEngine, FaceReply, FrameSlot, Observation, Outbox, Reply, Report};
use uketsuke_face::FaceEngineTract;

use crate::lab::{ModelsArg, Outcome, Stop, end};

use clip::Clip;
use replay::Replay;
use visits::{Kind, Visit};

/// The portrait is in the vault this long before the camera opens: the patient reads what to do.
const READING: Duration = Duration::from_millis(800);

/// Longer than any attempt may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Plays clips to the engine as a camera would, and judges as the kiosk does.
///
/// A try reads its clip forward and backward, the first from its start, the second from its middle. Strangers are judged on a
/// clock of pictures, which does not depend on what this machine does besides; everybody else before a camera, in real time.
#[derive(Parser)]
struct DecisionArgs {
    /// Folders of one person each, with `portrait.jp2` and `clip`; or of a set, with `cards/PERSON_SESSION.jp2`,
    /// `live/PERSON/SESSION…`, `print/PERSON/SESSION…` and `made/WAY/PERSON/SESSION…`, whose strangers are every card against
    /// every other person
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Only visits of these kinds
    #[arg(long, value_enum)]
    only: Vec<Kind>,
    /// Frames a second of the camera
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=120))]
    rate: u32,
    /// Tries of a visit
    #[arg(long, default_value_t = Rule::default().max_tries, value_parser = clap::value_parser!(u8).range(1..=5))]
    tries: u8,
    /// Everybody on the clock of pictures
    #[arg(long)]
    replay: bool,
    /// On that clock a frame takes so many milliseconds
    #[arg(long, default_value_t = 80, value_parser = clap::value_parser!(u64).range(0..=2_000))]
    frame_ms: u64,
    /// Visits of each kind are made so many times
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Threads of the engine
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    threads: u8,
    /// Print one JSON object, with every visit in it
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    models: ModelsArg,
}

/// What came of one try.
struct Try {
    judgement: Judgement,
    took: Duration,
    /// When the first words came that ask the patient for something, before the end.
    words: Option<Duration>,
    /// Processor time of the whole program, where the system tells it.
    cpu: Option<Duration>,
    /// What was seen of life, where the attempt is at hand.
    signs: Option<Signs>,
}

/// What came of one visit.
struct Ended {
    visit: Visit,
    tries: Vec<Try>,
    /// On the clock of pictures, not before a camera.
    replayed: bool,
}

impl Ended {
    fn matched(&self) -> bool {
        self.tries.last().is_some_and(|last| last.judgement.verdict == Verdict::Match)
    }

    fn seconds(&self) -> f64 {
        self.tries.iter().map(|one| one.took.as_secs_f64()).sum()
    }
}

/// The whole program.
pub fn main() -> ExitCode {
    end(run(&DecisionArgs::parse()))
}

fn run(args: &DecisionArgs) -> Outcome {
    let mut visits = Vec::new();
    for folder in &args.folders {
        visits.extend(visits::in_folder(folder)?);
    }
    visits.retain(|visit| args.only.is_empty() || args.only.contains(&visit.kind));
    if visits.is_empty() {
        return Err(Stop::new("no visit to make", "give folders of people or of a set, and a kind that they hold"));
    }
    let before = memory("VmRSS:");
    let (replayed, seen): (Vec<_>, Vec<_>) =
        visits.into_iter().partition(|visit| args.replay || visit.kind == Kind::Stranger);
    let mut ended = before_a_camera(args, &seen)?;
    ended.extend(on_pictures(args, replayed)?);
    if args.json {
        println!("{}", report::json(&ended, args.rate, args.threads));
    } else {
        println!("{}{}", report::tables(&ended), held_out::told(&ended));
        if let (Some(before), Some(after), Some(most)) = (before, memory("VmRSS:"), memory("VmHWM:")) {
            println!("resident: {before} MiB before the models, {after} MiB after the last visit, {most} MiB at most");
        }
    }
    Ok(())
}

/// Each visit in real time.
fn before_a_camera(args: &DecisionArgs, visits: &[Visit]) -> Result<Vec<Ended>, Stop> {
    let Some(first) = visits.first() else { return Ok(Vec::new()) };
    let mut kiosk = Kiosk::new(args)?;
    // Loads the models and warms caches.
    kiosk.attempt(first, 0)?;
    let mut ended = Vec::new();
    for visit in (0..args.rounds).flat_map(|_| visits) {
        let mut tries = Vec::new();
        for number in 0..args.tries {
            tries.push(kiosk.attempt(visit, number)?);
            if tries.last().is_some_and(|last| last.judgement.verdict == Verdict::Match) {
                break;
            }
        }
        let one = Ended { visit: visit.clone(), tries, replayed: false };
        eprintln!("{}", report::line(&one));
        ended.push(one);
    }
    Ok(ended)
}

/// All visits of a clip at once.
fn on_pictures(args: &DecisionArgs, mut visits: Vec<Visit>) -> Result<Vec<Ended>, Stop> {
    let speed = (args.rate, Duration::from_millis(args.frame_ms));
    let mut replay = Replay::new(&args.models, args.threads, speed, args.tries)?;
    visits.sort_by(|a, b| a.clip.cmp(&b.clip));
    let mut ended = Vec::new();
    for visits in visits.chunk_by(|a, b| a.clip == b.clip) {
        let of_clip = replay.visits(visits)?;
        of_clip.iter().for_each(|one| eprintln!("{}", report::line(one)));
        ended.extend(of_clip);
    }
    Ok(ended)
}

/// The engine with its reports.
struct Kiosk {
    engine: FaceEngineTract,
    reports: mpsc::Receiver<Report>,
    rule: Rule,
    rate: u32,
    effect: u64,
}

impl Kiosk {
    fn new(args: &DecisionArgs) -> Result<Self, Stop> {
        let rule = args.models.pack()?.rule(Rule::default());
        let (send, reports) = mpsc::channel();
        let outbox = Outbox::new(move |report| drop(send.send(report)));
        let (models, threads) = (&args.models, usize::from(args.threads));
        let engine = FaceEngineTract::start_with(models.choice(), threads, models.instructions(), outbox);
        Ok(Self { engine, reports, rule, rate: args.rate, effect: 0 })
    }

    fn attempt(&mut self, visit: &Visit, number: u8) -> Result<Try, Stop> {
        self.effect += 1;
        let ticket = Ticket { reception: ReceptionId(1), effect: EffectId(self.effect) };
        let bytes = std::fs::read(&visit.card)
            .map_err(|error| Stop::new(format!("{}: {error}", visit.card.display()), "check the folder"))?;
        let portrait = Arc::new(Portrait::new(bytes));
        let prepared = Ticket { reception: ReceptionId(1), effect: EffectId(0) };
        self.engine.submit(prepared, FaceCommand::Prepare { portrait: portrait.clone() });
        std::thread::sleep(READING);
        let slot = FrameSlot::new();
        let camera = Clip::read(&visit.clip)?.play(number, self.rate, slot.clone());
        // The clock starts with the first frame.
        slot.wait_newer(0, PATIENCE);
        let (start, cpu) = (Instant::now(), cpu_time());
        self.engine.submit(ticket, FaceCommand::Match { portrait, frames: slot.clone(), rule: self.rule });
        let (evidence, words) = self.answer(ticket)?;
        let words = words.map(|at| at.saturating_duration_since(start));
        let (took, cpu) = (start.elapsed(), cpu_time().zip(cpu).map(|(now, then)| now.saturating_sub(then)));
        slot.close();
        self.engine.forget();
        camera.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(Try { judgement: face::judge(&evidence, &self.rule), took, words, cpu, signs: None })
    }

    /// What the attempt came to, and when the first words came that ask for something.
    fn answer(&self, ticket: Ticket) -> Result<(face::Evidence, Option<Instant>), Stop> {
        let mut words = None;
        loop {
            match self.reports.recv_timeout(PATIENCE) {
                Ok(Report::Answered(answered, Ok(Reply::Face(FaceReply::Seen(evidence))))) if answered == ticket => {
                    return Ok((evidence, words));
                }
                Ok(Report::Seen(Observation::FaceHint(of, hint))) if of == ticket && hint != Hint::KeepLooking => {
                    words.get_or_insert_with(Instant::now);
                }
                Ok(Report::Answered(answered, Err(failure))) if answered == ticket => {
                    let cause = format!("the attempt failed: {failure:?}");
                    return Err(Stop::new(cause, "see the log, and give folders with a portrait and a clip"));
                }
                Ok(_) => {}
                Err(_) => return Err(Stop::new("no verdict came", "see the log")),
            }
        }
    }
}

/// The processor time that this program has used; Linux says it in hundredths of a second.
fn cpu_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Duration::from_millis((user + system) * 10))
}

/// Megabytes that Linux tells of this program under this name.
fn memory(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix(name))?.trim().strip_suffix("kB")?;
    Some(kilobytes.trim().parse::<u64>().ok()? / 1024)
}
