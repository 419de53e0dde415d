//! Face engine port: detect, align, embed, liveness, on tract.
//!
//! One frame goes through [`Analyzer`]: the coarse detector finds faces in the whole picture, unless the face of the frame
//! before is where it was; the fine one places five points on a crop, [`quality`] says whether the frame is good, and a
//! good frame is aligned, embedded and looked at by the attack models. [`FaceEngineTract`] runs that on its own thread
//! over the frames of one attempt.
//!
//! Our own buffers of pixels and embeddings are wiped when dropped or forgotten. Intermediate tensors inside the
//! network runtime are freed as they are; the program's allocator overwrites them.

mod align;
mod analyzer;
mod attempt;
mod detect;
mod embed;
mod engine;
pub mod hint;
mod landmarks;
mod liveness;
mod models;
pub mod motion;
mod pack;
mod parts;
mod picture;
mod portrait;
mod quality;
mod sample;
mod surroundings;
pub mod turn;

pub use analyzer::{Analyzer, Looked, Place};
pub use attempt::{Attempt, Step};
pub use detect::Face;
pub use embed::Embedding;
pub use engine::FaceEngineTract;
pub use models::{Models, network_outputs};
pub use pack::{Entry, Input, Pack, PackChoice, Role};
pub use picture::{PictureError, decode_picture, open_picture};
pub use portrait::{PortraitError, decode as decode_portrait};
pub use surroundings::Surroundings;
pub use uketsuke_nets::{Instructions, InstructionsError, ModelError};
