//! Clock port: the system's clocks, and a fixed one for tests and walks.

mod fixed;
mod system;

pub use fixed::FixedClock;
pub use system::SystemClock;
