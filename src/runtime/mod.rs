//! Carries out the effects of the core: owns the state, the vault of secrets and the ports.

mod handle;
mod view;

pub use handle::{Handle, HandleServer, Input};
pub use view::{Screen, View};
