//! The engine: one thread that takes one request after the other, models loaded in the background.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crate::turn::Side;
use uketsuke_core::domain::face::{Evidence, Rule};
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::ids::Ticket;
use uketsuke_core::domain::secret::Portrait;
use uketsuke_core::ports::{
    Diagnose, FaceCommand, FaceEngine, FaceReply, Finding, FrameSlot, Observation, Outbox, Reply, Report,
};
use uketsuke_nets::{Instructions, Loading, RunResult, Worker};

use super::analyzer::Analyzer;
use super::attempt::Attempt;
use super::embed::Embedding;
use super::models::Models;
use super::pack::{Pack, PackChoice, Role};
use super::portrait;

/// A frame that takes longer leaves too few of them in an attempt.
const SLOW: Duration = Duration::from_millis(1000);

/// How long `diagnose` waits for the models.
const LOADING_PATIENCE: Duration = Duration::from_secs(20);

/// The face engine on tract.
pub struct FaceEngineTract {
    worker: Worker<Asked, Ready>,
    outbox: Outbox,
}

type Shared = uketsuke_nets::Shared<Asked, Ready>;

#[derive(Default)]
struct Asked {
    waiting: VecDeque<(Ticket, FaceCommand)>,
    template: Option<Template>,
    wipe: bool,
}

/// Which pack runs, and the hash of its manifest if nobody pinned it.
#[derive(Clone)]
struct Ready {
    summary: String,
    unpinned: Option<String>,
    speed: Speed,
}

/// Which vector instructions run, and how long all networks together take for one frame, on one thread.
#[derive(Clone)]
struct Speed {
    instructions: &'static str,
    frame: Duration,
}

impl Speed {
    /// The better of two rounds: the first one also warms memory.
    fn of(analyzer: &mut Analyzer, instructions: Instructions) -> RunResult<Self> {
        let mut frame = Duration::MAX;
        for _ in 0..2 {
            let start = Instant::now();
            analyzer.networks_alone()?;
            frame = frame.min(start.elapsed());
        }
        Ok(Self { instructions: instructions.name(), frame })
    }

    fn finding(&self) -> Finding {
        let Self { instructions, frame } = self;
        let detail = format!("{instructions} instructions; the networks take {} ms a frame", frame.as_millis());
        if *frame < SLOW {
            return Finding::good("face speed", detail);
        }
        let remedy = "close other programs and check again; on a PC as slow as this patients should use the PIN";
        Finding::warning("face speed", detail, remedy)
    }
}

/// The template of a portrait, as long as the vault holds that portrait. Not known by its visit: whatever the core may come
/// to do with cards, a face is compared with the very portrait that it is handed.
struct Template {
    portrait: Weak<Portrait>,
    embedding: Embedding,
}

impl FaceEngineTract {
    /// Starts the thread, which loads the chosen pack and then serves. A second one of `threads` lets the attack models
    /// and further recognisers run beside the first recogniser.
    pub fn start(choice: PackChoice, threads: usize, outbox: Outbox) -> Self {
        Self::start_with(choice, threads, Instructions::best(), outbox)
    }

    /// The same, with lesser instructions than the best that the machine has.
    pub fn start_with(choice: PackChoice, threads: usize, instructions: Instructions, outbox: Outbox) -> Self {
        let answers = outbox.clone();
        let serve = move |shared: &Shared, analyzer: Result<Analyzer, String>| match analyzer {
            Ok(analyzer) => serve(shared, analyzer, &answers),
            Err(cause) => stay_off(shared, &cause, &answers),
        };
        Self {
            worker: Worker::start("face", Arc::default(), move || load(&choice, (threads, instructions)), serve),
            outbox,
        }
    }
}

impl FaceEngine for FaceEngineTract {
    fn submit(&self, ticket: Ticket, command: FaceCommand) {
        let mut state = self.worker.lock();
        if matches!(state.loading, Loading::Failed(_)) {
            drop(state);
            return self.outbox.answer(ticket, Err(Failure::FaceModelsInvalid));
        }
        state.own.waiting.push_back((ticket, command));
        self.worker.shared().tell();
    }

    fn forget(&self) {
        let mut state = self.worker.lock();
        state.own.template = None;
        state.own.wipe = true;
        let waiting = std::mem::take(&mut state.own.waiting);
        self.worker.shared().tell();
        drop(state);
        for (ticket, _) in waiting {
            self.outbox.answer(ticket, Err(Failure::Cancelled));
        }
    }
}

impl Diagnose for FaceEngineTract {
    fn diagnose(&self) -> Vec<Finding> {
        let loading = self.worker.loaded(LOADING_PATIENCE).loading.clone();
        match loading {
            Loading::Ready(Ready { summary, unpinned, speed }) => {
                let warning = unpinned.map(|hash| {
                    let remedy = format!("once it is the delivered one, write pack_sha256 = \"{hash}\" under [face]");
                    Finding::warning("face pack", "nothing in the settings says which manifest is meant", remedy)
                });
                [Finding::good("face models", summary), speed.finding()].into_iter().chain(warning).collect()
            }
            Loading::Running => vec![Finding::warning("face models", "still loading", "wait, then check again")],
            Loading::Failed(cause) => vec![Finding::bad(
                "face models",
                cause,
                "put back the files of the pack as delivered, or correct models.folder, face.pack and face.pack_sha256 \
                 in the settings; until then only PIN and visual check work",
            )],
        }
    }
}

fn stay_off(shared: &Shared, cause: &str, outbox: &Outbox) {
    tracing::error!(cause, "face models are not usable: the face engine stays off");
    let waiting = std::mem::take(&mut shared.lock().own.waiting);
    for (ticket, _) in waiting {
        outbox.answer(ticket, Err(Failure::FaceModelsInvalid));
    }
}

