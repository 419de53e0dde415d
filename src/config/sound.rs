//! The section `[sound]`.

use serde::Deserialize;

/// Speech and signals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sound {
    /// Nothing is heard.
    pub off: bool,
    /// Every visit begins with speech; else with the first key, or in the sound panel.
    pub speech: bool,
    /// How loud a visit begins, 1 to 5.
    pub volume: Option<u8>,
    /// A part of the loudspeaker's name; without it the system's usual output.
    pub speaker: Option<String>,
    /// A part of the headphones' name; speech is then heard there alone.
    pub headphones: Option<String>,
}
