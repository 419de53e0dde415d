//! The section `[desk]`: where the staff's page is served.

use std::path::PathBuf;

use serde::Deserialize;

use super::place;

/// The desk's server. The kiosk shows it the terminal's certificate that it shows the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// `https://HOST[:PORT]`.
    pub url: String,
    /// Roots to believe about the desk, PEM; without it the gateway's.
    #[serde(default, deserialize_with = "place::maybe")]
    pub roots: Option<PathBuf>,
}
