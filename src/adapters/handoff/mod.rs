//! Handoff port: official XML and its JSON twin in a drop folder.
//!
//! The form of the file is that of a check at a face-authentication card reader (`OQSsiquc01res_face_…`),
//! as receipt computers already read it. The official interface specification is not public; names, codes and
//! order follow public programs that speak with the real system.
//!
//! A delivery goes through steps of its own: written out (`parcel`), kept in the kiosk's spool (`spool`), carried on
//! another thread (`courier`), prepared, noted and given its name in the folder (`store`, `index`, `place`), and only
//! then forgotten by the spool. Whatever ends the program between two steps, the next start goes on from there.

mod config;
mod courier;
mod cp932;
mod document;
mod drop_folder;
mod index;
mod json;
mod kana;
mod look;
mod names;
mod parcel;
mod pattern;
mod place;
mod read;
mod spool;
mod store;
#[cfg(test)]
mod tests;
mod xml;

pub use config::{DropConfig, DropConfigError, Encoding, SpoolConfig};
pub use drop_folder::DropFolder;
pub use json::read_twin;
pub use pattern::FilePattern;
pub use read::{HandedOver, ReadError, read};
