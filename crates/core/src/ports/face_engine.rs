//! The face engine: detects, embeds and compares on its own thread. It measures; the core judges.

use crate::domain::face::Rule;
use crate::domain::ids::Ticket;
use crate::domain::secret::Portrait;

use super::FrameSlot;

/// One attempt: frames from `frames` against `portrait` until enough good ones, the budget or the slot ends.
pub struct FaceCommand {
    /// The portrait of the card, JP2; shared with the vault.
    pub portrait: std::sync::Arc<Portrait>,
    /// Where the frames come from.
    pub frames: FrameSlot,
    /// Limits of the attempt.
    pub rule: Rule,
}

/// A face engine.
pub trait FaceEngine: super::Diagnose + Send + Sync {
    /// Queues one attempt; hints come as observations, the end as `Report::Face`. A closed slot ends it at once.
    fn submit(&self, ticket: Ticket, command: FaceCommand);

    /// Tells the engine of a portrait that an attempt will soon be made against, so that its template is there before
    /// the first frame. The end of the visit, [`forget`](Self::forget), takes it back.
    fn prepare(&self, _portrait: std::sync::Arc<Portrait>) {}

    /// Forgets templates and crops.
    fn forget(&self);
}
