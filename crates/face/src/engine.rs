//! The engine: one thread that takes one request after the other, models loaded in the background.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::turn::Side;
use parking_lot::{Condvar, Mutex, MutexGuard};
use tract_onnx::prelude::TractResult;
use uketsuke_core::domain::face::{Evidence, Rule};
use uketsuke_core::domain::failure::Failure;
use uketsuke_core::domain::ids::Ticket;
use uketsuke_core::domain::secret::Portrait;
use uketsuke_core::ports::{
    Diagnose, FaceCommand, FaceEngine, FaceReply, Finding, FrameSlot, Observation, Outbox, Reply, Report,
};

use super::analyzer::Analyzer;
use super::attempt::Attempt;
use super::embed::Embedding;
use super::instructions::Instructions;
use super::models::Models;
use super::pack::{Pack, PackChoice, Role};
use super::portrait;

/// A frame that takes longer leaves too few of them in an attempt.
const SLOW: Duration = Duration::from_millis(1000);

/// How long `diagnose` waits for the models.
const LOADING_PATIENCE: Duration = Duration::from_secs(20);

/// The face engine on tract.
pub struct FaceEngineTract {
    shared: Arc<Shared>,
    outbox: Outbox,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<(Ticket, FaceCommand)>,
    models: Loading,
    template: Option<Template>,
    wipe: bool,
    closed: bool,
}

#[derive(Default, Clone, PartialEq)]
enum Loading {
    #[default]
    Running,
    /// Which pack runs, and the hash of its manifest if nobody pinned it.
    Ready {
        summary: String,
        unpinned: Option<String>,
        speed: Speed,
    },
    Failed(String),
}

/// Which vector instructions run, and how long all networks together take for one frame, on one thread.
#[derive(Clone, PartialEq)]
struct Speed {
    instructions: &'static str,
    frame: Duration,
}

impl Speed {
    /// The better of two rounds: the first one also warms memory.
    fn of(analyzer: &mut Analyzer, instructions: Instructions) -> TractResult<Self> {
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

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl FaceEngineTract {
    /// Starts the thread, which loads the chosen pack and then serves. A second one of `threads` lets the attack models
    /// and further recognisers run beside the first recogniser.
    pub fn start(choice: PackChoice, threads: usize, outbox: Outbox) -> Self {
        Self::start_with(choice, threads, Instructions::best(), outbox)
    }

    /// The same, with lesser instructions than the best that the machine has.
    pub fn start_with(choice: PackChoice, threads: usize, instructions: Instructions, outbox: Outbox) -> Self {
        let shared = Arc::new(Shared::default());
        let work = {
            let (shared, outbox) = (shared.clone(), outbox.clone());
            move || serve(&shared, &choice, (threads, instructions), &outbox)
        };
        let thread = std::thread::Builder::new().name("face".into()).spawn(work);
        if let Err(error) = &thread {
            shared.lock().models = Loading::Failed(format!("no thread: {error}"));
        }
        Self { shared, outbox, thread: thread.ok() }
    }
}

impl FaceEngine for FaceEngineTract {
    fn submit(&self, ticket: Ticket, command: FaceCommand) {
        let mut state = self.shared.lock();
        if matches!(state.models, Loading::Failed(_)) {
            drop(state);
            return self.outbox.answer(ticket, Err(Failure::FaceModelsInvalid));
        }
        state.waiting.push_back((ticket, command));
        self.shared.changed.notify_all();
    }

    fn forget(&self) {
        let mut state = self.shared.lock();
        state.template = None;
        state.wipe = true;
        let waiting = std::mem::take(&mut state.waiting);
        self.shared.changed.notify_all();
        drop(state);
        for (ticket, _) in waiting {
            self.outbox.answer(ticket, Err(Failure::Cancelled));
        }
    }
}

impl Diagnose for FaceEngineTract {
    fn diagnose(&self) -> Vec<Finding> {
        let mut state = self.shared.lock();
        self.shared.changed.wait_while_for(&mut state, |state| state.models == Loading::Running, LOADING_PATIENCE);
        let models = state.models.clone();
        drop(state);
        match models {
            Loading::Ready { summary, unpinned, speed } => {
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

impl Drop for FaceEngineTract {
    fn drop(&mut self) {
        let loading = {
            let mut state = self.shared.lock();
            state.closed = true;
            state.models == Loading::Running
        };
        self.shared.changed.notify_all();
        if loading {
            // Loading cannot be broken off and nobody needs it any more: the thread ends by itself after it.
            return;
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the face thread ended by a panic");
        }
    }
}

fn serve(shared: &Shared, choice: &PackChoice, how: (usize, Instructions), outbox: &Outbox) {
    let mut analyzer = match load(choice, how) {
        Ok((analyzer, ready)) => {
            shared.lock().models = ready;
            shared.changed.notify_all();
            analyzer
        }
        Err(cause) => {
            tracing::error!(cause, "face models are not usable: the face engine stays off");
            let mut state = shared.lock();
            state.models = Loading::Failed(cause);
            let waiting = std::mem::take(&mut state.waiting);
            shared.changed.notify_all();
            drop(state);
            for (ticket, _) in waiting {
                outbox.answer(ticket, Err(Failure::FaceModelsInvalid));
            }
            return;
        }
    };
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

fn load(choice: &PackChoice, (threads, instructions): (usize, Instructions)) -> Result<(Analyzer, Loading), String> {
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
    Ok((analyzer, Loading::Ready { summary, unpinned: pack.unpinned().map(str::to_owned), speed }))
}

/// Waits for work; wipes buffers when told to forget. `None` when the engine is dropped.
fn next_work(shared: &Shared, analyzer: &mut Analyzer) -> Option<(Ticket, FaceCommand)> {
    let mut state = shared.lock();
    loop {
        if std::mem::take(&mut state.wipe) {
            state.template = None;
            analyzer.wipe();
        }
        if state.closed {
            return None;
        }
        if let Some(work) = state.waiting.pop_front() {
            return Some(work);
        }
        shared.changed.wait(&mut state);
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
    if let Some(known) = &shared.lock().template
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
    shared.lock().template = Some(known);
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
