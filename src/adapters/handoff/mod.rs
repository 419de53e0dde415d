//! Handoff port: official XML and its JSON twin in a drop folder.
