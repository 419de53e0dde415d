//! Handoff port: official XML and its JSON twin in a drop folder.
//!
//! The form of the file is that of a check at a face-authentication card reader (`OQSsiquc01res_face_…`),
//! as receipt computers already read it. The official interface specification is not public; names, codes and
//! order follow public programs that speak with the real system.

mod config;
mod cp932;
mod document;
mod drop_folder;
mod index;
mod json;
mod kana;
mod names;
mod place;
mod read;
mod store;
#[cfg(test)]
mod tests;
mod xml;

pub use config::{DropConfig, DropConfigError, Encoding, FilePattern};
pub use drop_folder::DropFolder;
pub use read::{HandedOver, ReadError, read};