fn serve(shared: &Shared, mut analyzer: Analyzer, outbox: &Outbox) {
    while let Some((ticket, command)) = next_work(shared, &mut analyzer) {
        // The command, with the portrait and the frames, ends before its answer is heard.
        let outcome = match command {
            FaceCommand::Prepare { portrait } => {
                template_of(shared, &mut analyzer, &portrait).map(|_| FaceReply::Prepared)
            }
            FaceCommand::Match { portrait, frames, rule } => {
                let evidence = attempt(shared, &mut analyzer, ticket, (&portrait, &frames, rule), outbox);
                analyzer.wipe();
                evidence.map(FaceReply::Seen)
            }
        };
        outbox.answer(ticket, outcome.map(Reply::Face));
    }
}

fn load(choice: &PackChoice, (threads, instructions): (usize, Instructions)) -> Result<(Analyzer, Ready), String> {
    let start = Instant::now();
    let pack = Pack::open(choice).map_err(|error| error.to_string())?;
    let models = Models::load_with(&pack, instructions).map_err(|error| error.to_string())?;
    let failed = |error| format!("{error:#}");
    let mut analyzer = Analyzer::with_threads(&models, threads).map_err(failed)?;
    let took = start.elapsed();
    let speed = Speed::of(&mut analyzer, instructions).map_err(failed)?;
    let recognisers: Vec<_> = pack.of(Role::Embed).map(|entry| entry.file.as_str()).collect();
    let summary = format!(
        "{} in {}: recognisers {}; match from {:.3} (false matches {}, false non-matches {}); loaded in {} ms",
        pack.title(),
        pack.dir().display(),
        recognisers.join(" and "),
        pack.decision().match_at,
        pack.decision().fmr,
        pack.decision().fnmr,
        took.as_millis(),
    );
    Ok((analyzer, Ready { summary, unpinned: pack.unpinned().map(str::to_owned), speed }))
}

/// Waits for work; wipes buffers when told to forget. `None` when the engine is dropped.
fn next_work(shared: &Shared, analyzer: &mut Analyzer) -> Option<(Ticket, FaceCommand)> {
    let mut state = shared.lock();
    loop {
        if std::mem::take(&mut state.own.wipe) {
            state.own.template = None;
            analyzer.wipe();
        }
        if state.closed {
            return None;
        }
        if let Some(work) = state.own.waiting.pop_front() {
            return Some(work);
        }
        shared.wait(&mut state);
    }
}

fn attempt(
    shared: &Shared,
    analyzer: &mut Analyzer,
    ticket: Ticket,
    (portrait, frames, rule): (&Arc<Portrait>, &FrameSlot, Rule),
    outbox: &Outbox,
) -> Result<Evidence, Failure> {
    let network_failed = |error| {
        tracing::error!("the network runtime failed: {error:#}");
        Failure::FaceModelsInvalid
    };
    let start = Instant::now();
    let deadline = start + rule.budget;
    let template = template_of(shared, analyzer, portrait)?;
    let (mut attempt, mut newest) = (Attempt::new(rule, template, unforeseen_side()?, analyzer), 0);
    let mut progress = 0;
    for _ in 0..rule.max_frames {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        let Some((number, frame)) = frames.take_newer(newest, left) else { break };
        newest = number;
        let step = attempt.step(analyzer, &frame, start.elapsed().as_millis() as u64).map_err(network_failed)?;
        if let Some(hint) = step.hint {
            outbox.send(Report::Seen(Observation::FaceHint(ticket, hint)));
        }
        if step.progress != progress {
            progress = step.progress;
            outbox.send(Report::Seen(Observation::FaceProgress(ticket, progress)));
        }
        if step.done || shared.lock().closed {
            break;
        }
    }
    Ok(attempt.evidence())
}

/// Nobody may know the side before it is asked for.
fn unforeseen_side() -> Result<Side, Failure> {
    let mut byte = [0];
    getrandom::fill(&mut byte).map_err(|error| {
        tracing::error!("the system gives no random numbers: {error}");
        Failure::FaceModelsInvalid
    })?;
    Ok(if byte[0] & 1 == 0 { Side::Right } else { Side::Left })
}

/// The template of `portrait`, made once per portrait.
fn template_of(shared: &Shared, analyzer: &mut Analyzer, portrait: &Arc<Portrait>) -> Result<Embedding, Failure> {
    if let Some(known) = &shared.lock().own.template
        && std::ptr::eq(known.portrait.as_ptr(), Arc::as_ptr(portrait))
    {
        return Ok(known.embedding.clone());
    }
    let picture = portrait::decode(portrait.expose()).map_err(|error| {
        tracing::warn!("the card's portrait cannot be used: {error}");
        Failure::CardFaceInvalid
    })?;
    let embedding = analyzer.template(&picture).map_err(|error| {
        tracing::error!("the network runtime failed: {error:#}");
        Failure::FaceModelsInvalid
    })?;
    let Some(embedding) = embedding else {
        tracing::warn!("the card's portrait shows no face");
        return Err(Failure::CardFaceInvalid);
    };
    let known = Template { portrait: Arc::downgrade(portrait), embedding: embedding.clone() };
    shared.lock().own.template = Some(known);
    Ok(embedding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uketsuke_core::ports::Health;

    #[test]
    fn a_machine_that_is_too_slow_for_faces_is_told_with_its_instructions() {
        let told = |ms| Speed { instructions: "SSE4.2", frame: Duration::from_millis(ms) }.finding();
        assert!(told(90).health == Health::Good && told(90).detail.contains("SSE4.2"), "{}", told(90).detail);
        assert!(told(1500).health == Health::Warning && told(1500).detail.contains("1500 ms"), "{}", told(1500).detail);
    }
}
