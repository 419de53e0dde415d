//! `GET /v1/service-status`.

use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use super::bounds::{Code, Text};
use super::scalars::WireTime;

/// How the service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// All is well.
    Normal,
    /// Slow or partly out of order.
    Degraded,
    /// Closed for maintenance.
    Maintenance,
    /// Disaster mode is open for this area.
    Disaster,
    /// A mode this version does not know.
    #[serde(other)]
    Unknown,
}

/// Mode of the service; holds no personal data.
#[serde_as]
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatus {
    /// How it is.
    pub mode: Mode,
    /// A word to staff.
    #[serde_as(as = "Option<Text<200>>")]
    pub message: Option<String>,
    /// Since when.
    pub since: Option<WireTime>,
    /// The gateway's clock, to notice a wrong one here.
    pub now: Option<WireTime>,
    /// Lowest version of this program that the gateway still serves.
    #[serde_as(as = "Option<Code<32>>")]
    pub min_client_version: Option<String>,
}
