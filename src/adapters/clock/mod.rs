//! Clock port: the system's clocks, and a fixed one for tests and walks.

mod fixed;
mod system;

pub use fixed::FixedClock;
pub use system::SystemClock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// What a clock in Japan shows at that moment.
fn in_japan(at: Timestamp) -> DateTime {
    Offset::constant(9).to_datetime(at)
}
