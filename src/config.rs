//! Typed settings from `uketsuke.toml`.
