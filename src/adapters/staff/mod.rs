//! Staff codes port: hashes in a file of the site, or one code that is known (training).

mod file;
mod known;
mod tries;

pub use file::{StaffError, StaffFile, StaffFileCodes};
pub use known::KnownStaffCode;
pub use tries::CountedTries;
