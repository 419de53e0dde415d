//! The one fake under all of them: a queue of plays per kind of request, and a record of what was asked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{Diagnose, Finding, Observation, Outbox, Report};

use super::play::{Play, When};

/// What makes a port scriptable.
pub trait Scripted: Sized + 'static {
    /// Kinds of request; recorded, so never a secret.
    type Kind: Copy + Ord + std::fmt::Debug + Send;
    /// One request.
    type Command;
    /// One good answer.
    type Reply: Send;
    /// What a device of this kind keeps between requests.
    type Memory: Default + Send;

    /// Word for [`Finding::subject`].
    const SUBJECT: &'static str;

    /// The kind of a request.
    fn kind(command: &Self::Command) -> Self::Kind;

    /// What a working device answers.
    ///
    /// # Errors
    /// What it answers to a request that does not fit what it remembers.
    fn usual(memory: &mut Self::Memory, command: &Self::Command) -> Result<Self::Reply, Failure>;

    /// Notes what an answer, usual or scripted, changes for later requests.
    fn remember(_memory: &mut Self::Memory, _command: &Self::Command, _answer: &Result<Self::Reply, Failure>) {}

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<Self::Reply, Failure>);
}

type Answer<P> = Result<<P as Scripted>::Reply, Failure>;

struct State<P: Scripted> {
    plays: BTreeMap<P::Kind, VecDeque<Play<P>>>,
    received: Vec<(Ticket, P::Kind)>,
    held: VecDeque<(Ticket, Answer<P>)>,
    memory: P::Memory,
    findings: Option<Vec<Finding>>,
}

struct Stage<P: Scripted> {
    outbox: Outbox,
    state: Mutex<State<P>>,
    changed: Condvar,
}

/// A scriptable device; clones share the script.
pub struct Fake<P: Scripted>(Arc<Stage<P>>);

impl<P: Scripted> Clone for Fake<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P: Scripted> Fake<P> {
    /// A device that works; answers go to `outbox`.
    pub fn new(outbox: Outbox) -> Self {
        let state = State {
            plays: BTreeMap::new(),
            received: Vec::new(),
            held: VecDeque::new(),
            memory: P::Memory::default(),
            findings: None,
        };
        Self(Arc::new(Stage { outbox, state: Mutex::new(state), changed: Condvar::new() }))
    }

    fn lock(&self) -> MutexGuard<'_, State<P>> {
        self.0.state.lock()
    }

    /// Queues `play` for the next request of that kind that has none yet.
    pub fn on(&self, kind: P::Kind, play: Play<P>) {
        self.lock().plays.entry(kind).or_default().push_back(play);
    }

    /// Everything asked so far, in order.
    pub fn received(&self) -> Vec<(Ticket, P::Kind)> {
        self.lock().received.clone()
    }

    /// How often that was asked so far.
    pub fn count(&self, kind: P::Kind) -> usize {
        self.lock().received.iter().filter(|(_, k)| *k == kind).count()
    }

    /// Waits until that was asked `times` times; false when `patience` ends first.
    pub fn wait_for(&self, kind: P::Kind, times: usize, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        let mut state = self.lock();
        while state.received.iter().filter(|(_, k)| *k == kind).count() < times {
            let Some(left) = until.checked_duration_since(Instant::now()) else { return false };
            self.0.changed.wait_for(&mut state, left);
        }
        true
    }

    /// Gives every held answer, oldest first; says how many.
    pub fn release(&self) -> usize {
        let held = std::mem::take(&mut self.lock().held);
        let count = held.len();
        for (ticket, answer) in held {
            P::send(&self.0.outbox, ticket, answer);
        }
        count
    }

    /// Sends something seen without being asked.
    pub fn observe(&self, observation: Observation) {
        self.0.outbox.send(Report::Seen(observation));
    }

    /// Replaces what `diagnose` tells.
    pub fn set_findings(&self, findings: Vec<Finding>) {
        self.lock().findings = Some(findings);
    }

    /// Reads what the device remembers.
    pub(super) fn with_memory<T>(&self, read: impl FnOnce(&mut P::Memory) -> T) -> T {
        read(&mut self.lock().memory)
    }

    /// Whether the answer to that ticket is held.
    pub(super) fn is_held(&self, ticket: Ticket) -> bool {
        self.lock().held.iter().any(|(t, _)| *t == ticket)
    }

    /// Answers a held ticket with `failure` instead; nothing when it is not held.
    pub(super) fn end(&self, ticket: Ticket, failure: Failure) {
        let held = {
            let mut state = self.lock();
            let place = state.held.iter().position(|(t, _)| *t == ticket);
            place.and_then(|at| state.held.remove(at))
        };
        if held.is_some() {
            P::send(&self.0.outbox, ticket, Err(failure));
        }
    }

    /// Takes one request and answers as the script says. The request, with any secret in it, ends here.
    pub(super) fn take(&self, ticket: Ticket, command: P::Command) {
        let kind = P::kind(&command);
        let mut now = Vec::new();
        {
            let mut guard = self.lock();
            let state = &mut *guard;
            state.received.push((ticket, kind));
            let mut play = state.plays.get_mut(&kind).and_then(VecDeque::pop_front).unwrap_or_else(Play::usual);
            let times = match play.when {
                When::Never => 0,
                When::AtOnce | When::OnRelease => 1,
                When::Twice => 2,
            };
            for _ in 0..times {
                let answer = match &mut play.make {
                    Some(make) => make(&command),
                    None => P::usual(&mut state.memory, &command),
                };
                P::remember(&mut state.memory, &command, &answer);
                if play.when == When::OnRelease {
                    state.held.push_back((ticket, answer));
                } else {
                    now.push(answer);
                }
            }
            self.0.changed.notify_all();
        }
        // Outside the lock: the receiver may ask the next thing at once.
        for answer in now {
            P::send(&self.0.outbox, ticket, answer);
        }
    }
}

impl<P: Scripted> Diagnose for Fake<P> {
    fn diagnose(&self) -> Vec<Finding> {
        self.lock().findings.clone().unwrap_or_else(|| {
            let remedy = "Outside training, start the kiosk with its real configuration.";
            vec![Finding::warning(P::SUBJECT, "scripted, for training and tests", remedy)]
        })
    }
}
