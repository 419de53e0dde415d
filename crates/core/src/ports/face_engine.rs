//! The face engine: detects, embeds and compares on its own thread. It measures; the core judges.

use std::sync::Arc;

use crate::domain::face::{Evidence, Rule};
use crate::domain::ids::Ticket;
use crate::domain::secret::Portrait;

use super::FrameSlot;

/// One request to the engine; carried out in the order in which they come.
pub enum FaceCommand {
    /// Make the template of a portrait against which attempts will be made, so that it is there before the first frame.
    Prepare {
        /// The portrait of the card, JP2; shared with the vault.
        portrait: Arc<Portrait>,
    },
    /// One attempt: frames against the portrait until enough good ones, the budget or the slot ends.
    Match {
        /// The portrait of the card, JP2; shared with the vault.
        portrait: Arc<Portrait>,
        /// Where the frames come from.
        frames: FrameSlot,
        /// Limits of the attempt.
        rule: Rule,
    },
}

/// What the engine says.
pub enum FaceReply {
    /// To `Prepare`.
    Prepared,
    /// To `Match`.
    Seen(Evidence),
}

/// A face engine.
pub trait FaceEngine: super::Diagnose + Send + Sync {
    /// Queues one request; hints come as observations, the end as `Reply::Face`. A closed slot ends an attempt at once.
    fn submit(&self, ticket: Ticket, command: FaceCommand);

    /// Forgets templates and crops; what still waits is answered as cancelled.
    fn forget(&self);
}
