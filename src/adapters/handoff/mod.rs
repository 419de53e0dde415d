//! Handoff port: files for the receipt computer in a drop folder.
//!
//! What the files hold is a [`Form`]'s business: [`OfficialXml`] is what receipt computers read, [`JsonTwin`] lies beside
//! it. Everything else knows files alone, so a further format is one more `Form` and the setting that chooses it.
//!
//! A delivery goes through steps of its own: written out (`parcel`), kept in the kiosk's spool (`spool`), carried on
//! another thread (`courier`), prepared, noted and given its name (`store`, `index`, `placing`) on the `ground` of a folder
//! that others use, and only then forgotten by the spool. Whatever ends the program between two steps, the next start goes on from there.

mod announce;
mod answers;
mod config;
mod courier;
mod drop_folder;
mod form;
mod ground;
mod index;
mod leftovers;
mod look;
mod lying;
mod names;
mod official;
mod parcel;
mod pattern;
mod place;
mod placing;
mod reference;
pub mod spool;
mod store;
mod twin;

pub use config::{Answers, DropConfig, DropConfigError, SpoolConfig, Stay};
pub use drop_folder::DropFolder;
pub use form::{File, Form, Sender};
pub use official::{BodyOrder, Encoding, OfficialXml, Results};
pub use pattern::FilePattern;
pub use placing::Arrival;
pub use twin::JsonTwin;
