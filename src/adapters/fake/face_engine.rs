//! A scriptable face engine.

use std::time::Duration;

use crate::domain::face::Evidence;
use crate::domain::failure::Failure;
use crate::domain::ids::Ticket;
use crate::ports::{FaceCommand, FaceEngine, FaceReply, FrameSlot, Outbox, Reply};

use super::{Fake, Play, Scripted, samples};

/// Kinds of [`FaceCommand`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaceRequest {
    /// A template.
    Prepare,
    /// One attempt.
    Match,
}

/// The face engine port, scriptable.
pub enum FacePort {}

/// A scriptable face engine. Usually: a portrait that can be used, and five good frames of the right, live person,
/// whatever the frames show. A held attempt whose slot closes ends as cancelled.
pub type FakeFaceEngine = Fake<FacePort>;

impl Scripted for FacePort {
    type Kind = FaceRequest;
    type Command = FaceCommand;
    type Reply = FaceReply;
    /// How often it was told to forget.
    type Memory = usize;

    const SUBJECT: &'static str = "face";

    fn kind(command: &FaceCommand) -> FaceRequest {
        match command {
            FaceCommand::Prepare { .. } => FaceRequest::Prepare,
            FaceCommand::Match { .. } => FaceRequest::Match,
        }
    }

    fn usual(_: &mut usize, command: &FaceCommand) -> Result<FaceReply, Failure> {
        match command {
            FaceCommand::Prepare { .. } => Ok(FaceReply::Prepared),
            FaceCommand::Match { frames, .. } if frames.is_closed() => Err(Failure::Cancelled),
            FaceCommand::Match { .. } => Ok(FaceReply::Seen(samples::evidence())),
        }
    }

    fn send(outbox: &Outbox, ticket: Ticket, answer: Result<FaceReply, Failure>) {
        outbox.answer(ticket, answer.map(Reply::Face));
    }
}

impl Play<FacePort> {
    /// An attempt that measures this.
    pub fn seen(evidence: Evidence) -> Self {
        Play::reply(move |_| FaceReply::Seen(evidence))
    }
}

impl FakeFaceEngine {
    /// How often it was told to forget.
    pub fn forgotten(&self) -> usize {
        self.with_memory(|times| *times)
    }

    /// Ends a held attempt when its slot closes; the thread lives as long as the slot is open.
    fn end_with(&self, ticket: Ticket, frames: FrameSlot) {
        let fake = self.clone();
        std::thread::spawn(move || {
            while !frames.is_closed() {
                // No frame has this number, so only closing ends the wait.
                frames.wait_newer(u64::MAX, Duration::from_secs(3600));
            }
            fake.end(ticket, Failure::Cancelled);
        });
    }
}

impl FaceEngine for FakeFaceEngine {
    fn submit(&self, ticket: Ticket, command: FaceCommand) {
        let frames = match &command {
            FaceCommand::Prepare { .. } => None,
            FaceCommand::Match { frames, .. } => Some(frames.clone()),
        };
        self.take(ticket, command);
        if let Some(frames) = frames.filter(|_| self.is_held(ticket)) {
            self.end_with(ticket, frames);
        }
    }

    fn forget(&self) {
        self.with_memory(|times| *times += 1);
    }
}
