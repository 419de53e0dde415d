//! Clock port: the machine's clocks, what to believe of them, and a fixed one for tests and walks.

mod fixed;
mod system;
mod trusted;

pub use fixed::FixedClock;
pub use system::SystemClock;
pub use trusted::{Remembered, TrustedClock};
