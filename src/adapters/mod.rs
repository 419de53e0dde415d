//! Everything that touches the world: one folder per port, none knows another. Shared are `sealed` and `database` by those that
//! keep something, `identity` by those that show the terminal's certificate, `signs` by those through which text comes in and goes out.

pub mod audit;
pub mod camera;
pub mod card;
pub mod clock;
pub mod code_b;
pub mod database;
pub mod desk;
pub mod display;
pub mod fake;
pub mod guard;
pub mod handoff;
pub mod identity;
pub mod install;
pub mod qualification;
pub mod sealed;
pub mod signs;
pub mod sound;
pub mod staff;

pub use uketsuke_face as face;
