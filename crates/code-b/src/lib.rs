//! Code B (照合番号B: birth, expiry year, security code) read from pictures of the card's front.
//!
//! One picture goes through [`PrintReader`]: the detector finds lines, our own small reader reads each, their places tell birth
//! line, expiry line, maker's number and security code apart, and a second reader, made by other people, reads the three that
//! count once more. [`Vote`] counts a picture only where both agree and answers when two pictures say the same. Name, address
//! and sex are found as lines, read as they come by, and dropped at once: nothing but the three values leaves the reader.
//!
//! Everything that shows the card is wiped when dropped; tensors inside the network runtime are freed as they are, and the
//! program's allocator overwrites them.

mod dates;
mod find;
mod hint;
mod layout;
mod pack;
mod picture;
mod quad;
mod read;
mod reader;
mod tighten;
mod vote;

pub use dates::{Birth, Expiry};
pub use hint::{Hints, Page};
pub use pack::Models;
pub use reader::{Code, Field, PrintReader, Seen};
/// Why a picture could not be read: the network runtime failed.
pub use uketsuke_nets::RunError as ReadError;
pub use vote::{APART, Vote};
