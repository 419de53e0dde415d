//! What runs a network, whatever it is for: the pack that names its file ([`Pack`]), the network made ready ([`Network`]) with the
//! best [`Instructions`] of the machine, two [`Threads`] where a machine has them, and the [`Worker`] that loads in the background.
//!
//! A network whose operators are all ours runs as layers of our own, any other one in tract, which is named in this crate alone.

mod instructions;
mod layers;
mod network;
mod pack;
mod sigmoid;
mod threads;
mod worker;

pub use instructions::{Instructions, InstructionsError};
pub use network::{Network, Runner};
pub use pack::{Entry, ModelError, Pack, Title, default_dir, read_manifest};
pub use threads::Threads;
pub use worker::{Loading, Shared, State, Worker};

/// Why a network could not be made ready or run: the network runtime failed.
pub use tract_onnx::prelude::TractError as RunError;
/// What making ready and running give.
pub use tract_onnx::prelude::TractResult as RunResult;
